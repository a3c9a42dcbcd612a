"""What can be dragged on a picture itself, and what a play button moves."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Handle:
    """A control that can be dragged on the picture itself.

    key     the control that it moves
    axis    "x" or "y": along which axis it is dragged
    values  places of the control's values on the axis, for a control whose values are not evenly spaced
    low, high, step  the control's range, for one whose values are evenly spaced
    stops   places of low, low + step, ... on the axis, when the axis is not in the control's units
    among   for a weight whose share of the whole is what the axis shows: the sum of the other weights
    at      where the handle is on the other axis, for a picture with several: the nearest handle is taken
    """

    key: str
    axis: str
    values: tuple[float, ...] = ()
    low: float = 0
    high: float = 1
    step: float = 1
    stops: tuple[float, ...] = ()
    among: float = 0
    at: float | None = None


@dataclass(frozen=True)
class Play:
    """A control that a play button moves as a hand would. The browser keeps the time.

    stops   the values that it visits
    every   milliseconds between two of them
    single  what the Step button adds, when that is less than the way to the next stop
    """

    key: str
    stops: tuple[float, ...]
    every: int = 120
    single: float = 0
