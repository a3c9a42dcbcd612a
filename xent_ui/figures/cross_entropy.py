"""Cross-entropy as an area with its floor gauge, the loss of noisy labels, and one hump for two with divergences."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from xent_core import Unit
from xent_ui.figures.base import (
    GAP,
    SIZE,
    Axis,
    Figure,
    GuessMark,
    Label,
    Trace,
    bars,
    curve,
    guess_traces,
    label_trace,
    layout,
    on_axes,
    ring,
    segment,
    short,
)
from xent_ui.figures.floor import floor_gauge
from xent_ui.style import theme
from xent_ui.style.numbers import digits_that_add, text
from xent_ui.style.theme import Role

LARGEST_SURPRISE = {Unit.BITS: 6.0, Unit.NATS: 4.2}  # where the axis of heights ends
GAUGE_AT = 1.2  # right of the rectangles, whose widths sum to 1, so that their area is a height on the same scale
RIGHT_END = 1.62  # where the x-axis ends
NARROW = 0.2  # a rectangle narrower than this has no room for a number on a phone
LARGEST_CHANCE = 0.06  # where the axis of probabilities ends
LARGEST_DIVERGENCE = {Unit.BITS: 3.0, Unit.NATS: 2.1}  # where the axis of divergences ends


def middles(p: np.ndarray) -> list[float]:
    """Return the centers of the rectangles of ``area`` on the x-axis, where their handles are."""
    return (np.cumsum(p) - p / 2).tolist()


class Cost(NamedTuple):
    """What a belief q costs under a truth p, in the unit shown: the floor H(p) and the excess KL(p‖q)."""

    floor: float
    excess: float


def area(
    names: Sequence[str],
    p: np.ndarray,
    q: np.ndarray,
    surprise_of_p: np.ndarray,
    surprise_of_q: np.ndarray,
    *,
    cost: Cost,
    unit: Unit,
    hidden: bool = False,
    guess: GuessMark | None = None,
) -> Figure:
    """Return a rectangle per outcome, p wide and −log q high, hatched above −log p, with the floor gauge beside them.

    surprise_of_p, surprise_of_q  (K,)  −log p and −log q, in the unit shown
    hidden                        leave the gauge out, because its height is the answer to an open question
    guess                         the guessed area
    """
    top = LARGEST_SURPRISE[unit]
    right = np.cumsum(p)
    left = right - p
    middle = np.array(middles(p))
    floor, height = np.minimum(surprise_of_p, top), np.minimum(surprise_of_q, top)
    truth, model, waste = (theme.color(role) for role in ("truth", "model", "excess"))
    low = np.minimum(floor, height)
    traces: list[Trace] = [
        _boxes(middle, low, np.zeros(len(p)), p, {"color": theme.faded(truth, 0.3)}),
        _boxes(middle, height - low, low, p, {"color": theme.faded(waste, 0.35), "pattern": _hatch(waste)}),
        _upper_edges(left, right, floor, "truth", width=2.5),
        _upper_edges(left, right, height, "model", width=4),
    ]
    labels = [
        _height_label(middle[k], height[k], (floor[k], cost.floor + cost.excess), q[k], surprise_of_q[k], top)
        for k in range(len(p))
        if p[k] >= NARROW
    ]
    is_below = height < floor
    traces.append(_dotted_sides(left[is_below], right[is_below], height[is_below], floor[is_below]))
    guess_at = GAUGE_AT if hidden else GAUGE_AT - 0.13  # beside the gauge, or in its place
    marks, _ = guess_traces(guess._replace(x=guess_at) if guess else None)
    if not hidden:
        gauge = floor_gauge(cost.floor, cost.excess, at=GAUGE_AT, width=0.14, top=top)
        total = cost.floor + cost.excess
        reach = min(total, top)
        # The guess is left of the gauge and the label of KL right of it, so the label of the total avoids both.
        x, side = (GAUGE_AT - 0.07, "top right") if guess else (GAUGE_AT + 0.07, "top left")
        total_label = Label(x, reach, f"<b>{text(total, digits_that_add(*cost))}</b>", theme.color("loss"), side)
        traces += [*gauge.traces, segment([0, GAUGE_AT], [reach, reach], "loss", width=2.5)]
        labels += [*gauge.labels, total_label]
    if guess:
        below = guess.guessed - 0.045 * top
        words = "guess" if guess.true is not None else "guess <b>?</b>"
        labels.append(Label(guess_at, below, words, theme.color("quiet"), "bottom center"))
    wide = [k for k in range(len(p)) if p[k] >= NARROW / 3]
    places = [*(float(middle[k]) for k in wide), GAUGE_AT]
    named = [*(f"{names[k]} {short(p[k])}" if p[k] > NARROW else names[k] for k in wide), "H(p, q)"]
    ticks = (0, 2, 4, 6) if unit is Unit.BITS else (0, 1, 2, 3, 4)
    y_axis = Axis(f"height: −log q ({unit.symbol})", 0, top * 1.09, ticks)
    plan = layout(Axis("width: truth p", 0, RIGHT_END, places, named), y_axis)
    plan["xaxis"]["tickangle"] = 0
    return Figure([*traces, *marks, label_trace(labels, size=SIZE - 1)], plan)


def _height_label(x: float, height: float, lines: Sequence[float], q: float, surprise: float, top: float) -> Label:
    """Return the label above a rectangle: its q, or its surprise where the axis cuts it off.

    lines  heights of horizontal lines, which the label must not touch
    """
    y = float(height)
    for line in sorted(map(float, lines)):
        y = line if 0 <= line - y < 0.1 * top else y
    shown = f"q {short(float(q))}" if surprise <= top else f"<b>↑ {text(surprise)}</b>"
    return Label(float(x), y + 0.015 * top, shown, theme.color("model"), "top center")


def _dotted_sides(left: np.ndarray, right: np.ndarray, low: np.ndarray, high: np.ndarray) -> Trace:
    """Return dotted vertical lines on both sides of rectangles that end below the floor, as one trace."""
    sides = np.concatenate([left, right]), np.concatenate([low, low]), np.concatenate([high, high])
    gap = np.full(len(sides[0]), np.nan)
    x, y = (np.stack(each, axis=-1).ravel() for each in ((sides[0], sides[0], gap), (sides[1], sides[2], gap)))
    return curve(x, y, "truth", width=1.5, dash="dot")


def _boxes(x: np.ndarray, heights: np.ndarray, base: np.ndarray, widths: np.ndarray, marker: dict) -> Trace:
    """Return bars of given widths that stand on given bases."""
    marker |= {"line": {"color": theme.color("paper"), "width": 1.5}}
    return {**bars(x, heights, ""), "base": base.tolist(), "width": widths.tolist(), "marker": marker}


def _hatch(color: str) -> dict[str, object]:
    """Return the hatching that marks the excess."""
    return {"shape": "/", "fgcolor": color, "size": 8, "solidity": 0.25}


def _upper_edges(left: np.ndarray, right: np.ndarray, heights: np.ndarray, role: Role, *, width: float) -> Trace:
    """Return the upper edges of the rectangles as one trace."""
    gap = np.full(len(left), np.nan)
    x = np.stack([left, right, gap], axis=-1).ravel()
    y = np.stack([heights, heights, gap], axis=-1).ravel()
    return curve(x, y, role, width=width)


def noisy_labels(said: np.ndarray, losses: np.ndarray, *, at: tuple[float, float], floor: float, unit: Unit) -> Figure:
    """Return the mean loss of equal inputs with different labels, against what a model says, above its floor.

    said, losses  (n,)  the probability that the model gives to A, and the mean loss, in the unit shown
    at            the probability that the model gives now, and its mean loss
    floor         the smallest mean loss
    """
    top = 1.2 * LARGEST_SURPRISE[unit] / 2
    q, loss = at
    digits = digits_that_add(floor, loss - floor)
    name = f"{GAP}floor H(Y|X) = {text(floor, digits)}"
    end, below = (0, "bottom right") if q > 0.5 else (1, "bottom left")
    side = "top left" if q > 0.6 else "top right"
    return Figure(
        [
            segment([0, 1], [floor, floor], "entropy", dash=theme.DASH["entropy"], width=3),
            curve(said, losses, "loss"),
            segment([q, q], [0, loss], "quiet"),
            ring(q, loss),
            label_trace(
                [
                    Label(end, floor - 0.01 * top, name, theme.color("entropy"), below),
                    Label(q, loss + 0.04 * top, f"{GAP}<b>{text(loss, digits)}</b>{GAP}", theme.color("loss"), side),
                ]
            ),
        ],
        layout(
            Axis("q: what the model gives A", 0, 1, (0, 0.25, 0.5, 0.75, 1), ("0", "¼", "½", "¾", "1")),
            Axis(f"mean loss ({unit.symbol})", 0, top, (0, 1, 2, 3)),
        ),
    )


def humps(x: np.ndarray, p: np.ndarray, q: np.ndarray, divergences: dict[str, float], *, unit: Unit) -> Figure:
    """Return two panels: left, the truth as a filled curve and the model as a dashed one; right, divergences as bars.

    divergences  their values by name, in the unit shown
    """
    top = LARGEST_DIVERGENCE[unit]
    truth, model = theme.color("truth"), theme.color("model")
    filled = {**curve(x, p, "truth"), "fill": "tozeroy", "fillcolor": theme.faded(truth, 0.22)}
    values = np.array(list(divergences.values()))
    shown = np.minimum(values, top)
    places = np.arange(len(values))
    waste = theme.color("excess")
    marker = {"color": theme.faded(waste, 0.35), "line": {"color": waste, "width": 2}, "pattern": _hatch(waste)}
    clear, peak = int(np.argmax(p - q)), int(np.argmax(q))  # the label of the truth goes where the model is far below
    labels = [Label(float(x[clear]), float(p[clear]), "truth p", truth, "top center")]
    labels.append(Label(float(x[peak]), min(float(q[peak]), 0.9 * LARGEST_CHANCE), "model q", model, "top right"))
    above = [
        Label(k, shown[k], f"{'↑' if value > top else ''}{text(value, 2)}", waste, "top center")
        for k, value in enumerate(values)
    ]
    plan = layout(
        Axis("outcome x", float(x[0]), float(x[-1]), (-4, -2, 0, 2, 4)),
        Axis("probability", 0, LARGEST_CHANCE, (0, 0.02, 0.04)),
    )
    names = Axis("", -0.6, len(values) - 0.4, places.tolist(), [name.strip("KL()") for name in divergences])
    beside = layout(names, Axis(f"KL, JS ({unit.symbol})", 0, top * 1.12, (0, 1, 2, 3)))
    return Figure(
        [
            filled,
            curve(x, np.minimum(q, LARGEST_CHANCE), "model"),
            label_trace(labels),
            *on_axes([bars(places, shown, waste, marker=marker), label_trace(above, size=SIZE - 1)], "x2", "y2"),
        ],
        {
            **plan,
            "xaxis": {**plan["xaxis"], "domain": [0, 0.54]},
            "xaxis2": {**beside["xaxis"], "domain": [0.67, 1], "anchor": "y2", "tickangle": 0},
            "yaxis2": {**beside["yaxis"], "anchor": "x2"},
        },
    )
