"""The predictions that focal loss and class weights lead to."""

import numpy as np
import pytest

from xent_core import best_report, binary_cross_entropy_with_logits, sigmoid, sigmoid_focal_loss
from xent_core.reweighting import TwoGaussians, best_focal_report, expected_focal_loss, log_odds, reweighted

TRUTHS = (0.51, 0.6, 0.8, 0.95, 0.3)


def test_log_odds_are_the_inverse_of_sigmoid():
    z = np.linspace(-30, 15, 91)
    np.testing.assert_allclose(log_odds(sigmoid(z)), z, rtol=1e-8, atol=1e-12)
    assert log_odds([0, 1]).tolist() == [-np.inf, np.inf]


@pytest.mark.parametrize("gamma", [0, 0.5, 2, 5])
def test_the_gradient_vanishes_at_the_best_report_under_focal_loss(gamma):
    for truth in TRUTHS:
        found = best_focal_report(truth, gamma=gamma)
        assert abs(expected_focal_loss(log_odds(found), truth, gamma=gamma).grad) < 1e-12
        with np.errstate(all="ignore"):
            searched = best_report(lambda q: (1 - q) ** gamma * -np.log(q), [truth, 1 - truth])[0]
        assert found == pytest.approx(searched, abs=1e-6)


def test_expected_focal_loss_is_the_mean_over_both_outcomes():
    z, h = np.linspace(-5, 5, 41), 1e-5
    for gamma in (0, 1, 2.5):
        loss = expected_focal_loss(z, 0.7, gamma=gamma)
        shifted = [expected_focal_loss(z + step, 0.7, gamma=gamma).value for step in (h, -h)]
        np.testing.assert_allclose(loss.grad, (shifted[0] - shifted[1]) / (2 * h), atol=1e-8)
    plain = binary_cross_entropy_with_logits(z, np.full(41, 0.7))
    np.testing.assert_allclose(expected_focal_loss(z, 0.7, gamma=0).value, plain.value, rtol=1e-13)
    np.testing.assert_allclose(expected_focal_loss(z, 1, gamma=2).grad, sigmoid_focal_loss(z, 1).grad)


def test_reweighted_minimizes_the_weighted_cross_entropy():
    for p in (0.01, 0.1, 0.5):
        for weight in (0.5, 9.0, 99.0):
            slope = binary_cross_entropy_with_logits(log_odds(reweighted(p, weight)), p, pos_weight=weight).grad
            assert abs(slope) < 1e-12
            assert reweighted(reweighted(p, weight), 1 / weight) == pytest.approx(p)


def test_two_gaussians_agree_with_bayes_and_with_samples():
    groups = TwoGaussians(gap=1.5, imbalance=4.0)
    x = np.linspace(-3, 5, 50)
    positive, negative = groups.density(x, 1), 4 * groups.density(x, 0)
    np.testing.assert_allclose(groups.probability(x), positive / (positive + negative), rtol=1e-12)
    boundary = groups.boundary(pos_weight=3.0)
    assert reweighted(groups.probability(boundary), 3.0) == pytest.approx(0.5)
    samples = np.random.default_rng(0).normal(1.5, size=200_000)
    assert groups.tail_probability(boundary, 1) == pytest.approx((samples > boundary).mean(), abs=0.005)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: log_odds([0.5, 1.2]), r"probs must be in \[0, 1\], got 1.2 at index 1"),
        (lambda: reweighted(0.5, 0), r"weight must be in \(0, inf\), got 0"),
        (lambda: best_focal_report(1.0, gamma=2), r"truth must be in \(0, 1\), got 1.0"),
        (lambda: expected_focal_loss(0.0, 1.5, gamma=2), r"truth must be in \[0, 1\], got 1.5"),
    ],
)
def test_invalid_arguments_raise(call, message):
    with pytest.raises(ValueError, match=message):
        call()
