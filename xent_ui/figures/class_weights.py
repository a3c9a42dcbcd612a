"""The figures of the lesson on class weights: a thousand people, some of them ill, and reports of a weighted model."""

from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from xent_ui.figures.base import (
    MARGIN,
    RINGED,
    SIZE,
    Axis,
    Figure,
    Label,
    Trace,
    as_float32,
    curve,
    label_trace,
    layout,
    ring,
    segment,
)
from xent_ui.figures.placement import width_of
from xent_ui.figures.table import Rows
from xent_ui.style import theme
from xent_ui.style.numbers import counted, digits_apart, percent, text

LEFT, RIGHT = -3.5, 7.5
COLUMN = 0.1  # the picture rounds test results to this
BAND = (1.75, 2.25)  # the test results of about 2, which the question is about
GROUPS = ("healthy, called healthy", "healthy, false alarm", "ill, missed", "ill, found")
SHARE = (0, 0.25, 0.5, 0.75, 1)
NAMES = ("0", "¼", "½", "¾", "1")


class People(NamedTuple):
    """The test results of both groups, in ascending order, and the result around which those of the ill lie."""

    healthy: np.ndarray
    ill: np.ndarray
    typical: float


class Line(NamedTuple):
    """The test result beyond which people are called ill, and what the mistakes cost, per 1,000 people."""

    x: float
    cost: float


class BandGuess(NamedTuple):
    """A guess of the share of the ill among the people with a test result of about 2.

    is_open  whether the ill among them are hidden, because the guess is not locked in
    """

    share: float
    is_open: bool


class _Stage(NamedTuple):
    """Lengths in px at the smallest size at which the figure is shown; they are the units of its vertical axis."""

    dot: float  # the diameter of a person of weight 1
    row: float  # the height of a row of people
    width: float
    side: int  # the margin on the left and on the right
    bottom: int
    words: float  # the height of a line of words

    @property
    def column(self) -> float:
        """The width of a column of dots."""
        return self.width / (RIGHT - LEFT) * COLUMN

    @property
    def floor_of_ill(self) -> float:
        """The height on which the ill stand, above the healthy and the words about them."""
        return self.row + self.words + 4

    @property
    def top(self) -> float:
        """The height at which the rows end."""
        return self.floor_of_ill + self.row


def _stage() -> _Stage:
    return _Stage(2.7, 115, 308, 10, 51, 21) if theme.is_narrow() else _Stage(4.2, 168, 581, 16, 54, 24)


def crowd(people: People, *, weight: float, line: Line, best: Line, guess: BandGuess | None = None) -> Figure:
    """Return two rows of dots over the test results, one a person: below, the healthy; above, the ill.

    weight  of an ill person: the area of the dot, where that of a healthy one is 1
    line    the line beyond which people are called ill
    best    the line with the least cost
    """
    stage = _stage()
    marks, named = _guess(people, guess, line.x, stage) if guess else ([], [])
    counts = _counts(people, line.x, stage)
    ends = LEFT + (width_of(counts[-1].text, SIZE) + 8) / stage.column * COLUMN  # of the words above the ill
    lines, costs = _lines(line, best, stage, is_clear=line.x > ends)
    rule = "one dot, one person;<br>its area is the weight"
    at = stage.floor_of_ill + 0.55 * stage.row
    named.append(Label(RIGHT, at, rule, theme.color("quiet"), ("middle left", "middle right"), 0, True, ((LEFT, at),)))
    is_open = guess is not None and guess.is_open
    groups = [*_healthy(people.healthy, line.x, stage), *_ill(people, weight, line.x, stage, hides_band=is_open)]
    traces = [*marks, *groups, *lines, label_trace([*counts, *costs, *named])]
    plan = layout(
        Axis("test result", LEFT, RIGHT, (-2, 0, 2, 4, 6), ("−2", "0", "2", "4", "6")),
        Axis("", 0, stage.top + 2 * stage.words + 2),
    )
    margin = {**MARGIN, "l": stage.side, "r": stage.side, "t": 2, "b": stage.bottom}
    rows = [
        Rows(
            "lines",
            {
                "line": ["yours", "with the least cost"],
                "test result": [line.x, best.x],
                "cost per 1,000 people": [line.cost, best.cost],
            },
        ),
        Rows("weights", {"person": ["healthy", "ill"], "weight": [1, weight]}),
        _people(groups, hides_band=is_open),
    ]
    whole = {**plan, "margin": margin, "yaxis": {**plan["yaxis"], "visible": False}}
    return Figure(traces, whole, tall=True, rows=rows)


def _people(groups: list[Trace], *, hides_band: bool) -> Rows:
    """Return how many dots of each of the four groups lie over each test result.

    hides_band  whether the numbers of the ill with a test result of about 2 are unknown
    """
    columns = [np.round(np.asarray(dots["x"]) / COLUMN).astype(int) for dots in groups]
    shown = np.unique(np.concatenate(columns))
    results = np.round(shown * COLUMN, 6)
    numbers = {
        f"{name}: people": np.bincount(np.searchsorted(shown, column), minlength=len(shown)).astype(float)
        for name, column in zip(GROUPS, columns, strict=True)
    }
    if hides_band:
        for name in list(numbers)[2:]:
            numbers[name][_in_band(results)] = np.nan
    return Rows("people by test result", {"test result": results, **numbers})


def _healthy(results: np.ndarray, line: float, stage: _Stage) -> list[Trace]:
    """Return the dots of the healthy; those beyond the line, who are false alarms, are ringed."""
    columns = np.round(results / COLUMN)
    heights, alarmed = _pile(tuple(columns), stage.column, stage.dot), results > line
    color, x = theme.class_color(0), columns * COLUMN
    return [
        _dots(x[~alarmed], heights[~alarmed], stage.dot, theme.faded(color, 0.6)),
        _dots(x[alarmed], heights[alarmed], stage.dot, color, edge=theme.color("ink"), width=stage.dot / 5),
    ]


def _ill(people: People, weight: float, line: float, stage: _Stage, *, hides_band: bool) -> list[Trace]:
    """Return the dots of the ill: filled if they are found, empty if they are missed."""
    columns = np.round((people.ill - people.typical) / COLUMN)
    diameter, color = stage.dot * float(np.sqrt(weight)), theme.class_color(1)
    x, heights = people.typical + columns * COLUMN, stage.floor_of_ill + _pile(tuple(columns), stage.column, diameter)
    hidden = _in_band(people.ill) if hides_band else np.zeros(len(x), dtype=bool)
    found, missed = (people.ill > line) & ~hidden, (people.ill <= line) & ~hidden
    edge = min(2.5, diameter / 4)
    return [
        _dots(x[missed], heights[missed], diameter - edge, theme.color("paper"), edge=color, width=edge),
        _dots(x[found], heights[found], diameter, color),
    ]


def _dots(x: np.ndarray, y: np.ndarray, diameter: float, color: str, *, edge: str = "", width: float = 0) -> Trace:
    return {
        "type": "scatter",
        "mode": "markers",
        "x": as_float32(x),
        "y": as_float32(y),
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {
            "size": round(diameter, 2),
            "color": color,
            "opacity": 1,
            "line": {"color": edge or color, "width": round(width, 2)},
        },
    }


@lru_cache(maxsize=256)
def _pile(columns: tuple[float, ...], column: float, diameter: float) -> np.ndarray:
    """Return the heights in px of dots that lie on one another, each in the middle of its column.

    Each dot is laid down as low as those permit that lie there already; the middle ones come first.
    """
    x, y = np.array(columns) * column, np.zeros(len(columns))
    order = np.argsort(np.abs(x), kind="stable")
    for i, dot in enumerate(order):
        laid = order[:i]
        near = laid[np.abs(x[laid] - x[dot]) < diameter - 1e-6]
        apart = np.sqrt(diameter**2 - (x[near] - x[dot]) ** 2)  # in height
        places = np.sort(np.concatenate([[0.0], y[near] + apart]))
        is_free = (np.abs(places[:, None] - y[near]) >= apart - 1e-6).all(axis=1)
        y[dot] = places[is_free][0]
    return y + diameter / 2


def _counts(people: People, line: float, stage: _Stage) -> list[Label]:
    """Return how many people of each group are called ill, each above its row."""
    alarms, found = int((people.healthy > line).sum()), int((people.ill > line).sum())
    missed = "" if theme.is_narrow() else f", {len(people.ill) - found} missed"
    healthy = f"{len(people.healthy)} healthy: <b>{counted(alarms, 'false alarm')}</b>"
    ill = f"{len(people.ill)} ill: <b>{found} found</b>{missed}"
    return [
        Label(LEFT, height + stage.words / 2, words, theme.class_color(i), ("middle right",), 0)
        for i, (height, words) in enumerate(((stage.row, healthy), (stage.top, ill)))
    ]


def _lines(line: Line, best: Line, stage: _Stage, *, is_clear: bool) -> tuple[list[Trace], list[Label]]:
    """Return the line and, if it is another, the one with the least cost, with their costs.

    is_clear  whether the line can go on to its label, because it does not meet the words above the ill
    """
    ink, is_best = theme.color("ink"), line.x == best.x
    traces: list[Trace] = []
    rows: list[Any] = [0, stage.row, None, stage.floor_of_ill, stage.top]
    digits = digits_apart(line.cost, best.cost)
    words = f"<b>line {text(line.x)}, {'least ' if is_best else ''}cost {text(line.cost, digits)}</b>"
    height = stage.top + stage.words
    if line.x > RIGHT:
        labels = [Label(RIGHT, height, f"→ {words}", ink, ("top left",), 0)]
    elif line.x < LEFT:
        labels = [Label(LEFT, height, f"← {words}", ink, ("top right",), 0)]
    else:
        up_to = [*rows[:-1], height if is_clear else stage.top]
        traces = [segment([line.x] * 5, up_to, "ink", dash="solid", width=2.5), ring(line.x, 0, "ink", name=None)]
        labels = [Label(line.x, height, words, ink, ("top center", "top right", "top left"), 0)]
    if not is_best and best.x < RIGHT:
        traces.insert(0, segment([best.x] * 5, rows, "model", dash="dash", width=2.5))
        sides = ("top right", "top left") if best.x > line.x else ("top left", "top right")
        least = f"least cost {text(best.cost, digits)}"
        lower = tuple((best.x, stage.floor_of_ill + share * stage.row) for share in (0.8, 0.6, 0.4))
        labels.append(Label(best.x, stage.top, least, theme.color("model"), sides, optional=True, also=lower))
    return traces, labels


def _guess(people: People, guess: BandGuess, line: float, stage: _Stage) -> tuple[list[Trace], list[Label]]:
    """Return a band around the people with a result of about 2, with as many diamonds as are guessed to be ill."""
    ill = int(_in_band(people.ill).sum())
    n = ill + int(_in_band(people.healthy).sum())
    guessed, quiet = round(guess.share * n), theme.color("quiet")
    low, high = BAND
    band = {
        **curve([low, low, high, high, low], [0, stage.top, stage.top, 0, 0], "quiet", width=0),
        "fill": "toself",
        "fillcolor": theme.faded(quiet, 0.15),
    }
    columns, nth = np.arange(np.ceil(low / COLUMN), high / COLUMN), np.arange(guessed)
    heights = stage.floor_of_ill + stage.dot * (nth // len(columns) + 0.5)
    diamonds = _dots(columns[nth % len(columns)] * COLUMN, heights, stage.dot, "rgba(0,0,0,0)", edge=quiet, width=1)
    diamonds["marker"]["symbol"] = "diamond"
    words = f"of these {n},<br>your guess: {guessed}" + (" <b>?</b>" if guess.is_open else f"<br>the truth: {ill}")
    at = 0.6 * stage.row
    free = ((max(high, line), at), (LEFT, stage.floor_of_ill + at), (4.2, stage.floor_of_ill + at))
    return [band, diamonds], [Label(high, at, words, quiet, ("middle right",), 6, also=free)]


def _in_band(results: np.ndarray) -> np.ndarray:
    return (results > BAND[0]) & (results < BAND[1])


def report_for_truth(
    truths: np.ndarray, reports: np.ndarray, *, at: tuple[float, float, float], best_name: str = "best"
) -> Figure:
    """Return what the weighted model says for each true probability, with the learner's own report.

    truths, reports  (n)  the curve
    at               the true probability, what the model says for it, and the learner's report
    best_name        the name of the model's report in its label
    """
    t, best, report = at
    truth, model, ink = theme.color("truth"), theme.color("model"), theme.color("ink")
    traces = [
        curve([0, 1], [0, 1], "truth", width=2),
        curve(truths, reports, "model", name="model"),
        segment([t, t], [0, 1], "quiet"),
        segment([t, t], sorted((t, best)), "quiet", dash="solid", width=6),
        {
            "type": "scatter",
            "mode": "markers",
            "x": [t, t],
            "y": [t, best],
            "hoverinfo": "skip",
            "cliponaxis": False,
            "marker": {"size": 12, "color": [truth, model], "symbol": ["circle", "triangle-up"]},
        },
        ring(t, report, "ink", name=None),
    ]
    side = "middle right" if t < 0.6 else "middle left"
    along = [i for i in range(4, len(truths), 6) if abs(truths[i] - t) > 0.1]  # where their names fit as well
    on_curve, on_diagonal = (tuple((float(truths[i]), float(line[i])) for i in along) for line in (reports, truths))
    best_words, you_words = f"<b>{best_name} {percent(best)}</b>", f"you {percent(report)}"
    beyond = tuple((t + (away if t < 0.6 else -away), report) for away in (0.08, 0.16, 0.24))  # a steep curve
    labels = [
        Label(t, report, you_words, ink, side, RINGED, also=beyond),
        Label(t, best, best_words, model, side, RINGED - 3, also=on_curve),
        Label(t, t, f"truth {percent(t)}", truth, side, RINGED - 3, also=on_diagonal),
    ]
    said = Axis("what the model says, p", 0, 1.1, SHARE, NAMES)
    row = {"report": ["truth", f"the {best_name} report", "you"], "true probability t": [t] * 3}
    return Figure(
        [*traces, label_trace(labels)],
        layout(Axis("true probability t", 0, 1, SHARE, NAMES), said),
        rows=[Rows("reports at this truth", {**row, said.title: [t, best, report]})],
    )
