import struct
import zlib
from base64 import b64decode
from urllib.parse import unquote
from xml.etree import ElementTree

import numpy as np
import pytest

from xent_core.datasets import Dataset, make_dataset
from xent_core.models import LinearModel
from xent_ui.figures.plane import CELLS, PLANE, SHADES, SIZE, background, boundary, examples_and_boundary


def pixels(source):
    """Return the cells of a PNG as they are shown, with the upper row first, and its chunks."""
    raw = b64decode(source.removeprefix("data:image/png;base64,"))
    assert raw.startswith(b"\x89PNG")
    at, chunks = 8, {}
    while at < len(raw):
        (length,), kind = struct.unpack(">I", raw[at : at + 4]), raw[at + 4 : at + 8]
        body = raw[at + 8 : at + 8 + length]
        assert struct.unpack(">I", raw[at + 8 + length : at + 12 + length])[0] == zlib.crc32(kind + body)
        chunks[kind] = body
        at += 12 + length
    return np.frombuffer(zlib.decompress(chunks[b"IDAT"]), np.uint8).reshape(CELLS, CELLS + 1)[:, 1:], chunks


def test_the_background_is_a_png_whose_last_row_is_the_lowest_of_the_plane():
    probs = np.zeros((CELLS, CELLS))
    probs[0] = 1  # the lowest row of the plane
    shown, chunks = pixels(background(probs))
    assert np.all(shown[-1] == SHADES - 1)
    assert np.all(shown[:-1] == 0)
    assert len(chunks[b"PLTE"]) == 3 * SHADES
    assert struct.unpack(">II", chunks[b"IHDR"][:8]) == (CELLS, CELLS)


def logits_of(w1, w2, b):
    return LinearModel().forward(np.array([w1, w2, b]), PLANE).reshape(CELLS, CELLS)


@pytest.mark.parametrize(("w1", "w2", "b"), [(1, 0, 0.3), (0, 1, -0.5), (2, -1, 0.4), (1e6, 3e5, 0.1)])
def test_the_boundary_of_a_linear_model_is_its_line(w1, w2, b):
    ends = boundary(logits_of(w1, w2, b))
    assert len(ends) >= CELLS - 1
    places = PLANE[0] + ends * (PLANE[1, 0] - PLANE[0, 0])
    assert np.allclose(places @ [w1, w2] + b, 0, atol=1e-9 * w1 + 1e-9)


def test_a_model_that_predicts_one_class_everywhere_has_no_boundary():
    assert boundary(np.full((CELLS, CELLS), 3.0)).shape == (0, 2, 2)


def test_every_example_is_in_its_place_in_the_svg():
    data = make_dataset("circles", 40, noise=0.1)
    root = ElementTree.fromstring(
        unquote(examples_and_boundary(boundary(logits_of(1, 1, 0)), data).removeprefix("data:image/svg+xml,"))
    )
    paths = [node.get("d") for node in root.iter("{http://www.w3.org/2000/svg}path")]
    assert len(paths) == 3
    assert [path.count("z") for path in paths] == [0, 20, 20]
    one = examples_and_boundary(np.empty((0, 2, 2)), Dataset(np.zeros((1, 2)), np.array([1])))
    assert f"M{SIZE // 2} {SIZE // 2}z" in unquote(one)
