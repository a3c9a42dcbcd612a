"""What the session of one learner remembers between runs; no other session sees it."""

from collections.abc import Callable, Hashable, Iterable
from typing import Any, TypeVar

import streamlit as st

T = TypeVar("T")

_EARNED = "earned"


def kept(name: str, made_from: Hashable, make: Callable[[], T]) -> T:
    """Return the result of ``make``, called again only when ``made_from`` changes; each name keeps its last result."""
    key = f"kept_{name}"
    before = st.session_state.get(key)
    if before is None or before[0] != made_from:
        before = st.session_state[key] = (made_from, make())
    return before[1]


def forget(name: str) -> None:
    """Delete what was kept under a name."""
    st.session_state.pop(f"kept_{name}", None)


def put(name: str, value: Any) -> None:
    """Keep a value under a name."""
    st.session_state[f"kept_{name}"] = value


def get(name: str) -> Any:
    """Return the value kept under a name; None if there is none."""
    return st.session_state.get(f"kept_{name}")


def earn(*marks: str) -> None:
    """Record solved tasks and guesses made, by their marks."""
    st.session_state.setdefault(_EARNED, set()).update(marks)


def earned(marks: Iterable[str] | None = None) -> frozenset[str]:
    """Return the marks of the tasks solved and guesses made so far; only those among ``marks``, if given."""
    all_marks = frozenset(st.session_state.get(_EARNED, ()))
    return all_marks if marks is None else all_marks & frozenset(marks)
