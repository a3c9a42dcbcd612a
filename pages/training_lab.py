"""The training lab: two runs on the same data from the same start, and why a lower loss is not a higher accuracy."""

import streamlit as st

from xent_core import binary_cross_entropy, first_state, next_state
from xent_ui.controls.declarations import Control
from xent_ui.controls.shared import random_seed
from xent_ui.course import frame, present
from xent_ui.course.prose import linked, prose, remember
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.formulas.training_lab import SYMBOLS
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.live.widgets import draw
from xent_ui.self_test.check_yourself import check_yourself
from xent_ui.views import training_lab as lab

WORKBENCH: dict[str, list[list[Control]]] = {  # what is changed now and then, row by row
    "How they learn": [[lab.opt_a, lab.opt_b], [lab.rate_a, lab.rate_b], [lab.batch]],
    "What learns": [[lab.units], [lab.start]],
    "The data": [[lab.shape, lab.imbalance], [lab.noise, random_seed]],
    "What is measured": [[lab.measured_on], [lab.loss_shown]],
}


def draw_workbench() -> None:
    """Draw these controls outside the picture, so that a picture that plays need not draw them again."""
    with st.container(horizontal=True, gap="small"):
        for name, rows in WORKBENCH.items():
            with st.popover(name):
                for row in rows:
                    with st.container(key=f"pairs_{row[0].key}"):
                        columns = st.columns(len(row))
                    for column, control in zip(columns, row, strict=True):
                        with column:
                            draw(control)


with frame.opening(
    __file__,
    "Two networks have learned every label the wrong way around, so both are confidently wrong. Now both learn the "
    "right labels: one minimizes cross-entropy, the other squared error. **The loss decides how hard each mistake "
    "pulls on a model.** Everything else is equal at first: the network, the examples, their order, the learning rate, "
    "the parameters. So what differs in the end comes from the loss. To choose a loss is to choose which "
    "mistakes a model repairs first.",
    SYMBOLS,
    do="Make your guess, then press Play and watch both networks learn.",
):
    with present.beside(lab.two_runs):
        draw_workbench()
    show(
        lab.two_runs,
        tasks,
        saw=linked(
            "Where a network is confidently wrong, the gradient of squared error contains a factor p(1 − p) of almost "
            "0, while that of cross-entropy is proportional to the error. At this start the gradient of cross-entropy "
            "is 26 to 330 times as long, depending on the random seed, so cross-entropy turns around at once. From a "
            "fresh start on these points both losses end with much the same accuracy: 90 % or more after 400 steps, "
            "with each of the 20 random seeds."
        ),
        rows=[("made", "speed")],
    )

prose(
    "At first, the 150 examples form two half-moons, one for each class: a circle is an example of class 1, a diamond "
    "one of class 0. The background color and the word with a circle or a diamond in it say which class the network "
    "expects there. The color is paler where it is less sure; on the line it finds both equally likely. Drag the dots "
    "on the curves to go back in time, and use the four buttons above the picture to change the experiment. The axes "
    "of the loss and of the gradient are logarithmic: each labeled step is a factor. You can change:"
)
prose(
    "- **How they learn.** Descent is plain gradient descent. Momentum continues a part of the step before, and Adam "
    "gives each parameter a step size of its own. With fewer examples per step than all 150, each step uses the "
    "gradient of a random batch: that is SGD, stochastic gradient descent. One pass over all examples is an epoch, "
    "such as three steps with 50 examples each.\n"
    "- **What learns.** From each point the network first computes up to 16 numbers, its hidden units, and then its "
    "answer from these. With more units it can draw a more curved line; with none, only a straight one.\n- **The "
    "data.** The random seed decides which points are drawn, from which parameters training starts and in which order "
    "the examples come. The same seed gives the same run again.\n- **What is measured.** On its own examples a network "
    "can do well by learning their accidents. If its loss falls there and rises on unseen examples, it is overfitting."
)

frame.section("A lower loss is not a higher accuracy")
prose(
    "Five forecasts each give a probability to what then happened. Accuracy asks only for the verdict, that is, "
    "whether each is above ½; cross-entropy asks how large it is. Press After, and compare accuracy and loss with "
    "those before."
)
show(
    lab.five_forecasts,
    tasks,
    rows=[("f1", "f2"), ("f3", "f4")],
    presets={"Before": lab.BEFORE, "After": lab.AFTER},
    saw=linked(
        "A forecast that moves from 0.4 to 0.001 changes no verdict, and then costs more than the other four together. "
        "Log loss trains models whose probabilities can be used; accuracy rates only the verdict, cannot tell 51 % "
        "from 99 %, and has no slope to train on."
    ),
)
prose(
    "So loss and accuracy can move apart, and on validation data, which a model does not learn from, both can rise: "
    "more answers become right while a few become confidently wrong. When that happens, look for those few."
)

left, right = frame.cards()
with left:
    misconception(
        "The loss went down, so more answers are right.",
        name="lower_loss",
        shows=lab.AFTER,
        because="From Before to After the loss nearly triples, from 0.673 to 1.92 nats, while accuracy rises from 60 "
        "to 80 %: one forecast crossed ½, and another became confidently wrong. On the way back the loss falls, and "
        "accuracy falls with it.",
    )
with right:
    misconception(
        "On unseen data, loss and accuracy cannot both rise.",
        name="both_rise",
        shows=lab.BOTH_RISE | {"made": 220},
        because="Run A, a network on noisy spirals: from step 20 to step 220 its loss on unseen examples rises from "
        "0.417 to 0.497 nats, and its accuracy from 81.5 to 83.4 %. It gets a few more right, and becomes surer of the "
        "answers that it gets wrong.",
    )

remember(
    "The loss decides how hard each mistake pulls: a confident mistake pulls hard under cross-entropy, and hardly "
    "under squared error after a sigmoid.",
    "Log loss trains probabilities, and accuracy rates only the verdict.",
    "On validation data, loss and accuracy can both rise, if a few answers become confidently wrong.",
    "SGD takes the gradient of a random batch; one pass over all training examples is an epoch.",
    "A model is overfitting if its loss falls on its own examples and rises on unseen ones.",
)
check_yourself(__file__)
show_source(first_state, next_state, binary_cross_entropy)
frame.end(
    __file__,
    "The lab showed a number for how far probabilities are from what happens, the ECE. The next lesson shows what is "
    "behind it, and how one more number can correct a model that is too sure.",
)
