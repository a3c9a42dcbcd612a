"""Predict, vote, try: what turns looking into learning.

A prediction is committed to before the picture answers. A misconception is voted on, then a counterexample is set in
the live picture. A challenge is solved when xent_core says so; some are impossible on purpose. What was solved stays
solved for this session and is stored nowhere else.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from xent_ui.controls import controls
from xent_ui.figures.base import Guess
from xent_ui.live import show as live
from xent_ui.style import numbers

_SOLVED = "solved_challenges"
_GUESSED = "guessed_pages"


@dataclass(frozen=True)
class Prediction:
    """A learner's guess about one stated situation, and whether it is committed."""

    guessed: float
    answer: float
    committed: bool
    hidden: bool  # the picture keeps its answer until the guess is committed or a control is moved

    def at(self, x: float, *, scale: float = 1.0) -> Guess | None:
        """The guess as a mark on a picture, at x; None once the learner explores without having guessed.

        scale  what one unit of the question is on the picture, such as 0.01 for a question in per cent
        """
        if self.committed:
            return Guess(x, scale * self.guessed, scale * self.answer)
        return Guess(x, scale * self.guessed) if self.hidden else None


def predict(
    question: str, *, answer: float, low: float, high: float, step: float, unit: str = "", digits: int = 3
) -> Prediction:
    """Ask for a number before the picture shows it; call it after the controls of the picture."""
    page = live.page_name()
    slider = controls.Slider(f"guess_{page}", question, low, high, (low + high) / 2, step)
    lock = controls.Toggle(f"lock_{page}", "Lock in my guess")
    with live.asking():
        guessed = slider()
        committed = lock()
        if committed:
            if guessed != slider.default:  # a link may lock a guess that nobody made
                st.session_state.setdefault(_GUESSED, set()).add(page)
            gap = guessed - answer
            said = f"You said {numbers.text(guessed, digits)}{unit}; it is **{numbers.text(answer, digits)}{unit}**. "
            if abs(gap) <= step / 2:
                st.markdown(said + "Exactly.")
            else:
                st.markdown(said + f"{numbers.text(abs(gap), digits)}{unit} too {'much' if gap > 0 else 'little'}.")
    return Prediction(guessed, answer, committed, hidden=not committed and not live.moved())


def misconception(claim: str, *, because: str, shows: Mapping[str, Any], name: str) -> None:
    """A card with something people say that is wrong: vote, then see the state of the picture that refutes it.

    claim    what people say
    because  why it is wrong, in a sentence or two
    shows    the counterexample: control keys and the values that the button sets
    """
    with st.container(border=True):
        st.markdown(f"**People say:** “{claim}”")
        vote = st.segmented_control(
            "Do you agree?",
            ["I agree", "I disagree"],
            key=f"vote_{name}",
            label_visibility="collapsed",
            persist_state="session",
        )
        if vote is not None:
            verdict = "You are in good company, and it is wrong." if vote == "I agree" else "You are right."
            st.markdown(f"{verdict} {because}")
            st.button(
                "Show me in the picture",
                key=f"show_{name}",
                on_click=controls.set_values,
                args=(shows,),
                icon=":material/visibility:",
            )


def challenge(task: str, *, solved: bool, name: str) -> None:
    """A task for the controls, solved for good once ``solved`` has been true."""
    done = st.session_state.setdefault(_SOLVED, set())
    mark = f"{live.page_name()}/{name}"
    if solved:
        done.add(mark)
    with live.tasks():
        if mark in done:
            st.markdown(f":green[:material/check_circle:] {task}")
        else:
            st.markdown(f":material/radio_button_unchecked: {task}")


def impossible(task: str, *, solved: bool, because: str, name: str) -> None:
    """A challenge that mathematics forbids: ``solved`` never comes true, saying that it cannot be done does.

    because  why it cannot be done, in a sentence or two
    """
    key = f"forbidden_{live.page_name()}_{name}"
    seen_through = bool(st.session_state.get(key))
    challenge(task, solved=solved or seen_through, name=name)
    with live.tasks():
        st.toggle("This cannot be done", key=key, persist_state="session")
        if seen_through:
            st.markdown(because)


def solved_challenges() -> frozenset[str]:
    """What this learner has solved in this session, as ``page/name``."""
    return frozenset(st.session_state.get(_SOLVED, ()))


def guessed_pages() -> frozenset[str]:
    """The pages whose prediction this learner has committed to in this session."""
    return frozenset(st.session_state.get(_GUESSED, ()))


def add_progress(*, solved: Collection[str], guessed: Collection[str]) -> None:
    """Take over what was solved and guessed on another machine."""
    st.session_state.setdefault(_SOLVED, set()).update(solved)
    st.session_state.setdefault(_GUESSED, set()).update(guessed)
