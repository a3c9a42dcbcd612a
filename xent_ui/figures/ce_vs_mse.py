"""Slopes of two losses on one axis, a race of three, a surface with a chord, and what honesty costs.

Cross-entropy wears the color of what is shown (its slope, its loss); those it is measured against are ink and grey.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from xent_ui.figures import base as draw
from xent_ui.figures.base import GAP, Axis, Figure, GuessMark, Label, curve, layout, light, segment, words, you
from xent_ui.style import theme
from xent_ui.style.numbers import percent, text
from xent_ui.style.theme import Role

REACH = {"z": 1.0, "p": 10.0}  # how steep a slope the picture can show
LOGITS = Axis(
    "logit z, and the p it means",
    -10,
    10,
    (-8, -4, 0, 4, 8),
    ("−8<br>0.03 %", "−4<br>1.8 %", "0<br>½", "4<br>98 %", "8<br>99.97 %"),
)
TRACK = Axis(
    "probability given to the truth", -8, 8, (-6.907, -2.944, 0, 2.944, 6.907), ("0.1 %", "5 %", "½", "95 %", "99.9 %")
)
LOOKS: dict[str, Role] = {"cross-entropy": "loss", "squared error": "ink", "focal": "quiet"}
LANE = np.linspace(-8, 8, 97)  # where the ground of the race is measured
WEIGHTS = Axis("weight w₁", -8, 8, (-8, -4, 0, 4, 8))
LOW = {"cross-entropy": 0.5, "squared error": 0.2}  # where the surface's colors begin
TOP = {"cross-entropy": 5.0, "squared error": 0.65}  # and end, and the cut too


class Runner(NamedTuple):
    """One lane of the race: whose it is, its ground (slope at every logit) and its way so far."""

    name: str
    slopes: np.ndarray
    path: np.ndarray
    prob: float


def slopes(
    z: np.ndarray,
    ours: np.ndarray,
    theirs: np.ndarray,
    *,
    at: tuple[float, float, float],
    wrt: str,
    label: int,
    guess: GuessMark | None = None,
) -> Figure:
    """Slopes of cross-entropy and of squared error at every logit; without the second while a guess is open.

    z, ours, theirs  (n)  the two slopes, in z or in p
    at               your logit and the two slopes there
    wrt              "z" or "p": what the slope is taken in
    label            1 or 0: what is true
    """
    up = 1 if label == 1 else -1  # for y = 0 the whole picture is turned by half
    reach = REACH[wrt]
    here, our_slope, their_slope = at
    edge = 1.03 * reach
    beyond = abs(our_slope) > edge
    ours_at = -up * edge if beyond else our_slope
    arrow = ("↓ " if up == 1 else "↑ ") if beyond else ""
    green, ink = theme.color("gradient"), theme.color("ink")
    beside = max(-6.0, min(6.0, here))  # both names go along with you, above and below everything else
    traces = [segment([here, here], [0, ours_at], "quiet"), curve(z, ours, "gradient", width=4)]
    ours_said = f"cross-entropy <b>{arrow}{text(our_slope)}</b>"
    labels = [Label(beside, -up * 1.12 * reach, ours_said, green, "middle center")]
    dots = [you(here, ours_at, "gradient")]
    if guess is None or guess.true is not None or wrt != "z" or label != 1:
        traces.append(curve(z, theirs, "ink", width=3))
        labels.append(
            Label(beside, up * 0.11 * reach, f"squared error <b>{text(their_slope)}</b>", ink, "middle center")
        )
        dots.append(you(here, their_slope, "ink"))
    if guess is not None and wrt == "z" and label == 1:
        below = GuessMark(guess.x, -guess.guessed, None if guess.true is None else -guess.true)
        marks, said = draw.guess_traces(below)
        traces += marks
        labels += said[:1]  # the truth has its label at the curve
    low, high = sorted((-up * 1.2 * reach, up * 0.18 * reach))
    step = reach / 4 if wrt == "z" else 2.0
    ticks = np.arange(-4, 5) * step if wrt == "z" else np.arange(-5, 6) * step
    names = [
        text(float(tick)).replace(".00", "").replace(".500", ".5").replace(".250", ".25").replace(".750", ".75")
        for tick in ticks
    ]
    plan = layout(LOGITS, Axis(f"slope in {wrt}", low, high, ticks.tolist(), names))
    plan["margin"] = {**plan["margin"], "b": 74, "l": 72}
    plan["yaxis"] |= {"zeroline": True, "zerolinecolor": theme.color("quiet"), "zerolinewidth": 1}
    return Figure([*traces, *dots, words(labels)], plan)


def race(runners: Sequence[Runner], *, step: int, every: int = 2) -> Figure:
    """Lanes on one axis of logits: the ground is as high as the slope there, a mark stands at every second step."""
    traces: list[draw.Trace] = [segment([0, 0], [-0.12, len(runners) - 0.02], "truth", dash="solid", width=2)]
    labels = [Label(0.2, len(runners) - 0.1, "right →", theme.color("truth"))]
    for i, runner in enumerate(runners):
        base = len(runners) - 1 - i
        role = LOOKS[runner.name]
        color = theme.color(role)
        here, treads = float(runner.path[-1]), runner.path[::every]
        shown = min(here, TRACK.high)
        ground = curve(LANE, base + 0.62 * np.abs(runner.slopes), role, width=1.5, dash="solid")
        floor = {**ground, "x": [TRACK.low, TRACK.high], "y": [base, base]}
        fill = {**ground, "fill": "tonexty", "fillcolor": theme.faded(color, 0.2)}
        tread = {
            "type": "scatter",
            "mode": "markers",
            "x": light(treads),
            "y": np.full(len(treads), base, np.uint8),
            "hoverinfo": "skip",
            "marker": {"symbol": "line-ns-open", "size": 9, "color": color},
        }
        traces += [floor, fill, tread, you(shown, base, role)]
        side = "top left" if shown > 3.5 else "top right"
        arrow = " →" if here > TRACK.high else ""
        labels += [
            Label(TRACK.low, base + 0.8, f"<b>{runner.name}</b>", color),
            Label(shown, base + 0.06, f"{GAP}<b>{percent(runner.prob)}{arrow}</b>{GAP}", color, side),
        ]
    labels.append(Label(TRACK.high, len(runners) - 0.1, f"<b>step {step}</b>", theme.color("ink"), "middle left"))
    plan = layout(TRACK, Axis("", -0.15, len(runners)))
    plan["margin"] = {**plan["margin"], "l": 20, "r": 20}
    plan["yaxis"] |= {"showgrid": False, "showticklabels": False}
    return Figure([*traces, words(labels)], plan)


def surface(
    weights: np.ndarray,
    losses: np.ndarray,
    cut: np.ndarray,
    *,
    height: float,
    chord: tuple[float, float],
    ends: tuple[float, float],
    middle: tuple[float, float],
    loss: str,
) -> Figure:
    """Above, the loss over two weights and a line across it; below, the loss along that line and a chord.

    weights, losses  (n), (n, n)  the grid of both weights, and the loss over it
    cut              (n)  the loss along w₂ = height
    chord, ends      where on w₁ the chord begins and ends, and the loss there
    middle           half way: the loss, and the height of the chord
    """
    top = TOP[loss]
    purple, truth = theme.color("loss"), theme.color("excess")
    coarse = np.round(60_000 * np.clip((losses - LOW[loss]) / (top - LOW[loss]), 0, 1)).astype(np.uint16)
    lines = {
        "type": "contour",
        "x": weights.astype(np.float32),
        "y": weights.astype(np.float32),
        "z": coarse,
        "showscale": False,
        "hoverinfo": "skip",
        "zmin": 0,
        "zmax": 60_000,
        "contours": {"start": 1_500, "end": 60_000, "size": 4_500},
        "colorscale": [[0, theme.faded(purple, 0)], [1, theme.faded(purple, 0.6)]],
        "line": {"width": 1, "color": theme.faded(purple, 0.5)},
    }
    a, b = chord
    half = (a + b) / 2
    over = middle[0] > middle[1]
    below = {"xaxis": "x2", "yaxis": "y2"}
    shown = [min(value, 1.25 * top) for value in (*ends, *middle)]
    traces = [
        lines,
        segment([a, b], [height, height], "ink", dash="solid", width=3),
        {**you(a, height, "ink"), "x": [a, b], "y": [height, height]},
        {**curve(weights, cut, "loss"), **below},
        {**segment([a, b], shown[:2], "ink", dash="solid", width=3), **below},
        {**you(a, shown[0], "ink"), "x": [a, b], "y": shown[:2], **below},
        {**segment([half, half], shown[2:], "excess" if over else "quiet", dash="solid", width=5), **below},
        {
            **words(
                [
                    Label(
                        -7.8,
                        1.36 * top,
                        "above the chord: not convex here" if over else "below the chord",
                        truth if over else theme.color("quiet"),
                    )
                ]
            ),
            **below,
        },
    ]
    plan = layout(Axis("", -8, 8, (-8, -4, 0, 4, 8)), Axis("w₂", -8, 8, (-8, 0, 8)))
    under = layout(WEIGHTS, Axis("loss", 0, 1.5 * top, (0, top)))
    plan["yaxis"] |= {"domain": [0.42, 1], "showgrid": False}
    plan["xaxis"] |= {"anchor": "y", "showticklabels": False}
    return Figure(
        traces,
        {
            **plan,
            "xaxis2": {**under["xaxis"], "anchor": "y2"},
            "yaxis2": {**under["yaxis"], "domain": [0, 0.36], "anchor": "x2"},
        },
    )


def honesty(
    q: np.ndarray,
    ours: np.ndarray,
    theirs: np.ndarray,
    *,
    truth: float,
    best: tuple[float, float],
    lowest: tuple[float, float],
) -> Figure:
    """Expected loss of every report q under both losses, with the report that each rewards."""
    left = truth > 0.5  # the curves are high on the far side of the truth: there they are named
    our_q, their_q = (0.2, 0.42) if left else (0.8, 0.58)
    ours_there, theirs_there = np.interp(our_q, q, ours), np.interp(their_q, q, theirs)
    inner, outer = ("left", "right") if left else ("right", "left")
    purple, ink = theme.color("loss"), theme.color("ink")
    traces = [
        segment([truth, truth], [0, 2.5], "truth", dash="solid", width=2.5),
        curve(q, ours, "loss"),
        curve(q, theirs, "ink", width=3),
        you(best[0], lowest[0]),
        you(best[1], lowest[1], "ink"),
    ]
    labels = [
        Label(truth, 2.42, f"{GAP}truth {percent(truth)}{GAP}", theme.color("truth"), f"middle {inner}"),
        Label(best[0], lowest[0] + 0.06, f"{GAP}<b>{text(lowest[0])}</b>{GAP}", purple, f"top {inner}"),
        Label(best[1], lowest[1] - 0.02, f"{GAP}<b>{text(lowest[1])}</b>{GAP}", ink, f"bottom {inner}"),
        Label(our_q, ours_there, "cross-entropy", purple, f"top {outer}"),
        Label(their_q, theirs_there - 0.02, "squared error", ink, f"bottom {inner}"),
    ]
    report = Axis("what the model says, q", 0, 1, (0, 0.25, 0.5, 0.75, 1), ("0", "¼", "½", "¾", "1"))
    return Figure([*traces, words(labels)], layout(report, Axis("expected loss", 0, 2.5, (0, 1, 2))))
