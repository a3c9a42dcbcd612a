"""What one learner's session remembers between runs, and nobody else's."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

import streamlit as st

T = TypeVar("T")

_EARNED = "earned"


def kept(name: str, made_from: Hashable, make: Callable[[], T]) -> T:
    """Return what ``make`` returns, made anew only when ``made_from`` changes; one value per name is kept."""
    key = f"kept_{name}"
    before = st.session_state.get(key)
    if before is None or before[0] != made_from:
        before = st.session_state[key] = (made_from, make())
    return before[1]


def forget(name: str) -> None:
    """Let go of what was kept under a name."""
    st.session_state.pop(f"kept_{name}", None)


def put(name: str, value: Any) -> None:
    """Keep a value under a name."""
    st.session_state[f"kept_{name}"] = value


def get(name: str) -> Any:
    """Return what was put under a name; None where nothing was."""
    return st.session_state.get(f"kept_{name}")


def earn(*marks: str) -> None:
    """Remember that tasks are solved or guesses made, by their marks."""
    st.session_state.setdefault(_EARNED, set()).update(marks)


def earned(marks: Iterable[str] | None = None) -> frozenset[str]:
    """Return the marks of what this learner has solved and guessed; of the given ones only, where some are given."""
    all_marks = frozenset(st.session_state.get(_EARNED, ()))
    return all_marks if marks is None else all_marks & frozenset(marks)
