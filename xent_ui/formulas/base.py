"""What the formulas of all lessons share.

A symbol has the color of its curve. A number put into a formula is an exact input, never a rounded intermediate, so
that a calculator gives the result that the page shows.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from xent_core import Unit
from xent_ui.style import theme
from xent_ui.style.numbers import exact
from xent_ui.style.theme import Role

COLOR: Final = r"\\textcolor\{\#[0-9A-Fa-f]{6}\}"
# What looks like a number but is none of the inputs and results: a color, a gap between rows, an index, a square, the
# base of a power, the two values that a label can have, and the 0 below which a hinge loss cannot fall.
_OWN: Final = rf"{COLOR}|\[\d+pt\]|[_^]\d|\d(?=\^)|1 \\text\{{ or \}} 0|\\max\(0"
_NUMBER: Final = r"(?:(?<=[={(\[,;])|(?<=[={(\[,;] ))-?\d+(?:(?:\.|\{,\})\d+)*|\d+(?:(?:\.|\{,\})\d+)*"
_TOKEN: Final = re.compile(rf"(?P<own>{_OWN})|(?P<number>{_NUMBER})")
_COLORED, _AFTER_EQUALS, _ENDS = (
    re.compile(rf"{COLOR}\{{$"),
    re.compile(r"=\s*$"),
    re.compile(r"\s*(?:$|\\;|\\text|[,=])"),
)

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


def masked(formula: str, *, told: str = "") -> str:
    """Return a formula with "?" for its inputs and results; rows that the formula ``told`` has too stay as they are.

    A bare 1 or 2 stays, as in 1 − p or 2 (p − 1), unless it has a color or is a result: alone after "=". Rather too
    much is masked than too little.
    """
    known = set(_rows(told))
    return "".join(row if row in known else _TOKEN.sub(_mask, row) for row in _rows(formula))


def _rows(formula: str) -> list[str]:
    """Return the parts of a formula between its starts, ends and line breaks, and these in between."""
    return re.split(r"(\\\\\[\d+pt\]|\\(?:begin|end)\{\w+\}(?:\{l\})?)", formula)


def _mask(found: re.Match[str]) -> str:
    before, after = found.string[: found.start()], found.string[found.end() :]
    is_result = _AFTER_EQUALS.search(before) and _ENDS.match(after)
    if found["own"] or (found["number"] in ("1", "2") and not is_result and not _COLORED.search(before)):
        return found[0]
    return "{?}"


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
