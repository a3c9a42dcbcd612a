"""Reliability curves, calibration errors, the Brier score and its decomposition, and the fitted temperature."""

from math import comb

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize_scalar
from sklearn.calibration import calibration_curve
from sklearn.metrics import brier_score_loss

from xent_core import binary_cross_entropy_with_logits, softmax, sparse_softmax_cross_entropy
from xent_core.calibration import (
    brier_decomposition,
    brier_score,
    cross_entropy_at_temperature,
    expected_calibration_error,
    fit_temperature,
    maximum_calibration_error,
    reliability_curve,
    wilson_interval,
)

generated = settings(deadline=None, derandomize=True, max_examples=100)
forecasts = st.lists(
    st.tuples(st.floats(0, 1) | st.sampled_from([0.0, 0.1, 0.3, 0.5, 1.0]), st.integers(0, 1)), min_size=1, max_size=40
).map(lambda pairs: tuple(map(np.array, zip(*pairs, strict=True))))


def draw_forecasts(n=2000, seed=0):
    rng = np.random.default_rng(seed)
    p = rng.beta(0.7, 0.7, n)
    return p, (rng.random(n) < p**1.5).astype(int)


def test_bins_are_open_below_and_closed_above():
    for k in range(1, 11):
        curve = reliability_curve([k / 10, np.nextafter(k / 10, 2) if k < 10 else 1.0], [1, 1])
        assert np.flatnonzero(curve.count).tolist() == ([k - 1, k] if k < 10 else [9])
    assert reliability_curve([0.0], [0]).count.tolist() == [1] + [0] * 9
    for n_bins in (3, 7, 15, 49, 100):  # one forecast on every upper edge
        on_edges = [k / n_bins for k in range(1, n_bins + 1)]
        assert reliability_curve(on_edges, np.ones(n_bins, int), n_bins=n_bins).count.tolist() == [1] * n_bins
    on_edges = np.array([0.1, 0.2, 0.3, 0.6, 0.7], np.float32)
    assert np.flatnonzero(reliability_curve(on_edges, np.ones(5, int)).count).tolist() == [0, 1, 2, 5, 6]


def test_reliability_of_a_small_example():
    curve = reliability_curve([0.05, 0.15, 0.9, 1.0], [0, 1, 1, 1], n_bins=5)
    assert curve.edges.tolist() == [0, 0.2, 0.4, 0.6, 0.8, 1]
    assert curve.count.tolist() == [2, 0, 0, 0, 2]
    assert np.allclose(curve.confidence, [0.1, np.nan, np.nan, np.nan, 0.95], equal_nan=True)
    assert np.allclose(curve.frequency, [0.5, np.nan, np.nan, np.nan, 1.0], equal_nan=True)
    assert expected_calibration_error([0.05, 0.15, 0.9, 1.0], [0, 1, 1, 1], n_bins=5) == pytest.approx(0.225)
    assert maximum_calibration_error([0.05, 0.15, 0.9, 1.0], [0, 1, 1, 1], n_bins=5) == pytest.approx(0.4)


def test_scikit_learn_computes_the_same_curve():
    p, y = draw_forecasts()
    frequency, confidence = calibration_curve(y, p, n_bins=10)
    curve = reliability_curve(p, y)
    assert np.allclose(curve.confidence[curve.count > 0], confidence)
    assert np.allclose(curve.frequency[curve.count > 0], frequency)
    assert brier_score(p, y) == pytest.approx(brier_score_loss(y, p), rel=1e-14)


@generated
@given(forecasts, st.integers(1, 20))
def test_bounds_and_decomposition(given_forecasts, n_bins):
    p, y = given_forecasts
    ece = expected_calibration_error(p, y, n_bins=n_bins)
    assert 0 <= ece <= maximum_calibration_error(p, y, n_bins=n_bins) + 1e-15 <= 1 + 1e-15
    assert reliability_curve(p, y, n_bins=n_bins).count.sum() == len(p)
    reliability, resolution, uncertainty = brier_decomposition(p, y)
    assert reliability - resolution + uncertainty == pytest.approx(brier_score(p, y), abs=1e-15)
    assert min(reliability, resolution, uncertainty) >= 0


def test_a_constant_forecast_of_the_base_rate_is_calibrated_without_resolution():
    p, y = np.full(100, 0.3), np.repeat([0, 1], [70, 30])
    assert expected_calibration_error(p, y) < 1e-15
    parts = brier_decomposition(p, y)
    assert parts.resolution == 0
    assert brier_score(p, y) == pytest.approx(parts.uncertainty) == pytest.approx(0.21)


def test_binned_decomposition_of_continuous_forecasts():
    p, y = draw_forecasts()
    alone, binned = brier_decomposition(p, y), brier_decomposition(p, y, n_bins=10)
    assert alone.resolution == pytest.approx(alone.uncertainty)  # every forecast is its own group
    curve = reliability_curve(p, y)
    by_hand = np.average((curve.confidence - curve.frequency) ** 2, weights=curve.count)
    assert binned.reliability == pytest.approx(by_hand)
    score = binned.reliability - binned.resolution + binned.uncertainty
    assert score == pytest.approx(brier_score(p, y), abs=3e-3)
    few = np.array([0.05, 0.75, 0.05, 0.75])  # equal forecasts in each bin, with empty bins in between
    assert np.allclose(brier_decomposition(few, [0, 1, 1, 1], n_bins=10), brier_decomposition(few, [0, 1, 1, 1]))


def test_shapes_and_dtypes():
    p, y = np.array([0.2, 0.9], np.float32), [0, 1]
    results = [expected_calibration_error(p, y), maximum_calibration_error(p, y), brier_score(p, y)]
    for result in [*results, *brier_decomposition(p, y), fit_temperature(p, y), *reliability_curve(p, y)[:3]]:
        assert result.dtype == np.float32
    for measure in (expected_calibration_error, maximum_calibration_error, brier_score):
        assert np.isnan(measure([], []))
        assert measure([0.5], [1]).shape == ()
    assert np.isnan(brier_decomposition([], [])).all()
    assert np.isnan(brier_decomposition([], [], n_bins=3)).all()
    assert reliability_curve([], []).count.sum() == 0


# ------------------------------------------------------------------------------------------------ temperature


def mean_loss(logits, labels, temperature):
    loss = binary_cross_entropy_with_logits if logits.ndim == 1 else sparse_softmax_cross_entropy
    return loss(logits / temperature, labels).value.mean()


@pytest.mark.parametrize("n_classes", [1, 2, 5])
@pytest.mark.parametrize("scale", [1e-3, 1.0, 1e4])
def test_fitted_temperature_minimizes_the_loss(n_classes, scale):
    rng = np.random.default_rng(n_classes)
    logits = rng.normal(size=(500, n_classes)) * 2
    if n_classes == 1:
        logits = logits[:, 0]
        labels = (rng.random(500) < 1 / (1 + np.exp(-logits))).astype(int)
    else:
        labels = np.array([rng.choice(n_classes, p=p / p.sum()) for p in softmax(logits)])
    fitted = fit_temperature(scale * logits, labels)
    assert fitted == pytest.approx(scale * fit_temperature(logits, labels), rel=1e-9)
    peer = minimize_scalar(lambda t: mean_loss(logits, labels, np.exp(t)), bounds=(-3, 3), options={"xatol": 1e-9})
    assert fitted / scale == pytest.approx(np.exp(peer.x), rel=1e-6)
    assert 0.7 < fitted / scale < 1.4  # the labels were drawn at temperature 1


def test_temperature_with_a_known_optimum():
    # Three of four come true, so the best scaled logit is ln 3, whatever the original logit.
    for logit in (0.01, 1.0, 40.0):
        assert fit_temperature(np.full(4, logit), [1, 1, 1, 0]) == pytest.approx(logit / np.log(3), rel=1e-12)
    logits = np.column_stack([np.full(4, 5.0), np.zeros(4)])
    assert fit_temperature(logits, [0, 0, 0, 1]) == pytest.approx(5 / np.log(3), rel=1e-12)


def test_temperature_without_an_optimum():
    separable = np.array([-4.0, -1.0, 0.5, 4.0])
    labels = np.array([0, 0, 1, 1])
    assert fit_temperature(separable, labels) == pytest.approx(4e-6)  # the loss keeps falling with the temperature
    assert fit_temperature(separable, 1 - labels) == pytest.approx(
        4e6
    )  # the loss keeps falling as the temperature rises
    assert fit_temperature(np.zeros(3), [0, 1, 1]) == 1
    assert fit_temperature([[7.0], [7.0]], [0, 0]) == 1
    assert fit_temperature(np.zeros((0, 3)), []) == 1


def test_temperature_with_masked_classes_and_extreme_logits():
    logits = np.array([[0.0, 2.0, -np.inf], [3.0, 0.0, 1.0], [1.0, 2.0, -np.inf]])
    assert fit_temperature(logits, [0, 0, 1]) == pytest.approx(fit_temperature(logits, [0, 0, 1]))
    assert np.isfinite(fit_temperature(logits, [0, 0, 1]))
    assert fit_temperature(np.array([1e300, 1e300, 1e300, 1e300]), [1, 1, 1, 0]) == pytest.approx(1e300 / np.log(3))


def test_temperature_does_not_change_the_most_likely_class():
    rng = np.random.default_rng(3)
    logits, labels = rng.normal(size=(50, 4)), rng.integers(0, 4, 50)
    t = fit_temperature(logits, labels)
    assert np.array_equal(softmax(logits / t).argmax(axis=-1), logits.argmax(axis=-1))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: reliability_curve([0.5, 1.5], [0, 1]), r"^probs must be in \[0, 1\], got 1.5 at index 1$"),
        (lambda: reliability_curve([0.5, 0.5], [0, 2]), r"^labels must be integers in \[0, 2\), got 2 at index 1$"),
        (lambda: brier_score([0.5, 0.5], [0]), r"^labels must have shape \(2,\), got \(1,\)$"),
        (lambda: brier_decomposition([[0.5]], [[0]]), r"^probs must have shape \(n,\), got \(1, 1\)$"),
        (lambda: expected_calibration_error([0.5], [0], n_bins=0), "^n_bins must be an integer of at least 1, got 0$"),
        (lambda: fit_temperature([[1.0, 2.0]], [2]), r"^labels must be integers in \[0, 2\), got 2 at index 0$"),
        (lambda: fit_temperature([1.0, np.nan], [0, 1]), "^logits must be finite or -inf, got nan at index 1$"),
        (lambda: fit_temperature([[-np.inf, -np.inf]], [0]), "^row 0 of logits has no finite maximum$"),
        (lambda: fit_temperature([1.0, 2.0], [0, 1, 1]), r"^labels must have shape \(2,\), got \(3,\)$"),
    ],
)
def test_invalid_arguments_raise(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_coverage_of_the_wilson_interval():
    k, n = np.arange(21), 20
    low, high = wilson_interval(k, np.full(21, n))
    for probability in (0.1, 0.3, 0.5, 0.8):
        weight = np.array([comb(n, int(i)) * probability**i * (1 - probability) ** (n - i) for i in k])
        assert 0.92 <= weight[(low <= probability) & (probability <= high)].sum() <= 0.99
    assert [float(end) for end in wilson_interval(0, 0)] == [0, 1]
    np.testing.assert_allclose(low, 1 - high[::-1], atol=1e-12)
    with pytest.raises(ValueError, match="between 0 and count"):
        wilson_interval(3, 2)


def test_the_gradient_in_temperature_matches_differences_and_vanishes_at_the_fit():
    rng = np.random.default_rng(5)
    z, y = 3 * rng.normal(size=60), rng.integers(2, size=60)
    at, step = np.array([0.3, 1.0, 4.0]), 1e-6
    above, below = (cross_entropy_at_temperature(z, y, at + h).value for h in (step, -step))
    assert np.allclose(cross_entropy_at_temperature(z, y, at).grad, (above - below) / (2 * step), rtol=1e-6)
    assert abs(cross_entropy_at_temperature(z, y, fit_temperature(z, y)).grad) < 1e-9
    plain = binary_cross_entropy_with_logits(z, y).value.mean()
    assert cross_entropy_at_temperature(z, y, 1.0).value == pytest.approx(plain, rel=1e-14)
    with pytest.raises(ValueError, match="^temperature must be > 0, got 0.0$"):
        cross_entropy_at_temperature(z, y, 0.0)
