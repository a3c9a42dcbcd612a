"""Code on a page: a picture's state to take away, and the source of what computed it."""

import inspect
from collections.abc import Callable
from typing import Any

import streamlit as st

from xent_ui.views.code import Code


def show_code(code: Code, *, key: str) -> None:
    """Show a state of a picture as NumPy and as PyTorch code, once it is asked for."""
    if not st.toggle("This state as code", key=key, bind="query-params"):
        return
    ours, theirs = st.columns(2)
    with ours:
        st.caption("NumPy, with xent_core")
        st.code(code.numpy, language="python")
    with theirs:
        st.caption("PyTorch")
        st.code(code.torch, language="python")
    if code.differs:
        st.caption(code.differs)


def show_source(*functions: Callable[..., Any]) -> None:
    """Show the source of the functions that computed a page, as it ran."""
    with st.expander("The code that computed this", icon=":material/code:"):
        for function in functions:
            st.code(inspect.getsource(function), language="python")
