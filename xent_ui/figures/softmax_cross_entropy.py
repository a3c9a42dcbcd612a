"""Softmax bars with the gradient bars under them, logits moved all at once, and labels by what they weigh."""

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
    guess_traces,
    layout,
    light,
    segment,
    stand,
    words,
)
from xent_ui.style import theme
from xent_ui.style.numbers import plain, text
from xent_ui.style.theme import DASH

WIDTH = 0.66
GUTTER = -0.78  # left of the bars: room for a guess
_NOTES = (("guess<br> ", "top center"), ("<br>truth", "bottom center"))
MOST_LOGIT = 15.0


def softmax_over_gradient(
    names: Sequence[str], probs: np.ndarray, grad: np.ndarray, *, label: int, guess: GuessMark | None = None
) -> Figure:
    """Above, softmax with the target as a frame; below, p − y. Last, both sums: one color a class.

    probs, grad  (K)
    label        the right class
    guess        on the gradient; while it is open the gradient is not shown
    """
    k = len(names)
    at, ends = np.arange(k), (-1.15, k + 0.5)
    colors = [theme.class_color(i) for i in range(k)]
    truth, paper = theme.color("truth"), theme.color("paper")
    places = 3 if k <= 4 else 2  # as wide as a bar on a phone
    frame = [label - WIDTH / 2, label + WIDTH / 2]
    above = [
        bars(at, probs, colors, width=WIDTH),
        _pile(k, probs, colors),
        segment([frame[0], frame[0], frame[1], frame[1]], [0, 1, 1, 0], "truth", dash="solid", width=2.5),
    ]
    inside = probs > 0.84
    labels = [
        Label(
            i,
            float(p),
            f"{p:.{places}f}",
            paper if inside[i] else colors[i],
            "bottom center" if inside[i] else "top center",
        )
        for i, p in enumerate(probs)
    ]
    ink = theme.color("ink")
    labels += [Label(label, 1, "y = 1", truth, "top center"), Label(k, 1, "<b>1</b>", ink, "top center")]
    marks, said = guess_traces(guess and guess._replace(x=GUTTER))
    marked = [row._replace(words=words_, side=side) for row, (words_, side) in zip(said, _NOTES, strict=False)]
    below: list[Trace] = []
    if guess is None or guess.true is not None:
        below = [bars(at, grad, colors, width=WIDTH), _pile(k, grad, colors), *_steps(at, -grad)]
        marked.append(Label(label, float(-grad[label]), "step", theme.color("gradient"), "top center"))
        marked += [
            Label(i, g, f"{g:.{places}f}".replace("-", "−"), colors[i], "top center" if g > 0 else "bottom center")
            for i, g in enumerate(grad.tolist())
        ]
        marked.append(Label(k, float(grad[grad > 0].sum()), "<b>0</b>", ink, "top center"))
    below = [*below, segment([*ends], [0, 0], "quiet", dash="solid", width=1), *marks, words(marked)]
    upper = layout(
        Axis("", *ends, [*at.tolist(), k], [*names, "sum"]), Axis("softmax p", 0, 1.25, (0, 0.5, 1), ("0", "½", "1"))
    )
    lower = layout(Axis("", *ends), Axis("p − y", -1.35, 1.35, (-1, 0, 1), ("−1", "0", "1")))
    return Figure(
        [*above, words(labels), *stand(below, "x2", "y2")],
        {
            **upper,
            "margin": {**upper["margin"], "b": 16},
            "yaxis": {**upper["yaxis"], "domain": [0.54, 1]},
            "xaxis": {**upper["xaxis"], "anchor": "y"},
            "xaxis2": {**lower["xaxis"], "anchor": "y2", "showticklabels": False, "showline": False},
            "yaxis2": {**lower["yaxis"], "anchor": "x2", "domain": [0, 0.42]},
        },
    )


def _steps(at: np.ndarray, ends: np.ndarray) -> list[Trace]:
    """Where descent takes each logit: an arrow from 0 against the gradient."""
    color = theme.color("gradient")
    long = np.abs(ends) > 0.02
    x = np.repeat(at[long], 3)
    y = np.stack([np.zeros(long.sum()), ends[long], np.full(long.sum(), np.nan)], axis=1).ravel()
    heads = ["triangle-up" if end > 0 else "triangle-down" for end in ends[long]]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": light(x),
            "y": light(y),
            "hoverinfo": "skip",
            "line": {"color": color, "width": 2.5, "dash": DASH["gradient"]},
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": at[long],
            "y": light(ends[long]),
            "hoverinfo": "skip",
            "marker": {"symbol": heads, "size": 11, "color": color},
        },
    ]


def _pile(x: float, parts: np.ndarray, colors: Sequence[str]) -> Trace:
    """Parts on top of each other at x: the positive ones upwards from 0, the negative ones downwards."""
    up, down = np.maximum(parts, 0), np.minimum(parts, 0)
    base = np.where(parts >= 0, np.cumsum(up) - up, np.cumsum(down) - down)
    return bars([x] * len(parts), parts, colors, width=WIDTH, base=np.round(base, 5).tolist())


def shifted_logits(names: Sequence[str], logits: np.ndarray, probs: np.ndarray) -> Figure:
    """Above, logits as bars from 0; below, the softmax bars they make."""
    k = len(names)
    at = np.arange(k)
    colors = [theme.class_color(i) for i in range(k)]
    ends = (-0.6, k - 0.4)
    numbers = [
        Label(i, float(z), plain(float(z)), colors[i], "top center" if z >= 0 else "bottom center")
        for i, z in enumerate(logits)
    ]
    shares = [Label(i, float(p), text(float(p)), colors[i], "top center") for i, p in enumerate(probs)]
    upper = layout(Axis("", *ends), Axis("logit", -MOST_LOGIT, MOST_LOGIT, (-10, 0, 10), ("−10", "0", "10")))
    lower = layout(Axis("", *ends, at.tolist(), list(names)), Axis("softmax", 0, 1.25, (0, 0.5, 1), ("0", "½", "1")))
    zero = segment(list(ends), [0, 0], "quiet", dash="solid", width=1)
    return Figure(
        [
            bars(at, logits, colors, width=WIDTH),
            zero,
            words(numbers),
            *stand([bars(at, probs, colors, width=WIDTH), words(shares)], "x2", "y2"),
        ],
        {
            **upper,
            "xaxis": {**upper["xaxis"], "anchor": "y", "showticklabels": False, "showline": False},
            "yaxis": {**upper["yaxis"], "domain": [0.54, 1]},
            "xaxis2": {**lower["xaxis"], "anchor": "y2"},
            "yaxis2": {**lower["yaxis"], "anchor": "x2", "domain": [0, 0.44]},
        },
    )


class Labels(NamedTuple):
    """One way to write down what is true: what it is called, the bytes it takes, the loss it gives."""

    name: str
    n_bytes: int
    loss: float


def label_formats(rows: Sequence[Labels]) -> Figure:
    """A bar of bytes a format, on a scale of factors of ten, and the loss each leads to."""
    places = [float(len(rows) - i) for i in range(len(rows))]
    truth, loss = theme.color("truth"), theme.color("loss")
    most = 3e6
    labels = [
        Label(1, y + 0.27, f"{row.name}: <b>{row.n_bytes:,} bytes</b>", truth, "top right")
        for y, row in zip(places, rows, strict=True)
    ]
    labels += [
        Label(most, y + 0.27, f"loss <b>{text(row.loss)}</b>", loss, "top left")
        for y, row in zip(places, rows, strict=True)
    ]
    powers = (1, 1e3, 1e6)
    plan = layout(
        Axis("bytes, in steps of a thousand", 0, np.log10(most), powers, ("1", "1,000", "1,000,000")),
        Axis("", 0.6, len(rows) + 0.65, (-1,)),
    )
    plan["xaxis"] |= {"type": "log"}
    plan["yaxis"] |= {"showgrid": False}
    plan["margin"] |= {"l": 24}
    lengths = [row.n_bytes for row in rows]
    return Figure([{**bars(lengths, [], truth, width=0.4), "y": places, "orientation": "h"}, words(labels)], plan)
