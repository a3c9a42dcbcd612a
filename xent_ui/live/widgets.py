"""Widgets for declared controls, and a record of which ones the learner has moved by hand.

Several pictures of a page may share a control. The first to draw it in a run owns it; the others read its value.
"""

from collections.abc import Iterable, Mapping
from inspect import signature
from typing import Any, Final

import streamlit as st

from xent_ui.controls.declarations import Choice, Control, Number, Slider, Steps, Text, Toggle
from xent_ui.live import address
from xent_ui.live.in_step import in_step
from xent_ui.views.base import Picture, controls_of, pictures_of

# Streamlit 1.62 has no wrap.
WRAPPED: Final[dict[str, Any]] = {"wrap": True} if "wrap" in signature(st.pills).parameters else {}

_PAGE, _OWNERS, _MOVED, _LOOK = "page_open", "owners_of_controls", "moved_by_hand", "look_at_the_picture"


def open_page() -> str:
    """Return the name of the page that runs; empty before the first one."""
    page: str = st.session_state.get(_PAGE, "")
    return page


def start_page(name: str) -> None:
    """Begin a run of a page: no control has an owner yet. On another page than before, none has been moved either."""
    if open_page() != name:
        st.session_state[_PAGE] = name
        st.session_state[_MOVED] = set()
        if address.drop_unreadable(name):
            st.rerun()  # as if the address had never held it
    st.session_state[_OWNERS] = {}


def draw(control: Control, owner: str = "page") -> Any:
    """Draw the widget of a control, unless another owner already has in this run or the address hides it.

    owner    the key of the picture that draws the control, or "page" for the page itself
    Returns  its value
    """
    if is_hidden(control):
        return standing(control)
    owners = st.session_state.setdefault(_OWNERS, {})
    if owners.setdefault(control.key, owner) != owner:
        return standing(control)
    return _settled(control, _widget(control))


def give_shared(picture: Picture) -> None:
    """Let a picture draw the controls that it shares with others of the open page, whichever comes first there.

    On a projector no other picture is in sight. Call it before the run draws anything. A control for what only a
    session knows stays where the page draws it.
    """
    others = [each.own_keys for each in pictures_of(open_page()).values() if each.key != picture.key]
    shared = picture.own_keys.intersection(set().union(*others)).difference(picture.session_only)
    st.session_state.setdefault(_OWNERS, {}).update(dict.fromkeys(shared, picture.key))


def owns(control: Control, owner: str) -> bool:
    """Return whether ``draw`` would draw the widget for this owner."""
    return st.session_state.get(_OWNERS, {}).get(control.key, owner) == owner


def is_hidden(control: Control) -> bool:
    """Return whether the address hides this control."""
    return control.key in address.hidden(open_page())


def standing(control: Control) -> Any:
    """Return the current value of a control that is drawn elsewhere on the page, or hidden."""
    return _in_address(control) if is_hidden(control) else _settled(control, st.session_state.get(control.key))


def _in_address(control: Any) -> Any:
    """Return the value that the address sets a hidden control to; its default if it sets none."""
    return address.read(control.key, control.parse, control.default)


def _settled(control: Control, value: Any) -> Any:
    """Return the control's value for a widget's value: without binary rounding noise; the default for None."""
    if isinstance(control, Text):
        return _understood(control, control.default_text if value is None else value)
    if value is None:
        return control.default
    return control.number(value) if isinstance(control, Slider) else value


def _understood(control: Text[Any], text: str) -> Any:
    """Return what a text stands for. If it cannot be read, warn, and return what the last readable text stood for."""
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
    """Draw a field for a whole number; Streamlit's own binding fails on a number too large for a float."""
    return in_step(
        control.key,
        lambda _: int(st.number_input(control.label, 1, control.high, step=1, **given)),
        read=control.parse,
        write=control.write,
        default=control.default,
        key=control.key,
    )


def mark_moved(*keys: str) -> None:
    """Record that controls were moved by hand. Callbacks of widgets call this; they do not run for what a link sets."""
    st.session_state.setdefault(_MOVED, set()).update(keys)


def are_moved(keys: Iterable[str]) -> bool:
    """Return whether any of these controls has been moved by hand on this page."""
    return not st.session_state.get(_MOVED, set()).isdisjoint(keys)


def set_values(values: Mapping[str, Any]) -> None:
    """Set controls of the open page, by key, and have their picture scrolled into view; for callbacks of buttons."""
    controls: Mapping[str, Any] = controls_of(open_page())
    for key, value in values.items():
        control = controls.get(key)
        is_out_of_sight = control is not None and is_hidden(control)
        if control is not None and (is_out_of_sight or key not in st.session_state):  # Streamlit would not write it
            if value != control.default:
                st.query_params[key] = control.write(value)
            elif key in st.query_params:
                del st.query_params[key]
        if not is_out_of_sight:
            st.session_state[key] = value
    mark_moved(*values)
    count, _ = st.session_state.get(_LOOK, (0, ()))
    st.session_state[_LOOK] = count + 1, frozenset(values)


def reset(control: Slider) -> None:
    """Set a slider that this run has not drawn yet back to its default, whatever the address says."""
    st.session_state[control.key] = control.default


def look_wanted(keys: Iterable[str]) -> tuple[int, bool]:
    """Return how often a button has set controls so far, and whether the last one set any of these."""
    count, keys_of_last = st.session_state.get(_LOOK, (0, frozenset()))
    return count, not keys_of_last.isdisjoint(keys)
