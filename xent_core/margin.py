"""Margin losses, which are 0 once the score of the right class leads by a margin of 1; the arithmetic is here."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from xent_core.blocks import map_blocks
from xent_core.kernels import exact_difference
from xent_core.result import ValueAndGrad
from xent_core.validation import (
    as_result,
    broadcast_labels,
    broadcast_shape,
    check_finite_or_minus_inf,
    check_row_maximum,
    ignore_range_errors,
    read_arrays,
    to_float64,
    validate_class_axis,
    validate_labels,
    validate_sign_labels,
)


@ignore_range_errors
def hinge_loss(scores: ArrayLike, labels: ArrayLike) -> ValueAndGrad:
    """Return the hinge loss, max(0, 1 - label * score): the amount by which a margin of 1 is violated.

    scores   (...)  finite or -inf
    labels   (...)  -1 or 1, as integers or whole numbers in a floating array; for 0 and 1 pass 2 * labels - 1
    Returns  value (...) in [0, inf]; d value / d scores (...), which is 0 at the kink
    Raises   ValueError if the shapes do not broadcast, a score is NaN or +inf, or a label is neither -1 nor 1
    Source   Cortes, Vapnik (1995), Support-Vector Networks

    >>> loss = hinge_loss([2.0, 0.5, -1.0], [1, 1, 1])
    >>> loss.value.tolist(), loss.grad.tolist()
    ([0.0, 0.5, 2.0], [0.0, -1.0, -1.0])
    """

    def block_loss(s: Any, y: Any) -> tuple[Any, Any]:
        violation = 1 - y * s
        return np.maximum(violation, 0), 0 - y * (violation > 0)

    return _map_signed(block_loss, scores, labels)


@ignore_range_errors
def squared_hinge_loss(scores: ArrayLike, labels: ArrayLike) -> ValueAndGrad:
    """Return the squared hinge loss, max(0, 1 - label * score)^2, which has no kink and penalizes large violations.

    scores   (...)  finite or -inf
    labels   (...)  -1 or 1, as integers or whole numbers in a floating array; for 0 and 1 pass 2 * labels - 1
    Returns  value (...) in [0, inf]; d value / d scores (...)
    Raises   ValueError if the shapes do not broadcast, a score is NaN or +inf, or a label is neither -1 nor 1
    Source   Rosasco, De Vito, Caponnetto, Piana, Verri (2004), Are Loss Functions All the Same?

    >>> loss = squared_hinge_loss([2.0, 0.5, -1.0], [1, 1, 1])
    >>> loss.value.tolist(), loss.grad.tolist()
    ([0.0, 0.25, 4.0], [0.0, -1.0, -4.0])
    """

    def block_loss(s: Any, y: Any) -> tuple[Any, Any]:
        violation = np.maximum(1 - y * s, 0)
        return violation * violation, 0 - 2 * y * violation

    return _map_signed(block_loss, scores, labels)


@ignore_range_errors
def multiclass_hinge_loss(scores: ArrayLike, labels: ArrayLike) -> ValueAndGrad:
    """Return the hinge loss of Crammer and Singer, max(0, 1 + best wrong score - right score).

    scores   (..., K)  -inf masks a class
    labels   (...)     integers in [0, K), or booleans or whole numbers in a floating array
    Returns  value (...) in [0, inf]; d value / d scores (..., K), which is 1 at the best wrong class (the first one
             if several tie) and -1 at the right class, or 0 everywhere once the margin is reached
    Raises   ValueError if the shapes do not broadcast, a row of scores has no finite maximum, or a label is not an
             integer in [0, K)
    Source   Crammer, Singer (2001), Algorithmic Implementation of Multiclass Kernel-based Vector Machines

    >>> loss = multiclass_hinge_loss([2.0, 1.5, 0.0], 0)
    >>> float(loss.value), loss.grad.tolist()
    (0.5, [-1.0, 1.0, 0.0])
    """
    dtype, s = to_float64(scores=scores)
    n_classes = validate_class_axis(s, "scores")
    y = validate_labels(labels, n_classes)
    shape = broadcast_labels(y, labels, s.shape)
    check_row_maximum(s.max(axis=-1), "scores")
    wrong = np.array(np.broadcast_to(s, (*shape, n_classes)))
    y = np.broadcast_to(y, shape)[..., None]
    right = np.take_along_axis(wrong, y, axis=-1)
    np.put_along_axis(wrong, y, -np.inf, axis=-1)
    best_wrong = wrong.argmax(axis=-1)[..., None]
    lead, error = exact_difference(right, np.take_along_axis(wrong, best_wrong, axis=-1))
    violation = (1 - lead) - error  # near a margin of 1, the last digits of the scores decide
    grad = np.zeros(wrong.shape)
    np.put_along_axis(grad, best_wrong, np.where(violation > 0, 1, 0), axis=-1)
    np.put_along_axis(grad, y, np.where(violation > 0, -1, 0), axis=-1)
    return as_result(np.maximum(violation[..., 0], 0), grad, dtype)


def _map_signed(
    block_loss: Callable[[Any, Any], tuple[Any, Any]], scores: ArrayLike, labels: ArrayLike
) -> ValueAndGrad:
    dtype, s = read_arrays(scores=scores)
    y = validate_sign_labels(labels)
    broadcast_shape("labels", y.shape, s.shape)
    check_finite_or_minus_inf(s, "scores")
    return map_blocks(block_loss, s, y, dtype=dtype)
