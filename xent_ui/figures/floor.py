"""The floor gauge: a loss as a bar in two parts, the floor H(p) that no model can go below and the excess KL above it.

It is drawn against the loss axis of another figure and shows that the cross-entropy H(p, q) is
H(p) + KL(p‖q). It fits beside the curve of any lesson whose target is soft.
"""

from typing import NamedTuple

from xent_ui.figures.base import Label, Trace, bars, hatching
from xent_ui.figures.table import Rows
from xent_ui.style import theme
from xent_ui.style.numbers import digits_that_add, text


class Gauge(NamedTuple):
    """The two parts as one trace each, the labels beside them, and the rows of a table with their values."""

    traces: list[Trace]
    labels: list[Label]
    rows: Rows


def floor_gauge(floor: float, excess: float, *, at: float, width: float, top: float, unit: str = "nats") -> Gauge:
    """Return a loss as a bar of two parts.

    floor      H(p), in the unit of the axis
    excess     KL(p‖q), in that unit; may be infinite
    at, width  the position of the bar on the x-axis, and its width
    top        where the loss axis ends; a longer bar is cut there and marked with an arrow
    unit       of the axis
    """
    entropy, waste = theme.color("entropy"), theme.color("excess")
    low = min(floor, top)
    high = min(floor + excess, top)
    beyond = "↑ " if floor + excess > top else ""
    parts = [
        bars([at], [low], entropy, width=width),
        bars(
            [at],
            [high - low],
            waste,
            width=width,
            base=[low],
            marker={"color": waste, "line": {"color": waste, "width": 2}, "pattern": hatching()},
        ),
    ]
    right, digits = at + width / 2, digits_that_add(floor, excess)
    sides = ("middle right", "top right", "bottom right")
    return Gauge(
        parts,
        [
            Label(right, low / 2, f"H {text(floor, digits)}", entropy, sides, 6),
            Label(right, (low + high) / 2, f"{beyond}KL {text(excess, digits)}", waste, sides, 6),
        ],
        Rows(
            "parts of the loss",
            {"part": ["floor H(p)", "excess KL(p‖q)", "loss, the sum"], unit: [floor, excess, floor + excess]},
        ),
    )
