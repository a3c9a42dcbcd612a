"""What the address of the open page asks for besides the values of controls.

Everybody can type anything into an address: what cannot be understood is ignored.
"""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

import streamlit as st

from xent_ui.controls.declarations import Control, Text
from xent_ui.views.base import controls_of, pictures_of
from xent_ui.views.link import ANSWERS, MODES, Mode

T = TypeVar("T")


def drop_unreadable(page: str) -> bool:
    """Remove what the controls of a page cannot read from the address; return whether there was anything.

    Streamlit reads numbers more freely than the controls do, such as 3.7 for a whole number. A text stays: the page
    says what is wrong with it.
    """
    controls = controls_of(page)
    wrong = [
        key
        for key, text in st.query_params.items()
        if key in controls and not isinstance(controls[key], Text) and not can_read(controls[key], text)
    ]
    for key in wrong:
        del st.query_params[key]
    return bool(wrong)


def can_read(control: Control, text: str) -> bool:
    """Return whether an address can set a control to a value by this text."""
    try:
        control.parse(text)
    except ValueError:
        return False
    return True


def read(name: str, parse: Callable[[str], T], default: T) -> T:
    """Return what a parameter stands for; the default if it is missing or cannot be parsed."""
    try:
        return parse(st.query_params[name])
    except (KeyError, ValueError):
        return default


def mode() -> Mode:
    """Return how the page is to be shown: "lesson", "present", or an empty text for the course as it is."""
    asked = _modes()
    return next((each for each in reversed(MODES) if each in asked), "")


def is_by_itself() -> bool:
    """Return whether the page is shown without the rest of the course, on a projector and once it leaves it."""
    return "lesson" in _modes()


def hidden(page: str) -> frozenset[str]:
    """Return the keys of the controls of a page that are not to be shown. A guess cannot be hidden."""
    names = _hide()
    if not any(names):  # as on most pages; every widget asks
        return frozenset()
    return frozenset(names) & {key for each in pictures_of(page).values() for key in each.own_keys}


def hide(page: str) -> list[str]:
    """Return what a page hides, as ``link`` takes it."""
    controls = hidden(page)
    return [name for name in _hide() if name == ANSWERS or name in controls]


def hides_answers() -> bool:
    """Return whether only a guess that is locked in may show the answer, and what follows from it."""
    return ANSWERS in _hide()


def shows_answers() -> bool:
    """Return whether the address shows the answers of open guesses."""
    return st.query_params.get("shown") == "1" and not hides_answers()


def picture() -> str:
    """Return the name of the picture at which the page is to open; it may have none of that name."""
    return st.query_params.get("picture", "")


def course_address() -> str:
    """Return the address of the welcome page without a slash at the end; an empty text if it is unknown.

    The path that Streamlit tells is wrong on a page whose name ends with that of another page.
    """
    parts = urlsplit(st.context.url or "")
    folder = str(st.get_option("server.baseUrlPath")).strip("/")
    return f"{parts.scheme}://{parts.netloc}/{folder}".rstrip("/") if parts.netloc else ""


def _modes() -> list[str]:
    return st.query_params.get("mode", "").split(",")


def _hide() -> list[str]:
    return st.query_params.get("hide", "").split(",")
