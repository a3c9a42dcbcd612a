"""What the address of the open page asks for besides the values of controls.

Everybody can type anything into an address: what cannot be understood is ignored.
"""

from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from xent_ui.views.base import LESSONS as WITH_PICTURES
from xent_ui.views.base import controls_of, pictures
from xent_ui.views.link import ANSWERS, Mode

MODES: Final[tuple[Mode, ...]] = ("lesson", "present")


def mode() -> Mode:
    """Return how the page is to be shown: "lesson", "present", or an empty text for the course as it is."""
    asked = st.query_params.get("mode")
    return next((each for each in MODES if each == asked), "")


def hidden(page: str) -> frozenset[str]:
    """Return the keys of the controls of a page that are not to be shown. A guess cannot be hidden."""
    drawn = pictures(page).values() if page in WITH_PICTURES else ()
    guesses = {key for each in drawn for key in each.question_keys}
    return frozenset(_hide()) & (frozenset(controls_of(page)) - guesses)


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


def _hide() -> list[str]:
    return st.query_params.get("hide", "").split(",")
