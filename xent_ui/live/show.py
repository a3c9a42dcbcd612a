"""`show` puts a picture on a page: its controls beside it, caption and formula with it, its tasks below.

The picture is a fragment of the page, so a move of a control runs this alone. While a thumb is held, the browser asks
`GET /view` for the picture at the value under the hand and paints what comes back (scripts/live.js). A picture that only
the session can draw, and one whose request failed, takes the slow way: the value under the hand comes as the state of
the component, and this fragment runs with it.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from typing import Any, Final, Protocol

import streamlit as st

from xent_ui.controls.declarations import Choice, Steps
from xent_ui.live import assets, session, widgets
from xent_ui.live.code import show_code
from xent_ui.live.component import component
from xent_ui.live.version import VERSION
from xent_ui.views.base import Picture, View

HTML: Final = """
<div class="xent-stage" role="img"></div>
<div class="xent-play" hidden>
  <button type="button" data-does="play">Play</button>
  <button type="button" data-does="step">Step</button>
  <button type="button" data-does="restart">Start again</button>
</div>
"""

_DRAWN, _DARK = "values_drawn", "dark_in_browser"
_turns = itertools.count(1)

Preset = Mapping[str, Any] | Callable[[Mapping[str, Any]], Mapping[str, Any]]


class Below(Protocol):
    """A function that draws what stands below a picture and looks at what the picture shows: its tasks, say."""

    def __call__(self, picture: Picture, view: View, *, counts: bool) -> None:
        """Draw it. counts: a hand, and no link, has brought the picture here, so a task that it solves is solved."""


@dataclass(frozen=True)
class _Setting:
    """How a page shows a picture; see ``show``."""

    below: Below | None
    rows: Sequence[Sequence[str]]
    presets: Mapping[str, Preset]
    beside: Callable[[], None] | None
    tall: bool
    data: Any
    ask: bool


def start_page(name: str) -> None:
    """Begin a run of a page; every page calls it once, before it draws."""
    widgets.start_page(name)
    st.session_state[_DRAWN] = {}


def is_dark() -> bool:
    """Return whether this learner's browser shows a dark background."""
    dark = st.session_state.get(_DARK)
    return st.context.theme.get("type") == "dark" if dark is None else dark


def show(
    picture: Picture,
    below: Below | None = None,
    *,
    rows: Sequence[Sequence[str]] = (),
    presets: Mapping[str, Preset] | None = None,
    beside: Callable[[], None] | None = None,
    tall: bool = False,
    data: Any = None,
    ask: bool = True,
) -> None:
    """Show a picture with everything that belongs to it.

    below    what stands beside the formula and looks at the picture: its tasks
    rows     keys of controls that stand side by side; the others stand one below the other
    presets  buttons that set controls, by name: values by key, or a function from the present values to such
    beside   draws what else stands with the controls
    tall     for several panels in one figure
    data     what only the session knows, for a picture that takes it
    ask      whether its question is asked
    """
    _fragment(picture, _Setting(below, rows, presets or {}, beside, tall, data, ask))


@st.fragment
def _fragment(picture: Picture, setting: _Setting) -> None:
    # As few boxes as can be: with every move Streamlit looks at every element of the page again.
    side, stage = st.columns([5, 11], gap="large")
    with side:
        asked = st.container(key=f"asked_{picture.key}")
        committed = _controls(picture, setting)
        if setting.presets:
            _presets(picture, setting.presets, committed)
    if picture.question and setting.ask:
        with asked:
            for control in (picture.question.guess, picture.question.lock):
                committed[control.key] = widgets.draw(control, picture.key)
            verdict = st.empty()
    _follow_shared(picture, committed)

    shown = _is_shown(picture, setting)
    view = _drawn(picture, committed, setting, shown=shown)
    if picture.question and setting.ask and committed[picture.question.lock.key]:
        verdict.markdown(_commit(picture, committed))
    if setting.beside:
        with side:
            setting.beside()
    with stage:
        _stage(picture, view, committed, setting, shown=shown)
    if view.notes:
        st.markdown(view.notes)
    left, right = st.columns([7, 5], gap="large")
    if view.formula:
        with left.container(key=f"formula_{picture.key}"):
            st.latex(view.formula)
    if setting.below:
        with right:
            setting.below(picture, view, counts=_is_moved(picture, committed))
    if view.code:
        show_code(view.code, key=f"code_{picture.key}")


def _controls(picture: Picture, setting: _Setting) -> dict[str, Any]:
    """Draw the controls that are shown and not drawn elsewhere, and return the values of all."""
    question = {picture.question.guess.key, picture.question.lock.key} if picture.question else set()
    row_of = {key: row for row in setting.rows for key in row}
    columns: dict[str, AbstractContextManager[Any]] = {}
    values: dict[str, Any] = {}
    for key, control in picture.controls.items():
        if key in question or not control.is_shown(values):
            values[key] = control.default
        elif not widgets.owns(control, picture.key):
            values[key] = widgets.standing(control)
        elif key in row_of:
            if key not in columns:
                with st.container(key=f"pairs_{key}"):
                    row = row_of[key]
                    columns |= zip(row, st.columns(len(row)), strict=True)
            with columns[key]:
                values[key] = widgets.draw(control, picture.key)
        else:
            values[key] = widgets.draw(control, picture.key)
    return values


def _presets(picture: Picture, presets: Mapping[str, Preset], values: Mapping[str, Any]) -> None:
    """Draw buttons that each move controls to a named state."""
    key = f"preset_{picture.key}"

    def chosen() -> None:
        name = st.session_state[key]
        st.session_state[key] = None  # a button, not a choice that stays
        if name is not None:
            preset = presets[name]
            widgets.set_values(preset(values) if callable(preset) else preset)

    st.pills(
        "Set the controls to", list(presets), key=key, label_visibility="collapsed", on_change=chosen, **widgets.WRAPPED
    )


def _follow_shared(picture: Picture, committed: Mapping[str, Any]) -> None:
    """Run the whole page again when another picture stands at an older value of a control of this one, or theme."""
    written = picture.write(committed)
    mine = {key: written.get(key, "") for key in picture.shown_keys(picture.settle(committed))}
    mine["dark"] = str(is_dark())
    drawn = st.session_state.setdefault(_DRAWN, {})
    drawn[picture.key] = mine
    others = (values for key, values in drawn.items() if key != picture.key)
    if any(values.get(key, text) != text for values in others for key, text in mine.items()):
        st.rerun()


def _is_shown(picture: Picture, setting: _Setting) -> bool:
    """Return whether the answer is shown: a control was moved by hand, or the address asks for it."""
    if picture.question and not setting.ask:
        return True
    return widgets.are_moved(_own_keys(picture)) or st.query_params.get("shown") == "1"


def _is_moved(picture: Picture, committed: Mapping[str, Any]) -> bool:
    """Return whether a hand has moved the picture or locked in a guess: what a link does counts for nobody."""
    lock = picture.question.lock.key if picture.question else ""
    return widgets.are_moved(_own_keys(picture)) or (bool(committed.get(lock)) and widgets.are_moved([lock]))


def _own_keys(picture: Picture) -> set[str]:
    """Return the keys of the controls that move the picture, without those of its question."""
    question = picture.question
    return set(picture.controls) - ({question.guess.key, question.lock.key} if question else set())


def _commit(picture: Picture, committed: Mapping[str, Any]) -> str:
    """Remember a guess that somebody made, and return what is said of it."""
    question = picture.question
    assert question  # noqa: S101  (asked only of a picture that has one)
    guess = question.read(committed)
    if widgets.are_moved([question.lock.key]):  # a link may lock a guess that nobody made
        session.earn(picture.lesson)
    return guess.verdict


def _held(picture: Picture, committed: dict[str, Any]) -> dict[str, Any]:
    """Return the values to draw: those of the controls, with the one under the hand where it takes the slow way.

    A preview stands in for the value it was taken from. Once the control has committed another, it is out of date for
    good.
    """
    state = st.session_state.get(f"picture_{picture.key}")
    held = state.get("preview") if state else None
    if not isinstance(held, dict) or held.get("key") not in picture.controls:
        return committed
    key, spent = held["key"], f"spent_{picture.key}"
    control: Any = picture.controls[key]
    if held.get("instead_of") != control.write(committed[key]):
        st.session_state[spent] = held.get("id")
    if st.session_state.get(spent) == held.get("id"):
        return committed
    try:
        return committed | {key: control.parse(str(held.get("text")))}
    except ValueError:
        return committed


def _drawn(picture: Picture, committed: dict[str, Any], setting: _Setting, *, shown: bool) -> View:
    """Return what the picture shows.

    A control of the page may have moved to a state for which the page has yet to pass what only the session knows:
    then the whole page runs again, which passes it.
    """
    held = _held(picture, committed)
    shown |= any(held[key] != committed[key] for key in _own_keys(picture))
    for values in (held, committed):
        if setting.data is not None or not picture.needs_session(picture.settle(values)):
            return picture(values, shown=shown, dark=is_dark(), data=setting.data)
    return st.rerun()


def _stage(picture: Picture, view: View, committed: Mapping[str, Any], setting: _Setting, *, shown: bool) -> None:
    """Draw the figure and its caption, and tell the browser what it needs to ask for the next one by itself."""
    controls = {
        key: control for key in picture.shown_keys(picture.settle(committed)) if (control := picture.controls[key])
    }
    question = picture.question
    count, wanted = widgets.look_wanted(picture.controls)
    component("live", html=HTML)(
        key=f"picture_{picture.key}",
        data={
            "figure": view.figure.to_dict(),
            "caption": view.caption,
            "handles": [asdict(handle) for handle in view.handles],
            "play": asdict(view.play) if view.play else None,
            "plotly": assets.address("plotly.min.js"),
            "katex": assets.streamlit_katex(),
            "view": None if setting.data is not None else f"view/{VERSION}/{picture.lesson}/{picture.name}",
            "query": picture.write(committed),
            "controls": {
                key: _for_browser(control, committed[key], picture.session_only.get(key, ()))
                for key, control in controls.items()
            },
            "guess": [question.guess.key, question.lock.key] if question else [],
            "shown": shown,
            "dark": is_dark(),
            "formula": f"formula_{picture.key}",
            "size": "tall" if setting.tall else "",
            "look": {"count": count, "here": wanted},
            "turn": next(_turns),  # an unchanged picture must acknowledge a preview too
        },
        on_preview_change=_nothing,
        on_dark_change=lambda: _theme_changed(picture),
        on_released_change=lambda: _released(picture),
    )
    st.caption(view.caption)


def _for_browser(control: Any, value: Any, session_only: Sequence[Any]) -> dict[str, Any]:
    """Return what the browser needs to read a control while it moves: its text, and the names of its values.

    session_only  values at which it must not ask for a picture
    """
    told = {"text": control.write(value), "default": control.write(control.default)}
    if isinstance(control, Steps | Choice):
        told["names"] = [name for each, name in control.options.items() if each not in session_only]
    return told


def _nothing() -> None:
    """Do nothing: Streamlit wants a callback for each state that a component may set."""


def _theme_changed(picture: Picture) -> None:
    """Take over the theme that the browser shows, which Streamlit does not always know."""
    st.session_state[_DARK] = bool(st.session_state[f"picture_{picture.key}"].get("dark"))


def _released(picture: Picture) -> None:
    """Commit what was dragged on the picture itself, or played, to its control."""
    released = st.session_state[f"picture_{picture.key}"].get("released")
    if not isinstance(released, dict) or released.get("key") not in picture.controls:
        return
    key = released["key"]
    try:
        st.session_state[key] = picture.controls[key].parse(str(released.get("text")))
    except ValueError:
        return
    widgets.mark_moved(key)
