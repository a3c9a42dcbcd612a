"""Softmax cross-entropy: many classes, one gradient."""

import streamlit as st

from xent_core import softmax, softmax_cross_entropy
from xent_ui.course import frame
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.views.softmax_cross_entropy import N_CLASSES, all_at_once, formats, loss_of_equal_logits, one_example

frame.begin(__file__)

show(one_example, tasks, rows=[("z1", "z2"), ("z3", "z4"), ("z5", "z6")])
st.markdown(
    "The frame is the target: 1 for what it is, 0 for the rest. Under each bar stands the gradient, "
    "what the model says minus what is so. Training steps *against* it: the right logit rises, every wrong one falls, "
    "the likeliest wrong one most."
)

st.header("To all logits at once")
show(all_at_once, tasks)
left, right = st.columns(2)
with left:
    misconception(
        "Wrong classes cost nothing, because their target is 0.",
        name="wrong_classes",
        shows={"z2": 5.0},
        because="The sum −Σ y ln p has only one term, but softmax shares 1 among all: what a wrong class takes, the "
        "right one lacks. So each wrong logit has a gradient, its own p.",
    )
with right:
    misconception(
        "Larger logits mean a surer model.",
        name="larger",
        shows={"shift": 10.0, "temperature": 1.0},
        because="Add 10 to every logit and no probability moves. Sureness is in the differences: to stretch those, "
        "multiply, which is what a temperature below 1 does.",
    )

st.header("Three ways to write down the truth")
show(formats, tasks)
st.markdown(
    f"All logits equal, the model pays ln K, whatever the format: for {N_CLASSES:,} classes {loss_of_equal_logits()} "
    "nats. A fresh network whose first loss is far from ln K has a bug. "
    "An integer says the same as a row of 1,000 numbers of which 999 are 0; only doubt needs the row."
)
st.subheader("So what")
st.markdown(
    "Softmax and cross-entropy belong together because their slopes cancel to *p − y*: no saturation, no vanishing "
    "at the output, and a sum of 0. Give the loss logits, not probabilities, and integers where the truth is certain."
)
show_source(softmax, softmax_cross_entropy)
frame.end(__file__)
