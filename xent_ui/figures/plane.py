"""The predictions of a model over the plane, as two small images: a background, and the examples on top of it.

An animation draws about ten of these per second. As traces, three hundred points would be redrawn one by one; an image
is drawn at once. The background is a PNG of one byte per cell, the rest an SVG.
"""

import struct
import zlib
from base64 import b64encode
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
        {**place, "source": examples_and_boundary(boundary(square), data), "layer": "above"},
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


def examples_and_boundary(segments: np.ndarray, data: Dataset) -> str:
    """Return an SVG of the decision boundary and the examples: circles for class 1, diamonds for class 0.

    segments  (m, 2, 2)  from ``boundary``
    """
    one, zero, ink, paper = theme.class_color(1), theme.class_color(0), theme.color("ink"), theme.color("paper")
    ends = np.round((segments + 0.5) * SIZE / CELLS).astype(int)
    path = "".join(f"M{a} {SIZE - b}L{c} {SIZE - d}" for (a, b), (c, d) in ends.tolist())
    places = np.round((data.points + EDGE) * SIZE / (2 * EDGE)).astype(int)
    shapes = [f"<path d='{path}' stroke='{ink}' stroke-width='9' stroke-linecap='round'/>"]
    for label, color, cap in ((0, zero, "square"), (1, one, "round")):
        x, y = places[data.labels == label].T
        y, rotation, size = SIZE - y, "", 34
        if label == 0:  # a diamond is a square line cap, drawn in a rotated plane
            x, y = np.round((x + y) / 2**0.5), np.round((y - x) / 2**0.5)
            rotation, size = " transform='rotate(45)'", 27
        dots = "".join(f"M{int(i)} {int(j)}z" for i, j in zip(x.tolist(), y.tolist(), strict=True))
        shapes.append(
            f"<defs><path id='c{label}' d='{dots}'/></defs><g stroke-linecap='{cap}'{rotation}>"
            f"<use href='#c{label}' stroke='{paper}' stroke-width='{size + 9}'/>"
            f"<use href='#c{label}' stroke='{color}' stroke-width='{size}'/></g>"
        )
    whole = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {SIZE} {SIZE}' fill='none'>{''.join(shapes)}</svg>"
    return "data:image/svg+xml," + quote(whole, safe=" ='/:;,()-+<>")
