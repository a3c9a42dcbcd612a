"""Choose the loss: activation, labels and loss that belong together."""

import streamlit as st

from xent_ui.course import frame
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.views.choose_the_loss import WRONG_PAIRINGS, one_photo, wrong_pairings

frame.begin(__file__)

show(
    one_photo,
    tasks,
    presets={"Untrained": {"cat": 0.0, "dog": 0.0, "fox": 0.0}, "Both seen": {"cat": 5.0, "dog": 5.0, "fox": -5.0}},
)
st.markdown(
    "Ask first what can be true at the same time. **Exclusive** answers share one softmax; answers that may be true "
    "**together** have a sigmoid each; a single yes or no is one sigmoid. The loss follows from the activation."
)

st.header("Wrong pairings: a loss that falls, and is wrong")
show(wrong_pairings, tasks, tall=True)

left, right = st.columns(2)
with left:
    misconception(
        "Softmax before a cross-entropy loss is harmless: the order of the classes stays.",
        name="twice",
        shows={"pairing": "twice", "lead": 10.0, "of": 4},
        because="The order stays, the loss does not: at a logit of 10 it should be near 0 and is 0.744. At −10, where "
        "the pull should be 1, there is hardly any.",
    )
with right:
    misconception(
        "If the labels had the wrong format, there would be an error.",
        name="format",
        shows={"pairing": "read", "lead": 5.0, "of": 4},
        because="Often there is one. But rows of zeros and ones are integers too, and −ln p[y] takes them for class "
        "numbers without a word. The slope is positive: training pushes the right answer down.",
    )
st.subheader("So what")
st.markdown(
    "Check a new training loop with two numbers before you let it run: untrained, the loss should be ln K, or ln 2 per "
    "label; on one batch that it may learn by heart, it should go to 0. Each pairing above fails one of the two."
)
show_source(*(pairing.function for pairing in WRONG_PAIRINGS.values()))
frame.end(__file__)
