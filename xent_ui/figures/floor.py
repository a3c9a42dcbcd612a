"""The floor gauge: a loss as a floor that no model can help, H(p), and the excess on top of it, KL.

It stands upright on the loss axis of another figure: cross-entropy(p, q) = H(p) + KL(p‖q), to the scale of that axis.
Any lesson whose target is soft can put it beside its curve.
"""

from typing import NamedTuple

from xent_ui.figures.base import Label, Trace, bars
from xent_ui.style import theme
from xent_ui.style.numbers import text


class Gauge(NamedTuple):
    """What is to be drawn: the parts as one trace each, and their names beside them."""

    traces: list[Trace]
    labels: list[Label]


def floor_gauge(floor: float, excess: float, *, at: float, width: float, top: float) -> Gauge:
    """A loss in its two parts on top of each other.

    floor   H(p), in the unit of the axis
    excess  KL(p‖q), in that unit; may be infinite
    at      where the gauge stands on x, and how wide it is
    top     where the axis ends: what is more becomes an arrow
    """
    truth, waste = theme.color("truth"), theme.color("excess")
    low = min(floor, top)
    high = min(floor + excess, top)
    beyond = "↑ " if floor + excess > top else ""
    parts = [
        bars([at], [low], truth, width=width),
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
    apart = 0.115 * top  # the height of a line of text on a phone
    name_of_floor = max(low / 2, 0.04 * top)
    name_of_excess = min(max((low + high) / 2, name_of_floor + apart), 0.96 * top)
    side = at + width / 2
    return Gauge(
        parts,
        [
            Label(side, min(name_of_floor, name_of_excess - apart), f" H {text(floor)}", truth),
            Label(side, name_of_excess, f" {beyond}KL {text(excess)}", waste),
        ],
    )
