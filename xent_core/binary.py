"""Losses for binary classification: a label that is 0 or 1.

Their arithmetic is here, in the function that each public one passes to map_blocks. It follows three rules. An
exponential is taken only of -|z|, so it cannot overflow. What is added to 1 goes to log1p on its own, so it is not
rounded away. And 1 - p is computed as the sigmoid of -z, never by subtraction. With e = e^-|z|, which is at most 1:

    softplus(z) = max(z, 0) + log1p(e)     softplus(-z) = max(-z, 0) + log1p(e)
    p = max(e, [z >= 0]) / (1 + e)         1 - p = max(e, [z < 0]) / (1 + e)

A weight of 0 times an infinite logit counts as 0: the product is NaN, and fmax and fmin prefer a number to NaN.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from xent_core.blocks import map_blocks
from xent_core.kernels import power_of_sigmoid
from xent_core.result import ValueAndGrad
from xent_core.validation import (
    NO_SOFT_LABELS,
    broadcast_pair,
    broadcast_shape,
    check_finite_or_minus_inf,
    check_interval,
    ignore_all_errors,
    read_arrays,
    validate_labels,
    validate_scalar,
)


@ignore_all_errors
def binary_cross_entropy(probs: ArrayLike, target: ArrayLike) -> ValueAndGrad:
    """Return the cross-entropy of Bernoulli(probs) against target, -(y ln p + (1 - y) ln(1 - p)), in nats.

    probs    (...)  probabilities of class 1, in [0, 1]; for logits use binary_cross_entropy_with_logits
    target   (...)  labels or soft labels, in [0, 1]
    Returns  value (...) in [0, inf], inf if the target requires an outcome of probability 0; d value / d probs (...),
             which is (p - y) / (p (1 - p))
    Raises   ValueError if the shapes do not broadcast, or a value is NaN or outside [0, 1]
    Source   Goodfellow, Bengio, Courville (2016), Deep Learning, section 6.2.1.1

    >>> loss = binary_cross_entropy([0.9, 0.1], [1, 1])
    >>> loss.value.round(4).tolist(), loss.grad.round(4).tolist()
    ([0.1054, 2.3026], [-1.1111, -10.0])
    """
    dtype, p, y = read_arrays(probs=probs, target=target)
    p, y = broadcast_pair(p, y, "target")
    check_interval("[0, 1]", p, "probs")
    check_interval("[0, 1]", y, "target")

    def block_loss(p: Any, y: Any) -> tuple[Any, Any]:
        value = np.fmax(y * -np.log(p), 0) + np.fmax((1 - y) * -np.log1p(-p), 0)
        # -y / p + (1 - y) / (1 - p): of a hard label only one term is left. Of a soft label both are, and over a common
        # denominator only p - y can cancel, which is exact when it does.
        of_hard_label = np.fmax((1 - y) / (1 - p), 0) - np.fmax(y / p, 0)
        of_soft_label = (p - y) / (p * (1 - p))
        return value, np.where((y > 0) & (y < 1), of_soft_label, of_hard_label)

    return map_blocks(block_loss, p, y, dtype=dtype)


@ignore_all_errors
def binary_cross_entropy_with_logits(
    logits: ArrayLike, target: ArrayLike, *, pos_weight: ArrayLike = 1.0
) -> ValueAndGrad:
    """Return the cross-entropy -(w y ln p + (1 - y) ln(1 - p)) with p = sigmoid(logits), in nats, one per example.

    Its gradient is p - y if the weight w is 1. The code sums one term per class, and takes each from the logit: if p is
    computed first, 1 - p rounds to 0 for a logit above 37, and the loss of a confident mistake becomes infinite.

    logits      (...)  log-odds of class 1; -inf means that class 1 is impossible
    target      (...)  labels or soft labels, in [0, 1]
    pos_weight  >= 0   w, which multiplies the term of class 1 only: a number, or an array that broadcasts against the
                       logits, such as (K,) for K labels along the last axis
    Returns     value (...) in [0, inf]; d value / d logits (...)
    Raises      ValueError if the shapes do not broadcast, a logit is NaN or +inf, target is outside [0, 1], or
                pos_weight is negative, NaN or infinite, or of a shape that would enlarge the result
    Source      Goodfellow, Bengio, Courville (2016), Deep Learning, section 6.2.2.2

    >>> loss = binary_cross_entropy_with_logits([-40.0, 40.0], [0, 0])
    >>> loss.value.tolist()  # confidently right and confidently wrong; a rounded 1 - p would give 0 and inf
    [4.248354255291589e-18, 40.0]
    >>> loss.grad.tolist()
    [4.248354255291589e-18, 1.0]
    >>> binary_cross_entropy_with_logits([[0.0, 0.0]], [[1, 1]], pos_weight=[1, 4]).grad.tolist()  # two labels
    [[-0.5, -2.0]]
    """
    dtype, z, y = read_arrays(logits=logits, target=target)
    z, y = broadcast_pair(z, y, "target")
    check_finite_or_minus_inf(z, "logits")
    check_interval("[0, 1]", y, "target")
    weight = _validate_pos_weight(pos_weight, z.shape)

    def block_loss(z: Any, y: Any) -> tuple[Any, Any]:
        e = np.exp(-np.abs(z))
        residual = (z >= 0) - y
        value = residual * z  # max(z, 0) - y z, which is not negative
        np.fmax(value, 0, out=value)
        value += np.log1p(e)
        grad = y - (z < 0)  # in place: (residual - grad e) / (1 + e), which is p - y over the common denominator
        grad *= e
        np.subtract(residual, grad, out=grad)
        e += 1
        grad /= e
        return value, grad

    def weighted_block_loss(z: Any, y: Any, weight: Any) -> tuple[Any, Any]:
        e = np.exp(-np.abs(z))
        pos, neg = weight * y, 1 - y
        value = (pos + neg) * np.log1p(e) - np.fmin(pos * z, 0) + np.fmax(neg * z, 0)
        grad = (neg * np.maximum(e, z >= 0) - pos * np.maximum(e, z < 0)) / (1 + e)
        return value, grad

    if np.all(weight == 1):
        return map_blocks(block_loss, z, y, dtype=dtype)
    return map_blocks(weighted_block_loss, z, y, weight, dtype=dtype)


@ignore_all_errors
def sigmoid_squared_error(logits: ArrayLike, target: ArrayLike) -> ValueAndGrad:
    """Return the squared error of sigmoid(logits), (p - y)^2: the Brier score as a function of the logits.

    logits   (...)  log-odds of class 1; -inf means that class 1 is impossible
    target   (...)  labels or soft labels, in [0, 1]
    Returns  value (...) in [0, 1]; d value / d logits (...), 2 (p - y) p (1 - p), which vanishes for confident mistakes
    Raises   ValueError if the shapes do not broadcast, a logit is NaN or +inf, or target is outside [0, 1]
    Source   Brier (1950), Verification of forecasts expressed in terms of probability

    >>> loss = sigmoid_squared_error(-6.0, 1)
    >>> round(float(loss.value), 4), round(float(loss.grad), 4)  # a confident mistake with hardly any gradient
    (0.9951, -0.0049)
    """
    dtype, z, y = read_arrays(logits=logits, target=target)
    z, y = broadcast_pair(z, y, "target")
    check_finite_or_minus_inf(z, "logits")
    check_interval("[0, 1]", y, "target")

    def block_loss(z: Any, y: Any) -> tuple[Any, Any]:
        e = np.exp(-np.abs(z))
        p, complement = np.maximum(e, z >= 0) / (1 + e), np.maximum(e, z < 0) / (1 + e)  # complement is 1 - p
        residual = (1 - y) * p - y * complement  # p - y, written so that the two terms are never both large
        return residual * residual, 2 * residual * (p * complement)

    return map_blocks(block_loss, z, y, dtype=dtype)


@ignore_all_errors
def sigmoid_focal_loss(
    logits: ArrayLike, labels: ArrayLike, *, gamma: float = 2.0, alpha: float | None = None
) -> ValueAndGrad:
    """Return the focal loss, cross-entropy times (1 - p)^gamma with p the probability of the right class, in nats.

    The factor gives easy examples less weight. It needs the one right class, so there are no soft labels here.

    logits   (...)      log-odds of class 1; -inf means that class 1 is impossible
    labels   (...)      0 or 1, as integers, booleans, or whole numbers in a floating array
    gamma    >= 0       the focusing parameter; 0 gives cross-entropy
    alpha    in [0, 1]  weights class 1 by alpha and class 0 by 1 - alpha; None leaves both unweighted
    Returns  value (...) in [0, inf]; d value / d logits (...)
    Raises   ValueError if the shapes do not broadcast, a logit is NaN or +inf, a label is neither 0 nor 1, or gamma
             or alpha is out of range
    Source   Lin, Goyal, Girshick, He, Dollar (2017), Focal Loss for Dense Object Detection

    >>> loss = sigmoid_focal_loss([2.0, -2.0], [1, 1])
    >>> loss.value.round(4).tolist()  # cross-entropy gives 0.1269 and 2.1269
    [0.0018, 1.6501]
    """
    gamma = validate_scalar("[0, inf)", gamma, "gamma")
    alpha = None if alpha is None else validate_scalar("[0, 1]", alpha, "alpha")
    dtype, z = read_arrays(logits=logits)
    y = validate_labels(labels, 2, reason=NO_SOFT_LABELS)
    broadcast_shape("labels", y.shape, z.shape)
    check_finite_or_minus_inf(z, "logits")
    weight_of_0, weight_of_1 = (1.0, 1.0) if alpha is None else (1 - alpha, alpha)

    def block_loss(z: Any, y: Any) -> tuple[Any, Any]:
        sign = 1 - 2 * y
        wrong = sign * z  # log-odds of the wrong class
        e = np.exp(-np.abs(z))
        log1p_e = np.log1p(e)
        nll = np.maximum(wrong, 0) + log1p_e
        p, complement = np.maximum(e, wrong < 0) / (1 + e), np.maximum(e, wrong >= 0) / (1 + e)
        focal_weight = ((1 - y) * weight_of_0 + y * weight_of_1) * power_of_sigmoid(wrong, log1p_e, gamma)
        # d value / d wrong; p * nll is 0 at p = 0, where nll may be infinite
        slope = focal_weight * complement + (focal_weight * gamma) * np.fmax(p * nll, 0)
        return np.fmax(focal_weight * nll, 0), sign * slope + 0.0  # a zero slope is 0, not -0

    return map_blocks(block_loss, z, y, dtype=dtype)


def _validate_pos_weight(pos_weight: ArrayLike, shape: tuple[int, ...]) -> np.ndarray:
    _, weight = read_arrays(pos_weight=pos_weight)
    check_interval("[0, inf)", weight, "pos_weight")
    try:
        fits = np.broadcast_shapes(weight.shape, shape) == shape
    except ValueError:
        fits = False
    if not fits:
        raise ValueError(f"pos_weight must be a number or broadcast to {shape}, got shape {weight.shape}")
    return weight
