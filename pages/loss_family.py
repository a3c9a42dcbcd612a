"""The family of losses: each task has its own."""

import streamlit as st

from xent_core import hinge_loss, huber_loss, listnet_loss, pairwise_hinge_loss, squared_error
from xent_ui.course import frame, menu
from xent_ui.course.table import named
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.live import widgets
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.views.loss_family import an_order, in_bins, one_number, task, yes_or_no

ELSEWHERE = {
    "class": ("One of many kinds, exactly one of them right", "softmax_cross_entropy"),
    "rare": ("A yes that hardly ever comes", "class_weights", "focal_loss"),
    "belief": ("A whole distribution, or a label that is itself unsure", "cross_entropy", "label_smoothing"),
}

frame.begin(__file__)
chosen = widgets.draw(task)

if chosen == "number":
    show(one_number, tasks)
    st.markdown(
        "Squared error pulls like a rubber band, the harder the farther: its best price is the mean. Absolute error "
        "pulls equally from anywhere: the median. Huber is a band that stops stretching at δ."
    )
    st.header("Why not cross-entropy for a price?")
    show(in_bins)
    st.markdown(
        "Bins have no neighbors: one off or eight off, the price of being wrong is the same. Say a bell curve of "
        "fixed width instead, and −log of it *is* squared error, halved, plus a constant: a close family after all."
    )
elif chosen == "side":
    show(yes_or_no, tasks)
    st.markdown(
        "All three punish the wrong side. The hinges stop at a margin of 1, so only hard examples move the line; log "
        "loss never stops, and in return its score can be read as a probability."
    )
elif chosen == "order":
    show(an_order, tasks, rows=[("sA", "sB"), ("sC", "sD")])
    st.markdown(
        "For an order only differences of scores count; an arrow shows where the loss moves each item. Pairs are "
        "compared two by two; ListNet looks at the whole list at once, and cares most about the top."
    )
else:
    described, *pages = ELSEWHERE[chosen]
    st.markdown(f"{described}: these losses have lessons of their own.")
    for lesson in map(named, pages):
        menu.link(lesson.path, f"**{lesson.title}** · {lesson.goal}", icon=":material/arrow_forward:")

left, right = st.columns(2)
with left:
    misconception(
        "The loss changes how fast you learn, not what.",
        name="what",
        shows={"task": "number", "castle": 12.0, "price": 4.56, "error": "squared"},
        because="With the castle at 12, squared error ends at 4.56 and absolute error at 3. Same data, another answer.",
    )
with right:
    misconception(
        "Once the order is right, a ranking loss is 0.",
        name="order",
        shows={"task": "order", "of_list": "pairs", "sA": 0.3, "sB": 0.2, "sC": 0.1, "sD": 0.0},
        because="The order is A B C D, and all six pairs still lack their lead of 1: the loss asks for distance too.",
    )
st.subheader("So what")
st.markdown(
    "Choose the loss by what you need back: a mean, a median, a side, an order, or a probability. "
    "Cross-entropy is the one for probabilities."
)
show_source(squared_error, huber_loss, hinge_loss, pairwise_hinge_loss, listnet_loss)
frame.end(__file__)
