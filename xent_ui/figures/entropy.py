"""The entropy of a source as a strip, the entropy of two outcomes as a curve, and the lengths of codes for blocks."""

from collections.abc import Sequence

import numpy as np

from xent_core import Unit
from xent_ui.figures.base import (
    MARGIN,
    RINGED,
    SIZE,
    Axis,
    Figure,
    GuessMark,
    Label,
    Trace,
    bars,
    curve,
    label_trace,
    layout,
    on_axes,
    ring,
    segment,
    short,
    torn_top,
)
from xent_ui.figures.placement import width_of
from xent_ui.figures.table import Rows
from xent_ui.figures.tape import guess_across, outlined, scale, tape
from xent_ui.style import theme
from xent_ui.style.numbers import text

LARGEST_ENTROPY = {Unit.BITS: 3.0, Unit.NATS: 2.08}  # of eight equally likely outcomes
LARGEST_SURPRISE = {Unit.BITS: 8.0, Unit.NATS: 5.5}  # where the axis of surprises ends
END_OF_STRIP = 1.14  # where the axis of the strip ends, in largest entropies
SMALL = SIZE - 1  # px of text at bars
CROWDED = 7  # as many bars have no room for long numbers on a phone
STRIP_ROW, GUESS_ROW = 0, 1
STRIP_RANGE = (1.5, -1.1)  # of the rows, with room for the words above the strip


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
    """Return bars of probability above bars of surprise, and below them a strip of their products: the entropy.

    surprises, shares  (K,)  -log p of each outcome and its share -p log p of the entropy, in the unit shown
    most               the entropy of K equally likely outcomes, in the unit shown
    hidden             leave the strip out, because its length is the answer to an open question
    """
    at = list(range(len(names)))
    top = LARGEST_SURPRISE[unit]
    shown = np.minimum(surprises, top)
    truth, loss = theme.color("truth"), theme.color("loss")
    crowded = theme.is_narrow() and len(names) >= CROWDED
    chances = [Label(i, p[i], _chance(p[i], crowded=crowded), truth, ("top center",)) for i in at]
    heights = [Label(i, shown[i], _height_label(surprises[i], top), loss, ("top center",)) for i in at]
    torn = [torn_top(float(i), top) for i in at if surprises[i] > top]
    low, high = -0.6, len(names) - 0.4
    above = layout(Axis("", low, high), Axis("probability", 0, 1.3, (0, 0.5, 1), ("0", "½", "1")))
    depth = Axis(f"surprise ({unit.symbol})", 0, 1.3 * top, (0, 4, 8) if unit is Unit.BITS else (0, 2, 4))
    below = layout(Axis("", low, high, at, list(names)), depth)
    lengths = layout(
        scale(unit, END_OF_STRIP * LARGEST_ENTROPY[unit], range(int(LARGEST_ENTROPY[unit]) + 1)), Axis("", *STRIP_RANGE)
    )
    strip = _strip(names, shares, most=most, unit=unit, hidden=hidden, guess=guess)
    return Figure(
        [
            bars(at, p, truth),
            label_trace(chances, size=SMALL),
            *on_axes([bars(at, shown, loss), *torn, label_trace(heights, size=SMALL)], "x3", "y3"),
            *on_axes(strip, "x2", "y2"),
        ],
        {
            **above,
            "margin": {**MARGIN, "t": 8, "b": 30},
            "xaxis": {**above["xaxis"], "showticklabels": False},
            "yaxis": {**above["yaxis"], "domain": [0.71, 1]},
            "xaxis2": {**lengths["xaxis"], "anchor": "y2", "showgrid": True, "gridcolor": theme.color("grid")},
            "yaxis2": {**lengths["yaxis"], "domain": [0, 0.25], "anchor": "x2", "visible": False},
            "xaxis3": {**below["xaxis"], "anchor": "y3", "tickangle": 0},
            "yaxis3": {**below["yaxis"], "domain": [0.34, 0.67], "anchor": "x3"},
        },
        tall=True,
        names={"x2": f"entropy ({unit.symbol})"},
        rows=_rows_of_source(names, p, surprises, shares, most=most, unit=unit, hidden=hidden),
    )


def _rows_of_source(
    names: Sequence[str],
    p: np.ndarray,
    surprises: np.ndarray,
    shares: np.ndarray,
    *,
    most: float,
    unit: Unit,
    hidden: bool,
) -> list[Rows]:
    """Return the outcomes, and the entropy with its upper bound."""
    columns = {"outcome": names, "probability": p, f"surprise ({unit.symbol})": surprises}
    entropy = {"largest entropy of so many outcomes": most}
    if not hidden:
        columns[f"share of the entropy ({unit.symbol})"] = shares
        entropy = {"entropy H": float(np.sum(shares)), **entropy}
    values = {"entropy": list(entropy), unit.symbol: list(entropy.values())}
    return [Rows("outcomes", columns), Rows("entropy", values)]


def _chance(p: float, *, crowded: bool) -> str:
    """Return a probability; where bars are crowded, to two decimal places if it would else be longer than them."""
    shown = short(p)
    if not crowded or len(shown) <= 4:
        return shown
    return "<.01" if p < 0.005 else f"{p:.2f}"


def _height_label(surprise: float, top: float) -> str:
    """Return the label above a bar of surprise, with an arrow where the axis cuts the bar off at ``top``."""
    arrow = ("↑ " if np.isinf(surprise) else "↑") if surprise > top else ""
    return f"{arrow}{text(surprise, 2)}"


def _strip(
    names: Sequence[str], shares: np.ndarray, *, most: float, unit: Unit, hidden: bool, guess: GuessMark | None
) -> list[Trace]:
    """Return the strip of p × surprise, a line at the largest possible entropy, and the guess."""
    entropy, quiet, paper = (theme.color(role) for role in ("entropy", "quiet", "paper"))
    traces, labels = guess_across(guess._replace(x=GUESS_ROW) if guess else None)
    ends = np.cumsum(shares)
    whole = float(ends[-1])
    beside = ("middle right", "middle left", "top right", "top left")
    words = [Label(most, GUESS_ROW, f"at most {text(most)}", quiet, beside, 5, also=((most, STRIP_ROW - 0.45),))]
    if not hidden:
        traces = [
            tape([STRIP_ROW] * len(names), (ends - shares).tolist(), ends.tolist(), outlined(entropy, 1)),
            *traces,
        ]
        width = (238 if theme.is_narrow() else 523) / (END_OF_STRIP * LARGEST_ENTROPY[unit])
        labels += [
            Label(end - share / 2, STRIP_ROW, name, paper, ("middle center",))
            for name, share, end in zip(names, shares, ends, strict=True)
            if share * width > width_of(name, SMALL) + 5
        ]
        sum_label = Label(0, STRIP_ROW - 0.4, f"<b>H = {text(whole)} {unit.symbol}</b>", entropy, ("top right",), 3)
        words = [sum_label, words[0]]
    ceiling = segment([most, most], [STRIP_ROW - 0.45, GUESS_ROW + 0.4], "quiet", dash="dot")
    return [ceiling, *traces, label_trace([*words, *labels], size=SMALL)]


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
    side = "top right" if p < 0.5 else "top left"
    along = np.clip([p - half, p + half], 0, 1)
    traces = [curve(probs, values, "entropy", name="")]
    labels = [Label(p, h, f"<b>H = {text(h)} {unit.symbol}</b>", theme.color("entropy"), side, RINGED)]
    if np.isfinite(slope):
        traces.append(curve(along, h + slope * (along - p), "gradient", width=3))
        inward = ("middle right", "middle left") if p <= 0.5 else ("middle left", "middle right")
        words, others = f"slope {text(slope, signed=True)}", tuple((p, share * h) for share in (0.3, 0.7))
        labels.append(Label(p, h / 2, words, theme.color("gradient"), inward, 8, also=others))
    traces += [segment([p, p], [0, h], "quiet"), ring(p, h, "entropy", more={"slope": slope})]
    ticks = {0: "0", 0.5: "½", 1: "1"} if unit is Unit.BITS else {0: "0", 0.25: "¼", 0.5: "½", 0.75: "¾"}
    return Figure(
        [*traces, label_trace(labels)],
        layout(
            Axis("probability of rain", 0, 1, (0, 0.25, 0.5, 0.75, 1), ("0", "¼", "½", "¾", "1")),
            Axis(f"entropy ({unit.symbol})", 0, top, tuple(ticks), tuple(ticks.values())),
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
    entropy, ink, quiet = (theme.color(role) for role in ("entropy", "ink", "quiet"))
    dots = {**curve(lengths, per_letter, "ink", name="code", width=1.5), "mode": "lines+markers", "marker": {"size": 9}}
    along = [(x, floor) for x in (last, 2.5, 4.5, 6.5)]
    bounds = [(x, floor + 1 / x) for x in (3.0, 4.0, 5.0, 6.0, 2.0, 1.5)]
    beyond = ("top right", "top center", "middle right")
    name = "H" if theme.is_narrow() else "entropy"
    return Figure(
        [
            segment([0.5, last], [floor, floor], "entropy", name="entropy", dash="solid", width=3),
            curve(fine, floor + 1 / fine, "quiet", name="entropy + 1/n", width=2, dash="dot"),
            dots,
            ring(at, here, "ink"),
            label_trace(
                [
                    Label(at, here, f"<b>{text(here, digits)} bits</b>", ink, "top right", RINGED),
                    Label(0.5, floor, f"{name} {text(floor, digits)}", entropy, "bottom right", 5, also=tuple(along)),
                    Label(*bounds[0], "entropy + 1/n", quiet, beyond, 5, also=tuple(bounds[1:])),
                ]
            ),
        ],
        layout(
            Axis("letters per block, n", 0.5, last, lengths.tolist()),
            Axis("bits per letter", 0, 2.1, (0, 0.5, 1, 1.5, 2), ("0", "½", "1", "1½", "2")),
        ),
    )
