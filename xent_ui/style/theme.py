"""The colors of the course, for light and dark backgrounds, and the dashes that go with them.

A role is what a color means: ``truth`` (p), ``model`` (q), ``loss`` (surprise, a cost in nats or bits), ``gradient``,
``excess`` (KL, what is wasted). ``ink``, ``quiet`` and ``grid`` carry no meaning. Every role that text is written in
has a contrast of at least 4.5 : 1. Color is never the only difference: the truth is a solid line, the model a dashed
one, and a ringed dot marks the current state.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Literal

Role = Literal["truth", "model", "loss", "gradient", "excess", "ink", "quiet", "grid", "paper"]

# The hues of Okabe and Ito, darkened (light theme) or lightened (dark theme) until text in them is legible.
LIGHT: Final[dict[str, str]] = {
    "truth": "#0068A5",
    "model": "#B54708",
    "loss": "#9B3B76",
    "gradient": "#00755A",
    "excess": "#8A6100",
    "ink": "#1F2430",
    "quiet": "#5B6270",
    "grid": "#E4E2DC",
    "paper": "#FDFCF9",
}
DARK: Final[dict[str, str]] = {
    "truth": "#63B8EE",
    "model": "#F29A5B",
    "loss": "#E297C4",
    "gradient": "#3FC9A0",
    "excess": "#E9BE4E",
    "ink": "#ECEAE4",
    "quiet": "#A6ACB8",
    "grid": "#363A44",
    "paper": "#15181E",
}
DASH: Final[dict[str, str]] = {
    "truth": "solid",
    "model": "dash",
    "loss": "solid",
    "gradient": "dashdot",
    "excess": "dot",
}
# A class is neither truth nor model, so classes have colors of their own, and each is labeled as well.
LIGHT_CLASSES: Final = ("#3D5A98", "#A8501F", "#2F7F63", "#8C4B8A", "#7A6A1E", "#457380", "#A23B4A", "#5F5F5F")
DARK_CLASSES: Final = ("#8FA9E8", "#E8A07A", "#79CBAE", "#D29BD0", "#CDBB62", "#93C2D1", "#EC8F9C", "#B8B8B8")

FONT: Final = '"Source Sans", "Source Sans 3", sans-serif'

_dark: ContextVar[bool] = ContextVar("dark", default=False)
_narrow: ContextVar[bool] = ContextVar("narrow", default=False)


@contextmanager
def using(*, dark: bool, narrow: bool = False) -> Iterator[None]:
    """Draw figures and formulas for a dark or a light background, and a narrow or a wide stage, while active."""
    tokens = _dark.set(dark), _narrow.set(narrow)
    try:
        yield
    finally:
        _dark.reset(tokens[0])
        _narrow.reset(tokens[1])


def is_dark() -> bool:
    """Return whether figures are being drawn for a dark background."""
    return _dark.get()


def is_narrow() -> bool:
    """Return whether pictures are drawn for a stage narrower than 480 px, such as a phone's."""
    return _narrow.get()


def color(role: Role) -> str:
    """Return the hex color of a role in the current theme."""
    return (DARK if _dark.get() else LIGHT)[role]


def class_color(index: int) -> str:
    """Return the hex color of a class in the current theme, which is the same in figure, formula and code."""
    classes = DARK_CLASSES if _dark.get() else LIGHT_CLASSES
    return classes[index % len(classes)]


def faded(hex_color: str, opacity: float) -> str:
    """Return a color as rgba with an opacity, for areas behind lines."""
    r, g, b = (int(hex_color[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({r},{g},{b},{opacity:g})"
