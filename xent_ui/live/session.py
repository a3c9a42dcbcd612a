"""What one learner's session remembers between runs, and nobody else's: gone when the tab is closed."""

from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import streamlit as st

T = TypeVar("T")


def kept(name: str, made_from: Hashable, make: Callable[[], T]) -> T:
    """What ``make`` returns, made anew only when ``made_from`` changes; one value a name is kept."""
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
    """What was put under a name; None where nothing was."""
    return st.session_state.get(f"kept_{name}")
