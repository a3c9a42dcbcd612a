"""Cross-entropy against squared error: two slopes, a race, a surface, and what speaks for squared error."""

import streamlit as st

from xent_core import binary_cross_entropy_with_logits, descend, sigmoid_squared_error
from xent_ui.course import frame
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.views.ce_vs_mse import CE, SE, accuracy_after_200_steps, chord, honesty, race, slopes

frame.begin(__file__)

show(slopes, tasks)
st.markdown(
    "Squared error is not at fault for what it says about p: there it pulls hardest where it is most wrong. "
    "But p hardly moves when z does, by p(1 − p) only, and so the pull on z dies away. Cross-entropy's slope in p is "
    "steep enough to cancel exactly that factor: p − y is left."
)

st.header("A race from a confident mistake")
show(race, tasks)
st.markdown(
    "Squared error arrives in the end, and a larger learning rate helps it. But a rate that suits a confident mistake "
    "is far too large for everything else, and all examples share one rate."
)

st.header("One bowl, or a landscape")
show(chord, tasks)
st.markdown(
    "Twelve points and a straight line to divide them; a quarter of the labels were flipped. Over its two weights "
    "cross-entropy is one bowl. Squared error has a shelf: from (−6.6, −1.6) descent at a rate of 1 is still at a loss "
    "of 0.53 after 500 steps, though 0.22 is to be had."
)

st.header("In fairness to squared error")
show(honesty)
st.markdown(
    "Squared error is a *proper* score: nobody does better by exaggerating. It is bounded, so one wrong label cannot "
    "cost without end. And it trains: on the same 200 points, after 200 steps, cross-entropy gets "
    f"{accuracy_after_200_steps(CE)} right and squared error {accuracy_after_200_steps(SE)}."
)
left, right = st.columns(2)
with left:
    misconception(
        "Squared error cannot train a classifier.",
        name="cannot",
        shows={"z0": -2.0, "eta": 1.0, "step": 20},
        because="From a start that is not confidently wrong it keeps up: see all three after 20 steps from 12 %. "
        "Its weakness is the far left of the first picture, not classification.",
    )
with right:
    misconception(
        "Cross-entropy cures vanishing gradients.",
        name="sigmoid",
        shows={"z": -6.0, "y": 1, "wrt": "p"},
        because="It cures one: in p squared error is steep where it is wrong, 2 at most; the sigmoid is flat, and "
        "1/p undoes that. Nothing undoes a flat unit further back, whose own factor p(1 − p) stays.",
    )
st.subheader("So what")
st.markdown(
    "Pair a sigmoid with cross-entropy and p − y pulls the logit: hard where the model is wrong, gently where it is "
    "nearly right. Squared error is a fine *score* for probabilities, where nothing has to roll downhill."
)
show_source(binary_cross_entropy_with_logits, sigmoid_squared_error, descend)
frame.end(__file__)
