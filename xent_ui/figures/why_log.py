"""The expected loss of every report, on a triangle or along a line, with the best one; and the pulls of outcomes."""

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from xent_ui.figures.base import (
    RINGED,
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
    shows,
)
from xent_ui.figures.panels import within
from xent_ui.figures.placement import AROUND
from xent_ui.figures.table import Rows
from xent_ui.style import theme
from xent_ui.style.numbers import fixed, text

LEFT, GUESS_AT = -0.22, -0.15  # on the x-axis: its end, and beside the names of the ticks of q for A
REPORTS_DOMAIN, PRICE_DOMAIN = (0, 0.64), (0.76, 1)  # shares of the width of the figure
STEPS = 20  # the best of several reports is looked for among those whose probabilities are multiples of 1/20
ACROSS, UP = np.linspace(0, 1, 81), np.linspace(0, 1, 41)  # where the losses of the map are computed
BANDS = 10
DARKEST = 0.5  # share of color in the band of the largest losses; ink can be read on it


class Prices(NamedTuple):
    """The loss when an outcome happens, at each probability q that may be reported for it.

    name, unit  what to call it, and its unit; without a unit the loss is a bare number
    """

    q: np.ndarray
    values: np.ndarray
    name: str = "loss f(q)"
    unit: str = ""


def triangle(
    belief: np.ndarray,
    best: np.ndarray,
    losses: np.ndarray,
    *,
    prices: Prices,
    hidden: bool = False,
    guess: GuessMark | None = None,
) -> Figure:
    """Return a map of all reports, darker the larger their expected loss, and a line from the belief to the best one.

    belief, best  (3,)  the probability of A is the height; C lies to the right
    losses        (41, 81)  the expected losses of ``map_of_reports``
    hidden        show the belief only, because the best report is the answer to an open question
    guess         of the probability of A in the best report
    """
    ink = theme.color("ink")
    traces: list[Trace] = []
    labels: list[Label] = []
    marks, guess_labels = guess_traces(guess)
    start, end = place(belief), place(best)
    if hidden:
        labels.append(Label(*start, "you believe", ink, gap=RINGED))
    else:
        traces += [_heat(losses), *_outside()]
        moved = bool(np.abs(belief - best).max() > 1e-6)
        if moved:
            traces += [_arrow(start, end), _diamond(end)]
            report = ", ".join(map(_share, best))
            # In a narrow triangle there is no room for long numbers, which the caption says in percent.
            words = "say this" if theme.is_narrow() and len(report) > 9 else f"say {report}"
            labels.append(Label(*end, words, ink, (*_sides(end, start), *AROUND), RINGED))
            labels.append(Label(*start, "you believe", ink, (*_sides(start, end), *AROUND), RINGED))
        else:
            labels.append(Label(*start, "honest", ink, "top right", RINGED))
    labels += [
        Label(0.5, 1, "A", ink, ("top center",), RINGED),
        Label(0, 0, "B", ink, ("bottom center",), RINGED),
        Label(1, 0, "C", ink, ("bottom center",), RINGED),
    ]
    # On the axis, the diamonds of the guess and the truth leave room for short words only.
    labels += [label._replace(text=label.text.removeprefix("your ")) for label in guess_labels]
    edge = segment([0, 0.5, 1, 0], [0, 1, 0, 0], "quiet", dash="solid", width=1.5)
    plan = layout(Axis("", LEFT, 1.06), Axis("q for A", -0.02, 1.03, (0, 0.5, 1), ("0", "½", "1")))
    plan["xaxis"]["visible"] = plan["yaxis"]["showgrid"] = False
    if theme.is_narrow():  # nothing has an axis below
        plan["margin"]["b"] = 34
    known = {"you believe": belief} if hidden else {"you believe": belief, "the best report": best}
    shares = np.array(list(known.values()))
    rows = [Rows("reports", {"report": list(known), **{f"q for {name}": shares[:, k] for k, name in enumerate("ABC")}})]
    if not hidden:
        rows.append(_rows_of_map(losses, prices))
    drawn = [*traces, edge, ring(*start, "truth", name=None), *marks, label_trace(labels)]
    return _with_price(drawn, plan, prices, rows=rows)


def _rows_of_map(losses: np.ndarray, prices: Prices) -> Rows:
    """Return the reports within the triangle whose expected loss is drawn."""
    inside = np.abs(ACROSS - 0.5) <= (1 - UP[:, None]) / 2 + 1e-9
    reports = map_of_reports()[inside]
    columns = {f"q for {name}": reports[:, k] for k, name in enumerate("ABC")}
    return Rows("map of all reports", {**columns, _with_unit("expected loss", prices): losses[inside]})


def _with_unit(name: str, prices: Prices) -> str:
    return f"{name} ({prices.unit})" if prices.unit else name


def map_of_reports() -> np.ndarray:
    """Return the reports whose losses are drawn, (41, 81, 3): rows go up to A, columns from B to C.

    A place outside of the triangle stands for the report on its edge, so that the map reaches the edge.
    """
    a = np.broadcast_to(UP[:, None], (len(UP), len(ACROSS)))
    c = np.clip(ACROSS - a / 2, 0, 1 - a)
    return np.stack([a, 1 - a - c, c], axis=-1)


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
    bottom, top = _range(losses, expected)
    truth, model = theme.color("truth"), theme.color("model")
    honest, least = (float(np.clip(each, bottom, top)) for each in expected)
    moved = abs(belief - best) > 1e-6
    if hidden:
        traces = [ring(belief, bottom, "truth", name="you believe", value=math.nan)]
        labels = [Label(belief, bottom, "you believe", truth, "top center", RINGED)]
    else:
        traces = [
            curve(*within(reports, losses, bottom, top), "loss", name="", whole=(reports, losses)),
            segment([belief, belief], [bottom, honest], "truth", dash="solid"),
            ring(belief, honest, "truth", name="you believe", value=expected[0]),
        ]
        labels = [Label(belief, honest, "you believe" if moved else "honest", truth, "top center", RINGED)]
        if moved:
            traces.append(shows(_diamond((best, least)), "the best report", y=expected[1]))
            labels.append(Label(best, least, f"say {short(best)}", model, "top center", RINGED))
    y_axis = _axis_of_losses(_with_unit("expected loss", prices), bottom, top)
    plan = layout(Axis("report q for A", 0, 1, (0, 0.5, 1), ("0", "½", "1")), y_axis)
    return _with_price([*traces, label_trace(labels)], plan, prices)


def _with_price(traces: list[Trace], plan: dict, prices: Prices, *, rows: Sequence[Rows] = ()) -> Figure:
    """Return a figure of these traces, with the loss for what happens against its q at the right.

    A narrow picture shows the reports only, as large as it can.
    """
    plan["margin"]["t"] = 34
    if theme.is_narrow():
        plan["margin"] |= {"l": 58, "r": 14}
        return Figure(traces, plan, rows=rows)
    bottom, top = _range(prices.values)
    beside = layout(Axis("q", 0, 1, (0, 0.5, 1), ("0", "½", "1")), _axis_of_losses("", bottom, top))
    words = f"{prices.name}{f', {prices.unit}' if prices.unit else ''}"
    name = label_trace([Label(0.5, top, words, theme.color("loss"), ("top center",))])
    whole = (prices.q, prices.values)
    price = curve(*within(*whole, bottom, top), "loss", name="", whole=whole)
    return Figure(
        [*traces, *on_axes([price, name], "x2", "y2")],
        {
            **plan,
            "xaxis": {**plan["xaxis"], "domain": list(REPORTS_DOMAIN)},
            "xaxis2": {**beside["xaxis"], "domain": list(PRICE_DOMAIN), "anchor": "y2"},
            "yaxis2": {**beside["yaxis"], "anchor": "x2"},
        },
        rows=rows,
        names={"y2": _with_unit(prices.name, prices)},
    )


def pulls(
    q: np.ndarray, values: np.ndarray, *, dots: dict[str, tuple[float, float]], low: float, unit: str = ""
) -> Figure:
    """Return the pull q f′(q) against q, with a dot for each outcome.

    values  (n,)  the pull at each q
    dots    the probability and the pull of each outcome, by its name; outcomes in the same place share a name
    low     where the axis of pulls ends; a dot beyond it stands at its edge, with an arrow and its number
    unit    of the loss; without one it is a bare number
    """
    gradient, labels, rings = theme.color("gradient"), [], []
    for name, (p, pull) in dots.items():
        y, arrow = max(pull, low), "↓ " if pull < low else ""
        words = f"{name}: {arrow}{text(pull)}" if arrow or not theme.is_narrow() else name
        labels.append(Label(p, y, words, gradient, ("top center", "top left", "bottom right", *AROUND), RINGED))
        rings.append(ring(p, y, "truth", name=name, value=pull))
    line = curve(*within(q, values, 1.15 * low, 0), "gradient", name="", whole=(q, values), dash="solid")
    traces = [line, *rings, label_trace(labels)]
    axis = _axis_of_losses(f"pull p · f′(p){f' ({unit})' if unit else ''}", 1.15 * low, -0.08 * low, most=0.0)
    return Figure(traces, layout(Axis("probability p", 0, 1, (0, 0.5, 1), ("0", "½", "1")), axis))


def place(shares: np.ndarray) -> tuple[Any, Any]:
    """Return the point of a report on the triangle, whose corners are A at the top, B at the left, C at the right.

    shares  (3, ...)  the probabilities of A, B and C
    """
    return shares[2] + shares[0] / 2, shares[0]


def _share(p: float) -> str:
    """Return a probability for a label: a fraction or a short decimal if it is one, else to two decimal places."""
    shown = short(p)
    return shown if p in (0, 1) or len(shown) < 4 or not 0.005 <= p <= 0.995 else fixed(p, 2)


def _sides(point: tuple[float, float], other: tuple[float, float]) -> tuple[str, ...]:
    """Return the sides of one end of the line on which its label is away from the other end."""
    vertical = "top" if point[1] >= other[1] else "bottom"
    first, last = ("right", "left") if point[0] >= other[0] else ("left", "right")
    return f"{vertical} center", f"{vertical} {first}", f"middle {first}", f"{vertical} {last}", f"middle {last}"


def _heat(losses: np.ndarray) -> Trace:
    """Return a map in bands, pale where the loss is small; the tenth with the largest losses is darkest.

    losses  (41, 81)  of ``map_of_reports``
    """
    inside = losses[np.abs(ACROSS - 0.5) <= (1 - UP[:, None]) / 2 + 1e-9]
    large = np.quantile(inside, 0.9, method="lower")
    low, high = float(inside.min()), float(large if np.isfinite(large) else inside[np.isfinite(inside)].max())
    share = np.clip((losses - low) / (high - low), 0, 1) if high > low else np.zeros(losses.shape)
    loss, step = theme.color("loss"), 200 / BANDS
    return {
        "type": "contour",
        "x": as_float32(ACROSS),
        "y": as_float32(UP),
        "z": np.round(200 * share).astype(np.uint8),  # a byte each, which is finer than the bands
        "hoverinfo": "skip",
        "showscale": False,
        "zmin": 0,
        "zmax": 200,
        "contours": {"start": step / 2, "end": 200 - step / 2, "size": step},
        "line": {"width": 0},
        "colorscale": [[0, _blended(loss, 0.03)], [1, _blended(loss, DARKEST)]],
    }


def _blended(hex_color: str, share: float) -> str:
    """Return paper with a share of a color: bands lie on each other, so transparent ones would add up."""
    both = (hex_color, theme.color("paper"))
    color, paper = (np.array([int(each[i : i + 2], 16) for i in (1, 3, 5)]) for each in both)
    return "#" + "".join(f"{round(part):02X}" for part in share * color + (1 - share) * paper)


def _outside() -> list[Trace]:
    """Return what covers the map on both sides of the triangle."""
    paper = {"type": "scatter", "mode": "lines", "hoverinfo": "skip", "line": {"width": 0}, "fill": "toself"}
    return [
        {**paper, "x": x, "y": [-0.02, 0, 1, 1.02, 1.02], "fillcolor": theme.color("paper")}
        for x in ([-0.02, 0, 0.5, 0.5, -0.02], [1.02, 1, 0.5, 0.5, 1.02])
    ]


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


def _range(values: np.ndarray, shown: Sequence[float] = ()) -> tuple[float, float]:
    """Return the ends of an axis that covers 95 % of the finite losses, and all finite ones that are marked."""
    finite, marked = values[np.isfinite(values)], [each for each in shown if np.isfinite(each)]
    low, high = float(finite.min()), max([float(np.quantile(finite, 0.95)), *marked])
    high = high if high > low else low + 1
    pad = 0.08 * (high - low)
    return min(0.0, low - pad) if low < 0 or low < 0.5 * high else low - pad, high + 2 * pad


def _axis_of_losses(title: str, low: float, high: float, *, most: float | None = None) -> Axis:
    """Return an axis with a few round values, all with the same number of decimal places; ``most`` is the last one."""
    step = 10.0 ** np.floor(np.log10((high - low) / 2))
    step *= 5 if (high - low) / step > 10 else 2 if (high - low) / step > 4 else 1
    last = high if most is None else most
    ticks = np.round(np.arange(np.ceil(low / step), np.floor(last / step) + 1) * step, 9)
    ticks = (ticks + 0.0).tolist()  # the sum turns -0 into 0
    places = max(0, -int(np.floor(np.log10(step))))
    return Axis(title, low, high, ticks, [fixed(each, places) if each else "0" for each in ticks])
