"""The guess of a picture on its page: a slider and two buttons while it is open, one sentence afterwards.

A guess that is locked in is kept in the learner's browser. What a link sets never locks a guess.
"""

from typing import Any

import streamlit as st

from xent_ui.live import address, memory, widgets
from xent_ui.views.base import pictures_of
from xent_ui.views.question import Question


def made(question: Question) -> float | None:
    """Return the guess that the learner has locked in; None if there is none."""
    guess: Any = memory.recall(_name(question), None)
    if not isinstance(guess, int | float) or isinstance(guess, bool) or not question.low <= guess <= question.high:
        return None
    return question.guess.number(guess)


def is_asked_for(question: Question) -> bool:
    """Return whether the learner asked to be shown the answer."""
    return widgets.are_moved([_show_key(question)])


def are_answers_hidden() -> bool:
    """Return whether the address hides the answers of the open page until its guess is locked in."""
    asked = (each.question for each in pictures_of(widgets.open_page()).values())
    return address.hides_answers() and any(made(question) is None for question in asked if question)


def draw_open(question: Question, owner: str) -> float:
    """Draw the question, a slider for the guess and two buttons; return the guess.

    The button that shows the answer is left out if the address says so.

    owner  the key of the picture that asks the question
    """
    guess = widgets.draw(question.guess, owner)
    with st.container(horizontal=True, gap="small"):
        lock, show = f"lock_{question.lesson}", _show_key(question)
        st.button("Lock in my guess", key=lock, type="primary", on_click=_lock, args=(question,))
        if not address.hides_answers():
            st.button("Show me", key=show, on_click=widgets.mark_moved, args=(show,))
    return float(guess)


def draw_answered(question: Question, sentence: str) -> None:
    """Draw the question with a sentence that answers it."""
    st.markdown(f"**{question.words}**  \n{sentence}")


def _name(question: Question) -> str:
    """Return the name under which the browser keeps the guess."""
    return f"guess/{question.lesson}"


def _show_key(question: Question) -> str:
    return f"show_{question.lesson}"


def _lock(question: Question) -> None:
    """Keep the guess at which the slider stands."""
    memory.remember(_name(question), widgets.standing(question.guess))
    memory.earn(question.lesson)
