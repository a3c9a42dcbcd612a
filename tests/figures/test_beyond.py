"""Marks and lines of values that lie beyond an axis."""

import numpy as np

from xent_ui.figures.base import beyond, cut_off, ring
from xent_ui.style import theme


def test_an_arrowhead_is_no_ring():
    arrow = beyond(3, 6, "gradient", value=8.0)
    assert (arrow["x"], arrow["y"]) == ([3], [6])
    assert arrow["marker"]["symbol"] == "triangle-up"
    assert arrow["marker"]["color"] == theme.color("gradient")
    assert "symbol" not in ring(3, 6)["marker"]


def test_a_line_ends_where_it_leaves_the_axis_and_begins_where_it_comes_back():
    x, y = cut_off([0, 1, 2, 3], [2, 6, 6, 0], top=4)
    np.testing.assert_allclose(
        x, [0, 0.5, 1, 2, 2 + 1 / 3, 3]
    )  # from 2 to 6 it passes 4 halfway, from 6 to 0 a third on
    np.testing.assert_allclose(y, [2, 4, np.nan, np.nan, 4, 0])


def test_a_line_within_the_axis_stays_as_it_is():
    x, y = cut_off([0, 1, 2], [4, 0, 4], top=4)
    assert (x.tolist(), y.tolist()) == ([0, 1, 2], [4, 0, 4])


def test_infinity_is_far_above():
    x, y = cut_off([0, 1], [0, np.inf], top=4)
    np.testing.assert_allclose(x, [0, 0, 1], atol=1e-5)
    np.testing.assert_allclose(y, [0, 4, np.nan])
    assert np.isnan(cut_off([0, 1], [np.inf, np.inf], top=4)[1]).all()
