"""The frame of every page: settings, styles, menu, how a lesson opens, and the way to the next lesson."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from xent_ui.course import access, menu, present, toolbar
from xent_ui.course.prose import linked, prose, start_prose, terms_of_page
from xent_ui.course.table import FILES, LESSONS, named
from xent_ui.formulas.base import Symbols
from xent_ui.live import address, memory, show
from xent_ui.style import paper, theme

ICON: Final = str(Path(__file__).with_name("icon.svg"))  # a Material icon would be loaded from another host
STYLES: Final = Path(__file__).with_name("styles")


def frame(title: str, *, page: str) -> None:
    """Begin a page with what every page has: settings, styles and menu. Call ``end_frame`` at its end.

    page  its name in the menu: the name of its file without .py, or WELCOME
    """
    st.set_page_config(page_title=title, page_icon=ICON, layout="wide")
    st.html(_styles(present.kind(page)))
    access.draw(page)
    memory.start_page()
    show.start_page(page)
    start_prose()
    is_alone = address.mode() == "present" or (address.mode() == "lesson" and page in FILES)
    if not st.context.is_embedded and not is_alone:
        menu.draw(page)
    present.draw(page)


@cache
def _styles(kind: str) -> str:
    """Return the styles of all pages, one file for each purpose, and those of a page that is shown in another way."""
    files = [*sorted(STYLES.glob("*.css")), *([STYLES / "modes" / f"{kind}.css"] if kind else [])]
    return f"<style>\n{''.join(path.read_text('utf-8') for path in files)}{paper.styles()}</style>"


def begin(page: str, opening: str = "") -> None:
    """Begin a lesson that has no formula of its own: the frame, its question as title, its goal and its opening.

    page  the ``__file__`` of the lesson
    """
    lesson = named(Path(page).stem)
    frame(f"{lesson.title} · Xent Lab", page=lesson.file)
    toolbar.draw(lesson)
    st.markdown(f":gray[Afterwards you can {linked(lesson.goal)}.]")
    if opening:
        prose(opening)


@contextmanager
def opening(page: str, words: str, symbols: Symbols, *, do: str) -> Iterator[None]:
    """Begin a lesson, and lay out its opening, its formula in symbols, one instruction and the picture that follows.

    On a wide screen the formula stands beside the opening; on a phone it comes after the picture.

    page     the ``__file__`` of the lesson
    words    the opening, in at most 80 words: a concrete case, the idea in bold, why machine learning cares
    symbols  the formula of the lesson, with what each symbol means
    do       the one thing to do first
    """
    begin(page)
    with st.container(key="opening"):  # frame.css lays out its children by their place
        prose(words)
        with theme.using(dark=show.is_dark(), narrow=show.is_narrow()):
            st.markdown(f"$$\n{symbols.formula()}\n$$\n\n{linked(f'where {symbols.where()}')}")
        st.markdown(f"**{do}**")
        yield


def section(title: str) -> None:
    """Begin a section of a lesson."""
    st.header(title, anchor=False)


def cards() -> Sequence[DeltaGenerator]:
    """Begin the section with the misconceptions, and return two columns for its cards."""
    section("What people say")
    return st.columns(2)


def end_frame() -> None:
    """End a page."""
    memory.end_page()


def end(page: str, why: str = "") -> None:
    """End a lesson: the words it used, the next lesson and why it comes next, and the lesson before.

    page  the ``__file__`` of the lesson
    why   why the next lesson comes next, in a sentence or two
    """
    place = LESSONS.index(named(Path(page).stem))
    is_alone = address.mode() == "lesson"
    with st.container(key="onward"):  # print.css leaves it out
        if why and not is_alone:
            st.header("Next")
            prose(why)
        after, before, words = st.columns(3)
        if place + 1 < len(LESSONS) and not is_alone:
            with after:
                menu.link(LESSONS[place + 1].path, f"**{LESSONS[place + 1].title}**", icon=":material/arrow_forward:")
        if place > 0 and not is_alone:
            with before:
                menu.link(LESSONS[place - 1].path, LESSONS[place - 1].title, icon=":material/arrow_back:")
        terms = terms_of_page()
        if terms:
            with words.popover("Words on this page", icon=":material/menu_book:"):
                st.markdown("\n\n".join(f"**{entry.term}**: {entry.definition}" for entry in terms))
    end_frame()
