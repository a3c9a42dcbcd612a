"""The figures of the lesson on choosing the loss: outputs with their loss, and a wrong pairing beside the right one."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from xent_ui.figures import base
from xent_ui.figures.base import (
    GAP,
    Axis,
    Figure,
    GuessMark,
    Label,
    Trace,
    bars,
    curve,
    layout,
    segment,
    stand,
    words,
    you,
)
from xent_ui.style import theme
from xent_ui.style.numbers import text

MOST_COST, MOST_LOSS = 5.0, 6.0
LEAD = 10.0
AT_COST = 0.0  # the place of the stacked loss on its axis


def output(
    names: Sequence[str], probs: np.ndarray, target: np.ndarray, costs: np.ndarray, *, guess: GuessMark | None = None
) -> Figure:
    """Return two panels: left, probabilities and targets; right, the terms of the loss, stacked.

    names, probs, target, costs  (n)  one per answer; the loss is the sum of the costs, in nats
    """
    truth, model, loss = theme.color("truth"), theme.color("model"), theme.color("loss")
    places = np.arange(len(names))
    traces: list[Trace] = [
        {
            **bars(places.tolist(), target, "rgba(0,0,0,0)", width=0.86),
            "marker": {"color": "rgba(0,0,0,0)", "line": {"color": truth, "width": 3}},
        },
        bars(
            places.tolist(),
            probs,
            model,
            width=0.6,
            marker={
                "color": theme.faded(model, 0.45),
                "line": {"color": model, "width": 2},
                "pattern": {"shape": "/", "fgcolor": model},
            },
        ),
    ]
    labels = [Label(i, float(p), f"<b>{_share(float(p))}</b>", model, "top center") for i, p in enumerate(probs)]
    labels += [Label(i, 1.12, f"y = {t:g}", truth, "top center") for i, t in enumerate(target)]
    marks, _ = base.guess_traces(guess)
    tops: list[Label] = []
    if guess is not None:
        tops.append(Label(guess.x, guess.guessed, f"{GAP}guess", theme.color("quiet")))
        if guess.true is not None and abs(guess.guessed - guess.true) > 0.4:  # nearer, the words would meet
            tops.append(Label(guess.x, guess.true, f"{GAP}truth", theme.color("quiet")))
    stack: list[Trace] = []
    if guess is None or guess.true is not None:
        foot = 0.0
        for name, cost in zip(names, costs, strict=True):
            height = min(float(cost), MOST_COST - foot)
            if height <= 0:
                continue
            block = {"color": theme.faded(loss, 0.45), "line": {"color": loss, "width": 2}}
            stack.append(bars([AT_COST], [height], loss, width=0.5, base=[foot], marker=block))
            if height > 0.3:
                tops.append(Label(AT_COST, foot + height / 2, name, theme.color("ink"), "middle center"))
            foot += height
        whole = float(np.sum(costs))
        beyond = "↑ " if whole > MOST_COST else ""
        tops.append(Label(AT_COST, foot, f"<b>{beyond}{text(whole)}</b>", loss, "top center"))
    plan = layout(
        Axis("", -0.6, len(names) - 0.4, places.tolist(), names),
        Axis("probability p", 0, 1.3, (0, 0.5, 1), ("0", "½", "1")),
    )
    cost = layout(Axis("", -0.6, 0.6), Axis("loss (nats)", 0, MOST_COST * 1.12, (0, 1, 2, 3, 4, 5)))
    plan["xaxis"]["domain"] = [0, 0.58]
    return Figure(
        [*traces, words(labels), *stand([*stack, *marks, words(tops)], "x2", "y2")],
        {
            **plan,
            "xaxis2": {**cost["xaxis"], "domain": [0.72, 1], "anchor": "y2", "tickvals": []},
            "yaxis2": {**cost["yaxis"], "anchor": "x2"},
        },
    )


def _share(p: float) -> str:
    """Return a probability to two decimals, as 0 or 1 only where it is exactly that."""
    shown = f"{p:.2f}"
    return "<0.01" if shown == "0.00" and p > 0 else ">0.99" if shown == "1.00" and p < 1 else shown


class Pair(NamedTuple):
    """The loss that belongs to the output and the one that was used, or their slopes, at one lead or many."""

    right: np.ndarray
    wrong: np.ndarray


def pairing(lead: np.ndarray, values: Pair, grads: Pair, *, at: float, now: tuple[Pair, Pair], floor: float) -> Figure:
    """Return two panels: above, the right and the wrong loss; below, their slopes in the logit of a right answer.

    lead, values, grads  (n)  logits of the right answer above the others, evenly spaced; losses and slopes there
    at, now              the learner's lead, and losses and slopes there
    floor                the least value of the wrong loss
    """
    loss, excess, gradient = theme.color("loss"), theme.color("excess"), theme.color("gradient")
    (right, wrong), (slope, wrong_slope) = now
    top = [
        _evenly_spaced(curve(lead, _shown(values.right), "loss")),
        _evenly_spaced(curve(lead, _shown(values.wrong), "excess", width=4, dash="dash")),
        segment([-LEAD, LEAD], [floor, floor], "excess", dash="dot"),
        segment([at, at], [0, MOST_LOSS], "quiet"),
        you(at, min(float(right), MOST_LOSS)),
        you(at, min(float(wrong), MOST_LOSS), "excess"),
    ]
    low = [
        _evenly_spaced(curve(lead, grads.right, "gradient")),
        _evenly_spaced(curve(lead, grads.wrong, "excess", width=4, dash="dash")),
        segment([at, at], [-1.2, 1.2], "quiet"),
        you(at, float(slope), "gradient"),
        you(at, float(wrong_slope), "excess"),
    ]
    arrows = ["↑ " if value > MOST_LOSS else "" for value in (right, wrong)]
    above = [  # above the curves, which end at MOST_LOSS
        Label(LEAD, 1.31 * MOST_LOSS, f"right pairing <b>{arrows[0]}{text(float(right))}</b>", loss, "middle left"),
        Label(LEAD, 1.13 * MOST_LOSS, f"wrong pairing <b>{arrows[1]}{text(float(wrong))}</b>", excess, "middle left"),
        Label(
            -LEAD,
            min(floor, MOST_LOSS),
            f"{GAP}{'↑ ' if floor > MOST_LOSS else ''}least: {text(floor)}",
            excess,
            "top right" if floor < 0.9 * MOST_LOSS else "bottom right",
        ),
    ]
    below = [
        Label(LEAD, 1.0, f"right <b>{text(float(slope))}</b>", gradient, "middle left"),
        Label(LEAD, 0.6, f"wrong <b>{text(float(wrong_slope))}</b>", excess, "middle left"),
    ]
    lead_axis = Axis(
        "logit of the right answer (others 0)", -LEAD, LEAD, (-10, -5, 0, 5, 10), ("−10", "−5", "0", "5", "10")
    )
    plan = layout(lead_axis, Axis("loss (nats)", 0, 1.4 * MOST_LOSS, (0, 2, 4, 6)))
    second = layout(Axis("", 0, 1), Axis("slope dL/dz", -1.25, 1.25, (-1, 0, 1), ("−1", "0", "1")))
    plan["xaxis"]["anchor"] = "y3"
    return Figure(
        [*stand([*top, words(above)], "x", "y2"), *stand([*low, words(below)], "x", "y3")],
        {
            **plan,
            "yaxis": {
                "visible": False,
                "range": [0, 1],
                "fixedrange": True,
            },  # spans both panels, so that a drag along x works everywhere
            "yaxis2": {**plan["yaxis"], "domain": [0.45, 1], "anchor": "x"},
            "yaxis3": {**second["yaxis"], "domain": [0, 0.38], "anchor": "x"},
        },
    )


def _shown(values: np.ndarray) -> np.ndarray:
    """Return values with gaps where they lie beyond the axis."""
    return np.where(values <= MOST_LOSS, values, np.nan)


def _evenly_spaced(trace: Trace) -> Trace:
    """Return a curve over evenly spaced values of x without sending each of them to the browser."""
    x = trace.pop("x")
    return {**trace, "x0": float(x[0]), "dx": float(x[1] - x[0])}
