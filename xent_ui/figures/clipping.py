"""A loss computed from a rounded or clipped probability, compared with the exact loss, and its error in ulps."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from xent_ui.figures.base import (
    Axis,
    Figure,
    Label,
    Trace,
    curve,
    evenly_spaced,
    label_trace,
    layout,
    on_axes,
    ring,
    segment,
)
from xent_ui.figures.numerics import brief, numeric
from xent_ui.figures.table import Rows
from xent_ui.style import theme

CEILING = 24.0  # errors are drawn as powers of ten up to this; a result that is not finite is drawn at the ceiling
LARGEST_LOGIT = 50.0
WAYS = ("from p", "clipped p", "from z")  # of computing the loss
DASHES = ("dot", "dash", "solid")


class Sweep(NamedTuple):
    """A loss or its gradient computed in one way over a range of logits: the results and their errors in ulps."""

    values: np.ndarray
    ulps: np.ndarray


def clip_or_not(
    logits: np.ndarray,
    exact: np.ndarray,
    sweeps: Sequence[Sweep],
    *,
    at: float,
    values_now: Sequence[float],
    of_gradient: bool,
    label_is_1: bool,
) -> Figure:
    """Draw the loss or its gradient, exact and as computed, above its error in ulps on a logarithmic scale.

    logits, exact  (n,)  the logits are evenly spaced
    sweeps         one per way of computing the loss, in the order of WAYS
    at             the current logit
    values_now     the exact value at the current logit, then the one computed in each way
    of_gradient    whether the values are those of the gradient
    label_is_1     whether the label is 1, so that the loss is large on the left
    """
    role: theme.Role = "gradient" if of_gradient else "loss"
    low, high = (-1.15, 1.7) if of_gradient else (0.0, LARGEST_LOGIT)
    exact_curve = curve(logits, exact, role, name="exact", width=9, dash="solid")
    exact_curve["line"]["color"] = theme.faded(theme.color(role), 0.72)  # still 3 : 1 on the page
    above = [evenly_spaced(exact_curve)]
    below: list[Trace] = []
    roles: tuple[theme.Role, ...] = ("ink", "quiet", role)  # what comes from z is the exact one, but for rounding
    for way, way_role, dash, sweep in zip(WAYS, roles, DASHES, sweeps, strict=True):
        finite = np.where(np.isfinite(sweep.values), sweep.values, np.nan)
        width = 2 if way_role == role else 3.5
        computed, ulps = (
            (logits, list(map(numeric, sweep.values.tolist()))),
            (logits, np.nan_to_num(sweep.ulps, nan=np.inf)),
        )
        above.append(evenly_spaced(curve(logits, finite, way_role, name=way, whole=computed, width=width, dash=dash)))
        below.append(
            evenly_spaced(curve(logits, _decades(sweep.ulps), way_role, name=way, whole=ulps, width=3, dash=dash))
        )
    is_beside_names = (at > 0) == label_is_1
    top = low + 0.5 * (high - low) if is_beside_names else high  # the line ends below the names
    above += [
        segment([at, at], [low, top], "quiet"),
        ring(at, float(np.clip(values_now[0], low, high)), role, name=None),
    ]
    below.append(segment([at, at], [0, CEILING + 1], "quiet"))
    names = [("exact", role), *zip(WAYS, roles, strict=True)]
    # No curve runs above the others on the side of small losses, so the labels are placed there.
    x, side = (LARGEST_LOGIT, "middle left") if label_is_1 else (-LARGEST_LOGIT, "middle right")
    labels = [
        Label(x, low + (high - low) * (0.95 - 0.12 * i), f"{name} <b>{brief(value)}</b>", theme.color(each), (side,))
        for i, ((name, each), value) in enumerate(zip(names, values_now, strict=True))
    ]
    upper = Axis(
        "gradient dL/dz" if of_gradient else "loss (nats)",
        low,
        high,
        (-1, 0, 1) if of_gradient else (0, 10, 20, 30, 40, 50),
        ("−1", "0", "1") if of_gradient else (),
    )
    logit = Axis("logit z", -LARGEST_LOGIT, LARGEST_LOGIT, (-40, -20, 0, 20, 40), ("−40", "−20", "0", "20", "40"))
    frame = layout(logit, upper)
    errors = layout(
        logit, Axis("error (ulps)", 0, CEILING + 1, (0, 6, 12, 18, CEILING), ("1", "10⁶", "10¹²", "10¹⁸", "∞"))
    )
    frame["xaxis"]["anchor"] = "y3"
    return Figure(
        [*on_axes(above, "x", "y2"), *on_axes([label_trace(labels)], "x", "y2"), *on_axes(below, "x", "y3")],
        {
            **frame,
            # An axis over both panels, so that the logit can be dragged on either.
            "yaxis": {"visible": False, "range": [0, 1], "fixedrange": True},
            "yaxis2": {**frame["yaxis"], "domain": [0.45, 1], "anchor": "x"},
            "yaxis3": {**errors["yaxis"], "domain": [0, 0.37], "anchor": "x"},
        },
        tall=True,
        rows=[
            Rows(
                "results at this logit",
                {
                    "computed": ["exactly", *WAYS],
                    logit.title: [at] * (1 + len(WAYS)),
                    upper.title: [numeric(value) for value in values_now],
                },
            )
        ],
    )


def _decades(ulps: np.ndarray) -> np.ndarray:
    """Return the decimal logarithm of errors; up to one ulp is 0, and an error that is not finite is the ceiling."""
    bounded = np.clip(np.nan_to_num(ulps, nan=np.inf), 1, 10**CEILING)
    return np.log10(bounded)
