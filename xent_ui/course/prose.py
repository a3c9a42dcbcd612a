"""The text of a page, in which the first use of each term links to the glossary and shows its definition on hover."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from xent_ui.course import glossary
from xent_ui.live import address, guess

_SEEN: Final = "terms_on_page"


def start_prose() -> None:
    """Begin a run of a page: no term has been used yet."""
    st.session_state[_SEEN] = set()


def linked(text: str) -> str:
    """Return Markdown in which each term of the glossary that the page has not used before is a link to it.

    A lesson that is shown by itself has no links to other pages; "Words on this page" explains its terms.
    """
    with_links = glossary.linked(text, st.session_state.setdefault(_SEEN, set()))
    return text if address.mode() == "lesson" else with_links


def prose(text: str) -> None:
    """Draw a text, in Markdown."""
    st.markdown(linked(text))


def remember(*points: str) -> None:
    """Draw the list "Remember": sentences that someone could say in an interview."""
    if guess.are_answers_hidden():
        return
    st.header("Remember")
    prose("\n".join(f"- {point}" for point in points))


def terms_of_page() -> Sequence[glossary.Entry]:
    """Return the entries of the terms that this run of the page has used, in alphabetical order."""
    seen = st.session_state.get(_SEEN, set())
    return [entry for term, entry in glossary.ENTRIES.items() if term in seen]
