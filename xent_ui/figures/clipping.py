"""A loss computed from a rounded or clipped probability, against the exact one, with its error in ulps."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from xent_ui.figures.base import Axis, Figure, Label, Trace, curve, layout, segment, stand, words, you
from xent_ui.figures.numerics import brief
from xent_ui.style import theme

MOST_ULPS = 24.0  # as a power of ten: what is not finite stands here
FAR = 50.0
WAYS = ("from p", "clipped p", "from z")
ROLES: tuple[theme.Role, ...] = ("model", "excess", "truth")


class Sweep(NamedTuple):
    """One way to compute a loss, or its gradient, over a sweep of logits: the results and their errors in ulps."""

    values: np.ndarray
    ulps: np.ndarray


def clip_or_not(
    logits: np.ndarray,
    exact: np.ndarray,
    sweeps: Sequence[Sweep],
    *,
    at: float,
    here: Sequence[float],
    gradient: bool,
    yes: bool,
) -> Figure:
    """Above, the loss (or its gradient) exactly and as computed; below, the error in ulps on a scale of powers of ten.

    logits, exact  (n)  evenly spaced
    sweeps         one a way, in the order of WAYS
    at, here       your logit; what it is there exactly, then by each way
    yes            the answer is yes: the loss is large on the left
    """
    role: theme.Role = "gradient" if gradient else "loss"
    low, high = (-1.15, 1.15) if gradient else (0.0, FAR)
    top = [swept(curve(logits, exact, role, width=6))]
    floor: list[Trace] = []
    for way_role, sweep in zip(ROLES, sweeps, strict=True):
        finite = np.where(np.isfinite(sweep.values), sweep.values, np.nan)
        top.append(swept(curve(logits, finite, way_role, width=2 if way_role == "truth" else 3.5)))
        floor.append(swept(curve(logits, _decades(sweep.ulps), way_role, width=3)))
    top += [segment([at, at], [low, high], "quiet"), you(at, float(np.clip(here[0], low, high)), role)]
    floor.append(segment([at, at], [0, MOST_ULPS + 1], "quiet"))
    names = [("exact", role), *zip(WAYS, ROLES, strict=True)]
    # The names stand where no curve runs: above it, on the side of the small losses.
    x, side = (FAR, "middle left") if yes else (-FAR, "middle right")
    labels = [
        Label(x, low + (high - low) * (0.95 - 0.12 * i), f"{name} <b>{brief(value)}</b>", theme.color(each), side)
        for i, ((name, each), value) in enumerate(zip(names, here, strict=True))
    ]
    what = Axis(
        "gradient dL/dz" if gradient else "loss (nats)",
        low,
        high,
        (-1, 0, 1) if gradient else (0, 10, 20, 30, 40, 50),
        ("−1", "0", "1") if gradient else (),
    )
    plan = layout(Axis("logit z", -FAR, FAR, (-40, -20, 0, 20, 40), ("−40", "−20", "0", "20", "40")), what)
    ulps = layout(
        what, Axis("error (ulps)", 0, MOST_ULPS + 1, (0, 6, 12, 18, MOST_ULPS), ("1", "10⁶", "10¹²", "10¹⁸", "∞"))
    )
    plan["xaxis"]["anchor"] = "y3"
    return Figure(
        [*stand(top, "x", "y2"), *stand([words(labels)], "x", "y2"), *stand(floor, "x", "y3")],
        {
            **plan,
            "yaxis": {"visible": False, "range": [0, 1], "fixedrange": True},  # the hand's: it spans both panels
            "yaxis2": {**plan["yaxis"], "domain": [0.45, 1], "anchor": "x"},
            "yaxis3": {**ulps["yaxis"], "domain": [0, 0.37], "anchor": "x"},
        },
    )


def swept(trace: Trace) -> Trace:
    """A curve over evenly spaced logits, which need not cross the wire one by one."""
    x = trace.pop("x")
    return {**trace, "x0": float(x[0]), "dx": float(x[1] - x[0])}


def _decades(ulps: np.ndarray) -> np.ndarray:
    """Errors as powers of ten: at most one ulp is the floor, and what is not finite the ceiling."""
    bounded = np.clip(np.nan_to_num(ulps, nan=np.inf), 1, 10**MOST_ULPS)
    return np.log10(bounded)
