"""The accuracy of three ways to compute a softmax loss, and of log-sum-exp, in three number formats."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from xent_ui.figures.base import (
    RINGED,
    Axis,
    Figure,
    GuessMark,
    Label,
    Trace,
    curve,
    label_trace,
    layout,
    ring,
    segment,
    shows,
)
from xent_ui.figures.table import Data, Rows
from xent_ui.style import theme
from xent_ui.style.numbers import text

FORMATS = ("float16", "float32", "float64")
ASKED = ("float32", "textbook")  # the lane that the question is about
BITS = {"float16": 11, "float32": 24, "float64": 53}  # of precision
WAYS = ("textbook", "max subtracted", "in logs")
SHORT = {"max subtracted": "minus max"}  # for a narrow picture
GUESS_SIDES = ("middle right", "middle left", "bottom center", "top center")
BELOW = ("bottom center", "bottom right", "bottom left")
TOGETHER = 20  # exponents whose dots touch have one label
LANE, GROUP = 1.12, 4.3  # the spacing of lanes and of groups of three lanes, in units of a full lane
LARGEST_EXPONENT = 260.0  # where the axis of exponents ends, beyond the largest and the smallest of the control
END = 3.25  # where the lanes end on the axis: beyond 10³


def brief(x: float) -> str:
    """Return a number as a program would print it, short enough for a label.

    >>> brief(float("nan")), brief(float("-inf")), brief(1000.0), brief(4.5398e-05)
    ('nan', '−∞', '1000', '4.5×10⁻⁵')
    """
    if np.isnan(x):
        return "nan"
    return text(x, 3 if x == 0 or 1e-4 <= abs(x) < 1e5 else 2).replace(" ", "")


def ulps_text(error: float) -> str:
    """Return an error in ulps for a sentence; below one ulp a result is as good as its format allows.

    The error of nan, which is nan, counts as infinite, as it does in the picture.

    >>> ulps_text(0.3), ulps_text(7.3e6), ulps_text(float("nan"))
    ('under 1', '7.3×10⁶', '∞')
    """
    return "under 1" if error < 1 else brief(np.inf if np.isnan(error) else error)


def numeric(x: float) -> float | str:
    """Return a result for a table, in which nan is not an empty cell."""
    return "nan" if np.isnan(x) else float(x)


class Answer(NamedTuple):
    """The results of one way to write the loss in one format, over all logits, and how many of their bits are right."""

    values: np.ndarray
    bits: np.ndarray


def place(z: Any) -> np.ndarray:
    """Return the position of a logit on the logarithmic axis of the lanes."""
    return np.log10(np.asarray(z, dtype=float))


def lane(row: int, way: int) -> float:
    """Return the height of the lower edge of a lane.

    row  the index of the format
    way  the index of the way to write the loss
    """
    return (2 - row) * GROUP + (2 - way) * LANE


def lanes(
    logits: Sequence[float], answers: dict[tuple[str, str], Answer], *, at: int, guess: GuessMark | None = None
) -> Figure:
    """Draw nine lanes, one per format and way to write the loss; the area shows the share of bits that are right.

    Where its result is not finite, a lane is empty and says what it is instead.

    logits   (n,)  logits of the confident class, 1 to 1,000
    answers  by format and way, over the logits
    at       the index of the current logit
    guess    the smallest logit at which the learner expects the textbook formula to overflow in float32; while it is
             open, that lane is left empty
    """
    x = place(logits)
    quiet, ink = theme.color("quiet"), theme.color("ink")
    hidden = guess is not None and guess.true is None
    traces: list[Trace] = [_frames()]
    labels, results = [], []
    for row, fmt in enumerate(FORMATS):
        for way, name in enumerate(WAYS):
            base, answer = lane(row, way), answers[fmt, name]
            if hidden and (fmt, name) == ASKED:
                results.append(Label(END, base + 0.46, "?", quiet, ("middle right",), 10))
                continue
            traces.append(_area(x, answer.bits / BITS[fmt], base))
            bad = np.flatnonzero(~np.isfinite(answer.values))
            if len(bad) and END - (first := float(x[bad[0]])) > 0.5:  # there is room for words
                middle, *others = [(first + share * (END - first), base + 0.46) for share in (0.5, 0.25, 0.75)]
                words = brief(float(answer.values[bad[0]]))
                labels.append(Label(middle[0], middle[1], words, ink, ("middle center",), 0, True, tuple(others)))
            value, bits = float(answer.values[at]), float(answer.bits[at])
            mark = "✓" if bits > BITS[fmt] - 5 else "≈" if bits >= 1 else "✗"
            results.append(Label(END, base + 0.46, f"{mark} {brief(value)}", ink, ("middle right",), 10))
    top = lane(0, 0) + 0.92
    traces += [
        segment([x[at], x[at]], [-0.1, top + 0.4], "ink", dash="solid", width=2),
        ring(x[at], top + 0.5, "ink", name=None),
    ]
    if guess is not None:
        traces += _sideways(guess)
        if hidden:
            at_guess = float(place(max(guess.guessed, 1)))
            labels.insert(0, Label(at_guess, guess.x, "guess <b>?</b>", ink, GUESS_SIDES, RINGED))
    words = "logit z (the other is 0)" if theme.is_narrow() else "logit z of the sure class (the other has 0)"
    plan = layout(
        Axis(words, 0, END, (0, 1, 2, 3), ("1", "10", "100", "1000")), Axis("", -0.1, top + 0.9, *_names_of_lanes())
    )
    plan["margin"] = {**plan["margin"], "l": 88 if theme.is_narrow() else 126, "r": 92 if theme.is_narrow() else 104}
    plan["yaxis"] |= {"showgrid": False}
    known = {key: answer for key, answer in answers.items() if not (hidden and key == ASKED)}
    rows = [
        Rows(
            "results at this logit",
            {
                "format": [fmt for fmt, _ in known],
                "formula": [way for _, way in known],
                "logit z": [logits[at]] * len(known),
                "result (nats)": [numeric(answer.values[at]) for answer in known.values()],
                "right bits": [float(answer.bits[at]) for answer in known.values()],
                "bits of the format": [BITS[fmt] for fmt, _ in known],
            },
        ),
        Rows(
            "right bits at each logit",
            {"logit z": logits, **{f"{fmt}, {way}: right bits": each.bits for (fmt, way), each in known.items()}},
        ),
    ]
    whole = [*traces, label_trace([*results, *labels])]
    return Figure(whole, plan, tall=True, rows=rows, names={"x": "logit z"})


def _names_of_lanes() -> tuple[list[float], list[str]]:
    """Return the names of lanes and, above each group of three, of formats; and the heights at which they stand."""
    names = {(2 - row) * GROUP + 3 * LANE + 0.3: f"<b>{name}</b>" for row, name in enumerate(FORMATS)}
    for row in range(len(FORMATS)):
        for way, name in enumerate(WAYS):
            names[lane(row, way) + 0.46] = SHORT.get(name, name) if theme.is_narrow() else name
    return list(names), list(names.values())


def _frames() -> Trace:
    """Draw the frames of all lanes, full of what would be right."""
    bases = [lane(row, way) for row in range(len(FORMATS)) for way in range(len(WAYS))]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [0, END, END, 0, 0, None] * len(bases),
        "y": [y for base in bases for y in (base, base, base + 0.92, base + 0.92, base, None)],
        "hoverinfo": "skip",
        "line": {"width": 0},
        "fill": "toself",
        "fillcolor": theme.faded(theme.color("quiet"), 0.1),
    }


def _area(x: np.ndarray, share: np.ndarray, base: float) -> Trace:
    """Draw an area in a lane that begins at height ``base``; points within straight stretches are left out."""
    is_corner = np.ones(len(x), dtype=bool)
    is_corner[1:-1] = (share[1:-1] != share[:-2]) | (share[1:-1] != share[2:])
    top = base + 0.92 * share[is_corner]
    # The last value is continued to the end of the lane.
    area = curve([x[0], *x[is_corner], END, END], [base, *top, top[-1], base], "loss", width=0)
    return {**area, "fill": "toself", "fillcolor": theme.faded(theme.color("loss"), 0.45)}


def _sideways(guess: GuessMark) -> list[Trace]:
    """Draw a guess of a logit along the x-axis, at the height ``guess.x``."""
    quiet, y = theme.color("quiet"), guess.x
    at = float(place(max(guess.guessed, 1)))
    mark = {
        "type": "scatter",
        "mode": "markers",
        "x": [at],
        "y": [y],
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {"size": 15, "symbol": "diamond-open", "color": quiet, "line": {"width": 3}},
        "data": Data("your guess", guess.guessed),
    }
    if guess.true is None:
        return [mark]
    true = float(place(guess.true))
    marker = {"size": 11, "symbol": "diamond", "color": quiet}
    return [
        segment([at, true], [y, y], "quiet", width=3),
        mark,
        {**shows(mark, "the truth", x=guess.true), "x": [true], "marker": marker},
    ]


class Window(NamedTuple):
    """The exponents of e that a format can represent, and its result.

    low, high  the smallest and the largest exponent x for which e^x is neither 0 nor infinite
    value      log-sum-exp as computed in this format
    right      whether the value is correct to the format's precision
    trouble    what went wrong on the way, for a label; empty if nothing did
    """

    low: float
    high: float
    value: float
    right: bool
    trouble: str = ""


def windows(exponents: Sequence[float], in_formats: Sequence[Window]) -> Figure:
    """Draw the exponents z − c as dots over the range of exponents that each format can represent.

    exponents   the three z − c
    in_formats  one window per format, in the order of FORMATS
    """
    quiet, ink, model = theme.color("quiet"), theme.color("ink"), theme.color("model")
    traces: list[Trace] = []
    labels = []
    for row, window in enumerate(in_formats):
        y = 2 - row
        traces += _bar_of(window, y)
        traces += [_dot(z, y, is_held=window.low <= z <= window.high) for z in exponents]
        labels.append(
            Label(
                LARGEST_EXPONENT, y, f"{'✓' if window.right else '✗'} {brief(window.value)}", ink, ("middle right",), 16
            )
        )
        if window.trouble:
            labels.append(Label(LARGEST_EXPONENT, y + 0.36, window.trouble, ink, ("middle left",), 0))
        for end, side in ((window.low, "middle right"), (window.high, "middle left")):
            if abs(end) > LARGEST_EXPONENT:
                whole = text(float(np.trunc(end)))
                words = f"← {whole}" if end < 0 else f"{whole} →"
                edge = float(np.copysign(LARGEST_EXPONENT, end))
                labels.append(Label(edge, y, words, ink, (side,), 8, optional=True))
    traces.append(segment([0, 0], [-0.2, 2.4], "quiet"))
    groups: list[list[tuple[float, str]]] = []
    for each in sorted(zip(exponents, ("z₁", "z₂", "z₃"), strict=True)):
        if groups and each[0] - groups[-1][-1][0] < TOGETHER:
            groups[-1].append(each)
        else:
            groups.append([each])
    labels += [Label(group[0][0], -0.28, ", ".join(name for _, name in group), model, BELOW, 1) for group in groups]
    labels.append(Label(0, 2.4, "e⁰ = 1", quiet, ("top left",), 3))
    plan = layout(
        Axis("exponent x = z − c", -LARGEST_EXPONENT, LARGEST_EXPONENT, (-200, 0, 200), ("−200", "0", "200")),
        Axis("", -0.7, 2.75, (2, 1, 0), FORMATS),
    )
    left, right = (70, 66) if theme.is_narrow() else (76, 96)
    plan["margin"] = {**plan["margin"], "l": left, "r": right}
    plan["yaxis"] |= {"showgrid": False}
    return Figure([*traces, label_trace(labels)], plan, rows=_rows_of_windows(exponents, in_formats))


def _rows_of_windows(exponents: Sequence[float], in_formats: Sequence[Window]) -> list[Rows]:
    """Return the ranges and results of the formats, and the exponents with the formats that can hold their powers."""
    held = {
        f"held by {name}": ["yes" if window.low <= z <= window.high else "no" for z in exponents]
        for name, window in zip(FORMATS, in_formats, strict=True)
    }
    return [
        Rows(
            "log-sum-exp in three formats",
            {
                "format": FORMATS,
                "smallest exponent": [window.low for window in in_formats],
                "largest exponent": [window.high for window in in_formats],
                "result": [numeric(window.value) for window in in_formats],
                "right": ["yes" if window.right else "no" for window in in_formats],
                "trouble": [window.trouble or "none" for window in in_formats],
            },
        ),
        Rows("exponents", {"logit": ("z₁", "z₂", "z₃"), "exponent x = z − c": exponents, **held}),
    ]


def _bar_of(window: Window, y: float) -> list[Trace]:
    """Return the bar of the exponents that a format can hold, which is open where it goes on beyond the axis."""
    low, high = (float(np.clip(end, -LARGEST_EXPONENT, LARGEST_EXPONENT)) for end in window[:2])
    bottom, top, quiet = y - 0.2, y + 0.2, theme.color("quiet")
    line = {"type": "scatter", "mode": "lines", "hoverinfo": "skip"}
    area = {"fill": "toself", "fillcolor": theme.faded(quiet, 0.16), "line": {"width": 0}}
    x, heights = [low, high, None, low, high], [bottom, bottom, None, top, top]
    for end in (low, high):
        if abs(end) < LARGEST_EXPONENT:
            x, heights = [*x, None, end, end], [*heights, None, bottom, top]
    return [
        {**line, "x": [low, high, high, low, low], "y": [bottom, bottom, top, top, bottom], **area},
        {**line, "x": x, "y": heights, "line": {"color": quiet, "width": 1.5}},
    ]


def _dot(exponent: float, row: float, *, is_held: bool) -> Trace:
    """Return a dot for an exponent whose power a format can hold, or else a cross."""
    held = {"size": 15, "color": theme.color("model"), "symbol": "circle"}
    ink = theme.color("ink")
    lost = {"size": 13, "color": ink, "symbol": "x-thin", "line": {"width": 3, "color": ink}}
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [exponent],
        "y": [row],
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": held if is_held else lost,
    }
