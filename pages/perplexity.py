"""Perplexity: how surprised a small language model is by a text, token by token."""

import streamlit as st

from xent_core import fit_language_model
from xent_core.language import NGramModel
from xent_ui.course import frame
from xent_ui.exercises.cards import misconception
from xent_ui.exercises.pasted_text import choose_texts
from xent_ui.exercises.tasks import tasks
from xent_ui.live.code import show_source
from xent_ui.live.show import show
from xent_ui.views.perplexity import by_order, token_by_token

frame.begin(__file__)

texts = choose_texts()
show(token_by_token, tasks, rows=[("order", "smooth")], tall=True, data=texts)
st.markdown(
    "The model has counted which token follows which in a story. A full tile is a token it hardly expected: watch how "
    "the first letters of words are dear and their ends are cheap. Perplexity is 2 to the mean number of bits: "
    "the number of equally likely tokens among which it might as well have drawn."
)

st.header("What is learned by heart")
show(by_order, tasks, data=texts)
st.markdown(
    "With next to nothing added, more context always helps on the text that was learned: every step was seen before. "
    "On another text most long contexts have never been met, and the model is left with what was added to the counts. "
    "That is why a model is tested on a text it has not seen."
)

left, right = st.columns(2)
with left:
    misconception(
        "The more context, the better the model.",
        name="context",
        shows={"look": 8},
        because="Only as far as there is text to learn it from. With eight characters together the story is known by "
        "heart, and its own continuation is dearer than with three.",
    )
with right:
    misconception(
        "The model with the lower perplexity is the better one.",
        name="lower",
        shows={"token": "word"},
        because="Only per the same token, on the same text. This model hesitates among 5 characters but among 58 "
        "words: a word is several characters, and its perplexity counts them all at once.",
    )
st.subheader("So what")
st.markdown(
    "The training loss of a language model is this cross-entropy, in nats a token; e to it is the perplexity that "
    "papers report. Before you compare two of them, ask: per which token, on which text, and had the model seen it?"
)
show_source(NGramModel, fit_language_model)
frame.end(__file__)
