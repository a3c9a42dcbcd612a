"""The figures of the lesson on choosing the loss: outputs with their loss, and a wrong pairing beside the right one."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from xent_ui.figures.base import (
    GAP,
    Axis,
    Figure,
    GuessMark,
    Label,
    Trace,
    bars,
    curve,
    evenly_spaced,
    guess_traces,
    label_trace,
    layout,
    on_axes,
    ring,
    segment,
)
from xent_ui.style import theme
from xent_ui.style.numbers import text

LARGEST_SUM, LARGEST_LOSS = 5.0, 6.0  # where the axes of the loss end
LEAD = 10.0  # where the axis of leads ends
STACK_AT, GUESS_AT = 0.0, 1.0  # the positions of the stacked terms of the loss, and of a guess, on their axis


def output(
    names: Sequence[str],
    probs: np.ndarray,
    target: np.ndarray,
    terms: np.ndarray,
    *,
    hidden: bool = False,
    guess: GuessMark | None = None,
) -> Figure:
    """Return two panels: left, probabilities and targets; right, the terms of the loss, stacked.

    names, probs, target, terms  (n)  one per answer; the loss is the sum of the terms, in nats
    hidden                       whether the terms are left out
    guess                        of the loss of an untrained model with three labels, which gets a place of its own
    """
    truth, model, loss = theme.color("truth"), theme.color("model"), theme.color("loss")
    positions = np.arange(len(names))
    traces: list[Trace] = [
        {
            **bars(positions.tolist(), target, "rgba(0,0,0,0)", width=0.86),
            "marker": {"color": "rgba(0,0,0,0)", "line": {"color": truth, "width": 3}},
        },
        bars(
            positions.tolist(),
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
    labels = [Label(i, float(p), f"<b>{_two_decimals(float(p))}</b>", model, "top center") for i, p in enumerate(probs)]
    labels += [Label(i, 1.12, f"y = {t:g}", truth, "top center") for i, t in enumerate(target)]
    marks, _ = guess_traces(guess)
    tops = [] if guess is None else _guess_labels(guess)
    stack: list[Trace] = []
    if hidden:
        tops.append(Label(STACK_AT, 0, "<b>?</b>", loss, "top center"))
    else:
        base = 0.0
        for name, term in zip(names, terms, strict=True):
            height = min(float(term), LARGEST_SUM - base)
            if height <= 0:
                continue
            block = {"color": theme.faded(loss, 0.45), "line": {"color": loss, "width": 2}}
            stack.append(bars([STACK_AT], [height], loss, width=0.5, base=[base], marker=block))
            if height > 0.3:
                tops.append(Label(STACK_AT, base + height / 2, name, theme.color("ink"), "middle center"))
            base += height
        total = float(np.sum(terms))
        beyond = "↑ " if total > LARGEST_SUM else ""
        tops.append(Label(STACK_AT, base, f"<b>{beyond}{text(total)}</b>", loss, "top center"))
    plan = layout(
        Axis("", -0.6, len(names) - 0.4, positions.tolist(), names),
        Axis("probability p", 0, 1.3, (0, 0.5, 1), ("0", "½", "1")),
    )
    places = (
        Axis("", -0.6, 0.6, (STACK_AT,), ("now",))
        if guess is None
        else Axis("", -0.6, 1.7, (STACK_AT, GUESS_AT), ("now", "guess"))
    )
    loss_plan = layout(places, Axis("loss (nats)", 0, LARGEST_SUM * 1.12, (0, 1, 2, 3, 4, 5)))
    plan["xaxis"]["domain"] = [0, 0.56]
    return Figure(
        [*traces, label_trace(labels), *on_axes([*stack, *marks, label_trace(tops)], "x2", "y2")],
        {
            **plan,
            "xaxis2": {**loss_plan["xaxis"], "domain": [0.7, 1], "anchor": "y2", "tickangle": 0},
            "yaxis2": {**loss_plan["yaxis"], "anchor": "x2"},
        },
    )


def _guess_labels(guess: GuessMark) -> list[Label]:
    """Return labels on the outer sides of a guess and of the truth, so that they never overlap."""
    quiet, gap = theme.color("quiet"), 0.15  # between a mark and its label
    if guess.true is None:
        return [Label(guess.x, guess.guessed + gap, "<b>?</b>", quiet, "top center")]
    (low, low_name), (high, high_name) = sorted([(guess.guessed, "guess"), (guess.true, "truth")])
    return [
        Label(guess.x, high + gap, high_name, quiet, "top center"),
        Label(guess.x, low - gap, low_name, quiet, "bottom center"),
    ]


def _two_decimals(p: float) -> str:
    """Return a probability to two decimals, with "<" or ">" where rounding alone would make it 0 or 1."""
    shown = f"{p:.2f}"
    return "<0.01" if shown == "0.00" and p > 0 else ">0.99" if shown == "1.00" and p < 1 else shown


class Pair(NamedTuple):
    """The right loss and the wrong one, or their slopes, at one lead or at many."""

    right: np.ndarray
    wrong: np.ndarray


def pairing(lead: np.ndarray, values: Pair, grads: Pair, *, at: float, now: tuple[Pair, Pair], floor: float) -> Figure:
    """Return two panels: above, the right and the wrong loss; below, their slopes in the logit of a right answer.

    lead, values, grads  (n)  leads of the right answer, evenly spaced; losses and slopes there
    at, now              the learner's lead, and losses and slopes there
    floor                the greatest lower bound of the wrong loss over all logits
    """
    loss, excess, gradient = theme.color("loss"), theme.color("excess"), theme.color("gradient")
    (right, wrong), (slope, wrong_slope) = now
    top = [
        evenly_spaced(curve(lead, _cut_off(values.right), "loss")),
        evenly_spaced(curve(lead, _cut_off(values.wrong), "excess", width=4, dash="dash")),
        segment([-LEAD, LEAD], [floor, floor], "excess", dash="dot"),
        segment([at, at], [0, LARGEST_LOSS], "quiet"),
        ring(at, min(float(right), LARGEST_LOSS)),
        ring(at, min(float(wrong), LARGEST_LOSS), "excess"),
    ]
    low = [
        evenly_spaced(curve(lead, grads.right, "gradient")),
        evenly_spaced(curve(lead, grads.wrong, "excess", width=4, dash="dash")),
        segment([at, at], [-1.2, 1.2], "quiet"),
        ring(at, float(slope), "gradient"),
        ring(at, float(wrong_slope), "excess"),
    ]
    arrows = ["↑ " if value > LARGEST_LOSS else "" for value in (right, wrong)]
    above = [  # above the curves, which end at LARGEST_LOSS
        Label(LEAD, 1.31 * LARGEST_LOSS, f"right pairing <b>{arrows[0]}{text(float(right))}</b>", loss, "middle left"),
        Label(
            LEAD, 1.13 * LARGEST_LOSS, f"wrong pairing <b>{arrows[1]}{text(float(wrong))}</b>", excess, "middle left"
        ),
        # A curve with a high floor lies on it at the right end; one with a floor of 0 is far above it at the left end.
        Label(LEAD, floor, f"least: {text(floor)}", excess, "top left")
        if floor > 0.3
        else Label(-LEAD, floor, f"{GAP}least: {text(floor)}", excess, "top right"),
    ]
    below = [
        Label(LEAD, 1.95, f"right <b>{text(float(slope))}</b>", gradient, "middle left"),
        Label(LEAD, 1.4, f"wrong <b>{text(float(wrong_slope))}</b>", excess, "middle left"),
    ]
    lead_axis = Axis(
        "lead: logit of the right answer above the others",
        -LEAD,
        LEAD,
        (-10, -5, 0, 5, 10),
        ("−10", "−5", "0", "5", "10"),
    )
    plan = layout(lead_axis, Axis("loss (nats)", 0, 1.4 * LARGEST_LOSS, (0, 2, 4, 6)))
    second = layout(Axis("", 0, 1), Axis("slope dL/dz", -1.25, 2.3, (-1, 0, 1), ("−1", "0", "1")))
    plan["xaxis"]["anchor"] = "y3"
    return Figure(
        [*on_axes([*top, label_trace(above)], "x", "y2"), *on_axes([*low, label_trace(below)], "x", "y3")],
        {
            **plan,
            # An axis over both panels, so that the lead can be dragged on either.
            "yaxis": {"visible": False, "range": [0, 1], "fixedrange": True},
            "yaxis2": {**plan["yaxis"], "domain": [0.45, 1], "anchor": "x"},
            "yaxis3": {**second["yaxis"], "domain": [0, 0.38], "anchor": "x"},
        },
        tall=True,
    )


def _cut_off(values: np.ndarray) -> np.ndarray:
    """Return values with gaps where they lie beyond the axis."""
    return np.where(values <= LARGEST_LOSS, values, np.nan)
