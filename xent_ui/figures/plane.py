"""What a model says everywhere in the plane, as two small images: the ground, and what lies on it.

A learner who plays sees ten of these a second. As traces, three hundred points would be redrawn one by one for each
picture; as an image the browser draws them at once. The ground is a PNG of one byte a cell, the rest an SVG.
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

EDGE = 2.2  # the plane is shown from −EDGE to EDGE
CELLS = 45
SIZE = 1000  # of the SVG, in its own units
SHADES = 64
_ALONG = EDGE * (2 * np.arange(CELLS) + 1 - CELLS) / CELLS  # the middles of the cells
PLANE = np.stack(np.meshgrid(_ALONG, _ALONG), axis=-1).reshape(-1, 2)  # where a model is asked, (CELLS², 2)


def images(
    logits: np.ndarray, data: Dataset, *, x: float, y: float, width: float, height: float
) -> list[dict[str, Any]]:
    """Both images for a layout, on paper coordinates, hung from the middle of the upper edge of a box.

    logits  (CELLS²,)  what the model says at each point of PLANE
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
        {**place, "source": ground(sigmoid(square)), "layer": "below"},
        {**place, "source": marks(border(square), data), "layer": "above"},
    ]


def ground(probs: np.ndarray) -> str:
    """Probabilities of class 1, (CELLS, CELLS), as a PNG: class colors, paler where the model is unsure."""
    shade = np.minimum(SHADES * probs, SHADES - 1).astype(np.uint8)[::-1]  # an image begins with its upper row
    rows = np.concatenate([np.zeros((CELLS, 1), np.uint8), shade], axis=1)  # 0: this row is written as it is
    sides = [np.array([int(theme.class_color(i)[k : k + 2], 16) for k in (1, 3, 5)]) for i in (0, 1)]
    how_sure = np.abs(np.linspace(-1, 1, SHADES))
    palette = np.where(np.arange(SHADES)[:, np.newaxis] < SHADES / 2, *sides).astype(np.uint8)
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", CELLS, CELLS, 8, 3, 0, 0, 0)),
        (b"PLTE", palette.tobytes()),
        (b"tRNS", (140 * how_sure).astype(np.uint8).tobytes()),
        (b"IDAT", zlib.compress(rows.tobytes())),
        (b"IEND", b""),
    ]
    chunks = [
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in parts
    ]
    return "data:image/png;base64," + b64encode(b"\x89PNG\r\n\x1a\n" + b"".join(chunks)).decode()


def border(logits: np.ndarray) -> np.ndarray:
    """Where logits on a square grid change their sign: ends of short lines (m, 2, 2).

    They are counted in cells, from the middle of the first. Each square of four middles is cut into two triangles; a
    plane through the three corners of one is 0 along a line.
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
    z, at = (np.concatenate(parts) for parts in zip(*triangles, strict=True))
    above = z > 0
    crossed = above.any(axis=1) & ~above.all(axis=1)
    z, at, above = z[crossed], at[crossed], above[crossed]
    alone = np.where(above.sum(axis=1) == 1, above.argmax(axis=1), (~above).argmax(axis=1))
    row = np.arange(len(z))
    ends = []
    for other in (1, 2):
        to = (alone + other) % 3
        share = z[row, alone] / (z[row, alone] - z[row, to])
        ends.append(at[row, alone] + share[:, np.newaxis] * (at[row, to] - at[row, alone]))
    return np.stack(ends, axis=1) if len(z) else np.empty((0, 2, 2))


def marks(lines: np.ndarray, data: Dataset) -> str:
    """The border and the examples as an SVG: circles of class 1, diamonds of class 0, on a rim of paper."""
    one, zero, ink, paper = theme.class_color(1), theme.class_color(0), theme.color("ink"), theme.color("paper")
    ends = np.round((lines + 0.5) * SIZE / CELLS).astype(int)
    way = "".join(f"M{a} {SIZE - b}L{c} {SIZE - d}" for (a, b), (c, d) in ends.tolist())
    places = np.round((data.points + EDGE) * SIZE / (2 * EDGE)).astype(int)
    shapes = [f"<path d='{way}' stroke='{ink}' stroke-width='9' stroke-linecap='round'/>"]
    for label, color, cap in ((0, zero, "square"), (1, one, "round")):
        x, y = places[data.labels == label].T
        y, turn, size = SIZE - y, "", 34
        if label == 0:  # a diamond is a square cap, turned: its path is drawn in a turned plane
            x, y, turn, size = np.round((x + y) / 2**0.5), np.round((y - x) / 2**0.5), " transform='rotate(45)'", 27
        dots = "".join(f"M{int(i)} {int(j)}z" for i, j in zip(x.tolist(), y.tolist(), strict=True))
        shapes.append(
            f"<defs><path id='c{label}' d='{dots}'/></defs><g stroke-linecap='{cap}'{turn}>"
            f"<use href='#c{label}' stroke='{paper}' stroke-width='{size + 9}'/>"
            f"<use href='#c{label}' stroke='{color}' stroke-width='{size}'/></g>"
        )
    whole = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {SIZE} {SIZE}' fill='none'>{''.join(shapes)}</svg>"
    return "data:image/svg+xml," + quote(whole, safe=" ='/:;,()-+<>")
