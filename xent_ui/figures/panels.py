"""Two panels that share the horizontal axis, such as a loss above and its slope below; curves that leave a panel."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import numpy as np

from xent_ui.figures.base import MARGIN, Axis, Figure, Trace, layout, on_axes
from xent_ui.figures.table import Rows


def two_panels(
    x: Axis,
    upper: tuple[Axis, Sequence[Trace]],
    lower: tuple[Axis, Sequence[Trace]],
    *,
    split: float = 0.5,
    left: int = MARGIN["l"],
    grid_below: bool = True,
    tall: bool = False,
    rows: Sequence[Rows] = (),
    names: Mapping[str, str] = MappingProxyType({}),
) -> Figure:
    """Return a figure of two panels, each given as its vertical axis and its traces.

    split       the share of the height that the lower panel takes
    left        the left margin in px
    grid_below  whether the lower panel has lines at its ticks; words that stand in its rows would lie on them
    tall        whether the figure is shown higher than others
    rows, names as of ``Figure``

    The first vertical axis is invisible and spans both panels, so that a drag along x works anywhere in the figure.
    """
    plan, below = layout(x, upper[0]), layout(x, lower[0])
    plan["xaxis"]["anchor"] = "y3"
    return Figure(
        [*on_axes(upper[1], "x", "y2"), *on_axes(lower[1], "x", "y3")],
        {
            **plan,
            "margin": {**plan["margin"], "l": left},
            "yaxis": {"visible": False, "range": [0, 1], "fixedrange": True},
            "yaxis2": {**plan["yaxis"], "domain": [split + 0.04, 1], "anchor": "x"},
            "yaxis3": {**below["yaxis"], "showgrid": grid_below, "domain": [0, split - 0.04], "anchor": "x"},
        },
        tall=tall,
        rows=rows,
        names=names,
    )


def within(x: np.ndarray, y: np.ndarray, low: float, high: float) -> tuple[np.ndarray, np.ndarray]:
    """Return the part of a curve between two heights, which ends exactly where it leaves them.

    A curve that only the panel clips goes on unseen over the names of its ticks, where no label can stand.
    """
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    known = np.where(np.isfinite(y), y, np.nan)
    crossings = [np.empty(0)]
    for level in (low, high):
        before, after = known[:-1] - level, known[1:] - level
        i = np.flatnonzero(before * after < 0)
        crossings.append(x[i] + before[i] / (before[i] - after[i]) * (x[i + 1] - x[i]))
    at = np.concatenate(crossings)
    if len(at):
        order = np.argsort(np.append(x, at), kind="stable")
        x, known = np.append(x, at)[order], np.append(known, np.interp(at, x, known))[order]
    slack = 1e-9 * (high - low)
    return x, np.where((known >= low - slack) & (known <= high + slack), known, np.nan)
