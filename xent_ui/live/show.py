"""Pictures that follow a drag, and the place of everything around them.

``@picture`` makes a function a fragment of the page: its controls stand beside the picture that it shows, the rest
below. Each move of a control runs only this function. While a thumb is held, ``live.js`` sends its value as a
preview; ``preview`` hands it to the control, which returns it in place of the committed value.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from functools import cached_property
from inspect import signature
from math import isfinite
from pathlib import Path
from typing import Any, Final, TypeVar

import streamlit as st

from xent_ui.browser import component as browser
from xent_ui.course import frame as lessons
from xent_ui.figures.base import Figure
from xent_ui.style import theme

T = TypeVar("T")

CHART_TAKES_ALT: Final = "alt" in signature(st.plotly_chart).parameters  # Streamlit 1.62 has no alt

HTML = """
<div class="xent-stage" role="img"></div>
<div class="xent-play" hidden>
  <button type="button" data-does="play">Play</button>
  <button type="button" data-does="step">Step</button>
  <button type="button" data-does="restart">Start again</button>
</div>
"""

LOOK: Final = "look_at_the_picture"  # how many buttons moved controls from elsewhere on the page, and which controls

# Pages whose pictures show what only this session knows: their previews need a run of the page.
KNOWN_TO_THE_SESSION: Final = frozenset(
    {"your_predictions", "perplexity", "you_are_the_model", "interview", "progress"}
)

_turns = itertools.count(1)


@dataclass(frozen=True)
class Handle:
    """A control that can be dragged on the picture itself: along which axis, and its range."""

    key: str
    axis: str
    values: tuple[Any, ...] = ()  # where the control has its stops, when they are not evenly spaced
    low: float = 0
    high: float = 1
    step: float = 1
    stops: tuple[float, ...] = ()  # where low, low + step, … stand on the axis, when it is not in the control's units
    among: float = 0  # for a weight whose share of the whole the axis shows: what the other weights come to
    at: float | None = None  # where this handle is on the other axis, when a picture has several: the nearest is taken


@dataclass(frozen=True)
class Play:
    """A control that a play button moves as a hand would: the values it visits, one each ``every`` milliseconds.

    The browser keeps the time. A pause takes effect at once, and so does leaving the page.
    """

    key: str
    stops: tuple[float, ...]
    every: int = 120
    single: float = 0  # what a single step adds, when it is less than the way to the next stop


@dataclass
class Picture:
    """One live picture during one run: where its parts go and which controls it follows."""

    key: str
    page: str
    guess: Any
    side: Any
    stage: Any
    given: Mapping[str, Any] | None = None  # the values of its controls, when it is replayed for a preview
    state: dict[str, Any] = field(default_factory=dict)
    follow: dict[str, float] = field(default_factory=dict)
    controls: set[str] = field(default_factory=set)
    moved: bool = False
    drawn: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def below(self) -> list[Any]:
        """The place of the formula and that of the challenges, under the picture."""
        return st.columns([7, 5], gap="large")

    @property
    def held(self) -> dict[str, Any] | None:
        """The preview of the control that is being held, if any."""
        state = st.session_state.get(self.key)
        held = state.get("preview") if state else None
        return held if isinstance(held, dict) else None


_current: ContextVar[Picture | None] = ContextVar("picture", default=None)
_collected: ContextVar[dict[str, Callable[[], None]] | None] = ContextVar("collected", default=None)


class Enough(Exception):
    """A replayed picture is known: what its function does after it is for the page alone."""


def picture(draw: Callable[[], None]) -> Callable[[], None]:
    """Make a function of a page a live picture: controls beside it, formula and challenges below it."""
    page = Path(draw.__code__.co_filename).stem
    key = f"picture_{page}_{draw.__name__}"
    collected = _collected.get()
    if collected is not None:
        collected[key] = draw
        return lambda: None

    @st.fragment
    def run() -> None:
        lessons.use_theme()
        # As few boxes as can be: with every move Streamlit looks at every element of the page again.
        side, stage = st.columns([5, 11], gap="large")
        token = _current.set(Picture(key, page, side.container(key=f"asked_{key}"), side, stage))
        try:
            draw()
        finally:
            _current.reset(token)

    return run


def pictures_of(run_page: Callable[[], Any]) -> dict[str, Callable[[], None]]:
    """The functions of a page's pictures by key, without drawing any."""
    found: dict[str, Callable[[], None]] = {}
    token = _collected.set(found)
    try:
        run_page()
    finally:
        _collected.reset(token)
    return found


def replay(draw: Callable[[], None], key: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The figure, sentence and formula that this function draws when its controls have these values.

    The values are what ``committed`` noted for the browser. A control without one stands at its default.
    """
    here = Picture(key, Path(draw.__code__.co_filename).stem, nullcontext(), nullcontext(), nullcontext(), given)
    token = _current.set(here)
    try:
        draw()
    except Enough:
        pass
    finally:
        _current.reset(token)
    return here.drawn


def is_replayed() -> bool:
    """Whether this run only replays a picture for a preview."""
    here = _current.get()
    return here is not None and here.given is not None


def committed(key: str, draw: Callable[[], T], default: T, options: Sequence[T] | None = None) -> T:
    """What a control stands at: what ``draw`` returns, or in a replay what the browser says it is.

    default  where it stands when the browser does not know it yet: the control under the hand makes it appear
    options  where the values have no JSON of their own, they travel as places in this list
    """
    here = _current.get()
    if here and here.given is not None:
        if key not in here.given:
            return default
        value = here.given[key]
        return value if options is None else options[int(value)]
    drawn = draw()
    if here:
        here.state[key] = drawn if options is None else options.index(drawn)
    return drawn


def _here() -> Picture:
    here = _current.get()
    if here is None:
        raise RuntimeError("this belongs in a function decorated with @live.picture")
    return here


def page_name() -> str:
    """The page whose picture this is."""
    return _here().page


def moved() -> bool:
    """Whether a control of this picture stands elsewhere than where it began."""
    return _here().moved


def note(key: str, *, moved: bool) -> None:
    """A control tells its picture that it belongs to it, and whether it stands elsewhere than where it began."""
    here = _current.get()
    if here:
        here.controls.add(key)
        here.moved |= moved


def look_at(keys: Iterable[str]) -> None:
    """Bring the picture that these controls belong to into view, once it is drawn; for the callbacks of buttons."""
    count, _ = st.session_state.get(LOOK, (0, ()))
    st.session_state[LOOK] = count + 1, frozenset(keys)


@contextmanager
def asking() -> Iterator[None]:
    """Where a prediction goes: above the controls, though it is asked after they are read."""
    here = _here()
    moved = here.moved
    with inside(here.guess):
        yield
    here.moved = moved


@contextmanager
def inside(container: Any) -> Iterator[None]:
    """Controls drawn in here go into this container: a column of a group, say."""
    here = _current.get()
    if here is None:
        with container:
            yield
        return
    outer, here.side = here.side, container
    try:
        with container:
            yield
    finally:
        here.side = outer


def side() -> AbstractContextManager[Any]:
    """Where controls go: beside the picture, or where the page is when there is none."""
    here = _current.get()
    return here.side if here else nullcontext()


def preview(key: str, committed: float) -> float:
    """The value under the hand while this control is held, else the committed value."""
    here = _current.get()
    if here is None:
        return committed
    here.follow[key] = committed
    if here.given is not None:
        return committed
    held = here.held
    if not held or held.get("key") != key:
        return committed
    # A preview stands in for the value it was taken from; once the control commits, it is out of date for good.
    spent = f"{here.key}_spent"
    if held.get("instead_of") != committed:
        st.session_state[spent] = held.get("id")
    value = held.get("value")
    current = st.session_state.get(spent) != held.get("id")
    return value if current and isinstance(value, int | float) and isfinite(value) else committed


def formula(tex: str) -> None:
    """The formula with this moment's numbers, under the picture."""
    here = _here()
    if here.given is not None:
        here.drawn["formula"] = tex
        raise Enough
    # The first one follows a preview; a second, if the picture has one, waits for the page.
    place = here.below[0] if here.drawn else here.below[0].container(key=f"formula_{here.key}")
    here.drawn["formula"] = tex
    with place:
        st.latex(tex)


def tasks() -> AbstractContextManager[Any]:
    """Where challenges go: beside the formula."""
    here = _here()
    if here.given is not None:
        raise Enough
    return here.below[1]


def show(
    figure: Figure,
    *,
    says: str,
    handle: Handle | Sequence[Handle] | None = None,
    play: Play | None = None,
    tall: bool = False,
) -> None:
    """Draw the figure; ``says`` is the sentence that tells what it shows now; tall is for several pictures in one."""
    here = _here()
    if here.given is not None:
        here.drawn |= {"figure": figure.to_dict(), "alt": _plain(says)}
        return
    handles = [handle] if isinstance(handle, Handle) else list(handle or ())
    held = here.held.get("key") if here.held and len(handles) > 1 else None
    # While one is held the others need not cross the wire again.
    ready = [each for each in handles if held is None or each.key == held]
    count, looked_at = st.session_state.get(LOOK, (0, ()))
    with here.stage:
        if browser.published("plotly.min.js", "live.js"):
            browser.component("live", html=HTML)(
                key=here.key,
                data={
                    "figure": figure.to_dict(),
                    "alt": _plain(says),
                    "follow": here.follow,
                    "state": here.state,
                    "replay": None
                    if here.page in KNOWN_TO_THE_SESSION
                    else {"page": here.page, "picture": here.key, "dark": theme.is_dark()},
                    "katex": browser.katex(),
                    "handles": [asdict(each) for each in ready],
                    "play": asdict(play) if play else None,
                    "size": "tall" if tall else "",
                    "look": {"count": count, "here": not here.controls.isdisjoint(looked_at)},
                    "turn": next(_turns),  # an unchanged picture must acknowledge a preview too
                },
                on_preview_change=_nothing,
                on_released_change=lambda: _released(here.key, [*handles, play] if play else handles),
            )
        else:
            described: dict[str, Any] = {"alt": _plain(says)} if CHART_TAKES_ALT else {}
            st.plotly_chart(
                figure.plotly, theme=None, config={"displayModeBar": False}, key=f"{here.key}_chart", **described
            )
        st.caption(says)


def _plain(sentence: str) -> str:
    """A sentence without its marks of emphasis and code, as it is read aloud."""
    return sentence.replace("**", "").replace("`", "")


def _nothing() -> None:
    """Streamlit wants a callback for each state that a component may set."""


def _released(picture_key: str, handles: Sequence[Handle | Play]) -> None:
    """Commit what was dragged on the picture itself, or played, to its control."""
    released = st.session_state[picture_key].get("released")
    if not isinstance(released, dict) or not isinstance(released.get("value"), int | float):
        return
    value = released["value"]
    for handle in handles:
        if handle.key == released.get("key"):
            stops = handle.values if isinstance(handle, Handle) else ()
            st.session_state[handle.key] = stops[int(value)] if stops else value
