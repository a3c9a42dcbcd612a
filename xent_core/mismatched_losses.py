"""Mismatches of activation, labels, and loss, each with the gradient that it really trains with, for one lesson only.

Most of these mistakes raise no error: their value looks like a loss and decreases. Each docstring names the loss to
use instead.
"""

import numpy as np
from numpy.typing import ArrayLike

from xent_core.binary import binary_cross_entropy_with_logits
from xent_core.multiclass import softmax_cross_entropy, sparse_softmax_cross_entropy
from xent_core.result import ValueAndGrad
from xent_core.stable import softmax
from xent_core.targets import one_hot
from xent_core.validation import ignore_range_errors, to_float64, validate_labels


def softmax_twice(logits: ArrayLike, labels: ArrayLike) -> ValueAndGrad:
    """Return the loss of passing probabilities to a loss that applies softmax itself, in nats.

    A probability is at most 1, so the second softmax sees logits that differ by at most 1. Use
    sparse_softmax_cross_entropy of the logits instead.

    logits   (..., K)
    labels   (...)  integers in [0, K)
    Returns  value (...); d value / d logits (..., K)

    >>> softmax_twice([100.0, 0, 0, 0], 0).value.round(3)  # confidently right
    np.float64(0.744)
    """
    p = softmax(logits)
    loss = sparse_softmax_cross_entropy(p, labels)
    mean_grad = (p * loss.grad).sum(axis=-1, keepdims=True)
    return ValueAndGrad(loss.value, grad=p * (loss.grad - mean_grad))  # the first softmax has Jacobian diag(p) - p pᵀ


def sigmoids_for_one_class(logits: ArrayLike, labels: ArrayLike) -> ValueAndGrad:
    """Return the loss of one sigmoid per class although exactly one of the K classes is right, in nats.

    Each class is decided on its own: shifting all logits changes the loss, and the probabilities need not sum to 1.
    Use sparse_softmax_cross_entropy instead.

    logits   (..., K)
    labels   (...)  integers in [0, K)
    Returns  value (...); d value / d logits (..., K)

    >>> sigmoids_for_one_class([0.0, 0, 0, 0], 0).value.round(3)  # ln 4 is 1.386
    np.float64(2.773)
    """
    _, z = to_float64(logits=logits)
    loss = binary_cross_entropy_with_logits(z, one_hot(labels, z.shape[-1]))
    return ValueAndGrad(loss.value.sum(axis=-1), loss.grad)


def softmax_for_many_labels(logits: ArrayLike, labels: ArrayLike) -> ValueAndGrad:
    """Return the loss of a single softmax although several labels may be true, in nats.

    The m true labels share a probability of 1, so each can reach at most 1 / m. Use binary_cross_entropy_with_logits
    of each label instead.

    logits   (..., K)
    labels   (..., K)  0 or 1, at least one of them 1
    Returns  value (...); d value / d logits (..., K)

    >>> softmax_for_many_labels([100.0, 100, 0, 0], [1, 1, 0, 0]).value.round(3)  # both labels found
    np.float64(1.386)
    """
    y = validate_labels(labels, 2).astype(np.float64)
    n_true = y.sum(axis=-1, keepdims=True)
    loss = softmax_cross_entropy(logits, y / n_true)
    return ValueAndGrad(n_true[..., 0] * loss.value, n_true * loss.grad)


def one_hot_as_labels(logits: ArrayLike, target: ArrayLike) -> ValueAndGrad:
    """Return the loss of reading a one-hot row as K integer labels: K - 1 times class 0 and once class 1, in nats.

    This is what -log(p[y]).mean() computes in NumPy if y is one-hot. The right class no longer matters. Use
    softmax_cross_entropy instead.

    logits   (..., K)
    target   (..., K)  one-hot
    Returns  value (...); d value / d logits (..., K)

    >>> [float(one_hot_as_labels([0.0, 0, 5, 0], y).value.round(3)) for y in ([0, 0, 1, 0], [1, 0, 0, 0])]
    [5.02, 5.02]
    """
    labels = validate_labels(target, 2, "target")
    _, z = to_float64(logits=logits)
    loss = sparse_softmax_cross_entropy(z[..., None, :], labels)
    return ValueAndGrad(loss.value.mean(axis=-1), loss.grad.mean(axis=-2))


@ignore_range_errors
def log_of_rounded_probs(logits: ArrayLike, labels: ArrayLike, *, decimals: int = 2) -> ValueAndGrad:
    """Return -ln of a probability rounded to a few decimals, which is infinite at 0 and has no gradient, in nats.

    Use sparse_softmax_cross_entropy of the logits instead.

    logits    (..., K)
    labels    (...)  integers in [0, K)
    decimals  the number of decimals
    Returns   value (...); d value / d logits (..., K), 0 everywhere

    >>> log_of_rounded_probs([[0.0, 5.0], [0.0, 6.0]], [0, 0]).value.round(3).tolist()
    [4.605, inf]
    """
    p = softmax(logits).round(decimals)
    p_right = np.take_along_axis(p, validate_labels(labels, p.shape[-1])[..., None], axis=-1)[..., 0]
    return ValueAndGrad(0 - np.log(p_right), grad=np.zeros(p.shape))
