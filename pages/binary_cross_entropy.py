"""Binary cross-entropy: both branches, a batch of mails and its mean, and clipping as a choice."""

import streamlit as st

from xent_core import binary_cross_entropy, binary_cross_entropy_with_logits
from xent_core.naive import clipped_binary_cross_entropy
from xent_ui.course import frame
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.views.binary_cross_entropy import batch, clipping, one_mail

frame.begin(__file__)

show(one_mail, tasks)
st.markdown(
    "Only one branch counts: the one that is true. Near right it is almost flat, near wrong steep without end, and "
    "at a certain mistake it is infinite: who said *never* was not surprised but refuted."
)

st.header("A batch: the mean of what the answers cost")
show(batch, tasks, rows=[(f"mail{i}", f"is_spam{i}") for i in range(5)])
st.markdown(
    "One mail of exam results, taken for spam with 90 % certainty, costs more than the other four together. A mean "
    "of logarithms forgives many small doubts before it forgives one proud mistake."
)

st.header("Clipping: a choice, not a cure")
show(clipping, tasks)
st.markdown(
    "Many programs hold p between 10⁻⁷ and 1 − 10⁻⁷ so that no logarithm is infinite. The price: a mail that is "
    "worse than that pulls with slope 0, and the most mistaken model stops learning. From the logit the loss can be "
    "computed exactly, without infinity and without a clip."
)
left, right = st.columns(2)
with left:
    misconception(
        "If y is 0, then y · log p is 0: what is not there costs nothing.",
        name="zero",
        shows={"given": "p", "spam": 0.9, "y": 0},
        because="The other branch pays: (1 − y) · log(1 − p). Saying 90 % spam of a mail that is not costs 3.32 bits.",
    )
with right:
    misconception(
        "Clipping only keeps out infinity; it changes nothing else.",
        name="harmless",
        shows={"deep": -20.0, "clip": 1e-7},
        because="It changes where learning happens. At logit −20 the exact slope is −1, the clipped one 0.",
    )
st.subheader("So what")
st.markdown(
    "Binary cross-entropy is the surprise at what came true, averaged. Hand your program logits, not probabilities: "
    "it then needs no clip, and it still learns from its worst mistakes."
)
show_source(binary_cross_entropy, binary_cross_entropy_with_logits, clipped_binary_cross_entropy)
frame.end(__file__)
