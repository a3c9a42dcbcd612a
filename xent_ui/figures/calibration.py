"""A reliability diagram, the log loss at every temperature, and the parts of the Brier scores of two forecasters."""

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
    curve,
    evenly_spaced,
    guess_traces,
    hatching,
    label_trace,
    layout,
    on_axes,
    ring,
    segment,
)
from xent_ui.figures.reliability import SHARE_NAMES, SHARES, bins, reliability_diagram
from xent_ui.figures.table import Rows
from xent_ui.style import theme
from xent_ui.style.numbers import text

ROLES: tuple[theme.Role, theme.Role] = ("loss", "model")  # of held-out and of training examples
HIGHEST_SCORE = 0.7  # where the axis of Brier scores ends: always saying 1 scores 0.666
HIGHEST_LOSS = 1.5  # where the axis of log losses ends
SAID = "probability that the network gave (mean of the bin)"
SAID_BRIEFLY = "probability given (mean of the bin)"
BIN_SIZE = Axis("examples", 0, 2000, (0, 1000), ("0", "1,000"))
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
    """Return two panels: above, the reliability diagram with the largest gap labeled; below, the size of each bin.

    guess         of the share that came true in one bin
    hidden_above  probabilities above it have no dots, and no gap is labeled; 1 hides nothing
    """
    shown = curve_.edges[1:] <= hidden_above + 1e-9
    (_, *diagram), names = reliability_diagram(
        curve_._replace(frequency=np.where(shown, curve_.frequency, np.nan)) if hidden_above < 1 else curve_
    )
    marks, _ = guess_traces(guess)
    gap = [] if hidden_above < 1 else [_largest_gap(curve_)]
    middle = (curve_.edges[1:] + curve_.edges[:-1]) / 2
    sizes = bars(middle, curve_.count, theme.faded(theme.color("quiet"), 0.4), width=0.92 * float(curve_.edges[1]))
    words = [*_beside_the_last_bin(guess), *gap, *names]
    said = Axis(SAID_BRIEFLY if theme.is_narrow() else SAID, 0, 1, SHARES, SHARE_NAMES)
    plan, below = layout(said, CAME_TRUE), layout(said, BIN_SIZE)
    plan["xaxis"]["anchor"] = "y2"
    plan["yaxis"]["domain"] = [0.27, 1]
    plan["yaxis2"] = {**below["yaxis"], "domain": [0, 0.2], "anchor": "x", "showgrid": False}
    plan["margin"] = {**plan["margin"], "r": 82}  # room for the labels of a guess in the last bin
    counts = on_axes([sizes, label_trace(_counts(curve_))], "x", "y2")
    rows = [bins(curve_._replace(frequency=np.where(shown, curve_.frequency, np.nan)))]
    return Figure([*diagram, *marks, label_trace(words), *counts], plan, tall=True, rows=rows)


def _beside_the_last_bin(guess: GuessMark | None) -> list[Label]:
    if guess is None:
        return []
    quiet = theme.color("quiet")
    if guess.true is None:
        return [Label(guess.x, guess.guessed, "guess <b>?</b>", quiet, gap=RINGED)]
    is_higher = guess.guessed > guess.true
    return [
        Label(guess.x, y, words, quiet, ("middle right", f"{away} right"), gap=RINGED)
        for y, words, away in (
            (guess.guessed, "guess", "top" if is_higher else "bottom"),
            (guess.true, "truth", "bottom" if is_higher else "top"),
        )
    ]


def _counts(curve_: ReliabilityCurve) -> list[Label]:
    """Return labels for the number of examples in the fullest bin and in the last one."""
    middle, last = (curve_.edges[1:] + curve_.edges[:-1]) / 2, len(curve_.count) - 1
    return [
        Label(float(middle[i]), float(curve_.count[i]), f"{int(curve_.count[i]):,}", theme.color("quiet"), sides, 2)
        for i, sides in ((last, ("top center",)), (int(np.argmax(curve_.count)), ("top center", "middle right")))
        if curve_.count[i]
    ][:: 1 if int(np.argmax(curve_.count)) != last else 2]


def _largest_gap(curve_: ReliabilityCurve) -> Label:
    gaps = np.nan_to_num(np.abs(curve_.confidence - curve_.frequency))
    worst = int(np.argmax(gaps))
    x, y = float(curve_.confidence[worst]), float(curve_.frequency[worst])
    side = "bottom center" if y < x else "top center"
    words = f"MCE {text(float(gaps[worst]), 2)}"
    return Label(x, y, words, theme.color("excess"), side, RINGED + 2, also=((x, (x + y) / 2),))


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
        whole, dash = (temperatures, each.losses), "dash" if i else "solid"
        traces.append(evenly_spaced(curve(temperatures, shown, role, name=each.name, whole=whole, dash=dash)))
        is_upper = each.losses[-1] == max(other.losses[-1] for other in curves)
        side = "top left" if is_upper else "bottom left"
        seen = np.flatnonzero(np.isfinite(shown))[::-3]
        places = tuple((float(temperatures[k]), float(shown[k])) for k in seen)
        name = each.name.removesuffix(" examples") if theme.is_narrow() else each.name
        labels.append(Label(*places[0], name, theme.color(role), side, also=places[1:]))
        if i == chosen:
            traces.append(segment([each.fitted] * 2, [0, HIGHEST_LOSS], "ink", name="fitted", dash="dash"))
            words = f"fitted: <b>T = {text(each.fitted)}</b>"
            beside = ("bottom right", "bottom left")
            heights = tuple((each.fitted, share * HIGHEST_LOSS) for share in (0.85, 0.7, 0.2))
            labels.append(Label(each.fitted, HIGHEST_LOSS, words, ink, beside, 6, also=heights))
        dot = ring(each.fitted, each.at_fitted, role, name=f"least, {each.name}")
        traces.append(dot | {"marker": _dot(role)})
    beyond = "↑ " if value > HIGHEST_LOSS else ""
    words = f"<b>{beyond}{text(value)}</b>"
    height = min(value, HIGHEST_LOSS)
    right = ((T + 0.4, height), (T + 0.8, height))  # beyond a steep curve
    here = Label(T, height, words, theme.color("loss"), "top right", RINGED, also=right)
    return Figure(
        [*traces, ring(T, min(value, HIGHEST_LOSS), value=value), label_trace([here, *reversed(labels)])],
        layout(
            Axis("temperature T", low, high, (0.5, 1, 2, 3, 4, 5), ("½", "1", "2", "3", "4", "5")),
            Axis("mean log loss (nats)", 0, HIGHEST_LOSS, (0, 0.5, 1, 1.5)),
        ),
    )


def _dot(role: theme.Role) -> dict[str, object]:
    return {"size": 9, "color": theme.color(role)}


def two_scores(left: Parts, right: Parts) -> Figure:
    """Return a waterfall chart of a Brier score for each of two forecasters, beside or below each other."""
    scale = Axis("Brier score", 0, HIGHEST_SCORE, (0, 0.2, 0.4, 0.6), ("0", "0.2", "0.4", "0.6"))
    plan = layout(scale, Axis("", -0.5, 4.3))
    base_x, base_y = plan.pop("xaxis"), {**plan.pop("yaxis"), "visible": False}
    plan["margin"] = {**plan["margin"], "l": 14, "r": 14, "t": 6, "b": 54}
    apart: dict[str, tuple[tuple[float, float], ...]] = {"x": ((0, 0.47), (0.53, 1)), "y": ((0, 1), (0, 1))}
    if theme.is_narrow():
        apart = {"x": ((0, 1), (0, 1)), "y": ((0.52, 1), (0, 0.48))}
        base_y["range"] = [-0.4, 4.5]
    traces: list[Trace] = []
    for i, parts in enumerate((left, right)):
        suffix = ("", "2")[i]
        traces += on_axes(_waterfall(parts), f"x{suffix}", f"y{suffix}")
        plan |= {
            f"xaxis{suffix}": {**base_x, "domain": apart["x"][i], "anchor": f"y{suffix}"},
            f"yaxis{suffix}": {**base_y, "domain": apart["y"][i], "anchor": f"x{suffix}"},
        }
    if theme.is_narrow():
        plan["xaxis"] |= {"showticklabels": False, "title": {"text": ""}}
    named = ("uncertainty", "resolution (subtracted)", "reliability (added)", "Brier score (the sum)")
    columns = {f"{parts.name}: Brier score": _four(parts) for parts in (left, right)}
    return Figure(traces, plan, tall=True, rows=[Rows("parts of two Brier scores", {"part": named, **columns})])


def _four(parts: Parts) -> tuple[float, float, float, float]:
    return parts.uncertainty, parts.resolution, parts.reliability, parts.score


def _waterfall(parts: Parts) -> list[Trace]:
    """Return four bars, one below the other, each of which begins where the one above it ends."""
    quiet, paper, squared = (theme.color(role) for role in ("quiet", "paper", "squared"))
    unresolved = parts.uncertainty - parts.resolution
    bar = {"type": "bar", "orientation": "h", "width": 0.38, "hoverinfo": "skip"}
    edge = {"color": quiet, "width": 2}
    traces: list[Trace] = [
        {**bar, "y": [3.0], "x": [parts.uncertainty], "base": [0], "marker": {"color": theme.faded(quiet, 0.6)}},
        {**bar, "y": [2.0], "x": [parts.resolution], "base": [unresolved], "marker": {"color": paper, "line": edge}},
        {**bar, "y": [1.0], "x": [parts.reliability], "base": [unresolved], "marker": {"pattern": hatching()}},
        {**bar, "y": [0.0], "x": [parts.score], "base": [0], "marker": {"color": squared}},
    ]
    named = (
        (3, "uncertainty", parts.uncertainty, quiet),
        (2, "− resolution", parts.resolution, quiet),
        (1, "+ reliability", parts.reliability, theme.color("excess")),
        (0, "= Brier score", parts.score, squared),
    )
    labels = [
        Label(0, height + 0.21, f"{name}\u2002<b>{text(value)}</b>", color, ("top right",), 0)
        for height, name, value, color in named
    ]
    title = Label(0, 3.95, f"<b>{parts.name}</b>", theme.color("ink"), ("top right",), 0)
    return [*traces, label_trace([title, *labels])]
