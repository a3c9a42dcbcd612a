"""The expected loss of every report, on a triangle or along a line, with the best one; and the pulls of outcomes."""

from typing import Any, NamedTuple

import numpy as np

from xent_ui.figures.base import (
    GAP,
    SIZE,
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
    on_axes,
    ring,
    segment,
    short,
)
from xent_ui.style import theme
from xent_ui.style.numbers import text

GUESS_AT = 0.04  # on the x-axis, left of the side of the triangle
REPORTS_DOMAIN, PRICE_DOMAIN = (0, 0.64), (0.76, 1)  # shares of the width of the figure
STEPS = 20  # the triangle is covered with reports whose probabilities are multiples of 1/20


class Prices(NamedTuple):
    """The loss when an outcome happens, at each probability q that may be reported for it, and what to call it."""

    q: np.ndarray
    values: np.ndarray
    name: str = "loss f(q)"


def triangle(
    belief: np.ndarray,
    best: np.ndarray,
    reports: np.ndarray,
    losses: np.ndarray,
    *,
    prices: Prices,
    hidden: bool = False,
    guess: GuessMark | None = None,
) -> Figure:
    """Return a dot per report, darker the larger its expected loss, and an arrow from the belief to the best report.

    belief, best     (3,)  the probability of A is the height; C lies to the right
    reports, losses  (M, 3) and (M,)
    hidden           show the belief only, because the best report is the answer to an open question
    guess            of the probability of A in the best report
    """
    truth, model, quiet, ink = (theme.color(role) for role in ("truth", "model", "quiet", "ink"))
    edge = segment([0, 0.5, 1, 0], [0, 1, 0, 0], "quiet", dash="solid", width=1.5)
    traces: list[Trace] = []
    labels = [
        Label(0.5, 1.035, "A", ink, "top center"),
        Label(-0.04, 0, "B", ink, "middle left"),
        Label(1.04, 0, "C", ink, "middle right"),
    ]
    marks, guess_labels = guess_traces(guess)
    words = "guess" if guess and guess.true is not None else "guess <b>?</b>"
    labels += [label._replace(text=words, y=label.y - 0.045, side="bottom center") for label in guess_labels[:1]]
    start, end = place(belief), place(best)
    if not hidden:
        x, y = place(reports.T)
        traces.append(_heat(x, y, losses))
        moved = bool(np.abs(belief - best).max() > 1e-6)
        if moved:
            traces += [_arrow(start, end), _diamond(end)]
            report = ", ".join(short(share) for share in best)
            labels.append(Label(*end, f"{GAP}say {report}{GAP}", model, _side(end, start)))
        name, side = ("you believe", _side(start, end)) if moved else ("honest", "top right")
        labels.append(Label(*start, f"{GAP}{name}{GAP}", truth, side))
    else:
        labels.append(Label(*start, f"{GAP}you believe", truth))
    plan = layout(Axis("", -0.09, 1.09, (-9,)), Axis("q for A", -0.04, 1.1, (0.5, 1), ("½", "1")))
    plan["xaxis"]["showline"] = False
    plan["yaxis"]["showgrid"] = False
    shown = [edge, *traces, ring(*start, "truth"), *marks, _haloed(label_trace(labels, size=SIZE - 1))]
    return _with_price(shown, plan, prices)


def line(
    belief: float,
    best: float,
    losses: np.ndarray,
    expected: tuple[float, float],
    *,
    reports: np.ndarray,
    prices: Prices,
    hidden: bool = False,
) -> Figure:
    """Return the expected loss against the report for the first of two outcomes.

    reports, losses  (n,)
    expected         the expected loss of the honest report, and of the best one
    hidden           show the belief only, because the best report is the answer to an open question
    """
    bottom, top = _range(losses)
    truth, model = theme.color("truth"), theme.color("model")
    honest, least = (float(np.clip(each, bottom, top)) for each in expected)
    moved = abs(belief - best) > 1e-6
    offset = 0.1 * (top - bottom)
    if hidden:
        traces = [ring(belief, bottom, "truth")]
        labels = [Label(belief, bottom + offset, "you believe", truth, "top center")]
    else:
        traces = [
            curve(reports, np.where(losses <= top, losses, np.nan), "loss"),
            segment([belief, belief], [bottom, honest], "truth", dash="solid"),
            ring(belief, honest, "truth"),
        ]
        labels = [Label(belief, honest + offset, "you believe" if moved else "honest", truth, "top center")]
        if moved:
            side = "top left" if best > 0.5 else "top right"
            traces.append(_diamond((best, least)))
            labels.append(Label(best, least + offset, f"say {short(best)}", model, side))
    y_axis = Axis("expected loss", bottom, top, _ticks(bottom, top))
    plan = layout(Axis("report q for A", 0, 1, (0, 0.5, 1), ("0", "½", "1")), y_axis)
    return _with_price([*traces, label_trace(labels, size=SIZE - 1)], plan, prices)


def _with_price(traces: list[Trace], plan: dict, prices: Prices) -> Figure:
    """Return a figure of these traces, with the loss for what happens against its q at the right."""
    bottom, top = _range(prices.values)
    shown = np.where((prices.values <= top) & (prices.values >= bottom), prices.values, np.nan)
    beside = layout(Axis("q", 0, 1, (0, 0.5, 1), ("0", "½", "1")), Axis("", bottom, top, _ticks(bottom, top)))
    name = label_trace([Label(0.5, top, prices.name, theme.color("loss"), "top center")], size=SIZE - 1)
    return Figure(
        [*traces, *on_axes([curve(prices.q, shown, "loss"), name], "x2", "y2")],
        {
            **plan,
            "xaxis": {**plan["xaxis"], "domain": list(REPORTS_DOMAIN)},
            "xaxis2": {**beside["xaxis"], "domain": list(PRICE_DOMAIN), "anchor": "y2"},
            "yaxis2": {**beside["yaxis"], "anchor": "x2"},
        },
    )


def pulls(q: np.ndarray, values: np.ndarray, *, dots: dict[str, tuple[float, float]], low: float) -> Figure:
    """Return the pull q f′(q) against q, with a dot for each outcome.

    values  (n,)  the pull at each q
    dots    the probability and the pull of each outcome, by its name; outcomes in the same place share a name
    low     where the axis of pulls ends
    """
    shown = np.where(values >= low, values, np.nan)
    gradient = theme.color("gradient")
    labels, rings = [], []
    for name, (p, pull) in dots.items():
        y, arrow = max(pull, low), "↓ " if pull < low else ""
        before, after = np.interp([p - 0.01, p + 0.01], q, values)
        above = after <= before or bool(arrow)  # to the right of the dot, a label above it misses a curve that falls
        at_left = p > 0.75
        side = f"{'top' if above != at_left else 'bottom'} {'left' if at_left else 'right'}"
        at = y - 0.03 * low if above != at_left else y + 0.03 * low
        labels.append(Label(p, at, f"{GAP}{name}: {arrow}{text(pull)}{GAP}", gradient, side))
        rings.append(ring(p, y, "truth"))
    traces = [curve(q, shown, "gradient", dash="solid"), *rings, label_trace(labels)]
    ticks = [each for each in _ticks(low, 0.0) if each <= 0]
    axis = Axis("pull p · f′(p)", 1.15 * low, -0.08 * low, ticks)
    return Figure(traces, layout(Axis("probability p", 0, 1, (0, 0.5, 1), ("0", "½", "1")), axis))


def place(shares: np.ndarray) -> tuple[Any, Any]:
    """Return the point of a report on the triangle, whose corners are A at the top, B at the left, C at the right.

    shares  (3, ...)  the probabilities of A, B and C
    """
    return shares[2] + shares[0] / 2, shares[0]


def _side(point: tuple[float, float], other: tuple[float, float]) -> str:
    """Return the side on which the label of one end of the arrow does not touch the arrow."""
    return ("top" if point[1] >= other[1] else "bottom") + (" right" if point[0] < 0.45 else " left")


def _heat(x: np.ndarray, y: np.ndarray, losses: np.ndarray) -> Trace:
    """Return a dot per report, pale where the loss is small; the tenth with the largest losses has one dark color."""
    large = np.quantile(losses, 0.9, method="lower")
    low, high = float(losses.min()), float(large if np.isfinite(large) else losses[np.isfinite(losses)].max())
    share = np.clip((losses - low) / (high - low), 0, 1) if high > low else np.zeros(len(losses))
    loss = theme.color("loss")
    return {
        "type": "scatter",
        "mode": "markers",
        "x": as_float32(x),
        "y": as_float32(y),
        "hoverinfo": "skip",
        "marker": {
            "size": 9,
            "color": as_float32(share),
            "cmin": 0,
            "cmax": 1,
            "showscale": False,
            "colorscale": [[0, theme.faded(loss, 0.06)], [1, theme.faded(loss, 0.75)]],
        },
    }


def _arrow(start: tuple[float, float], end: tuple[float, float]) -> Trace:
    """Return the line from the belief to the best report."""
    return curve([start[0], end[0]], [start[1], end[1]], "model", width=3)


def _diamond(best: tuple[float, float]) -> Trace:
    """Return the mark of the best report."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [best[0]],
        "y": [best[1]],
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {"size": 15, "symbol": "diamond", "color": theme.color("model")},
    }


def _haloed(trace: Trace) -> Trace:
    """Return labels with a halo, so that they can be read over dots."""
    halo = ", ".join([f"0 0 3px {theme.color('paper')}"] * 4)
    return {**trace, "textfont": {**trace["textfont"], "shadow": halo}}


def _range(values: np.ndarray) -> tuple[float, float]:
    """Return the ends of an axis that covers 95 % of the finite losses."""
    finite = values[np.isfinite(values)]
    low, high = float(finite.min()), float(np.quantile(finite, 0.95))
    high = high if high > low else low + 1
    pad = 0.08 * (high - low)
    return min(0.0, low - pad) if low < 0 or low < 0.5 * high else low - pad, high + 2 * pad


def _ticks(low: float, high: float) -> list[float]:
    """Return a few round values for an axis."""
    step = 10.0 ** np.floor(np.log10((high - low) / 2))
    step *= 5 if (high - low) / step > 10 else 2 if (high - low) / step > 4 else 1
    ticks = np.round(np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step, 9)
    return (ticks + 0.0).tolist()  # the sum turns -0 into 0
