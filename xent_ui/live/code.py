"""Code on a page: the state of a picture as code to copy, and the source of the functions that computed the page."""

import inspect
from collections.abc import Callable
from typing import Any

import streamlit as st

from xent_ui.live import address, archive
from xent_ui.style import markdown
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
        left, right = st.columns(2)
        with left:
            st.caption("NumPy, with xent_core")
            st.code(in_numpy(code), language="python")
        with right:
            st.caption("PyTorch")
            st.code(in_torch(code), language="python")
        if code.differs:
            st.caption(code.differs)


def in_numpy(code: Code) -> str:
    """Return the NumPy program of a state, whose first line says how to get xent_core.

    A picture depends on nothing but its controls, so it does not know the address of the course.
    """
    return f"# {install_command()}\n{code.numpy}"


def in_torch(code: Code) -> str:
    """Return the PyTorch program of a state, whose first line says how to get PyTorch."""
    return f"# pip install torch\n{code.torch}"


def install_command() -> str:
    """Return the command that installs xent_core: from this course, or from a clone if its address is unknown."""
    course = address.course_address()
    return f"pip install {course}/{archive.NAME}" if course else "pip install .  (in a clone of the course)"


def show_source(*functions: Callable[..., Any]) -> None:
    """Show the source of the functions of xent_core that computed a page, each with a link to its entry."""
    with st.expander("The code that computed this", icon=":material/code:"):
        for function in functions:
            st.code(inspect.getsource(function), language="python")
        if address.mode() != "lesson":  # a lesson that is shown by itself has no links to other pages
            links = (markdown.in_reference(function.__name__) for function in functions)
            st.markdown(f"In the reference: {', '.join(links)}")
