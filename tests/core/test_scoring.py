"""Which scoring rules are proper, and what the others reward instead."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xent_core import (
    best_report,
    cross_entropy,
    expected_loss,
    expected_score,
    linear_rule,
    log_rule,
    one_sided_square_rule,
    quadratic_rule,
    spherical_rule,
    zero_one_rule,
)
from xent_core.scoring import RULES, simplex_grid

generated = settings(deadline=None, derandomize=True, max_examples=40)
PROPER_RULES = [log_rule, quadratic_rule, spherical_rule]

truths = st.lists(st.integers(0, 20), min_size=1, max_size=4).filter(any).map(lambda n: np.array(n) / sum(n))


@pytest.mark.parametrize("rule", PROPER_RULES)
@generated
@given(truths)
def test_the_truth_is_the_best_report_under_a_proper_rule(rule, truth):
    assert best_report(rule, truth).tolist() == truth.tolist()


@pytest.mark.parametrize("rule", PROPER_RULES)
def test_no_report_on_the_simplex_beats_the_truth_under_a_proper_rule(rule):
    truth = np.array([0.6, 0.3, 0.1])
    grid = simplex_grid(3, 50)
    assert np.all(expected_loss(rule, truth, grid) >= expected_loss(rule, truth, truth) - 1e-15)
    assert np.all(expected_score(rule, truth, grid) <= expected_score(rule, truth, truth) + 1e-15)


def test_one_sided_square_is_proper_for_two_outcomes_but_not_for_three():
    assert best_report(one_sided_square_rule, [0.8, 0.2]).tolist() == [0.8, 0.2]
    assert best_report(one_sided_square_rule, [0.6, 0.3, 0.1]) == pytest.approx([2 / 3, 1 / 3, 0], abs=1e-7)


def test_linear_rewards_certainty_and_zero_one_only_the_order():
    assert best_report(linear_rule, [0.5, 0.3, 0.2]).tolist() == [1, 0, 0]
    assert best_report(zero_one_rule, [0.5, 0.3, 0.2]).tolist() == [
        0.5,
        0.3,
        0.2,
    ]  # but any report with the same order is as good
    unsure, certain = [0.34, 0.33, 0.33], [1, 0, 0]
    assert expected_loss(zero_one_rule, certain, unsure) == expected_loss(zero_one_rule, certain, certain) == 0
    assert expected_loss(zero_one_rule, [0.5, 0.5], [0.5, 0.5]) == 0.5


def test_focal_loss_as_a_rule_rewards_underconfidence():
    focal = best_report(lambda q: -((1 - q) ** 2) * np.log(q), [0.8, 0.2])
    assert focal == pytest.approx([0.627, 0.373], abs=5e-4)


def test_custom_rules_with_a_known_best_report():
    # The sum of p/q is least for q proportional to sqrt(p), and that of -p sqrt(q) for q proportional to p².
    assert best_report(lambda q: 1 / q, [0.64, 0.32, 0.04]) == pytest.approx(
        np.sqrt([0.64, 0.32, 0.04]) / np.sqrt([0.64, 0.32, 0.04]).sum(), abs=1e-7
    )
    assert best_report(lambda q: -np.sqrt(q), [0.6, 0.3, 0.1]) == pytest.approx(
        np.array([0.36, 0.09, 0.01]) / 0.46, abs=1e-7
    )
    assert best_report(lambda q: np.sqrt(1 - q), [0.6, 0.4]).tolist() == [1, 0]  # not convex
    assert best_report(lambda q: np.log(q), [0.6, 0.4]).min() == 0  # the loss of an outcome of probability 0 is -inf
    assert best_report(lambda q: 0 * q, [0.6, 0.4]).tolist() == [0.6, 0.4]  # all reports are equally good


def test_expected_log_loss_is_cross_entropy():
    truth, report = np.array([0.5, 0.3, 0.2]), simplex_grid(3, 9)
    assert np.allclose(expected_loss(log_rule, truth, report), cross_entropy(truth, report).value)


def test_expected_losses_with_a_closed_form():
    truth, report = [0.5, 0.5], [0.8, 0.2]
    assert expected_loss(quadratic_rule, truth, report) == pytest.approx((0.08 + 1.28) / 2)
    assert expected_loss(spherical_rule, truth, report) == pytest.approx(1 - 0.5 / np.sqrt(0.68))
    assert expected_loss(linear_rule, truth, report) == pytest.approx(0.5)
    assert expected_loss(one_sided_square_rule, truth, report) == pytest.approx((0.04 + 0.64) / 2)
    assert expected_score(linear_rule, truth, report) == -expected_loss(linear_rule, truth, report)


def test_grids_of_reports_and_truths():
    grid = simplex_grid(3, 100)
    assert grid.shape == (5151, 3)
    assert np.allclose(grid.sum(axis=-1), 1)
    assert len(np.unique(grid, axis=0)) == len(grid)
    for rule in RULES.values():
        assert expected_loss(rule, [0.6, 0.3, 0.1], grid).shape == (5151,)
        assert expected_loss(rule, grid[:7, np.newaxis], grid[:5]).shape == (7, 5)
    assert best_report(log_rule, [1.0]).tolist() == [1]


def test_dtypes():
    truth = np.array([0.6, 0.3, 0.1], np.float32)
    for rule in RULES.values():
        assert expected_loss(rule, truth, truth).dtype == np.float32
        assert expected_score(rule, truth, [0.5, 0.5, 0]).dtype == np.float32
        assert best_report(rule, truth).dtype == np.float32
    assert isinstance(expected_score(log_rule, [1], [1]), np.ndarray)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: expected_loss(log_rule, [0.5, 0.6], [0.5, 0.5]), "^truth must sum to 1, got 1.1$"),
        (lambda: expected_loss(log_rule, [0.5, 0.5], [0.5, 0.6]), "^report must sum to 1, got 1.1$"),
        (lambda: expected_score(log_rule, [0.5, 0.5], [1.0]), r"^report must have shape \(2,\), got \(1,\)$"),
        (lambda: expected_loss(np.sum, [0.5, 0.5], [0.5, 0.5]), r"^rule must return shape \(2,\), got \(\)$"),
        (lambda: best_report(log_rule, [[0.5, 0.5]]), r"^truth must have shape \(K,\), got \(1, 2\)$"),
    ],
)
def test_invalid_arguments_raise(call, message):
    with pytest.raises(ValueError, match=message):
        call()
