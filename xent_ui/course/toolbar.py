"""The buttons beside the title of a page: what one can do with the page as a whole."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from xent_ui.course import present, print_button, share
from xent_ui.course.table import LESSON, Lesson
from xent_ui.live import address


def draw(lesson: Lesson) -> None:
    """Draw the title of a lesson and its buttons."""
    with _heading(lesson.question) as has_buttons:
        if has_buttons:
            share.draw(lesson)
            if lesson.kind == LESSON:
                st.button(
                    "Present", key="present", icon=":material/slideshow:", type="tertiary", on_click=present.begin
                )
            print_button.draw()


def draw_title(title: str) -> None:
    """Draw the title of a page that is no lesson, and its button."""
    with _heading(title) as has_buttons:
        if has_buttons:
            print_button.draw()


@contextmanager
def _heading(title: str) -> Iterator[bool]:
    """Draw a title, and beside it what follows, which a page on a projector or in a frame does not have."""
    with st.container(key="heading", horizontal=True, vertical_alignment="center", gap="small"):
        st.title(title, anchor=False)
        yield address.mode() != "present" and not st.context.is_embedded
