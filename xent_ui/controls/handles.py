"""Handles, which are dragged on the picture itself, and controls that a play button moves."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Handle:
    """A control that can be dragged on the picture itself.

    key     the control that it moves
    axis    "x" or "y", the axis along which it is dragged
    values  for a control whose values are not evenly spaced: the place of each on the axis
    low, high, step  for a control whose values are evenly spaced: its range
    stops   the places of low, low + step, ... on the axis, if the axis is not in the control's units
    among   for a weight, if the axis shows its share of all weights: the sum of the other weights
    at      the handle's place on the other axis; of several handles, the one nearest to the hand is dragged
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
    """A control that a play button moves as a hand would; the timer runs in the browser.

    stops   the values that it goes through
    every   milliseconds between two of them
    single  what the Step button adds, if it is less than the distance to the next stop
    """

    key: str
    stops: tuple[float, ...]
    every: int = 120
    single: float = 0
