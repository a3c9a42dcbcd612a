"""Losses of a number: how far off, and how much that matters."""

import numpy as np
from numpy.typing import ArrayLike

from xent_core.checks import doubles, finite, meet, option, reaches_limits
from xent_core.result import ValueAndGrad, answer


@reaches_limits
def squared_error(pred: ArrayLike, target: ArrayLike) -> ValueAndGrad:
    """(pred - target)^2, smallest in the mean at the mean.

    pred     (...)  finite
    target   (...)  finite
    Returns  value (...) in [0, inf]; d value / d pred (...)
    Raises   ValueError  shapes that do not meet; NaN or infinity
    Source   Bishop (2006), Pattern Recognition and Machine Learning, section 1.5.5

    >>> loss = squared_error([1.0, 4.0], 1.0)
    >>> loss.value.tolist(), loss.grad.tolist()
    ([0.0, 9.0], [0.0, 6.0])
    """
    dtype, off = _off(pred, target)
    return answer(value=off**2, grad=2 * off, dtype=dtype)


@reaches_limits
def absolute_error(pred: ArrayLike, target: ArrayLike) -> ValueAndGrad:
    """|pred - target|, smallest in the mean at the median.

    pred     (...)  finite
    target   (...)  finite
    Returns  value (...) in [0, inf]; d value / d pred (...), 0 at the kink
    Raises   ValueError  shapes that do not meet; NaN or infinity
    Source   Bishop (2006), Pattern Recognition and Machine Learning, section 1.5.5

    >>> loss = absolute_error([1.0, 4.0], 1.0)
    >>> loss.value.tolist(), loss.grad.tolist()
    ([0.0, 3.0], [0.0, 1.0])
    """
    dtype, off = _off(pred, target)
    return answer(value=np.abs(off), grad=np.sign(off), dtype=dtype)


@reaches_limits
def huber_loss(pred: ArrayLike, target: ArrayLike, *, delta: float = 1.0) -> ValueAndGrad:
    """Half the squared error up to delta, a straight line beyond: an outlier pulls no harder than delta.

    pred     (...)  finite
    target   (...)  finite
    delta    > 0    where the parabola goes over into the line
    Returns  value (...) in [0, inf]; d value / d pred (...), in [-delta, delta]
    Raises   ValueError  shapes that do not meet; NaN or infinity; delta not positive
    Source   Huber (1964), Robust Estimation of a Location Parameter

    >>> loss = huber_loss([1.5, 4.0], 1.0)
    >>> loss.value.tolist(), loss.grad.tolist()
    ([0.125, 2.5], [0.5, 1.0])
    """
    delta = option("(0, inf)", delta, "delta")
    dtype, off = _off(pred, target)
    bent = np.minimum(np.abs(off), delta)  # off^2 / 2 inside and delta (|off| - delta / 2) outside, in one
    return answer(value=bent * (np.abs(off) - bent / 2), grad=np.copysign(bent, off), dtype=dtype)


def _off(pred: ArrayLike, target: ArrayLike) -> tuple[type, np.ndarray]:
    dtype, f, y = doubles(pred=pred, target=target)
    f, y = meet(f, y, "target")
    finite(f, "pred")
    finite(y, "target")
    return dtype, f - y
