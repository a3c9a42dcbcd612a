"""Figures of the lesson on binary cross-entropy: both branches of the loss, sigmoid, a batch, and clipping."""

from collections.abc import Sequence

import numpy as np

from xent_core import Unit
from xent_ui.figures.base import (
    GAP,
    Axis,
    Figure,
    GuessMark,
    Label,
    Trace,
    curve,
    guess_traces,
    label_trace,
    layout,
    on_axes,
    ring,
    segment,
)
from xent_ui.style import theme
from xent_ui.style.numbers import percent, text

CEILING = {Unit.BITS: 8.0, Unit.NATS: 5.6}
PROBABILITY = Axis("p, the model's probability of spam", 0, 1, (0, 0.25, 0.5, 0.75, 1), ("0", "¼", "½", "¾", "1"))
LOGIT = Axis("z, the model's logit", -10, 10, (-8, -4, 0, 4, 8), ("−8", "−4", "0", "4", "8"))
LOGIT_OF_SPAM = Axis(
    "z, the logit of a mail that is spam", -40, 5, (-40, -30, -20, -10, 0), ("−40", "−30", "−20", "−10", "0")
)
NAME_LEVELS = (0.85, 0.6, 0.35)  # where on a branch its name may be placed, as shares of the axis of losses


def branches(
    x: np.ndarray,
    spam: np.ndarray,
    ham: np.ndarray,
    *,
    label: int,
    at: tuple[float, float, float] | None,
    axis: Axis,
    unit: Unit,
    guess: GuessMark | None = None,
) -> Figure:
    """Return the loss of every p or logit if the mail is spam and if it is not; the true branch is the bold one.

    x, spam, ham  (n)  the two branches, in the unit shown; a part of them while a guess is open
    label         1 if it is spam
    at            the current p or logit, its loss and the slope there, in the unit shown; None if it is not shown
    guess         a loss near the right end, on the branch of a mail that is not spam
    """
    top = CEILING[unit]
    is_too_high = guess is not None and guess.guessed > top
    if guess is not None:
        guess = guess._replace(guessed=min(guess.guessed, top))
    taken = [] if guess is None else [guess.guessed, *([] if guess.true is None else [guess.true])]
    traces: list[Trace] = []
    labels: list[Label] = []
    if at is not None:
        taken.append(min(at[1], top))
        traces, labels = _current(*at, label=label, axis=axis, top=top)
    inner, outer = ("middle right", "middle left") if axis is PROBABILITY else ("middle left", "middle right")
    level = _free_level(taken, top=top, highest=float(np.minimum(spam, top).max()))
    branch_traces = []
    for branch, is_true, name, side in (
        (spam, label == 1, "it is spam", inner),
        (ham, label == 0, "it is not spam", outer),
    ):
        branch_traces.append(
            curve(
                x,
                np.where(branch <= top, branch, np.nan),
                "loss" if is_true else "quiet",
                width=4 if is_true else 2,
                dash="solid" if is_true else "dot",
            )
        )
        label_at = float(x[np.argmin(np.abs(np.minimum(branch, top) - level))])
        labels.append(Label(label_at, level, f"{GAP}{name}{GAP}", theme.color("loss" if is_true else "quiet"), side))
    marks, guess_labels = guess_traces(guess)
    guess_labels = [  # the guess is far to the right
        each._replace(text=each.text.strip() + GAP, side=each.side.replace("right", "left")) for each in guess_labels
    ]
    if is_too_high:
        guess_labels[0] = guess_labels[0]._replace(text=f"↑ {guess_labels[0].text}")
    return Figure(
        [*branch_traces, *marks, *traces, label_trace([*labels, *guess_labels])],
        layout(axis, Axis(f"loss ({unit.symbol})", 0, top, np.arange(0, top + 0.1, 2).tolist())),
    )


def _current(
    place: float, value: float, slope: float, *, label: int, axis: Axis, top: float
) -> tuple[list[Trace], list[Label]]:
    """Return the mark of the current p or logit with its slope, and the label with its loss."""
    shown = min(value, top)
    width = axis.high - axis.low
    traces: list[Trace] = []
    if abs(slope) < 60 * top / width and value < top:
        reach = np.array([-0.11, 0.11]) * width
        rise = np.clip(value + slope * reach, -0.02 * top, top)
        run = place + np.divide(rise - value, slope, out=reach.copy(), where=np.full(2, slope != 0))
        traces.append(segment(run.tolist(), rise.tolist(), "gradient", dash="dashdot", width=4))
    share = (place - axis.low) / width
    free_side, has_room = ("right", share < 0.8) if label == 1 else ("left", share > 0.2)  # above the curve
    height = shown + (0.05 if has_room else 0.09) * top * (1 if shown < 0.9 * top else -1)
    words = f"{GAP}<b>{'↑ ' if value > top else ''}{text(value)}</b>{GAP}"
    side = f"middle {free_side if has_room else 'center'}"
    return [*traces, ring(place, shown)], [Label(place, height, words, theme.color("loss"), side)]


def _free_level(taken: Sequence[float], *, top: float, highest: float) -> float:
    """Return the level at which the names of the branches are farthest from other labels.

    taken    the levels of other labels
    highest  where the branches end
    """
    levels = [share * top for share in NAME_LEVELS if share * top <= highest]
    return max(levels, key=lambda level: min((abs(level - other) for other in taken), default=0))


def sigmoid_curve(z: np.ndarray, probs: np.ndarray, *, at: tuple[float, float]) -> Figure:
    """Return the probability of every logit, with the current logit on the curve.

    z, probs  (n)  logits and their probabilities
    at        the current logit and its probability
    """
    logit, p = at
    side = "top left" if logit > 0 else "bottom right"
    return Figure(
        [
            segment([logit, logit, LOGIT.low], [0, p, p], "quiet"),
            curve(z, probs, "model"),
            ring(logit, p, "model"),
            label_trace([Label(logit, p, f"{GAP}<b>{percent(p)}</b>{GAP}", theme.color("model"), side)]),
        ],
        layout(LOGIT, Axis("p = σ(z)", -0.08, 1.12, (0, 0.5, 1), ("0", "½", "1"))),
    )


def batch(
    names: Sequence[str], probs: np.ndarray, labels: np.ndarray, losses: np.ndarray, *, mean: float, unit: Unit
) -> Figure:
    """Return two panels: left, each mail's prediction and label; right, the loss of each mail, and their mean.

    probs, labels, losses  (n)  the losses and their mean are in the unit shown
    """
    rows = np.arange(len(names))[::-1]
    top = CEILING[unit] * 0.75
    model, truth, loss = theme.color("model"), theme.color("truth"), theme.color("loss")
    pairs = np.full(3 * len(rows), np.nan)  # a gap after each line
    pairs[::3], pairs[1::3] = labels, probs
    shown = np.minimum(losses, top)
    answer_panel = [
        curve(pairs, np.repeat(rows, 3), "model", width=3),
        {**ring(0, 0, "model"), "x": probs, "y": rows},
        {**ring(0, 0, "truth"), "x": labels, "y": rows, "marker": {"symbol": "square", "size": 12, "color": truth}},
        label_trace(
            Label(0.5, row + 0.34, name, theme.color("ink"), "middle center")
            for row, name in zip(rows, names, strict=True)
        ),
    ]
    loss_panel = [
        {
            "type": "bar",
            "orientation": "h",
            "x": shown,
            "y": rows,
            "width": 0.42,
            "hoverinfo": "skip",
            "marker": {"color": loss},
        },
        *([segment([mean, mean], [-0.5, len(rows) - 0.3], "ink", dash="dash", width=2.5)] if mean <= top else []),
        label_trace(
            [
                *(
                    Label(top, row + 0.34, f"{'' if value <= top else '→ '}{text(value)}", loss, "middle left")
                    for row, value in zip(rows, losses, strict=True)
                ),
                Label(
                    min(mean, 0.5 * top),
                    len(rows) - 0.15,
                    f"<b>mean {'' if mean <= top else '→ '}{text(mean)}</b>",
                    theme.color("ink"),
                ),
            ]
        ),
    ]
    title = f'<span style="color:{model}">p ○</span> and <span style="color:{truth}">label y ■</span>'
    left = layout(Axis(title, -0.04, 1.04, (0, 0.5, 1), ("0", "½", "1")), Axis("", -0.6, len(rows)))
    right = layout(Axis(f"loss ({unit.symbol})", 0, top, (0, 2, 4, 6)), Axis("", -0.6, len(rows)))
    left["margin"] = {**left["margin"], "l": 26}
    for axis in (left["yaxis"], right["yaxis"]):
        axis |= {"showgrid": False, "showticklabels": False}
    left["xaxis"] |= {"domain": [0, 0.46]}
    return Figure(
        [*answer_panel, *on_axes(loss_panel, "x2", "y2")],
        {
            **left,
            "xaxis2": {**right["xaxis"], "domain": [0.56, 1], "anchor": "y2"},
            "yaxis2": {**right["yaxis"], "anchor": "x2"},
        },
    )


def clipping(
    z: np.ndarray,
    exact: np.ndarray,
    clipped: np.ndarray,
    *,
    at: float,
    exact_at: tuple[float, float],
    clipped_at: tuple[float, float],
) -> Figure:
    """Return the loss of a spam mail at every logit, exact and with p held away from 0 and 1.

    z, exact, clipped     (n)  logits and both losses in nats
    at                    the current logit
    exact_at, clipped_at  loss and slope there
    """
    (value, slope), (clipped_value, clipped_slope) = exact_at, clipped_at
    traces = [
        segment([at, at], [0, value], "quiet"),
        curve(z, exact, "loss"),
        curve(z, clipped, "ink", width=3, dash="dash"),
        *(
            segment([at - 3, at + 3], [y - 3 * s, y + 3 * s], "gradient", dash="solid", width=6)
            for y, s in ((value, slope), (clipped_value, clipped_slope))
        ),
        ring(at, clipped_value, "ink"),
        ring(at, value),
        label_trace(
            [
                Label(
                    5, 41, f"exact <b>{text(value)}</b>, slope <b>{text(slope)}</b>", theme.color("loss"), "middle left"
                ),
                Label(
                    5,
                    36.5,
                    f"clipped <b>{text(clipped_value)}</b>, slope <b>{text(clipped_slope)}</b>",
                    theme.color("ink"),
                    "middle left",
                ),
            ]
        ),
    ]
    return Figure(traces, layout(LOGIT_OF_SPAM, Axis("loss (nats)", 0, 44, (0, 10, 20, 30, 40))))
