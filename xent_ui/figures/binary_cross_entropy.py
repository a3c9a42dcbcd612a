"""Figures of the lesson on binary cross-entropy: both branches of the loss, a batch and its mean, and clipping."""

from collections.abc import Sequence

import numpy as np

from xent_core import Unit
from xent_ui.figures import base as draw
from xent_ui.figures.base import GAP, Axis, Figure, GuessMark, Label, curve, layout, segment, stand, words, you
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
    """Return the loss of every answer if the mail is spam and if it is not; the true branch has a mark and the slope.

    x, spam, ham  (n)  the two branches, in the unit shown
    label         1 if it is spam
    at            the present answer, its loss and the slope there, in the unit shown
    guess         on the branch of a mail that is not spam; while it is open only the true branch is drawn
    """
    top = CEILING[unit]
    place, value, slope = at
    shown = min(value, top)
    traces: list[draw.Trace] = []
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
    marks, guess_labels = draw.guess_traces(guess)
    guess_labels = [  # the guess stands far on the right
        each._replace(words=each.words.strip() + GAP, side=each.side.replace("right", "left")) for each in guess_labels
    ]
    arrow = "↑ " if value > top else ""
    share = (place - axis.low) / (axis.high - axis.low)
    free_side, has_room = ("right", share < 0.8) if label == 1 else ("left", share > 0.2)  # above the curve
    lift = 0.05 if has_room else 0.09
    height = shown + lift * top * (1 if shown < 0.9 * top else -1)
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
        [*traces, *marks, you(place, shown), words([*labels, *guess_labels])],
        layout(axis, Axis(f"loss ({unit.symbol})", 0, top, np.arange(0, top + 0.1, 2).tolist())),
    )


def batch(
    names: Sequence[str], probs: np.ndarray, labels: np.ndarray, costs: np.ndarray, *, mean: float, unit: Unit
) -> Figure:
    """Return, on the left, what the model says of each mail and what is true; on the right, each loss and the mean.

    probs, labels, costs  (n)  costs and their mean in the unit shown
    """
    rows = np.arange(len(names))[::-1]
    top = CEILING[unit] * 0.75
    model, truth, loss = theme.color("model"), theme.color("truth"), theme.color("loss")
    pairs = np.full(3 * len(rows), np.nan)  # a gap after each line
    pairs[::3], pairs[1::3] = labels, probs
    shown = np.minimum(costs, top)
    answers = [
        curve(pairs, np.repeat(rows, 3), "model", width=3),
        {**you(0, 0, "model"), "x": probs, "y": rows},
        {**you(0, 0, "truth"), "x": labels, "y": rows, "marker": {"symbol": "square", "size": 12, "color": truth}},
        words(
            Label(0.5, row + 0.34, name, theme.color("ink"), "middle center")
            for row, name in zip(rows, names, strict=True)
        ),
    ]
    losses = [
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
        words(
            [
                *(
                    Label(top, row + 0.34, f"{'' if cost <= top else '→ '}{text(cost)}", loss, "middle left")
                    for row, cost in zip(rows, costs, strict=True)
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
        [*answers, *stand(losses, "x2", "y2")],
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
    at                    the present logit
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
        you(at, clipped_value, "ink"),
        you(at, value),
        words(
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
