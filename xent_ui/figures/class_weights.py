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
APART, LOWEST = 0.07, 0.03  # of the height: from label to label, and from a label to the lower edge
HIGHEST = 0.92  # of the height: a label there stays below a curve along the upper edge


class Groups(NamedTuple):
    """The densities of both groups at each measurement, as shares of the peak of the healthy; (n) each."""

    healthy: np.ndarray
    ill: np.ndarray
    weighted: np.ndarray  # the density of the ill times their weight


class Line(NamedTuple):
    """Where the model says ill: the line, the share of the ill beyond it, and the share of the ill among those."""

    x: float
    recall: float
    precision: float


def boundary(
    x: np.ndarray,
    groups: Groups,
    truth: np.ndarray,
    model: np.ndarray,
    *,
    line: Line,
    typical: float,
    guess: GuessMark | None = None,
    shows_unlikely: bool = True,
) -> Figure:
    """Return two panels: above, the probability of illness, true and predicted; below, the two groups and the line.

    x, truth, model  (n)  measurements, the true probability there, and what the weighted model says
    typical          the measurement at which the density of the ill peaks
    shows_unlikely   whether to draw probabilities below one half, which answer the question
    """
    healthy, ill = theme.class_color(0), theme.class_color(1)
    marks, guess_labels = guess_traces(guess)
    labels = [label._replace(text=f"{label.text.strip()}{GAP}", side="top left") for label in guess_labels]
    if guess is not None and guess.true is None and line.x < guess.x:
        side = "bottom right" if guess.guessed > 0.3 else "top right"  # away from the line and from the axis
        labels = [label._replace(text=f"{GAP}{label.text.strip()}", side=side) for label in labels]
    if guess is not None and guess.true is not None:
        labels[0] = labels[0]._replace(y=max(guess.guessed, guess.true + 0.18))  # its name stays clear of the truth's
    at = min(max(line.x, LEFT), RIGHT)
    likely = [probs >= (0 if shows_unlikely else 0.5) for probs in (truth, model)]
    upper: list[Trace] = [
        curve(x[likely[0]], truth[likely[0]], "truth", width=3),
        curve(x[likely[1]], model[likely[1]], "model"),
        segment([at, at], [0, 1], "ink"),
    ]
    lower: list[Trace] = [
        _filled(x, groups.healthy, healthy),
        _filled(x, groups.ill, ill),
        {**curve(x, groups.weighted, "ink"), "line": {"color": ill, "width": 3, "dash": "dash"}},
        segment([at, at], [0, 2.0], "ink"),
    ]
    beside = "middle center" if at < 5 else "middle left"
    free, inward = (LEFT, "middle right") if at > 2 else (RIGHT, "middle left")  # the side away from the line
    edge = "→ " if line.x > RIGHT else "← " if line.x < LEFT else ""
    name = "ill, weighted" if np.any(groups.weighted != groups.ill) else "ill"
    below = [
        Label(0, 1.02, "healthy", healthy, "top center"),
        Label(typical, float(groups.weighted.max()) + 0.02, f"{GAP}{name}", ill, "top right"),
        Label(at, 2.16, f"<b>{edge}line at {text(line.x)}</b>", theme.color("ink"), beside),
        Label(free, 1.86, f"recall {percent(line.recall)}", ill, inward),
        Label(free, 1.52, f"precision {percent(line.precision)}", theme.color("ink"), inward),
    ]
    labels += [Label(LEFT, 0.93, "truth", theme.color("truth")), Label(LEFT, 0.73, "model", theme.color("model"))]
    return two_panels(
        Axis("test result", LEFT, RIGHT, (-2, 0, 2, 4, 6), ("−2", "0", "2", "4", "6")),
        (Axis("chance of illness", 0, 1, (0, 0.5, 1), ("0", "½", "1")), [*upper, *marks, label_trace(labels)]),
        (Axis("how many people", 0, 2.3, (0, 1), ("0", "1")), [*lower, label_trace(below)]),
        split=0.54,
        tall=True,
    )


def _filled(x: np.ndarray, heights: np.ndarray, color: str) -> Trace:
    """Return a curve with the area below it filled."""
    area = curve(x, heights, "ink", width=2, dash="solid")
    return {**area, "fill": "tozeroy", "fillcolor": theme.faded(color, 0.3), "line": {"color": color, "width": 2}}


def report_for_truth(
    truths: np.ndarray, reports: np.ndarray, *, at: tuple[float, float, float], best_name: str = "best"
) -> Figure:
    """Return what the weighted model says for each true probability, with the learner's own report.

    truths, reports  (n)  the curve
    at               the true probability, what the model says for it, and the learner's report
    best_name        the name of the model's report in its label
    """
    t, best, report = at
    truth, model, loss = theme.color("truth"), theme.color("model"), theme.color("loss")
    traces = [
        curve([0, 1], [0, 1], "truth", width=2),
        curve(truths, reports, "model"),
        segment([t, t], [0, 1], "quiet"),
        segment([t, t], sorted((t, best)), "excess", dash="solid", width=6),
        {
            "type": "scatter",
            "mode": "markers",
            "x": [t, t],
            "y": [t, best],
            "hoverinfo": "skip",
            "marker": {"size": 12, "color": [truth, model], "symbol": ["circle", "triangle-up"]},
        },
        ring(t, report),
    ]
    is_left = t < 0.6
    beside = "middle right" if is_left else "middle left"
    inward = 0.05 if best < t else -0.05  # away from the curve
    on_diagonal = -0.055 if is_left else 0.055  # where the diagonal leaves room
    named = [
        (t, Label(t, t + on_diagonal, f"{GAP}truth {percent(t)}{GAP}", truth, beside)),
        (best, Label(t, best + inward, f"{GAP}<b>{best_name} {percent(best)}</b>{GAP}", model, beside)),
        (report, Label(t, report, f"{GAP}you {percent(report)}{GAP}", loss, beside)),
    ]
    labels = _apart([label for _, label in sorted(named, key=lambda each: each[0])])
    return Figure(
        [*traces, label_trace(labels)],
        layout(Axis("true probability t", 0, 1, SHARE, NAMES), Axis("what the model says, p", 0, 1, SHARE, NAMES)),
    )


def _apart(labels: list[Label]) -> list[Label]:
    """Return labels, given from bottom to top, moved apart where they would overlap, none beyond the axis."""
    moved: list[Label] = []
    for label in labels:
        lowest = moved[-1].y + APART if moved else LOWEST
        moved.append(label._replace(y=max(lowest, label.y)))
    highest = HIGHEST
    for i in reversed(range(len(moved))):
        moved[i] = moved[i]._replace(y=min(highest, moved[i].y))
        highest = moved[i].y - APART
    return moved
