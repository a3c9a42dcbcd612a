"""Figures of the lesson on label smoothing: the loss and its floor, two training runs, and a smoothed teacher."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from xent_ui.figures.base import (
    RINGED,
    Axis,
    Figure,
    GuessMark,
    Label,
    Trace,
    as_float32,
    bars,
    curve,
    guess_traces,
    label_trace,
    layout,
    on_axes,
    ring,
    segment,
    torn_top,
)
from xent_ui.figures.floor import floor_gauge
from xent_ui.figures.table import Rows
from xent_ui.style import theme
from xent_ui.style.numbers import PERCENT_SIGN, counted, digits_apart, digits_of_sum, digits_that_add, plain, text
from xent_ui.style.theme import Role

LARGEST_GAP = 12.0  # where the curves end
GAUGE = (12.9, 0.9)  # its position on the x-axis, right of the curves, and its width
LEAST_TOP = 3  # where the axis of the loss ends, in nats, unless ln K lies beyond
STRIPS = (-1.25, 2.2)  # the axis of the strips, with room for words above and below
MOST_SLICES = 20
KNOWN_GAP = 2.0  # where the curve ends while a guess at its lowest point is open


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
    top = max(LEAST_TOP, math.ceil(np.log(len(target)) + 0.3))  # so that the loss of equal logits, ln K, is shown
    is_hidden = guess is not None and guess.true is None
    # While the parts are hidden they need not add up.
    digits, digits_of_loss = (3, 3) if is_hidden else digits_of_sum(floor.entropy, floor.excess)
    known = gaps <= KNOWN_GAP if is_hidden else np.full(len(gaps), True)
    traces, labels = guess_traces(guess)
    # The truth needs no name: its mark lies on the floor, and on a phone it has no room.
    labels = [
        each._replace(text=each.text.removeprefix("your ") if theme.is_narrow() else each.text) for each in labels[:1]
    ]
    traces = [
        curve(
            gaps,
            np.where(hard <= top, hard, np.nan),
            "quiet",
            name="hard label",
            whole=(gaps, hard),
            width=2,
            dash="dot",
        ),
        curve(
            gaps[known],
            np.where(smooth <= top, smooth, np.nan)[known],
            "loss",
            name="smoothed label",
            whole=(gaps[known], smooth[known]),
        ),
        *traces,
    ]
    shown = min(value, top)
    if not is_hidden or gap <= KNOWN_GAP:
        arrow = "↑ " if value > top else ""
        in_excess = ((gap, (shown + min(top, floor.entropy)) / 2),)
        labels.insert(
            0,
            Label(
                gap, shown, f"<b>{arrow}{text(value, digits_of_loss)}</b>", loss, "top right", RINGED, also=in_excess
            ),
        )
        traces.append(ring(gap, shown, value=value))
    if target[0] < 1:
        ends = [(float(x), float(np.interp(x, gaps, hard))) for x in (LARGEST_GAP, 9, 7, 5)]
        labels.append(Label(*ends[0], "hard label", quiet, "top left", optional=True, also=tuple(ends[1:])))
    rows = [_rows_of_strips(target, probs)]
    if not is_hidden:
        gauge = floor_gauge(floor.entropy, floor.excess, at=GAUGE[0], width=GAUGE[1], top=top)
        whole = digits_that_add(floor.entropy, floor.excess)
        shorter = [
            each._replace(text=each.text.replace(text(part, whole), _beside_gauge(part, digits)))
            for each, part in zip(gauge.labels, (floor.entropy, floor.excess), strict=True)
        ]
        excess = shorter[1]
        higher = tuple((excess.x, excess.y + share * top) for share in (0.08, 0.16, 0.24))
        rows.append(gauge.rows)
        labels = [shorter[0], excess._replace(also=higher), *labels]
        torn = [torn_top(GAUGE[0], top, width=GAUGE[1])] if value > top else []
        traces = [
            segment([0, GAUGE[0] - GAUGE[1] / 2], [floor.entropy] * 2, "entropy", dash="solid", width=2),
            *gauge.traces,
            *torn,
            segment([gap, gap], [floor.entropy, shown], "excess", width=4, dash="solid"),
            *traces,
        ]
    plan = layout(
        Axis("logit gap z: right class minus the others", 0, 17, (0, 3, 6, 9, 12)),
        Axis("loss (nats)", 0, top, range(0, top + 1, 1 if top < 6 else 2)),
    )
    strips = layout(Axis("", 0, 1), Axis("", *STRIPS, (0, 1), ("model", "label")))
    plan["yaxis"]["domain"] = [0, 0.64]
    plan["margin"] |= {"t": 4}
    return Figure(
        [*traces, label_trace(labels), *_strips(target, probs)],
        {
            **plan,
            "xaxis2": {**strips["xaxis"], "anchor": "y2", "showticklabels": False, "showline": False},
            "yaxis2": {**strips["yaxis"], "anchor": "x2", "domain": [0.71, 1], "showgrid": False},
        },
        tall=True,
        rows=rows,
    )


def _rows_of_strips(target: np.ndarray, probs: np.ndarray) -> Rows:
    """Return what label and model give to the right class and to each other one."""
    return Rows(
        "label and model",
        {
            "class": ["the right one", "each other one"],
            "number of classes": [1, len(target) - 1],
            "label": target[:2],
            "model": probs[:2],
        },
    )


def _beside_gauge(nats: float, digits: int) -> str:
    return "< 0.001" if 0 < nats < 1e-3 else text(nats, digits if nats >= 0.1 else 2)


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
    each = f"{others} ×"
    if others < MOST_SLICES and not theme.is_narrow():
        each = counted(others, "other") + (", each" if others > 1 else "")
    names = [
        Label(0, 1.36, f"right class <b>{plain(target[0])}</b>", truth, ("top right",), gap=1),
        Label(1, 1.36, f"{each} <b>{plain(target[1])}</b>", truth, ("top left",), gap=1),
        Label(0, -0.42, f"right class <b>{below_one(probs[0])}</b>", model, ("bottom right",), gap=1),
        Label(1, -0.42, f"{each} <b>{text(probs[1])}</b>", model, ("bottom left",), gap=1),
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

    The area between the two curves has the color of the higher one: too sure, or too modest.

    runs  pairs of a name and a run
    at    the last step drawn
    most  the last step
    """
    truth, model = theme.color("truth"), theme.color("model")
    plan = layout(
        Axis("training steps", 0, most * (1.8 if theme.is_narrow() else 1.4), (0, 20, 40, 60, 80)),
        Axis("", 0, 1.25, (0, 0.5, 1), ("0 %", "50 %", "100 %")),
    )
    traces: list[Trace] = []
    for row, (name, run) in enumerate(runs):
        so_far = run.step <= at
        step, sure, right = run.step[so_far], run.confidence[so_far], run.accuracy[so_far]
        percents = [round(100 * float(each[-1])) for each in (sure, right)]
        ends = [
            Label(at, float(sure[-1]), f"confidence {percents[0]}{PERCENT_SIGN}", model, gap=6),
            Label(at, float(right[-1]), f"accuracy {percents[1]}{PERCENT_SIGN}", truth, gap=6),
        ]
        title = f"<b>{name}</b>: {_too_sure(percents[0] - percents[1])}"
        panel = [
            *_between(step, sure, right),
            curve(step, right, "truth", name="accuracy"),
            curve(step, sure, "model", name="confidence"),
            label_trace([Label(0, 1.25, title, theme.color("ink"), ("bottom right",), gap=1), *ends]),
        ]
        traces += on_axes(panel, "x", "y" if row == 0 else "y2")
    plan["yaxis"]["domain"] = [0.54, 1]
    plan["margin"] |= {"t": 4}
    return Figure(
        traces,
        {
            **plan,
            "yaxis2": {**plan["yaxis"], "domain": [0, 0.46], "anchor": "x"},
            "xaxis": {**plan["xaxis"], "anchor": "y2"},
        },
        tall=True,
        names={("y", "y2")[row]: name for row, (name, _) in enumerate(runs)},
    )


def _too_sure(points: int) -> str:
    """Return how far confidence lies above accuracy, in words.

    >>> _too_sure(18), _too_sure(-1), _too_sure(0)
    ('18 points too sure', '1 point too modest', 'as sure as right')
    """
    if points == 0:
        return "as sure as right"
    return f"{counted(abs(points), 'point')} too {'sure' if points > 0 else 'modest'}"


def _between(step: np.ndarray, sure: np.ndarray, right: np.ndarray) -> list[Trace]:
    """Return the areas in which confidence is above accuracy, and below it, each in the color of the higher curve."""
    apart = sure - right
    (before,) = np.nonzero(apart[:-1] * apart[1:] < 0)  # a crossing
    share = apart[before] / (apart[before] - apart[before + 1])
    x = np.union1d(step, step[before] + share * (step[before + 1] - step[before]))
    confidence, accuracy = (np.interp(x, step, each) for each in (sure, right))
    too_sure: tuple[Role, np.ndarray] = ("model", np.maximum(confidence, accuracy))
    too_modest: tuple[Role, np.ndarray] = ("truth", np.minimum(confidence, accuracy))
    return [
        {
            **segment([], [], role, width=0),
            "x": as_float32([*x, *x[::-1]]),
            "y": as_float32([*edge, *accuracy[::-1]]),
            "fill": "toself",
            "fillcolor": theme.faded(theme.color(role), 0.25),
        }
        for role, edge in (too_sure, too_modest)
    ]


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
        Axis("", -0.6, len(names) - 0.4, positions.tolist(), tuple(names)),
        Axis("teacher's probability", -4.4, 0.4, powers, ("0.0001", "0.001", "0.01", "0.1", "1")),
    )
    plan["yaxis"] |= {"type": "log"}
    both = list(enumerate(zip(unsmoothed.tolist(), smoothed.tolist(), strict=True)))
    changes = [segment([i, i], pair, "quiet", width=3) for i, pair in both]
    sides = ("top center", "top right", "middle right") if theme.is_narrow() else ("middle right", "top right")
    labels = [Label(i, new, f"<b>{text(new)}</b>", model, sides, RINGED) for i, (_, new) in both if least]
    labels += [Label(i, old, plain(old), truth, "middle left", RINGED) for i, (old, _) in both]
    floor: list[Trace] = []
    if least > 0:
        ends = (-0.6, len(names) - 0.4)
        floor = [segment(ends, [least] * 2, "model", name="least with smoothing, ε/K", dash="dash")]
        words = f"at least {'' if theme.is_narrow() else 'ε/K = '}{plain(least)}"
        labels.append(
            Label(ends[0], least, words, model, "bottom right", 5, optional=theme.is_narrow(), also=((0.5, least),))
        )
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
        rows=[
            Rows(
                "the teacher's probabilities",
                {"class": names, "without smoothing": unsmoothed, "with smoothing": smoothed},
            )
        ],
    )
