"""A widget and a parameter of the address that stay in step, for parameters that Streamlit cannot bind itself."""

from collections.abc import Callable
from typing import TypeVar

import streamlit as st

T = TypeVar("T")


def in_step(
    name: str,
    draw: Callable[[str], T],
    *,
    read: Callable[[str], T],
    write: Callable[[T], str],
    default: T,
    key: str = "",
) -> T:
    """Draw a widget that follows a parameter of the address, and is followed by it.

    If the address has changed since the last run and the widget has not, as after Back in the browser, the widget
    follows the address. Otherwise the address follows the widget, because a browser on a slow line still reports an
    older address.

    name     the parameter; its text in the address is empty for the default
    draw     draws the widget with the key it is given, and returns its value
    read     the value that a text stands for, or ValueError if it stands for none
    write    the text that stands for a value
    key      the key of the widget, if it has one of its own
    Returns  the value of the widget
    """
    key, settled = key or f"{name}_in_step", f"settled_{name}"
    address = st.query_params.get(name, "")
    stands = st.session_state.get(key)
    last_value, last_address = st.session_state.get(settled, (None, address))
    if stands is None or (stands == last_value and address != last_address):
        try:
            st.session_state[key] = read(address) if address else default
        except ValueError:
            st.session_state[key] = default
        last_address = address
    value = draw(key)
    written = "" if value == default else write(value)
    if written != address or written != last_address:
        if written:
            st.query_params[name] = written
        elif address:
            del st.query_params[name]
        else:  # the browser reported an outdated address: send the current one again
            st.query_params.update({})
    st.session_state[settled] = (value, written)
    return value
