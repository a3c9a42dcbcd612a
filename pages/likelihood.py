"""Likelihood: the same number as cross-entropy, under an older name."""

import streamlit as st

from xent_core import Unit, binary_cross_entropy
from xent_core.sampling import likelihood
from xent_ui.course import frame
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.views.likelihood import long_series, one_series

frame.begin(__file__)

show(one_series, tasks, rows=[("came", "missed")])
st.markdown(
    "The likelihood asks each coin: how probable did you make what came? Cross-entropy asks: how surprised were "
    "you per flip? The first is largest exactly where the second is smallest, so *maximum likelihood* and *minimum "
    "cross-entropy* are two names for one search."
)

st.header("Why not the likelihood itself?")
show(long_series, tasks)
st.markdown(
    "A product of chances shrinks with every flip until a computer has no digits left, and then every coin "
    "looks equally impossible. The sum of the surprises only grows, and their mean does not even do that: it is what a "
    "training log shows."
)
left, right = st.columns(2)
with left:
    misconception(
        "In nats the best coin is another one than in bits.",
        name="unit",
        shows={"theta": 0.7, "unit": Unit.NATS},
        because="A unit stretches the valley, it does not shift it. The bottom stays above what came.",
    )
with right:
    misconception(
        "The likelihood is the probability of each coin.",
        name="belief",
        shows={"came": 1, "missed": 0, "theta": 0.5, "lock_likelihood": True},
        because="It is the probability of the flips, given the coin. After a single head it is θ itself: a ramp whose "
        "area is a half, not 1. To believe in coins takes a prior as well.",
    )
st.subheader("So what")
st.markdown(
    "Whoever minimizes cross-entropy fits by maximum likelihood, and whoever reports a “negative log-likelihood” "
    "reports cross-entropy: the same number, summed or averaged. Ask which of the two before you compare."
)
show_source(likelihood, binary_cross_entropy)
frame.end(__file__)
