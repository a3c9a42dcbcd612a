"""Figures of the lesson on binary cross-entropy: both branches of the loss, a batch and its mean, and clipping."""

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
from xent_ui.style.numbers import text

CEILING = {Unit.BITS: 8.0, Unit.NATS: 5.6}
PROBABILITY = Axis("the model says spam with p", 0, 1, (0, 0.25, 0.5, 0.75, 1), ("0", "¼", "½", "¾", "1"))
LOGIT = Axis("the model's logit z", -10, 10, (-8, -4, 0, 4, 8), ("−8", "−4", "0", "4", "8"))
LOGIT_OF_SPAM = Axis("logit of a mail that is spam", -40, 5, (-40, -30, -20, -10, 0), ("−40", "−30", "−20", "−10", "0"))


def branches(
    x: np.ndarray,
    spam: np.ndarray,
    ham: np.ndarray,
    *,
    label: int,
    at: tuple[float, float, float],
    axis: Axis,
    unit: Unit,
    guess: GuessMark | None = None,
) -> Figure:
    """Return the loss of every answer if the mail is spam and if it is not; the true branch has a mark and its slope.

    x, spam, ham  (n)  the two branches, in the unit shown
    label         1 if it is spam
    at            the current answer, its loss and the slope there, in the unit shown
    guess         on the branch of a mail that is not spam; while it is open only the true branch is drawn
    """
    top = CEILING[unit]
    place, value, slope = at
    shown = min(value, top)
    traces: list[Trace] = []
    labels: list[Label] = []
    open_guess = guess is not None and guess.true is None
    inner, outer = ("middle right", "middle left") if axis is PROBABILITY else ("middle left", "middle right")
    for branch, is_true, name, side in ((spam, label == 1, "it is spam", inner), (ham, label == 0, "it is not", outer)):
        if open_guess and not is_true:
            continue
        traces.append(
            curve(
                x,
                np.where(branch <= top, branch, np.nan),
                "loss" if is_true else "quiet",
                width=4 if is_true else 2,
                dash="solid" if is_true else "dot",
            )
        )
        label_at = float(x[np.argmin(np.abs(np.minimum(branch, top) - 0.85 * top))])
        labels.append(
            Label(label_at, 0.85 * top, f"{GAP}{name}{GAP}", theme.color("loss" if is_true else "quiet"), side)
        )
    if abs(slope) < 60 * top / (axis.high - axis.low) and value < top:
        reach = np.array([-0.11, 0.11]) * (axis.high - axis.low)
        rise = np.clip(value + slope * reach, -0.02 * top, top)
        run = place + np.divide(rise - value, slope, out=reach.copy(), where=np.full(2, slope != 0))
        traces.append(segment(run.tolist(), rise.tolist(), "gradient", dash="dashdot", width=4))
    marks, guess_labels = guess_traces(guess)
    guess_labels = [  # the guess is far to the right
        each._replace(text=each.text.strip() + GAP, side=each.side.replace("right", "left")) for each in guess_labels
    ]
    arrow = "↑ " if value > top else ""
    share = (place - axis.low) / (axis.high - axis.low)
    free_side, has_room = ("right", share < 0.8) if label == 1 else ("left", share > 0.2)  # above the curve
    offset = 0.05 if has_room else 0.09
    height = shown + offset * top * (1 if shown < 0.9 * top else -1)
    labels.append(
        Label(
            place,
            height,
            f"{GAP}<b>{arrow}{text(value)}</b>{GAP}",
            theme.color("loss"),
            f"middle {free_side if has_room else 'center'}",
        )
    )
    return Figure(
        [*traces, *marks, ring(place, shown), label_trace([*labels, *guess_labels])],
        layout(axis, Axis(f"loss ({unit.symbol})", 0, top, np.arange(0, top + 0.1, 2).tolist())),
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
        segment([min(mean, top)] * 2, [-0.5, len(rows) - 0.3], "ink", dash="dash", width=2.5),
        label_trace(
            [
                *(
                    Label(top, row + 0.34, f"{'' if value <= top else '→ '}{text(value)}", loss, "middle left")
                    for row, value in zip(rows, losses, strict=True)
                ),
                Label(min(mean, 0.5 * top), len(rows) - 0.15, f"<b>mean {text(mean)}</b>", theme.color("ink")),
            ]
        ),
    ]
    left = layout(Axis("p, and the truth", -0.04, 1.04, (0, 0.5, 1), ("no", "½", "spam")), Axis("", -0.6, len(rows)))
    right = layout(Axis(f"loss ({unit.symbol})", 0, top, (0, 2, 4, 6)), Axis("", -0.6, len(rows)))
    left["margin"] = {**left["margin"], "l": 26}
    for axis in (left["yaxis"], right["yaxis"]):
        axis |= {"showgrid": False, "showticklabels": False}
    left["xaxis"] |= {"domain": [0, 0.46], "title": {**left["xaxis"]["title"], "font": {"color": model, "size": 16}}}
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
