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
    with np.errstate(invalid="ignore"):  # 0 / 0, whose logarithm is not used
        ratio = p / q
    logarithm = np.log(ratio)
    overflowed = np.isinf(ratio)
    if overflowed.any():
        logarithm[overflowed] = np.log(p[overflowed]) - np.log(q[overflowed])
    return np.where(p > 0, logarithm, 0)


def kl_terms(p: np.ndarray, q: np.ndarray, log_ratio: np.ndarray) -> np.ndarray:
    """Return p log(p/q) - p + q, which is never negative; for p close to q, sum the series of log in t."""
    difference, total = q - p, q + p
    terms = p * log_ratio + difference
    is_close = np.abs(difference) < 0.3 * total
    if is_close.any():
        p, difference, total = p[is_close], difference[is_close], total[is_close]
        t, tail = difference / total, np.zeros_like(p)
        square = t * t
        for k in range(KL_SERIES_TERMS, 0, -1):  # t²/3 + t⁴/5 + …
            tail = square * (1 / (2 * k + 1) + tail)
        terms[is_close] = p * t * (difference / p - 2 * tail)
    return terms


def js_terms(p: np.ndarray, q: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (p + q) [(1+t) log(1+t) + (1-t) log(1-t)] and log(1+t), with t = (q - p)/(q + p) and 1 + t = 2q/(p + q).

    Where p and q are both 0, the first is 0 and the second log 2, its limit as p tends to 0 before q.
    """
    total = p + q
    with np.errstate(invalid="ignore"):  # 0 / 0, which is replaced
        t = np.where(total > 0, (q - p) / total, 1)
        p_over_m, q_over_m = np.where(total > 0, 2 * p / total, 0), np.where(total > 0, 2 * q / total, 2)
    bracket, log_q_over_m = _xlogx(p_over_m) + _xlogx(q_over_m), np.log(q_over_m)
    is_close = np.abs(t) < 0.5
    if is_close.any():
        bracket[is_close] = _even_series(t[is_close])
        log_q_over_m[is_close] = np.log1p(t[is_close])
    return total * bracket, log_q_over_m


def _even_series(t: np.ndarray) -> np.ndarray:
    """Return (1+t) log(1+t) + (1-t) log(1-t) for |t| <= 1/2 from t² + t⁴/6 + t⁶/15 + …, whose terms are >= 0."""
    square, series = t * t, np.zeros_like(t)
    for k in range(JS_SERIES_TERMS, 0, -1):
        series = square * (1 / (k * (2 * k - 1)) + series)
    return series


def _xlogx(x: np.ndarray) -> np.ndarray:
    return x * np.log(np.where(x > 0, x, 1))
