"""The figure of three ways to write the same labels: the labels themselves, cell by cell, and the loss of each.

An example is a row. Its class number is one cell with a number; its one-hot label is a strip of as many cells as there
are classes, one of which is filled; its soft label is the same strip, tinted by the share that is spread over it.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from xent_ui.figures.base import SIZE, Axis, Figure, Label, Trace, bars, label_trace, layout, on_axes, segment
from xent_ui.figures.table import Rows
from xent_ui.style import theme
from xent_ui.style.numbers import plain, text

MOST_ROWS: Final = 8  # that are drawn
THICK: Final = 0.84  # of a row
HIGHEST_LOSS: Final = 9.0  # where the axis of the losses ends, with room for a number beside the largest


class LabelFormat(NamedTuple):
    """A format of labels: its name, and on a phone; its size in bytes, and the loss that it gives."""

    name: str
    short: str
    n_bytes: int
    loss: float


class _Plan(NamedTuple):
    """What differs between a wide stage and a phone.

    columns      where each of the three columns begins and ends
    rows         the lower end of the rows
    above, below how many rows the heading above the rows takes, and the words below them
    size         of text in px
    """

    columns: tuple[tuple[float, float], ...]
    rows: float
    above: float
    below: float
    size: int


WIDE: Final = _Plan(((0, 0.145), (0.19, 0.57), (0.62, 1)), 0.36, 2.3, 2.4, SIZE)
NARROW: Final = _Plan(((0, 0.2), (0.25, 0.6), (0.65, 1)), 0.36, 2.5, 2.5, 14)


def label_formats(
    formats: Sequence[LabelFormat], *, classes: np.ndarray, n_classes: int, target: tuple[float, float]
) -> Figure:
    """Return the labels of a batch in three formats, each with its bytes; below, the three losses on one axis.

    formats    class number, one-hot row and soft label
    classes    (n)  the right class of each example of the batch, from 0
    n_classes  the number of classes
    target     what a soft label gives the right class, and what it gives each other one
    """
    plan = NARROW if theme.is_narrow() else WIDE
    drawn = classes[:MOST_ROWS]
    lowest = -len(drawn) - 0.1
    truth, quiet = theme.color("truth"), theme.color("quiet")
    right, other = map(plain, target)
    spread = 1 - target[0] + target[1]  # the share that is spread over all classes
    hidden = f"{len(drawn)} of {len(classes)}<br>rows drawn" if len(classes) > len(drawn) else ""
    numbers = [
        Label(0.5, y - 0.07, str(each), theme.color("paper"), ("middle center",))
        for y, each in zip(_middles(drawn), drawn, strict=True)
    ]
    first = [
        bars([1] * len(drawn), [], truth, width=THICK) | {"y": _middles(drawn), "orientation": "h"},
        label_trace(numbers, size=plan.size - 1),
    ]
    columns = [
        (first, 0, hidden, quiet),
        (_strips(drawn, n_classes, tint=0), -0.5, f"1 in one cell,<br>0 in {n_classes - 1}", truth),
        (_strips(drawn, n_classes, tint=spread), -0.5, f"{right} in one cell,<br>{other} in {n_classes - 1}", truth),
    ]
    upper: list[Trace] = []
    for i, (label_format, (cells, left, note, color)) in enumerate(zip(formats, columns, strict=True)):
        below = [Label(left, lowest, note, color, ("bottom right",), gap=1)] if note else []
        words = label_trace([_heading(label_format, left), *below], size=plan.size)
        upper += on_axes([*cells, words], f"x{i + 2}", "y2")
    rows = [
        Rows(
            "formats of labels",
            {
                "format": [each.name for each in formats],
                "size (bytes)": [each.n_bytes for each in formats],
                "loss (nats)": [each.loss for each in formats],
            },
        ),
        Rows(
            "rows of labels",
            {
                "format": [each.name for each in formats[1:]],
                "cell of the right class": [1.0, target[0]],
                "each other cell": [0.0, target[1]],
            },
        ),
        Rows("labels of the batch", {"example": np.arange(1, len(classes) + 1), "class number": classes}),
    ]
    drawing = _layout(formats, n_classes, plan)
    return Figure([*upper, *_losses(formats, n_classes, plan)], drawing, tall=True, rows=rows)


def _middles(rows: np.ndarray) -> list[float]:
    return [-i - 0.5 for i in range(len(rows))]


def _heading(label_format: LabelFormat, x: float) -> Label:
    name = label_format.short if theme.is_narrow() else label_format.name
    words = f"<b>{name}</b><br>{label_format.n_bytes:,} bytes"
    return Label(x, 0.1, words, theme.color("ink"), ("top right",), gap=1)


def _strips(classes: np.ndarray, n_classes: int, *, tint: float) -> list[Trace]:
    """Return a strip of cells for each class, in which the cell of the class is filled, wide enough to be seen."""
    truth, n = theme.color("truth"), len(classes)
    ends = np.outer(np.ones(n), [1, 1, np.nan]).ravel()  # NaN is a gap between cells
    height = np.array(_middles(classes))[:, None] + np.array([THICK / 2, -THICK / 2, 0])
    return [
        {
            **bars([n_classes] * n, [], truth, width=THICK, base=[-0.5] * n),
            "y": _middles(classes),
            "orientation": "h",
            "marker": {"color": theme.faded(truth, tint), "line": {"color": theme.faded(truth, 0.6), "width": 1}},
        },
        segment((np.repeat(classes, 3) * ends).tolist(), height.ravel().tolist(), "truth", dash="solid", width=5),
    ]


def _losses(formats: Sequence[LabelFormat], n_classes: int, plan: _Plan) -> list[Trace]:
    """Return a dot for each loss on one axis, and a line at the loss of a model that knows nothing."""
    heights = list(range(len(formats)))[::-1]
    values = [each.loss for each in formats]
    color, quiet, ignorant = theme.color("loss"), theme.color("quiet"), float(np.log(n_classes))
    points = list(zip(values, heights, strict=True))
    stems = [segment([0, x], [y, y], "loss", dash="solid", width=3) for x, y in points]
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": values,
        "y": heights,
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {"size": 15, "color": color},
    }
    numbers = [
        Label(x, y, f"<b>{text(x)}</b>", color, ("middle right", "top center", "top left"), gap=10) for x, y in points
    ]
    line = segment([ignorant] * 2, [-0.6, 2.9], "quiet", name="a model that knows nothing")
    knowing = Label(ignorant, 2.9, f"ln {n_classes:,} = {text(ignorant)} nats: knows nothing", quiet, ("top left",))
    return [line, *stems, dots, label_trace([knowing]), label_trace(numbers, size=plan.size)]


def _layout(formats: Sequence[LabelFormat], n_classes: int, plan: _Plan) -> dict[str, object]:
    names = tuple(each.short if theme.is_narrow() else each.name for each in formats)
    whole = layout(
        Axis("loss (nats)", 0, HIGHEST_LOSS, (0, 2, 4, 6, 8)), Axis("", -0.6, 3.7, range(len(formats))[::-1], names)
    )
    whole["margin"] |= {"l": 8, "r": 12, "t": 6}
    unseen = {"visible": False, "fixedrange": True}
    return {
        **whole,
        "xaxis": {**whole["xaxis"], "domain": [plan.columns[1][0], 1]},
        "yaxis": {**whole["yaxis"], "domain": [0, plan.rows - 0.02], "showgrid": False, "ticklabelstandoff": 13},
        "yaxis2": {**unseen, "domain": [plan.rows, 1], "range": [-MOST_ROWS - plan.below, plan.above], "anchor": "x2"},
        "xaxis2": {**unseen, "domain": plan.columns[0], "range": [0, 1], "anchor": "y2"},
        "xaxis3": {**unseen, "domain": plan.columns[1], "range": [-0.5, n_classes - 0.5], "anchor": "y2"},
        "xaxis4": {**unseen, "domain": plan.columns[2], "range": [-0.5, n_classes - 0.5], "anchor": "y2"},
    }
