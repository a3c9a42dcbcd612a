"""Class weights: when one class is rare."""

import streamlit as st

from xent_core import balanced_class_weight, effective_number_class_weight
from xent_core.reweighting import reweighted
from xent_ui.course import frame
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.views.class_weights import what_it_says, where_the_line_is

frame.begin(__file__)

show(where_the_line_is, tasks, tall=True)
st.markdown(
    "Unweighted, the model is right to say “healthy” nearly always: that is the truth about rare things. A weight "
    "makes each rare example count as many. *Inverse frequency* makes the groups count alike; the *effective number* "
    "holds that after a thousand healthy people the next one tells little that is new."
)

st.header("What the weight does to the probabilities")
show(what_it_says, tasks)
st.markdown(
    "`pos_weight` multiplies the positive term only, so it is the *ratio* of two class weights. It is a choice about "
    "costs, not a fact about the world: what comes out is *wp* / (*wp* + 1 − *p*), until you divide the odds by *w*."
)

left, right = st.columns(2)
with left:
    misconception(
        "The weighted model says 50 %, so it is one in two.",
        name="fifty",
        shows={"chance": 0.1, "pos_weight": 9, "says": 0.5, "undo": False},
        because="With w = 9 the cheapest thing to say about a 10 % risk is 50 %. The weight is in the number.",
    )
with right:
    misconception(
        "Weights teach the model to tell the classes apart.",
        name="apart",
        shows={"imbalance": 1000, "scheme": "inverse", "gap": 2.0},
        because="Now it finds 84.1 % of the ill, and alarms 15.9 % of the healthy: per ill person, 159 healthy ones. "
        "The humps overlap as before; you have only moved the line.",
    )
st.subheader("So what")
st.markdown(
    "If you need a decision, keep the honest probabilities and move the threshold: here that does all that a weight "
    "does. If you need probabilities, train without weights, or undo them."
)
show_source(balanced_class_weight, effective_number_class_weight, reweighted)
frame.end(__file__)
