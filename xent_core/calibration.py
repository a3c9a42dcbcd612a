"""Calibration: whether forecasts come true as often as they claim. probs (n,) are of class 1, labels (n,) are 0 or 1.

To assess a classifier of K classes, pass the probability of its most likely class as probs, and as labels 1 where that
class was right and 0 where it was wrong.
"""

from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from xent_core import validation
from xent_core.binary import binary_cross_entropy_with_logits
from xent_core.multiclass import sparse_softmax_cross_entropy
from xent_core.result import ValueAndGrad

# fit_temperature searches between these multiples of the largest difference of logits.
LOWEST_TEMPERATURE, HIGHEST_TEMPERATURE = 1e-6, 1e6


class ReliabilityCurve(NamedTuple):
    """Forecasts sorted into bins (a, b].

    edges       (n_bins + 1,)  from 0 to 1
    confidence  (n_bins,)      the mean forecast of each bin, nan if it is empty
    frequency   (n_bins,)      the share of class 1 in each bin, nan if it is empty
    count       (n_bins,)      the number of forecasts in each bin

    >>> reliability_curve([0.3, 0.2, 0.9], [1, 0, 1], n_bins=2).count
    array([2, 1])
    """

    edges: np.ndarray
    confidence: np.ndarray
    frequency: np.ndarray
    count: np.ndarray  # type: ignore[assignment]  # hides tuple.count, which is not needed here


class BrierDecomposition(NamedTuple):
    """The three parts of the Brier score, which is reliability - resolution + uncertainty.

    reliability  the mean squared distance of forecasts from the frequency in their group, in [0, 1]; 0 if calibrated
    resolution   the mean squared distance of those frequencies from the base rate, in [0, 1/4]
    uncertainty  base rate * (1 - base rate), in [0, 1/4]

    >>> float(brier_decomposition([0.5, 0.5, 1.0, 1.0], [1, 0, 1, 1]).uncertainty)
    0.1875
    """

    reliability: np.ndarray
    resolution: np.ndarray
    uncertainty: np.ndarray


def reliability_curve(probs: ArrayLike, labels: ArrayLike, *, n_bins: int = 10) -> ReliabilityCurve:
    """Return the mean forecast and the observed frequency in bins (a, b] of equal width.

    probs       (n,)  probabilities of class 1, in [0, 1]; a forecast of 0 belongs to the first bin
    labels      (n,)  0 or 1
    n_bins      >= 1
    Returns     ReliabilityCurve; the edges are k / n_bins, so that a forecast of 0.3 lies in (0.2, 0.3]
    Raises      ValueError if the shapes differ, probs is outside [0, 1], a label is neither 0 nor 1, or n_bins is not a
                positive integer
    Source      DeGroot and Fienberg (1983), The comparison and evaluation of forecasters

    >>> reliability_curve([0.3, 0.2, 0.9], [1, 0, 1], n_bins=2).confidence
    array([0.25, 0.9 ])
    """
    dtype, p, y = _validate_forecasts(probs, labels)
    edges, bins, count = _assign_bins(dtype, p, n_bins, given=probs)
    divisor = np.where(count > 0, count, np.nan)
    confidence = np.bincount(bins, weights=p, minlength=n_bins) / divisor
    frequency = np.bincount(bins, weights=y, minlength=n_bins) / divisor
    return ReliabilityCurve(edges, confidence.astype(dtype), frequency.astype(dtype), count)


def expected_calibration_error(probs: ArrayLike, labels: ArrayLike, *, n_bins: int = 10) -> np.ndarray:
    """Return the mean distance between confidence and frequency over the bins, weighted by count.

    probs       (n,)  probabilities of class 1, in [0, 1]
    labels      (n,)  0 or 1
    n_bins      >= 1
    Returns     ()  in [0, 1]; nan if there is no forecast
    Raises      ValueError under the conditions of reliability_curve
    Source      Naeini, Cooper, Hauskrecht (2015), Obtaining well calibrated probabilities

    >>> float(expected_calibration_error([0.75, 0.75, 0.75, 0.75], [1, 1, 0, 0]))
    0.25
    """
    curve = reliability_curve(probs, labels, n_bins=n_bins)
    gap, count = _bin_gaps(curve)
    return np.asarray((gap * count).sum() / count.sum() if len(gap) else np.nan, curve.edges.dtype)


def maximum_calibration_error(probs: ArrayLike, labels: ArrayLike, *, n_bins: int = 10) -> np.ndarray:
    """Return the largest distance between confidence and frequency in any bin that is not empty.

    probs       (n,)  probabilities of class 1, in [0, 1]
    labels      (n,)  0 or 1
    n_bins      >= 1
    Returns     ()  in [0, 1]; nan if there is no forecast
    Raises      ValueError under the conditions of reliability_curve
    Source      Naeini, Cooper, Hauskrecht (2015), Obtaining well calibrated probabilities

    >>> float(maximum_calibration_error([0.5, 0.5, 0.75, 0.75], [1, 0, 1, 1]))
    0.25
    """
    curve = reliability_curve(probs, labels, n_bins=n_bins)
    gap, _ = _bin_gaps(curve)
    return np.asarray(gap.max() if len(gap) else np.nan, curve.edges.dtype)


def brier_score(probs: ArrayLike, labels: ArrayLike) -> np.ndarray:
    """Return the Brier score, the mean squared distance between forecast and outcome.

    probs       (n,)  probabilities of class 1, in [0, 1]
    labels      (n,)  0 or 1
    Returns     ()  in [0, 1], 0.25 if every forecast is 0.5; nan if there is no forecast
    Raises      ValueError under the conditions of reliability_curve
    Source      Brier (1950), Verification of forecasts expressed in terms of probability

    >>> float(brier_score([0.5, 0.5, 1.0, 1.0], [1, 0, 1, 1]))
    0.125
    """
    dtype, p, y = _validate_forecasts(probs, labels)
    return np.asarray(np.mean((p - y) ** 2) if len(p) else np.nan, dtype)


def brier_decomposition(probs: ArrayLike, labels: ArrayLike, *, n_bins: int | None = None) -> BrierDecomposition:
    """Return the parts of the Brier score, reliability - resolution + uncertainty, over groups of forecasts.

    probs       (n,)  probabilities of class 1, in [0, 1]
    labels      (n,)  0 or 1
    n_bins      None groups equal forecasts, and the parts then add up to the Brier score exactly. A number groups
                forecasts by the bins of reliability_curve, which suits continuous forecasts; the parts then leave out
                the variation of forecasts within a bin
    Returns     BrierDecomposition; nan if there is no forecast
    Raises      ValueError under the conditions of reliability_curve
    Source      Murphy (1973), A new vector partition of the probability score

    >>> [float(part) for part in brier_decomposition([0.5, 0.5, 1.0, 1.0], [1, 0, 1, 1])]
    [0.0, 0.0625, 0.1875]
    """
    dtype, p, y = _validate_forecasts(probs, labels)
    if n_bins is None:
        _, group, count = np.unique(p, return_inverse=True, return_counts=True)
    else:
        _, group, count = _assign_bins(dtype, p, n_bins, given=probs)
    if not len(p):
        nan = np.asarray(np.nan, dtype)
        return BrierDecomposition(nan, nan, nan)
    divisor, base_rate = np.maximum(count, 1), y.mean()  # an empty bin has no weight, so its divisor does not matter
    confidence, frequency = (np.bincount(group, weights=x, minlength=len(count)) / divisor for x in (p, y))
    return BrierDecomposition(
        reliability=np.asarray(np.average((confidence - frequency) ** 2, weights=count), dtype),
        resolution=np.asarray(np.average((frequency - base_rate) ** 2, weights=count), dtype),
        uncertainty=np.asarray(base_rate * (1 - base_rate), dtype),
    )


def wilson_interval(successes: ArrayLike, count: ArrayLike, *, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Return Wilson's confidence interval for a probability, which is reliable even for a small count.

    successes, count   (...)  0 <= successes <= count; a count of 0 gives the interval from 0 to 1
    level              in (0, 1)
    Returns            the lower and the upper end, (...) in [0, 1]
    Raises             ValueError if successes is not between 0 and count, count is not finite, or level is outside
                       (0, 1)
    Source             Wilson (1927), Probable inference, the law of succession, and statistical inference

    >>> [round(float(end), 3) for end in wilson_interval(4, 4)]  # even four successes out of four leave doubt
    [0.51, 1.0]
    """
    dtype, k, n = validation.to_float64(successes=successes, count=count)
    level = validation.validate_scalar("(0, 1)", level, "level")
    if not np.all((k >= 0) & (k <= n) & (n < np.inf)):
        raise ValueError("successes must lie between 0 and count, which must be finite")
    z2 = NormalDist().inv_cdf((1 + level) / 2) ** 2
    center = (k + z2 / 2) / (n + z2)
    half_width = np.sqrt(z2 * (k * (n - k) / np.maximum(n, 1) + z2 / 4)) / (n + z2)
    low, high = np.clip(center - half_width, 0, 1), np.clip(center + half_width, 0, 1)
    return np.asarray(low, dtype), np.asarray(high, dtype)


@validation.ignore_range_errors
def fit_temperature(logits: ArrayLike, labels: ArrayLike) -> np.ndarray:
    """Return the temperature T for which the cross-entropy of logits / T is least; the predicted class is unchanged.

    The loss is convex in 1/T, so its derivative changes sign once, and bisection finds where.

    logits      (n,)  log-odds of class 1, or (n, K)
    labels      (n,)  0 or 1, or integers in [0, K)
    Returns     ()  T > 0, between 1e-6 and 1e6 times the largest difference of logits. The lower limit means that every
                prediction is right, so the loss keeps falling as T does; the upper limit means that the logits mislead
                on average. T is 1 if all logits are equal or there are none
    Raises      ValueError if logits has neither one axis nor two, labels another shape than (n,), a label is not a
                class, a logit is NaN or +inf, or a row of logits has no finite maximum
    Source      Guo, Pleiss, Sun, Weinberger (2017), On calibration of modern neural networks

    >>> logits = np.log(3.0) * np.array([2, 2, 2, 2])  # predicts 0.9 although 3 of 4 come true
    >>> float(fit_temperature(logits, [1, 1, 1, 0]).round(9))
    2.0
    """
    dtype, z = validation.to_float64(logits=logits)
    loss = binary_cross_entropy_with_logits if z.ndim == 1 else sparse_softmax_cross_entropy
    y = validation.validate_labels(labels, 2 if z.ndim == 1 else validation.validate_class_axis(z, "logits"))
    if z.ndim not in (1, 2):
        raise ValueError(f"logits must have shape (n,) or (n, K), got {z.shape}")
    if y.shape != z.shape[:1]:
        raise ValueError(f"labels must have shape {z.shape[:1]}, got {y.shape}")
    loss(z, y)  # raises if a logit is invalid
    if z.ndim > 1:
        z = z - z.max(axis=-1, keepdims=True)
    spread = np.max(np.abs(z), initial=0, where=np.isfinite(z))
    if spread == 0:
        return np.asarray(1, dtype)
    low, high = np.log(LOWEST_TEMPERATURE), np.log(HIGHEST_TEMPERATURE)
    for _ in range(60):
        middle = (low + high) / 2
        scaled = z / spread / np.exp(middle)
        grad = loss(scaled, y).grad
        # The sum of grad * scaled is d loss / d (1/T), up to a positive factor.
        if np.multiply(grad, scaled, out=np.zeros_like(z), where=grad != 0).sum() > 0:
            low = middle
        else:
            high = middle
    return np.asarray(spread * np.exp(middle), dtype)


@validation.ignore_all_errors
def cross_entropy_at_temperature(logits: ArrayLike, labels: ArrayLike, temperature: ArrayLike) -> ValueAndGrad:
    """Return the mean cross-entropy of logits / T and its derivative in T, in nats; fit_temperature minimizes it.

    logits       (n,)   log-odds of class 1
    labels       (n,)   0 or 1
    temperature  (...)  T > 0
    Returns      value (...) in [0, inf], nan if there are no logits; d value / d temperature (...)
    Raises       ValueError if the shapes of logits and labels differ, a logit is NaN or +inf, a label is neither 0 nor
                 1, or a temperature is not positive
    Source       Guo, Pleiss, Sun, Weinberger (2017), On calibration of modern neural networks

    >>> loss = cross_entropy_at_temperature([2.0, 2.0, -2.0], [1, 0, 0], [1.0, 4.0])
    >>> loss.value.round(4), loss.grad.round(4)
    (array([0.7936, 0.6407]), array([-0.4283,  0.0055]))
    """
    dtype, z, t = validation.to_float64(logits=logits, temperature=temperature)
    y = validation.validate_labels(labels, 2)
    if z.ndim != 1:
        raise ValueError(f"logits must have shape (n,), got {z.shape}")
    if y.shape != z.shape:
        raise ValueError(f"labels must have shape {z.shape}, got {y.shape}")
    if not np.all(t > 0):
        raise ValueError(f"temperature must be > 0, got {np.min(t)}")
    scaled = z / t[..., np.newaxis]
    loss = binary_cross_entropy_with_logits(scaled, np.broadcast_to(y, scaled.shape))
    # A logit of -inf for a label of 0 is right at every temperature, so its slope of 0 counts, not 0 times infinity.
    slope = np.where(loss.grad == 0, 0, loss.grad * -scaled)
    return validation.as_result(loss.value.mean(axis=-1), slope.mean(axis=-1) / t, dtype)


def _validate_forecasts(probs: ArrayLike, labels: ArrayLike) -> list[Any]:
    dtype, p = validation.to_float64(probs=probs)
    y = validation.validate_labels(labels, 2)
    if p.ndim != 1:
        raise ValueError(f"probs must have shape (n,), got {p.shape}")
    if y.shape != p.shape:
        raise ValueError(f"labels must have shape {p.shape}, got {y.shape}")
    validation.check_interval("[0, 1]", p, "probs")
    return [dtype, p, y]


def _assign_bins(dtype: Any, p: np.ndarray, n_bins: int, given: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the edges of the bins, the bin of each forecast, and the number of forecasts in each bin."""
    n_bins = validation.validate_integer(n_bins, "n_bins")
    edges = np.arange(n_bins + 1) / n_bins
    # Rounded as the forecasts are, so that a forecast of 0.3 in float32 or float16 is not above its edge.
    rounded = edges.astype(np.float16 if np.asarray(given).dtype == np.float16 else dtype).astype(np.float64)
    bins = np.maximum(np.searchsorted(rounded, p, side="left") - 1, 0)
    return edges.astype(dtype), bins, np.bincount(bins, minlength=n_bins)


def _bin_gaps(curve: ReliabilityCurve) -> tuple[np.ndarray, np.ndarray]:
    """Return |confidence - frequency| and count for the bins that are not empty."""
    filled = curve.count > 0
    return np.abs(curve.confidence - curve.frequency)[filled], curve.count[filled]
