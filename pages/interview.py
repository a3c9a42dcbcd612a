"""Interview: questions that candidates are asked, each with the state of a lesson that proves its answer."""

import streamlit as st

from xent_ui.controls.declarations import Choice
from xent_ui.course import frame
from xent_ui.live import widgets
from xent_ui.self_test import interview, numeric_practice

WAYS = {"browse": interview.browse, "drill": interview.flash_cards, "numbers": numeric_practice.numbers}
mode = Choice("mode", "How", {"browse": "Browse", "drill": "Drill", "numbers": "With numbers"}, "browse")

frame.begin(__file__)
st.markdown(
    "What people are asked about cross-entropy when they apply for a job. Reading an answer feels like knowing it; "
    "say yours before you look, and open the picture that proves it."
)
WAYS[widgets.draw(mode)]()
frame.end(__file__)
