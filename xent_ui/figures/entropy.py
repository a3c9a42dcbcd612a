"""The entropy of a source as a stack, the entropy of two outcomes as a curve, and the lengths of codes for blocks."""

from collections.abc import Sequence

import numpy as np

from xent_core import Unit
from xent_ui.figures.base import (
    GAP,
    SIZE,
    Axis,
    Figure,
    GuessMark,
    Label,
    Trace,
    bars,
    curve,
    guess_traces,
    label_trace,
    layout,
    on_axes,
    ring,
    segment,
    short,
)
from xent_ui.style import theme
from xent_ui.style.numbers import text

LARGEST_ENTROPY = {Unit.BITS: 3.0, Unit.NATS: 2.08}  # of eight equally likely outcomes
LARGEST_SURPRISE = {Unit.BITS: 8.0, Unit.NATS: 5.5}  # where the axis of surprises ends
MOST_LABELED = 5  # with more outcomes than this, the numbers above the bars would collide
STACK_RANGE = (-0.55, 1.6)  # of the x-axis of the stack, which is at 0
GUESS_AT = 0.95  # to the right of the stack
BARS_DOMAIN, STACK_DOMAIN = (0, 0.64), (0.72, 1)  # shares of the width of the figure


def source(
    names: Sequence[str],
    p: np.ndarray,
    surprises: np.ndarray,
    shares: np.ndarray,
    *,
    most: float,
    unit: Unit,
    hidden: bool = False,
    guess: GuessMark | None = None,
) -> Figure:
    """Return bars of probability above bars of surprise and, beside them, a stack of their products: the entropy.

    surprises, shares  (K,)  -log p of each outcome and its share -p log p of the entropy, in the unit shown
    most               the entropy of K equally likely outcomes, in the unit shown
    hidden             leave the stack out, because its height is the answer to an open question
    """
    n = len(names)
    at = np.arange(n)
    top = LARGEST_SURPRISE[unit]
    shown = np.minimum(surprises, top)
    truth, loss = theme.color("truth"), theme.color("loss")
    traces: list[Trace] = [bars(at, p, truth), *on_axes([bars(at, shown, loss)], "x3", "y3")]
    if n <= MOST_LABELED:
        traces.append(label_trace([Label(i, p[i], short(p[i]), truth, "top center") for i in range(n)]))
    heights = [
        Label(i, shown[i], _height_label(surprises[i], top, labeled=n <= MOST_LABELED), loss, "top center")
        for i in range(n)
    ]
    traces += on_axes([label_trace(heights)], "x3", "y3")
    traces += on_axes(_stack(names, shares, most=most, unit=unit, hidden=hidden, guess=guess), "x2", "y2")
    low, high = -0.6, n - 0.4
    ticks = (0, 4, 8) if unit is Unit.BITS else (0, 2, 4)
    above = layout(Axis("", low, high, (-9,)), Axis("probability", 0, 1.2, (0, 0.5, 1), ("0", "½", "1")))
    depth = Axis(f"surprise ({unit.symbol})", 0, top * 1.25, ticks)
    below = layout(Axis("", low, high, at.tolist(), list(names)), depth)
    stack = Axis(f"entropy ({unit.symbol})", *STACK_RANGE, (-9,))
    right = layout(stack, Axis("", 0, LARGEST_ENTROPY[unit] * 1.12, (0, 1, 2, 3)))
    return Figure(
        traces,
        {
            **above,
            "xaxis": {**above["xaxis"], "domain": list(BARS_DOMAIN)},
            "yaxis": {**above["yaxis"], "domain": [0.56, 1]},
            "xaxis2": {**right["xaxis"], "domain": list(STACK_DOMAIN), "anchor": "y2"},
            "yaxis2": {**right["yaxis"], "anchor": "x2"},
            "xaxis3": {**below["xaxis"], "domain": list(BARS_DOMAIN), "anchor": "y3"},
            "yaxis3": {**below["yaxis"], "domain": [0, 0.48], "anchor": "x3"},
        },
    )


def _height_label(surprise: float, top: float, *, labeled: bool) -> str:
    """Return the label above a bar of surprise, with an arrow where the axis cuts the bar off at ``top``."""
    if surprise > top:
        return "∞" if np.isinf(surprise) else f"↑{text(surprise, 2)}"
    return text(surprise, 2) if labeled else ""


def _stack(
    names: Sequence[str], shares: np.ndarray, *, most: float, unit: Unit, hidden: bool, guess: GuessMark | None
) -> list[Trace]:
    """Return the stack of p × surprise, a line at the largest possible entropy, and the guess."""
    top = LARGEST_ENTROPY[unit]
    entropy, quiet = theme.color("entropy"), theme.color("quiet")
    marks, labels = guess_traces(guess)
    if labels:
        below = labels[0].y - top / 16
        words = "guess" if guess and guess.true is not None else "guess <b>?</b>"
        labels = [labels[0]._replace(y=below, text=words, side="bottom center")]
    if not hidden:
        tops = np.cumsum(shares)
        paper = theme.color("paper")
        edges = {"color": entropy, "line": {"color": paper, "width": 1.5}}
        marks = [
            bars([0] * len(names), shares, entropy, width=0.8, base=(tops - shares).tolist(), marker=edges),
            *marks,
        ]
        labels += [
            Label(0, high - share / 2, name, paper, "middle center")
            for name, share, high in zip(names, shares, tops, strict=True)
            if share > top / 14
        ]
        labels.append(Label(0, float(tops[-1]), f"<b>H {text(float(tops[-1]))}</b>", entropy, "top center"))
    ceiling = segment(list(STACK_RANGE), [most, most], "quiet", dash="dot")
    if hidden or most - np.sum(shares) > top / 20:
        labels.append(Label(STACK_RANGE[1], most, f"at most {text(most)}", quiet, "top left"))
    return [ceiling, *marks, label_trace(labels, size=SIZE - 1)]


def binary_entropy(
    probs: np.ndarray, values: np.ndarray, *, at: tuple[float, float], slope: float, unit: Unit
) -> Figure:
    """Return the entropy of two outcomes against the probability of the first, with one point and its tangent.

    probs, values  (n,)  the curve, values in the unit shown
    at, slope      the probability and the entropy of the point, and the slope there, in the unit shown
    """
    p, h = at
    top = 1.25 if unit is Unit.BITS else 0.87
    # The tangent keeps its length on the screen; at the ends it is vertical and is left out.
    half = 0.16 / np.hypot(1, slope / (2 * top)) if np.isfinite(slope) else 0.0
    side = "top right" if p < 0.35 else "top left" if p > 0.65 else "top center"
    along = np.array([p - half, p + half])
    traces = [curve(probs, values, "entropy")]
    above = h if side != "top center" else 1.03 * float(np.max(values))
    labels = [Label(p, above, f"{GAP}<b>H = {text(h)}</b>{GAP}", theme.color("entropy"), side)]
    if np.isfinite(slope):
        traces.append(curve(along, h + slope * (along - p), "gradient", width=3))
        inward = "middle right" if p <= 0.5 else "middle left"
        slope_text = f"{GAP}slope {text(slope, signed=True)}{GAP}"
        labels.append(Label(p, h / 2, slope_text, theme.color("gradient"), inward))
    traces += [segment([p, p], [0, h], "quiet"), ring(p, h, "entropy")]
    ticks = (0, 0.5, 1) if unit is Unit.BITS else (0, 0.25, 0.5, 0.75)
    return Figure(
        [*traces, label_trace(labels)],
        layout(
            Axis("probability of rain", 0, 1, (0, 0.25, 0.5, 0.75, 1), ("0", "¼", "½", "¾", "1")),
            Axis(f"entropy ({unit.symbol})", 0, top, ticks),
        ),
    )


def blocks(per_letter: Sequence[float], *, at: int, floor: float, digits: int) -> Figure:
    """Return the mean length per letter of the codes for blocks of 1, 2, ... letters, with the entropy below them.

    per_letter  in bits, by length of the block
    at          the length of the block shown
    floor       the entropy per letter, in bits
    digits      to how many digits to write both
    """
    lengths = np.arange(1, len(per_letter) + 1)
    last, here = len(per_letter) + 0.5, float(per_letter[at - 1])
    fine = np.linspace(1, last, 60)
    entropy, loss, quiet = (theme.color(role) for role in ("entropy", "loss", "quiet"))
    dots = {**curve(lengths, per_letter, "loss", width=1.5), "mode": "lines+markers", "marker": {"size": 9}}
    label = f"<b>{text(here, digits)} bits</b>"
    side = "bottom" if floor > 0.25 else "top"
    return Figure(
        [
            segment([0.5, last], [floor, floor], "entropy", dash=theme.DASH["entropy"], width=3),
            curve(fine, floor + 1 / fine, "quiet", width=2, dash="dot"),
            dots,
            ring(at, here),
            label_trace(
                [
                    Label(
                        0.5,
                        floor - 0.03 if side == "bottom" else floor + 0.02,
                        f"{GAP}entropy {text(floor, digits)}",
                        entropy,
                        f"{side} right",
                    ),
                    Label(3.5, floor + 1 / 3.5, f"{GAP}entropy + 1/n", quiet),
                    Label(at, here + 0.05, f"{GAP}{label}", loss, "top right" if at < 6 else "top left"),
                ]
            ),
        ],
        layout(
            Axis("letters per block, n", 0.5, last, lengths.tolist()),
            Axis("bits per letter", 0, 2.1, (0, 0.5, 1, 1.5, 2)),
        ),
    )
