"""What the formulas of all lessons share.

A symbol has the color of its curve. A number put into a formula is an exact input, never a rounded intermediate, so
that a calculator gives the result that the page shows.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from xent_core import Unit
from xent_ui.style import theme
from xent_ui.style.numbers import exact
from xent_ui.style.theme import Role

LOG = {Unit.NATS: r"\ln", Unit.BITS: r"\log_2"}


def colored(role: Role, symbol: str) -> str:
    """Return a symbol in the color of its role."""
    return rf"\textcolor{{{theme.color(role)}}}{{{symbol}}}"


def class_colored(index: int, symbol: str) -> str:
    """Return a symbol in the color of a class."""
    return rf"\textcolor{{{theme.class_color(index)}}}{{{symbol}}}"


def lines(rows: Sequence[str]) -> str:
    """Return rows one below the other, aligned at their ``&``; short rows fit a phone."""
    return r"\begin{aligned}" + r"\\[4pt]".join(rows) + r"\end{aligned}"


def sigmoid_at(z: float) -> str:
    """Return 1 / (1 + e^-z) with the number z."""
    return rf"\frac{{1}}{{1+e^{{{exact(0 - z)}}}}}"  # 0 - z, because -z is -0 at z = 0


def derivative(role: Role, name: str, wrt: str) -> str:
    """Return d name / d wrt in the color of a role."""
    return colored(role, rf"\frac{{d{name}}}{{d{wrt}}}")


class Symbols(NamedTuple):
    """A formula in symbols, for the opening of a lesson.

    Both are functions, because colors depend on the theme.

    formula  LaTeX, each symbol in the color of its curve
    where    Markdown that goes on after the word "where": each symbol in words, with its range and unit
    """

    formula: Callable[[], str]
    where: Callable[[], str]
