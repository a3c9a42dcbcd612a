"""Do forecasts come true as often as they say? probs (n,) are of class 1, labels (n,) are 0 or 1.

For K classes, ask it of the class called likeliest: its probability, and 1 where it was right, else 0.
"""

from statistics import NormalDist
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from xent_core import validation
from xent_core.binary import binary_cross_entropy_with_logits
from xent_core.multiclass import sparse_softmax_cross_entropy
from xent_core.result import ValueAndGrad

COLDEST, HOTTEST = 1e-6, 1e6  # between these fit_temperature looks


class ReliabilityCurve(NamedTuple):
    """Forecasts sorted into bins (a, b].

    edges       (n_bins + 1,)  from 0 to 1
    confidence  (n_bins,)      mean forecast in the bin, nan where it is empty
    frequency   (n_bins,)      share of class 1 in the bin, nan where it is empty
    count       (n_bins,)      how many forecasts fell into it
    """

    edges: np.ndarray
    confidence: np.ndarray
    frequency: np.ndarray
    count: np.ndarray  # type: ignore[assignment]  # hides tuple.count, which nobody will miss


class BrierDecomposition(NamedTuple):
    """The three parts of the Brier score: reliability - resolution + uncertainty."""

    reliability: np.ndarray
    resolution: np.ndarray
    uncertainty: np.ndarray


def reliability_curve(probs: ArrayLike, labels: ArrayLike, *, n_bins: int = 10) -> ReliabilityCurve:
    """Mean forecast and observed frequency in bins (a, b] of equal width; a forecast of 0 is in the first.

    probs       (n,)  of class 1, in [0, 1]
    labels      (n,)  0 or 1
    n_bins      >= 1
    Returns     ReliabilityCurve; edges are k / n_bins as written, so that 0.3 lies in (0.2, 0.3]
    Raises      ValueError  unequal shapes; probs outside [0, 1]; other labels; n_bins not a whole number from 1 on
    Source      DeGroot and Fienberg (1983), The comparison and evaluation of forecasters

    >>> reliability_curve([0.3, 0.2, 0.9], [1, 0, 1], n_bins=2).confidence
    array([0.25, 0.9 ])
    """
    dtype, p, y = _forecasts(probs, labels)
    edges, bins, count = _sorted_into_bins(dtype, p, n_bins)
    divisor = np.where(count > 0, count, np.nan)
    confidence = np.bincount(bins, weights=p, minlength=n_bins) / divisor
    frequency = np.bincount(bins, weights=y, minlength=n_bins) / divisor
    return ReliabilityCurve(edges, confidence.astype(dtype), frequency.astype(dtype), count)


def expected_calibration_error(probs: ArrayLike, labels: ArrayLike, *, n_bins: int = 10) -> np.ndarray:
    """Mean distance of confidence from frequency over the bins, weighted by count: in [0, 1].

    Arguments and errors as in reliability_curve; nan when there is no forecast.
    Source      Naeini, Cooper, Hauskrecht (2015), Obtaining well calibrated probabilities

    >>> float(expected_calibration_error([0.75, 0.75, 0.75, 0.75], [1, 1, 0, 0]))
    0.25
    """
    curve = reliability_curve(probs, labels, n_bins=n_bins)
    gap, count = _gaps(curve)
    return np.asarray((gap * count).sum() / count.sum() if len(gap) else np.nan, curve.edges.dtype)


def maximum_calibration_error(probs: ArrayLike, labels: ArrayLike, *, n_bins: int = 10) -> np.ndarray:
    """Largest distance of confidence from frequency in any bin that is not empty: in [0, 1].

    Arguments, errors and source as in expected_calibration_error.

    >>> float(maximum_calibration_error([0.5, 0.5, 0.75, 0.75], [1, 0, 1, 1]))
    0.25
    """
    curve = reliability_curve(probs, labels, n_bins=n_bins)
    gap, _ = _gaps(curve)
    return np.asarray(gap.max() if len(gap) else np.nan, curve.edges.dtype)


def brier_score(probs: ArrayLike, labels: ArrayLike) -> np.ndarray:
    """Mean squared distance of forecast from outcome: in [0, 1], 0.25 for one who always says 0.5.

    Arguments and errors as in reliability_curve; nan when there is no forecast.
    Source      Brier (1950), Verification of forecasts expressed in terms of probability

    >>> float(brier_score([0.5, 0.5, 1.0, 1.0], [1, 0, 1, 1]))
    0.125
    """
    dtype, p, y = _forecasts(probs, labels)
    return np.asarray(np.mean((p - y) ** 2) if len(p) else np.nan, dtype)


def brier_decomposition(probs: ArrayLike, labels: ArrayLike, *, n_bins: int | None = None) -> BrierDecomposition:
    """Split the Brier score into reliability - resolution + uncertainty, over groups of forecasts.

    reliability  distance of the forecasts in a group from what then happened, squared: 0 is calibrated
    resolution   distance of what then happened from the base rate, squared: 0 for a constant forecast
    uncertainty  base rate * (1 - base rate): what no forecaster can help

    n_bins       None groups equal forecasts, and the three make up the Brier score exactly. A number groups them
                 by the bins of reliability_curve, for forecasts of which hardly two are equal; the three then
                 leave out what forecasts vary within a bin
    Other arguments and errors as in reliability_curve; nan when there is no forecast.
    Source       Murphy (1973), A new vector partition of the probability score

    >>> [float(part) for part in brier_decomposition([0.5, 0.5, 1.0, 1.0], [1, 0, 1, 1])]
    [0.0, 0.0625, 0.1875]
    """
    dtype, p, y = _forecasts(probs, labels)
    if n_bins is None:
        _, group, count = np.unique(p, return_inverse=True, return_counts=True)
    else:
        _, group, count = _sorted_into_bins(dtype, p, n_bins)
    if not len(p):
        nan = np.asarray(np.nan, dtype)
        return BrierDecomposition(nan, nan, nan)
    n, base_rate = np.maximum(count, 1), y.mean()  # an empty bin weighs nothing, whatever it is divided by
    said, happened = (np.bincount(group, weights=x, minlength=len(n)) / n for x in (p, y))
    return BrierDecomposition(
        reliability=np.asarray(np.average((said - happened) ** 2, weights=count), dtype),
        resolution=np.asarray(np.average((happened - base_rate) ** 2, weights=count), dtype),
        uncertainty=np.asarray(base_rate * (1 - base_rate), dtype),
    )


def wilson_interval(successes: ArrayLike, count: ArrayLike, *, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Between which chances lies the one behind successes of count, by Wilson's score: honest for few forecasts too.

    successes, count   (...)  0 <= successes <= count; of no forecast nothing is known: (0, 1)
    level              in (0, 1)
    Returns            low and high, (...) in [0, 1]
    Raises             ValueError  out of range
    Source             Wilson (1927), Probable inference, the law of succession, and statistical inference

    >>> [round(float(end), 3) for end in wilson_interval(4, 4)]  # four of four, and still
    [0.51, 1.0]
    """
    dtype, k, n = validation.to_float64(successes=successes, count=count)
    level = validation.validate_scalar("(0, 1)", level, "level")
    if not np.all((k >= 0) & (k <= n)):
        raise ValueError("successes must lie between 0 and count")
    z2 = NormalDist().inv_cdf((1 + level) / 2) ** 2
    middle = (k + z2 / 2) / (n + z2)
    half = np.sqrt(z2 * (k * (n - k) / np.maximum(n, 1) + z2 / 4)) / (n + z2)
    low, high = np.clip(middle - half, 0, 1), np.clip(middle + half, 0, 1)
    return np.asarray(low, dtype), np.asarray(high, dtype)


@validation.ignore_range_errors
def fit_temperature(logits: ArrayLike, labels: ArrayLike) -> np.ndarray:
    """Find the temperature T that makes the cross-entropy of logits / T least; argmax stays as it is.

    The loss is convex in 1/T, so its slope changes sign once, and bisection finds where.

    logits      (n,)  log-odds of class 1, or (n, K)
    labels      (n,)  integers, 0 or 1, or in [0, K)
    Returns     T > 0, between 1e-6 and 1e6 times the largest difference of logits. The lower end means that
                every answer is right (the loss falls for ever as T falls), the upper that the logits mislead
                on the whole. 1 where all logits are equal or there are none
    Raises      ValueError  as the losses do
    Source      Guo, Pleiss, Sun, Weinberger (2017), On calibration of modern neural networks

    >>> logits = np.log(3.0) * np.array([2, 2, 2, 2])  # says 0.9 where 3 of 4 come true
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
    loss(z, y)  # says what is wrong with the numbers, if anything is
    if z.ndim > 1:
        z = z - z.max(axis=-1, keepdims=True)
    spread = np.max(np.abs(z), initial=0, where=np.isfinite(z))
    if spread == 0:
        return np.asarray(1, dtype)
    low, high = np.log(COLDEST), np.log(HOTTEST)
    for _ in range(60):
        middle = (low + high) / 2
        cooler = z / spread / np.exp(middle)
        slope = loss(cooler, y).grad  # times the logits, summed: d loss / d (1/T), up to a positive factor
        if np.multiply(slope, cooler, out=np.zeros_like(z), where=slope != 0).sum() > 0:
            low = middle
        else:
            high = middle
    return np.asarray(spread * np.exp(middle), dtype)


def cross_entropy_at_temperature(logits: ArrayLike, labels: ArrayLike, temperature: ArrayLike) -> ValueAndGrad:
    """Mean cross-entropy of logits / T, and its slope in T: what fit_temperature makes least.

    logits       (n,)   log-odds of class 1
    labels       (n,)   0 or 1
    temperature  (...)  > 0
    Returns      value and d value / d temperature, both (...)
    Raises       ValueError  as the losses do; a temperature that is not positive

    >>> loss = cross_entropy_at_temperature([2.0, 2.0, -2.0], [1, 0, 0], [1.0, 4.0])
    >>> loss.value.round(4), loss.grad.round(4)
    (array([0.7936, 0.6407]), array([-0.4283,  0.0055]))
    """
    dtype, z, t = validation.to_float64(logits=logits, temperature=temperature)
    if not np.all(t > 0):
        raise ValueError(f"temperature must be > 0, got {np.min(t)}")
    cooler = z / t[..., np.newaxis]
    loss = binary_cross_entropy_with_logits(cooler, np.broadcast_to(labels, cooler.shape))
    slope = np.mean(loss.grad * -cooler, axis=-1) / t
    return ValueAndGrad(loss.value.mean(axis=-1).astype(dtype), slope.astype(dtype))


def _forecasts(probs: ArrayLike, labels: ArrayLike) -> list[Any]:
    dtype, p = validation.to_float64(probs=probs)
    y = validation.validate_labels(labels, 2)
    if p.ndim != 1:
        raise ValueError(f"probs must have shape (n,), got {p.shape}")
    if y.shape != p.shape:
        raise ValueError(f"labels must have shape {p.shape}, got {y.shape}")
    validation.check_interval("[0, 1]", p, "probs")
    return [dtype, p, y]


def _sorted_into_bins(dtype: Any, p: np.ndarray, n_bins: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Edges, the bin of each forecast, and how many are in each bin."""
    n_bins = validation.validate_integer(n_bins, "n_bins")
    edges = (np.arange(n_bins + 1) / n_bins).astype(dtype)  # a float32 0.3 is not above its own edge
    bins = np.maximum(np.searchsorted(edges.astype(np.float64), p, side="left") - 1, 0)
    return edges, bins, np.bincount(bins, minlength=n_bins)


def _gaps(curve: ReliabilityCurve) -> tuple[np.ndarray, np.ndarray]:
    """|confidence - frequency| and count of the bins that are not empty."""
    filled = curve.count > 0
    return np.abs(curve.confidence - curve.frequency)[filled], curve.count[filled]
