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
    assert figure.layout.xaxis.range == figure.layout.xaxis2.range == figure.layout.xaxis3.range
    assert unit.symbol in figure.layout.yaxis3.title.text
    for words in ("share of heads: 0.7", "0.439", "least 0.881"):
        assert words in label_text(figure)


def test_an_open_guess_hides_the_likelihood_of_small_p_but_not_the_loss():
    figure = hill((0.5, 0.439, 1.0), guess=GuessMark(0.5, 0.8), told_from=0.6)
    assert "0.439" not in label_text(figure)
    assert "0.9" in label_text(hill((0.65, 0.9, 0.9), guess=GuessMark(0.5, 0.8), told_from=0.6))
    assert "least 0.881" in label_text(figure)


def test_a_surprise_beyond_the_axis_is_an_arrow():
    assert "↑ 4.70" in label_text(hill((0.01, 0.0, 4.7)))


def underflow(n, product):
    flips = np.array([0, 500, 1074, 1200])
    powers = np.array([0, -150.5, -323.3, -np.inf])  # 500 log10 2 = 150.5
    return figures.underflow(flips, powers, 0.693 * flips, at=(n, product, 0.693 * n), lost_below=-323.6)


def test_a_likelihood_that_underflows_is_an_arrow_to_0():
    assert "<b>↓ 0</b>" in label_text(underflow(1100, 0.0))
    assert "<b>762 nats</b>" in label_text(underflow(1100, 0.0))  # 1100 * 0.693
    assert "↓" not in label_text(underflow(500, 3.05e-151))


def test_the_likelihood_ends_where_float64_has_no_number_and_its_ln_climbs_on():
    figure = underflow(500, 3.05e-151)
    falling, climbing = (
        next(t for t in figure.data if t.mode == "lines" and len(t.x) == 4 and t.fill is None and t.yaxis == y)
        for y in ("y2", "y3")
    )
    assert np.isnan(falling.y).tolist() == [False, False, False, True]
    np.testing.assert_allclose(climbing.y, 0.693 * np.array([0, 500, 1074, 1200]), rtol=1e-6)
    assert figure.layout.xaxis.range == figure.layout.xaxis2.range == figure.layout.xaxis3.range
    band = next(t for t in figure.data if t.fill == "toself")
    assert sorted(set(band.y)) == [figures.LEAST_POWER, -323.6]


def test_one_cursor_runs_through_both_panels():
    figure = underflow(500, 3.05e-151)
    cursors = [t for t in figure.data if t.mode == "lines" and set(t.x) == {500}]
    assert [(list(t.y), t.yaxis) for t in cursors] == [([0, 1], None)]
    assert figure.layout.yaxis.range == (0, 1)
    assert figure.layout.yaxis.domain is None  # it is as high as the picture


@pytest.mark.parametrize("best", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("coin", [0.01, 0.99])
def test_a_label_at_the_edge_leans_to_the_inside(coin, best):
    loss = Unit.BITS.of(binary_cross_entropy(COINS, np.full(199, 0.7)).value)
    at, best_at = (coin, 0.818, 1.23), (best, 0.881)
    figure = figures.likelihood_and_loss(COINS, np.ones(199), loss, at=at, best=best_at, unit=Unit.BITS)
    sides = {
        words: where
        for trace in figure.data
        if "text" in trace.mode
        for words, where in zip(trace.text, trace.textposition, strict=True)
    }
    outside = "left" if coin == 0.01 else "right"
    assert outside not in sides["<b>0.818</b>"] + sides["<b>1.23</b>"]


@pytest.mark.parametrize("guessed", [0.0, 0.4, 0.5, 0.57, 1.0])
def test_a_locked_guess_and_the_current_coin_do_not_cover_each_other(guessed):
    locked = label_text(hill((0.5, 0.439, 1.0), guess=GuessMark(0.5, guessed, 0.439)))
    assert "the truth: 0.439" in locked
    assert "<b>0.439</b>" not in locked
    assert "<b>0.806</b>" in label_text(hill((0.6, 0.806, 0.912), guess=GuessMark(0.5, guessed, 0.439)))
