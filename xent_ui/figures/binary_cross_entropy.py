"""Figures of the lesson on binary cross-entropy: both branches of the loss, sigmoid, a batch, and clipping."""

from collections.abc import Sequence

import numpy as np

from xent_core import Unit
from xent_ui.figures.base import (
    RINGED,
    Axis,
    Figure,
    GuessMark,
    Label,
    Trace,
    as_float32,
    bars,
    curve,
    guess_traces,
    label_trace,
    layout,
    on_axes,
    ring,
    segment,
)
from xent_ui.figures.table import Rows
from xent_ui.figures.tape import torn_end
from xent_ui.style import theme
from xent_ui.style.numbers import percent, text
from xent_ui.style.theme import Role

LARGEST_OF_BATCH = {Unit.BITS: 7.0, Unit.NATS: 5.0}  # a bit more than p = 0.01 costs
CEILING = {Unit.BITS: 8.0, Unit.NATS: 5.6}
PROBABILITY = Axis("p, the model's probability of spam", 0, 1, (0, 0.25, 0.5, 0.75, 1), ("0", "¼", "½", "¾", "1"))
LOGIT = Axis("z, the model's logit", -10, 10, (-8, -4, 0, 4, 8), ("−8", "−4", "0", "4", "8"))
LOGIT_OF_SPAM = Axis(
    "z, the logit of a mail that is spam", -40, 5, (-40, -30, -20, -10, 0), ("−40", "−30", "−20", "−10", "0")
)
NAME_LEVELS = (0.85, 0.6, 0.35, 0.97, 0.2)  # where on a branch its name may stand, as shares of its height


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
    marks, guess_labels = guess_traces(guess, drawn=guess and guess._replace(guessed=min(guess.guessed, top)))
    if guess is not None and guess.guessed > top:
        guess_labels[0] = guess_labels[0]._replace(text=f"↑ {guess_labels[0].text}")
    traces, labels = ([], []) if at is None else _current(*at, axis=axis, top=top)
    # The names stand on the inner side of a branch, where the other one is far below.
    inner = ("right", "left") if axis is PROBABILITY else ("left", "right")
    both = (
        _branch(x, spam, "it is spam", inner[0], is_true=label == 1, top=top),
        _branch(x, ham, "it is not spam", inner[1], is_true=label == 0, top=top),
    )
    names = sorted((name for _, name in both), key=lambda name: name.color != theme.color("loss"))
    return Figure(
        [*(branch for branch, _ in both), *marks, *traces, label_trace([*labels, *guess_labels, *names])],
        layout(axis, Axis(f"loss ({unit.symbol})", 0, top, np.arange(0, top + 0.1, 2).tolist())),
    )


def _branch(
    x: np.ndarray, losses: np.ndarray, name: str, side: str, *, is_true: bool, top: float
) -> tuple[Trace, Label]:
    """Return one branch of the loss, and its name beside one of several points of it."""
    role: Role = "loss" if is_true else "quiet"
    line = curve(
        x,
        np.where(losses <= top, losses, np.nan),
        role,
        name=f"if {name}",
        whole=(x, losses),
        width=4 if is_true else 2,
        dash="solid" if is_true else "dot",
    )
    highest = min(top, float(losses.max()))
    levels = [share * highest for share in NAME_LEVELS]
    points = [(float(x[np.argmin(np.abs(losses - level))]), level) for level in levels]
    sides = tuple(f"{vertical} {side}" for vertical in ("middle", "top", "bottom"))
    return line, Label(*points[0], name, theme.color(role), sides, gap=10, also=tuple(points[1:]))


def _current(place: float, value: float, slope: float, *, axis: Axis, top: float) -> tuple[list[Trace], list[Label]]:
    """Return the mark of the current p or logit with its slope, and the label with its loss."""
    shown = min(value, top)
    width = axis.high - axis.low
    traces: list[Trace] = []
    if abs(slope) < 60 * top / width and value < top:
        reach = np.clip(place + np.array([-0.11, 0.11]) * width, axis.low, axis.high) - place
        rise = np.clip(value + slope * reach, -0.02 * top, top)
        run = place + np.divide(rise - value, slope, out=reach.copy(), where=np.full(2, slope != 0))
        traces.append(segment(run.tolist(), rise.tolist(), "gradient", dash="dashdot", width=4))
    words = f"<b>{'↑ ' if value > top else ''}{text(value)}</b>"
    # Above the curve, else below it; there the side on which the axis ends is left out.
    ahead, behind = ("right", "left") if slope < 0 else ("left", "right")
    sides = (f"top {ahead}", "top center", f"top {behind}", f"middle {behind}", f"middle {ahead}", f"bottom {behind}")
    higher = tuple((place, shown + share * top) for share in (0.03, 0.06))
    return [*traces, ring(place, shown, value=value, more={"slope": slope})], [
        Label(place, shown, words, theme.color("loss"), sides, gap=RINGED, also=higher)
    ]


def sigmoid_curve(z: np.ndarray, probs: np.ndarray, *, at: tuple[float, float]) -> Figure:
    """Return the probability of every logit, with the current logit on the curve.

    z, probs  (n)  logits and their probabilities
    at        the current logit and its probability
    """
    logit, p = at
    side = "top left" if logit > 0 else "bottom right"  # off the curve
    return Figure(
        [
            segment([logit, logit, LOGIT.low], [0, p, p], "quiet"),
            curve(z, probs, "model", name=""),
            ring(logit, p, "model"),
            label_trace([Label(logit, p, f"<b>{percent(p)}</b>", theme.color("model"), side, gap=RINGED)]),
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
    top = LARGEST_OF_BATCH[unit]
    model, truth, loss = theme.color("model"), theme.color("truth"), theme.color("loss")
    pairs = np.full(3 * len(rows), np.nan)  # a gap after each line
    pairs[::3], pairs[1::3] = labels, probs
    answer_panel = [
        curve(pairs, np.repeat(rows, 3), "model", width=3),
        {**ring(0, 0, "model", name=None), "x": probs, "y": rows},
        {
            **ring(0, 0, "truth", name=None),
            "x": labels,
            "y": rows,
            "marker": {"symbol": "square", "size": 12, "color": truth},
        },
        label_trace(
            Label(0, row + 0.42, name, theme.color("ink"), ("middle right",), gap=0)
            for row, name in zip(rows, names, strict=True)
        ),
    ]
    shown = np.minimum(losses, top)
    written = [f"{'' if value <= top else '→ '}{text(value)}" for value in losses]
    loss_panel = [
        {**bars(shown, rows, loss, width=0.42, orientation="h"), "x": as_float32(shown), "y": rows},
        *(
            torn_end(float(row), top, width=0.42, share=0.05)
            for row, value in zip(rows, losses, strict=True)
            if value > top
        ),
        *([segment([mean, mean], [-0.5, len(rows) - 0.4], "ink", dash="dash", width=2.5)] if mean <= top else []),
        label_trace(
            [
                *(
                    Label(top, row, words, loss, ("middle right",), gap=8)
                    for row, words in zip(rows, written, strict=True)
                ),
                Label(
                    min(mean, top),
                    len(rows) - 0.4,
                    f"<b>mean {'' if mean <= top else '→ '}{text(mean)}</b>",
                    theme.color("ink"),
                    ("top center", "top right", "top left"),
                ),
            ]
        ),
    ]
    title = f'<span style="color:{model}">p ○</span> and <span style="color:{truth}">label y ■</span>'
    plan = layout(Axis(title, -0.04, 1.04, (0, 0.5, 1), ("0", "½", "1")), Axis("", -0.6, len(rows) + 0.1))
    right = layout(Axis(f"loss ({unit.symbol})", 0, top, range(0, int(top) + 1, 2)), Axis("", -0.6, len(rows) + 0.1))
    plan["margin"] |= {"l": 26, "r": 70}
    for axis in (plan["yaxis"], right["yaxis"]):
        axis |= {"showgrid": False, "showticklabels": False}
    plan["xaxis"] |= {"domain": [0, 0.46]}
    return Figure(
        [*answer_panel, *on_axes(loss_panel, "x2", "y2")],
        {
            **plan,
            "xaxis2": {**right["xaxis"], "domain": [0.56, 1], "anchor": "y2"},
            "yaxis2": {**right["yaxis"], "anchor": "x2"},
        },
        tall=True,
        rows=[
            Rows(
                "mails and their mean",
                {
                    "mail": [*names, "mean"],
                    PROBABILITY.title: [*probs.tolist(), None],
                    "label y, 1 if it is spam": [*labels.tolist(), None],
                    f"loss ({unit.symbol})": [*losses.tolist(), mean],
                },
            )
        ],
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
        curve(z, exact, "loss", name="exact"),
        curve(z, clipped, "ink", name="clipped", width=3, dash="dash"),
        *(
            segment([at - 3, at + 3], [y - 3 * s, y + 3 * s], "gradient", dash="solid", width=6)
            for y, s in ((value, slope), (clipped_value, clipped_slope))
        ),
        ring(at, clipped_value, "ink", name="here, clipped", more={"slope dL/dz": clipped_slope}),
        ring(at, value, name="here, exact", more={"slope dL/dz": slope}),
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
