"""What the session of one learner remembers between runs; no other session sees it."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import streamlit as st

T = TypeVar("T")


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


def forget_everything() -> None:
    """Delete all that was kept under any name."""
    for key in [key for key in st.session_state if str(key).startswith("kept_")]:
        del st.session_state[key]
