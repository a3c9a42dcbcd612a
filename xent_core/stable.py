"""Sigmoid, softmax, and their logarithms, computed without overflow and without cancellation.

An exponential is taken only of a number that is not positive, and what is added to 1 goes to log1p on its own. The
arithmetic of sigmoid and softplus is here, that of a rounded difference of logits is in kernels.py.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from xent_core.kernels import exact_difference, exp_difference, exp_quotient
from xent_core.validation import (
    check_no_nan,
    check_row_maximum,
    ignore_range_errors,
    move_class_axis_last,
    to_float64,
    validate_scalar,
)


@ignore_range_errors
def softplus(x: ArrayLike) -> np.ndarray:
    """Return ln(1 + e^x), the cross-entropy in nats of log-odds x when the label is 0.

    x        (...)  any number; softplus(-inf) is 0, and softplus(inf) is inf
    Returns  (...)  in [0, inf]: close to e^x for very negative x, and to x for large x
    Raises   ValueError if x is NaN
    Source   Goodfellow, Bengio, Courville (2016), Deep Learning, section 3.10

    >>> softplus([-1000.0, 0.0, 1000.0]).round(3).tolist()  # e^1000 would overflow
    [0.0, 0.693, 1000.0]
    """
    dtype, z = _read(x)
    return np.asarray(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))), dtype)


@ignore_range_errors
def sigmoid(x: ArrayLike) -> np.ndarray:
    """Return 1 / (1 + e^-x), the probability whose log-odds are x.

    x        (...)  any number; sigmoid(-inf) is 0, and sigmoid(inf) is 1
    Returns  (...)  in [0, 1]
    Raises   ValueError if x is NaN
    Source   Goodfellow, Bengio, Courville (2016), Deep Learning, section 3.10

    >>> sigmoid([-40.0, 0.0, 40.0]).tolist()  # 1 - sigmoid(40) would be 0; sigmoid(-40) is not
    [4.248354255291589e-18, 0.5, 1.0]
    """
    dtype, z = _read(x)
    e = np.exp(-np.abs(z))
    return np.asarray(np.maximum(e, z >= 0) / (1 + e), dtype)


@ignore_range_errors
def log_sigmoid(x: ArrayLike) -> np.ndarray:
    """Return ln sigmoid(x), which equals -softplus(-x).

    x        (...)  any number; log_sigmoid(-inf) is -inf, and log_sigmoid(inf) is 0
    Returns  (...)  in [-inf, 0]
    Raises   ValueError if x is NaN
    Source   Goodfellow, Bengio, Courville (2016), Deep Learning, section 3.10

    >>> log_sigmoid([-1000.0, 0.0]).round(3).tolist()
    [-1000.0, -0.693]
    """
    dtype, z = _read(x)
    return np.asarray(np.minimum(z, 0) - np.log1p(np.exp(-np.abs(z))), dtype)


@ignore_range_errors
def logsumexp(x: ArrayLike, axis: int = -1) -> np.ndarray:
    """Return ln(sum of e^x), a smooth approximation of the maximum.

    x        (..., K, ...)  K numbers along axis, finite or -inf
    axis     an integer     the axis to sum over; the last one unless another is given
    Returns  the shape of x without that axis; between max x and max x + ln K
    Raises   ValueError if K = 0, x has no such axis, or a row has no finite maximum (NaN, +inf, or only -inf)
    Source   Blanchard, Higham, Higham (2021), Accurately computing the log-sum-exp and softmax functions

    >>> float(logsumexp([1000.0, 1000.0]))  # 1000 + ln 2, though e^1000 overflows
    1000.6931471805599
    """
    dtype, z = to_float64(x=x)
    m, rest = _top_and_rest(move_class_axis_last(z, axis, "x"), "x")
    return np.asarray((m + np.log1p(rest))[..., 0], dtype)


@ignore_range_errors
def softmax(logits: ArrayLike, *, temperature: float = 1.0, axis: int = -1) -> np.ndarray:
    """Return e^(z/T) divided by its sum: probabilities whose log-ratios are the differences of logits divided by T.

    logits       (..., K, ...)  K classes along axis; -inf masks a class
    temperature  > 0            T; 1 leaves the logits unchanged, a higher one flattens, a lower one sharpens
    axis         an integer     the axis of the classes; the last one unless another is given
    Returns      the shape of logits, in [0, 1], summing to 1 along axis
    Raises       ValueError if K = 0, logits has no such axis, a row has no finite maximum, or temperature is not
                 positive
    Source       Goodfellow, Bengio, Courville (2016), Deep Learning, section 6.2.2.3

    >>> softmax([1000.0, 1001.0]).round(3).tolist()
    [0.269, 0.731]
    >>> softmax([1000.0, 1001.0], temperature=0.1).round(5).tolist()
    [5e-05, 0.99995]
    """
    temperature = validate_scalar("(0, inf)", temperature, "temperature")
    dtype, z = to_float64(logits=logits)
    z = move_class_axis_last(z, axis, "logits")
    m = z.max(axis=-1, keepdims=True)
    check_row_maximum(m[..., 0], "logits")
    e = exp_difference(z, m) if temperature == 1 else exp_quotient(*exact_difference(z, m), temperature)
    return np.asarray(np.moveaxis(e / e.sum(axis=-1, keepdims=True), -1, axis), dtype)


@ignore_range_errors
def log_softmax(logits: ArrayLike, *, axis: int = -1) -> np.ndarray:
    """Return ln softmax(logits), fully accurate even where the probability would round to 0 or to 1.

    logits   (..., K, ...)  K classes along axis; -inf masks a class
    axis     an integer     the axis of the classes; the last one unless another is given
    Returns  the shape of logits, in [-inf, 0]
    Raises   ValueError if K = 0, a row has no finite maximum, or logits has no such axis
    Source   Blanchard, Higham, Higham (2021), Accurately computing the log-sum-exp and softmax functions

    >>> log_softmax([0.0, 50.0]).tolist()  # the second is -e^-50; ln of the rounded p would be 0
    [-50.0, -1.9287498479639178e-22]
    """
    dtype, z = to_float64(logits=logits)
    z = move_class_axis_last(z, axis, "logits")
    m, rest = _top_and_rest(z, "logits")
    return np.asarray(np.moveaxis((z - m) - np.log1p(rest), -1, axis), dtype)


def _top_and_rest(x: np.ndarray, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return max x, and the sum of e^(x - max x) over the other entries, which log1p adds to the 1 of the maximum."""
    top = x.argmax(axis=-1)[..., None]
    m = np.take_along_axis(x, top, axis=-1)
    check_row_maximum(m[..., 0], name)
    e = exp_difference(x, m)
    np.put_along_axis(e, top, 0, axis=-1)
    return m, e.sum(axis=-1, keepdims=True)


def _read(x: ArrayLike) -> list[Any]:
    dtype, z = to_float64(x=x)
    check_no_nan(z, "x")
    return [dtype, z]
