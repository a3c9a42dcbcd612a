"""Figures of the lesson on softmax cross-entropy: softmax over its gradient, and shifted logits."""

from collections.abc import Sequence

import numpy as np

from xent_ui.figures.base import (
    Axis,
    Figure,
    GuessMark,
    Label,
    Trace,
    as_float32,
    bars,
    guess_traces,
    label_trace,
    layout,
    on_axes,
    segment,
)
from xent_ui.style import theme
from xent_ui.style.numbers import plain, text
from xent_ui.style.theme import DASH

WIDTH = 0.66
GUESS_AT = -0.78  # on the x-axis, left of the bars, where there is room
HIGHEST_LOGIT = 15.0
LINE = 0.27  # the height of a line of text on a phone, as a probability
SEEN = 0.02  # the shortest step that is drawn


def softmax_over_gradient(
    names: Sequence[str],
    probs: np.ndarray,
    grad: np.ndarray,
    *,
    label: int,
    guess: GuessMark | None = None,
    told: bool = True,
) -> Figure:
    """Return two panels: above, softmax with the label as a pale column; below, p − y; at the right of each, the sum.

    probs, grad  (K)
    label        the right class
    guess        of a slope in another state
    told         whether to draw probabilities and slopes; if not, only the label and the guess are drawn
    """
    k = len(names)
    at, x_range = np.arange(k), (-1.15, k + 0.5)
    colors = [theme.class_color(i) for i in range(k)]
    truth, ink = theme.color("truth"), theme.color("ink")
    decimals = 3 if k <= 4 else 2  # as many as fit above a bar on a phone
    left, right = label - WIDTH / 2, label + WIDTH / 2
    # On a phone, the number above a bar is wider than the bar, so lines at its sides would cross the number.
    column = segment([left, left, right, right], [0, 1, 1, 0], "truth", width=0)
    above: list[Trace] = [
        {**column, "fill": "toself", "fillcolor": theme.faded(truth, 0.15)},
        segment([left, right], [1, 1], "truth", dash="solid", width=2.5),
    ]
    is_at_top = told and probs[label] > 0.7  # the number of the right class needs the place just above the column
    labels = [
        Label(label, 1 + (LINE if is_at_top else 0), "y = 1", truth, "top center"),
        Label(k, 1, "<b>1</b>", ink, "top center"),
    ]
    marks, labels_below = _guess(guess)
    below: list[Trace] = []
    if told:
        top = int(np.argmax(grad))  # the likeliest wrong class
        above = [bars(at, probs, colors, width=WIDTH), _stack(k, probs, colors), *above]
        labels += [
            Label(i, 1.0 if is_at_top and i == label else float(p), f"{p:.{decimals}f}", colors[i], "top center")
            for i, p in enumerate(probs)
        ]
        below = [bars(at, grad, colors, width=WIDTH), _stack(k, grad, colors), *_steps(at, -grad)]
        if grad[top] > SEEN:
            labels_below.append(Label(top, -float(grad[top]) - 0.08, "step", theme.color("gradient"), "bottom center"))
        labels_below += [
            *(
                Label(i, g, fixed(g, decimals), colors[i], "top center" if g > 0 else "bottom center")
                for i, g in enumerate(grad.tolist())
            ),
            Label(k, float(grad[grad > 0].sum()), "<b>0</b>", ink, "top center"),
        ]
    below = [*below, segment([*x_range], [0, 0], "quiet", dash="solid", width=1), *marks, label_trace(labels_below)]
    upper = layout(
        Axis("", *x_range, [*at.tolist(), k], [*names, "sum"]),
        Axis("probability p", 0, 1.5, (0, 0.5, 1), ("0", "½", "1")),
    )
    lower = layout(Axis("", *x_range), Axis("slope p − y", -1.75, 1.35, (-1, 0, 1), ("−1", "0", "1")))
    return Figure(
        [*above, label_trace(labels), *on_axes(below, "x2", "y2")],
        {
            **upper,
            "margin": {**upper["margin"], "b": 16},
            "yaxis": {**upper["yaxis"], "domain": [0.53, 1]},
            "xaxis": {**upper["xaxis"], "anchor": "y"},
            "xaxis2": {**lower["xaxis"], "anchor": "y2", "showticklabels": False, "showline": False},
            "yaxis2": {**lower["yaxis"], "anchor": "x2", "domain": [0, 0.42]},
        },
    )


def fixed(x: float, decimals: int) -> str:
    """Return a number with a fixed number of decimals, and without a sign where they are all 0.

    >>> fixed(-0.7629, 3), fixed(-0.0001, 3)
    ('−0.763', '0.000')
    """
    return f"{round(x, decimals) + 0.0:.{decimals}f}".replace("-", "−")  # -0.0 + 0.0 is 0.0


def _guess(guess: GuessMark | None) -> tuple[list[Trace], list[Label]]:
    """Return a guess left of the bars, with words above and below its marks, because beside them there is no room."""
    if guess is None:
        return [], []
    marks, _ = guess_traces(guess._replace(x=GUESS_AT))
    quiet = theme.color("quiet")
    is_below = guess.true is not None and guess.guessed < guess.true
    words, place = ("<br>guess", "bottom center") if is_below else ("guess<br> ", "top center")
    labels = [Label(GUESS_AT, guess.guessed, words, quiet, place)]
    if guess.true is None:
        labels.append(Label(GUESS_AT, guess.guessed, "<br><b>?</b>", quiet, "bottom center"))
    elif is_below:
        labels.append(Label(GUESS_AT, guess.true, "truth<br> ", quiet, "top center"))
    else:
        labels.append(Label(GUESS_AT, guess.true, "<br>truth", quiet, "bottom center"))
    return marks, labels


def _steps(at: np.ndarray, steps: np.ndarray) -> list[Trace]:
    """Return arrows for the steps of gradient descent in each logit, except steps too small to see."""
    color = theme.color("gradient")
    is_long = np.abs(steps) > SEEN
    at, steps = at[is_long], steps[is_long]
    x = np.repeat(at, 3)
    y = np.stack([np.zeros(len(at)), steps, np.full(len(at), np.nan)], axis=1).ravel()  # NaN is a gap between arrows
    heads = ["triangle-up" if step > 0 else "triangle-down" for step in steps]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "x": as_float32(x),
            "y": as_float32(y),
            "hoverinfo": "skip",
            "line": {"color": color, "width": 2.5, "dash": DASH["gradient"]},
        },
        {
            "type": "scatter",
            "mode": "markers",
            "x": at,
            "y": as_float32(steps),
            "hoverinfo": "skip",
            "marker": {"symbol": heads, "size": 11, "color": color},
        },
    ]


def _stack(x: float, parts: np.ndarray, colors: Sequence[str]) -> Trace:
    """Return stacked bars at x: positive ones upward from 0, negative ones downward."""
    up, down = np.maximum(parts, 0), np.minimum(parts, 0)
    base = np.where(parts >= 0, np.cumsum(up) - up, np.cumsum(down) - down)
    return bars([x] * len(parts), parts, colors, width=WIDTH, base=np.round(base, 5).tolist())


def shifted_logits(names: Sequence[str], logits: np.ndarray, probs: np.ndarray) -> Figure:
    """Return two panels: above, logits as bars from 0; below, their softmax."""
    k = len(names)
    at = np.arange(k)
    colors = [theme.class_color(i) for i in range(k)]
    x_range = (-0.6, k - 0.4)
    numbers = [
        Label(i, float(z), plain(float(z)), colors[i], "top center" if z >= 0 else "bottom center")
        for i, z in enumerate(logits)
    ]
    shares = [Label(i, float(p), _narrow(float(p)), colors[i], "top center") for i, p in enumerate(probs)]
    upper = layout(
        Axis("", *x_range), Axis("logit z + c", -HIGHEST_LOGIT, HIGHEST_LOGIT, (-10, 0, 10), ("−10", "0", "10"))
    )
    lower = layout(
        Axis("", *x_range, at.tolist(), list(names)), Axis("probability p", 0, 1.25, (0, 0.5, 1), ("0", "½", "1"))
    )
    zero = segment(list(x_range), [0, 0], "quiet", dash="solid", width=1)
    return Figure(
        [
            bars(at, logits, colors, width=WIDTH),
            zero,
            label_trace(numbers),
            *on_axes([bars(at, probs, colors, width=WIDTH), label_trace(shares)], "x2", "y2"),
        ],
        {
            **upper,
            "xaxis": {**upper["xaxis"], "anchor": "y", "showticklabels": False, "showline": False},
            "yaxis": {**upper["yaxis"], "domain": [0.54, 1]},
            "xaxis2": {**lower["xaxis"], "anchor": "y2"},
            "yaxis2": {**lower["yaxis"], "anchor": "x2", "domain": [0, 0.44]},
        },
    )


def _narrow(p: float) -> str:
    """Return a probability for a bar on a phone.

    >>> _narrow(0.0321), _narrow(2e-9), _narrow(0.99995), _narrow(1.0)
    ('0.0321', '< 0.001', '> 0.999', '1.00')
    """
    if 0 < p < 0.001:
        return "< 0.001"
    return "> 0.999" if 0.999 < p < 1 else text(p)
