import numpy as np
import pytest

from tests.figures.helpers import label_text
from xent_core import Unit, binary_cross_entropy
from xent_ui.figures import likelihood as figures
from xent_ui.figures.base import GuessMark

COINS = np.linspace(0.005, 0.995, 199)


def hill(at, unit=Unit.BITS, **more):
    loss = unit.of(binary_cross_entropy(COINS, np.full(199, 0.7)).value)
    return figures.likelihood_and_loss(COINS, np.ones(199), loss, at=at, best=(0.7, 0.881), unit=unit, **more)


@pytest.mark.parametrize("unit", list(Unit))
def test_likelihood_and_loss_share_the_axis_of_coins(unit):
    figure = hill((0.5, 0.439, 1.0), unit)
    assert figure.layout.xaxis.range == figure.layout.xaxis2.range
    assert unit.symbol in figure.layout.yaxis2.title.text
    for words in ("share of heads: 0.7", "0.439", "least 0.881"):
        assert words in label_text(figure)


def test_an_open_guess_hides_the_likelihood_of_small_p_but_not_the_loss():
    figure = hill((0.5, 0.439, 1.0), guess=GuessMark(0.5, 0.8), told_from=0.6)
    assert "0.439" not in label_text(figure)
    assert "0.9" in label_text(hill((0.65, 0.9, 0.9), guess=GuessMark(0.5, 0.8), told_from=0.6))
    assert "least 0.881" in label_text(figure)


def test_a_surprise_beyond_the_axis_is_an_arrow():
    assert "↑ 4.70" in label_text(hill((0.01, 0.0, 4.7)))


def test_a_likelihood_that_underflows_is_labeled_0():
    flips = np.arange(0, 1201, 20)
    figure = figures.underflow(flips, 0.693 * flips, at=(1100, 762.0), limit=744.4, product=0.0)
    assert "<b>likelihood: 0</b>" in label_text(figure)
    assert "−ln likelihood: 762 nats" in label_text(figure)


@pytest.mark.parametrize("best", [0.0, 0.5, 1.0])
@pytest.mark.parametrize(("coin", "side"), [(0.01, "right"), (0.99, "left")])
def test_a_label_at_the_edge_is_inside(coin, side, best):
    loss = Unit.BITS.of(binary_cross_entropy(COINS, np.full(199, 0.7)).value)
    at, best_at = (coin, 0.818, 1.23), (best, 0.881)
    figure = figures.likelihood_and_loss(COINS, np.ones(199), loss, at=at, best=best_at, unit=Unit.BITS)
    sides = {
        words.strip(): where
        for trace in figure.data
        if trace.mode == "text"
        for words, where in zip(trace.text, trace.textposition, strict=True)
    }
    assert sides["<b>0.818</b>"] == sides["<b>1.23</b>"] == f"middle {side}"


@pytest.mark.parametrize("guessed", [0.0, 0.4, 0.5, 0.57, 1.0])
def test_a_locked_guess_and_the_current_coin_do_not_cover_each_other(guessed):
    locked = label_text(hill((0.5, 0.439, 1.0), guess=GuessMark(0.5, guessed, 0.439)))
    assert "the truth: 0.439" in locked
    assert "<b>0.439</b>" not in locked
    assert "<b>0.806</b>" in label_text(hill((0.6, 0.806, 0.912), guess=GuessMark(0.5, guessed, 0.439)))
