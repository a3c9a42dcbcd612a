"""Figures of the lesson on softmax cross-entropy: softmax over its gradient, and shifted logits over their softmax."""

from collections.abc import Sequence
from typing import Any, Final

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
from xent_ui.figures.table import Rows
from xent_ui.style import theme
from xent_ui.style.numbers import fixed, plain, text
from xent_ui.style.theme import DASH

WIDTH: Final = 0.66
GUESS_AT: Final = -0.78  # on the x-axis, left of the bars, where there is room
SEEN: Final = 0.02  # the shortest step that is drawn
LOGITS: Final = (-14.2, 14.8)  # from the lowest to the highest, with room for a number at either side
ABOVE: Final = ("top center",)
PROBABILITIES: Final = (0, 0.5, 1), ("0", "½", "1")


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
    truth, ink, gradient = theme.color("truth"), theme.color("ink"), theme.color("gradient")
    decimals = 3 if k <= 4 else 2  # as many as fit above a bar on a phone
    above: list[Trace] = [
        bars([label], [1], theme.faded(truth, 0.15), width=WIDTH),
        segment([label - WIDTH / 2, label + WIDTH / 2], [1, 1], "truth", dash="solid", width=2.5),
    ]
    labels = [Label(k, 1, "<b>1</b>", ink, ABOVE)]
    below, labels_below = _guess(guess)
    if told:
        colors = [theme.class_color(i) for i in range(k)]
        above += [bars(at, probs, colors, width=WIDTH), _stack(k, probs, colors)]
        labels += [
            Label(i, p, fixed(p, decimals), ink, ABOVE, also=((i, 1),) if i == label else ())
            for i, p in enumerate(probs.tolist())
        ]
        below = [bars(at, grad, colors, width=WIDTH), _stack(k, grad, colors), *_steps(at, -grad), *below]
        labels_below = [
            *(
                Label(i, g, fixed(g, decimals), ink, ABOVE if g > 0 else ("bottom center",))
                for i, g in enumerate(grad.tolist())
            ),
            Label(k, float(grad[grad > 0].sum()), "<b>0</b>", ink, ABOVE),
            *labels_below,
        ]
        first, *others = [(i, -float(grad[i])) for i in np.argsort(-grad)]  # the likeliest wrong class first
        if np.ptp(grad) > SEEN:
            labels_below.append(Label(*first, "step", gradient, "bottom center", gap=8, also=tuple(others[-1:])))
    labels.append(Label(label, 1, "y = 1", truth, ("top center", "top left", "top right")))
    below = [*below, segment([*x_range], [0, 0], "quiet", dash="solid", width=1), label_trace(labels_below)]
    columns: dict[str, Any] = {"class": names, "label y": np.eye(k, dtype=int)[label]}
    if told:
        columns |= {"probability p": probs, "slope p − y": grad}
    upper = layout(
        Axis("", *x_range, [*at.tolist(), k], [*names, "sum"]), Axis("probability p", 0, 1.5, *PROBABILITIES)
    )
    lower = layout(Axis("", *x_range), Axis("slope p − y", -1.75, 1.35, (-1, 0, 1), ("−1", "0", "1")))
    return Figure(
        [*above, label_trace(labels), *on_axes(below, "x2", "y2")],
        {
            **upper,
            "margin": {**upper["margin"], "t": 4, "b": 4},
            "yaxis": {**upper["yaxis"], "domain": [0.53, 1]},
            "xaxis": {**upper["xaxis"], "anchor": "y"},
            "xaxis2": {**lower["xaxis"], "anchor": "y2", "showticklabels": False, "showline": False},
            "yaxis2": {**lower["yaxis"], "anchor": "x2", "domain": [0, 0.43]},
        },
        tall=True,
        rows=[Rows("classes", columns)],
    )


def _guess(guess: GuessMark | None) -> tuple[list[Trace], list[Label]]:
    """Return a guess left of the bars, where there is only room for short words."""
    if guess is None:
        return [], []
    marks, (first, *others) = guess_traces(guess._replace(x=GUESS_AT))
    places = ("top center", "bottom center")
    words = "guess" if others else "<b>?</b>" if theme.is_narrow() else "guess <b>?</b>"
    return marks, [
        first._replace(text=words, side=places),
        *(each._replace(text="truth", side=places[::-1]) for each in others),
    ]


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


def shifted_logits(names: Sequence[str], logits: np.ndarray, shift: float, probs: np.ndarray) -> Figure:
    """Return two panels with a row for each class: above, logits as dots beside a line at c; below, their softmax.

    logits  (K)  before c is added
    shift   c
    probs   (K)
    """
    k, ink = len(names), theme.color("ink")
    rows = list(range(k))[::-1]
    colors = [theme.class_color(i) for i in range(k)]
    shifted = (logits + shift).tolist()
    line = segment([shift, shift], [-0.6, k - 0.2], "quiet", name="c")
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": shifted,
        "y": rows,
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {"size": 15, "color": colors},
    }
    from_c = {**bars(logits, [], colors, width=0.22, base=[shift] * k), "y": rows, "orientation": "h"}
    sides = ("middle right", "middle left")
    numbers = [
        Label(z, row, plain(z), ink, sides if z >= shift else sides[::-1], gap=11)
        for z, row in zip(shifted, rows, strict=True)
    ]
    added = Label(shift, k - 0.2, f"c = {plain(shift)}", theme.color("quiet"), ("top center",))
    shares = {**bars(probs, [], colors, width=0.62), "y": rows, "orientation": "h"}
    percents = [Label(p, row, _narrow(p), ink, sides[:1]) for p, row in zip(probs.tolist(), rows, strict=True)]
    upper = layout(
        Axis("logit z + c", *LOGITS, (-10, -5, 0, 5, 10), ("−10", "−5", "0", "5", "10")),
        Axis("", -0.6, k + 0.5, rows, names),
    )
    lower = layout(Axis("probability p", 0, 1.25, *PROBABILITIES), Axis("", -0.6, k - 0.4, rows, names))
    return Figure(
        [line, from_c, dots, label_trace([added, *numbers]), *on_axes([shares, label_trace(percents)], "x2", "y2")],
        {
            **upper,
            "margin": {**upper["margin"], "l": 50, "t": 4},
            "xaxis": {**upper["xaxis"], "anchor": "y", "showgrid": True},
            "yaxis": {**upper["yaxis"], "domain": [0.56, 1], "showgrid": False},
            "xaxis2": {**lower["xaxis"], "anchor": "y2", "showgrid": True},
            "yaxis2": {**lower["yaxis"], "anchor": "x2", "domain": [0, 0.38], "showgrid": False},
        },
        tall=True,
        rows=[Rows("classes", {"class": names, "logit z": logits, "logit z + c": shifted, "probability p": probs})],
    )


def _narrow(p: float) -> str:
    """Return a probability for a bar on a phone.

    >>> _narrow(0.0321), _narrow(2e-9), _narrow(0.99995), _narrow(1.0)
    ('0.0321', '< 0.001', '> 0.999', '1.00')
    """
    if 0 < p < 0.001:
        return "< 0.001"
    return "> 0.999" if 0.999 < p < 1 else text(p)
