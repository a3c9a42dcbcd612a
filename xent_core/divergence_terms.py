"""The contribution of one outcome to a divergence, accurate even if p and q nearly agree.

Every term is non-negative. For p close to q it comes from a series in t = (q - p)/(q + p), because the textbook's
logarithm would leave nothing there but rounding errors.
"""

import numpy as np

# The numbers of terms of the two series, chosen so that the next term is below 1e-17 of the sum.
KL_SERIES_TERMS = 14  # for |t| < 0.3
JS_SERIES_TERMS = 26  # for |t| < 0.5


def log_ratio(p: np.ndarray, q: np.ndarray) -> np.ndarray:
    """Return log(p/q) where p > 0, even if p/q exceeds the largest float, and 0 elsewhere."""
    ratio = np.divide(p, q, out=np.ones_like(p), where=p > 0)
    overflowed = np.isinf(ratio)
    logarithm = np.log(ratio, out=np.zeros_like(p), where=~overflowed)
    return np.subtract(np.log(p), np.log(q), out=logarithm, where=overflowed)


def kl_terms(p: np.ndarray, q: np.ndarray, log_ratio: np.ndarray) -> np.ndarray:
    """Return p log(p/q) - p + q, which is never negative; for p close to q, sum the series of log in t."""
    difference, total = q - p, q + p
    is_close = np.abs(difference) < 0.3 * total
    t = np.divide(difference, total, out=np.zeros_like(p), where=is_close)
    d = np.divide(difference, p, out=np.zeros_like(p), where=t != 0)
    tail = np.zeros_like(p)
    for k in range(KL_SERIES_TERMS, 0, -1):  # t²/3 + t⁴/5 + …
        tail = t**2 * (1 / (2 * k + 1) + tail)
    direct = np.multiply(p, log_ratio, out=np.zeros_like(p), where=p > 0) + difference
    return np.where(is_close, p * t * (d - 2 * tail), direct)


def even_series(t: np.ndarray) -> np.ndarray:
    """Return (1+t) log(1+t) + (1-t) log(1-t) for |t| <= 1/2 from t² + t⁴/6 + t⁶/15 + …, whose terms are >= 0."""
    square = np.minimum(t**2, 0.25)
    series = np.zeros_like(t)
    for k in range(JS_SERIES_TERMS, 0, -1):
        series = square * (1 / (k * (2 * k - 1)) + series)
    return series
