import numpy as np
import pytest

from tests.figures.helpers import label_text, sent_bytes
from xent_ui.figures.welcome import COINS, SIZE, coins
from xent_ui.style import theme


def test_whole_bits_fill_whole_coins():
    outer, inner = coins(0.125, 3.0).data[:2]
    assert len(outer.x) == COINS
    assert list(inner.marker.size) == [SIZE] * 3 + [0] * (COINS - 3)


def test_a_part_of_a_bit_fills_that_share_of_the_area():
    inner = coins(0.2, 2.25).data[1]
    assert (inner.marker.size[2] / SIZE) ** 2 == pytest.approx(0.25, abs=0.01)


def test_heads_are_counted_with_the_right_noun():
    assert "3 heads in a row" in label_text(coins(0.125, 3.0))
    assert "1 head<" in label_text(coins(0.5, 1.0))
    assert "no surprise at all" in label_text(coins(1.0, 0.0))


def test_it_is_small_and_has_the_color_of_a_loss(dark):
    figure, color = coins(0.1, float(-np.log2(0.1))), theme.color("loss")
    assert figure.data[1].marker.color == color
    assert sent_bytes(figure) < 4_000
    assert figure.layout.xaxis.title.text == "the chance you gave it"
