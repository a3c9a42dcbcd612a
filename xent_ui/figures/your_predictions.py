"""A learner's predictions: the losses of all rows, a temperature, a threshold."""

import html
from typing import NamedTuple

import numpy as np

from xent_core import ReliabilityCurve
from xent_ui.figures.base import (
    RINGED,
    Axis,
    Figure,
    GuessMark,
    Label,
    Trace,
    bars,
    beyond,
    curve,
    cut_off,
    guess_traces,
    label_trace,
    layout,
    on_axes,
    ring,
    segment,
)
from xent_ui.figures.reliability import FORECAST_AXIS, FREQUENCY_AXIS, bins, reliability_diagram
from xent_ui.figures.table import Rows
from xent_ui.style import theme
from xent_ui.style.numbers import PERCENT_SIGN, ROUNDING, counted, fixed, percent, text
from xent_ui.style.theme import Role
from xent_ui.style.words import visible

CEILINGS = (1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 15.0, 20.0)
MOST_POINTS = 240  # of a curve
LOWEST_T, HIGHEST_T = 0.2, 5.0
PERCENTS = ("25\u202f%", "50\u202f%", "75\u202f%")


class RowLosses(NamedTuple):
    """The losses of all rows in nats, the largest first.

    loss      (n,)  the losses
    clipped   (n,)  the losses with clipped probabilities
    mean      the mean of the clipped losses
    baseline  the mean loss of a model that always predicts the shares of the classes
    noun      what has a loss: a row, or a prediction of a multi-label file
    shares    what the baseline predicts, in two words, and in one for a narrow stage
    """

    loss: np.ndarray
    clipped: np.ndarray
    mean: float
    baseline: float
    noun: str = "row"
    shares: tuple[str, str] = ("class shares", "shares")


class TemperatureCurve(NamedTuple):
    """The log loss of held-out rows against the temperature.

    at_one     the log loss at a temperature of 1
    fitted     the temperature that was fitted on the other rows; ∞ or 0 if the loss falls toward these, None if none
               could be fitted
    at_fitted  the log loss at the fitted temperature, if it is a number
    """

    temperatures: np.ndarray
    losses: np.ndarray
    at_one: float
    fitted: float | None = None
    at_fitted: float | None = None


def name_of(text_: str, most: int = 16) -> str:
    """Return the name of a class as a label without markup."""
    return html.escape(_short(text_, most))


def _short(name: str, most: int = 16) -> str:
    shown = visible(name)
    return shown if len(shown) <= most else shown[: most - 1] + "…"


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
    n, top = len(rows.loss), ceiling(np.append(rows.loss, guess.guessed if guess else 0))
    marks, guessed = guess_traces(guess)
    traces = [
        segment([0, 100], [rows.baseline] * 2, "quiet", name=rows.shares[0], dash="dash"),
        segment(
            [0, 100], [min(rows.mean, top)] * 2, "loss", name="mean log loss", value=rows.mean, dash="solid", width=3
        ),
        *marks,
    ]
    above = max(rows.baseline, min(rows.mean, top), *(mark["y"][0] for mark in marks))
    labels = [
        # Ink is read on the area, too; above all lines there is room.
        label._replace(color=theme.color("ink"), also=((label.x, above),), optional=True)
        for label in guessed
    ]
    if guess is None or guess.true is not None:
        place, loss_there = 100 * n_worst / n, float(rows.clipped[n_worst - 1])
        is_clipped = bool((rows.clipped < rows.loss).any())
        labels = [_share_label(rows.noun, n_worst, place, share, top), *_beyond(rows, top), *labels]
        traces = [
            *([_stairs(rows.loss, 0, n, top, name="before clipping", fill=0, dash="dot")] if is_clipped else []),
            _stairs(rows.clipped, 0, n, top, name="", fill=0.16),
            _stairs(rows.clipped, 0, n_worst, top, fill=0.42, whole=n),
            *traces,
            segment([place, place], [0, top], "quiet"),
            ring(
                place,
                min(loss_there, top),
                name=f"last of the worst {rows.noun}s",
                value=loss_there,
                more={"share of the total loss": share},
            ),
        ]
    plan = layout(
        Axis(f"{rows.noun}s, the largest loss first", 0, 100, (0, 25, 50, 75, 100), ("0", *PERCENTS, "all")),
        Axis(f"loss of the {rows.noun} (nats)", 0, top * (1.24 if theme.is_narrow() else 1.1), _ticks(top)),
    )
    right = 104 if theme.is_narrow() else 146  # of the names of the lines
    return Figure(
        [*traces, label_trace([*_line_labels(rows, top), *labels])],
        {**plan, "margin": {**plan["margin"], "r": right}},
        names={"x": f"{rows.noun}s, the largest loss first (percent)"},
    )


def _line_labels(rows: RowLosses, top: float) -> list[Label]:
    """Return the names of the two horizontal lines, which stand at their right ends."""
    mean, baseline = ("mean", rows.shares[1]) if theme.is_narrow() else ("log loss", rows.shares[0])
    arrow = "↑ " if rows.mean > top else ""
    upper, lower = ("middle right", "top right", "bottom right"), ("middle right", "bottom right", "top right")
    is_low = rows.mean <= rows.baseline
    words = f"{arrow}{mean} <b>{text(rows.mean)}</b>"
    return [
        Label(100, min(rows.mean, top), words, theme.color("loss"), lower if is_low else upper, RINGED),
        Label(
            100,
            rows.baseline,
            f"{baseline} {text(rows.baseline)}",
            theme.color("quiet"),
            upper if is_low else lower,
            RINGED,
        ),
    ]


def _share_label(noun: str, n_worst: int, place: float, share: float, top: float) -> Label:
    """Return a label with the number of the worst rows and their share of the sum, above the line at the last one."""
    apart = "<br>" if theme.is_narrow() else " "
    words = f"{counted(n_worst, f'worst {noun}')}:{apart}<b>{share_text(share)} of the total loss</b>"
    return Label(place, top, words, theme.color("ink"), ("top center", "top right", "top left"), gap=6)


def share_text(share: float) -> str:
    """Return the share of some rows in the total loss, to one decimal.

    >>> share_text(0.796), share_text(0.5), share_text(0.99999), share_text(1.0)
    ('79.6\u202f%', '50.0\u202f%', 'over 99.9\u202f%', '100\u202f%')
    """
    if 0.9995 <= share < 1 - ROUNDING:
        return f"over {percent(0.999)}"
    return percent(1) if share > 0.5 and 1 - share <= ROUNDING else f"{fixed(100 * share, 1)}{PERCENT_SIGN}"


def _beyond(rows: RowLosses, top: float) -> list[Label]:
    """Return a label for the losses beyond the axis."""
    losses = rows.clipped
    n_beyond = int((losses > top).sum())
    if not n_beyond:
        return []
    n_infinite = int(np.isinf(losses).sum())
    many = "" if n_beyond == 1 else "up to "
    words = f"∞ in {counted(n_infinite, rows.noun)}" if n_infinite else f"{many}{text(float(losses[0]))}"
    x, ink = 100 * n_beyond / len(losses), theme.color("ink")
    return [Label(x, top, f"↑ {words}", ink, "bottom right", RINGED, also=((x, 0.85 * top), (50, top), (90, top)))]


def _ticks(top: float) -> list[float]:
    step = 0.25 if top <= 1 else 0.5 if top <= 2 else 1 if top <= 4 else 2 if top <= 10 else 5
    return np.arange(0, top + step / 2, step).tolist()


def _stairs(
    loss: np.ndarray,
    start: int,
    end: int,
    top: float,
    *,
    fill: float,
    name: str | None = None,
    dash: str = "solid",
    whole: int | None = None,
) -> Trace:
    """Draw the sorted losses of the rows from start to end as steps, cut at the top of the axis.

    name   of what they show, as of ``base.shows``
    whole  the number of rows that the x-axis shows; by default ``end``
    """
    at = np.unique(np.linspace(start, end - 1, MOST_POINTS).astype(int))
    x = np.append(at, end) * 100 / (whole or end)
    losses = np.append(loss[at], loss[end - 1])
    y = np.minimum(losses, top)
    color = theme.color("loss")
    role: Role = "loss" if dash == "solid" else "quiet"
    drawn = curve(x, y, role, name=name, whole=(x, losses), width=2 if dash == "solid" else 1.5, dash=dash)
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
    low, high = 0.8 * least, max(1.25 * temperature_curve.at_one, 1.5 * least, least + 0.05)
    T, value = at
    shown = min(value, high)
    loss, quiet = theme.color("loss"), theme.color("quiet")
    mark, words = _fitted_mark(temperature_curve, low, high)
    arrow = "↑ " if value > high else ""
    labels = [
        Label(T, shown, f"<b>{arrow}{text(value)}</b>", loss, "bottom right", RINGED),
        *words,
        Label(HIGHEST_T, temperature_curve.at_one, "as at T = 1", quiet, ("top left", "bottom left"), optional=True),
    ]
    whole = (temperature_curve.temperatures, temperature_curve.losses)
    below = [
        _smooth(curve(*cut_off(*whole, high), "loss", name="", whole=whole)),
        segment([LOWEST_T, HIGHEST_T], [temperature_curve.at_one] * 2, "quiet", name="as at T = 1", dash="dot"),
        *mark,
        beyond(T, high, value=value) if value > high else ring(T, value),
        label_trace(labels),
    ]
    ticks = round_ticks(low, high, 3)
    plan = layout(
        Axis("temperature T", 0, HIGHEST_T, (1, 2, 3, 4, 5)),
        Axis("log loss (nats)", low, high, ticks, [f"{tick:.6g}" for tick in ticks]),
    )
    below_0 = 0.1 if theme.is_narrow() else 0.06  # so that a dot at 0 covers no name of a tick
    top = layout(FORECAST_AXIS._replace(title=forecast, low=-below_0), FREQUENCY_AXIS._replace(low=-1.5 * below_0))
    plan["yaxis"]["domain"] = [0, 0.3]
    return Figure(
        [*below, *on_axes([*diagram, label_trace(note._replace(optional=True) for note in notes)], "x2", "y2")],
        {
            **plan,
            "xaxis2": {**top["xaxis"], "anchor": "y2"},
            "yaxis2": {**top["yaxis"], "anchor": "x2", "domain": [0.52, 1]},
        },
        tall=True,
        rows=[*_fitted_rows(temperature_curve), bins(curve_)],
    )


def _fitted_mark(losses: TemperatureCurve, low: float, high: float) -> tuple[list[Trace], list[Label]]:
    """Return a line at the fitted temperature and its name; nothing if none could be fitted.

    low, high  the ends of the axis of the log loss
    """
    if losses.fitted is None:
        return [], []
    at = float(np.clip(losses.fitted, LOWEST_T, HIGHEST_T))
    loss, ink = float(np.interp(at, losses.temperatures, losses.losses)), theme.color("ink")
    words = _fitted_words(losses.fitted)
    return [segment([at, at], [low, min(loss, high)], "ink", dash="dash")], [
        Label(at, loss, words, ink, "top right", RINGED, optional=True, also=((at, low),))
    ]


def _fitted_rows(losses: TemperatureCurve) -> list[Rows]:
    """Return the fitted temperature as a table, if there is one with a log loss."""
    if losses.at_fitted is None:
        return []
    return [Rows("fitted temperature", {"temperature T": [losses.fitted], "log loss (nats)": [losses.at_fitted]})]


def _fitted_words(temperature: float) -> str:
    """Return the name of the fitted temperature, with its number, or an arrow if it lies beyond the axis."""
    if temperature > HIGHEST_T:
        return "fitted →"
    return "← fitted" if temperature < LOWEST_T else f"fitted: {text(temperature)}"


def _smooth(line: Trace) -> Trace:
    """Return a line as a smooth curve, because its points are few."""
    return {**line, "line": {**line["line"], "shape": "spline"}}


def round_ticks(low: float, high: float, most: int) -> list[float]:
    """Return at most ``most`` round numbers, evenly spaced, within a range: multiples of 1, 2 or 5 times a power of 10.

    >>> round_ticks(0.45, 0.83, 3), round_ticks(0, 87, 2)
    ([0.6, 0.8], [0.0, 50.0])
    """
    power = 10.0 ** np.floor(np.log10((high - low) / most))
    for step in (power, 2 * power, 5 * power, 10 * power, 20 * power):
        ticks = step * np.arange(np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9) + 1)
        if len(ticks) <= most:
            break
    return [float(f"{tick:.12g}") + 0.0 for tick in ticks]  # + 0.0, because −0 is not 0 as text


def threshold(
    edges: np.ndarray, yes: np.ndarray, no: np.ndarray, *, cut: float, counts: tuple[int, int, int, int], name: str
) -> Figure:
    """Draw histograms of the probability of a class: upward for its own rows, downward for the other rows.

    edges    (m + 1,)  of the bins
    yes, no  (m,)      the number of rows of the class and of others in each bin, each with an axis of its own
    cut      the threshold, from which on rows are assigned to the class
    counts   of true positives, false negatives, false positives and true negatives
    """
    found, missed, alarms, passed = counts
    shown = name_of(name, 8 if theme.is_narrow() else 16)
    own = _half(edges, yes, cut, "truth", (f"false negatives|{missed:,}", f"true positives|{found:,}"))
    others = _half(edges, no, cut, "quiet", (f"true negatives|{passed:,}", f"false positives|{alarms:,}"))
    plan = layout(
        Axis(f"probability of {name_of(name)}", 0, 1, (0, 0.25, 0.5, 0.75, 1), ("0", "¼", "½", "¾", "1")),
        Axis("", 0, 1),
    )
    axes = [_counts_axis("rows: " + who, rows) for who, rows in ((shown, yes), ("others", no))]
    upper, lower = (layout(Axis("", 0, 1), axis)["yaxis"] for axis in axes)
    plan["xaxis"]["anchor"] = "y3"
    middle = [segment([0, 1], [0, 0], "ink", dash="solid", width=1), ring(cut, 0, "model", name=None)]
    known = [
        Rows(
            "rows at this threshold",
            {
                "threshold": [cut] * 4,
                "outcome": ["true positives", "false negatives", "false positives", "true negatives"],
                "rows": counts,
            },
        ),
        Rows(
            f"probability of {_short(name)}",  # a title has no markup that would be taken away
            {"from": edges[:-1], "to": edges[1:], f"rows: {name_of(name)}": yes, "rows: others": no},
        ),
    ]
    return Figure(
        [*on_axes(own, "x", "y2"), *on_axes([*others, *middle], "x", "y3")],
        {
            **plan,
            # An axis over both halves, so that the threshold can be dragged on either.
            "yaxis": {"visible": False, "range": [0, 1], "fixedrange": True},
            "yaxis2": {**upper, "domain": [0.5, 1], "anchor": "x"},
            "yaxis3": {**lower, "range": lower["range"][::-1], "domain": [0, 0.5], "anchor": "x"},
        },
        tall=True,
        rows=known,
    )


def _room() -> float:
    """Return the share of an axis of counts that stays free beyond its longest bar, for the counts in the corners."""
    return 0.35 if theme.is_narrow() else 0.2


def _counts_axis(title: str, rows: np.ndarray) -> Axis:
    """Return an axis of numbers of rows with room for two counts beyond the longest bar."""
    most = int(max(1, rows.max(initial=0)))
    ticks = [tick for tick in round_ticks(0, most, 3) if tick == int(tick) and tick > 0]
    return Axis(title, 0, most / (1 - _room()), ticks, [f"{int(tick):,}" for tick in ticks])


def _half(edges: np.ndarray, rows: np.ndarray, cut: float, role: Role, words: tuple[str, str]) -> list[Trace]:
    """Return a histogram, pale up to the threshold, and the numbers of its rows on either side in the outer corners.

    words  the name and the number of the rows below the threshold, and of the other ones, each with "|" in between
    """
    color, end = theme.color(role), max(1, rows.max(initial=0)) / (1 - _room())
    ends = np.union1d(edges, [cut])  # a bin is cut in two by the threshold
    middle = (ends[1:] + ends[:-1]) / 2
    heights = rows[np.searchsorted(edges, middle) - 1]
    drawn = bars(middle, heights, color)
    drawn["width"] = 0.94 * np.diff(ends)
    drawn["marker"]["opacity"] = np.where(middle > cut, 1, 0.4).tolist()
    below, above = (each.replace("|", "<br><b>" if theme.is_narrow() else " <b>") + "</b>" for each in words)
    side = "bottom" if role == "truth" else "top"
    corners = [Label(0, end, below, color, (f"{side} right",)), Label(1, end, above, color, (f"{side} left",))]
    line = segment([cut, cut], [0, max(1, rows.max(initial=0))], "model", dash="dash", width=3)
    return [drawn, line, label_trace(corners)]


def no_rows(reason: str) -> Figure:
    """Draw an empty reliability diagram that says why it is empty."""
    return Figure(
        [label_trace([Label(0.5, 0.5, reason, theme.color("quiet"), "middle center")])],
        layout(FORECAST_AXIS, FREQUENCY_AXIS),
        rows=[Rows("no rows", {"reason": [reason]})],
    )
