"""Pictures that follow a drag, and the place of everything around them.

``@picture`` makes a function a fragment of the page: its controls stand beside the picture that it shows, the rest
below. Each move of a control runs only this function. While a thumb is held, ``live.js`` sends its value as a
preview; ``preview`` hands it to the control, which returns it in place of the committed value.
"""

import hashlib
import itertools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import asdict, dataclass, field
from functools import cache, lru_cache
from inspect import signature
from pathlib import Path
from typing import Any, Final

import plotly.graph_objects as go
import streamlit as st
from streamlit.runtime import Runtime

from xent_ui import lessons

STATIC: Final = Path(__file__).parent.parent / "static"
SCRIPT: Final = Path(__file__).with_name("live.js")
CHART_TAKES_ALT: Final = "alt" in signature(st.plotly_chart).parameters  # Streamlit 1.62 has no alt

HTML = '<div class="xent-stage" role="img"></div>'
CSS = """
.xent-stage { width: 100%; height: clamp(300px, 56vh, 480px); touch-action: pan-y; }
.xent-stage[data-handle=x] .nsewdrag { cursor: ew-resize; }
.xent-stage[data-handle=y] .nsewdrag { cursor: ns-resize; }
.xent-stage[data-handle=x], .xent-stage[data-handle=y] { touch-action: none; }
"""

LOOK: Final = "look_at_the_picture"  # counts the buttons that moved the picture from elsewhere on the page

_turns = itertools.count(1)


@dataclass(frozen=True)
class Handle:
    """A control that can be dragged on the picture itself: along which axis, and its range."""

    key: str
    axis: str
    values: tuple[float, ...] = ()  # where the control has its stops, when they are not evenly spaced
    low: float = 0
    high: float = 1
    step: float = 1


@dataclass
class Picture:
    """One live picture during one run: where its parts go and which controls it follows."""

    key: str
    page: str
    guess: Any
    side: Any
    stage: Any
    formula: Any
    tasks: Any
    follow: dict[str, float] = field(default_factory=dict)
    moved: bool = False

    @property
    def held(self) -> dict[str, Any] | None:
        """The preview of the control that is being held, if any."""
        state = st.session_state.get(self.key)
        held = state.get("preview") if state else None
        return held if isinstance(held, dict) else None


_current: ContextVar[Picture | None] = ContextVar("picture", default=None)


@lru_cache(maxsize=1)
def _component(runtime: Runtime) -> Any:
    """The component, registered with the server that runs; a test starts another for each page."""
    version = hashlib.sha256(SCRIPT.read_bytes()).hexdigest()[:12]
    # One line here, the rest in a file that browsers cache: inline JavaScript is sent again with every run.
    script = f"""
const live = import(new URL("app/static/live.js?{version}", document.baseURI).href);
export default (component) => {{
  live.then(({{ render }}) => render(component));
  return () => live.then(({{ close }}) => close(component.parentElement));
}};
"""
    return st.components.v2.component("xent_picture", html=HTML, css=CSS, js=script, isolate_styles=False)


@cache
def _published() -> bool:
    """Whether the browser can load what a live picture needs; ``make`` puts it there."""
    return (STATIC / "plotly.min.js").exists() and (STATIC / "live.js").exists()


def picture(draw: Callable[[], None]) -> Callable[[], None]:
    """Make a function of a page a live picture: controls beside it, formula and challenges below it."""
    page = Path(draw.__code__.co_filename).stem
    key = f"picture_{page}_{draw.__name__}"

    @st.fragment
    def run() -> None:
        lessons.use_theme()
        side, stage = st.columns([5, 11], gap="large")
        formula, tasks = st.columns([7, 5], gap="large")
        token = _current.set(Picture(key, page, side.container(), side.container(), stage, formula, tasks))
        try:
            draw()
        finally:
            _current.reset(token)

    return run


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


def note(*, moved: bool) -> None:
    """A control tells its picture whether it stands elsewhere than where it began."""
    here = _current.get()
    if here:
        here.moved |= moved


@contextmanager
def asking() -> Iterator[None]:
    """Where a prediction goes: above the controls, though it is asked after they are read."""
    here = _here()
    controls, moved = here.side, here.moved
    here.side = here.guess.container(border=True)
    with here.side:
        yield
    here.side, here.moved = controls, moved


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
    held = here.held
    # A preview stands in for the value it was taken from; once the control commits, it is out of date.
    if held and held.get("key") == key and held.get("instead_of") == committed:
        value = held.get("value")
        if isinstance(value, int | float):
            return value
    return committed


def formula(tex: str) -> None:
    """The formula with this moment's numbers, under the picture."""
    with _here().formula:
        st.latex(tex)


def tasks() -> AbstractContextManager[Any]:
    """Where challenges go: beside the formula."""
    return _here().tasks


def show(figure: go.Figure, *, says: str, handle: Handle | None = None) -> None:
    """Draw the figure; ``says`` is the sentence that tells what it shows at this moment."""
    here = _here()
    with here.stage:
        if _published():
            _component(Runtime.instance())(
                key=here.key,
                data={
                    "figure": figure.to_dict(),
                    "alt": says,
                    "follow": here.follow,
                    "handle": asdict(handle) if handle else None,
                    "look": st.session_state.get(LOOK, 0),
                    "turn": next(_turns),  # an unchanged picture must acknowledge a preview too
                },
                on_preview_change=_nothing,
                on_released_change=lambda: _released(here.key, handle),
            )
        else:
            described = {"alt": says} if CHART_TAKES_ALT else {}
            st.plotly_chart(
                figure, theme=None, config={"displayModeBar": False}, key=f"{here.key}_chart", **described
            )
        st.caption(says)


def _nothing() -> None:
    """Streamlit wants a callback for each state that a component may set."""


def _released(picture_key: str, handle: Handle | None) -> None:
    """Commit what was dragged on the picture itself to its control."""
    released = st.session_state[picture_key].get("released")
    if not isinstance(released, int | float) or handle is None:
        return
    st.session_state[handle.key] = handle.values[int(released)] if handle.values else released
