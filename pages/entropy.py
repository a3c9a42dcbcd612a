"""Entropy: the surprise to expect, and the shortest code."""

import streamlit as st

from xent_core import Unit, entropy, huffman_code
from xent_ui.course import frame
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.views.entropy import forecast, source, weights

frame.begin(__file__)

show(
    source,
    tasks,
    rows=[("view", "unit"), ("m1", "m2"), ("m3", "m4"), ("m5", "m6"), ("m7", "m8")],
    presets={
        "All alike": weights.settings([12] * 8),
        "Only A": weights.settings([12] + [0] * 7),
        "A horse race": {"outcomes": 8, **weights.settings([64, 32, 16, 8, 2, 2, 2, 2])},
    },
)
st.markdown(
    "Surprise asks about one letter, entropy about the whole source: each surprise counts as often as it comes. "
    "A rare letter is very surprising and seldom seen, a common one is the reverse; the products in the tower are "
    "a truce between the two."
)
st.markdown(
    "Now look at *Code*. Give short words to common letters and long words to rare ones, so that no word begins "
    "another: no code can spend fewer bits than the entropy. Where every chance is ½, ¼, ⅛ … it spends exactly that."
)

st.header("Two outcomes: where doubt is greatest")
show(forecast, tasks)

more, units = st.columns(2)
with more:
    misconception(
        "More outcomes mean more entropy.",
        name="more_outcomes",
        shows={"view": "cost", "outcomes": 8, **weights.settings([100] + [1] * 7)},
        because="Eight letters *can* carry 3 bits, but these eight carry less than one coin: A comes 93 times in 100. "
        "Entropy counts how many outcomes you must reckon with, not how many have a name.",
    )
with units:
    misconception(
        "Measuring in nats moves the maximum.",
        name="units",
        shows={"unit": Unit.NATS, "rain": 0.5},
        because="A nat is 1.44 bits, so every height on the curve shrinks by the same factor. The peak stays at ½: "
        "which source, code or model is best never depends on the unit.",
    )
st.subheader("So what")
st.markdown(
    "Entropy is the floor: the mean surprise of someone who knows the true chances, and the shortest possible code. "
    "Nobody can do better on average. What it costs to believe *other* chances is the next lesson."
)
show_source(entropy, huffman_code)
frame.end(__file__)
