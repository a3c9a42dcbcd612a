"""A prefix code as a tree; each word is drawn as cells of one bit, above −log₂ of the probability it was built for."""

from collections.abc import Sequence

import numpy as np

from xent_core import Code
from xent_ui.figures.base import MARGIN, SIZE, Axis, Figure, Label, Trace, label_trace, layout, on_axes, segment, short
from xent_ui.figures.table import Rows
from xent_ui.style import theme
from xent_ui.style.numbers import digits_that_add, text

LONGEST = 10.4  # where the axis of bits ends; the largest surprise of eight outcomes is 9.5
HALF_CELL = 0.28  # half the height of a cell, in rows
SMALL = SIZE - 1  # px of text
LEFT = 14  # px left of the tree
BESIDE, WITHIN = ("middle right",), ("middle center",)  # sides of labels
TREE, WORDS = (0, 0.42), (0.44, 1)  # shares of the width


def code_tree(
    names: Sequence[str],
    probs: np.ndarray,
    code: Code,
    surprises: np.ndarray,
    *,
    mean: float,
    floor: float,
    hidden: bool = False,
    longest: float = LONGEST,
    tall: bool = False,
) -> Figure:
    """Return the tree and, to its right, each outcome's word above a line as long as its surprise; the means come last.

    names, probs     the outcomes and the probabilities written beside them
    code, surprises  the code, and −log₂ of the probabilities it was built for, in bits
    mean, floor      the mean length of a word and the smallest possible one, in bits
    hidden           leave the means out, because they are the answer to an open question
    longest          where the axis of bits ends
    """
    order = sorted(range(len(names)), key=lambda k: (not np.isfinite(surprises[k]), code.words[k]))
    row = {k: -float(place) for place, k in enumerate(order)}
    mean_row, floor_row = -len(names) - 0.15, -len(names) - 1.0
    ink, entropy, loss = (theme.color(role) for role in ("ink", "entropy", "loss"))
    deepest = max(1, int(code.lengths.max()))
    leaf = deepest + 0.3
    left = [Label(leaf, row[k], f"{name} {short(probs[k])}", ink, BESIDE) for k, name in enumerate(names)]
    right: list[Label] = []
    for k in row:
        right += [Label(i + 0.5, row[k] + 0.14, digit, ink, WITHIN) for i, digit in enumerate(code.words[k])]
        end, named = (surprises[k], text(surprises[k])) if np.isfinite(surprises[k]) else (0, "never: no word")
        right.append(Label(max(float(end), float(code.lengths[k])), row[k], named, loss, BESIDE, 6))
    cells = [_cell(i, row[k] + 0.14) for k in row for i in range(int(code.lengths[k]))]
    spans = [(0, float(surprises[k]), row[k] - 0.3) for k in row if np.isfinite(surprises[k])]
    lines = [_horizontal_lines(spans, loss, 4)]
    if not hidden:
        digits = digits_that_add(floor, mean - floor)
        left += [Label(leaf, mean_row, "mean", ink, BESIDE), Label(leaf, floor_row, "H(p)", entropy, BESIDE)]
        right.append(Label(mean, mean_row, f"<b>{text(mean, digits)}</b>", ink, BESIDE, 6))
        right.append(Label(floor, floor_row, text(floor, digits), entropy, BESIDE, 6))
        lines += [
            _horizontal_lines([(0, mean, mean_row)], ink, 8),
            _horizontal_lines([(0, floor, floor_row)], entropy, 8),
        ]
    rows = [
        Rows(
            "code",
            {
                "outcome": names,
                "probability": probs,
                "word": [word or "no word" for word in code.words],
                "length of the word (bits)": code.lengths,
                "surprise (bits)": surprises,
            },
        ),
        *([] if hidden else [Rows("means", {"mean": ["length of a word", "H(p)"], "bits": [mean, floor]})]),
    ]
    low, high = floor_row - 0.6, 0.65
    plan = layout(Axis("", -0.15, _end_of_tree(deepest), (-9,)), Axis("", low, high, (-99,)))
    beside = layout(
        Axis("bits", 0, longest, range(0, int(longest) + 1, 1 if longest < 5 else 2)), Axis("", low, high, (-99,))
    )
    plan["margin"] = {**MARGIN, "l": LEFT, "t": 8}
    plan["xaxis"] |= {"domain": list(TREE), "showline": False}
    return Figure(
        [
            *_branches(code, row),
            label_trace(left, size=SMALL),
            *on_axes([_cells(cells), *lines, label_trace(right, size=SMALL)], "x2", "y2"),
        ],
        {
            **plan,
            "xaxis2": {
                **beside["xaxis"],
                "domain": list(WORDS),
                "anchor": "y2",
                "showgrid": True,
                "gridcolor": theme.color("grid"),
            },
            "yaxis2": {**beside["yaxis"], "anchor": "x2", "showgrid": False},
        },
        tall=tall,
        rows=rows,
    )


def _end_of_tree(deepest: int) -> float:
    """Return where the x-axis of a tree ends, so that the names of its leaves have the same room whatever its depth."""
    stage, names = (328, 56) if theme.is_narrow() else (613, 66)
    width = (stage - LEFT - MARGIN["r"]) * TREE[1]
    return (deepest + 0.45) * width / (width - names) - 0.15


def _branches(code: Code, row: dict[int, float]) -> list[Trace]:
    """Return the tree with its root at the left; a node is a prefix of words, drawn midway between its branches."""
    height: dict[str, float] = {code.words[k]: row[k] for k in row if code.words[k]}
    x: list[float | None] = []
    y: list[float | None] = []
    deepest = max(map(len, height), default=0)
    for word, level in list(height.items()):  # a line from the leaf to the name of its outcome
        x += [len(word), deepest + 0.2, None]
        y += [level, level, None]
    for depth in range(deepest, 0, -1):
        for node in sorted({word[: depth - 1] for word in height if len(word) >= depth}):
            ends = [height[node + digit] for digit in "01"]
            height[node] = sum(ends) / 2
            x += [depth, depth - 1, depth - 1, depth, None]
            y += [ends[0], ends[0], ends[1], ends[1], None]
    return [{**segment([], [], "ink", dash="solid"), "x": x, "y": y}]


def _cell(i: int, y: float) -> tuple[list[float | None], list[float | None]]:
    """Return the outline of the cell of bit number i of a word at height y."""
    low, high = y - HALF_CELL + 0.02, y + HALF_CELL - 0.02
    return [i + 0.06, i + 0.94, i + 0.94, i + 0.06, i + 0.06, None], [low, low, high, high, low, None]


def _cells(cells: Sequence[tuple[list[float | None], list[float | None]]]) -> Trace:
    """Return all cells as one trace."""
    ink = theme.color("ink")
    return {
        "type": "scatter",
        "mode": "lines",
        "hoverinfo": "skip",
        "fill": "toself",
        "fillcolor": theme.faded(ink, 0.09),
        "line": {"color": ink, "width": 1.2},
        "x": [x for xs, _ in cells for x in xs],
        "y": [y for _, ys in cells for y in ys],
    }


def _horizontal_lines(spans: Sequence[tuple[float, float, float]], color: str, width: float) -> Trace:
    """Return horizontal lines, each given by its start, its end and its height, as one trace."""
    return {
        "type": "scatter",
        "mode": "lines",
        "hoverinfo": "skip",
        "line": {"color": color, "width": width},
        "x": [end for start, stop, _ in spans for end in (start, stop, None)],
        "y": [y for *_, height in spans for y in (height, height, None)],
    }
