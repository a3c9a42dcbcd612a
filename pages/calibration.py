"""Calibration: does 80 % come true eight times in ten? A diagram, a temperature, and the Brier score in three parts."""

import streamlit as st

from xent_core import brier_decomposition, cross_entropy_at_temperature, fit_temperature, reliability_curve
from xent_ui.course import frame
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.views.calibration import reliability, three_parts

frame.begin(__file__)

show(reliability, tasks, tall=True)
st.markdown(
    "A dot below the dashed line is a promise not kept: of all that was called so sure, fewer came true. The network "
    "was trained on 150 examples until it fitted their noise, and it is far too sure of what it learned. "
    "Dividing all its log-odds by one number, the temperature, takes most of that back and changes no answer."
)

st.header("What a Brier score is made of")
show(three_parts, tasks)
st.markdown(
    "*Uncertainty* is how hard the questions are. *Resolution* is what the forecaster gains by telling them apart. "
    "*Reliability* is what is lost by not meaning what was said: it alone can be mended afterwards."
)

left, right = st.columns(2)
with left:
    misconception(
        "A well calibrated model is a good model.",
        name="calibrated",
        shows={"always": 0.33},
        because="Always saying 33 % is calibrated to a third of a percent: a third do come true. It tells nobody "
        "anything: its Brier score is 0.222, that of the network, which is off by 10 %, only 0.136.",
    )
with right:
    misconception(
        "Bolder is better: be sure, you are mostly right.",
        name="bolder",
        shows={"cool": 0.5, "practice": 300},
        because="At T = 0.5 the network says what it said, twice as boldly, and is as often right. Its log loss nearly "
        "doubles, from 0.662 to 1.21, and nearly all of it is paid for the few it got wrong.",
    )
st.subheader("So what")
st.markdown(
    "Look at the diagram before you believe a probability. Fit the temperature on examples that the model has not "
    "learned from, and judge it on others still. And ask for resolution, too: being calibrated is the smaller half."
)
show_source(reliability_curve, fit_temperature, cross_entropy_at_temperature, brier_decomposition)
frame.end(__file__)
