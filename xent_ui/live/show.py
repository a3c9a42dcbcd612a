"""`show` puts a picture on a page, with its controls beside it, and below it what it means, its formula and tasks.

Each picture is a fragment of the page, so moving a control reruns that fragment alone. During a drag, the browser asks
`GET /view` for the picture at the current value and draws the answer (scripts/live.js). Pictures that only the session
can draw, and those whose request failed, take the slow way: the browser sends the value as state of the component, and
the fragment runs with it.
"""

import itertools
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass
from typing import Any, Final, NamedTuple, Protocol
from urllib.parse import urlencode

import streamlit as st

from xent_ui.controls.declarations import Choice, Steps
from xent_ui.formulas.base import masked
from xent_ui.live import address, assets, guess, memory, widgets
from xent_ui.live.code import show_code
from xent_ui.live.component import component
from xent_ui.live.data_table import show_data
from xent_ui.live.room import chosen, room_with
from xent_ui.live.version import VERSION
from xent_ui.views.base import Picture, View

# A screen reader calls the picture by its title and describes it by its newest caption, also during a drag. Once a move
# has come to rest, the caption is said aloud.
HTML: Final = """
<div class="xent-stage"></div>
<div class="xent-play" hidden>
  <button type="button" data-does="play">Play</button>
  <button type="button" data-does="step">Step</button>
  <button type="button" data-does="restart">Start again</button>
</div>
<p class="xent-description" hidden></p>
<p class="xent-said" role="status" aria-live="polite"></p>
"""

_DRAWN, _DARK, _NARROW = "values_drawn", "dark_in_browser", "narrow_in_browser"
_ROOMS, _LAST = "rooms_of_pictures", "last_drawn"
_turns = itertools.count(1)

Preset = Mapping[str, Any] | Callable[[Mapping[str, Any]], Mapping[str, Any]]


class Below(Protocol):
    """A function that draws something below a picture that depends on what the picture shows, such as its tasks."""

    def __call__(self, picture: Picture, view: View, *, counts: bool) -> None:
        """Draw it.

        counts  the learner, not a link, has set this state, so tasks that it solves count as solved
        """


@dataclass(frozen=True)
class _Setting:
    """How a page shows a picture; see ``show``."""

    below: Below | None
    saw: str
    rows: Sequence[Sequence[str]]
    presets: Mapping[str, Preset]
    beside: Callable[[], None] | None
    data: Any
    ask: bool


class Drawn(NamedTuple):
    """A picture as it was last drawn: what it showed, at which values, and whether its question was open."""

    view: View
    values: Mapping[str, Any]
    is_open: bool


def start_page(name: str) -> None:
    """Begin a run of a page. Every page calls this once, before it draws anything."""
    if widgets.open_page() != name:
        st.session_state[_LAST] = {}
    widgets.start_page(name)
    st.session_state[_DRAWN] = {}


def drawn(picture: Picture) -> Drawn | None:
    """Return how the open page last drew a picture; None if it has not."""
    last: Drawn | None = st.session_state.get(_LAST, {}).get(picture.key)
    return last


def is_dark() -> bool:
    """Return whether this learner's browser shows a dark background."""
    dark = st.session_state.get(_DARK)
    return st.context.theme.get("type") == "dark" if dark is None else dark


def is_narrow() -> bool:
    """Return whether pictures have less than 480 px of width in this learner's browser.

    Until the browser has told, its name says whether it is a phone's, so that phones need no second run.
    """
    narrow = st.session_state.get(_NARROW)
    return "Mobi" in (st.context.headers.get("User-Agent") or "") if narrow is None else narrow


def show(
    picture: Picture,
    below: Below | None = None,
    *,
    saw: str = "",
    rows: Sequence[Sequence[str]] = (),
    presets: Mapping[str, Preset] | None = None,
    beside: Callable[[], None] | None = None,
    data: Any = None,
    ask: bool = True,
) -> None:
    """Show a picture with everything that belongs to it.

    below    draws what depends on the picture, such as its tasks; it stands below the picture, beside the formula
    saw      what the learner just saw, and why: Markdown that is always visible, so it names no number that the
             picture's question asks for
    rows     keys of controls that share a row; all other controls have a row of their own
    presets  buttons that set controls, by name: the values by key, or a function that computes them from the current
             values
    beside   draws something more below the controls
    data     what only the session knows, for a picture that takes it
    ask      whether to ask the picture's question; if not, its answer is shown
    """
    _fragment(picture, _Setting(below, saw, rows, presets or {}, beside, data, ask))


@st.fragment
def _fragment(picture: Picture, setting: _Setting) -> None:
    # Use as few containers as possible: Streamlit visits every element of the page after each move.
    side, stage = st.columns([5, 11], gap="large")
    shown, locked = _is_shown(picture, setting), False
    with side:
        asked = st.container(key=f"asked_{picture.key}") if picture.question and setting.ask else None
        committed = _controls(picture, setting)
        if setting.presets:
            _presets(picture, setting.presets, committed)
        if asked:
            with asked:
                locked = _ask(picture, committed, shown=shown)
        if setting.beside:
            setting.beside()
    _follow_shared(picture, committed)

    view = _drawn(picture, committed, setting, shown=shown, locked=locked)
    with stage:
        _stage(picture, view, committed, setting, shown=shown, locked=locked)
    if setting.saw and not guess.are_answers_hidden():
        st.markdown(f"**What you just saw.** {setting.saw}")
    if view.notes:
        st.markdown(view.notes)
    is_open = picture.question is not None and not shown and not locked
    st.session_state.setdefault(_LAST, {})[picture.key] = Drawn(view, committed, is_open)
    answered = _view(picture, committed, setting, shown=True, locked=False) if is_open else view
    formula = masked(answered.formula, told=view.formula) if answered.formula != view.formula else view.formula
    left, right = st.columns([7, 5], gap="large") if formula else (st.container(), st.container())
    if formula:
        with left.container(key=f"formula_{picture.key}"):
            st.latex(formula)
            if formula != view.formula:
                st.caption("The numbers appear after your guess.")
    if setting.below:
        with right:
            setting.below(picture, view, counts=widgets.are_moved(picture.own_keys))
    show_data(view.figure, key=f"table_{picture.key}")
    if answered.code:
        show_code(answered.code, key=f"code_{picture.key}", is_open=is_open)
    memory.end_fragment(picture.key)


def _controls(picture: Picture, setting: _Setting) -> dict[str, Any]:
    """Draw the controls that are shown and that no other picture draws; return the values of all controls."""
    row_of = {key: row for row in setting.rows for key in row}
    columns: dict[str, AbstractContextManager[Any]] = {}
    values: dict[str, Any] = {}
    for key, control in picture.controls.items():
        if key in picture.question_keys or not control.is_shown(values):
            values[key] = control.default
        elif widgets.is_hidden(control) or not widgets.owns(control, picture.key):
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
        st.session_state[key] = None  # a preset acts like a button: it does not stay selected
        if name is not None:
            preset = presets[name]
            widgets.set_values(preset(values) if callable(preset) else preset)

    st.pills(
        "Set the controls to", list(presets), key=key, label_visibility="collapsed", on_change=chosen, **widgets.WRAPPED
    )


def _follow_shared(picture: Picture, committed: Mapping[str, Any]) -> None:
    """Rerun the whole page if another picture was drawn with an older screen, or an older value of a shared control."""
    written = picture.write(committed)
    mine = {key: written.get(key, "") for key in picture.shown_keys(picture.settle(committed))}
    mine |= {"dark": str(is_dark()), "narrow": str(is_narrow())}
    drawn = st.session_state.setdefault(_DRAWN, {})
    drawn[picture.key] = mine
    others = (values for key, values in drawn.items() if key != picture.key)
    if any(values.get(key, text) != text for values in others for key, text in mine.items()):
        st.rerun()


def _is_shown(picture: Picture, setting: _Setting) -> bool:
    """Return whether to show the answer: the learner asked for it or moved a control, or the address says so."""
    if picture.question and not setting.ask:
        return True
    if address.hides_answers():
        return False
    asked_for = picture.question is not None and guess.is_asked_for(picture.question)
    return asked_for or widgets.are_moved(picture.own_keys) or address.shows_answers()


def _ask(picture: Picture, committed: dict[str, Any], *, shown: bool) -> bool:
    """Draw the picture's question, put the guess among the values, and return whether it is locked in."""
    question = picture.question
    assert question  # noqa: S101  (only called for a picture with a question)
    locked = guess.made(question)
    if locked is not None:
        committed[question.guess.key] = locked
        guess.draw_answered(question, question.read(committed, locked=True).verdict)
    elif shown:
        guess.draw_answered(question, f"It is **{question.written(question.true_answer)}**.")
    else:
        committed[question.guess.key] = guess.draw_open(question, picture.key)
    return locked is not None


def _held(picture: Picture, committed: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the values to draw: the committed ones, with the value under the hand if the browser sent one.

    Such a preview replaces the committed value at which the drag began. Once the control has committed another value,
    the preview is out of date and is never used again.
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
        return {**committed, key: control.parse(str(held.get("text")))}
    except ValueError:
        return committed


def _drawn(
    picture: Picture,
    committed: Mapping[str, Any],
    setting: _Setting,
    *,
    shown: bool,
    locked: bool,
    on_paper: bool = False,
) -> View:
    """Return what the picture shows on this learner's screen, or on paper.

    A control outside this fragment may have reached a state that needs data from the session, which the page has not
    passed yet. Then the whole page runs again and passes it.
    """
    held = _held(picture, committed)
    shown |= any(held[key] != committed[key] for key in picture.own_keys) and not address.hides_answers()
    for values in (held, committed):
        if setting.data is not None or not picture.needs_session(picture.settle(values)):
            return _view(picture, values, setting, shown=shown, locked=locked, on_paper=on_paper)
    return st.rerun()


def _view(
    picture: Picture, values: Mapping[str, Any], setting: _Setting, *, shown: bool, locked: bool, on_paper: bool = False
) -> View:
    """Return what the picture shows on this learner's screen, or on paper, which is light and wide."""
    screen = {} if on_paper else {"dark": is_dark(), "narrow": is_narrow()}
    return picture(values, shown=shown, locked=locked, **screen, data=setting.data)


def _on_paper(
    picture: Picture, committed: Mapping[str, Any], setting: _Setting, *, shown: bool, locked: bool
) -> dict[str, Any] | None:
    """Return the figure for paper, if it differs from that of the screen and only the session can draw it."""
    if setting.data is None or not (is_dark() or is_narrow()):
        return None
    return _drawn(picture, committed, setting, shown=shown, locked=locked, on_paper=True).figure.to_dict()


def _room(picture: Picture, committed: Mapping[str, Any], setting: _Setting) -> str | dict[str, list[str]]:
    """Return the query with which the browser asks for the room that the picture needs, or the room itself.

    A picture that only the session can draw is not known to the route, so its room travels with it.
    """
    query = chosen(picture, committed)
    if not picture.needs_data:
        return urlencode(query)
    kept = st.session_state.setdefault(_ROOMS, {})
    key = picture.key, tuple(query.items()), is_narrow()
    data, known = kept.get(key, (None, None))
    if known is None or data is not setting.data:
        known = room_with(setting.data, picture, tuple(query.items()), narrow=is_narrow())
        kept[key] = setting.data, known
    return known._asdict()


def _stage(
    picture: Picture, view: View, committed: Mapping[str, Any], setting: _Setting, *, shown: bool, locked: bool
) -> None:
    """Draw the figure and its caption, and send the browser what it needs to ask /view for the next picture itself."""
    count, wanted = widgets.look_wanted(picture.controls)
    in_sight = [key for key, control in picture.controls.items() if not widgets.is_hidden(control)]
    play = view.play if view.play and view.play.key in in_sight else None
    component("live", html=HTML)(
        key=f"picture_{picture.key}",
        data={
            "figure": view.figure.to_dict(),
            "paper": _on_paper(picture, committed, setting, shown=shown, locked=locked),  # null: /view knows it
            "name": picture.title,
            "caption": view.caption,
            "handles": [asdict(handle) for handle in view.handles if handle.key in in_sight],
            "play": asdict(play) if play else None,
            "plotly": assets.address("plotly.min.js"),
            "katex": assets.streamlit_katex(),
            "view": None if setting.data is not None else f"view/{VERSION}/{picture.lesson}/{picture.name}",
            "query": picture.write(committed),
            "controls": {
                key: _for_browser(picture.controls[key], committed[key], picture.session_only.get(key, ()))
                for key in picture.shown_keys(picture.settle(committed))
                if key in in_sight
            },
            "guess": picture.question_keys,
            "shown": shown,
            "moving_shows": not address.hides_answers(),
            "locked": locked,
            "dark": is_dark(),
            "narrow": is_narrow(),
            "key": picture.key,
            "room": _room(picture, committed, setting),
            "size": "tall" if view.figure.tall else "",
            "look": {"count": count, "wanted": wanted, "marked": address.picture() == picture.name},
            "turn": next(_turns),  # so that the browser hears of a run even if the picture has not changed
        },
        on_preview_change=_nothing,
        on_dark_change=lambda: _screen_changed(picture, "dark", _DARK),
        on_narrow_change=lambda: _screen_changed(picture, "narrow", _NARROW),
        on_released_change=lambda: _released(picture),
    )
    st.caption(view.caption)


def _for_browser(control: Any, value: Any, session_only: Sequence[Any]) -> dict[str, Any]:
    """Return what the browser needs to read a control during a drag: its text, its default, the names of its values.

    session_only  values at which /view cannot draw the picture; the browser gets no name for these
    """
    told = {"text": control.write(value), "default": control.write(control.default)}
    if isinstance(control, Steps | Choice):
        told["names"] = [None if each in session_only else name for each, name in control.options.items()]
    return told


def _nothing() -> None:
    """Do nothing; Streamlit requires a callback for each state that a component sets."""


def _screen_changed(picture: Picture, name: str, key: str) -> None:
    """Remember the theme or the width that the browser reports, because Streamlit does not always know them."""
    st.session_state[key] = bool(st.session_state[f"picture_{picture.key}"].get(name))


def _released(picture: Picture) -> None:
    """Set a control to the value to which its handle on the picture was dragged, or its play button came."""
    released = st.session_state[f"picture_{picture.key}"].get("released")
    if not isinstance(released, dict) or released.get("key") not in picture.controls:
        return
    key = released["key"]
    try:
        st.session_state[key] = picture.controls[key].parse(str(released.get("text")))
    except ValueError:
        return
    widgets.mark_moved(key)
