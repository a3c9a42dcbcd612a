"""The section "Check yourself" of a lesson: its questions, marked as soon as they are answered."""

from pathlib import Path
from typing import Final

import numpy as np
import streamlit as st

from xent_ui.live import memory, session
from xent_ui.self_test.number_parser import NotANumber, number
from xent_ui.self_test.questions.check import Compute, Pick, checks, mark_of
from xent_ui.self_test.questions.problems import NUMBERS, Problem, problem

RIGHT: Final = ":green[:material/check_circle:] **Right.**"
WRONG: Final = ":red[:material/cancel:] **Not yet.**"


def check_yourself(page: str) -> None:
    """Draw the questions of a lesson.

    page  the ``__file__`` of the lesson
    """
    st.header("Check yourself")
    _questions(Path(page).stem)


@st.fragment
def _questions(lesson: str) -> None:
    for check in checks(lesson):
        mark = mark_of(lesson, check)
        with st.container(border=True, key=f"question_{check.name}"):  # print.css puts room to write into it
            right = _pick(check, mark) if isinstance(check, Pick) else _compute(check, mark)
            if mark in memory.earned() and not right:
                st.caption("You have answered this one before.")
    memory.end_fragment(f"checks_{lesson}")


def _pick(check: Pick, mark: str) -> bool:
    """Draw a question with options, and return whether the chosen one is right."""
    key = f"check_{check.name}"

    def answered() -> None:
        if st.session_state[key] == check.right:
            memory.earn(mark)

    chosen = st.radio(f"**{check.asks}**", check.options, index=None, key=key, on_change=answered)
    if chosen == check.right:
        st.markdown(f"{RIGHT} {check.because}")
    elif chosen is not None:
        st.markdown(f"{WRONG} {check.wrong[chosen]}")
    return chosen == check.right


def _compute(check: Compute, mark: str) -> bool:
    """Draw a numeric question, and return whether the typed answer is right."""
    turn = f"turn_{check.name}"
    start = session.kept(f"numbers_{check.name}", check.name, lambda: int(np.random.default_rng().integers(NUMBERS)))
    n = 1 + (start + st.session_state.get(turn, 0)) % NUMBERS
    asked = problem(check.kind, n)
    unit = f", in {asked.unit.symbol}" if asked.unit else ""
    st.markdown(f"**{asked.asks}**")
    key = f"check_{check.name}_{n}"

    def answered() -> None:
        if _marked(asked, st.session_state[key])[0]:
            memory.earn(mark)

    typed = st.text_input(
        f"Your answer{unit}", key=key, placeholder="0.693, 1/3, ln 2, 69.3 %", autocomplete="off", on_change=answered
    )
    right = _mark(asked, typed)
    if typed:
        st.button("Other numbers", key=f"other_{check.name}", on_click=_turn, args=(turn,))
    return right


def _mark(asked: Problem, typed: str) -> bool:
    """Draw the mark of a typed answer, and return whether it is right."""
    if not typed:
        return False
    right, said = _marked(asked, typed)
    if right is None:
        st.warning(said, icon=":material/edit:")
    else:
        st.markdown(f"{RIGHT if right else WRONG} {said}")
    return bool(right)


def _marked(asked: Problem, typed: str) -> tuple[bool | None, str]:
    """Return whether a typed answer is right, None if it cannot be read, and what is to be said of it."""
    try:
        return asked.mark(number(typed, asked.unit))
    except NotANumber as refused:
        return None, str(refused)


def _turn(key: str) -> None:
    st.session_state[key] = st.session_state.get(key, 0) + 1
