"""Reductions from a loss per example to a single number; the arithmetic is here."""

import numpy as np
from numpy.typing import ArrayLike

from xent_core.result import ValueAndGrad
from xent_core.validation import (
    as_result,
    broadcast_shape,
    check_interval,
    ignore_all_errors,
    to_common_float,
    to_float64,
)


@ignore_all_errors
def mean(loss: ValueAndGrad, *, weight: ArrayLike | None = None) -> ValueAndGrad:
    """Return the weighted mean of a loss over all examples, and its gradient.

    loss     value (...); grad with the same leading axes, perhaps more
    weight   (...)  one per example, >= 0; 0 leaves an example out whatever its loss; None weights all examples equally
    Returns  value (), in the units of the loss; grad, the shape of loss.grad. Without examples: nan and 0
    Raises   ValueError if weight has another shape, or an entry is negative or not finite

    >>> loss = ValueAndGrad(value=np.array([1.0, 3.0, np.inf]), grad=np.array([0.5, -0.5, -1.0]))
    >>> value, grad = mean(loss, weight=[1, 1, 0])
    >>> float(value), grad.tolist()
    (2.0, [0.25, -0.25, 0.0])
    """
    value, grad = to_common_float(value=loss[0], grad=loss[1])
    if weight is None and value.size:
        shares = np.divide(value, value.size, dtype=np.float64)  # before adding, so that the sum cannot overflow
        return as_result(shares.sum(), grad / value.size, value.dtype)
    w = _validate_weight(weight, value)
    if not w.any():
        return as_result(np.nan, np.zeros(grad.shape), value.dtype)
    share = w / w.max()  # scaled so that the sum cannot overflow
    return _weighted_sum(value, grad, share / share.sum())


@ignore_all_errors
def total(loss: ValueAndGrad, *, weight: ArrayLike | None = None) -> ValueAndGrad:
    """Return the weighted sum of a loss over all examples, and its gradient.

    loss     value (...); grad with the same leading axes, perhaps more
    weight   (...)  one per example, >= 0; 0 leaves an example out whatever its loss; None weights each example by 1
    Returns  value (), in the units of the loss; grad, the shape of loss.grad. Without examples: 0 and 0
    Raises   ValueError if weight has another shape, or an entry is negative or not finite

    >>> loss = ValueAndGrad(value=np.array([1.0, 3.0]), grad=np.array([0.5, -0.5]))
    >>> value, grad = total(loss, weight=[2, 1])
    >>> float(value), grad.tolist()
    (5.0, [1.0, -0.5])
    """
    value, grad = to_common_float(value=loss[0], grad=loss[1])
    if weight is None:
        return as_result(value.sum(dtype=np.float64), grad.copy(), value.dtype)
    return _weighted_sum(value, grad, _validate_weight(weight, value))


def _weighted_sum(value: np.ndarray, grad: np.ndarray, weight: np.ndarray) -> ValueAndGrad:
    per_entry = weight.reshape(weight.shape + (1,) * (grad.ndim - weight.ndim))
    # Where the weight is 0, an infinite loss counts as 0 too.
    weighted = np.where(weight == 0, 0, weight * value)
    return as_result(weighted.sum(), np.where(per_entry == 0, 0, per_entry * grad), value.dtype)


def _validate_weight(weight: ArrayLike | None, value: np.ndarray) -> np.ndarray:
    if weight is None:
        return np.ones(value.shape)
    _, w = to_float64(weight=weight)
    check_interval("[0, inf)", w, "weight")
    if broadcast_shape("weight", w.shape, value.shape) != value.shape:
        raise ValueError(f"weight must have shape {value.shape}, got {w.shape}")
    return np.broadcast_to(w, value.shape)
