"""Formulas with this moment's numbers in them: numbers in, LaTeX out.

A symbol wears the color of its curve. A number put into a formula is an exact input, never a rounded intermediate:
what a pocket calculator makes of it is what the page says.
"""

from collections.abc import Sequence

from xent_core import Unit
from xent_ui.style import theme
from xent_ui.style.theme import Role

LOG = {Unit.NATS: r"\ln", Unit.BITS: r"\log_2"}


def colored(role: Role, symbol: str) -> str:
    """A symbol in the color of its role."""
    return rf"\textcolor{{{theme.color(role)}}}{{{symbol}}}"


def wear_class(index: int, symbol: str) -> str:
    """A symbol in the color of class number index."""
    return rf"\textcolor{{{theme.class_color(index)}}}{{{symbol}}}"


def lines(rows: Sequence[str]) -> str:
    """Rows aligned at their ``&``, one under the other, so that a formula fits a phone."""
    return r"\begin{aligned}" + r"\\[4pt]".join(rows) + r"\end{aligned}"
