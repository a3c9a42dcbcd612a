"""The figures of the lesson on class weights: two groups, one of them rare, and the reports of a weighted model."""

from typing import NamedTuple

import numpy as np

from xent_ui.figures.base import (
    GAP,
    Axis,
    Figure,
    GuessMark,
    Label,
    Trace,
    curve,
    guess_traces,
    label_trace,
    layout,
    ring,
    segment,
)
from xent_ui.figures.panels import two_panels
from xent_ui.style import theme
from xent_ui.style.numbers import percent, text

LEFT, RIGHT = -3.0, 7.0
SHARE = (0, 0.25, 0.5, 0.75, 1)
NAMES = ("0", "¼", "½", "¾", "1")


class Groups(NamedTuple):
    """The densities of both groups at each measurement, as shares of the peak of the healthy; (n) each."""

    healthy: np.ndarray
    ill: np.ndarray
    weighted: np.ndarray  # the density of the ill times their weight


class Line(NamedTuple):
    """The decision boundary of a model, and the shares of the ill (found) and of the healthy (alarmed) beyond it."""

    x: float
    found: float
    alarmed: float


def boundary(
    x: np.ndarray,
    groups: Groups,
    truth: np.ndarray,
    model: np.ndarray,
    *,
    line: Line,
    typical: float,
    guess: GuessMark | None = None,
) -> Figure:
    """Return two panels: above, the probability of illness, true and predicted; below, the two groups and the line.

    x, truth, model  (n)  measurements, the true probability there, and what the weighted model says
    typical          the measurement at which the density of the ill peaks
    """
    healthy, ill = theme.class_color(0), theme.class_color(1)
    is_answered = guess is None or guess.true is not None
    marks, guess_labels = guess_traces(guess)
    labels = [label._replace(side="top right") for label in guess_labels]
    upper: list[Trace] = []
    lower: list[Trace] = [_filled(x, groups.healthy, healthy), _filled(x, groups.ill, ill)]
    highest = float((groups.weighted if is_answered else groups.ill).max())
    below = [
        Label(0, 1.02, "healthy", healthy, "top center"),
        Label(typical, highest + 0.02, f"{GAP}ill", ill, "top right"),
    ]
    if is_answered:
        at = min(max(line.x, LEFT), RIGHT)
        upper = [curve(x, truth, "truth", width=3), curve(x, model, "model"), segment([at, at], [0, 1], "ink")]
        lower += [
            {**curve(x, groups.weighted, "ink"), "line": {"color": ill, "width": 3, "dash": "dash"}},
            segment([at, at], [0, 1.78], "ink"),
        ]
        side = "middle center" if at < 5 else "middle left"
        free, inward = (LEFT, "middle right") if at > 2 else (RIGHT, "middle left")  # the side away from the line
        edge = "→ " if line.x > RIGHT else ""
        below += [
            Label(at, 1.9, f"<b>{edge}line at {text(line.x)}</b>", theme.color("ink"), side),
            Label(free, 1.63, f"finds {percent(line.found)} of the ill", ill, inward),
            Label(free, 1.37, f"alarms {percent(line.alarmed)} of the healthy", healthy, inward),
        ]
        labels += [
            Label(LEFT, 0.88, f"{GAP}truth", theme.color("truth")),
            Label(LEFT, 0.66, f"{GAP}model", theme.color("model")),
        ]
    return two_panels(
        Axis("what the test measured", LEFT, RIGHT, (-2, 0, 2, 4, 6), ("−2", "0", "2", "4", "6")),
        (Axis("chance of illness", 0, 1, (0, 0.5, 1), ("0", "½", "1")), [*upper, *marks, label_trace(labels)]),
        (Axis("how many, weighted", 0, 2, (0, 1), ("0", "1")), [*lower, label_trace(below)]),
        split=0.54,
    )


def _filled(x: np.ndarray, heights: np.ndarray, color: str) -> Trace:
    """Return a curve with the area below it filled."""
    area = curve(x, heights, "ink", width=2, dash="solid")
    return {**area, "fill": "tozeroy", "fillcolor": theme.faded(color, 0.3), "line": {"color": color, "width": 2}}


def report_for_truth(
    truths: np.ndarray, reports: np.ndarray, *, at: tuple[float, float, float], cheapest: str = "cheapest"
) -> Figure:
    """Return what the weighted model says for each true probability, with the learner's own report.

    truths, reports  (n)  the curve
    at               the true probability, what the model says for it, and the learner's report
    cheapest         the name of the model's report in its label
    """
    p, best, report = at
    truth, model, loss = theme.color("truth"), theme.color("model"), theme.color("loss")
    traces = [
        curve([0, 1], [0, 1], "truth", width=2),
        curve(truths, reports, "model"),
        segment([p, p], [0, 1], "quiet"),
        segment([p, p], sorted((p, best)), "excess", dash="solid", width=6),
        {
            "type": "scatter",
            "mode": "markers",
            "x": [p, p],
            "y": [p, best],
            "hoverinfo": "skip",
            "marker": {"size": 12, "color": [truth, model], "symbol": ["circle", "triangle-up"]},
        },
        ring(p, report),
    ]
    inward = 0.035 if best < p else -0.035  # away from the curve
    beside = "middle right" if p < 0.6 else "middle left"
    on_diagonal = "bottom right" if p < 0.6 else "top left"  # where the diagonal leaves room
    labels = [
        Label(p, p, f"{GAP}truth {percent(p)}{GAP}", truth, on_diagonal),
        *_apart(
            [
                Label(p, best + inward, f"{GAP}<b>{cheapest} {percent(best)}</b>{GAP}", model, beside),
                Label(p, report, f"{GAP}you {percent(report)}{GAP}", loss, beside),
            ]
        ),
    ]
    return Figure(
        [*traces, label_trace(labels)],
        layout(Axis("true probability", 0, 1, SHARE, NAMES), Axis("what the model says", 0, 1, SHARE, NAMES)),
    )


def _apart(labels: list[Label]) -> list[Label]:
    """Return two labels, moved apart where they would overlap."""
    low, high = sorted(labels, key=lambda label: label.y)
    push = max(0.0, 0.07 - (high.y - low.y)) / 2
    return [low._replace(y=max(0.03, low.y - push)), high._replace(y=min(0.97, high.y + push))]
