"""Numerics: what floating point does to a formula."""

import streamlit as st

from xent_core import precision
from xent_core.naive import naive_binary_cross_entropy
from xent_ui.course import frame
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.views.numerics import (
    PAIRS_OF_LOGITS,
    PLACES,
    clip_or_logits,
    log_sum_exp,
    take_off_the_maximum,
    three_ways,
)

frame.begin(__file__)

show(three_ways, tasks, presets=PAIRS_OF_LOGITS)
st.markdown(
    "**Textbook** divides $e^z$ by the sum: past the largest number of the format, ∞/∞ is nan. "
    "**Max off** subtracts the largest logit first, so nothing overflows; but the other class still sinks to 0, and a "
    "one-hot target meets 0 · ln 0. **In logs** never makes a probability: only the format itself can stop it."
)

st.header("Log-sum-exp, step by step")
show(log_sum_exp, tasks, presets={"Take off nothing": {"taken": 0}, "Take off the maximum": take_off_the_maximum})
st.markdown(
    "The shift cancels on paper: $e^{z-c}$ makes every power smaller by the same factor, and $+\\,c$ puts it back. "
    "Drag the dots: each format has a window, and only the largest power has to be in it."
)

st.header("1 − p cancels, and a clip goes flat")
show(clip_or_logits, tasks, tall=True)
st.markdown(
    "An *ulp*, a unit in the last place, is the gap between a number and the next one its format can hold. "
    "Near 1 that gap is 10⁻⁷ in float32: a probability closer to 1 than that *is* 1, and 1 − p is 0. "
    "Near 0 the gap is far finer, which is why the same number written as a logit, or as $1-p$ from the start, is safe."
)

left, right = st.columns(2)
with left:
    misconception(
        "float64 has digits enough: it would not happen there.",
        name="double",
        shows={"big": PLACES[800], "wanted": 0},
        because="A wider format moves the edge, from 89 to 710; it does not remove it. Written in logs even float16 "
        "answers (800, 0) correctly.",
    )
with right:
    misconception(
        "Clip p to [10⁻⁷, 1 − 10⁻⁷] and the loss is safe.",
        name="clip",
        shows={"far": -30, "y": 1, "hold": 1e-7, "measure": "slope", "format": "float64"},
        because="It is finite, and flat: the slope is 0 exactly where the model is most wrong, so it never learns its "
        "way back. The exact slope there is −1.",
    )
st.subheader("So what")
st.markdown(
    "Give the loss the logits, and let it do softmax and logarithm in one go. Whenever a program makes a probability "
    "first and takes its logarithm later, it has already lost what the loss needed to know."
)
show_source(
    precision.cross_entropy_in_log_space,
    precision.logsumexp_steps,
    precision.exact_binary_cross_entropy,
    naive_binary_cross_entropy,
)
frame.end(__file__)
