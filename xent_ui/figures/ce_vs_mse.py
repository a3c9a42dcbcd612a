"""Figures of the lesson on cross-entropy and squared error: slopes, a race, a surface with a chord, expected losses.

Cross-entropy has the color of the quantity shown (slope or loss); the losses that it is compared with are ink and gray.
"""

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
    as_float32,
    curve,
    guess_traces,
    label_trace,
    layout,
    ring,
    segment,
)
from xent_ui.style import theme
from xent_ui.style.numbers import exact_text, percent, text
from xent_ui.style.theme import Role

STEEPEST = {"z": 1.0, "p": 10.0}  # slope that the figure can show, by what the slope is taken in
LOGITS = Axis(
    "logit z, and below it p = σ(z)",
    -10,
    10,
    (-8, -4, 0, 4, 8),
    ("−8<br>0.03 %", "−4<br>1.8 %", "0<br>½", "4<br>98 %", "8<br>99.97 %"),
)
TRACK = Axis(
    "probability p, given to the right answer",
    -8,
    8,
    (-6.907, -2.944, 0, 2.944, 6.907),
    ("0.1 %", "5 %", "½", "95 %", "99.9 %"),
)
ROLES: dict[str, Role] = {"cross-entropy": "loss", "squared error": "squared", "focal": "focal"}
LANE = np.linspace(-8, 8, 97)  # logits at which the slopes in the race are drawn
WEIGHTS = Axis("weight w₁", -8, 8, (-8, -4, 0, 4, 8))
LOWEST = {"cross-entropy": 0.5, "squared error": 0.2}  # loss at which the colors of the surface begin
HIGHEST = {"cross-entropy": 5.0, "squared error": 0.65}  # and end


class Runner(NamedTuple):
    """One lane of the race: a loss, its slopes at ``LANE``, its logits so far, and the probability at the last."""

    name: str
    slopes: np.ndarray
    path: np.ndarray
    prob: float


def is_right(z: float | np.ndarray, label: int) -> np.ndarray:
    """Return whether the probability of logit z is on the right side of one half, or on it."""
    return np.asarray(z if label == 1 else -np.asarray(z)) >= 0


def slopes(
    z: np.ndarray,
    ce_slopes: np.ndarray,
    se_slopes: np.ndarray,
    *,
    at: tuple[float, float, float],
    wrt: str,
    label: int,
    guess: GuessMark | None = None,
) -> Figure:
    """Return the slopes of both losses; while a guess is open, squared error's is drawn only where the model is right.

    z, ce_slopes, se_slopes  (n)  logits, and the slopes of cross-entropy and squared error
    at     the current logit and both slopes there
    wrt    "z" or "p": what the slopes are taken in
    label  1 or 0: what is true
    guess  how steep squared error is; drawn only for slopes in z and a label of 1
    """
    up = 1 if label == 1 else -1  # for y = 0 the figure is turned by 180 degrees
    steepest = STEEPEST[wrt]
    logit, ce_slope, se_slope = at
    edge = 1.03 * steepest
    is_beyond = abs(ce_slope) > edge
    ce_at = -up * edge if is_beyond else ce_slope
    arrow = ("↓ " if up == 1 else "↑ ") if is_beyond else ""
    label_at = max(-6.0, min(6.0, logit))  # both names move with the logit, above and below everything else
    traces = [segment([logit, logit], [0, ce_at], "quiet"), curve(z, ce_slopes, "loss", width=4)]
    labels = [
        Label(
            label_at,
            -up * 1.12 * steepest,
            f"cross-entropy <b>{arrow}{text(ce_slope)}</b>",
            theme.color("loss"),
            "middle center",
        )
    ]
    dots = [ring(logit, ce_at, "loss")]
    is_open = guess is not None and guess.true is None
    known = is_right(z, label) if is_open else np.full(len(z), fill_value=True)
    traces.append(curve(z[known], se_slopes[known], "squared", width=3))
    name_at, number = (
        (up * 6.0, "") if is_open and not is_right(logit, label) else (label_at, f" <b>{text(se_slope)}</b>")
    )
    squared = theme.color("squared")
    labels.append(Label(name_at, up * 0.11 * steepest, f"squared error{number}", squared, "middle center"))
    if number:
        dots.append(ring(logit, se_slope, "squared"))
    if guess is not None and wrt == "z" and label == 1:
        below_0 = GuessMark(guess.x, -guess.guessed, None if guess.true is None else -guess.true)
        marks, guess_labels = guess_traces(below_0)
        traces += marks
        labels += guess_labels[:1]  # the curve has a label of its own at the truth
    low, high = sorted((-up * 1.2 * steepest, up * 0.18 * steepest))
    step = steepest / 4 if wrt == "z" else 2.0
    ticks = np.arange(-4, 5) * step if wrt == "z" else np.arange(-5, 6) * step
    names = [exact_text(tick) for tick in ticks]
    layout_ = layout(LOGITS, Axis(f"slope of the loss in {wrt}", low, high, ticks.tolist(), names))
    layout_["margin"] = {**layout_["margin"], "b": 74, "l": 72}
    layout_["yaxis"] |= {"zeroline": True, "zerolinecolor": theme.color("quiet"), "zerolinewidth": 1}
    return Figure([*traces, *dots, label_trace(labels)], layout_)


def race(runners: Sequence[Runner], *, step: int, every: int = 2) -> Figure:
    """Return lanes on one axis of logits: an area as high as the slope there, and a mark at each step drawn.

    step   the number of steps made
    every  the number of steps from one mark to the next
    """
    traces: list[Trace] = [segment([0, 0], [-0.12, len(runners) - 0.02], "truth", dash="solid", width=2)]
    labels = [Label(0.2, len(runners) - 0.1, "right: p > ½", theme.color("truth"))]
    for i, runner in enumerate(runners):
        base = len(runners) - 1 - i
        role = ROLES[runner.name]
        color = theme.color(role)
        logit, marked = float(runner.path[-1]), runner.path[::every]
        shown = min(logit, TRACK.high)
        steepness = curve(LANE, base + 0.62 * np.abs(runner.slopes), role, width=1.5, dash="solid")
        base_line = {**steepness, "x": [TRACK.low, TRACK.high], "y": [base, base]}
        area = {**steepness, "fill": "tonexty", "fillcolor": theme.faded(color, 0.2)}
        marks = {
            "type": "scatter",
            "mode": "markers",
            "x": as_float32(marked),
            "y": np.full(len(marked), base, np.uint8),
            "hoverinfo": "skip",
            "marker": {"symbol": "line-ns-open", "size": 9, "color": color},
        }
        traces += [base_line, area, marks, ring(shown, base, role)]
        side = "top left" if shown > 3.5 else "top right"
        arrow = " →" if logit > TRACK.high else ""
        labels += [
            Label(TRACK.low, base + 0.8, f"<b>{runner.name}</b>", color),
            Label(shown, base + 0.06, f"{GAP}<b>{percent(runner.prob)}{arrow}</b>{GAP}", color, side),
        ]
    labels.append(Label(TRACK.high, len(runners) - 0.1, f"<b>step {step}</b>", theme.color("ink"), "middle left"))
    layout_ = layout(TRACK, Axis("", -0.15, len(runners)))
    layout_["margin"] = {**layout_["margin"], "l": 20, "r": 20}
    layout_["yaxis"] |= {"showgrid": False, "showticklabels": False}
    return Figure([*traces, label_trace(labels)], layout_)


def surface(
    weights: np.ndarray,
    losses: np.ndarray,
    cut: np.ndarray,
    *,
    height: float,
    chord: tuple[float, float],
    ends: tuple[float, float],
    middle: tuple[float, float],
    loss: str,
) -> Figure:
    """Return two panels: above, the loss over two weights with a line across it; below, the loss on that line, a chord.

    weights, losses  (n), (n, n)  the grid of both weights, and the loss over it
    cut              (n)  the loss along w₂ = height
    chord, ends      where on w₁ the chord begins and ends, and the loss there
    middle           halfway along the chord, the loss and the height of the chord
    loss             the name of the loss
    """
    lowest, highest = LOWEST[loss], HIGHEST[loss]
    purple = theme.color("loss")
    in_16_bits = np.round(60_000 * np.clip((losses - lowest) / (highest - lowest), 0, 1)).astype(np.uint16)
    contours = {
        "type": "contour",
        "x": weights.astype(np.float32),
        "y": weights.astype(np.float32),
        "z": in_16_bits,
        "showscale": False,
        "hoverinfo": "skip",
        "zmin": 0,
        "zmax": 60_000,
        "contours": {"start": 1_500, "end": 60_000, "size": 4_500},
        "colorscale": [[0, theme.faded(purple, 0)], [1, theme.faded(purple, 0.6)]],
        "line": {"width": 1, "color": theme.faded(purple, 0.5)},
    }
    a, b = chord
    halfway = (a + b) / 2
    is_above = middle[0] > middle[1]
    lower_axes = {"xaxis": "x2", "yaxis": "y2"}
    shown = [*ends, *middle]
    traces = [
        contours,
        segment([a, b], [height, height], "ink", dash="solid", width=3),
        {**ring(a, height, "ink"), "x": [a, b], "y": [height, height]},
        {**curve(weights, cut, "loss"), **lower_axes},
        {**segment([a, b], shown[:2], "ink", dash="solid", width=3), **lower_axes},
        {**ring(a, shown[0], "ink"), "x": [a, b], "y": shown[:2], **lower_axes},
        {
            **segment([halfway, halfway], shown[2:], "excess" if is_above else "quiet", dash="solid", width=5),
            **lower_axes,
        },
        {
            **label_trace(
                [
                    Label(
                        8,
                        1.5 * highest,
                        "surface above its chord: not convex" if is_above else "surface below its chord",
                        theme.color("excess" if is_above else "quiet"),
                        "bottom left",
                    )
                ]
            ),
            **lower_axes,
        },
    ]
    upper = layout(Axis("", -8, 8, (-8, -4, 0, 4, 8)), Axis("weight w₂", -8, 8, (-8, 0, 8)))
    unit = " (nats)" if loss == "cross-entropy" else ""
    lower = layout(WEIGHTS, Axis(f"loss{unit}", 0, 1.5 * highest, (0, highest)))
    upper["yaxis"] |= {"domain": [0.42, 1], "showgrid": False}
    upper["xaxis"] |= {"anchor": "y", "showticklabels": False}
    return Figure(
        traces,
        {
            **upper,
            "xaxis2": {**lower["xaxis"], "anchor": "y2"},
            "yaxis2": {**lower["yaxis"], "domain": [0, 0.36], "anchor": "x2"},
        },
    )


def honesty(
    p: np.ndarray,
    ce_expected: np.ndarray,
    se_expected: np.ndarray,
    *,
    truth: float,
    best: tuple[float, float],
    lowest: tuple[float, float],
) -> Figure:
    """Return the expected loss of every report p under both losses, with the best report for each.

    p, ce_expected, se_expected  (n)  reports, and the expected cross-entropy and squared error
    truth         the true probability of yes
    best, lowest  for each loss the best report and its expected loss
    """
    is_left = truth > 0.5  # the curves are high on the far side of the truth, so their names are placed there
    is_central = 0.34 < truth < 0.66  # then the names of the curves need the room on that side, the numbers the other
    ce_label_at, se_label_at = (0.12 if is_central else 0.2, 0.42) if is_left else (0.88 if is_central else 0.8, 0.58)
    ce_height, se_height = np.interp(ce_label_at, p, ce_expected), np.interp(se_label_at, p, se_expected)
    inner, outer = ("left", "right") if is_left else ("right", "left")
    number_side = outer if is_central else inner
    cross_entropy, squared = theme.color("loss"), theme.color("squared")
    traces = [
        segment([truth, truth], [0, 2], "truth", dash="solid", width=2.5),
        curve(p, ce_expected, "loss"),
        curve(p, se_expected, "squared", width=3),
        ring(best[0], lowest[0]),
        ring(best[1], lowest[1], "squared"),
    ]
    labels = [
        Label(truth, 1.93, f"{GAP}truth {percent(truth)}{GAP}", theme.color("truth"), f"middle {inner}"),
        Label(best[0], lowest[0] + 0.06, f"{GAP}<b>{text(lowest[0])}</b>{GAP}", cross_entropy, f"top {number_side}"),
        Label(best[1], lowest[1] - 0.02, f"{GAP}<b>{text(lowest[1])}</b>{GAP}", squared, f"bottom {number_side}"),
        Label(ce_label_at, ce_height, "cross-entropy", cross_entropy, f"top {outer}"),
        Label(se_label_at, se_height - 0.02, "squared error", squared, f"bottom {inner}"),
    ]
    report = Axis("what the model says, p", 0, 1, (0, 0.25, 0.5, 0.75, 1), ("0", "¼", "½", "¾", "1"))
    cost = Axis("expected loss (cross-entropy in nats)", -0.25, 2, (0, 0.5, 1, 1.5, 2), ("0", "½", "1", "1½", "2"))
    return Figure([*traces, label_trace(labels)], layout(report, cost))
