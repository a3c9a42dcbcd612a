"""A learner's predictions: the losses of all rows, a temperature, a threshold."""

import html
from typing import NamedTuple

import numpy as np

from xent_core import ReliabilityCurve
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
    on_axes,
    ring,
    segment,
)
from xent_ui.figures.reliability import FORECAST_AXIS, FREQUENCY_AXIS, reliability_diagram
from xent_ui.style import theme
from xent_ui.style.numbers import counted, percent, text
from xent_ui.style.words import visible

CEILINGS = (1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 15.0, 20.0)
MOST_POINTS = 240  # of a curve
LOWEST_T, HIGHEST_T = 0.2, 5.0


class RowLosses(NamedTuple):
    """The losses of all rows in nats, the largest first.

    loss      (n,)  the losses
    clipped   (n,)  the losses with clipped probabilities
    mean      the mean of the clipped losses
    baseline  the mean loss of a model that always predicts the shares of the classes
    """

    loss: np.ndarray
    clipped: np.ndarray
    mean: float
    baseline: float


class TemperatureCurve(NamedTuple):
    """The log loss of held-out rows against the temperature.

    at_one     the log loss at a temperature of 1
    fitted     the temperature that was fitted on the other rows
    at_fitted  the log loss at the fitted temperature
    """

    temperatures: np.ndarray
    losses: np.ndarray
    at_one: float
    fitted: float
    at_fitted: float


def name_of(text_: str, most: int = 16) -> str:
    """Return the name of a class as a label without markup."""
    shown = visible(text_)
    return html.escape(shown if len(shown) <= most else shown[: most - 1] + "…")


def ceiling(values: np.ndarray) -> float:
    """Return the end of an axis that shows all finite values up to 20."""
    finite = values[np.isfinite(values)]
    most = float(finite.max(initial=0))
    return next((top for top in CEILINGS if most <= top), CEILINGS[-1])


def row_losses(rows: RowLosses, *, n_worst: int, share: float, guess: GuessMark | None = None) -> Figure:
    """Draw the loss of every row, the largest first; the dark part of the area is the sum over the worst rows.

    n_worst  the number of rows that count as the worst
    share    their share of the sum of all losses
    guess    of the median; while it is open, the losses of the rows are not shown
    """
    n, top = len(rows.loss), ceiling(rows.loss)
    traces, labels = guess_traces(guess)
    traces = [segment([0, 100], [rows.baseline] * 2, "quiet", dash="dash"), *traces]
    labels = [label._replace(side="top right") for label in labels]  # the line may run through the guess
    loss, quiet, ink = theme.color("loss"), theme.color("quiet"), theme.color("ink")
    if guess:  # placed above both lines, because the guess may be close to the mean, which is labeled below
        above = max(guess.guessed, guess.true or 0, rows.baseline) + 0.06 * top
        labels = [
            Label(
                guess.x, above, "your guess" if guess.true is not None else "your guess <b>?</b>", quiet, "top center"
            )
        ]
    is_mean_low = rows.mean <= rows.baseline
    arrow = "↑ " if rows.mean > top else ""
    gap = 0.012 * top  # between a line and a label below it
    is_below = is_mean_low or bool(arrow)
    mean_line = segment([0, 100], [min(rows.mean, top)] * 2, "loss", dash="solid", width=3)
    end = 100 if n_worst < 0.9 * n else 95  # left of the ring
    labels += [
        Label(
            end,
            min(rows.mean, top) - is_below * gap,
            f"<b>{arrow}log loss {text(rows.mean)}</b>",
            loss,
            "bottom left" if is_below else "top left",
        ),
        Label(
            end,
            rows.baseline - (not is_mean_low) * gap,
            f"shares of the classes {text(rows.baseline)}",
            quiet,
            "top left" if is_mean_low else "bottom left",
        ),
    ]
    if guess is not None and guess.true is None:
        traces = [mean_line, *traces]
    else:
        place, loss_there = 100 * n_worst / n, float(rows.clipped[n_worst - 1])
        is_clipped = bool((rows.clipped < rows.loss).any())
        n_infinite = int(np.isinf(rows.clipped).sum())
        labels += _share_labels(n_worst, place, share, top, ink)
        if n_infinite:
            labels.append(Label(2, top, f"↑ ∞ in {counted(n_infinite, 'row')}", loss, "bottom right"))
        traces = [
            *([_stairs(rows.loss, 0, n, top, fill=0, dash="dot")] if is_clipped else []),
            _stairs(rows.clipped, 0, n, top, fill=0.16),
            _stairs(rows.clipped, 0, n_worst, top, fill=0.6, whole=n),
            mean_line,
            *traces,
            segment([place, place], [0, top], "quiet"),
            ring(place, min(loss_there, top)),
        ]
    plan = layout(
        Axis("rows, the largest loss first", 0, 100, (0, 25, 50, 75, 100), ("0", "25 %", "50 %", "75 %", "all")),
        Axis("loss of the row (nats)", 0, top, _ticks(top)),
    )
    return Figure([*traces, label_trace(labels)], plan)


def _share_labels(n_worst: int, place: float, share: float, top: float, color: str) -> list[Label]:
    """Return labels with the number of the worst rows and their share of the sum."""
    is_left = place > 50
    x, side, before, after = (place, "left", "", GAP) if is_left else (max(place, 5), "right", GAP, "")
    who = f"{counted(n_worst, 'worst row')}:"
    lines = (who, f"<b>{percent(share)} of the total loss</b>")
    return [
        Label(x, top * (0.66 - 0.09 * i), before + line + after, color, f"middle {side}")
        for i, line in enumerate(lines)
    ]


def _ticks(top: float) -> list[float]:
    step = 0.25 if top <= 1 else 0.5 if top <= 2 else 1 if top <= 4 else 2 if top <= 10 else 5
    return np.arange(0, top + step / 2, step).tolist()


def _stairs(
    loss: np.ndarray, start: int, end: int, top: float, *, fill: float, dash: str = "solid", whole: int | None = None
) -> Trace:
    """Draw the sorted losses of the rows from start to end as steps, cut at the top of the axis.

    whole  the number of rows that the x-axis shows; by default ``end``
    """
    at = np.unique(np.linspace(start, end - 1, MOST_POINTS).astype(int))
    x = np.append(at, end) * 100 / (whole or end)
    y = np.minimum(np.append(loss[at], loss[end - 1]), top)
    color = theme.color("loss")
    drawn = curve(x, y, "loss" if dash == "solid" else "quiet", width=2 if dash == "solid" else 1.5, dash=dash)
    drawn["line"]["shape"] = "hv"
    return drawn | ({"fill": "tozeroy", "fillcolor": theme.faded(color, fill)} if fill else {})


def reliability_at_temperature(
    curve_: ReliabilityCurve, temperature_curve: TemperatureCurve, *, at: tuple[float, float], forecast: str
) -> Figure:
    """Draw the reliability diagram at the current temperature, above the log loss at every temperature.

    at        the current temperature and its log loss
    forecast  what the forecast is the probability of
    """
    diagram, notes = reliability_diagram(curve_)
    least = float(temperature_curve.losses.min())
    low, high = 0.8 * least, max(1.25 * temperature_curve.at_one, 1.5 * least, least + 1e-3)
    T, value = at
    shown = min(value, high)
    loss, ink = theme.color("loss"), theme.color("ink")
    fitted_at = float(np.clip(temperature_curve.fitted, LOWEST_T, HIGHEST_T))
    beyond = "→ " if temperature_curve.fitted > HIGHEST_T else "← " if temperature_curve.fitted < LOWEST_T else ""
    side = "left" if fitted_at > T > 0.9 or T > 4.2 else "right"  # below the curve, away from the fitted temperature
    labels = [
        Label(T, shown, f"{GAP}<b>{'↑ ' if value > high else ''}{text(value)}</b>{GAP}", loss, f"bottom {side}"),
        Label(
            fitted_at,
            high,
            f"{GAP}{beyond}fitted: {text(temperature_curve.fitted)}{GAP}",
            ink,
            "bottom right" if fitted_at < 3.4 else "bottom left",
        ),
    ]
    below = [
        _smooth(curve(temperature_curve.temperatures, temperature_curve.losses, "loss")),
        segment([LOWEST_T, HIGHEST_T], [temperature_curve.at_one] * 2, "quiet", dash="dot"),
        segment([fitted_at, fitted_at], [low, high], "ink", dash="dash"),
        ring(T, shown),
        label_trace(labels),
    ]
    plan = layout(
        Axis("temperature T", LOWEST_T, HIGHEST_T, (0.5, 1, 2, 3, 4, 5)),
        Axis("log loss (nats)", low, high, _loss_ticks(least, temperature_curve.at_one, 0.25 * (high - low))),
    )
    top = layout(FORECAST_AXIS._replace(title=forecast), FREQUENCY_AXIS)
    plan["yaxis"]["domain"] = [0, 0.26]
    return Figure(
        [*below, *on_axes([*diagram, label_trace(notes)], "x2", "y2")],
        {
            **plan,
            "xaxis2": {**top["xaxis"], "anchor": "y2"},
            "yaxis2": {**top["yaxis"], "anchor": "x2", "domain": [0.46, 1]},
        },
        tall=True,
    )


def _smooth(line: Trace) -> Trace:
    """Return a line as a smooth curve, because its points are few."""
    return {**line, "line": {**line["line"], "shape": "spline"}}


def _loss_ticks(least: float, at_one: float, room: float) -> list[float]:
    """Return ticks at the smallest loss and, where there is room, at the loss for T = 1."""
    return [round(least, 2), round(at_one, 2)] if at_one - least > room else [round(least, 2)]


def threshold(
    edges: np.ndarray, yes: np.ndarray, no: np.ndarray, *, cut: float, counts: tuple[int, int, int, int], name: str
) -> Figure:
    """Draw histograms of the probability of a class: upward for its own rows, downward for the other rows.

    edges    (m + 1,)  of the bins
    yes, no  (m,)      the number of rows of the class and of others in each bin, each drawn to its own scale
    cut      the threshold, from which on rows are assigned to the class
    counts   of true positives, false negatives, false positives and true negatives
    """
    found, missed, alarms, passed = counts
    middle, width = (edges[1:] + edges[:-1]) / 2, float(edges[1] - edges[0]) * 0.9
    truth, quiet = theme.color("truth"), theme.color("quiet")
    shown = name_of(name)
    up, down = yes / max(1, yes.max(initial=0)), -no / max(1, no.max(initial=0))
    strength = np.where(middle >= cut, 1, 0.4).tolist()
    labels = [
        Label(cut, 1.22, f"{GAP}true positives <b>{found:,}</b>", truth, "middle right"),
        Label(cut, 1.22, f"false negatives <b>{missed:,}</b>{GAP}", truth, "middle left"),
        Label(cut, -1.22, f"{GAP}false positives <b>{alarms:,}</b>", quiet, "middle right"),
        Label(cut, -1.22, f"true negatives <b>{passed:,}</b>{GAP}", quiet, "middle left"),
    ]
    plan = layout(
        Axis(f"probability of {shown}", 0, 1, (0, 0.25, 0.5, 0.75, 1), ("0", "¼", "½", "¾", "1")),
        Axis("rows", -1.5, 1.5, (0.5, -0.5), (f"are {shown}", "are not")),
    )
    return Figure(
        [
            bars(middle, up, truth, width=width, marker={"color": truth, "opacity": strength}),
            bars(middle, down, quiet, width=width, marker={"color": quiet, "opacity": strength}),
            segment([0, 1], [0, 0], "ink", dash="solid", width=1),
            segment([cut, cut], [-1.45, 1.45], "model", dash="dash", width=3),
            ring(cut, 0, "model"),
            label_trace(labels),
        ],
        plan,
    )


def no_rows(reason: str) -> Figure:
    """Draw an empty reliability diagram that says why it is empty."""
    return Figure(
        [label_trace([Label(0.5, 0.5, reason, theme.color("quiet"), "middle center")])],
        layout(FORECAST_AXIS, FREQUENCY_AXIS),
    )
