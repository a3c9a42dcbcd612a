import itertools
import struct
import zlib
from base64 import b64decode
from urllib.parse import unquote
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.style.test_theme import contrast
from xent_core.datasets import SHAPES, Dataset, make_dataset
from xent_core.models import LinearModel
from xent_ui.figures.plane import (
    CELLS,
    EDGE,
    END,
    LETTERS,
    PLANE,
    SHADES,
    SIZE,
    background,
    boundary,
    examples_and_boundary,
    places,
)
from xent_ui.style import theme


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


SVG = "{http://www.w3.org/2000/svg}"


def svg(segments, data, words):
    source = examples_and_boundary(segments, data, words)
    return ElementTree.fromstring(unquote(source.removeprefix("data:image/svg+xml,")))


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
    paths = [node.get("d") for node in svg(boundary(logits_of(1, 1, 0)), data, {}).iter(f"{SVG}path")]
    assert len(paths) == 3
    assert [path.count("z") for path in paths] == [0, 20, 20]
    one = examples_and_boundary(np.empty((0, 2, 2)), Dataset(np.zeros((1, 2)), np.array([1])), {})
    assert f"M{SIZE // 2} {SIZE // 2}z" in unquote(one)


def boxes_of_words(found):
    """Return the boxes of the words in the plane, by class: left, right, low, high, in units of the plane."""
    letters, unit = LETTERS[theme.is_narrow()], 2 * EDGE / SIZE
    return {
        label: (
            left * unit - EDGE,
            (left + END * letters) * unit - EDGE,
            (SIZE - foot) * unit - EDGE,
            (SIZE - foot + 0.8 * letters) * unit - EDGE,
        )
        for label, (left, foot) in found.items()
    }


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_side_of_the_boundary_says_its_class_where_no_example_lies(shape, narrow):
    rng = np.random.default_rng(0)
    x, y = PLANE.T
    with theme.using(dark=False, narrow=narrow):
        for noise, imbalance in itertools.product((0, 0.2, 0.6), (1, 30)):
            data = make_dataset(shape, 150, noise=noise, imbalance=imbalance)
            for w in rng.normal(size=(10, 3)):
                logits = logits_of(*w)
                found = places(logits, data)
                assert found, "a plane without a word"
                for label, (left, right, low, high) in boxes_of_words(found).items():
                    assert -EDGE < left < right < EDGE
                    assert -EDGE < low < high < EDGE
                    inside = (x > left) & (x < right) & (y > low) & (y < high)
                    assert np.all((logits.ravel()[inside] > 0) == label)
                    covered = (data.points > [left, low]) & (data.points < [right, high])
                    assert not covered.all(axis=1).any()


def test_half_a_plane_says_one_class_and_the_other_half_the_other():
    nothing = Dataset(np.empty((0, 2)), np.empty(0, dtype=int))
    found = boxes_of_words(places(logits_of(1, 0, 0), nothing))
    assert found[0][1] < 0 < found[1][0]
    everywhere = places(logits_of(0, 0, 3), nothing)
    assert list(everywhere) == [1], "a model that never predicts class 0 does not say it"


def test_each_word_ends_with_the_shape_of_its_class():
    nothing = Dataset(np.empty((0, 2)), np.empty(0, dtype=int))
    drawn = svg(np.empty((0, 2, 2)), nothing, {0: (100, 200), 1: (600, 900)})
    words = [(int(node.get("x")), node.text) for node in drawn.iter(f"{SVG}text")]
    assert words == [(100, "says"), (600, "says")]
    *_, zero, one = [node.get("d") for node in drawn.iter(f"{SVG}path")]
    x, y = 600 + round(2.5 * LETTERS[False]), 900 - round(0.25 * LETTERS[False])
    assert one == f"M{x} {y}z"
    x, y = 100 + round(2.5 * LETTERS[False]), 200 - round(0.25 * LETTERS[False])
    assert zero == f"M{round((x + y) / 2**0.5)} {round((y - x) / 2**0.5)}z"


@pytest.mark.parametrize("is_dark", [False, True])
def test_a_word_can_be_read_on_any_shade(is_dark):
    nothing = Dataset(np.empty((0, 2)), np.empty(0, dtype=int))
    with theme.using(dark=is_dark):
        (word,) = svg(np.empty((0, 2, 2)), nothing, {1: (100, 200)}).iter(f"{SVG}text")
    assert contrast(word.get("fill"), word.get("stroke")) >= 4.5
    assert word.get("paint-order") == "stroke", "the edge lies under the letters"
