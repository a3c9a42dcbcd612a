"""The floor gauge: a loss as a bar in two parts, the floor H(p) that no model can go below and the excess KL above it.

It is drawn against the loss axis of another figure and shows that the cross-entropy H(p, q) is
H(p) + KL(p‖q). It fits beside the curve of any lesson whose target is soft.
"""

from typing import NamedTuple

from xent_ui.figures.base import Label, Trace, bars
from xent_ui.style import theme
from xent_ui.style.numbers import digits_that_add, text


class Gauge(NamedTuple):
    """The two parts as one trace each, and the labels beside them."""

    traces: list[Trace]
    labels: list[Label]


def floor_gauge(floor: float, excess: float, *, at: float, width: float, top: float) -> Gauge:
    """Return a loss as a bar of two parts.

    floor      H(p), in the unit of the axis
    excess     KL(p‖q), in that unit; may be infinite
    at, width  the position of the bar on the x-axis, and its width
    top        where the loss axis ends; a longer bar is cut there and marked with an arrow
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
            marker={
                "color": theme.faded(waste, 0.35),
                "line": {"color": waste, "width": 2},
                "pattern": {"shape": "/", "fgcolor": waste},
            },
        ),
    ]
    line_height = 0.115 * top  # of the labels, on a phone
    floor_label = max(low / 2, 0.04 * top)
    excess_label = min(max((low + high) / 2, floor_label + line_height), 0.96 * top)
    right, digits = at + width / 2, digits_that_add(floor, excess)
    return Gauge(
        parts,
        [
            Label(right, min(floor_label, excess_label - line_height), f" H {text(floor, digits)}", entropy),
            Label(right, excess_label, f" {beyond}KL {text(excess, digits)}", waste),
        ],
    )
