"""Losses for predicting a number, a number in bins, a yes or no, and an order."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from xent_core import ValueAndGrad
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
    on_axes,
    ring,
    segment,
)
from xent_ui.figures.floor import floor_gauge
from xent_ui.figures.panels import two_panels
from xent_ui.style import theme
from xent_ui.style.numbers import text

HIGHEST_PRICE, HIGHEST_MARGIN, HIGHEST_SCORE = 12.0, 3.0, 3.0
PRICE = Axis("price (hundred thousand dollars)", 0, HIGHEST_PRICE, (0, 2, 4, 6, 8, 10, 12))
DASHES = ("solid", "dash", "dashdot")


def one_price(
    prices: np.ndarray,
    losses: np.ndarray,
    *,
    at: tuple[float, float, float],
    most: float,
    houses: Sequence[float],
    best: Mapping[str, float],
    chosen: str,
    guess: GuessMark | None = None,
) -> Figure:
    """Return the mean loss of each price above, and the houses with the best price under each loss below.

    prices, losses  (n,)  the curve of the chosen loss; a part of it while a guess is open
    at              the current price, its mean loss and the slope there
    most            where the axis of losses ends
    houses          the prices of the houses; the last is the castle
    best            the price with the smallest mean loss, by the name of the loss
    chosen          the name of the chosen loss
    guess           of a price; while it is open, the slope and the best prices are hidden, and the current point
                    is shown only if it lies on the part of the curve
    """
    c, value, slope = at
    quiet, loss, ink = theme.color("quiet"), theme.color("loss"), theme.color("ink")
    shown, run = min(value, most), 0.08 * HIGHEST_PRICE
    rows = len(best)
    top = rows if guess is None else rows + 1  # the row of the houses; a guess has a row of its own below it
    side = "top right" if c < HIGHEST_PRICE / 2 else "top left"
    is_answered = guess is None or guess.true is not None
    upper, named = [curve(prices, np.minimum(losses, 1.2 * most), "loss")], []
    if is_answered:
        upper.append(curve([c - run, c + run], [shown - run * slope, shown + run * slope], "gradient"))
        words = f"slope {text(slope, signed=True)}"
        named.append(Label(HIGHEST_PRICE, 0.08 * most, words, theme.color("gradient"), "middle left"))
    if is_answered or c >= prices[0]:
        upper.append(ring(c, shown))
        words = f"{GAP}<b>{'↑ ' if value > most else ''}{text(value)}</b>{GAP}"
        named.append(Label(c, shown, words, loss, side if is_answered else "bottom right"))
    upper.append(label_trace(named))
    dot = {"type": "scatter", "mode": "markers", "hoverinfo": "skip", "cliponaxis": False}
    lower: list[Trace] = [
        segment([c, c], [-0.6, top + 0.6], "quiet"),
        {**dot, "x": list(houses[:-1]), "y": [top] * (len(houses) - 1), "marker": {"size": 13, "color": ink}},
        {
            **dot,
            "x": [houses[-1]],
            "y": [top],
            "marker": {"size": 19, "color": theme.color("paper"), "line": {"width": 4, "color": ink}},
        },
    ]
    labels = [Label(houses[-1], top, f"{GAP}castle{GAP}", ink, "middle right" if houses[-1] < 10 else "middle left")]
    if is_answered:
        heights = range(rows - 1, -1, -1)
        lower.append(
            {
                **dot,
                "x": list(best.values()),
                "y": list(heights),
                "marker": {
                    "size": 14,
                    "symbol": "triangle-up",
                    "color": [loss if name == chosen else quiet for name in best],
                },
            }
        )
        labels += [
            Label(
                price,
                y,
                f"{GAP}{f'<b>{text(price)}</b>' if name == chosen else text(price)}{GAP}",
                loss if name == chosen else quiet,
                "middle left" if 0 < c - price < 0.25 * HIGHEST_PRICE else "middle right",  # off the line at c
            )
            for (name, price), y in zip(best.items(), heights, strict=True)
        ]
    if guess is not None:
        marks, _ = guess_traces(GuessMark(rows, guess.guessed, guess.true))
        lower += [{**mark, "x": mark["y"], "y": mark["x"]} for mark in marks]  # the guess is a price, along the x-axis
        side = "middle right" if guess.guessed < 0.6 * HIGHEST_PRICE else "middle left"
        words = f"{GAP}your guess{' <b>?</b>' if guess.true is None else ''}{GAP}"
        labels.append(Label(guess.guessed, rows, words, quiet, side))
    strip = Axis("", -0.6, top + 0.6, (top, *range(rows - 1, -1, -1)), ("houses", *best))
    title = "mean Huber loss" if chosen == "Huber" else f"mean {chosen} error"
    return two_panels(
        PRICE, (Axis(title, 0, most), upper), (strip, [*lower, label_trace(labels)]), left=76
    )  # the names of the rows need room


def margins(
    at: float, sweep: np.ndarray, losses: Mapping[str, tuple[ValueAndGrad, ValueAndGrad]], *, chosen: str
) -> Figure:
    """Return the losses of a margin above and their slopes below, with the chosen one in color.

    at      the current margin
    sweep   (n,)  the margins of the curves
    losses  by name: the loss along the sweep, and at the current margin
    """
    quiet, top, low = theme.color("quiet"), 5.0, -5.0
    upper: list[Trace] = [segment([0, 0], [0, top], "grid", dash="solid")]
    lower: list[Trace] = [segment([0, 0], [low, 0.5], "grid", dash="solid")]
    names: list[Label] = []
    label_places = ((-3, 1.35), (-3, 4.5), (-1.0, 4.55))  # where each name has room
    for (name, (along_sweep, _)), dash, place in zip(losses.items(), DASHES, label_places, strict=True):
        is_chosen = name == chosen
        width = 4.0 if is_chosen else 2.0
        upper.append(
            curve(
                sweep, np.minimum(along_sweep.value, top + 1), "loss" if is_chosen else "quiet", width=width, dash=dash
            )
        )
        lower.append(
            curve(
                sweep,
                np.maximum(along_sweep.grad, low - 1),
                "gradient" if is_chosen else "quiet",
                width=width,
                dash=dash,
            )
        )
        names.append(
            Label(*place, f" <b>{name}</b>" if is_chosen else f" {name}", theme.color("loss") if is_chosen else quiet)
        )
    value, slope = (float(part) for part in losses[chosen][1])
    labels = [
        Label(
            HIGHEST_MARGIN,
            0.94 * top,
            f"<b>{'↑ ' if value > top else ''}{text(value)}</b>",
            theme.color("loss"),
            "middle left",
        )
    ]
    below = [
        Label(
            HIGHEST_MARGIN,
            0.82 * low,
            f"<b>{'↓ ' if slope < low else ''}{text(slope)}</b>",
            theme.color("gradient"),
            "middle left",
        )
    ]
    return two_panels(
        Axis(
            "margin m: above 0 if the answer is right",
            -HIGHEST_MARGIN,
            HIGHEST_MARGIN,
            (-2, -1, 0, 1, 2),
            ("−2", "−1", "0", "1", "2"),
        ),
        (Axis("loss", 0, top, (0, 1, 2, 3, 4, 5)), [*upper, ring(at, min(value, top)), label_trace([*names, *labels])]),
        (
            Axis("slope in m", low, 0.5, (-4, -2, 0), ("−4", "−2", "0")),
            [*lower, ring(at, max(slope, low), "gradient"), label_trace(below)],
        ),
    )


class Items(NamedTuple):
    """The items of a list, the most relevant first.

    moves  the negative gradient of the loss: how a step of gradient descent moves each score
    """

    names: Sequence[str]
    scores: np.ndarray
    moves: np.ndarray


def ranking(
    items: Items,
    *,
    missing: Sequence[tuple[int, int, float]] = (),
    first: np.ndarray | None = None,
    parts: tuple[float, float] | None = None,
) -> Figure:
    """Return the items at their scores, the most relevant on top; an arrow shows how the loss moves each of them.

    missing  (better, worse, lack) for each pair of items whose lead is too small by ``lack``
    first    the probability of each item to come first, written beside it
    parts    the floor and the excess of the loss, drawn as a gauge on the right
    """
    k = len(items.names)
    rows = np.arange(k - 1, -1, -1)
    traces: list[Trace] = [
        segment([items.scores[i], items.scores[j]], [rows[i], rows[j]], "excess", dash="solid", width=1 + 2.5 * lack)
        for i, j, lack in missing
    ]
    ends = items.scores + 1.6 * items.moves
    for score, end, row in zip(items.scores, ends, rows, strict=True):
        if abs(end - score) > 0.02:
            traces.append(_arrow(float(score), float(end), float(row)))
    traces.append(
        {
            "type": "scatter",
            "mode": "markers+text",
            "x": items.scores.tolist(),
            "y": rows.tolist(),
            "text": [f"<b>{name}</b>" for name in items.names],
            "hoverinfo": "skip",
            "cliponaxis": False,
            "textfont": {"color": theme.color("paper"), "size": 16},
            "marker": {"size": 32, "color": [theme.class_color(i) for i in range(k)]},
        }
    )
    if first is not None:
        traces.append(
            label_trace(
                Label(float(x), row + 0.33, f"{100 * p:.0f} %", theme.color("model"), "middle center")
                for x, row, p in zip(items.scores, rows, first, strict=True)
            )
        )
    plan = layout(
        Axis("score", -HIGHEST_SCORE - 0.5, HIGHEST_SCORE + 0.5, (-2, 0, 2), ("−2", "0", "2")),
        Axis("", -0.6, k - 0.35, rows.tolist(), [f"{n}." for n in range(1, k + 1)]),
    )
    plan["margin"] = {**plan["margin"], "l": 36}
    if parts is None:
        return Figure(traces, plan)
    gauge = floor_gauge(*parts, at=0.5, width=0.5, top=6.0)
    loss = layout(Axis("", 0.2, 2.6, (0.5,), ("nats",)), Axis("", 0, 6.0, (0, 2, 4, 6)))
    plan["xaxis"]["domain"] = [0, 0.62]
    return Figure(
        [*traces, *on_axes([*gauge.traces, label_trace(gauge.labels)], "x2", "y2")],
        {
            **plan,
            "xaxis2": {**loss["xaxis"], "domain": [0.7, 1], "anchor": "y2"},
            "yaxis2": {**loss["yaxis"], "anchor": "x2"},
        },
    )


def _arrow(start: float, end: float, row: float) -> Trace:
    """Return an arrow along a row."""
    head = "triangle-right" if end > start else "triangle-left"
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [start, end],
        "y": [row, row],
        "hoverinfo": "skip",
        "cliponaxis": False,
        "line": {"color": theme.color("gradient"), "width": 4},
        "marker": {"size": [0, 14], "symbol": head, "color": theme.color("gradient"), "opacity": 1},
    }


def bets(bins: np.ndarray, nats: np.ndarray, squared: np.ndarray, *, at: int, true: int, most: float) -> Figure:
    """Return −ln of the forecast above and the squared error below, of a forecast that favors each bin in turn.

    bins, nats, squared  (K,)  the bins, and both losses of a forecast that favors them
    at, true             the currently favored bin, and the true one
    most                 where the upper axis ends, in nats
    """
    dot = {"type": "scatter", "mode": "markers", "x": bins.tolist(), "hoverinfo": "skip", "cliponaxis": False}

    def panel(values: np.ndarray, top: float, name: str) -> tuple[Axis, list[Trace]]:
        shown = np.minimum(values, top)
        value = f"<b>{text(float(values[at]))}</b>"
        return Axis(name, 0, top), [
            segment([true, true], [0, top], "truth", dash="solid", width=2),
            {**dot, "y": shown.tolist(), "marker": {"size": 9, "color": theme.color("quiet")}},
            ring(at, float(shown[at])),
            label_trace(
                [
                    Label(at, float(shown[at]) + 0.07 * top, value, theme.color("loss"), "top center"),
                    Label(true, 0.94 * top, " sold", theme.color("truth")),
                ]
            ),
        ]

    return two_panels(
        Axis("favored bin (each 100,000 dollars)", -0.5, len(bins) - 0.5, (0, 2, 4, 6, 8, 10)),
        panel(nats, most, "−ln p (nats)"),
        panel(squared, 100.0, "squared error"),
    )
