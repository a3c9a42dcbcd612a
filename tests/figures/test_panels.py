"""Curves that leave a panel end at its edge."""

import numpy as np
import pytest

from xent_ui.figures.panels import within


def test_a_curve_ends_where_it_leaves_the_panel():
    x, y = within(np.array([0.0, 1.0, 2.0]), np.array([-1.0, 1.0, 5.0]), 0, 2)
    assert x == pytest.approx([0, 0.5, 1, 1.25, 2])  # from -1 to 1 it is 0 halfway; from 1 to 5 it is 2 after a quarter
    assert y == pytest.approx([np.nan, 0, 1, 2, np.nan], nan_ok=True)


def test_what_is_not_a_number_is_a_gap():
    x, y = within(np.array([0.0, 1.0, 2.0]), np.array([np.inf, 1.0, 1.5]), 0, 2)
    assert list(x) == [0, 1, 2]
    assert y == pytest.approx([np.nan, 1, 1.5], nan_ok=True)


def test_a_curve_inside_stays_as_it_is():
    x, y = np.arange(4.0), np.array([0.0, 2.0, 1.0, 2.0])
    inside = within(x, y, 0, 2)
    assert list(inside[0]) == list(x)
    assert list(inside[1]) == list(y)
