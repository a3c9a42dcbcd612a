"""Code on a page: the state of a picture as code to copy, and the source of the functions that computed the page."""

import inspect
from collections.abc import Callable
from typing import Any

import streamlit as st

from xent_ui.views.code import Code


def show_code(code: Code, *, key: str, is_open: bool) -> None:
    """Draw a switch that shows the state of a picture as NumPy and as PyTorch code.

    is_open  the learner has not guessed yet, and the code would give the answer away, so the switch does nothing
    """
    words = "You can switch this on after your guess." if is_open else None
    on = st.toggle("This state as code", key=key, bind="query-params", disabled=is_open, help=words)
    if is_open or not on:
        return
    with st.container(key=f"state_as_{key}"):  # print.css leaves it out
        in_numpy, in_torch = st.columns(2)
        with in_numpy:
            st.caption("NumPy, with xent_core")
            st.code(code.numpy, language="python")
        with in_torch:
            st.caption("PyTorch")
            st.code(code.torch, language="python")
        if code.differs:
            st.caption(code.differs)


def show_source(*functions: Callable[..., Any]) -> None:
    """Show the source of the functions that computed a page."""
    with st.expander("The code that computed this", icon=":material/code:"):
        for function in functions:
            st.code(inspect.getsource(function), language="python")
