"""Figures of the lesson on label smoothing: the loss and its floor, two training runs, and a smoothed teacher."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from xent_ui.figures.base import (
    GAP,
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
    ring,
    segment,
)
from xent_ui.figures.floor import floor_gauge
from xent_ui.style import theme
from xent_ui.style.numbers import counted, digits_apart, digits_that_add, percent, plain, text

LARGEST_GAP = 12.0  # where the curves end
GAUGE = (12.9, 0.9)  # its position on the x-axis, right of the curves, and its width
TOP = 3.0  # where the axis of the loss ends, in nats
MOST_SLICES = 20
KNOWN_GAP = 2.0  # where the curve ends while a guess at its lowest point is open
LOWEST_SHARE = 0.25  # where the axis of confidence and accuracy begins


class Floor(NamedTuple):
    """A loss in its two parts, in nats, and the logit gap at which the excess is 0."""

    entropy: float
    excess: float
    best_gap: float


def loss_against_gap(
    gaps: np.ndarray,
    losses: tuple[np.ndarray, np.ndarray],
    *,
    at: tuple[float, float],
    floor: Floor,
    target: np.ndarray,
    probs: np.ndarray,
    guess: GuessMark | None = None,
) -> Figure:
    """Return two panels: above, target and model as strips of length 1; below, the loss against the logit gap.

    gaps           (n)  the logit of the right class minus that of the others
    losses         (n) each: against the smoothed target, and against the hard one
    at             the learner's gap and its loss
    target, probs  (K)  the right class first, the others equal
    guess          of the lowest loss; while it is open, the curve is shown only for small gaps
    """
    smooth, hard = losses
    quiet, loss = theme.color("quiet"), theme.color("loss")
    gap, value = at
    is_hidden = guess is not None and guess.true is None
    digits = 3 if is_hidden else digits_that_add(floor.entropy, floor.excess)  # hidden, its parts are not shown
    known = gaps <= KNOWN_GAP if is_hidden else np.full(len(gaps), True)
    traces, labels = guess_traces(guess)
    labels = labels[:1]  # the truth needs no name: its mark lies on the floor, and on a phone it has no room
    traces = [
        curve(gaps, np.where(hard <= TOP, hard, np.nan), "quiet", width=2, dash="dot"),
        curve(gaps[known], np.where(smooth <= TOP, smooth, np.nan)[known], "loss"),
        *traces,
    ]
    if hard[np.searchsorted(gaps, 7)] < 0.1 and (is_hidden or floor.entropy > 0.25):  # else it would lie on a curve
        labels.append(Label(LARGEST_GAP, 0, "hard label", quiet, "top left"))
    if not is_hidden or gap <= KNOWN_GAP:
        shown = min(value, TOP)
        arrow = "↑ " if value > TOP else ""
        side = "top right" if gap < min(floor.best_gap, 9) else "top left"  # above the curve
        labels.append(Label(gap, shown, f"{GAP}<b>{arrow}{text(value, digits)}</b>{GAP}", loss, side))
        traces.append(ring(gap, shown))
    if not is_hidden:
        gauge = floor_gauge(floor.entropy, floor.excess, at=GAUGE[0], width=GAUGE[1], top=TOP)
        labels += gauge.labels
        traces = [
            segment([0, GAUGE[0]], [floor.entropy, floor.entropy], "entropy", dash=theme.DASH["entropy"], width=2),
            *gauge.traces,
            segment([gap, gap], [floor.entropy, shown], "excess", width=4, dash="solid"),
            *traces,
        ]
    plan = layout(
        Axis("logit gap z: right class minus the others", 0, 17, (0, 3, 6, 9, 12)),
        Axis("loss (nats)", 0, TOP, (0, 1, 2, 3)),
    )
    strips = layout(Axis("", 0, 1), Axis("", -0.55, 1.95, (0, 1), ("model", "label")))
    plan["yaxis"]["domain"] = [0, 0.68]
    return Figure(
        [*traces, label_trace(labels), *_strips(target, probs)],
        {
            **plan,
            "xaxis2": {**strips["xaxis"], "anchor": "y2", "showticklabels": False, "showline": False},
            "yaxis2": {**strips["yaxis"], "anchor": "x2", "domain": [0.74, 1], "showgrid": False},
        },
    )


def below_one(p: float) -> str:
    """Return a probability with so many digits that it does not look like 1.

    >>> below_one(0.909), below_one(0.9999939)
    ('0.909', '0.99999')
    """
    return text(p, digits_apart(p, 1.0))


def _strips(target: np.ndarray, probs: np.ndarray) -> list[Trace]:
    """Return the target above the model, each as a bar for the right class and slices for the other classes."""
    truth, model, others = theme.color("truth"), theme.color("model"), len(target) - 1
    on = {"orientation": "h", "xaxis": "x2", "yaxis": "y2"}
    strips: list[Trace] = []
    for row, (share, color) in enumerate(((probs, model), (target, truth))):
        slices = share[1:] if others < MOST_SLICES else np.array([1 - share[0]])
        starts = 1 - np.cumsum(slices[::-1])[::-1]
        strips += [
            {**bars([share[0]], [row], color, width=0.62), "y": [row], **on},
            {
                **bars(_rounded(slices), [], color, width=0.62),
                "y": [row] * len(slices),
                **on,
                "base": _rounded(starts),
                "marker": {"color": theme.faded(color, 0.3), "line": {"color": color, "width": 1}},
            },
        ]
    each = counted(others, "other") + (", each" if others > 1 else "") if others < MOST_SLICES else f"{others} ×"
    names = [
        Label(0, 1.33, f"right class <b>{plain(target[0])}</b>", truth, "top right"),
        Label(1, 1.33, f"{each} <b>{plain(target[1])}</b>", truth, "top left"),
        Label(0, 0, f" <b>{below_one(probs[0])}</b>", theme.color("paper"))
        if probs[0] > 0.3
        else Label(probs[0], 0, f" <b>{below_one(probs[0])}</b>", model),
    ]
    return [*strips, {**label_trace(names), "xaxis": "x2", "yaxis": "y2"}]


def _rounded(values: np.ndarray) -> list[float]:
    """Return values with few digits as a list, because plotly.js takes no typed array as the base of a bar."""
    return np.round(values, 5).tolist()


class Run(NamedTuple):
    """The performance of a model on new examples during training; (m) each, confidence and accuracy in [0, 1]."""

    step: np.ndarray
    confidence: np.ndarray
    accuracy: np.ndarray

    def at(self, step: int) -> tuple[float, float]:
        """Return confidence and accuracy at the last recorded step that is not later than ``step``."""
        last = int(np.searchsorted(self.step, step, side="right")) - 1
        return float(self.confidence[last]), float(self.accuracy[last])


def confidence_runs(runs: Sequence[tuple[str, Run]], *, at: int, most: int) -> Figure:
    """Return one panel per run with its confidence (dashed) and its accuracy (solid) up to a step.

    The area between the two curves is the gap between confidence and accuracy.

    runs  pairs of a name and a run
    at    the last step drawn
    most  the last step
    """
    truth, model = theme.color("truth"), theme.color("model")
    shares = (0.5, 0.75, 1)
    plan = layout(
        Axis("training steps", 0, most * 1.72, (0, 20, 40, 60, 80)),
        Axis("", LOWEST_SHARE, 1.14, shares, ("50 %", "75 %", "100 %")),
    )
    traces: list[Trace] = []
    for row, (name, run) in enumerate(runs):
        axes = {} if row == 0 else {"yaxis": "y2"}
        so_far = run.step <= at
        step, sure, right = run.step[so_far], run.confidence[so_far], run.accuracy[so_far]
        gap_fill = theme.faded(theme.color("excess"), 0.35)
        ends = _apart(float(sure[-1]), float(right[-1]), least=0.11)
        traces += [
            {**curve(step, right, "truth"), **axes},
            {**curve(step, sure, "model"), **axes, "fill": "tonexty", "fillcolor": gap_fill},
            {
                **label_trace(
                    [
                        Label(0, 1.04, f"<b>{name}</b>", theme.color("ink"), "middle right"),
                        Label(at, ends[0], f" confidence {percent(round(float(sure[-1]), 2))}", model),
                        Label(at, ends[1], f" accuracy {percent(round(float(right[-1]), 2))}", truth),
                    ]
                ),
                **axes,
            },
        ]
    plan["yaxis"]["domain"] = [0.54, 1]
    return Figure(
        traces,
        {
            **plan,
            "yaxis2": {**plan["yaxis"], "domain": [0, 0.46], "anchor": "x"},
            "xaxis": {**plan["xaxis"], "anchor": "y2"},
        },
    )


def _apart(first: float, second: float, *, least: float) -> tuple[float, float]:
    """Return two heights, moved apart where labels placed at them would overlap."""
    push = max(0.0, least - abs(first - second)) / 2
    return (first + push, second - push) if first >= second else (first - push, second + push)


def teacher(names: Sequence[str], unsmoothed: np.ndarray, smoothed: np.ndarray, *, least: float) -> Figure:
    """Return the probabilities of a perfect teacher without smoothing and with it, on a logarithmic scale.

    names, unsmoothed, smoothed  (K)
    least                        the share of ε that every class receives, ε/K
    """
    truth, model = theme.color("truth"), theme.color("model")
    positions = np.arange(len(names))
    dots = {"type": "scatter", "mode": "markers", "hoverinfo": "skip", "cliponaxis": False, "x": positions}
    powers = (1e-4, 1e-3, 1e-2, 0.1, 1)
    plan = layout(
        Axis("", -0.6, len(names) - 0.3, positions.tolist(), tuple(names)),
        Axis("teacher's probability", -5.0, 0.6, powers, ("0.0001", "0.001", "0.01", "0.1", "1")),
    )
    plan["yaxis"] |= {"type": "log"}
    labels = [  # on the left, where on a phone no label of the next class reaches, except beside the axis
        Label(i, p, f"{GAP}{plain(p)}{GAP}", truth, "middle left" if i else "middle right")
        for i, p in enumerate(unsmoothed.tolist())
    ]
    if least > 0:
        labels += [Label(i, p, f"<b>{text(p)}</b><br> ", model, "top center") for i, p in enumerate(smoothed.tolist())]
    both = enumerate(zip(unsmoothed.tolist(), smoothed.tolist(), strict=True))
    changes = [segment([i, i], pair, "quiet", width=3) for i, pair in both]
    floor: list[Trace] = []
    if least > 0:
        x = [-0.6, len(names) - 0.3]
        bottom = {**segment(x, [10**-5.0] * 2, "model"), "line": {"width": 0}}
        floor = [
            bottom,
            {**segment(x, [least] * 2, "model", dash="dash"), "fill": "tonexty", "fillcolor": theme.faded(model, 0.1)},
        ]
        labels.append(Label(-0.55, 4e-4, f"at least ε/K = {plain(least)}", model))
    return Figure(
        [
            *floor,
            *changes,
            {**dots, "y": unsmoothed, "marker": {"size": 13, "color": truth}},
            {
                **dots,
                "y": smoothed,
                "marker": {"size": 15, "color": model, "symbol": "diamond-open", "line": {"width": 3}},
            },
            label_trace(labels),
        ],
        plan,
    )
