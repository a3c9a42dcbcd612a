"""Wrong pairings of activation, labels and loss, each with the gradient it really trains by. For one lesson only.

Most raise no error anywhere: the numbers look like a loss, and fall. Each names what belongs together.
"""

import numpy as np
from numpy.typing import ArrayLike

from xent_core.binary import binary_cross_entropy_with_logits
from xent_core.multiclass import softmax_cross_entropy, sparse_softmax_cross_entropy
from xent_core.result import ValueAndGrad
from xent_core.stable import softmax
from xent_core.targets import one_hot
from xent_core.validation import ignore_range_errors


def softmax_twice(logits: ArrayLike, labels: ArrayLike) -> ValueAndGrad:
    """Probabilities given to a loss that applies softmax itself. Right: sparse_softmax_cross_entropy of the logits.

    A probability is at most 1, so the second softmax sees logits no further apart than 1.

    >>> softmax_twice([100.0, 0, 0, 0], 0).value.round(3)  # sure and right
    np.float64(0.744)
    """
    p = softmax(logits)
    loss = sparse_softmax_cross_entropy(p, labels)
    along = (p * loss.grad).sum(axis=-1, keepdims=True)
    return ValueAndGrad(loss.value, grad=p * (loss.grad - along))  # through the first softmax, whose slope is p - p p'


def sigmoids_for_one_class(logits: ArrayLike, labels: ArrayLike) -> ValueAndGrad:
    """A sigmoid for each of K classes of which exactly one is right. Right: sparse_softmax_cross_entropy.

    Each class answers a question of its own: moving all logits together changes the loss, and nothing sums to 1.

    >>> sigmoids_for_one_class([0.0, 0, 0, 0], 0).value.round(3)  # ln 4 is 1.386
    np.float64(2.773)
    """
    z = np.asarray(logits, dtype=np.float64)
    loss = binary_cross_entropy_with_logits(z, one_hot(labels, z.shape[-1]))
    return ValueAndGrad(loss.value.sum(axis=-1), loss.grad)


def softmax_for_many_labels(logits: ArrayLike, labels: ArrayLike) -> ValueAndGrad:
    """One softmax for labels of which several are true. Right: binary_cross_entropy_with_logits of each.

    labels  (..., K) of 0 and 1. The m that are true share one 1, so each is given at most 1 / m.

    >>> softmax_for_many_labels([100.0, 100, 0, 0], [1, 1, 0, 0]).value.round(3)  # both found
    np.float64(1.386)
    """
    y = np.asarray(labels, dtype=np.float64)
    many = y.sum(axis=-1, keepdims=True)
    loss = softmax_cross_entropy(logits, y / many)
    return ValueAndGrad(many[..., 0] * loss.value, many * loss.grad)


def one_hot_as_labels(logits: ArrayLike, target: ArrayLike) -> ValueAndGrad:
    """A one-hot row read as K integer labels: K - 1 times class 0, once class 1. Right: softmax_cross_entropy.

    What -log(p[y]).mean() does in NumPy when y is one-hot. Which class was right no longer matters.

    >>> [float(one_hot_as_labels([0.0, 0, 5, 0], y).value.round(3)) for y in ([0, 0, 1, 0], [1, 0, 0, 0])]
    [5.02, 5.02]
    """
    read = np.asarray(target, dtype=int)
    loss = sparse_softmax_cross_entropy(np.asarray(logits, dtype=np.float64)[..., None, :], read)
    return ValueAndGrad(loss.value.mean(axis=-1), loss.grad.mean(axis=-2))


@ignore_range_errors
def log_of_rounded_probs(logits: ArrayLike, labels: ArrayLike, *, decimals: int = 2) -> ValueAndGrad:
    """-ln of a probability written with a few decimals: infinite where it was rounded to 0, and flat everywhere.

    Right: sparse_softmax_cross_entropy of the logits.

    >>> log_of_rounded_probs([[0.0, 5.0], [0.0, 6.0]], [0, 0]).value.round(3).tolist()
    [4.605, inf]
    """
    p = softmax(logits).round(decimals)
    right = np.take_along_axis(p, np.asarray(labels)[..., None], axis=-1)[..., 0]
    return ValueAndGrad(np.abs(np.log(right)), grad=np.zeros(p.shape))
