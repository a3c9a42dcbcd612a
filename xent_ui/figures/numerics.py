"""The accuracy of three ways to compute a softmax loss, and of log-sum-exp, in three number formats."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from xent_ui.figures.base import GAP, Axis, Figure, GuessMark, Label, Trace, curve, label_trace, layout, ring, segment
from xent_ui.style import theme
from xent_ui.style.numbers import text

FORMATS = ("float16", "float32", "float64")
ASKED = ("float32", "textbook")  # the lane that the question is about
BITS = {"float16": 11, "float32": 24, "float64": 53}  # of precision
WAYS = ("textbook", "max subtracted", "in logs")
LANE, GROUP = 1.12, 3.75  # the spacing of lanes and of groups of three lanes, in units of a full lane
LARGEST_EXPONENT = 260.0  # larger and smaller exponents are drawn at the edge
END = 3.25  # where the lanes end on the axis: beyond 10³
NAMES = [f"{name}\u2002" for name in FORMATS]


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

    >>> ulps_text(0.3), ulps_text(7.3e6), ulps_text(float("nan"))
    ('under 1', '7.3×10⁶', 'nan')
    """
    return "under 1" if error < 1 else brief(error)


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

    A lane is hatched where its result is not finite.

    logits   (n,)  logits of the confident class, 1 to 1,000
    answers  by format and way, over the logits
    at       the index of the current logit
    guess    the smallest logit at which the learner expects the textbook formula to overflow in float32; while it is
             open, that lane is left empty
    """
    x = place(logits)
    quiet, ink, right = theme.color("quiet"), theme.color("ink"), theme.color("truth")
    hidden = guess is not None and guess.true is None
    traces: list[Trace] = []
    labels, broken = [], []
    for row, fmt in enumerate(FORMATS):
        for way, name in enumerate(WAYS):
            base, answer = lane(row, way), answers[fmt, name]
            if hidden and (fmt, name) == ASKED:
                labels.append(Label(0.02, base + 0.45, f"{name}: ?", quiet))
                continue
            share = answer.bits / BITS[fmt]
            traces.append(_area(x, share, base, right, 0.3, "truth"))
            bad = ~np.isfinite(answer.values)
            if bad.any():
                first = int(np.argmax(bad))
                broken.append((float(x[first]), base))
                result = f"<b>{brief(float(answer.values[first]))}</b>"
                labels.append(Label(END, base + 0.45, result, ink, "middle left"))
            value, bits = float(answer.values[at]), float(answer.bits[at])
            good = bits > BITS[fmt] - 5
            mark = "✓" if good else "≈" if bits >= 1 else "✗"
            labels.append(Label(END, base + 0.45, f"{GAP}{mark} {brief(value)}", right if good else ink))
            labels.append(Label(0.02, base + 0.45, name, ink))
    traces.append(_hatched_boxes(broken))
    traces += [
        segment([x[at], x[at]], [-0.1, lane(0, 0) + 1.2], "ink", dash="solid", width=2),
        ring(x[at], lane(0, 0) + 1.3, "ink"),
    ]
    if guess is not None:
        traces += _sideways(guess)
        if hidden:
            labels.append(Label(float(place(max(guess.guessed, 1))), guess.x, f"{GAP}guess <b>?</b>", quiet))
    plan = layout(
        Axis("logit z of the sure class (the other has 0)", 0, END, (0, 1, 2, 3), ("1", "10", "100", "1000")),
        Axis("", -0.1, lane(0, 0) + 1.6, [lane(row, 1) + 0.45 for row in range(3)], NAMES),
    )
    plan["margin"] = {**plan["margin"], "l": 76, "r": 108}
    plan["yaxis"] |= {"showgrid": False}
    return Figure([*traces, label_trace(labels)], plan)


def _area(x: np.ndarray, share: np.ndarray, base: float, color: str, opacity: float, role: Any) -> Trace:
    """Draw an area in a lane that begins at height ``base``; points within straight stretches are left out."""
    is_corner = np.ones(len(x), dtype=bool)
    is_corner[1:-1] = (share[1:-1] != share[:-2]) | (share[1:-1] != share[2:])
    top = base + 0.92 * share[is_corner]
    # The last value is continued to the end of the lane.
    area = curve([x[0], *x[is_corner], END, END], [base, *top, top[-1], base], role, width=1.5)
    return {**area, "fill": "toself", "fillcolor": theme.faded(color, opacity)}


def _hatched_boxes(lanes: Sequence[tuple[float, float]]) -> Trace:
    """Draw hatched boxes over the parts of lanes where results are not finite.

    lanes  for each box, where it begins on the x-axis, and the lower edge of its lane
    """
    quiet = theme.color("quiet")
    return {
        "type": "bar",
        "orientation": "h",
        "width": 0.92,
        "hoverinfo": "skip",
        "x": [END - start for start, _ in lanes],
        "base": [start for start, _ in lanes],
        "y": [base + 0.46 for _, base in lanes],
        "marker": {
            "color": theme.faded(quiet, 0.1),
            "line": {"width": 0},
            "pattern": {"shape": "/", "fgcolor": theme.faded(quiet, 0.5), "size": 7},
        },
    }


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
    }
    if guess.true is None:
        return [mark]
    true = float(place(guess.true))
    return [
        segment([at, true], [y, y], "quiet", width=3),
        mark,
        {**mark, "x": [true], "marker": {"size": 11, "symbol": "diamond", "color": quiet}},
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
    quiet, ink, right = theme.color("quiet"), theme.color("ink"), theme.color("truth")
    loss = theme.color("loss")
    traces: list[Trace] = []
    labels = []
    for row, window in enumerate(in_formats):
        y = 2 - row
        low, high = max(window.low, -LARGEST_EXPONENT), min(window.high, LARGEST_EXPONENT)
        traces.append(
            {
                "type": "scatter",
                "mode": "lines",
                "x": [low, high, high, low, low],
                "y": [y - 0.2, y - 0.2, y + 0.2, y + 0.2, y - 0.2],
                "fill": "toself",
                "fillcolor": theme.faded(right, 0.18),
                "line": {"color": right, "width": 1.5},
                "hoverinfo": "skip",
            }
        )
        for z in exponents:
            inside = window.low <= z <= window.high
            x = float(np.clip(z, -LARGEST_EXPONENT, LARGEST_EXPONENT))
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "x": [x],
                    "y": [y],
                    "hoverinfo": "skip",
                    "cliponaxis": False,
                    "marker": {"size": 15, "color": loss, "symbol": "circle"}
                    if inside
                    else {"size": 13, "color": ink, "symbol": "x-thin", "line": {"width": 3, "color": ink}},
                }
            )
        if window.trouble:
            labels.append(Label(LARGEST_EXPONENT, y + 0.34, window.trouble, ink, "middle left"))
        labels.append(
            Label(
                LARGEST_EXPONENT,
                y,
                f"{GAP}{'✓' if window.right else '✗'} {brief(window.value)}",
                right if window.right else ink,
            )
        )
    traces.append(segment([0, 0], [-0.2, 2.4], "quiet"))
    first, second, third = (float(np.clip(z, -LARGEST_EXPONENT, LARGEST_EXPONENT)) for z in exponents)
    sides = ("middle right", "middle left") if first >= second else ("middle left", "middle right")
    labels += [
        Label(first, -0.36, "z₁", loss, sides[0]),
        Label(second, -0.36, "z₂", loss, sides[1]),
        Label(third, 0.34, "z₃", loss, "middle left"),
    ]
    labels.append(Label(0, 2.55, "e<sup>0</sup> = 1", quiet, "middle center"))
    plan = layout(
        Axis("exponent x = z − c", -LARGEST_EXPONENT, LARGEST_EXPONENT, (-200, 0, 200), ("−200", "0", "200")),
        Axis("", -0.55, 2.75, (2, 1, 0), NAMES),
    )
    plan["margin"] = {**plan["margin"], "l": 76, "r": 96}
    plan["yaxis"] |= {"showgrid": False}
    return Figure([*traces, label_trace(labels)], plan)
