"""Regression losses, which score a predicted number by its distance from the target; the arithmetic is here."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from xent_core.blocks import map_blocks
from xent_core.result import ValueAndGrad
from xent_core.validation import (
    as_result,
    broadcast_pair,
    check_finite,
    ignore_range_errors,
    read_arrays,
    to_float64,
    validate_scalar,
)


@ignore_range_errors
def squared_error(pred: ArrayLike, target: ArrayLike) -> ValueAndGrad:
    """Return the squared error, (pred - target)^2, whose mean is least when pred is the mean of the targets.

    pred     (...)  finite
    target   (...)  finite
    Returns  value (...) in [0, inf]; d value / d pred (...)
    Raises   ValueError if the shapes do not broadcast, or an entry is NaN or infinite
    Source   Bishop (2006), Pattern Recognition and Machine Learning, section 1.5.5

    >>> loss = squared_error([1.0, 4.0], 1.0)
    >>> loss.value.tolist(), loss.grad.tolist()
    ([0.0, 9.0], [0.0, 6.0])
    """
    return _map_residuals(lambda residual: (residual * residual, 2 * residual), pred, target)


@ignore_range_errors
def absolute_error(pred: ArrayLike, target: ArrayLike) -> ValueAndGrad:
    """Return the absolute error, |pred - target|, whose mean is least when pred is a median of the targets.

    pred     (...)  finite
    target   (...)  finite
    Returns  value (...) in [0, inf]; d value / d pred (...), which is 0 at the kink
    Raises   ValueError if the shapes do not broadcast, or an entry is NaN or infinite
    Source   Bishop (2006), Pattern Recognition and Machine Learning, section 1.5.5

    >>> loss = absolute_error([1.0, 4.0], 1.0)
    >>> loss.value.tolist(), loss.grad.tolist()
    ([0.0, 3.0], [0.0, 1.0])
    """
    return _map_residuals(lambda residual: (np.abs(residual), np.sign(residual)), pred, target)


@ignore_range_errors
def huber_loss(pred: ArrayLike, target: ArrayLike, *, delta: float = 1.0) -> ValueAndGrad:
    """Return the Huber loss, half the squared error up to a residual of delta and linear beyond it.

    pred     (...)  finite
    target   (...)  finite
    delta    > 0    the residual at which the parabola becomes a line
    Returns  value (...) in [0, inf]; d value / d pred (...) in [-delta, delta], so that outliers have limited effect
    Raises   ValueError if the shapes do not broadcast, an entry is NaN or infinite, or delta is not positive
    Source   Huber (1964), Robust Estimation of a Location Parameter

    >>> loss = huber_loss([1.5, 4.0], 1.0)
    >>> loss.value.tolist(), loss.grad.tolist()
    ([0.125, 2.5], [0.5, 1.0])
    """
    delta = validate_scalar("(0, inf)", delta, "delta")

    def block_loss(residual: Any) -> tuple[Any, Any]:
        size, clipped = np.abs(residual), np.clip(residual, -delta, delta)
        inside = np.abs(clipped)  # gives size^2 / 2 inside and delta (size - delta / 2) outside
        return inside * (size - inside / 2), clipped

    return _map_residuals(block_loss, pred, target)


def constant_prediction_loss(
    loss: Callable[..., ValueAndGrad], constant: ArrayLike, target: ArrayLike, **options: float
) -> ValueAndGrad:
    """Return the mean loss over all targets when the same number is predicted for each.

    loss      a loss of this module; options are passed on to it
    constant  (...)  the predicted number, or several to compare; finite
    target    (N,)   finite
    Returns   value (...); d value / d constant (...)
    Raises    ValueError under the conditions of the loss, or if there are no targets

    >>> result = constant_prediction_loss(squared_error, [3.0, 4.0], [1.0, 2.0, 9.0])
    >>> result.value.tolist(), result.grad.tolist()
    ([13.666666666666666, 12.666666666666666], [-2.0, 0.0])
    """
    dtype, c, y = to_float64(constant=constant, target=target)
    if y.ndim != 1 or not y.size:
        raise ValueError(f"target must have shape (N,) with N at least 1, got {y.shape}")
    shape = (*c.shape, len(y))
    per_target = loss(np.broadcast_to(c[..., None], shape), np.broadcast_to(y, shape), **options)
    return as_result(per_target.value.mean(axis=-1), per_target.grad.mean(axis=-1), dtype)


def best_constant(loss: Callable[..., ValueAndGrad], target: ArrayLike, **options: float) -> float:
    """Return the constant prediction with the least mean loss, for a convex loss.

    loss     a loss of this module; options are passed on to it
    target   (N,)  finite
    Returns  the mean under squared_error and a median under absolute_error; if a whole interval of constants is
             equally good, its lower end
    Raises   ValueError under the conditions of constant_prediction_loss

    >>> prices = [2.0, 2.4, 3.0, 3.4, 10.0]
    >>> [round(best_constant(loss, prices), 9) for loss in (squared_error, absolute_error, huber_loss)]
    [4.16, 3.0, 2.95]
    """
    _, y = to_float64(target=target)
    low, high = float(y.min()), float(y.max())
    for _ in range(5):  # each iteration shrinks the interval that holds the sign change by a factor of 256
        grid = np.linspace(low, high, 257)
        falling = constant_prediction_loss(loss, grid, y, **options).grad < 0
        last = int(np.argmin(falling)) - 1 if not falling.all() else len(grid) - 2
        low, high = float(grid[max(last, 0)]), float(grid[max(last, 0) + 1])
    return high


def _map_residuals(block_loss: Callable[[Any], tuple[Any, Any]], pred: ArrayLike, target: ArrayLike) -> ValueAndGrad:
    dtype, f, y = read_arrays(pred=pred, target=target)
    f, y = broadcast_pair(f, y, "target")
    check_finite(f, "pred")
    check_finite(y, "target")
    return map_blocks(lambda f, y: block_loss(f - y), f, y, dtype=dtype)
