import numpy as np
import pytest

from xent_core import Unit, entropy, huffman_code, surprise
from xent_core.information import entropy_terms
from xent_ui.figures.base import GuessMark
from xent_ui.figures.code_tree import code_tree
from xent_ui.figures.entropy import binary_entropy, source

DYADIC = np.array([0.5, 0.25, 0.125, 0.125])


def words_of(figure):
    return [word for trace in figure.data if trace.type == "scatter" and trace.mode == "text" for word in trace.text]


def source_of(p, unit=Unit.BITS, guess=None):
    most = float(unit.of(entropy(np.full(len(p), 1 / len(p))).value))
    names, surprises, terms = "ABCDEFGH"[: len(p)], unit.of(surprise(p).value), unit.of(entropy_terms(p))
    return source(names, p, surprises, terms, most=most, unit=unit, guess=guess)


@pytest.mark.parametrize(("unit", "whole"), [(Unit.BITS, "<b>H 1.75</b>"), (Unit.NATS, "<b>H 1.21</b>")])
def test_the_tower_is_the_entropy(unit, whole):
    figure = source_of(DYADIC, unit)
    tower = next(trace for trace in figure.data if trace.type == "bar" and trace.xaxis == "x2")
    assert float(np.sum(tower.y)) == pytest.approx(float(unit.of(entropy(DYADIC).value)))
    assert whole in words_of(figure)
    assert f"surprise ({unit.symbol})" == figure.layout.yaxis3.title.text


def test_an_open_guess_hides_the_tower_and_nothing_else():
    figure = source_of(DYADIC, guess=GuessMark(0.95, 1.5))
    assert not any(trace.type == "bar" and trace.xaxis == "x2" for trace in figure.data)
    assert "guess" in words_of(figure)
    assert not any("<b>H" in word for word in words_of(figure))


def test_an_outcome_that_never_comes_surprises_without_end():
    figure = source_of(np.array([0.5, 0.5, 0.0]))
    assert "∞" in words_of(figure)
    surprises = next(trace for trace in figure.data if trace.type == "bar" and trace.xaxis == "x3")
    assert np.isfinite(surprises.y).all()


@pytest.mark.parametrize("p", [0.0, 0.3, 0.5, 1.0])
def test_the_slope_is_drawn_where_there_is_one(p):
    here = entropy([p, 1 - p])
    chances = np.linspace(0, 1, 11)
    values = Unit.BITS.of(entropy(np.stack([chances, 1 - chances], axis=-1)).value)
    at = (p, float(Unit.BITS.of(here.value)))
    figure = binary_entropy(chances, values, at=at, slope=float(here.grad @ (1, -1)), unit=Unit.BITS)
    assert any("slope" in word for word in words_of(figure)) == (0 < p < 1)


def test_cells_are_the_bits_of_the_words():
    code = huffman_code(DYADIC)
    figure = code_tree("ABCD", DYADIC, code, Unit.BITS.of(surprise(DYADIC).value), mean=1.75, floor=1.75)
    digits = [word for word in words_of(figure) if word in ("0", "1")]
    assert "".join(sorted(digits)) == "".join(sorted("".join(code.words)))
    assert any("<b>1.75</b> against H 1.75" in word for word in words_of(figure))


def test_one_certain_letter_needs_no_tree():
    p = np.array([1.0, 0.0])
    figure = code_tree("AB", p, huffman_code(p), Unit.BITS.of(surprise(p).value), mean=0.0, floor=0.0)
    assert any("never" in word for word in words_of(figure))
