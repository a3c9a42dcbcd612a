"""The frame that every page puts around itself: settings, styles, menu, its question, the way on."""

from pathlib import Path
from typing import Final

import streamlit as st

from xent_ui.course import menu
from xent_ui.course.table import LESSONS, named
from xent_ui.live import show

ICON: Final = str(Path(__file__).with_name("icon.svg"))  # a Material icon would be asked of another host
STYLE: Final = Path(__file__).with_name("frame.css")


def frame(title: str, *, page: str) -> None:
    """Begin a page: settings, styles and menu, which every page has, the welcome page too.

    page  the name of its file without .py
    """
    st.set_page_config(page_title=title, page_icon=ICON, layout="wide")
    st.html(STYLE)
    show.start_page(page)
    menu.draw(page)


def begin(page: str) -> None:
    """Open a lesson: menu, title and its question. Every lesson calls it first, with ``__file__``."""
    lesson = named(Path(page).stem)
    frame(f"{lesson.title} · Xent Lab", page=lesson.file)
    st.title(lesson.question)


def end(page: str) -> None:
    """Close a lesson: the way to the one before and the one after."""
    place = LESSONS.index(named(Path(page).stem))
    before, after = st.columns(2)
    if place > 0:
        with before:
            menu.link(LESSONS[place - 1].path, LESSONS[place - 1].title, icon=":material/arrow_back:")
    if place + 1 < len(LESSONS):
        with after:
            menu.link(LESSONS[place + 1].path, LESSONS[place + 1].title, icon=":material/arrow_forward:")
