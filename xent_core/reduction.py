"""Reductions from a loss per example to a single number."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from xent_core.kernels import zero_safe_multiply
from xent_core.result import ValueAndGrad
from xent_core.validation import as_result, broadcast_shape, check_interval, ignore_range_errors, to_float64


@ignore_range_errors
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
    dtype, value, grad, w = _validate_weight(loss, weight)
    if not w.any():
        return as_result(np.nan, np.zeros(grad.shape), dtype)
    share = w / w.max()  # scaled so that the sum cannot overflow
    return as_result(*total(ValueAndGrad(value, grad), weight=share / share.sum()), dtype)


@ignore_range_errors
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
    dtype, value, grad, w = _validate_weight(loss, weight)
    per_entry = w.reshape(w.shape + (1,) * (grad.ndim - w.ndim))
    return as_result(zero_safe_multiply(w, value).sum(), zero_safe_multiply(per_entry, grad), dtype)


def _validate_weight(loss: ValueAndGrad, weight: ArrayLike | None) -> tuple[Any, np.ndarray, np.ndarray, np.ndarray]:
    dtype, value, grad = to_float64(value=loss[0], grad=loss[1])
    if weight is None:
        return dtype, value, grad, np.ones(value.shape)
    _, w = to_float64(weight=weight)
    check_interval("[0, inf)", w, "weight")
    if broadcast_shape("weight", w.shape, value.shape) != value.shape:
        raise ValueError(f"weight must have shape {value.shape}, got {w.shape}")
    return dtype, value, grad, np.broadcast_to(w, value.shape)
