"""Links: what an address of the course can say, in one table made from the declarations of the controls."""

import streamlit as st

from xent_ui.course import frame
from xent_ui.course.prose import prose
from xent_ui.course.table import LINKS
from xent_ui.course.tables import scroll_tables
from xent_ui.teaching import parameters

frame.frame("Links · Xent Lab", page=LINKS)
scroll_tables()
st.title("Links", anchor=False)
st.markdown(":gray[Afterwards you can write a link that opens a lesson exactly as you need it.]")
prose(
    "You want thirty students to start at one state. “Share”, at the top of a lesson, makes the link; this page is for "
    "those who would rather write it. **The address of a page holds the state of its controls: a name and a value for "
    "each that is not at its default.** `/surprise?p=0.125&unit=nats` opens the lesson on surprise at 1/8, in nats."
)
prose(
    "A link locks no guess and solves no task, and it shows no answer unless it says `shown=1`. A name that a page "
    "does not know and a value that a control does not have are ignored. Some characters need an escape in an address: "
    "a space is `%20` or `+`, and a plus sign is `%2B`."
)
st.header("On every page", anchor=False)
st.markdown(parameters.table(parameters.EVERYWHERE))
prose(
    "With `hide=answers`, only a guess that is locked in shows its answer: “Show me” is gone, and so are “What you "
    "just saw” and “Remember” until then. A hidden control keeps the value that the address gives it."
)
for page in parameters.pages():
    st.header(parameters.title_of(page), anchor=page)
    st.markdown(parameters.table(parameters.own(page)))
frame.end_frame()
