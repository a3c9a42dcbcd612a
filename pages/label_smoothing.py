"""Label smoothing: a target that is never quite sure, and the floor that comes with it."""

import streamlit as st

from xent_core import smooth_labels, sparse_softmax_cross_entropy
from xent_ui.course import frame
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.views.label_smoothing import one_answer, teacher, two_runs

frame.begin(__file__)

show(one_answer, tasks)
st.markdown(
    "A hard label says: be certain. No finite logit obeys, so training pushes the right logit up for ever. "
    "A smoothed label takes a share ε from the right class and deals it out to *all* K classes, the right one too. "
    "Now there is a best gap: go past it and the gradient, *q − y*, turns round."
)
left, right = st.columns(2)
with left:
    misconception(
        "With ε = 0.1 the right class's target is 0.9.",
        name="point_nine",
        shows={"eps": 0.1, "classes": 2},
        because="The right class gets its share of ε back: 1 − ε + ε/K. With two classes that is 0.95, with ten 0.91; "
        "only with ever more classes does it approach 0.9.",
    )
with right:
    misconception(
        "A perfect model has a cross-entropy of 0.",
        name="zero",
        shows={"eps": 0.1, "classes": 10, "gap": 4.5},
        because="Only against a hard label. Against a soft target the least is the target's own entropy: here 0.500 "
        "nats. A training loss that stops there is finished, not stuck.",
    )

st.header("Sure, and right? Two runs on the same data")
show(two_runs, tasks)
st.markdown(
    "Both networks see the same 60 points, some with a wrong label. Against hard labels the network is paid to be sure "
    "even of the wrong ones. Smoothing caps that pay: the second is less sure, and about as often right."
)

st.header("A teacher that forgets")
show(teacher, tasks)
st.markdown(
    "In distillation a small student learns from the probabilities of a large teacher, wrong classes and all: this cat "
    "is rather like a dog, hardly like a lorry. Smoothing floods that low ground. Müller, Kornblith and Hinton (2019) "
    "saw it happen: teachers trained with smoothing were more accurate, and their students worse."
)
misconception(
    "Smoothing always helps.",
    name="always",
    shows={"teacher_eps": 0.3},
    because="It trades. It caps certainty whether or not that is earned: with clean labels and a large ε the network "
    "becomes too modest, and a teacher forgets which wrong answers are nearly right.",
)
st.subheader("So what")
st.markdown(
    "Label smoothing is cross-entropy against a target that admits doubt. Expect a training loss that ends at "
    "H(y), not at 0; logits that stay finite; and compare runs of different ε by a loss without smoothing. "
    "Leave it out where the probabilities themselves are the product."
)
show_source(smooth_labels, sparse_softmax_cross_entropy)
frame.end(__file__)
