"""Surprise: what an event costs when it happens."""

import streamlit as st

from xent_core import surprise
from xent_ui.course import frame
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.views.surprise import LOTTERY, long_run, one_event, two_events

frame.begin(__file__)

show(
    one_event,
    tasks,
    presets={
        "A coin": {"p": 0.5},
        "A six": {"p": 1 / 6},
        "The tumor was malignant": {"p": 0.3},
        "Lottery": {"p": LOTTERY},
    },
)
st.markdown(
    "A scan was read as 70 % benign, and the tumor was malignant: what happened had a chance of 30 %. "
    "Surprise looks only at the probability of what *did* happen. What did not happen has no say."
)

st.header("Why a logarithm: surprises add")
show(two_events, tasks)

st.header("In the long run: the mean surprise")
show(long_run)

left, right = st.columns(2)
with left:
    misconception(
        "Half as likely is twice as surprising.",
        name="twice",
        shows={"p": 0.25},
        because="Halving a probability adds one bit, whatever it was: a half carries 1 bit, a quarter 2, an eighth 3. "
        "Only from a half to a quarter does that happen to be double.",
    )
with right:
    misconception(
        "Entropy measures how surprising one outcome is.",
        name="one_outcome",
        shows={"heads": 0.95, "n": 300},
        because="Entropy belongs to the source: it is the mean over all it may send. The single heads of this coin "
        "carries far less than the entropy, the single tails far more.",
    )
st.subheader("So what")
st.markdown(
    "A loss should ask: how surprised were you by what came true? The logarithm is the only smooth answer in which "
    "independent surprises add. Averaged over what can happen it becomes entropy, the next lesson."
)
show_source(surprise)
frame.end(__file__)
