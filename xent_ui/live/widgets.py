"""Widgets for declared controls, and which of them were moved by hand.

A control may belong to several pictures of a page. The first that draws it in a run owns it; the others read its value.
"""

from collections.abc import Iterable, Mapping
from inspect import signature
from typing import Any, Final

import streamlit as st

from xent_ui.controls.declarations import Choice, Control, Number, Slider, Steps, Text, Toggle
from xent_ui.views.base import controls_of

WRAPPED: Final[dict[str, Any]] = {"wrap": True} if "wrap" in signature(st.pills).parameters else {}  # not in 1.62

_PAGE, _OWNERS, _MOVED, _LOOK = "page_open", "owners_of_controls", "moved_by_hand", "look_at_the_picture"


def start_page(name: str) -> None:
    """Begin a run of a page: nothing is drawn yet, and what was moved on another page is forgotten."""
    if st.session_state.get(_PAGE) != name:
        st.session_state[_PAGE] = name
        st.session_state[_MOVED] = set()
    st.session_state[_OWNERS] = {}


def draw(control: Control, owner: str = "page") -> Any:
    """Draw the widget of a control that nobody has drawn in this run, and return its value; else only the value.

    owner  the picture that draws it, or the page itself
    """
    owners = st.session_state.setdefault(_OWNERS, {})
    if owners.setdefault(control.key, owner) != owner:
        return standing(control)
    return _settled(control, _widget(control))


def owns(control: Control, owner: str) -> bool:
    """Return whether ``draw`` would draw the widget of this control for this owner."""
    return st.session_state.get(_OWNERS, {}).get(control.key, owner) == owner


def standing(control: Control) -> Any:
    """Return the value of a control that is drawn elsewhere on the page."""
    return _settled(control, st.session_state.get(control.key))


def _settled(control: Control, value: Any) -> Any:
    """Return a widget's value as the control has it: no binary noise, and the default where there is none."""
    if isinstance(control, Text):
        return _understood(control, control.default_text if value is None else value)
    if value is None:
        return control.default
    return control.number(value) if isinstance(control, Slider) else value


def _understood(control: Text[Any], text: str) -> Any:
    """Return what a text stands for; while it cannot be read, what the last one that could stood for."""
    last = f"last_{control.key}"
    try:
        value = control.parse(text)
    except ValueError as error:
        st.warning(str(error))
        return control.parse(st.session_state.get(last, control.default_text))
    st.session_state[last] = text
    return value


def _widget(control: Control) -> Any:
    """Draw a control as Streamlit's widget, bound to the address by its key."""
    given: dict[str, Any] = {"key": control.key, "help": control.help, "on_change": mark_moved, "args": (control.key,)}
    bound = given | {"bind": "query-params"}
    match control:
        case Slider():
            low, high, default = (control.number(each) for each in (control.low, control.high, control.default))
            return st.slider(control.label, low, high, default, control.step, format=control.format, **bound)
        case Steps():
            names = control.options.__getitem__
            return st.select_slider(control.label, list(control.options), control.default, format_func=names, **bound)
        case Choice(look="menu"):
            values = list(control.options)
            first = values.index(control.default)
            return st.selectbox(control.label, values, first, format_func=control.options.__getitem__, **bound)
        case Choice(look="pills"):
            return st.pills(
                control.label,
                list(control.options),
                default=control.default,
                format_func=control.options.__getitem__,
                **bound,
                **WRAPPED,
            )
        case Choice():
            return st.segmented_control(
                control.label,
                list(control.options),
                default=control.default,
                format_func=control.options.__getitem__,
                **bound,
            )
        case Toggle():
            return st.toggle(control.label, control.default, **bound)
        case Text():
            return st.text_input(control.label, control.default_text, **bound)
        case Number():
            return _number_input(control, given)


def _number_input(control: Number, given: Mapping[str, Any]) -> int:
    """Draw a field for a whole number and keep it and the address alike.

    Streamlit's own binding fails on an address with a whole number too large for a float. Where the address has changed
    since the last run and the field has not, as after Back in the browser, the field follows it. Else the address
    follows the field: a browser on a slow line reports an address of before the last steps.
    """
    settled = f"settled_{control.key}"
    address = st.query_params.get(control.key, "")
    stands = st.session_state.get(control.key)
    last_value, last_address = st.session_state.get(settled, (None, address))
    if stands is None or (stands == last_value and address != last_address):
        try:
            st.session_state[control.key] = control.parse(address)
        except ValueError:
            st.session_state[control.key] = control.default
        last_address = address
    value = int(st.number_input(control.label, 1, control.high, step=1, **given))
    written = "" if value == control.default else control.write(value)
    if written != address or written != last_address:
        if written:
            st.query_params[control.key] = written
        elif address:
            del st.query_params[control.key]
        else:  # what the browser reported is out of date: tell it again
            st.query_params.update({})
    st.session_state[settled] = (value, written)
    return value


def mark_moved(*keys: str) -> None:
    """Remember that controls were moved by hand; for the callbacks of widgets, which a link does not call."""
    st.session_state.setdefault(_MOVED, set()).update(keys)


def are_moved(keys: Iterable[str]) -> bool:
    """Return whether any of these controls was moved by hand on this page."""
    return not st.session_state.get(_MOVED, set()).isdisjoint(keys)


def set_values(values: Mapping[str, Any]) -> None:
    """Move controls of the open page to given values, by key, and look at their picture; for callbacks of buttons."""
    controls = controls_of(st.session_state.get(_PAGE, ""))
    for key, value in values.items():
        if key not in st.session_state and key in controls:  # not drawn yet: Streamlit would not write its address
            control: Any = controls[key]
            if value != control.default:
                st.query_params[key] = control.write(value)
        st.session_state[key] = value
    mark_moved(*values)
    count, _ = st.session_state.get(_LOOK, (0, ()))
    st.session_state[_LOOK] = count + 1, frozenset(values)


def look_wanted(keys: Iterable[str]) -> tuple[int, bool]:
    """Return how many buttons have moved controls so far, and whether the last one moved any of these."""
    count, keys_of_last = st.session_state.get(_LOOK, (0, frozenset()))
    return count, not keys_of_last.isdisjoint(keys)
