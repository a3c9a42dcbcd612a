"""Figures of the page "You are the model": possible costs, the costs of a round, reliability, rescaled answers."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from xent_core import ReliabilityCurve
from xent_ui.figures.base import (
    RINGED,
    Axis,
    Figure,
    Label,
    bars,
    beyond,
    curve,
    cut_off,
    label_trace,
    layout,
    ring,
    segment,
    shows,
)
from xent_ui.figures.reliability import SHARE_NAMES, SHARES
from xent_ui.figures.table import Rows
from xent_ui.style import theme
from xent_ui.style.numbers import text

TOP = 7.0
LIKELY = Axis("how likely you think it is", 0, 1, SHARES, SHARE_NAMES)
COST = Axis("cost (bits)", -0.75, TOP, (0, 1, 2, 4, 6))


def stakes(
    probs: np.ndarray, if_true: np.ndarray, if_false: np.ndarray, *, at: tuple[float, float, float], truth: bool | None
) -> Figure:
    """Return the cost of an answer if the statement is true and if it is false, or the actual cost once it is known.

    at     the answer, and its cost if true and if false, in bits
    truth  whether the statement is true; None until the question is answered
    """
    p, cost_if_true, cost_if_false = at
    quiet, loss = theme.color("quiet"), theme.color("loss")
    traces = [segment([0, 1], [1, 1], "quiet", name="even chance")]
    labels = []
    branches = ((True, if_true, cost_if_true, "if true"), (False, if_false, cost_if_false, "if false"))
    for happens, values, cost, name in branches:
        if truth not in (None, happens):
            traces.append(curve(probs, values, "quiet", name=name, width=1.5))
            continue
        line = curve(probs, values, "loss", name=name, dash="solid" if happens else "dash")
        traces += [line, ring(p, cost, name=f"your answer, {name}")]
        said = f"<b>{text(cost)}</b> {name}" if truth is None else f"<b>{text(cost)} bits</b>"
        above = happens == (p < 0.5)  # the larger of the two costs
        labels.append(Label(p, cost, said, loss, "top center" if above else "bottom center", RINGED))
    if truth is None:
        sides = ("top right", "bottom right", "top left", "bottom left")
        labels += [
            Label(0, 1, "even chance", quiet, sides, also=((1, 1),), optional=True),
            Label(0.05, 5.9, "if true", quiet, ("middle right",)),
            Label(0.95, 5.9, "if false", quiet, ("middle left",)),
        ]
    return Figure([*traces, label_trace(labels)], layout(LIKELY, COST))


def costs(bits: np.ndarray, *, right: Sequence[bool | None], costliest: int | None, mean: float) -> Figure:
    """Return the cost of each answer of a round as a bar, with a line at the one bit of an even chance.

    right      whether the side to which each answer leaned was right; None for an answer of 50 %
    costliest  the index of the answer to emphasize; None to emphasize none
    """
    n = len(bits)
    places = list(range(1, n + 1))
    loss, quiet = theme.color("loss"), theme.color("quiet")
    colors = [loss if i == costliest else theme.faded(loss, 0.45) for i in range(n)]
    marks = [
        Label(i, 0, "✓" if ok else "✗", quiet, ("bottom center",))
        for i, ok in zip(places, right, strict=True)
        if ok is not None
    ]
    top, end = max(2.0, 1.2 * float(bits.max())), n + 0.6
    if costliest is not None:
        most = float(bits[costliest])
        marks.append(Label(costliest + 1, most, f"<b>{text(most)}</b>", loss, ("top center",)))
    upper, lower = ("middle right", "top right"), ("middle right", "bottom right")
    labels = [
        Label(end, mean, f"mean <b>{text(mean)}</b>", loss, upper if mean >= 1 else lower, gap=6),
        Label(end, 1, "even: 1", quiet, lower if mean >= 1 else upper, gap=6),
    ]
    traces = [
        bars(places, bits, colors, width=0.7),
        segment([0.4, end], [1, 1], "quiet", name="even chance"),
        segment([0.4, end], [mean, mean], "loss", name="mean", dash="solid"),
        label_trace([*marks, *labels]),
    ]
    low = -(0.13 if theme.is_narrow() else 0.09) * top  # room for the marks
    plan = layout(Axis("statement", 0.4, end, (1, 6, 12)), Axis("cost (bits)", low, top, (0, 1, 2, 4, 6)))
    margin = plan["margin"] | {"r": 104} | ({"l": 48} if theme.is_narrow() else {})
    leaned = {True: "right", False: "wrong", None: "neither"}
    known = {"statement": places, "your side": [leaned[ok] for ok in right], "cost (bits)": bits}
    return Figure(traces, {**plan, "margin": margin}, rows=[Rows("costs of your answers", known)])


def reliability(curve_: ReliabilityCurve, low: np.ndarray, high: np.ndarray) -> Figure:
    """Return the frequency with which the likelier side was right against its probability, with error bars.

    low, high  the ends of the error bar of each bin
    """
    filled = curve_.count > 0
    confidence, frequency = curve_.confidence[filled], curve_.frequency[filled]
    bars_x = np.repeat(confidence, 3).tolist()
    bars_y = [y for a, b in zip(low[filled], high[filled], strict=True) for y in (float(a), float(b), None)]
    whiskers = {**segment([], [], "truth", dash="solid", width=3), "x": bars_x, "y": bars_y}
    truth = theme.color("truth")
    traces = [
        segment([0.5, 1], [0.5, 1], "model", dash="dash", width=2),
        whiskers,
        {
            "type": "scatter",
            "mode": "markers",
            "x": confidence.tolist(),
            "y": frequency.tolist(),
            "hoverinfo": "skip",
            "cliponaxis": False,
            "marker": {"size": 17, "color": truth, "line": {"width": 2, "color": theme.color("paper")}},
        },
        label_trace(
            [
                Label(float(s), float(c), f"{round(c * n)} of {n}", truth, "middle right", RINGED)
                for s, c, n in zip(confidence, frequency, curve_.count[filled], strict=True)
            ]
        ),
    ]
    sure = Axis("how sure you were of your side", 0.48, 1.02, (0.5, 0.75, 1), ("½", "¾", "1"))
    known: dict[str, Any] = {
        "how sure you were (mean)": confidence,
        "share of answers that were right": frequency,
        "number of answers": curve_.count[filled].astype(int),
        "error bar from": low[filled],
        "error bar to": high[filled],
    }
    if not filled.any():
        known = {"number of answers that leaned to a side": [0]}
    right = Axis("your side was right", -0.02, 1.04, SHARES, SHARE_NAMES)
    return Figure(traces, layout(sure, right), rows=[Rows("how often you were right", known)])


def rescaled(
    temperatures: np.ndarray, means: np.ndarray, *, at: tuple[float, float], best: tuple[float, float], mean: float
) -> Figure:
    """Return the mean cost of a round against the temperature that divides each logit, on a logarithmic axis.

    at    the chosen temperature and the mean cost there
    best  the temperature on the axis with the smallest mean cost, and that cost
    mean  the mean cost of the answers as they were given
    """
    top = float(np.clip(1.3 * max(mean, at[1]), 1.6, TOP))
    (t, cost), (best_t, least) = at, best
    x, now, cheapest = np.log2(temperatures), float(np.log2(t)), float(np.log2(best_t))
    quiet, loss, ink = theme.color("quiet"), theme.color("loss"), theme.color("ink")
    diamond = shows(ring(cheapest, least), "least", x=best_t) | {
        "marker": {"size": 14, "symbol": "diamond", "color": ink}
    }
    is_beyond = cost > top
    traces = [
        segment([x[0], x[-1]], [1, 1], "quiet", name="even chance"),
        curve(*cut_off(x, means, top), "loss", name="", whole=(temperatures, means)),
        segment([0, 0], [0, min(mean, top)], "quiet"),
        diamond,
        shows(beyond(now, top, value=cost) if is_beyond else ring(now, cost), "here", x=t, y=cost),
    ]
    below = ("bottom center", "bottom right", "bottom left", "top center", "top right", "top left")
    even = ("bottom right", "top right", "bottom left", "top left")
    labels = [
        Label(now, min(cost, top), f"<b>{'↑ ' if is_beyond else ''}{text(cost)}</b>", loss, "top right", RINGED),
        Label(cheapest, least, "best", ink, below, RINGED),
        Label(float(x[0]), 1, "even chance", quiet, even, also=((float(x[-1]), 1), (0, 1)), optional=True),
        Label(0, 0, "as you said it", quiet, ("top right", "top left"), optional=True),
    ]
    stops = (float(temperatures[0]), 0.5, 1.0, 2.0, float(temperatures[-1]))
    name = "temperature T" if theme.is_narrow() else "more confident  ←  temperature T  →  less confident"
    temperature = Axis(name, float(x[0]), float(x[-1]), np.log2(stops).tolist(), [f"{stop:g}" for stop in stops])
    plan = layout(temperature, Axis("mean cost (bits)", 0, top, (0, 0.5, 1, 2, 4, 6)))
    return Figure([*traces, label_trace(labels)], plan, names={"x": "temperature T"})
