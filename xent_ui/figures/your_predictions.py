"""A learner's predictions: the bill and who pays it, a temperature, a threshold."""

import html
from collections.abc import Sequence
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
    layout,
    segment,
    stand,
    words,
    you,
)
from xent_ui.figures.reliability import CAME_TRUE, SAID, reliability_diagram
from xent_ui.predictions.csv_table import visible
from xent_ui.style import theme
from xent_ui.style.numbers import percent, text

TOPS = (1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 10.0, 15.0, 20.0)
MOST_POINTS = 240
COOLEST, HOTTEST = 0.2, 5.0


class Bill(NamedTuple):
    """Losses of all rows, worst first, in nats: (n) each, and the two means."""

    loss: np.ndarray
    clipped: np.ndarray
    mean: float
    baseline: float


class Strip(NamedTuple):
    """Log loss of the judged half against the temperature, and the temperature fitted on the other half."""

    temperatures: np.ndarray
    losses: np.ndarray
    as_it_is: float
    fitted: float
    at_fitted: float


def name_of(text_: str, most: int = 16) -> str:
    """A class's name as a label: Plotly would take what looks like a tag for one."""
    shown = visible(text_)
    return html.escape(shown if len(shown) <= most else shown[: most - 1] + "…")


def ceiling(values: np.ndarray) -> float:
    """The top of an axis that holds all finite values, or 20."""
    finite = values[np.isfinite(values)]
    most = float(finite.max(initial=0))
    return next((top for top in TOPS if most <= top), TOPS[-1])


def bill(bill_: Bill, *, worst: int, paid: float, guess: GuessMark | None = None) -> Figure:
    """The loss of every row, worst first: the area is the bill, and its dark part is what the worst rows pay.

    worst  how many rows are looked at
    paid   their share of the whole
    """
    n, top = len(bill_.loss), ceiling(bill_.loss)
    traces, labels = guess_traces(guess)
    if guess is None or guess.true is not None:
        loss, quiet, ink = theme.color("loss"), theme.color("quiet"), theme.color("ink")
        if guess:  # the mean has its label already, and the guess may be close to it: it is named above both lines
            above = max(guess.guessed, bill_.baseline) + 0.06 * top
            labels = [Label(guess.x, above, "your guess", quiet, "top center")]
        place, edge = 100 * worst / n, float(bill_.clipped[worst - 1])
        clipped = bool((bill_.clipped < bill_.loss).any())
        low_mean = bill_.mean <= bill_.baseline
        beyond = "↑ " if bill_.mean > top else ""
        line = 0.012 * top  # below a line a label keeps this much off it
        infinite = int(np.isinf(bill_.clipped).sum())
        below = low_mean or bool(beyond)
        labels += [
            Label(
                100,
                min(bill_.mean, top) - below * line,
                f"<b>{beyond}log loss {text(bill_.mean)}</b>",
                loss,
                "bottom left" if below else "top left",
            ),
            Label(
                100,
                bill_.baseline - (not low_mean) * line,
                f"class shares {text(bill_.baseline)}",
                quiet,
                "top left" if low_mean else "bottom left",
            ),
            *_who_pays(worst, place, paid, top, ink),
        ]
        if infinite:
            labels.append(Label(2, top, f"↑ ∞ in {infinite:,} row{'s' if infinite > 1 else ''}", loss, "bottom right"))
        traces = [
            *([_stairs(bill_.loss, 0, n, top, fill=0, dash="dot")] if clipped else []),
            _stairs(bill_.clipped, 0, n, top, fill=0.16),
            _stairs(bill_.clipped, 0, worst, top, fill=0.6, whole=n),
            segment([0, 100], [bill_.baseline] * 2, "quiet", dash="dash"),
            segment([0, 100], [min(bill_.mean, top)] * 2, "loss", dash="solid", width=3),
            *traces,
            segment([place, place], [0, top], "quiet"),
            you(place, min(edge, top)),
        ]
    plan = layout(
        Axis("rows, the worst first", 0, 100, (0, 25, 50, 75, 100), ("0", "25 %", "50 %", "75 %", "all")),
        Axis("loss of the row (nats)", 0, top, _ticks(top)),
    )
    return Figure([*traces, words(labels)], plan)


def _who_pays(worst: int, place: float, paid: float, top: float, color: str) -> list[Label]:
    left = place > 50
    x, side = (place, "left") if left else (max(place, 5), "right")
    gap = GAP if not left else ""
    rows = f"{worst:,} worst row{'s pay' if worst > 1 else ' pays'}"
    lines = (rows + (GAP if left else ""), f"<b>{percent(paid)} of the bill</b>" + (GAP if left else ""))
    return [Label(x, top * (0.66 - 0.09 * i), gap + line, color, f"middle {side}") for i, line in enumerate(lines)]


def _ticks(top: float) -> list[float]:
    step = 0.25 if top <= 1 else 0.5 if top <= 2 else 1 if top <= 4 else 2 if top <= 10 else 5
    return np.arange(0, top + step / 2, step).tolist()


def _stairs(
    loss: np.ndarray, start: int, end: int, top: float, *, fill: float, dash: str = "solid", whole: int | None = None
) -> Trace:
    """Sorted losses as stairs over their share of the rows, cut at the top of the axis."""
    at = np.unique(np.linspace(start, end - 1, MOST_POINTS).astype(int))
    x = np.append(at, end) * 100 / (whole or end)
    y = np.minimum(np.append(loss[at], loss[end - 1]), top)
    color = theme.color("loss")
    drawn = curve(x, y, "loss" if dash == "solid" else "quiet", width=2 if dash == "solid" else 1.5, dash=dash)
    drawn["line"]["shape"] = "hv"
    return drawn | ({"fill": "tozeroy", "fillcolor": theme.faded(color, fill)} if fill else {})


def cooled(
    curve_: ReliabilityCurve,
    strip: Strip,
    *,
    at: tuple[float, float],
    guess: GuessMark | None = None,
    extra: Sequence[Label] = (),
) -> Figure:
    """Above, the reliability diagram of the judged half at your temperature; below, its log loss at every one.

    at     your temperature and its log loss
    guess  of how often forecasts came true; while it is open the diagram keeps its answer
    extra  more labels on the diagram
    """
    diagram, notes = reliability_diagram(curve_)
    marks, said = guess_traces(guess)
    hidden = guess is not None and guess.true is None
    above = [*(diagram[:2] if hidden else diagram), *marks]
    yours = [label._replace(words=f"{label.words.strip()}{GAP}", side="middle left") for label in said[:1]]
    notes = [*notes, *([] if hidden else extra), *yours]
    least = float(strip.losses.min())
    low, high = 0.8 * least, max(1.25 * strip.as_it_is, 1.5 * least, least + 1e-3)
    T, value = at
    shown = min(value, high)
    loss, ink = theme.color("loss"), theme.color("ink")
    held = float(np.clip(strip.fitted, COOLEST, HOTTEST))
    beyond = "→ " if strip.fitted > HOTTEST else "← " if strip.fitted < COOLEST else ""
    side = "left" if held > T > 0.9 or T > 4.2 else "right"  # away from the fitted one, below the curve
    labels = [
        Label(T, shown, f"{GAP}<b>{'↑ ' if value > high else ''}{text(value)}</b>{GAP}", loss, f"bottom {side}"),
        Label(
            held,
            high,
            f"{GAP}{beyond}fitted: {text(strip.fitted)}{GAP}",
            ink,
            "bottom right" if held < 3.4 else "bottom left",
        ),
    ]
    below = [
        _smooth(curve(strip.temperatures, strip.losses, "loss")),
        segment([COOLEST, HOTTEST], [strip.as_it_is] * 2, "quiet", dash="dot"),
        segment([held, held], [low, high], "ink", dash="dash"),
        you(T, shown),
        words(labels),
    ]
    plan = layout(
        Axis("temperature", COOLEST, HOTTEST, (0.5, 1, 2, 3, 4, 5)),
        Axis("log loss", low, high, _apart(least, strip.as_it_is, 0.25 * (high - low))),
    )
    top = layout(SAID, CAME_TRUE)
    plan["yaxis"]["domain"] = [0, 0.26]
    return Figure(
        [*below, *stand([*above, words(notes)], "x2", "y2")],
        {
            **plan,
            "xaxis2": {**top["xaxis"], "anchor": "y2"},
            "yaxis2": {**top["yaxis"], "anchor": "x2", "domain": [0.46, 1]},
        },
    )


def _smooth(line: Trace) -> Trace:
    """A curve through few points."""
    return {**line, "line": {**line["line"], "shape": "spline"}}


def _apart(least: float, as_it_is: float, room: float) -> list[float]:
    """Ticks at the least loss and at that of T = 1, when there is room for both."""
    return [round(least, 2), round(as_it_is, 2)] if as_it_is - least > room else [round(least, 2)]


def threshold(
    edges: np.ndarray, yes: np.ndarray, no: np.ndarray, *, cut: float, counts: tuple[int, int, int, int], name: str
) -> Figure:
    """Up, the rows that are of the class; down, the others; right of the line the answer is yes.

    edges   (m + 1)  bins of the probability of the class
    yes, no (m)      how many rows fall in each, drawn each to its own scale
    counts  found, missed, false alarms, rightly passed over
    """
    found, missed, alarms, passed = counts
    middle, width = (edges[1:] + edges[:-1]) / 2, float(edges[1] - edges[0]) * 0.9
    truth, quiet = theme.color("truth"), theme.color("quiet")
    shown = name_of(name)
    up, down = yes / max(1, yes.max(initial=0)), -no / max(1, no.max(initial=0))
    strength = np.where(middle >= cut, 1, 0.4).tolist()
    labels = [
        Label(cut, 1.22, f"{GAP}found <b>{found:,}</b>", truth, "middle right"),
        Label(cut, 1.22, f"missed <b>{missed:,}</b>{GAP}", truth, "middle left"),
        Label(cut, -1.22, f"{GAP}false alarms <b>{alarms:,}</b>", quiet, "middle right"),
        Label(cut, -1.22, f"passed over <b>{passed:,}</b>{GAP}", quiet, "middle left"),
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
            you(cut, 0, "model"),
            words(labels),
        ],
        plan,
    )
