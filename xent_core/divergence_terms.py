"""What one outcome adds to a divergence, to the last digits where p and q nearly agree.

Both sums are of terms that are never negative, and near p = q each term comes from a series in
t = (q - p)/(q + p), because there the textbook's logarithm would leave nothing but its rounding.
"""

import numpy as np

KL_TERMS = 14  # for |t| < 0.3, and
JS_TERMS = 26  # for |t| < 0.5: the next one is below 1e-17 of the sum


def log_ratio(p: np.ndarray, q: np.ndarray) -> np.ndarray:
    """log(p/q) where p > 0, also when p/q is beyond the largest float; elsewhere 0."""
    ratio = np.divide(p, q, out=np.ones_like(p), where=p > 0)
    too_large = np.isinf(ratio)
    logarithm = np.log(ratio, out=np.zeros_like(p), where=~too_large)
    return np.subtract(np.log(p), np.log(q), out=logarithm, where=too_large)


def kl_terms(p: np.ndarray, q: np.ndarray, log_ratio: np.ndarray) -> np.ndarray:
    """p log(p/q) - p + q, each >= 0; for p ≈ q by the series of log in t = (q - p)/(q + p)."""
    gap, both = q - p, q + p
    t = np.divide(gap, both, out=np.zeros_like(p), where=np.abs(gap) < 0.3 * both)
    d = np.divide(gap, p, out=np.zeros_like(p), where=t != 0)
    tail = np.zeros_like(p)
    for k in range(KL_TERMS, 0, -1):  # t²/3 + t⁴/5 + …
        tail = t**2 * (1 / (2 * k + 1) + tail)
    far = np.multiply(p, log_ratio, out=np.zeros_like(p), where=p > 0) + gap
    return np.where(np.abs(gap) < 0.3 * both, p * t * (d - 2 * tail), far)


def even_series(t: np.ndarray) -> np.ndarray:
    """(1+t) log(1+t) + (1-t) log(1-t) for |t| <= 1/2: t² + t⁴/6 + t⁶/15 + …, no term negative."""
    square = np.minimum(t**2, 0.25)
    series = np.zeros_like(t)
    for k in range(JS_TERMS, 0, -1):
        series = square * (1 / (k * (2 * k - 1)) + series)
    return series
