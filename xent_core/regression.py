"""Losses of a number: how far off, and how much that matters."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from xent_core.result import ValueAndGrad, as_result
from xent_core.validation import broadcast_pair, check_finite, ignore_range_errors, to_float64, validate_scalar


@ignore_range_errors
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
    return as_result(value=off**2, grad=2 * off, dtype=dtype)


@ignore_range_errors
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
    return as_result(value=np.abs(off), grad=np.sign(off), dtype=dtype)


@ignore_range_errors
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
    delta = validate_scalar("(0, inf)", delta, "delta")
    dtype, off = _off(pred, target)
    bent = np.minimum(np.abs(off), delta)  # off^2 / 2 inside and delta (|off| - delta / 2) outside, in one
    return as_result(value=bent * (np.abs(off) - bent / 2), grad=np.copysign(bent, off), dtype=dtype)


def constant_prediction_loss(
    loss: Callable[..., ValueAndGrad], constant: ArrayLike, target: ArrayLike, **options: float
) -> ValueAndGrad:
    """Mean of a loss over all targets when the same number is said for each.

    loss      one of this module, with its options
    constant  (...)  finite
    target    (N,)   finite
    Returns   value (...); d value / d constant (...)
    Raises    ValueError  as the loss does; no targets

    >>> forecast = constant_prediction_loss(squared_error, [3.0, 4.0], [1.0, 2.0, 9.0])
    >>> forecast.value.tolist(), forecast.grad.tolist()
    ([13.666666666666666, 12.666666666666666], [-2.0, 0.0])
    """
    dtype, said, y = to_float64(constant=constant, target=target)
    if y.ndim != 1 or not y.size:
        raise ValueError(f"target must have shape (N,) with N at least 1, got {y.shape}")
    each = loss(
        np.broadcast_to(said[..., None], (*said.shape, len(y))), np.broadcast_to(y, (*said.shape, len(y))), **options
    )
    return as_result(each.value.mean(axis=-1), each.grad.mean(axis=-1), dtype)


def best_constant(loss: Callable[..., ValueAndGrad], target: ArrayLike, **options: float) -> float:
    """Find the number that is best said for all targets under a convex loss: where its mean slope turns.

    loss     one of this module, with its options
    target   (N,)  finite; under absolute_error an even N has a whole stretch of best numbers, its lower end is given
    Returns  the mean under squared_error, a median under absolute_error
    Raises   ValueError  as constant_prediction_loss

    >>> prices = [2.0, 2.4, 3.0, 3.4, 10.0]
    >>> [round(best_constant(loss, prices), 9) for loss in (squared_error, absolute_error, huber_loss)]
    [4.16, 3.0, 2.95]
    """
    _, y = to_float64(target=target)
    low, high = float(y.min()), float(y.max())
    for _ in range(5):  # each round narrows the interval 256 times
        grid = np.linspace(low, high, 257)
        falling = constant_prediction_loss(loss, grid, y, **options).grad < 0
        last = int(np.argmin(falling)) - 1 if not falling.all() else len(grid) - 2
        low, high = float(grid[max(last, 0)]), float(grid[max(last, 0) + 1])
    return high


def _off(pred: ArrayLike, target: ArrayLike) -> tuple[type, np.ndarray]:
    dtype, f, y = to_float64(pred=pred, target=target)
    f, y = broadcast_pair(f, y, "target")
    check_finite(f, "pred")
    check_finite(y, "target")
    return dtype, f - y
