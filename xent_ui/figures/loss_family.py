"""Losses for predicting a number, a number in bins, a yes or no, and an order."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from xent_core import ValueAndGrad
from xent_ui.figures.base import (
    RINGED,
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
    shows,
)
from xent_ui.figures.floor import floor_gauge
from xent_ui.figures.panels import two_panels, within
from xent_ui.figures.table import Rows
from xent_ui.style import theme
from xent_ui.style.numbers import percents, text
from xent_ui.style.theme import Role

HIGHEST_PRICE, HIGHEST_MARGIN, HIGHEST_SCORE = 12.0, 3.0, 3.0
PRICE = Axis("price (hundred thousand dollars)", 0, HIGHEST_PRICE, (0, 2, 4, 6, 8, 10, 12))
# The units of the mean losses of a price.
TITLES = {
    "squared": "mean squared error<br>($100,000)²",
    "absolute": "mean absolute error<br>($100,000)",
    "Huber": "mean Huber loss<br>($100,000)²",
}
TANGENT = 0.15 * HIGHEST_PRICE  # half its width
SHORT = {"squared hinge": "hinge²"}  # for a narrow picture
LOSS_AND_SLOPE: tuple[Role, Role] = ("loss", "gradient")
QUIET: tuple[Role, Role] = ("quiet", "quiet")
DASHES = ("solid", "dash", "dashdot")
DOT = 32  # px across the dot of an item
# How far the dot of an item and the head of its arrow reach from its middle, in units of the score, on a wide and on a
# narrow picture.
REACH, REACH_BESIDE_GAUGE = (0.4, 0.8), (0.65, 1.4)
ALONG = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)  # where on the line of a pair its words may stand, in shares of its length
IN_ROW = ("middle right", "middle left")  # where a label stands that must stay in its row
MARKER = {"type": "scatter", "mode": "markers", "hoverinfo": "skip", "cliponaxis": False}


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
    quiet, role = theme.color("quiet"), role_of(chosen)
    rows = len(best)
    top = rows if guess is None else rows + 1  # the row of the houses; a guess has a row of its own below it
    is_answered = guess is None or guess.true is not None
    lower, labels = _houses(houses, top)
    lower.insert(0, segment([c, c], [-0.6, top + 1.2], "quiet"))
    if is_answered:
        heights = range(rows - 1, -1, -1)
        colors = [theme.color(role) if name == chosen else quiet for name in best]
        lower.append(
            {
                **MARKER,
                "x": list(best.values()),
                "y": list(heights),
                "marker": {"size": 14, "symbol": "triangle-up", "color": colors},
            }
        )
        for (name, price), y, color in zip(best.items(), heights, colors, strict=True):
            words = f"<b>{text(price)}</b>" if name == chosen else text(price)
            labels.append(Label(price, y, words, color, IN_ROW, RINGED))
    if guess is not None:
        marks, _ = guess_traces(GuessMark(rows, guess.guessed, guess.true))
        lower += [{**mark, "x": mark["y"], "y": mark["x"]} for mark in marks]  # the guess is a price, along the x-axis
    upper, named = [curve(*within(prices, losses, 0, most), role, name="", whole=(prices, losses))], []
    if is_answered and value <= most:
        upper.append(curve(*_tangent(c, value, slope, most), "gradient"))
        words = f"slope {text(slope, signed=True)}"
        ends = [(float(each), value + (float(each) - c) * slope) for each in _ends_of_tangent(c, value, slope, most)]
        named.append(Label(*ends[1], words, theme.color("gradient"), "middle right", 6, also=(ends[0],)))
    if is_answered or c >= prices[0]:
        more = {"slope": slope} if is_answered else {}
        upper.append(ring(c, min(value, most), role, value=value, more=more))
        words = f"<b>{'↑ ' if value > most else ''}{text(value)}</b>"
        named.insert(0, Label(c, min(value, most), words, theme.color(role), "top center", RINGED))
    upper.append(label_trace(named))
    names = ("houses", *best) if guess is None else ("houses", "your guess", *best)
    strip = Axis("", -0.6, top + 1.2, range(top, -1, -1), names)
    numbered = [*(f"house {n}" for n in range(1, len(houses))), "the castle"]
    known = [Rows("prices of the houses", {"house": numbered, PRICE.title: houses})]
    if is_answered:
        known.append(Rows("best prices", {"loss": list(best), PRICE.title: list(best.values())}))
    return two_panels(
        PRICE,
        (Axis(TITLES[chosen], 0, most), upper),
        (strip, [*lower, label_trace(labels)]),
        left=88,  # the names of the rows, and a title of two lines, need room
        grid_below=False,
        tall=True,
        rows=known,
    )


def role_of(loss: str) -> Role:
    """Return the role of a loss by its name."""
    return "squared" if loss == "squared" else "loss"


def _houses(prices: Sequence[float], row: float) -> tuple[list[Trace], list[Label]]:
    """Return the houses in a row, the last of which is the castle."""
    ink = theme.color("ink")
    ringed = {"size": 19, "color": theme.color("paper"), "line": {"width": 4, "color": ink}}
    dots = [
        {**MARKER, "x": list(prices[:-1]), "y": [row] * (len(prices) - 1), "marker": {"size": 13, "color": ink}},
        {**MARKER, "x": [prices[-1]], "y": [row], "marker": ringed},
    ]
    return dots, [Label(prices[-1], row, "castle", ink, (*IN_ROW, "top center", "top left", "top right"), RINGED)]


def _ends_of_tangent(c: float, value: float, slope: float, most: float) -> tuple[float, float]:
    """Return between which prices a tangent is drawn: near its point, and not beyond the axes."""
    low, high = max(0.0, c - TANGENT), min(HIGHEST_PRICE, c + TANGENT)
    if slope:
        leaves = sorted((c - value / slope, c + (most - value) / slope))
        low, high = max(low, leaves[0]), min(high, leaves[1])
    return low, high


def _tangent(c: float, value: float, slope: float, most: float) -> tuple[list[float], list[float]]:
    """Return the tangent of the mean loss at a price."""
    ends = _ends_of_tangent(c, value, slope, most)
    return list(ends), [value + slope * (each - c) for each in ends]


def margins(
    at: float, sweep: np.ndarray, losses: Mapping[str, tuple[ValueAndGrad, ValueAndGrad]], *, chosen: str
) -> Figure:
    """Return the losses of a margin above and their slopes below, with the chosen one in color.

    at      the current margin
    sweep   (n,)  the margins of the curves
    losses  by name: the loss along the sweep, and at the current margin
    """
    top, low = 5.0, -5.0
    upper: list[Trace] = [segment([0, 0], [0, top], "grid", dash="solid")]
    lower: list[Trace] = [segment([0, 0], [low, 0.5], "grid", dash="solid")]
    names: list[Label] = []
    for (name, (along_sweep, _)), dash in zip(losses.items(), DASHES, strict=True):
        is_chosen = name == chosen
        width = 4.0 if is_chosen else 2.0
        role, slope_role = LOSS_AND_SLOPE if is_chosen else QUIET
        above = within(sweep, along_sweep.value, 0, top)
        slopes = within(sweep, along_sweep.grad, low, 0.5)
        whole = [(sweep, part) for part in along_sweep]
        upper.append(curve(*above, role, name=name, whole=whole[0], width=width, dash=dash))
        lower.append(curve(*slopes, slope_role, name=name, whole=whole[1], width=width, dash=dash))
        words = SHORT.get(name, name) if theme.is_narrow() else name
        first, *rest = _along(*above, lowest=0.12 * top)
        words, color = f"<b>{words}</b>" if is_chosen else words, theme.color(role)
        names.append(Label(*first, words, color, "middle right", 6, also=tuple(rest)))
    value, slope = (float(part) for part in losses[chosen][1])
    number = f"<b>{'↑ ' if value > top else ''}{text(value)}</b>"
    number_below = f"<b>{'↓ ' if slope < low else ''}{text(slope)}</b>"
    at_value, at_slope, here = min(value, top), max(slope, low), f"here, {chosen}"
    upper.append(ring(at, at_value, name=here, value=value))
    lower.append(ring(at, at_slope, "gradient", name=here, value=slope))
    labels = [Label(at, at_value, number, theme.color("loss"), "top right", RINGED), *names]
    below = [Label(at, at_slope, number_below, theme.color("gradient"), "bottom right", RINGED)]
    return two_panels(
        Axis(
            "margin m: above 0 if the answer is right",
            -HIGHEST_MARGIN,
            HIGHEST_MARGIN,
            (-2, -1, 0, 1, 2),
            ("−2", "−1", "0", "1", "2"),
        ),
        (Axis("loss (log loss: nats)", 0, top, (0, 1, 2, 3, 4, 5)), [*upper, label_trace(labels)]),
        (Axis("slope in m", low, 0.5, (-4, -2, 0), ("−4", "−2", "0")), [*lower, label_trace(below)]),
        tall=True,
        names={"y2": "loss"},
    )


def _along(x: np.ndarray, y: np.ndarray, *, lowest: float) -> list[tuple[float, float]]:
    """Return points along a curve, at each of which its name may stand: first its upper left end, none below lowest."""
    seen = np.flatnonzero(y >= lowest)
    return [(float(x[i]), float(y[i])) for i in seen[:: max(1, len(seen) // 16)]]


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
    reach = REACH_BESIDE_GAUGE[theme.is_narrow()] if parts else REACH[theme.is_narrow()]
    traces: list[Trace] = [
        segment([items.scores[i], items.scores[j]], [rows[i], rows[j]], "quiet", dash="solid", width=1.5 + 0.6 * lack)
        for i, j, lack in missing
    ]
    for score, move, row in zip(items.scores, items.moves, rows, strict=True):
        if abs(move) > 0.0125:
            traces.append(_arrow(float(score), float(move), float(row), reach))
    traces.append(
        {
            **MARKER,
            "mode": "markers+text",
            "x": items.scores.tolist(),
            "y": rows.tolist(),
            "text": [f"<b>{name}</b>" for name in items.names],
            "textfont": {"color": theme.color("paper"), "size": 16},
            "marker": {"size": DOT, "color": [theme.class_color(i) for i in range(k)], "opacity": 1},
        }
    )
    labels = []
    if missing:
        i, j, lack = max(missing, key=lambda pair: pair[2])
        ends = np.array([[items.scores[i], rows[i]], [items.scores[j], rows[j]]])
        points = [(float(x), float(y)) for x, y in (ends[0] + part * (ends[1] - ends[0]) for part in ALONG)]
        words = f"{text(lack)} too little"
        labels.append(
            Label(points[0][0], points[0][1], words, theme.color("ink"), "middle right", 8, also=tuple(points[1:]))
        )
    if first is not None:
        labels += [
            Label(float(x), float(row), share, theme.color("model"), ("top center", "bottom center"), DOT / 2 + 2)
            for x, row, share in zip(items.scores, rows, percents(*first.tolist()), strict=True)
        ]
    widest = HIGHEST_SCORE + reach + 0.8
    plan = layout(
        Axis("score", -widest, widest, (-2, 0, 2), ("−2", "0", "2")),
        Axis("", -0.6, k - 0.35, rows.tolist(), [f"{n}." for n in range(1, k + 1)]),
    )
    plan["margin"] = {**plan["margin"], "l": 36}
    known = _rows_of_ranking(items, missing, first)
    if parts is None:
        return Figure([*traces, label_trace(labels)], plan, tall=True, rows=known)
    gauge = floor_gauge(*parts, at=0.5, width=0.5, top=6.0)
    loss = layout(Axis("", 0.2, 2.6, (0.5,), ("nats",)), Axis("", 0, 6.0, (0, 2, 4, 6)))
    plan["xaxis"]["domain"] = [0, 0.62]
    return Figure(
        [*traces, label_trace(labels), *on_axes([*gauge.traces, label_trace(gauge.labels)], "x2", "y2")],
        {
            **plan,
            "xaxis2": {**loss["xaxis"], "domain": [0.7, 1], "anchor": "y2"},
            "yaxis2": {**loss["yaxis"], "anchor": "x2"},
        },
        tall=True,
        rows=[*known, gauge.rows],
    )


def _rows_of_ranking(items: Items, missing: Sequence[tuple[int, int, float]], first: np.ndarray | None) -> list[Rows]:
    """Return the items, and the pairs in which the better one does not lead by enough."""
    columns = {"item": items.names, "score": items.scores, "step of gradient descent": items.moves}
    if first is not None:
        columns["probability to come first"] = first
    better, worse, lack = zip(*missing, strict=True) if missing else ((), (), ())
    pairs = {
        "better item": [items.names[i] for i in better],
        "worse item": [items.names[i] for i in worse],
        "missing lead": lack,
    }
    return [Rows("items, the most relevant first", columns), Rows("pairs with too small a lead", pairs)]


def _arrow(score: float, move: float, row: float, reach: float) -> Trace:
    """Return an arrow along a row that begins at the edge of a dot.

    reach  how far the dot reaches from its middle, in units of the score
    """
    head, side = ("triangle-right", 1) if move > 0 else ("triangle-left", -1)
    start = score + side * reach
    return {
        **MARKER,
        "mode": "lines+markers",
        "x": [start, start + 1.6 * move],
        "y": [row, row],
        "line": {"color": theme.color("gradient"), "width": 4},
        "marker": {
            "size": [0, 14],
            "symbol": head,
            "color": theme.color("gradient"),
            "opacity": 1,
            "line": {"width": 0},
        },
    }


def bets(
    bins: np.ndarray, nats: np.ndarray, squared: np.ndarray, *, at: int, true: int, ticks: Sequence[float]
) -> Figure:
    """Return −ln of the forecast above and the squared error below, of a forecast that favors each bin in turn.

    bins, nats, squared  (K,)  the bins, and both losses of a forecast that favors them
    at, true             the currently favored bin, and the true one
    ticks                of the upper axis in nats, which ends at the last one
    """

    def panel(values: np.ndarray, ticks: Sequence[float], title: str, role: Role) -> tuple[Axis, list[Trace]]:
        top = ticks[-1]
        shown = np.minimum(values, top).tolist()
        value = f"<b>{text(float(values[at]))}</b>"
        dots = {**MARKER, "x": bins.tolist(), "y": shown, "marker": {"size": 9, "color": theme.color("quiet")}}
        dots = shows(dots, "", y=values)
        labels = [
            Label(at, shown[at], value, theme.color(role), "top center", RINGED),
            Label(true, top, "sold", theme.color("truth"), ("bottom right", "bottom left"), also=((true, top / 2),)),
        ]
        line = segment([true, true], [0, top], "truth", name="sold", dash="solid", width=2)
        here = ring(at, shown[at], role, value=float(values[at]))
        return Axis(title, 0, top, ticks), [line, dots, here, label_trace(labels)]

    return two_panels(
        Axis("favored bin (each 100,000 dollars)", -0.5, len(bins) - 0.5, (0, 2, 4, 6, 8, 10)),
        panel(nats, ticks, "−ln p (nats)", "loss"),
        panel(squared, (0, 50, 100), "squared error (bins²)", "squared"),
        tall=True,
    )
