"""Cross-entropy as an area with its floor beside it, and one hump laid over a truth that has two."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from xent_core import Unit
from xent_ui.figures.base import (
    SIZE,
    Axis,
    Figure,
    GuessMark,
    Label,
    Trace,
    bars,
    curve,
    guess_traces,
    layout,
    segment,
    short,
    stand,
    words,
)
from xent_ui.figures.floor import floor_gauge
from xent_ui.style import theme
from xent_ui.style.numbers import text

CEILING = {Unit.BITS: 6.0, Unit.NATS: 4.2}
GAUGE_AT = 1.2  # beside the unit width of the rectangles, to the same scale: the area over width 1 is a mean height
ROOM = 1.62
NARROW = 0.2  # a rectangle without room for a number, on a phone
TALL = 0.06  # where the axis of chances ends
FAR = 3.0  # where the axis of divergences ends


def middles(p: np.ndarray) -> list[float]:
    """Where the rectangles of ``area`` stand, for what is dragged there."""
    return (np.cumsum(p) - p / 2).tolist()


class Cost(NamedTuple):
    """What belief q costs under truth p, in the unit shown: the floor H(p) and the excess KL(p‖q)."""

    floor: float
    excess: float


def area(
    names: Sequence[str],
    p: np.ndarray,
    q: np.ndarray,
    own: np.ndarray,
    believed: np.ndarray,
    *,
    cost: Cost,
    unit: Unit,
    guess: GuessMark | None = None,
) -> Figure:
    """A rectangle for each outcome, p wide and −log q high; hatched what is above −log p. Beside it, the floor gauge.

    own, believed  (K)  −log p and −log q, in the unit shown
    guess          of the whole area; while it is open the gauge keeps its answer
    """
    top = CEILING[unit]
    right = np.cumsum(p)
    left = right - p
    middle = np.array(middles(p))
    floor, height = np.minimum(own, top), np.minimum(believed, top)
    truth, model, waste = (theme.color(role) for role in ("truth", "model", "excess"))
    low = np.minimum(floor, height)
    traces: list[Trace] = [
        _boxes(middle, low, np.zeros(len(p)), p, {"color": theme.faded(truth, 0.3)}),
        _boxes(middle, height - low, low, p, {"color": theme.faded(waste, 0.35), "pattern": _hatch(waste)}),
        _steps(left, right, floor, "truth", width=2.5),
        _steps(left, right, height, "model", width=4),
    ]
    labels = [
        _belief(float(x), float(y), (float(under), cost.floor + cost.excess), share, believed[k], top)
        for k, (x, y, under, share) in enumerate(zip(middle, height, floor, q, strict=True))
        if p[k] >= NARROW
    ]
    saved = height < floor
    traces.append(_posts(left[saved], right[saved], height[saved], floor[saved]))
    marks, _ = guess_traces(guess._replace(x=GAUGE_AT - 0.13) if guess else None)
    if guess is None or guess.true is not None:
        gauge = floor_gauge(cost.floor, cost.excess, at=GAUGE_AT, width=0.14, top=top)
        whole = cost.floor + cost.excess
        reach = min(whole, top)
        shown, loss = f"<b>{text(whole)}</b>", theme.color("loss")
        # A guess stands at the left of the gauge, KL's name at its right.
        total = Label(GAUGE_AT + 0.07, reach, shown, loss, "top left")
        if guess:
            total = Label(GAUGE_AT - 0.07, reach, shown, loss, "top right")
        traces += [*gauge.traces, segment([0, GAUGE_AT], [reach, reach], "loss", width=2.5)]
        labels += [*gauge.labels, total]
    if guess:
        under = guess.guessed - 0.045 * top
        labels.append(Label(GAUGE_AT - 0.13, under, "guess", theme.color("quiet"), "bottom center"))
    wide = [k for k in range(len(p)) if p[k] >= NARROW / 3]
    at = [*(float(middle[k]) for k in wide), GAUGE_AT]
    named = [*(f"{names[k]} {short(p[k])}" if p[k] > NARROW else names[k] for k in wide), "H(p, q)"]
    ticks = (0, 2, 4, 6) if unit is Unit.BITS else (0, 1, 2, 3, 4)
    upright = Axis(f"height: −log q ({unit.symbol})", 0, top * 1.09, ticks)
    plan = layout(Axis("width: truth p", 0, ROOM, at, named), upright)
    plan["xaxis"]["tickangle"] = 0
    return Figure([*traces, *marks, words(labels, size=SIZE - 1)], plan)


def _belief(x: float, height: float, others: Sequence[float], share: float, cost: float, top: float) -> Label:
    """What is believed of an outcome, above its rectangle, clear of other lines."""
    y = height
    for line in sorted(others):
        y = line if 0 <= line - y < 0.1 * top else y
    shown = f"q {short(share)}" if cost <= top else f"<b>↑ {text(cost)}</b>"
    return Label(x, y, shown, theme.color("model"), "top center")


def _posts(left: np.ndarray, right: np.ndarray, low: np.ndarray, high: np.ndarray) -> Trace:
    """Dotted sides of what is missing below the floor, as one trace."""
    sides = np.concatenate([left, right]), np.concatenate([low, low]), np.concatenate([high, high])
    gap = np.full(len(sides[0]), np.nan)
    x, y = (np.stack(each, axis=-1).ravel() for each in ((sides[0], sides[0], gap), (sides[1], sides[2], gap)))
    return curve(x, y, "truth", width=1.5, dash="dot")


def _boxes(x: np.ndarray, heights: np.ndarray, base: np.ndarray, widths: np.ndarray, marker: dict) -> Trace:
    marker |= {"line": {"color": theme.color("paper"), "width": 1.5}}
    return {**bars(x, heights, ""), "base": base.tolist(), "width": widths.tolist(), "marker": marker}


def _hatch(color: str) -> dict[str, object]:
    return {"shape": "/", "fgcolor": color, "size": 8, "solidity": 0.25}


def _steps(left: np.ndarray, right: np.ndarray, heights: np.ndarray, role: str, *, width: float) -> Trace:
    """Level lines over the widths, as one trace."""
    gap = np.full(len(left), np.nan)
    x = np.stack([left, right, gap], axis=-1).ravel()
    y = np.stack([heights, heights, gap], axis=-1).ravel()
    return curve(x, y, "truth" if role == "truth" else "model", width=width)


def humps(x: np.ndarray, p: np.ndarray, q: np.ndarray, divergences: dict[str, float], *, unit: Unit) -> Figure:
    """Left, the truth as a filled curve and the model as a dashed one; right, how far apart they are, as bars.

    divergences  what each is called, and its value in the unit shown
    """
    top = FAR if unit is Unit.BITS else 2.1
    truth, model = theme.color("truth"), theme.color("model")
    filled = {**curve(x, p, "truth"), "fill": "tozeroy", "fillcolor": theme.faded(truth, 0.22)}
    values = np.array(list(divergences.values()))
    shown = np.minimum(values, top)
    at = np.arange(len(values))
    waste = theme.color("excess")
    marker = {"color": theme.faded(waste, 0.35), "line": {"color": waste, "width": 2}, "pattern": _hatch(waste)}
    free, peak = int(np.argmax(p - q)), int(np.argmax(q))
    labels = [Label(float(x[free]), float(p[free]), "truth p", truth, "top center")]
    labels.append(Label(float(x[peak]), min(float(q[peak]), 0.9 * TALL), "model q", model, "top right"))
    over = [
        Label(k, shown[k], f"{'↑' if value > top else ''}{text(value, 2)}", waste, "top center")
        for k, value in enumerate(values)
    ]
    plan = layout(Axis("", float(x[0]), float(x[-1]), (-4, -2, 0, 2, 4)), Axis("chance", 0, TALL, (0, 0.02, 0.04)))
    names = Axis("", -0.6, len(values) - 0.4, at.tolist(), [name.strip("KL()") for name in divergences])
    beside = layout(names, Axis(f"KL, JS ({unit.symbol})", 0, top * 1.12, (0, 1, 2, 3)))
    return Figure(
        [
            filled,
            curve(x, np.minimum(q, TALL), "model"),
            words(labels),
            *stand([bars(at, shown, waste, marker=marker), words(over, size=SIZE - 1)], "x2", "y2"),
        ],
        {
            **plan,
            "xaxis": {**plan["xaxis"], "domain": [0, 0.54]},
            "xaxis2": {**beside["xaxis"], "domain": [0.67, 1], "anchor": "y2", "tickangle": 0},
            "yaxis2": {**beside["yaxis"], "anchor": "x2"},
        },
    )
