"""The colors of the course, for light and dark backgrounds, the dashes that go with them, and what symbol has which.

A role is what a color means, the same in every picture, formula and sentence: ``truth`` (p, a label y), ``model`` (q,
its probabilities and logits), ``loss`` (surprise, cross-entropy, every loss that is −log of a probability), ``squared``
(squared error, Brier score), ``focal``, ``gradient``, ``entropy`` and ``excess`` (KL, what is wasted: the only thing
that is hatched). ``ink``, ``quiet`` and ``grid`` carry no meaning. Classes have colors of their own, because a class is
neither truth nor model, and each is labeled as well.

Text in every color has a contrast of at least 4.5 : 1, and any two colors of a theme can be told apart, also with each
of the three common color-vision deficiencies; ``tests/style/test_theme.py`` says how far they are apart. Color is never
the only difference: each role but ``loss``, which is solid like the truth, has a dash of its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Literal

Role = Literal[
    "truth", "model", "loss", "squared", "focal", "gradient", "entropy", "excess", "ink", "quiet", "grid", "paper"
]

LIGHT: Final[dict[Role, str]] = {
    "truth": "#0B68AD",
    "model": "#B65307",
    "loss": "#973D8C",
    "squared": "#B51C18",
    "focal": "#5A7C3B",
    "gradient": "#037E4E",
    "entropy": "#3A45A3",
    "excess": "#74581C",
    "ink": "#1F2430",
    "quiet": "#5B6270",
    "grid": "#E4E2DC",
    "paper": "#FDFCF9",
}
DARK: Final[dict[Role, str]] = {
    "truth": "#7CBBF7",
    "model": "#F5925B",
    "loss": "#E090D2",
    "squared": "#F36A62",
    "focal": "#B8CB7C",
    "gradient": "#51CA92",
    "entropy": "#879EF5",
    "excess": "#F6BD53",
    "ink": "#ECEAE4",
    "quiet": "#A6ACB8",
    "grid": "#363A44",
    "paper": "#15181E",
}
DASH: Final[dict[Role, str]] = {
    "truth": "solid",
    "model": "dash",
    "loss": "solid",
    "squared": "14px,5px",
    "focal": "12px,3px,2px,3px,2px,3px",
    "gradient": "dashdot",
    "entropy": "24px,3px",
    "excess": "dot",
}
# As many classes as the largest picture has: a seventh color would come too near to another one.
LIGHT_CLASSES: Final = ("#126152", "#C53D81", "#8452D1", "#7F412D", "#683C69", "#8C1F45")
DARK_CLASSES: Final = ("#A3E2BD", "#FCBDDC", "#9581F8", "#FC9F92", "#C46FD6", "#E66D9C")

# The role of a symbol or of its name, wherever it stands in a formula or beside a curve. A symbol with an index or an
# argument, such as p_k or h(x), has the role of the symbol; "dL" is the slope of L in anything.
SYMBOLS: Final[dict[str, Role]] = {
    "p": "model",
    "q": "model",
    "model": "model",
    "confidence": "model",
    "t": "truth",
    "y": "truth",
    "truth": "truth",
    "h": "loss",
    "L": "loss",
    "L_CE": "loss",
    "H(p, q)": "loss",
    "loss": "loss",
    "cross-entropy": "loss",
    "L_SE": "squared",
    "squared error": "squared",
    "Brier score": "squared",
    "focal": "focal",
    "dL": "gradient",
    "∇L": "gradient",
    "slope": "gradient",
    "H": "entropy",
    "H(p)": "entropy",
    "H(Y|X)": "entropy",
    "entropy": "entropy",
    "KL": "excess",
    "ECE": "excess",
    "MCE": "excess",
}
# What a symbol means in some lessons only. In part 1 p is the truth. Where slopes of several losses are compared, each
# has the role of its loss.
SYMBOLS_OF_LESSONS: Final[dict[str, dict[str, Role]]] = {
    "surprise": {"p": "truth", "P": "truth"},
    "entropy": {"p": "truth"},
    "cross_entropy": {"p": "truth"},
    "why_log": {"p": "truth"},
    "ce_vs_mse": {"dL_CE": "loss", "dL_SE": "squared"},
    "focal_loss": {"L": "focal", "dL": "focal"},
    "loss_family": {"L_squared": "squared"},
}

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


def role_of(symbol: str, lesson: str) -> Role | None:
    """Return the role of a symbol, or of its name, in a lesson; None if it has none."""
    return SYMBOLS_OF_LESSONS.get(lesson, {}).get(symbol) or SYMBOLS.get(symbol)


def class_color(index: int) -> str:
    """Return the hex color of a class in the current theme, which is the same in figure, formula and code."""
    classes = DARK_CLASSES if _dark.get() else LIGHT_CLASSES
    return classes[index % len(classes)]


def faded(hex_color: str, opacity: float) -> str:
    """Return a color as rgba with an opacity, for areas behind lines."""
    r, g, b = (int(hex_color[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({r},{g},{b},{opacity:g})"
