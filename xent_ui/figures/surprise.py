"""Surprise against probability, surprise of two events, and the running mean of drawn surprises."""

import numpy as np

from xent_core import Unit
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
)
from xent_ui.figures.table import Rows
from xent_ui.style import theme
from xent_ui.style.numbers import digits_that_add, exact_text, plain, text

CEILING = {Unit.BITS: 10.0, Unit.NATS: 7.0}
MOST_OF_TWO = {Unit.BITS: 12.0, Unit.NATS: 8.0}  # more than two events of probability 0.02 carry together
# Where the axis of a mean may end, and the distance of its ticks.
TOPS = ((0.1, 0.05), (0.2, 0.1), (0.3, 0.1), (0.4, 0.1), (0.6, 0.2), (0.8, 0.2), (1, 0.5), (1.5, 0.5), (2, 0.5))
HALVES = ("0", "½", "1")
IN_OR_BESIDE = ("middle center", "top right", "middle right", "top left", "bottom right", "bottom left")
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
    traces = [curve(probs, values, "loss", name=""), *traces]
    if p >= probs[0] or guess is None or guess.true is not None:
        shown = min(h, top)
        side = "top right" if p < 0.7 else "top left" if h > 0.4 else "top center"
        arrow = "↑ " if h > top else ""
        words = f"<b>{arrow}{text(h)} {unit.symbol}</b>"
        labels.append(Label(p, shown, words, theme.color("loss"), side, RINGED))
        is_crowded = theme.is_narrow() and guess is not None
        drop = [] if is_crowded else [segment([p, p, 0], [0, shown, shown], "quiet")]
        traces = [*drop, *traces, ring(p, shown, value=h)]
    return Figure([*traces, label_trace(labels)], layout(PROBABILITY, surprise_axis(unit)))


def two_events(probs: tuple[float, float], surprises: tuple[float, float], *, unit: Unit) -> Figure:
    """Return two panels: above, a square of area 1 in which p × q is the area of both events; below, surprises.

    Events have the colors of classes. The surprise of A and that of B, end to end, are as long as that of both.
    """
    (a, b), (ha, hb) = probs, surprises
    digits = digits_that_add(ha, hb)
    of_a, of_b, loss = theme.class_color(0), theme.class_color(1), theme.color("loss")
    square = [
        _rectangle(a, 1, of_a),
        _rectangle(1, b, of_b, dash="dash"),
        {**_rectangle(a, b, theme.color("ink")), "fillcolor": "rgba(0,0,0,0)"},
        label_trace(
            [
                Label(a / 2, 1, f"A: {exact_text(a)}", of_a, ("top center", "top right")),
                Label(1, b / 2, f"B: {exact_text(b)}", of_b, ("middle right",), gap=8),
                Label(a / 2, b / 2, f"both: {exact_text(a * b)}", theme.color("ink"), IN_OR_BESIDE, also=((a, b),)),
            ]
        ),
    ]
    rods = [
        _rod(0, ha, 2, of_a),
        _rod(ha, hb, 2, of_b),
        _rod(0, ha + hb, 1, loss),
        label_trace(
            [
                Label(ha / 2, 2.2, f"A: {text(ha, digits)}", of_a, ("top center", "top right")),
                Label(ha + hb / 2, 1.8, f"B: {text(hb, digits)}", of_b, ("bottom center", "bottom right")),
                Label(
                    ha + hb, 1, f"both: <b>{text(ha + hb, digits)}</b>", loss, ("middle right", "bottom left"), gap=8
                ),
            ]
        ),
    ]
    top = MOST_OF_TWO[unit]
    plan = layout(
        Axis("probability of A", 0, 1, (0, 0.5, 1), HALVES), Axis("probability of B", 0, 1, (0, 0.5, 1), HALVES)
    )
    sums = layout(Axis(f"surprise ({unit.symbol})", 0, top, np.arange(0, top + 0.1, 2).tolist()), Axis("", 0.5, 2.9))
    sums["yaxis"] |= {"visible": False}
    plan["margin"] |= {"t": 34, "r": 84}
    plan["yaxis"] |= {"domain": [0.56, 1], "showgrid": False}
    return Figure(
        [*square, *on_axes(rods, "x2", "y2")],
        {
            **plan,
            "xaxis2": {**sums["xaxis"], "anchor": "y2"},
            "yaxis2": {**sums["yaxis"], "domain": [0, 0.36], "anchor": "x2"},
        },
        tall=True,
        rows=[
            Rows(
                "two events",
                {
                    "event": ["A", "B", "both"],
                    "probability": [a, b, a * b],
                    sums["xaxis"]["title"]["text"]: [ha, hb, ha + hb],
                },
            )
        ],
    )


def _rectangle(width: float, height: float, color: str, *, dash: str = "solid") -> Trace:
    """Return a tinted rectangle in the lower left corner of the unit square."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [0, width, width, 0, 0],
        "y": [0, 0, height, height, 0],
        "fill": "toself",
        "fillcolor": theme.faded(color, 0.16),
        "line": {"color": color, "width": 2, "dash": dash},
        "hoverinfo": "skip",
    }


def _rod(start: float, length: float, row: int, color: str) -> Trace:
    """Return a horizontal bar that begins anywhere."""
    rod = bars([length], [row], color, width=0.4, orientation="h", base=[start])
    return {**rod, "x": as_float32([length]), "y": [row]}


def running_mean(means: np.ndarray, *, entropy: float, unit: Unit, most: int) -> Figure:
    """Return the mean surprise after each of n draws, in the unit shown, with a line at the entropy of the source.

    The axis ends at about twice the entropy, so that it stays as it is while n grows.
    """
    n = len(means)
    draws = np.arange(1, n + 1)
    top, step = next((top, step) for top, step in TOPS if top >= 2 * entropy - 1e-9)
    color = theme.color("entropy")
    traces = [
        segment([0, most], [entropy] * 2, "entropy", name="entropy", dash=theme.DASH["entropy"], width=3),
        curve(draws, means, "loss", name=""),
    ]
    names = Label(most, entropy, f"entropy {text(entropy)}", color, ("top left", "bottom left"))
    labels = [names._replace(also=((most / 2, entropy), (0, entropy)))]
    if n:
        last = float(means[-1])
        traces.append(ring(n, min(last, top), value=last))
        words = f"<b>mean {'↑ ' if last > top else ''}{text(last)}</b>"
        labels.append(Label(n, min(last, top), words, theme.color("loss"), "top right", RINGED))
    ticks = np.arange(0, top + step / 2, step).round(9).tolist()
    names_of_ticks = [plain(tick) for tick in ticks]
    return Figure(
        [*traces, label_trace(labels)],
        layout(
            Axis("flips so far", 0, most, range(0, most + 1, 100)),
            Axis(f"mean surprise ({unit.symbol})", 0, top, ticks, names_of_ticks),
        ),
    )
