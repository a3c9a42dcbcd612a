"""Losses that ask for a margin, and are content once they have it."""

import numpy as np
from numpy.typing import ArrayLike

from xent_core.kernels import exact_difference
from xent_core.result import ValueAndGrad, as_result
from xent_core.validation import (
    broadcast_shape,
    check_finite_or_minus_inf,
    check_row_maximum,
    ignore_range_errors,
    to_float64,
    validate_class_axis,
    validate_labels,
    validate_sign_labels,
)


@ignore_range_errors
def hinge_loss(scores: ArrayLike, labels: ArrayLike) -> ValueAndGrad:
    """max(0, 1 - label * score): what is missing to a margin of 1.

    scores   (...)  finite or -inf
    labels   (...)  integers -1 or 1
    Returns  value (...) in [0, inf]; d value / d scores (...), 0 at the kink
    Raises   ValueError  shapes that do not meet; NaN; +inf; other labels
    Source   Cortes, Vapnik (1995), Support-Vector Networks

    >>> loss = hinge_loss([2.0, 0.5, -1.0], [1, 1, 1])
    >>> loss.value.tolist(), loss.grad.tolist()
    ([0.0, 0.5, 2.0], [0.0, -1.0, -1.0])
    """
    dtype, missing, y = _missing_margin(scores, labels)
    return as_result(value=np.maximum(missing, 0), grad=np.where(missing > 0, -y, 0), dtype=dtype)


@ignore_range_errors
def squared_hinge_loss(scores: ArrayLike, labels: ArrayLike) -> ValueAndGrad:
    """max(0, 1 - label * score) squared: no kink, and a large miss counts more.

    scores   (...)  finite or -inf
    labels   (...)  integers -1 or 1
    Returns  value (...) in [0, inf]; d value / d scores (...)
    Raises   ValueError  shapes that do not meet; NaN; +inf; other labels
    Source   Rosasco, De Vito, Caponnetto, Piana, Verri (2004), Are Loss Functions All the Same?

    >>> loss = squared_hinge_loss([2.0, 0.5, -1.0], [1, 1, 1])
    >>> loss.value.tolist(), loss.grad.tolist()
    ([0.0, 0.25, 4.0], [0.0, -1.0, -4.0])
    """
    dtype, missing, y = _missing_margin(scores, labels)
    missing = np.maximum(missing, 0)
    return as_result(value=missing**2, grad=np.where(missing > 0, -2 * y * missing, 0), dtype=dtype)


@ignore_range_errors
def multiclass_hinge_loss(scores: ArrayLike, labels: ArrayLike) -> ValueAndGrad:
    """max(0, 1 + best wrong score - right score), after Crammer and Singer.

    scores   (..., K)  -inf masks a class
    labels   (...)     integers in [0, K)
    Returns  value (...) in [0, inf]; d value / d scores (..., K): 1 at the best wrong class (the first of
             a tie) and -1 at the right one, or all 0 once the margin is 1
    Raises   ValueError  shapes that do not meet; NaN; +inf; a row of -inf; a label that is no class
    Source   Crammer, Singer (2001), Algorithmic Implementation of Multiclass Kernel-based Vector Machines

    >>> loss = multiclass_hinge_loss([2.0, 1.5, 0.0], 0)
    >>> float(loss.value), loss.grad.tolist()
    (0.5, [-1.0, 1.0, 0.0])
    """
    dtype, s = to_float64(scores=scores)
    n_classes = validate_class_axis(s, "scores")
    y = validate_labels(labels, n_classes)
    shape = broadcast_shape("labels", y.shape, s.shape[:-1])
    check_row_maximum(s.max(axis=-1), "scores")
    wrong = np.array(np.broadcast_to(s, (*shape, n_classes)))
    y = np.broadcast_to(y, shape)[..., None]
    right = np.take_along_axis(wrong, y, axis=-1)
    np.put_along_axis(wrong, y, -np.inf, axis=-1)
    best = wrong.argmax(axis=-1)[..., None]
    lead, lost = exact_difference(right, np.take_along_axis(wrong, best, axis=-1))
    missing = (1 - lead) - lost  # a score's last digits decide near a margin of 1
    grad = np.zeros(wrong.shape)
    np.put_along_axis(grad, best, np.where(missing > 0, 1, 0), axis=-1)
    np.put_along_axis(grad, y, np.where(missing > 0, -1, 0), axis=-1)
    return as_result(np.maximum(missing[..., 0], 0), grad, dtype)


def _missing_margin(scores: ArrayLike, labels: ArrayLike) -> tuple[type, np.ndarray, np.ndarray]:
    dtype, s = to_float64(scores=scores)
    y = validate_sign_labels(labels)
    shape = broadcast_shape("labels", y.shape, s.shape)
    check_finite_or_minus_inf(s, "scores")
    return dtype, 1 - np.broadcast_to(y, shape) * s, np.broadcast_to(y, shape)
