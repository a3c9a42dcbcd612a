"""Figures of the lesson on cross-entropy and squared error: slopes, a race, a surface with a chord, expected losses.

Each loss has the color of its role, in every figure.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from xent_ui.figures.base import (
    Axis,
    Figure,
    GuessMark,
    Label,
    Trace,
    as_float32,
    curve,
    guess_traces,
    hatching,
    label_trace,
    layout,
    on_axes,
    ring,
    segment,
)
from xent_ui.figures.panels import within
from xent_ui.figures.table import Rows
from xent_ui.style import theme
from xent_ui.style.numbers import exact_text, fixed, percent, percents, text
from xent_ui.style.theme import Role

STEEPEST = {"z": 1.0, "p": 10.0}  # slope that the figure can show, by what the slope is taken in
LOGITS = Axis(
    "logit z, and below it p = σ(z)",
    -10,
    10,
    (-8, -4, 0, 4, 8),
    ("−8<br>0.03 %", "−4<br>1.8 %", "0<br>½", "4<br>98 %", "8<br>99.97 %"),
)
TRACK = Axis(
    "probability p, given to the right answer",
    -8,
    8,
    (-6.907, -2.944, 0, 2.944, 6.907),
    ("0.1 %", "5 %", "50 %", "95 %", "99.9 %"),
)
ROLES: dict[str, Role] = {"cross-entropy": "loss", "squared error": "squared", "focal": "focal"}
LANE = np.linspace(-8, 8, 97)  # logits at which the slopes in the race are drawn
WEIGHTS = Axis("weight w₁", -8, 8, (-8, -4, 0, 4, 8))
STEP = {"cross-entropy": 1.0, "squared error": 0.1}  # from one tick of the loss, and one contour, to the next
LEVELS = {"cross-entropy": (1.0, 2.0, 3.0, 4.0, 5.0), "squared error": (0.3, 0.4, 0.5)}  # of the contours
UNIT = {"cross-entropy": " nats", "squared error": ""}
MOST = 2.0  # expected loss that the last figure can show
MAP_ROWS = (30, 10, 35, 5, 25, 15, 20)  # of the grid of weights, on which the values of contours may stand


class Runner(NamedTuple):
    """One lane of the race: a loss, its slopes at ``LANE``, its logits so far, and the probability at the last."""

    name: str
    slopes: np.ndarray
    path: np.ndarray
    prob: float


def is_right(z: float | np.ndarray, label: int) -> np.ndarray:
    """Return whether the probability of logit z is on the right side of one half, or on it."""
    return np.asarray(z if label == 1 else -np.asarray(z)) >= 0


def slopes(
    z: np.ndarray,
    ce_slopes: np.ndarray,
    se_slopes: np.ndarray,
    *,
    at: tuple[float, float, float],
    wrt: str,
    label: int,
    guess: GuessMark | None = None,
) -> Figure:
    """Return the slopes of both losses; while a guess is open, squared error's is drawn only where the model is right.

    z, ce_slopes, se_slopes  (n)  logits, and the slopes of cross-entropy and squared error
    at     the current logit and both slopes there
    wrt    "z" or "p": what the slopes are taken in
    label  1 or 0: what is true
    guess  how steep squared error is; drawn only for slopes in z and a label of 1
    """
    up = 1 if label == 1 else -1  # for y = 0 the figure is turned by 180 degrees
    steepest = STEEPEST[wrt]
    logit, ce_slope, se_slope = at
    edge = 1.03 * steepest
    is_beyond = abs(ce_slope) > edge
    ce_at = -up * edge if is_beyond else ce_slope
    arrow = ("↓ " if up == 1 else "↑ ") if is_beyond else ""
    # Both names move with the logit, above and below everything else.
    above, below, leftmost, rightmost = (0.17, 1.2, -5.0, 4.2) if theme.is_narrow() else (0.11, 1.13, -6.0, 6.0)
    name_at = max(leftmost, min(rightmost, logit))
    is_open = guess is not None and guess.true is None
    known = is_right(z, label) if is_open else np.full(len(z), fill_value=True)
    is_known = not is_open or bool(is_right(logit, label))
    row = ("middle center",)
    name = f"squared error <b>{text(se_slope)}</b>" if is_known else "squared error"
    traces = [
        segment([logit, logit], [0, ce_at], "quiet"),
        curve(*within(z, ce_slopes, -edge, edge), "loss", name="cross-entropy", whole=(z, ce_slopes), width=4),
        curve(z[known], se_slopes[known], "squared", name="squared error", width=3),
    ]
    labels = [
        Label(
            name_at, -up * below * steepest, f"cross-entropy <b>{arrow}{text(ce_slope)}</b>", theme.color("loss"), row
        ),
        Label(name_at if is_known else up * rightmost, up * above * steepest, name, theme.color("squared"), row),
    ]
    dots = [ring(logit, ce_at, name="here, cross-entropy", value=ce_slope)]
    dots += [ring(logit, se_slope, "squared", name="here, squared error")] if is_known else []
    if guess is not None and wrt == "z" and label == 1:
        below_0 = GuessMark(guess.x, -guess.guessed, None if guess.true is None else -guess.true)
        marks, guess_labels = guess_traces(below_0)
        traces += marks
        words, *_ = guess_labels  # the curve has a label of its own at the truth
        if theme.is_narrow():
            words = words._replace(text="<b>?</b>" if is_open else "guess")
        labels.append(words)
    low, high = sorted((-up * (below + 0.1) * steepest, up * (above + 0.09) * steepest))
    step = steepest / 4 if wrt == "z" else 2.0
    ticks = -up * np.arange(0, steepest + step / 2, step) + 0.0
    names = [fixed(tick, 2) if wrt == "z" and tick % 1 else exact_text(tick) for tick in ticks]
    layout_ = layout(LOGITS, Axis(f"slope of the loss, per unit of {wrt}", low, high, ticks.tolist(), names))
    layout_["margin"] = {**layout_["margin"], "b": 74, "l": 72}
    layout_["yaxis"] |= {"zeroline": True, "zerolinecolor": theme.color("quiet"), "zerolinewidth": 1}
    return Figure([*traces, *dots, label_trace(labels)], layout_, names={"x": "logit z"})


def race(runners: Sequence[Runner], *, step: int, every: int = 2) -> Figure:
    """Return lanes on one axis of logits: an area as high as the slope there, and a mark at each step drawn.

    step   the number of steps made
    every  the number of steps from one mark to the next
    """
    lanes = len(runners)
    traces: list[Trace] = []
    labels = [
        Label(0, lanes - 0.05, "right: p > 50\u202f%", theme.color("truth"), ("middle right",), gap=0),
        Label(TRACK.high, lanes - 0.05, f"<b>step {step}</b>", theme.color("ink"), ("middle left",)),
    ]
    for i, (runner, share) in enumerate(
        zip(runners, percents(*(each.prob for each in runners), places=2), strict=True)
    ):
        base = lanes - 1 - i
        role = ROLES[runner.name]
        color = theme.color(role)
        logit, marked = float(runner.path[-1]), runner.path[::every]
        steepness = curve(LANE, base + 0.5 * np.abs(runner.slopes), role, width=1.5, dash="solid")
        base_line = {**steepness, "x": [TRACK.low, TRACK.high], "y": [base, base]}
        area = {**steepness, "fill": "tonexty", "fillcolor": theme.faded(color, 0.2)}
        marks = {
            "type": "scatter",
            "mode": "markers",
            "x": as_float32(marked),
            "y": np.full(len(marked), base, np.uint8),
            "hoverinfo": "skip",
            "marker": {"symbol": "line-ns-open", "size": 9, "color": color},
        }
        finish = segment([0, 0], [base - 0.08, base + 0.58], "truth", dash="solid", width=2)
        traces += [base_line, area, marks, finish, ring(min(logit, TRACK.high), base, role, name=None)]
        arrow = " →" if logit > TRACK.high else ""
        name = f"{runner.name} <b>{share}{arrow}</b>"
        labels.append(Label(TRACK.low, base + 0.7, name, color, ("middle right",), gap=0))
    layout_ = layout(TRACK, Axis("", -0.15, lanes))
    layout_["margin"] = {**layout_["margin"], "l": 20, "r": 20, "t": 22}
    layout_["yaxis"] |= {"showgrid": False, "showticklabels": False}
    return Figure([*traces, label_trace(labels)], layout_, rows=_rows_of_race(runners))


def _rows_of_race(runners: Sequence[Runner]) -> list[Rows]:
    """Return the steepness of each lane, and the logits of its runner so far."""
    steps = np.arange(len(runners[0].path))
    return [
        Rows("the runners now", {"loss": [r.name for r in runners], "probability p": [r.prob for r in runners]}),
        Rows("the race so far", {"step": steps, **{f"{r.name}: logit z": r.path for r in runners}}),
        Rows(
            "steepness of the losses",
            {"logit z": LANE, **{f"{r.name}: slope without its sign": np.abs(r.slopes) for r in runners}},
        ),
    ]


def surface(
    weights: np.ndarray,
    losses: np.ndarray,
    cut: tuple[np.ndarray, np.ndarray],
    *,
    height: float,
    chord: tuple[float, float],
    along: np.ndarray,
    loss: str,
) -> Figure:
    """Return a small map of the loss over two weights, and below it, large, the loss along a line of the map.

    Both panels show a chord of the surface. Where the surface lies above it, the space in between is hatched.

    weights, losses  (n), (n, n)  the grid of both weights, and the loss over it
    cut              (m), (m)     w₁ and the loss along w₂ = height
    chord            where on w₁ the chord begins and ends
    along            (k)  the loss from the beginning of the chord to its end, evenly spaced; k is odd
    loss             the name of the loss
    """
    role, ink = ROLES[loss], theme.color("ink")
    low, high, ticks = fitted(cut[1], STEP[loss])
    x = np.linspace(*chord, len(along))
    straight = np.linspace(along[0], along[-1], len(along))
    middle = len(along) // 2
    is_above = bool(along[middle] > straight[middle])
    gap_role: Role = "excess" if is_above else "ink"
    gap = heights(along[middle], straight[middle], loss).gap
    words = f"<b>{gap}{UNIT[loss]}</b> {'above' if is_above else 'below'}"
    words += "" if theme.is_narrow() else " the chord"
    at, color = (x[middle], along[middle]), theme.color(gap_role)
    number = (  # no text stands on the hatching
        Label(*at, words, color, ("top center", "top right", "top left"), gap=6)
        if is_above
        else Label(
            x[middle],
            (along[middle] + straight[middle]) / 2,
            words,
            color,
            gap=8,
            also=(
                at,
                (x[-1], straight[-1]),
                (x[0], straight[0]),
                (x[-1] + 1.5, straight[-1]),
                (x[0] - 1.5, straight[0]),
            ),
        )
    )
    lower = [
        _excess(x, along, straight),
        curve(*cut, role, name=""),
        segment(chord, [along[0], along[-1]], "ink", dash="solid", width=3),
        segment([x[middle]] * 2, [along[middle], straight[middle]], gap_role, dash="solid", width=5),
        {**ring(0, 0, "ink", name=None), "x": chord, "y": as_float32(along[[0, -1]])},
        label_trace(
            [
                number,
                Label(
                    x[-middle // 2],
                    straight[-middle // 2],
                    "chord",
                    ink,
                    ("bottom center", "bottom left") if is_above else ("top right", "top center"),
                    gap=6,
                    optional=True,
                    also=((x[middle // 2], straight[middle // 2]),),
                ),
            ]
        ),
    ]
    upper = [
        _map(weights, losses, loss),
        segment(chord, [height, height], "ink", dash="solid", width=3),
        {**ring(0, 0, "ink", name=None), "x": chord, "y": [height, height]},
        _values_on_contours(weights, losses, loss),
    ]
    title = f"mean {loss}{f' ({UNIT[loss].strip()})' if UNIT[loss] else ''}"
    plan = layout(WEIGHTS, Axis(title, low, high, ticks))
    above = layout(Axis("", -8, 8, WEIGHTS.ticks), Axis("w₂", -8, 8, (-8, 0, 8)))
    plan["yaxis"] |= {"domain": [0, 0.62]}
    plan["margin"] = {**plan["margin"], "l": 72}
    return Figure(
        [*lower, *on_axes(upper, "x2", "y2")],
        {
            **plan,
            "xaxis2": {**above["xaxis"], "anchor": "y2", "showticklabels": False},
            "yaxis2": {**above["yaxis"], "domain": [0.7, 1], "anchor": "x2", "showgrid": False},
        },
        tall=True,
        rows=[
            Rows(
                f"surface and chord at w₂ = {exact_text(height)}",
                {WEIGHTS.title: x, f"surface: {title}": along, f"chord: {title}": straight},
            ),
            Rows(
                "map",
                {
                    WEIGHTS.title: np.tile(weights, len(weights)),
                    "weight w₂": np.repeat(weights, len(weights)),
                    title: losses.ravel(),
                },
            ),
        ],
    )


def fitted(values: np.ndarray, step: float) -> tuple[float, float, list[float]]:
    """Return the low and the high end of an axis with room around values, and its ticks, all multiples of a step."""
    first, last = int(np.floor(values.min() / step - 0.35)), int(np.ceil(values.max() / step + 0.2))
    return first * step, last * step, [round(k * step, 6) for k in range(first, last + 1)]


class Heights(NamedTuple):
    """The heights of surface and chord at one place as they are written, and the distance of what is written."""

    surface: str
    chord: str
    gap: str


def heights(surface: float, chord: float, loss: str) -> Heights:
    """Return two heights to as many decimal places as show two digits of their distance.

    >>> heights(0.5481, 0.4126, "squared error")
    Heights(surface='0.548', chord='0.413', gap='0.135')
    """
    least = 2 if loss == "cross-entropy" else 3
    places = next((n for n in range(least, 12) if abs(surface - chord) >= 10.0 ** (1 - n)), 12)
    gap = abs(round(surface, places) - round(chord, places))
    return Heights(*(fixed(value, places) for value in (surface, chord, gap)))


def _excess(x: np.ndarray, surface: np.ndarray, chord: np.ndarray) -> Trace:
    """Return the area between surface and chord where the surface is the higher one, hatched."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": as_float32(np.concatenate([x, x[::-1]])),
        "y": as_float32(np.concatenate([np.maximum(surface, chord), chord[::-1]])),
        "hoverinfo": "skip",
        "line": {"width": 0},
        "fill": "toself",
        "fillpattern": hatching(),
    }


def _map(weights: np.ndarray, losses: np.ndarray, loss: str) -> Trace:
    """Return the contours of a loss, darker where it is higher."""
    color, levels = theme.color(ROLES[loss]), LEVELS[loss]
    low, step = levels[0] - STEP[loss], STEP[loss]
    in_16_bits = np.round(60_000 * np.clip((losses - low) / (8 * step), 0, 1)).astype(np.uint16)
    unit = 60_000 / 8
    return {
        "type": "contour",
        "x": as_float32(weights),
        "y": as_float32(weights),
        "z": in_16_bits,
        "showscale": False,
        "hoverinfo": "skip",
        "zmin": 0,
        "zmax": unit * len(levels),
        "contours": {"start": unit, "end": unit * len(levels), "size": unit},
        "colorscale": [[0, theme.faded(color, 0)], [1, theme.faded(color, 0.4)]],
        "line": {"width": 1, "color": theme.faded(color, 0.6)},
    }


def _values_on_contours(weights: np.ndarray, losses: np.ndarray, loss: str) -> Trace:
    """Return a label for each contour, on the contour; its background hides the line behind it."""
    paper = theme.color("paper")
    labels = []
    for level in LEVELS[loss]:
        at = [(float(x), float(weights[row])) for row in MAP_ROWS for x in _crossings(weights, losses[row] - level)]
        if at:
            first, *others = at
            labels.append(
                Label(*first, exact_text(level), theme.color("ink"), ("middle center",), 0, True, tuple(others))
            )
    trace = label_trace(labels)
    return {**trace, "textfont": {**trace["textfont"], "shadow": ", ".join([f"0 0 4px {paper}"] * 3)}}


def _crossings(x: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return where values change their sign, away from the ends."""
    k = np.flatnonzero(np.diff(np.sign(values)))
    found = x[k] - values[k] * (x[k + 1] - x[k]) / (values[k + 1] - values[k])
    return found[np.abs(found) < 7]


def honesty(
    p: np.ndarray,
    ce_expected: np.ndarray,
    se_expected: np.ndarray,
    *,
    truth: float,
    best: tuple[float, float],
    lowest: tuple[float, float],
) -> Figure:
    """Return the expected loss of every report p under both losses, with the best report for each.

    p, ce_expected, se_expected  (n)  reports, and the expected cross-entropy and squared error
    truth         the true probability of yes
    best, lowest  for each loss the best report and its expected loss
    """
    cross_entropy, squared = theme.color("loss"), theme.color("squared")
    # The curves are high on the far side of the truth, so their names stand there.
    shares = np.array([0.2, 0.12, 0.08, 0.06, 0.3, 0.4])
    places = shares if truth > 0.5 else 1 - shares
    ce_places, se_places = (
        list(zip(places.tolist(), np.interp(places, p, expected).tolist(), strict=True))
        for expected in (ce_expected, se_expected)
    )
    far, near = ("left", "right") if truth > 0.5 else ("right", "left")
    above, below = ((f"{vertical} {far}", f"{vertical} {near}") for vertical in ("top", "bottom"))
    traces = [
        segment([truth, truth], [0, MOST], "truth", name="truth", dash="solid", width=2.5),
        curve(*within(p, ce_expected, 0, MOST), "loss", name="cross-entropy (nats)", whole=(p, ce_expected)),
        curve(p, se_expected, "squared", name="squared error", width=3),
        ring(best[0], lowest[0], name="least cross-entropy (nats)"),
        ring(best[1], lowest[1], "squared", name="least squared error"),
    ]
    ce_words, se_words = (
        f"{name}<br>{'≥' if theme.is_narrow() else 'least'} <b>{text(value)}</b>{unit}"
        for name, value, unit in zip(("cross-entropy", "squared error"), lowest, (" nats", ""), strict=True)
    )
    labels = [
        Label(truth, MOST, f"truth {percent(truth)}", theme.color("truth"), below, gap=6),
        Label(*ce_places[0], ce_words, cross_entropy, (above[1], above[0], *below), also=tuple(ce_places[1:])),
        Label(*se_places[0], se_words, squared, (*below, *above), also=tuple(se_places[1:])),
    ]
    report = Axis("what the model says, p", 0, 1, (0, 0.25, 0.5, 0.75, 1), ("0", "¼", "½", "¾", "1"))
    cost = Axis("expected loss (cross-entropy in nats)", -0.2, MOST, (0, 0.5, 1, 1.5, 2), ("0", "½", "1", "1½", "2"))
    return Figure([*traces, label_trace(labels)], layout(report, cost), names={"y": "expected loss"})
