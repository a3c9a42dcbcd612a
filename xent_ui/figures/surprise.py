"""Surprise against probability, surprise of two events, and the running mean of drawn surprises."""

import numpy as np

from xent_core import Unit
from xent_ui.figures.base import (
    RINGED,
    Axis,
    Figure,
    GuessMark,
    Label,
    bars,
    curve,
    guess_traces,
    label_trace,
    layout,
    ring,
    segment,
)
from xent_ui.style import theme
from xent_ui.style.numbers import exact_text, text

CEILING = {Unit.BITS: 10.0, Unit.NATS: 7.0}
PROBABILITY = Axis("probability of the event", 0, 1, (0, 0.25, 0.5, 0.75, 1), ("0", "¼", "½", "¾", "1"))


def surprise_axis(unit: Unit, title: str = "surprise") -> Axis:
    """Return the axis of surprises, which ends at 10 bits or 7 nats."""
    top = CEILING[unit]
    return Axis(f"{title} ({unit.symbol})", 0, top, np.arange(0, top + 1, 2 if unit is Unit.BITS else 1).tolist())


def surprise_curve(
    probs: np.ndarray, values: np.ndarray, *, at: tuple[float, float], unit: Unit, guess: GuessMark | None = None
) -> Figure:
    """Return the curve of surprise with the current point on it.

    probs, values  (n)  the curve, values in the unit shown; a part of it while a guess is open
    at             the current probability and its surprise
    guess          the guess; while it is open, the point is shown only if it lies on the part of the curve
    """
    p, h = at
    top = CEILING[unit]
    traces, labels = guess_traces(guess)
    traces = [curve(probs, values, "loss"), *traces]
    if p >= probs[0] or guess is None or guess.true is not None:
        shown = min(h, top)
        side = "top right" if p < 0.7 else "top left" if h > 0.4 else "top center"
        arrow = "↑ " if h > top else ""
        words = f"<b>{arrow}{text(h)} {unit.symbol}</b>"
        labels.append(Label(p, shown, words, theme.color("loss"), side, RINGED))
        traces = [segment([p, p, 0], [0, shown, shown], "quiet"), *traces, ring(p, shown)]
    return Figure([*traces, label_trace(labels)], layout(PROBABILITY, surprise_axis(unit)))


def two_events(probs: tuple[float, float], surprises: tuple[float, float], *, unit: Unit) -> Figure:
    """Return two panels: left, a unit square in which p × q is the area of both events; right, surprises, stacked."""
    a, b = probs
    ha, hb = surprises
    both = f"both: {exact_text(a * b)}"
    truth, model = theme.color("truth"), theme.color("model")
    square = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    traces = [
        {
            **square,
            "x": [0, a, a, 0, 0],
            "y": [0, 0, 1, 1, 0],
            "fill": "toself",
            "fillcolor": theme.faded(truth, 0.18),
            "line": {"color": truth, "width": 2},
        },
        {
            **square,
            "x": [0, 1, 1, 0, 0],
            "y": [0, 0, b, b, 0],
            "fill": "toself",
            "fillcolor": theme.faded(model, 0.18),
            "line": {"color": model, "width": 2, "dash": "dash"},
        },
        {
            **square,
            "x": [0, a, a, 0, 0],
            "y": [0, 0, b, b, 0],
            "fill": "toself",
            "fillcolor": theme.faded(theme.color("loss"), 0.55),
            "line": {"color": theme.color("loss"), "width": 3},
        },
        bars([0], [ha], truth, xaxis="x2", yaxis="y2"),
        bars([0], [hb], model, base=[ha], xaxis="x2", yaxis="y2", marker={"color": model, "pattern": {"shape": "/"}}),
        bars([1.8], [ha + hb], theme.color("loss"), xaxis="x2", yaxis="y2"),
        label_trace(
            [
                Label(a / 2, 1.04, f"A: {exact_text(a)}", truth, "top center"),
                Label(1.0, b, f"B: {exact_text(b)}", model, "top left"),
                *([Label(a / 2, b / 2, both, theme.color("ink"), "middle center")] if a > 0.15 and b > 0.1 else []),
            ]
        ),
        {
            **label_trace(
                [
                    Label(0.32, ha / 2, f"A: {text(ha)}", truth, "middle right"),
                    Label(0.32, ha + hb / 2, f"B: {text(hb)}", model, "middle right"),
                    Label(1.8, ha + hb, f"<b>{text(ha + hb)}</b>", theme.color("loss"), "top center"),
                ]
            ),
            "xaxis": "x2",
            "yaxis": "y2",
        },
    ]
    top = 12 if unit is Unit.BITS else 8  # more than two events of probability 0.02 carry together
    names = Axis("", -0.4, 2.2, (0, 1.8), ("A, then B", "A and B"))
    plan = layout(Axis("probability of A", 0, 1.0, (0, 1)), Axis("probability of B", 0, 1.15, (0, 1)))
    stack = layout(names, Axis(f"surprise ({unit.symbol})", 0, top))
    plan["xaxis"]["domain"] = [0, 0.4]
    return Figure(
        traces,
        {
            **plan,
            "xaxis2": {**stack["xaxis"], "domain": [0.56, 1], "anchor": "y2"},
            "yaxis2": {**stack["yaxis"], "anchor": "x2"},
        },
    )


def running_mean(means: np.ndarray, *, entropy: float, unit: Unit, most: int) -> Figure:
    """Return the mean surprise after each of n draws, in the unit shown, with a line at the entropy of the source."""
    n = len(means)
    draws = np.arange(1, n + 1)
    top = CEILING[unit] / 2
    traces = [
        segment([0, most], [entropy, entropy], "entropy", dash=theme.DASH["entropy"], width=3),
        curve(draws, means, "loss"),
    ]
    words, color = f"entropy {text(entropy)}", theme.color("entropy")
    labels = [Label(most, entropy, words, color, ("top left", "bottom left"), also=((most / 2, entropy), (0, entropy)))]
    if n:
        last = float(means[-1])
        traces.append(ring(n, min(last, top)))
        side = "bottom right" if n < most * 0.7 else "bottom left"
        labels.append(Label(n, min(last, top), f"<b>mean {text(last)}</b>", theme.color("loss"), side, RINGED))
    return Figure(
        [*traces, label_trace(labels)],
        layout(Axis("flips so far", 0, most), Axis(f"mean surprise ({unit.symbol})", 0, top)),
    )
