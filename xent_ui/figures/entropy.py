"""A source as bars whose products make a tower, and the entropy of two outcomes."""

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
    layout,
    segment,
    short,
    stand,
    words,
    you,
)
from xent_ui.style import theme
from xent_ui.style.numbers import text

MOST = {Unit.BITS: 3.0, Unit.NATS: 2.08}  # the entropy of eight equal outcomes
CEILING = {Unit.BITS: 8.0, Unit.NATS: 5.5}  # where the axis of surprises ends
LABELED = 5  # more outcomes than this, and numbers on bars would collide
ROOM = (-0.55, 1.6)  # about the tower, which stands at 0
GUESS_AT = 0.95  # beside it
SPLIT = 0.64, 0.72  # bars to the left, tower to the right


def source(
    names: Sequence[str],
    p: np.ndarray,
    surprises: np.ndarray,
    shares: np.ndarray,
    *,
    most: float,
    unit: Unit,
    guess: GuessMark | None = None,
) -> Figure:
    """Above, bars of p; below, bars of surprise; beside them their products on top of each other: the entropy.

    surprises, shares  (K)  of each outcome, and its probability times its surprise, in the unit shown
    most               the entropy of K equal outcomes, in the unit shown
    """
    n = len(names)
    at = np.arange(n)
    top = CEILING[unit]
    shown = np.minimum(surprises, top)
    truth, loss = theme.color("truth"), theme.color("loss")
    traces: list[Trace] = [bars(at, p, truth), *stand([bars(at, shown, loss)], "x3", "y3")]
    if n <= LABELED:
        traces.append(words([Label(i, p[i], short(p[i]), truth, "top center") for i in range(n)]))
    arrows = [Label(i, shown[i], text(surprises[i], 2) if n <= LABELED else "", loss, "top center") for i in range(n)]
    arrows = [
        label if surprise <= top else label._replace(words="∞" if np.isinf(surprise) else f"↑{text(surprise, 2)}")
        for label, surprise in zip(arrows, surprises, strict=True)
    ]
    traces += stand([words(arrows)], "x3", "y3")
    traces += stand(_products(names, shares, most=most, unit=unit, guess=guess), "x2", "y2")
    low, high = -0.6, n - 0.4
    ticks = (0, 4, 8) if unit is Unit.BITS else (0, 2, 4)
    above = layout(Axis("", low, high, (-9,)), Axis("p", 0, 1.2, (0, 0.5, 1), ("0", "½", "1")))
    depth = Axis(f"surprise ({unit.symbol})", 0, top * 1.25, ticks)
    below = layout(Axis("", low, high, at.tolist(), list(names)), depth)
    right = layout(Axis("p × surprise", *ROOM, (-9,)), Axis("", 0, MOST[unit] * 1.12, (0, 1, 2, 3)))
    bars_at, tower_at = [0, SPLIT[0]], [SPLIT[1], 1]
    return Figure(
        traces,
        {
            **above,
            "xaxis": {**above["xaxis"], "domain": bars_at},
            "yaxis": {**above["yaxis"], "domain": [0.56, 1]},
            "xaxis2": {**right["xaxis"], "domain": tower_at, "anchor": "y2"},
            "yaxis2": {**right["yaxis"], "anchor": "x2"},
            "xaxis3": {**below["xaxis"], "domain": bars_at, "anchor": "y3"},
            "yaxis3": {**below["yaxis"], "domain": [0, 0.48], "anchor": "x3"},
        },
    )


def _products(
    names: Sequence[str], shares: np.ndarray, *, most: float, unit: Unit, guess: GuessMark | None
) -> list[Trace]:
    """The tower of p × surprise under its ceiling; only the guess while it is open."""
    truth, quiet = theme.color("truth"), theme.color("quiet")
    marks, labels = guess_traces(guess)
    if labels:
        under = labels[0].y - MOST[unit] / 16
        labels = [labels[0]._replace(y=under, words="guess", side="bottom center")]
    if guess is None or guess.true is not None:
        tops = np.cumsum(shares)
        paper = theme.color("paper")
        edges = {"color": truth, "line": {"color": paper, "width": 1.5}}
        marks = [bars([0] * len(names), shares, truth, width=0.8, base=(tops - shares).tolist(), marker=edges), *marks]
        labels += [
            Label(0, high - share / 2, name, paper, "middle center")
            for name, share, high in zip(names, shares, tops, strict=True)
            if share > MOST[unit] / 14
        ]
        labels.append(Label(0, float(tops[-1]), f"<b>H {text(float(tops[-1]))}</b>", truth, "top center"))
    ceiling = segment(list(ROOM), [most, most], "quiet", dash="dot")
    if guess is not None and guess.true is None or most - np.sum(shares) > MOST[unit] / 20:
        labels.append(Label(ROOM[1], most, f"most {text(most)}", quiet, "top left"))
    return [ceiling, *marks, words(labels, size=SIZE - 1)]


def binary_entropy(
    probs: np.ndarray, values: np.ndarray, *, at: tuple[float, float], slope: float, unit: Unit
) -> Figure:
    """The entropy of two outcomes against the chance of the first, you on it, and the slope where you are.

    probs, values  (n)  the curve, values in the unit shown
    at, slope      your probability, its entropy and the slope there, in the unit shown
    """
    p, h = at
    top = 1.25 if unit is Unit.BITS else 0.87
    half = 0.16 / np.hypot(1, slope / (2 * top)) if np.isfinite(slope) else 0.0
    side = "top right" if p < 0.35 else "top left" if p > 0.65 else "top center"
    along = np.array([p - half, p + half])
    traces = [curve(probs, values, "truth")]
    above = h if side != "top center" else 1.03 * float(np.max(values))
    labels = [Label(p, above, f"{GAP}<b>H = {text(h)}</b>{GAP}", theme.color("truth"), side)]
    if np.isfinite(slope):
        traces.append(curve(along, h + slope * (along - p), "gradient", width=3))
        inward = "middle right" if p <= 0.5 else "middle left"
        words_at = f"{GAP}slope {text(slope, signed=True)}{GAP}"
        labels.append(Label(p, h / 2, words_at, theme.color("gradient"), inward))
    traces += [segment([p, p], [0, h], "quiet"), you(p, h, "truth")]
    ticks = (0, 0.5, 1) if unit is Unit.BITS else (0, 0.25, 0.5, 0.75)
    return Figure(
        [*traces, words(labels)],
        layout(
            Axis("chance of the first", 0, 1, (0, 0.25, 0.5, 0.75, 1), ("0", "¼", "½", "¾", "1")),
            Axis(f"entropy ({unit.symbol})", 0, top, ticks),
        ),
    )
