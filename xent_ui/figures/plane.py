"""The predictions of a model over the plane, as two small images: a background, and the examples on top of it.

Each side of the decision boundary says which class the model predicts there, where examples leave room for the word.

An animation draws about ten of these per second. As traces, three hundred points would be redrawn one by one; an image
is drawn at once. The background is a PNG of one byte per cell, the rest an SVG.
"""

import struct
import zlib
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

import numpy as np

from xent_core import sigmoid
from xent_core.datasets import Dataset
from xent_ui.style import theme

EDGE = 2.2  # the plane is shown from −EDGE to EDGE in both directions
CELLS = 45
SIZE = 1000  # the width of the SVG, in its own units
SHADES = 64
LETTERS = {False: 78, True: 96}  # the height of letters by whether the stage is narrow, in units of the SVG
# In heights of its letters: the width of a word, the middle of the shape after it, the width of both, and the height.
WORD, SHAPE, END, LINE = 2.1, 2.5, 2.95, 1.15
_CENTERS = EDGE * (2 * np.arange(CELLS) + 1 - CELLS) / CELLS  # of the cells, in one direction
PLANE = np.stack(np.meshgrid(_CENTERS, _CENTERS), axis=-1).reshape(-1, 2)  # the centers of all cells, (CELLS², 2)


def images(
    logits: np.ndarray, data: Dataset, *, x: float, y: float, width: float, height: float
) -> list[dict[str, Any]]:
    """Return both images as entries of a layout.

    logits         (CELLS²,)  the predicted log-odds at each point of PLANE
    x, y           the middle of the upper edge of the box around both, in paper coordinates
    width, height  the size of the box
    """
    place = {
        "xref": "paper",
        "yref": "paper",
        "x": x,
        "y": y,
        "sizex": width,
        "sizey": height,
        "xanchor": "center",
        "yanchor": "top",
        "sizing": "contain",
    }
    square = logits.reshape(CELLS, CELLS)
    return [
        {**place, "source": background(sigmoid(square)), "layer": "below"},
        {**place, "source": examples_and_boundary(boundary(square), data, places(square, data)), "layer": "above"},
    ]


def background(probs: np.ndarray) -> str:
    """Return probabilities of class 1, (CELLS, CELLS), as a PNG in the class colors, paler near a probability of ½."""
    shade = np.minimum(SHADES * probs, SHADES - 1).astype(np.uint8)[::-1]  # the first row of a PNG is the uppermost
    rows = np.concatenate([np.zeros((CELLS, 1), np.uint8), shade], axis=1)  # 0: no filter
    sides = [np.array([int(theme.class_color(i)[k : k + 2], 16) for k in (1, 3, 5)]) for i in (0, 1)]
    confidence = np.abs(np.linspace(-1, 1, SHADES))
    palette = np.where(np.arange(SHADES)[:, np.newaxis] < SHADES / 2, *sides).astype(np.uint8)
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", CELLS, CELLS, 8, 3, 0, 0, 0)),
        (b"PLTE", palette.tobytes()),
        (b"tRNS", (140 * confidence).astype(np.uint8).tobytes()),
        (b"IDAT", zlib.compress(rows.tobytes())),
        (b"IEND", b""),
    ]
    chunks = [
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    ]
    return "data:image/png;base64," + b64encode(b"\x89PNG\r\n\x1a\n" + b"".join(chunks)).decode()


def boundary(logits: np.ndarray) -> np.ndarray:
    """Return where logits on a square grid change sign, as the ends of short segments (m, 2, 2).

    The unit is one cell, and the origin is the center of the first cell. Each square of four centers is cut into two
    triangles; where the logits at the corners of a triangle differ in sign, their linear interpolation is 0 along a
    segment.
    """
    corner = np.stack(np.meshgrid(np.arange(CELLS), np.arange(CELLS)), axis=-1)
    a, b, c, d = (np.s_[:-1, :-1], np.s_[:-1, 1:], np.s_[1:, :-1], np.s_[1:, 1:])
    triangles = [
        (
            np.stack([logits[k].ravel() for k in three], axis=1),
            np.stack([corner[k].reshape(-1, 2) for k in three], axis=1),
        )
        for three in ((a, b, c), (d, c, b))
    ]
    z, place = (np.concatenate(parts) for parts in zip(*triangles, strict=True))
    positive = z > 0
    crossed = positive.any(axis=1) & ~positive.all(axis=1)
    z, place, positive = z[crossed], place[crossed], positive[crossed]
    # One corner differs in sign from the other two, so the boundary crosses the two edges that meet there.
    single = np.where(positive.sum(axis=1) == 1, positive.argmax(axis=1), (~positive).argmax(axis=1))
    row = np.arange(len(z))
    ends = []
    for offset in (1, 2):
        other = (single + offset) % 3
        share = z[row, single] / (z[row, single] - z[row, other])
        ends.append(place[row, single] + share[:, np.newaxis] * (place[row, other] - place[row, single]))
    return np.stack(ends, axis=1) if len(z) else np.empty((0, 2, 2))


def places(logits: np.ndarray, data: Dataset) -> dict[int, tuple[int, int]]:
    """Return where the plane has room to say which class the model predicts, by class, in units of the SVG.

    A place is the lower left corner of a word that lies on one side of the boundary and touches no example. Of several
    places the one nearest to a corner of the plane is taken, so the words of an animation stand still as long as they
    can.
    """
    letters = LETTERS[theme.is_narrow()]
    columns, rows = (int(np.ceil(length * letters * CELLS / SIZE)) for length in (END, LINE))
    x, y = ((data.points + EDGE) * CELLS / (2 * EDGE)).astype(int).T
    inside = (x >= 0) & (x < CELLS) & (y >= 0) & (y < CELLS)
    taken = np.zeros((CELLS + 2, CELLS + 2), dtype=bool)
    taken[y[inside] + 1, x[inside] + 1] = True
    taken = taken[:-2] | taken[1:-1] | taken[2:]  # an example is larger than its cell
    taken = taken[:, :-2] | taken[:, 1:-1] | taken[:, 2:]
    found = {}
    for label, side in ((0, logits <= 0), (1, logits > 0)):
        sums = np.pad((taken | ~side).cumsum(axis=0, dtype=np.int16).cumsum(axis=1, dtype=np.int16), ((1, 0), (1, 0)))
        in_box = sums[rows:, columns:] - sums[:-rows, columns:] - sums[rows:, :-columns] + sums[:-rows, :-columns]
        order = _from_corners(*in_box.shape)
        is_free = in_box.ravel()[order] == 0
        if is_free.any():
            row, column = divmod(int(order[is_free.argmax()]), in_box.shape[1])
            spare = columns * SIZE / CELLS - END * letters
            found[label] = (round(column * SIZE / CELLS + spare / 2), round(SIZE - (row + 1) * SIZE / CELLS))
    return found


@lru_cache(maxsize=4)
def _from_corners(rows: int, columns: int) -> np.ndarray:
    """Return the indices of a grid, one apart from its edges, in the order of their distance to its nearest corner."""
    row, column = np.indices((rows, columns))
    from_edge = [np.abs(np.minimum(at, last - 1 - at) - 1) for at, last in ((row, rows), (column, columns))]
    return np.hypot(*from_edge).ravel().argsort(kind="stable")


def examples_and_boundary(segments: np.ndarray, data: Dataset, words: Mapping[int, tuple[int, int]]) -> str:
    """Return an SVG of the decision boundary and the examples: circles for class 1, diamonds for class 0.

    segments  (m, 2, 2)  from ``boundary``
    words     where it stands which class the model predicts, from ``places``
    """
    one, zero, ink, paper = theme.class_color(1), theme.class_color(0), theme.color("ink"), theme.color("paper")
    letters = LETTERS[theme.is_narrow()]
    ends = np.round((segments + 0.5) * SIZE / CELLS).astype(int)
    path = "".join(f"M{a} {SIZE - b}L{c} {SIZE - d}" for (a, b), (c, d) in ends.tolist())
    at = np.round((data.points + EDGE) * SIZE / (2 * EDGE)).astype(int)
    shapes = [f"<path d='{path}' stroke='{ink}' stroke-width='9' stroke-linecap='round'/>"]
    for label, color, cap in ((0, zero, "square"), (1, one, "round")):
        x, y = at[data.labels == label].T
        y = SIZE - y
        if label in words:  # a shape as that of the examples is the end of the word
            left, foot = words[label]
            x, y = np.append(x, left + round(SHAPE * letters)), np.append(y, foot - round(0.25 * letters))
            # The edge of the letters has the color of the paper, so that they can be read on any shade.
            shapes.append(
                f"<text x='{left}' y='{foot}' font-size='{letters}' textLength='{round(WORD * letters)}' "
                f"lengthAdjust='spacingAndGlyphs' font-family='sans-serif' font-weight='600' fill='{ink}' "
                f"stroke='{paper}' stroke-width='14' paint-order='stroke'>says</text>"
            )
        rotation, size = "", 34
        if label == 0:  # a diamond is a square line cap, drawn in a rotated plane
            x, y = np.round((x + y) / 2**0.5), np.round((y - x) / 2**0.5)
            rotation, size = " transform='rotate(45)'", 27
        dots = "".join(f"M{int(i)} {int(j)}z" for i, j in zip(x.tolist(), y.tolist(), strict=True))
        shapes.append(
            f"<defs><path id='c{label}' d='{dots}'/></defs><g stroke-linecap='{cap}'{rotation}>"
            f"<use href='#c{label}' stroke='{paper}' stroke-width='{size + 9}'/>"
            f"<use href='#c{label}' stroke='{color}' stroke-width='{size}'/></g>"
        )
    view = f"xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {SIZE} {SIZE}' fill='none'"
    return "data:image/svg+xml," + quote(f"<svg {view}>{''.join(shapes)}</svg>", safe=" ='/:;,()-+<>")
