"""The figures of the lesson on choosing the loss: outputs with their loss, and a wrong pairing beside the right one."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from xent_ui.figures.base import (
    Axis,
    Figure,
    GuessMark,
    Label,
    Trace,
    bars,
    beyond,
    curve,
    evenly_spaced,
    guess_traces,
    label_trace,
    layout,
    on_axes,
    ring,
    segment,
    shows,
    torn_top,
)
from xent_ui.figures.table import Rows
from xent_ui.style import theme
from xent_ui.style.numbers import text
from xent_ui.style.theme import Role

LARGEST_SUM, LARGEST_LOSS = 5.0, 6.0  # where the axes of the loss end
LEAD = 10.0  # where the axis of leads ends
LARGEST_Y = 1.3  # the end of the axis of probabilities, with room for two rows of numbers above 1
HEAD = 1.25  # the end of the axis of losses in LARGEST_LOSS, with room for numbers
TOP_OF_SLOPES = 2.2  # the end of the axis of slopes, with room for numbers
STACK_WIDTH = 0.8
PAIRINGS = ("the right pairing", "the wrong pairing")  # of output and loss, as tables of the data name them
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
    truth, model = theme.color("truth"), theme.color("model")
    positions = np.arange(len(names))
    traces: list[Trace] = [
        _outlined(bars(positions.tolist(), target, "rgba(0,0,0,0)", width=0.86), "truth", 3),
        _outlined(bars(positions.tolist(), probs, theme.faded(model, 0.3), width=0.6), "model", 2),
    ]
    # A number stands in the column of its bar, and above a target that it would otherwise be written across.
    tops = [1.0 if t and p > 0.86 else float(p) for p, t in zip(probs, target, strict=True)]
    labels = [
        Label(i, top, f"<b>{_two_decimals(float(p))}</b>", model, ("top center",))
        for i, (p, top) in enumerate(zip(probs, tops, strict=True))
    ]
    labels += [Label(i, LARGEST_Y, f"y = {t:g}", truth, ("bottom center",)) for i, t in enumerate(target)]
    stack, marks = _hidden_loss() if hidden else _stack(names, terms)
    columns = {"answer": [*names, "sum"], "loss (nats)": [*terms.tolist(), float(np.sum(terms))]}
    loss_rows = [] if hidden else [Rows("terms of the loss", columns)]
    diamonds, guessed = guess_traces(guess)
    short = {"your guess <b>?</b>": "<b>?</b>", "your guess": "guess", "the truth": "truth"}
    marks += [label._replace(text=short[label.text], side="top center") for label in guessed]
    plan = layout(
        Axis("", -0.6, len(names) - 0.4, positions.tolist(), names),
        Axis("probability p", 0, LARGEST_Y, (0, 0.5, 1), ("0", "½", "1")),
    )
    places = (
        Axis("", -0.6, 0.6, (STACK_AT,), ("now",))
        if guess is None
        else Axis("", -0.6, 1.7, (STACK_AT, GUESS_AT), ("now", "guess"))
    )
    loss_plan = layout(places, Axis("loss (nats)", 0, LARGEST_SUM * 1.12, (0, 1, 2, 3, 4, 5)))
    end, start = (0.5, 0.68) if theme.is_narrow() else (0.56, 0.7)
    margin = plan["margin"] | ({"l": 48, "r": 12} if theme.is_narrow() else {})
    plan["xaxis"]["domain"] = [0, end]
    return Figure(
        [*traces, label_trace(labels), *on_axes([*stack, *diamonds, label_trace(marks)], "x2", "y2")],
        {
            **plan,
            "margin": margin,
            "xaxis2": {**loss_plan["xaxis"], "domain": [start, 1], "anchor": "y2", "tickangle": 0},
            "yaxis2": {**loss_plan["yaxis"], "anchor": "x2"},
        },
        rows=[Rows("outputs", {"answer": names, "target y": target, "probability p": probs}), *loss_rows],
    )


def _outlined(drawn: Trace, role: Role, width: float) -> Trace:
    """Return bars with an outline in the color of a role."""
    return drawn | {"marker": drawn["marker"] | {"line": {"color": theme.color(role), "width": width}}}


def _hidden_loss() -> tuple[list[Trace], list[Label]]:
    """Return a question mark in place of the loss."""
    return [], [Label(STACK_AT, 0, "<b>?</b>", theme.color("loss"), ("top center",))]


def _stack(names: Sequence[str], terms: np.ndarray) -> tuple[list[Trace], list[Label]]:
    """Return the terms of the loss as blocks, one on the other, with a torn top where they reach beyond the axis."""
    loss, total = theme.color("loss"), float(np.sum(terms))
    blocks: list[Trace] = []
    labels: list[Label] = []
    base = 0.0
    for name, term in zip(names, terms, strict=True):
        height = min(float(term), LARGEST_SUM - base)
        if height <= 0:
            continue
        block = bars([STACK_AT], [height], theme.faded(loss, 0.3), width=STACK_WIDTH, base=[base])
        blocks.append(_outlined(block, "loss", 2))
        if height > 0.35:
            labels.append(Label(STACK_AT, base + height / 2, name, theme.color("ink"), ("middle center",)))
        base += height
    is_beyond = total > LARGEST_SUM
    if is_beyond:
        blocks.append(torn_top(STACK_AT, LARGEST_SUM, width=STACK_WIDTH + 0.1))
    words = f"<b>{'↑ ' if is_beyond else ''}{text(total)}</b>"
    return blocks, [Label(STACK_AT, base, words, loss, ("top center",)), *labels]


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
    ink = theme.color("ink")
    (right, wrong), (slope, wrong_slope) = now
    top = [
        evenly_spaced(_loss(lead, values.right, "loss", PAIRINGS[0])),
        evenly_spaced(_loss(lead, values.wrong, "ink", PAIRINGS[1])),
        segment([-LEAD, LEAD], [floor, floor], "ink", name="least loss of the wrong pairing"),
        segment([at, at], [0, LARGEST_LOSS], "quiet"),
        *_two_marks(at, float(right), float(wrong)),
    ]
    low = [
        evenly_spaced(curve(lead, grads.right, "gradient", name=PAIRINGS[0])),
        evenly_spaced(curve(lead, grads.wrong, "ink", name=PAIRINGS[1], dash="dash")),
        segment([at, at], [-1.2, 1.2], "quiet"),
        ring(at, float(slope), "gradient", name=f"here, {PAIRINGS[0]}"),
        ring(at, float(wrong_slope), "ink", name=f"here, {PAIRINGS[1]}"),
    ]
    sides = ("top left", "top right") if floor < 0.3 else ("top left", "bottom left", "top right", "bottom right")
    above = [
        *_in_corners(HEAD * LARGEST_LOSS, [_up_to(float(right)), _up_to(float(wrong))], "loss", "pairing"),
        Label(LEAD, floor, f"least: {text(floor)}", ink, sides, also=((-LEAD, floor), (0, floor))),
    ]
    below = _in_corners(TOP_OF_SLOPES, [text(float(slope)), text(float(wrong_slope))], "gradient", "slope")
    lead_axis = Axis(
        "lead: logit of the right answer above the others",
        -LEAD,
        LEAD,
        (-10, -5, 0, 5, 10),
        ("−10", "−5", "0", "5", "10"),
    )
    plan = layout(lead_axis, Axis("loss (nats)", 0, HEAD * LARGEST_LOSS, (0, 2, 4, 6)))
    second = layout(Axis("", 0, 1), Axis("slope dL/dz", -1.25, TOP_OF_SLOPES, (-1, 0, 1), ("−1", "0", "1")))
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


def _two_marks(at: float, right: float, wrong: float) -> list[Trace]:
    """Return the marks of both losses; two that lie beyond the axis stand beside each other."""
    if right > LARGEST_LOSS and wrong > LARGEST_LOSS:
        inside = min(max(at, 0.4 - LEAD), LEAD - 0.4)
        places = (inside - 0.4, inside + 0.4)
    else:
        places = (at, at)
    return [_mark(places[0], at, right, "loss", PAIRINGS[0]), _mark(places[1], at, wrong, "ink", PAIRINGS[1])]


def _mark(x: float, at: float, value: float, role: Role, name: str) -> Trace:
    """Return the mark of a loss at x, which stands for the lead ``at``."""
    mark = ring(x, value, role) if value <= LARGEST_LOSS else beyond(x, LARGEST_LOSS, role, value=value)
    return shows(mark, f"here, {name}", x=at, y=value)


def _up_to(value: float) -> str:
    """Return a loss, with an arrow if it lies beyond the axis."""
    return f"{'↑ ' if value > LARGEST_LOSS else ''}{text(value)}"


def _in_corners(top: float, values: Sequence[str], role: Role, noun: str) -> list[Label]:
    """Return the right value and the wrong one as labels in the upper corners of a panel."""
    names = ("right", "wrong") if theme.is_narrow() else (f"right {noun}", f"wrong {noun}")
    places = ((-LEAD, "bottom right", theme.color(role)), (LEAD, "bottom left", theme.color("ink")))
    return [
        Label(x, top, f"{name} <b>{value}</b>", color, (side,))
        for (x, side, color), name, value in zip(places, names, values, strict=True)
    ]


def _loss(lead: np.ndarray, values: np.ndarray, role: Role, name: str) -> Trace:
    """Return the curve of a loss, with gaps where it lies beyond the axis."""
    seen = np.where(values <= LARGEST_LOSS, values, np.nan)
    return curve(lead, seen, role, name=name, whole=(lead, values), dash="dash" if role == "ink" else None)
