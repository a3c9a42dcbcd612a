"""Losses of an order: what matters is who stands above whom."""

import numpy as np
from numpy.typing import ArrayLike

from xent_core.kernels import exact_difference
from xent_core.multiclass import softmax_cross_entropy
from xent_core.result import ValueAndGrad, as_result
from xent_core.stable import softmax
from xent_core.validation import (
    broadcast_pair,
    check_finite,
    check_row_maximum,
    ignore_range_errors,
    to_float64,
    validate_class_axis,
    validate_scalar,
)


@ignore_range_errors
def pairwise_hinge_loss(scores: ArrayLike, relevance: ArrayLike, *, margin: float = 1.0) -> ValueAndGrad:
    """Mean over the pairs where i is more relevant than j of max(0, margin - (s_i - s_j)).

    scores     (..., K)  of the K items of a list, finite
    relevance  (..., K)  the higher, the further up it belongs, finite; equals make no pair
    margin     >= 0      the lead asked for
    Returns    value (...) in [0, inf], 0 where there is no pair; d value / d scores (..., K)
    Raises     ValueError  shapes that do not meet; NaN or infinity; margin negative; K = 0
    Source     Herbrich, Graepel, Obermayer (2000), Large Margin Rank Boundaries for Ordinal Regression

    >>> loss = pairwise_hinge_loss([3.0, 1.0, 1.5], [2, 1, 0])  # of three pairs the last is out of order
    >>> float(loss.value), loss.grad.round(3).tolist()
    (0.5, [0.0, -0.333, 0.333])
    """
    margin = validate_scalar("[0, inf)", margin, "margin")
    dtype, s, r = _items(scores, relevance)
    check_finite(s, "scores")
    check_finite(r, "relevance")
    ordered = r[..., :, None] > r[..., None, :]
    lead, lost = exact_difference(s[..., :, None], s[..., None, :])
    missing = np.where(ordered, (margin - lead) - lost, 0)
    missed = missing > 0
    pairs = np.maximum(ordered.sum(axis=(-2, -1)), 1)
    value = np.maximum(missing, 0).sum(axis=(-2, -1)) / pairs
    return as_result(value, (missed.sum(axis=-2) - missed.sum(axis=-1)) / pairs[..., None], dtype)


@ignore_range_errors
def listnet_loss(scores: ArrayLike, relevance: ArrayLike) -> ValueAndGrad:
    """Cross-entropy of softmax(scores) against softmax(relevance): who comes first, as a distribution.

    scores     (..., K)  of the K items of a list; -inf cannot come first
    relevance  (..., K)  logits of truly coming first
    Returns    value (...) in nats, at least the entropy of softmax(relevance); d value / d scores (..., K)
    Raises     ValueError  shapes that do not meet; NaN; +inf; a row of -inf; K = 0
    Source     Cao, Qin, Liu, Tsai, Li (2007), Learning to Rank: From Pairwise Approach to Listwise Approach

    >>> loss = listnet_loss([0.0, 1.0], [1.0, 0.0])
    >>> round(float(loss.value), 4), loss.grad.round(4).tolist()
    (1.0443, [-0.4621, 0.4621])
    """
    dtype, s, r = _items(scores, relevance)
    check_row_maximum(s.max(axis=-1), "scores")
    check_row_maximum(r.max(axis=-1), "relevance")
    value, grad = softmax_cross_entropy(s, softmax(r))
    return as_result(value, grad, dtype)


def _items(scores: ArrayLike, relevance: ArrayLike) -> tuple[type, np.ndarray, np.ndarray]:
    dtype, s, r = to_float64(scores=scores, relevance=relevance)
    validate_class_axis(s, "scores")
    s, r = broadcast_pair(s, r, "relevance", classes=True)
    return dtype, s, r
