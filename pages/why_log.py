"""Why the logarithm: which rules make it pay to be honest."""

import streamlit as st

from xent_core import best_report, expected_loss
from xent_ui.course import frame
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.views.why_log import honesty

frame.begin(__file__)

show(honesty, tasks)
st.markdown(
    "You say q, something happens, and you pay for the chance that you gave it. The pulls tell how much it would help "
    "to say a little more for each outcome. While they differ it pays to take from the weak and give to the strong, "
    "away from what you believe."
)
falling, counting = st.columns(2)
with falling:
    misconception(
        "Any loss that falls as q rises rewards honesty.",
        name="falling",
        shows={"rule": "linear", "ways": 3},
        because="1 − q falls too, and its best report is 100 % for the likeliest outcome, whatever you believe. "
        "To fall is not enough: it must fall steeply where q is small.",
    )
with counting:
    misconception(
        "Counting mistakes is enough to get honest probabilities.",
        name="counting",
        shows={"rule": "0-1", "ways": 3},
        because="Counting sees only which outcome you call likeliest: 34 % and 99 % pay the same. "
        "It never punishes honesty, and never rewards it.",
    )
st.subheader("So what")
st.markdown(
    "A network says what its loss makes it pay to say. The logarithm is the only price that looks at nothing but the "
    "probability of what happened and still makes honesty the best policy with three or more classes. Train with it, "
    "and what comes out can be meant as a probability."
)
show_source(best_report, expected_loss)
frame.end(__file__)
