"""Interview: questions that candidates are asked, each with the state of a lesson that proves its answer."""

import streamlit as st

from xent_ui.controls import controls
from xent_ui.course import frame as lessons
from xent_ui.self_test import interviewing

WAYS = {"browse": "Browse", "drill": "Drill", "numbers": "With numbers"}
way = controls.Choice("mode", "How", WAYS, "browse")

lessons.begin(__file__)
st.markdown(
    "What people are asked about cross-entropy when they apply for a job. Reading an answer feels like knowing it; "
    "say yours before you look, and open the picture that proves it."
)
{"browse": interviewing.browse, "drill": interviewing.drill, "numbers": interviewing.numbers}[way()]()
lessons.end(__file__)
