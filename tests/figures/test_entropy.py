"""The stack of a source, the curve of two outcomes, and the tree of a code."""

import numpy as np
import pytest

from tests.figures.helpers import labels
from xent_core import Unit, entropy, entropy_terms, huffman_code, surprise
from xent_ui.figures.base import GuessMark
from xent_ui.figures.code_tree import code_tree
from xent_ui.figures.entropy import binary_entropy, blocks, source
from xent_ui.style import theme
from xent_ui.style.numbers import text

DYADIC = np.array([0.5, 0.25, 0.125, 0.125])


def source_of(p, unit=Unit.BITS, guess=None, hidden=False):
    most = float(unit.of(entropy(np.full(len(p), 1 / len(p))).value))
    names, surprises, terms = "ABCDEFGH"[: len(p)], unit.of(surprise(p).value), unit.of(entropy_terms(p))
    return source(names, p, surprises, terms, most=most, unit=unit, guess=guess, hidden=hidden)


def strip_of(figure):
    """Return the bars of the strip, or None."""
    return next((trace for trace in figure.data if trace.type == "bar" and trace.xaxis == "x2"), None)


@pytest.mark.parametrize(("unit", "whole"), [(Unit.BITS, "<b>H = 1.75 bits</b>"), (Unit.NATS, "<b>H = 1.21 nats</b>")])
def test_the_length_of_the_strip_is_the_entropy(unit, whole):
    figure = source_of(DYADIC, unit)
    strip = strip_of(figure)
    assert float(np.sum(strip.x)) == pytest.approx(float(unit.of(entropy(DYADIC).value)))
    assert list(np.add(strip.base, strip.x)[:-1]) == pytest.approx(list(strip.base[1:])), "without gaps"
    assert whole in labels(figure)
    assert figure.layout.yaxis3.title.text == f"surprise ({unit.symbol})"
    assert figure.layout.xaxis2.ticktext[1:] == tuple(
        f"{k} {unit.symbol.rstrip('s') if k == 1 else unit.symbol}" for k in figure.layout.xaxis2.tickvals[1:]
    )


@pytest.mark.parametrize(("guess", "marked"), [(GuessMark(0, 1.5), True), (None, False)])
def test_an_open_guess_hides_the_strip_and_nothing_else(guess, marked):
    figure = source_of(DYADIC, guess=guess, hidden=True)
    assert strip_of(figure) is None
    assert ("guess <b>?</b>" in labels(figure)) == marked
    assert "at most 2.00" in labels(figure)
    assert not any("<b>H" in word for word in labels(figure))


def test_an_infinite_surprise_is_torn_and_a_large_one_has_its_number():
    figure = source_of(np.array([0.5, 0.5, 0.0]))
    assert "↑ ∞" in labels(figure)
    surprises = next(trace for trace in figure.data if trace.type == "bar" and trace.xaxis == "x3")
    assert np.isfinite(surprises.y).all()
    torn = [t for t in figure.data if getattr(t, "mode", "") == "lines" and t.line.color == theme.color("paper")]
    assert [float(np.mean(t.x)) for t in torn] == [2]
    assert "↑9.5" in labels(source_of(np.array([100] * 7 + [1]) / 701))


def test_a_rare_letter_among_many_keeps_a_short_number_on_a_phone():
    p = np.array([0.4, 0.2, 0.1, 0.1, 0.1, 0.0238, 0.076, 0.0002])
    with theme.using(dark=False, narrow=True):
        assert labels(source_of(p))[5:8] == ["0.02", "0.08", "<.01"]


@pytest.mark.parametrize("narrow", [False, True])
def test_eight_letters_keep_the_numbers_of_their_bars(narrow):
    p = np.array([0.3, 0.2, 0.15, 0.11, 0.09, 0.07, 0.05, 0.03])
    with theme.using(dark=False, narrow=narrow):
        shown = labels(source_of(p))
    assert [word for word in shown if word.startswith(("0.", "1/"))] == [
        "0.3",
        "0.2",
        "0.15",
        "0.11",
        "0.09",
        "0.07",
        "1/20",
        "0.03",
    ]
    assert {text(float(-np.log2(share)), 2) for share in p} <= set(shown)


@pytest.mark.parametrize("p", [0.0, 0.3, 0.5, 1.0])
def test_the_slope_is_drawn_where_there_is_one(p):
    value, grad = entropy([p, 1 - p])
    probs = np.linspace(0, 1, 11)
    values = Unit.BITS.of(entropy(np.stack([probs, 1 - probs], axis=-1)).value)
    point = (p, float(Unit.BITS.of(value)))
    figure = binary_entropy(probs, values, at=point, slope=float(grad[0] - grad[1]), unit=Unit.BITS)
    assert any("slope" in word for word in labels(figure)) == (0 < p < 1)


def test_the_cells_are_the_bits_of_the_words():
    code = huffman_code(DYADIC)
    figure = code_tree("ABCD", DYADIC, code, Unit.BITS.of(surprise(DYADIC).value), mean=1.75, floor=1.75)
    digits = [word for word in labels(figure) if word in ("0", "1")]
    assert "".join(sorted(digits)) == "".join(sorted("".join(code.words)))
    assert labels(figure)[-2:] == ["<b>1.75</b>", "1.75"]
    assert {"mean", "H(p)"} <= set(labels(figure))


def test_an_open_question_hides_the_means_and_keeps_the_words():
    code, surprises = huffman_code(DYADIC), Unit.BITS.of(surprise(DYADIC).value)
    figure = code_tree("ABCD", DYADIC, code, surprises, mean=1.75, floor=1.75, hidden=True)
    assert "0" in labels(figure)
    assert not any("1.75" in word or word == "mean" for word in labels(figure))


def test_the_largest_surprise_of_eight_letters_is_on_the_axis():
    p = np.array([100] * 7 + [1]) / 701
    surprises = Unit.BITS.of(surprise(p).value)
    figure = code_tree("ABCDEFGH", p, huffman_code(p), surprises, mean=2.9, floor=2.8)
    assert max(surprises) < figure.layout.xaxis2.range[1]
    assert "9.45" in labels(figure)


def test_one_certain_letter_needs_no_tree():
    p = np.array([1.0, 0.0])
    figure = code_tree("AB", p, huffman_code(p), Unit.BITS.of(surprise(p).value), mean=0.0, floor=0.0)
    assert any("never" in word for word in labels(figure))


@pytest.mark.parametrize(("floor", "at"), [(0.469, 1), (0.08, 8), (1.0, 3)])
def test_the_length_of_the_chosen_block_is_marked(floor, at):
    figure = blocks([1.0, 0.9, 0.8, 0.75, 0.7, 0.68, 0.66, 0.64], at=at, floor=floor, digits=3)
    ring = next(trace for trace in figure.data if trace.mode == "markers")
    assert list(ring.x) == [at]
    assert any(f"<b>{ring.y[0]:.3g}" in word for word in labels(figure))
    assert any(word.strip().startswith("entropy 0") or "entropy 1" in word for word in labels(figure))
