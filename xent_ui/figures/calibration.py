"""A reliability diagram, the log loss at every temperature, and the parts of the Brier scores of two forecasters."""

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
    curve,
    evenly_spaced,
    guess_traces,
    label_trace,
    layout,
    on_axes,
    ring,
    segment,
)
from xent_ui.figures.reliability import SHARE_NAMES, SHARES, TALLEST_COUNT, reliability_diagram
from xent_ui.style import theme
from xent_ui.style.numbers import text

ROLES: tuple[theme.Role, theme.Role] = ("loss", "model")  # of held-out and of training examples
HIGHEST_SCORE = 0.3  # where the axis of Brier scores ends
HIGHEST_LOSS = 1.5  # where the axis of log losses ends
NAMED_FROM = 2.6  # the temperature above which a name of a loss curve stands, on a phone
SAID = Axis("probability that the network gave (mean of the bin)", 0, 1, SHARES, SHARE_NAMES)
CAME_TRUE = Axis("share that came true", 0, 1.04, SHARES, SHARE_NAMES)


class Parts(NamedTuple):
    """A Brier score and its parts: score = uncertainty - resolution + reliability."""

    name: str
    uncertainty: float
    resolution: float
    reliability: float
    score: float


class LossCurve(NamedTuple):
    """The mean log loss of some examples, in nats, at evenly spaced temperatures, and the temperature of the least."""

    name: str
    losses: np.ndarray
    fitted: float
    at_fitted: float


def reliability(curve_: ReliabilityCurve, *, guess: GuessMark | None = None, hidden_above: float = 1.0) -> Figure:
    """Return the reliability diagram, with the largest gap labeled.

    guess         of the share that came true in one bin
    hidden_above  probabilities above it have no dots, and no gap is labeled; 1 hides nothing
    """
    shown = curve_.edges[1:] <= hidden_above + 1e-9
    diagram, names = reliability_diagram(
        curve_._replace(frequency=np.where(shown, curve_.frequency, np.nan)) if hidden_above < 1 else curve_
    )
    marks, _ = guess_traces(guess)
    gap = [] if hidden_above < 1 else [_largest_gap(curve_)]
    plan = layout(SAID, CAME_TRUE)
    plan["margin"] = {**plan["margin"], "r": 82}  # room for the labels of a guess in the last bin
    return Figure([*diagram, *marks, label_trace([*names, *_counts(curve_), *gap, *_beside_the_last_bin(guess)])], plan)


def _beside_the_last_bin(guess: GuessMark | None) -> list[Label]:
    if guess is None:
        return []
    quiet = theme.color("quiet")
    if guess.true is None:
        return [Label(guess.x, guess.guessed, f"{GAP}guess <b>?</b>", quiet)]
    truth = Label(guess.x, guess.true, f"{GAP}truth", quiet)
    is_apart = abs(guess.true - guess.guessed) > 0.06  # else the labels would overlap
    return [Label(guess.x, guess.guessed, f"{GAP}guess", quiet), truth] if is_apart else [truth]


def _counts(curve_: ReliabilityCurve) -> list[Label]:
    """Return labels for the number of examples in the fullest bin and in the last one."""
    middle, most = (curve_.edges[1:] + curve_.edges[:-1]) / 2, curve_.count.max(initial=1)
    return [
        Label(
            min(0.93, max(0.07, float(middle[i]))),
            TALLEST_COUNT * float(curve_.count[i] / most) + 0.05,
            f"{int(curve_.count[i]):,}",
            theme.color("quiet"),
            "middle center",
        )
        for i in sorted({int(np.argmax(curve_.count)), len(middle) - 1})
        if curve_.count[i]
    ]


def _largest_gap(curve_: ReliabilityCurve) -> Label:
    gaps = np.nan_to_num(np.abs(curve_.confidence - curve_.frequency))
    worst = int(np.argmax(gaps))
    confidence, frequency = float(curve_.confidence[worst]), float(curve_.frequency[worst])
    distance, side = (-0.07, "bottom center") if frequency < confidence else (0.07, "top center")
    place = min(0.9, max(0.1, confidence))
    return Label(place, frequency + distance, f"MCE {text(float(gaps[worst]), 2)}", theme.color("excess"), side)


def losses_at_temperatures(
    temperatures: np.ndarray, curves: tuple[LossCurve, LossCurve], *, at: tuple[float, float], chosen: int
) -> Figure:
    """Return the log loss of two sets of examples at every temperature, each with a dot at its fitted temperature.

    curves  of the judged examples, then of the training examples
    at      the current temperature and the loss of the judged examples there
    chosen  the index of the curve whose fitted temperature is marked by a line through the whole picture
    """
    T, value = at
    low, high = float(temperatures[0]), float(temperatures[-1])
    ink, traces, labels = theme.color("ink"), [], []
    for i, (each, role) in enumerate(zip(curves, ROLES, strict=True)):
        shown = np.where(each.losses <= HIGHEST_LOSS, each.losses, np.nan)
        traces.append(evenly_spaced(curve(temperatures, shown, role, dash="dash" if i else "solid")))
        is_upper = each.losses[-1] == max(other.losses[-1] for other in curves)
        beside = each.losses[temperatures >= NAMED_FROM]  # above all of it, or below, so that no curve crosses its name
        height, side = (beside.max(), "top left") if is_upper else (beside.min(), "bottom left")
        labels.append(Label(high, float(height), each.name, theme.color(role), side))
        if i == chosen:
            traces.append(segment([each.fitted] * 2, [0, HIGHEST_LOSS], "ink", dash="dash"))
            words = f"{GAP}fitted: <b>T = {text(each.fitted)}</b>"
            labels.append(Label(each.fitted, 0.94 * HIGHEST_LOSS, words, ink))
        traces.append(ring(each.fitted, each.at_fitted, role) | {"marker": _dot(role)})
    beyond = "↑ " if value > HIGHEST_LOSS else ""
    side = "bottom right" if value > HIGHEST_LOSS else "top right" if T < 3.6 else "top left"
    here = Label(T, min(value, HIGHEST_LOSS), f"{GAP}<b>{beyond}{text(value)}</b>{GAP}", theme.color("loss"), side)
    return Figure(
        [*traces, ring(T, min(value, HIGHEST_LOSS)), label_trace([*labels, here])],
        layout(
            Axis("temperature T", low, high, (0.5, 1, 2, 3, 4, 5), ("½", "1", "2", "3", "4", "5")),
            Axis("mean log loss (nats)", 0, HIGHEST_LOSS, (0, 0.5, 1, 1.5)),
        ),
    )


def _dot(role: theme.Role) -> dict[str, object]:
    return {"size": 9, "color": theme.color(role)}


def two_scores(left: Parts, right: Parts) -> Figure:
    """Return a waterfall chart of a Brier score for each of two forecasters."""
    plan = layout(Axis("", 0, HIGHEST_SCORE, (0, 0.1, 0.2), ("0", "0.1", "0.2")), Axis("", -0.75, 4.1))
    base_x, base_y = plan.pop("xaxis"), plan.pop("yaxis")
    plan["margin"] = {**plan["margin"], "l": 14, "r": 14, "t": 30, "b": 34}
    traces: list[Trace] = []
    titles = []
    for i, (parts, domain) in enumerate(zip((left, right), ((0, 0.48), (0.52, 1)), strict=True)):
        suffix = ("", "2")[i]
        traces += on_axes(_waterfall(parts), f"x{suffix}", f"y{suffix}")
        plan |= {
            f"xaxis{suffix}": {**base_x, "domain": domain, "anchor": f"y{suffix}"},
            f"yaxis{suffix}": {**base_y, "anchor": f"x{suffix}", "showticklabels": False, "showgrid": False},
        }
        titles.append(
            {
                "text": f"<b>{parts.name}</b>",
                "x": domain[0],
                "y": 1,
                "xref": "paper",
                "yref": "paper",
                "showarrow": False,
                "xanchor": "left",
                "yanchor": "bottom",
                "font": {"color": theme.color("ink")},
            }
        )
    return Figure(traces, {**plan, "annotations": titles})


def _waterfall(parts: Parts) -> list[Trace]:
    """Return four bars, one below the other, each of which begins where the one above it ends."""
    quiet, truth, excess, squared = (theme.color(role) for role in ("quiet", "truth", "excess", "squared"))
    unresolved = parts.uncertainty - parts.resolution
    rows = [
        ("uncertainty", 0.0, parts.uncertainty, quiet, ""),
        ("− resolution", unresolved, parts.resolution, truth, "/"),
        ("+ reliability", unresolved, parts.reliability, excess, "x"),
        ("= Brier score", 0.0, parts.score, squared, ""),
    ]
    heights = [3.0, 2.0, 1.0, 0.0]
    bars: Trace = {
        "type": "bar",
        "orientation": "h",
        "y": heights,
        "x": [length for _, _, length, _, _ in rows],
        "base": [start for _, start, *_ in rows],
        "width": 0.36,
        "hoverinfo": "skip",
        "marker": {"color": [row[3] for row in rows], "pattern": {"shape": [row[4] for row in rows]}},
    }
    labels = [
        Label(0, height + 0.42, f"{name}\u2002<b>{text(length)}</b>", color, "middle right")
        for height, (name, _, length, color, _) in zip(heights, rows, strict=True)
    ]
    connections = [
        segment([x, x], [top, bottom], "grid", dash="solid", width=2)
        for x, top, bottom in ((parts.uncertainty, 3, 2), (unresolved, 2, 1), (parts.score, 1, 0))
    ]
    return [bars, *connections, label_trace(labels)]
