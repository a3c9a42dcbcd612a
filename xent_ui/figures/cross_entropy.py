"""Cross-entropy as an area with its sum, the loss of noisy labels, and one hump for two with divergences."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

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
    hatching,
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
from xent_ui.figures.tape import guess_across, outlined, scale, tape, torn_end
from xent_ui.style import theme
from xent_ui.style.numbers import digits_that_add, text
from xent_ui.style.theme import Role

LARGEST_SURPRISE = {Unit.BITS: 6.0, Unit.NATS: 4.2}  # where the axis of heights ends
LARGEST_CHANCE = 0.06  # where the axis of probabilities ends
LARGEST_DIVERGENCE = {Unit.BITS: 4.0, Unit.NATS: 2.8}  # where the axis of divergences ends
NAME_REACH = (7, 13)  # points of the humps on both sides of the middle of a name; on phones
SMALL = SIZE - 1  # px of text on bars and at ticks
FLOOR_ROW, OVERPAID_ROW, SAVED_ROW, TOTAL_ROW, GUESS_ROW = range(5)  # of the sum below the rectangles, from above


def middles(p: np.ndarray) -> list[float]:
    """Return the centers of the rectangles of ``area`` on the x-axis, where their handles are."""
    return (np.cumsum(p) - p / 2).tolist()


class Cost(NamedTuple):
    """What a belief q costs under a truth p, in the unit shown: H(p, q) = H(p) + overpaid − saved.

    floor     H(p)
    overpaid  what the outcomes that q underrates cost more than under q = p
    saved     what the outcomes that q overrates cost less
    total     H(p, q)
    digits    to how many digits to write them, so that they add up
    """

    floor: float
    overpaid: float
    saved: float
    total: float
    digits: int = 3


def area(
    names: Sequence[str],
    p: np.ndarray,
    q: np.ndarray,
    surprise_of_p: np.ndarray,
    surprise_of_q: np.ndarray,
    *,
    cost: Cost,
    unit: Unit,
    hidden: bool = False,
    guess: GuessMark | None = None,
) -> Figure:
    """Return a column per outcome, p wide and −log p high, with the top −log q of the model, above their sum.

    What lies between the two tops is hatched: overpaid above the column, saved within it.

    surprise_of_p, surprise_of_q  (K,)  −log p and −log q, in the unit shown
    hidden                        leave the sum open, because it is the answer to a question
    guess                         the guessed sum
    """
    top = LARGEST_SURPRISE[unit]
    narrow = theme.is_narrow()
    traces, labels = _columns(p, q, surprise_of_p, surprise_of_q, top)
    labels = [*_names_below(names, p), *labels]
    sums, numbers = _sum(cost, top, hidden=hidden, guess=guess)
    even = (0, 2, 4, 6) if unit is Unit.BITS else (0, 1, 2, 3, 4)
    heights = layout(Axis("cumulative p", 0, 1), Axis(f"surprise ({unit.symbol})", 0, 1.09 * top, even))
    lengths = layout(scale(unit, 1.16 * top, even), Axis("", GUESS_ROW + 0.5, FLOOR_ROW - 0.5))
    heights["xaxis"] |= {"showticklabels": False}
    heights["xaxis"]["title"]["standoff"] = 26
    return Figure(
        [*traces, label_trace(labels, size=SMALL), *on_axes([*sums, label_trace(numbers, size=SMALL)], "x2", "y2")],
        {
            **heights,
            "margin": {**MARGIN, "l": 90, "t": 12, "b": 30},
            "yaxis": {**heights["yaxis"], "domain": [0.43 if narrow else 0.42, 1]},
            "xaxis2": {**lengths["xaxis"], "anchor": "y2", "showgrid": True, "gridcolor": theme.color("grid")},
            "yaxis2": {**lengths["yaxis"], "domain": [0, 0.29], "anchor": "x2", "visible": False},
        },
        tall=True,
        names={"x2": f"H(p, q) ({unit.symbol})"},
        rows=[
            Rows(
                "outcomes",
                {
                    "outcome": names,
                    "truth p": p,
                    "model q": q,
                    f"−log p ({unit.symbol})": surprise_of_p,
                    f"−log q ({unit.symbol})": surprise_of_q,
                },
            ),
            _rows_of_sum(cost, unit, hidden=hidden),
        ],
    )


def _rows_of_sum(cost: Cost, unit: Unit, *, hidden: bool) -> Rows:
    """Return the parts of the sum, of which only H(p) is known while a question is open."""
    parts = [
        ("H(p)", cost.floor),
        ("overpaid (added)", cost.overpaid),
        ("saved (subtracted)", cost.saved),
        ("H(p, q), the sum", cost.total),
    ]
    names, values = zip(*parts[: 1 if hidden else None], strict=True)
    return Rows("cross-entropy as a sum", {"part": names, unit.symbol: values})


def _columns(
    p: np.ndarray, q: np.ndarray, surprise_of_p: np.ndarray, surprise_of_q: np.ndarray, top: float
) -> tuple[list[Trace], list[Label]]:
    """Return the columns of the outcomes, and labels of what is overpaid and saved and of the model's tops."""
    comes = p > 0
    right = np.cumsum(p)
    left, middle = right - p, np.array(middles(p))
    whole, model = np.minimum(surprise_of_p, top), np.minimum(surprise_of_q, top)
    above, below = np.maximum(model - whole, 0) * comes, np.maximum(whole - model, 0) * comes
    beyond = comes & (surprise_of_q > top)
    seen = comes & ~beyond
    traces: list[Trace] = [
        _boxes(middle, whole * comes, 0 * p, p, outlined(theme.color("entropy"), _tint())),
        _boxes(middle, above, whole, p, _hatched()),
        _boxes(middle, below, model, p, _hatched(saved=True)),
        _upper_edges(left[comes], right[comes], whole[comes], "entropy", width=2.5),
        _upper_edges(left[seen], right[seen], model[seen], "model", width=4),
        *(torn_top(middle[k], top, width=p[k], share=0.025) for k in np.flatnonzero(beyond)),
    ]
    tops = [
        Label(
            middle[k],
            float(max(whole[k], model[k])),
            f"<b>↑ {text(surprise_of_q[k])}</b>" if beyond[k] else f"q {short(float(q[k]))}",
            theme.color("model"),
            ("top center",),
            optional=not beyond[k],
        )
        for k in np.argsort(-p)
        if comes[k]
    ]
    excess = theme.color("excess")
    saved, overpaid, plain = (int(np.argmax(p * each)) for each in (below, above, np.minimum(whole, model)))
    words = []
    if below[saved] > 0:
        words.append(Label(middle[saved], whole[saved], "saved", excess, ("top center",), optional=True))
    words += tops
    if above[overpaid] > 0:
        half = float(whole[overpaid] + model[overpaid]) / 2
        others = ((right[overpaid], half), (middle[overpaid], model[overpaid]))
        sides = ("middle left", "middle right", "top center")
        words.append(Label(left[overpaid], half, "overpaid", excess, sides, optional=True, also=others))
    low = float(min(whole[plain], model[plain]))
    words.append(Label(middle[plain], low / 2, "H(p)", theme.color("entropy"), ("middle center",), optional=True))
    return traces, words


def _tint() -> float:
    """Return the opacity of the area of H(p), on which its name can be read."""
    return 0.18 if theme.is_dark() else 0.3


def _names_below(names: Sequence[str], p: np.ndarray) -> Iterator[Label]:
    """Yield the names of the columns below them, with p where there is room, and the ends of the axis."""
    width, truth, quiet = 214 if theme.is_narrow() else 499, theme.color("truth"), theme.color("quiet")
    for name, x, share in zip(names, middles(p), p, strict=True):
        full = f"{name} {short(float(share))}"
        fits = [words for words in (full, name) if width_of(words, SMALL) + 6 < share * width]
        yield from (Label(x, 0, words, truth, ("bottom center",), 7) for words in fits[:1])
    yield from (Label(end, 0, f"{end}", quiet, ("bottom center",), 29) for end in (0, 1))


def _sum(cost: Cost, top: float, *, hidden: bool, guess: GuessMark | None) -> tuple[list[Trace], list[Label]]:
    """Return H(p), what is overpaid, what is saved and H(p, q) as bars, each from the end of the one before."""
    paid = cost.floor + cost.overpaid
    spans = {
        FLOOR_ROW: ("H(p)", 0, cost.floor, cost.floor, outlined(theme.color("entropy"), _tint())),
        OVERPAID_ROW: ("+ overpaid", cost.floor, paid, cost.overpaid, _hatched()),
        SAVED_ROW: ("− saved", cost.total, paid, cost.saved, _hatched(saved=True)),
        TOTAL_ROW: ("= H(p, q)", 0, cost.total, cost.total, outlined(theme.color("loss"), 1)),
    }
    roles: tuple[Role, ...] = ("entropy", "excess", "excess", "loss")
    traces, labels = guess_across(guess._replace(x=GUESS_ROW) if guess else None)
    labels = [Label(0, GUESS_ROW, "your guess", theme.color("quiet"), ("middle left",), RINGED)] if guess else []
    for (row, (name, start, end, value, marker)), role in zip(spans.items(), roles, strict=True):
        color, shown = theme.color(role), text(value, cost.digits)
        labels.append(Label(0, row, name, color, ("middle left",), RINGED))
        if hidden and row != FLOOR_ROW:
            labels.append(Label(0, row, "?", color, ("middle right",), 8))
            continue
        traces.append(tape([row], [min(start, top)], [min(end, top)], marker))
        traces += [torn_end(row, top)] if end > top > start else []
        shown = f"→ {shown}" if end > top and row != SAVED_ROW else shown
        said = f"<b>{shown}</b>" if row == TOTAL_ROW else shown
        labels.append(Label(min(end, top), row, said, color, ("middle right",), 6))
    return traces, labels


def _boxes(x: np.ndarray, heights: np.ndarray, base: np.ndarray, widths: np.ndarray, marker: dict) -> Trace:
    """Return bars of given widths that stand on given bases."""
    return {**bars(x, heights, ""), "base": base.tolist(), "width": widths.tolist(), "marker": marker}


def _hatched(*, saved: bool = False) -> dict[str, object]:
    """Return the marker of bars that are overpaid, or saved."""
    return {"color": theme.color("excess"), "pattern": hatching(saved=saved), "line": {"width": 0}}


def _upper_edges(left: np.ndarray, right: np.ndarray, heights: np.ndarray, role: Role, *, width: float) -> Trace:
    """Return the upper edges of the columns as one trace."""
    gap = np.full(len(left), np.nan)
    x = np.stack([left, right, gap], axis=-1).ravel()
    y = np.stack([heights, heights, gap], axis=-1).ravel()
    return curve(x, y, role, width=width, dash="dash" if role == "model" else "solid")


def noisy_labels(said: np.ndarray, losses: np.ndarray, *, at: tuple[float, float], floor: float, unit: Unit) -> Figure:
    """Return the mean loss of equal inputs with different labels, against what a model says, above its floor.

    said, losses  (n,)  the probability that the model gives to A, and the mean loss, in the unit shown
    at            the probability that the model gives now, and its mean loss
    floor         the smallest mean loss
    """
    top = 1.2 * LARGEST_SURPRISE[unit] / 2
    q, loss = at
    digits = digits_that_add(floor, loss - floor)
    name, ends = f"floor H(Y|X) = {text(floor, digits)}", tuple((x, floor) for x in (1.0, 0.5, 0.25, 0.75))
    below = ("bottom right", "bottom left", "bottom center", "top right", "top left")
    return Figure(
        [
            segment([0, 1], [floor, floor], "entropy", name="floor H(Y|X)", dash="solid", width=3),
            curve(said, losses, "loss", name=""),
            segment([q, q], [0, loss], "quiet"),
            ring(q, loss),
            label_trace(
                [
                    Label(q, loss, f"<b>{text(loss, digits)}</b>", theme.color("loss"), "top right", RINGED),
                    Label(0, floor, name, theme.color("entropy"), below, also=ends),
                ]
            ),
        ],
        layout(
            Axis("q: what the model gives A", 0, 1, (0, 0.25, 0.5, 0.75, 1), ("0", "¼", "½", "¾", "1")),
            Axis(f"mean loss ({unit.symbol})", 0, top, (0, 1, 2, 3)),
        ),
    )


def humps(x: np.ndarray, p: np.ndarray, q: np.ndarray, divergences: dict[str, float], *, unit: Unit) -> Figure:
    """Return the truth as a filled curve and the model as a dashed one, above their divergences as bars.

    divergences  their values by name, in the unit shown
    """
    end = LARGEST_DIVERGENCE[unit]
    truth, waste = theme.color("truth"), theme.color("excess")
    filled = {**curve(x, p, "truth", name="truth p"), "fill": "tozeroy", "fillcolor": theme.faded(truth, 0.22)}
    values = list(divergences.values())
    rows = range(len(values))
    beside: list[Trace] = [tape(rows, [0.0] * len(values), [min(value, end) for value in values], _hatched())]
    beside += [torn_end(row, end) for row in rows if values[row] > end]
    numbers = [
        Label(min(value, end), row, f"{'→ ' if value > end else ''}{text(value)}", waste, ("middle right",), 6)
        for row, value in enumerate(values)
    ]
    names = [Label(0, row, name, waste, ("middle left",), RINGED) for row, name in enumerate(divergences)]
    plan = layout(
        Axis("outcome x", float(x[0]), float(x[-1]), (-4, -2, 0, 2, 4)),
        Axis("probability of x", 0, LARGEST_CHANCE, (0, 0.02, 0.04, 0.06)),
    )
    lengths = layout(scale(unit, 1.24 * end, range(int(end) + 1)), Axis("", len(values) - 0.5, -0.5))
    return Figure(
        [
            filled,
            curve(x, q, "model", name="model q"),
            label_trace(_names_of_humps(x, p, q)),
            *on_axes([*beside, label_trace([*names, *numbers], size=SMALL)], "x2", "y2"),
        ],
        {
            **plan,
            "margin": {**MARGIN, "l": 90, "t": 12, "b": 30},
            "yaxis": {**plan["yaxis"], "domain": [0.42, 1]},
            "xaxis2": {**lengths["xaxis"], "anchor": "y2", "showgrid": True, "gridcolor": theme.color("grid")},
            "yaxis2": {**lengths["yaxis"], "domain": [0, 0.22], "anchor": "x2", "visible": False},
        },
        tall=True,
        rows=[Rows("divergences", {"divergence": list(divergences), unit.symbol: values})],
    )


def _names_of_humps(x: np.ndarray, p: np.ndarray, q: np.ndarray) -> list[Label]:
    """Return the names of both curves, off the area under the truth: the truth's at its peaks, the model's above it."""
    truth, model = theme.color("truth"), theme.color("model")
    sides: tuple[str, ...] = ("top center", "top right", "top left")
    peaks = [int(np.argmax(np.where(side, p, 0))) for side in (x < 0, x > 0)]
    clear = sorted(peaks, key=lambda k: q[k] - p[k])
    (first, second), peak = [(float(x[k]), float(p[k])) for k in clear], int(np.argmax(q))
    named = Label(*first, "truth p", truth, "top center", also=(second,))
    if q[peak] > LARGEST_CHANCE:
        edge = int(np.argmax(q > 0.9 * LARGEST_CHANCE))
        places = [(float(x[k]), 0.9 * LARGEST_CHANCE) for k in (2 * peak - edge, edge) if 0 <= k < len(x)]
        words, sides = f"model q ↑ {text(float(q[peak]))}", ("middle right", "middle left")
    else:
        reach = NAME_REACH[theme.is_narrow()]
        around = np.lib.stride_tricks.sliding_window_view(np.pad(p, reach), 2 * reach + 1).max(axis=1)
        highest_first = np.argsort(-np.where(np.abs(x) < 5, q, 0), kind="stable")
        above = highest_first[q[highest_first] > around[highest_first]]
        places = [(float(x[k]), float(q[k])) for k in (*above[::3], np.argmax(q - around))]
        words = "model q"
    return [Label(*places[0], words, model, sides, 5, also=tuple(places[1:])), named]
