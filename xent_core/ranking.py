"""Ranking losses, which score the order of a list of items; what they share with softmax losses is in kernels.py."""

import numpy as np
from numpy.typing import ArrayLike

from xent_core.blocks import map_logit_blocks
from xent_core.kernels import exact_difference, exp_below_maximum, soft_cross_entropy
from xent_core.result import ValueAndGrad
from xent_core.validation import (
    as_result,
    broadcast_pair,
    check_finite,
    check_row_maximum,
    ignore_range_errors,
    read_arrays,
    validate_class_axis,
    validate_scalar,
)


@ignore_range_errors
def pairwise_hinge_loss(scores: ArrayLike, relevance: ArrayLike, *, margin: float = 1.0) -> ValueAndGrad:
    """Return the mean of max(0, margin - (s_i - s_j)) over all pairs in which item i is more relevant than item j.

    scores     (..., K)  one score per item of a list, finite
    relevance  (..., K)  the more relevant an item, the higher it belongs; finite; equal items form no pair
    margin     >= 0      the required lead
    Returns    value (...) in [0, inf], 0 if there is no pair; d value / d scores (..., K), which is 0 at a kink
    Raises     ValueError if the shapes do not broadcast, an entry is NaN or infinite, margin is negative, or K = 0
    Source     Herbrich, Graepel, Obermayer (2000), Large Margin Rank Boundaries for Ordinal Regression

    >>> loss = pairwise_hinge_loss([3.0, 1.0, 1.5], [2, 1, 0])  # the last of the three pairs is out of order
    >>> float(loss.value), loss.grad.round(3).tolist()
    (0.5, [0.0, -0.333, 0.333])
    """
    margin = validate_scalar("[0, inf)", margin, "margin")
    dtype, s, r = _validate_items(scores, relevance)
    check_finite(s, "scores")
    check_finite(r, "relevance")
    s = s.astype(np.float64, copy=False)
    is_pair = r[..., :, None] > r[..., None, :]
    lead, error = exact_difference(s[..., :, None], s[..., None, :])
    violation = np.where(is_pair, (margin - lead) - error, 0)
    violated = violation > 0
    n_pairs = np.maximum(is_pair.sum(axis=(-2, -1)), 1)
    value = np.maximum(violation, 0).sum(axis=(-2, -1)) / n_pairs
    grad = (violated.sum(axis=-2) - violated.sum(axis=-1)) / n_pairs[..., None]
    return as_result(value, grad, dtype)


@ignore_range_errors
def listnet_loss(scores: ArrayLike, relevance: ArrayLike) -> ValueAndGrad:
    """Return the cross-entropy of softmax(scores) against softmax(relevance), in nats (top-one ListNet).

    Both softmaxes are distributions over which item comes first.

    scores     (..., K)  one score per item of a list; -inf excludes an item from coming first
    relevance  (..., K)  the logits of the true distribution
    Returns    value (...), at least the entropy of softmax(relevance); d value / d scores (..., K)
    Raises     ValueError if the shapes do not broadcast, a row has no finite maximum, or K = 0
    Source     Cao, Qin, Liu, Tsai, Li (2007), Learning to Rank: From Pairwise Approach to Listwise Approach

    >>> loss = listnet_loss([0.0, 1.0], [1.0, 0.0])
    >>> round(float(loss.value), 4), loss.grad.round(4).tolist()
    (1.0443, [-0.4621, 0.4621])
    """
    dtype, s, r = _validate_items(scores, relevance)
    check_row_maximum(s.max(axis=-1), "scores")
    check_row_maximum(r.max(axis=-1), "relevance")

    def block_loss(s: np.ndarray, m: np.ndarray, r: np.ndarray, grad: np.ndarray) -> np.ndarray:
        e = exp_below_maximum(r, r.max(axis=-1))
        return soft_cross_entropy(s, m, e / e.sum(axis=-1, keepdims=True), grad)

    return map_logit_blocks(block_loss, s.astype(dtype, copy=False), r.astype(dtype, copy=False))


def _validate_items(scores: ArrayLike, relevance: ArrayLike) -> tuple[type, np.ndarray, np.ndarray]:
    dtype, s, r = read_arrays(scores=scores, relevance=relevance)
    validate_class_axis(s, "scores")
    s, r = broadcast_pair(s, r, "relevance", classes=True)
    return dtype, s, r
