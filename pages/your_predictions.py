"""Your predictions: a model's probabilities, scored row by row."""

import streamlit as st

from xent_core import fit_temperature, reliability_curve, sparse_softmax_cross_entropy, surprise
from xent_ui.course import frame
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.tasks import tasks
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.predictions import upload
from xent_ui.views.base import Picture, View
from xent_ui.views.your_predictions import the_bill, the_temperature, the_threshold

frame.begin(__file__)
source = upload.predictions()


def promises() -> None:
    st.caption("A dot below the dashed line is a promise not kept: of the rows called 90 % sure, fewer came true.")


def halves_of_the_picture() -> None:
    st.caption("Up: rows that are of the class. Down: the others, to a scale of their own.")


def tasks_and_table(picture: Picture, view: View, *, counts: bool) -> None:
    if source.is_sample:
        tasks(picture, view, counts=counts)
    upload.download_at_threshold(source.report)


show(the_bill, tasks, data=source, ask=source.is_sample)
st.markdown(
    "Each row costs −ln of the probability that the model gave to what was true, and the log loss is their mean. "
    "So a model's bill is mostly paid by the few rows on which it was sure and wrong: look at those first. "
    "Clipping hides them from the mean, and their gradient with them; it mends nothing."
)
upload.tables(source.report)

st.header("Does it mean what it says?")
show(the_temperature, tasks, beside=promises, tall=True, data=source)
st.markdown(
    "One number, fitted on half of the rows, can mend a whole model. It is judged on the other half, "
    "because a number always suits the rows that it was fitted on."
)

st.header("Yes or no?")
show(the_threshold, tasks_and_table, beside=halves_of_the_picture, data=upload.with_class_of_interest(source))

left, right = st.columns(2)
with left:
    misconception(
        "To lower the log loss, a model must be right more often.",
        name="right_more_often",
        shows={"cool": 2.0},
        because="Dividing the sample's logits by 2 lowers its log loss by a fifth, and not one answer changes. "
        "It was right often enough and far too sure.",
    )
with right:
    misconception(
        "A handful of bad rows cannot matter among hundreds.",
        name="handful",
        shows={"worst": 6},
        because="They can be most of the bill: of the sample's 400 rows the worst 24 pay as much as the other 376. "
        "A mean of logarithms has no mercy on the confidently wrong.",
    )
st.subheader("So what")
st.markdown(
    "Score probabilities, not only answers; read the worst rows before you change the model; fit a temperature on "
    "rows you keep for it. Choose a threshold last, for what a miss and a false alarm cost you: it is a decision, not "
    "a loss."
)
show_source(surprise, sparse_softmax_cross_entropy, fit_temperature, reliability_curve)
frame.end(__file__)
