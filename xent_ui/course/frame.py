"""The frame of every page: settings, styles, menu, the lesson's question, and links to the lessons before and after."""

from pathlib import Path
from typing import Final

import streamlit as st

from xent_ui.course import menu
from xent_ui.course.table import LESSONS, named
from xent_ui.live import show

ICON: Final = str(Path(__file__).with_name("icon.svg"))  # a Material icon would be loaded from another host
STYLE: Final = Path(__file__).with_name("frame.css")


def frame(title: str, *, page: str) -> None:
    """Begin a page with what every page has: settings, styles and menu.

    page  its name in the menu: the name of its file without .py, or WELCOME
    """
    st.set_page_config(page_title=title, page_icon=ICON, layout="wide")
    st.html(STYLE)
    show.start_page(page)
    menu.draw(page)


def begin(page: str) -> None:
    """Begin a lesson: the frame, with the lesson's question as title. Every lesson calls this first.

    page  the ``__file__`` of the lesson
    """
    lesson = named(Path(page).stem)
    frame(f"{lesson.title} · Xent Lab", page=lesson.file)
    st.title(lesson.question)


def end(page: str) -> None:
    """End a lesson with links to the lessons before and after it.

    page  the ``__file__`` of the lesson
    """
    place = LESSONS.index(named(Path(page).stem))
    before, after = st.columns(2)
    if place > 0:
        with before:
            menu.link(LESSONS[place - 1].path, LESSONS[place - 1].title, icon=":material/arrow_back:")
    if place + 1 < len(LESSONS):
        with after:
            menu.link(LESSONS[place + 1].path, LESSONS[place + 1].title, icon=":material/arrow_forward:")
