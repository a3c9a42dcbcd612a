import numpy as np
import pytest

from xent_ui.controls.controls import Distribution

SOURCE = Distribution("m", ("A", "B", "C"), (24, 12, 6))


def test_weights_share_one_among_them_and_nothing_shares_evenly():
    assert SOURCE.shares(np.array([24.0, 12.0, 12.0])).tolist() == [0.5, 0.25, 0.25]
    assert SOURCE.shares(np.zeros(4)).tolist() == [0.25] * 4
    assert SOURCE.settings([50, 30, 20]) == {"m1": 50, "m2": 30, "m3": 20}


def test_a_handle_knows_what_the_other_weights_come_to():
    first, second, third = SOURCE.handles(np.array([10.0, 20.0, 30.0]), "y", at=range(3))
    assert (first.key, first.among, first.at) == ("m1", 50, 0)
    assert (second.among, third.among) == (40, 30)


def test_a_handle_on_another_axis_has_a_stop_for_each_weight():
    handles = SOURCE.handles(np.array([10.0, 10.0]), "y", at=range(2), place=lambda share: 2 * share)
    assert len(handles[0].stops) == 101
    assert handles[0].stops[10] == pytest.approx(2 * 0.5)


def test_a_weight_alone_has_nothing_to_share_with():
    assert [handle.key for handle in SOURCE.handles(np.array([10.0, 0.0]), "y", at=range(2))] == ["m2"]
