"""The buttons beside the title of a lesson: what one can do with the lesson as a whole."""

import streamlit as st

from xent_ui.course import share
from xent_ui.course.table import LESSON, Lesson
from xent_ui.live import address


def draw(lesson: Lesson) -> None:
    """Draw the title of a lesson and its buttons. A lesson on a projector has none, and one in a frame neither."""
    with st.container(key="heading", horizontal=True, vertical_alignment="center", gap="small"):
        st.title(lesson.question, anchor=False)
        if address.mode() == "present" or st.context.is_embedded:
            return
        share.draw(lesson)
        if lesson.kind == LESSON:
            st.button("Present", key="present", icon=":material/slideshow:", type="tertiary", on_click=_present)


def _present() -> None:
    st.query_params["mode"] = "present"
