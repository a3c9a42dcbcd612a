"""Losses for binary classification: a label that is 0 or 1."""

import numpy as np
from numpy.typing import ArrayLike

from xent_core.kernels import power_of_sigmoid, unchecked_sigmoid, unchecked_softplus, zero_safe_multiply
from xent_core.result import ValueAndGrad
from xent_core.validation import (
    as_result,
    broadcast_pair,
    broadcast_shape,
    check_finite_or_minus_inf,
    check_interval,
    ignore_range_errors,
    to_float64,
    validate_labels,
    validate_scalar,
)


@ignore_range_errors
def binary_cross_entropy(probs: ArrayLike, target: ArrayLike) -> ValueAndGrad:
    """Return the cross-entropy of Bernoulli(probs) against target, -(y ln p + (1 - y) ln(1 - p)), in nats.

    probs    (...)  probabilities of class 1, in [0, 1]; for logits use binary_cross_entropy_with_logits
    target   (...)  labels or soft labels, in [0, 1]
    Returns  value (...) in [0, inf], inf if the target requires an outcome of probability 0; d value / d probs (...)
    Raises   ValueError if the shapes do not broadcast, or a value is NaN or outside [0, 1]
    Source   Goodfellow, Bengio, Courville (2016), Deep Learning, section 6.2.1.1

    >>> loss = binary_cross_entropy([0.9, 0.1], [1, 1])
    >>> loss.value.round(4).tolist(), loss.grad.round(4).tolist()
    ([0.1054, 2.3026], [-1.1111, -10.0])
    """
    dtype, p, y = to_float64(probs=probs, target=target)
    p, y = broadcast_pair(p, y, "target")
    check_interval("[0, 1]", p, "probs")
    check_interval("[0, 1]", y, "target")
    value = zero_safe_multiply(y, -np.log(p)) + zero_safe_multiply(1 - y, -np.log1p(-p))
    # -y / p + (1 - y) / (1 - p) over a common denominator: only p - y can cancel, and it is exact when it does
    grad = np.divide(p - y, p * (1 - p), where=(y > 0) & (y < 1), out=np.where(y == 1, -1 / p, 1 / (1 - p)))
    return as_result(value, grad, dtype)


@ignore_range_errors
def binary_cross_entropy_with_logits(logits: ArrayLike, target: ArrayLike, *, pos_weight: float = 1.0) -> ValueAndGrad:
    """Return the cross-entropy of Bernoulli(sigmoid(logits)) against target, in nats, one value per example.

    logits      (...)  log-odds of class 1; -inf means that class 1 is impossible
    target      (...)  labels or soft labels, in [0, 1]
    pos_weight  > 0    multiplies the term of class 1 only
    Returns     value (...) in [0, inf]; d value / d logits (...)
    Raises      ValueError if the shapes do not broadcast, a logit is NaN or +inf, target is outside [0, 1], or
                pos_weight is not positive
    Source      Goodfellow, Bengio, Courville (2016), Deep Learning, section 6.2.2.2

    >>> loss = binary_cross_entropy_with_logits([-40.0, 40.0], [0, 0])
    >>> loss.value.tolist()  # confidently right and confidently wrong; a rounded 1 - p would give 0 and inf
    [4.248354255291589e-18, 40.0]
    >>> loss.grad.tolist()
    [4.248354255291589e-18, 1.0]
    """
    pos_weight = validate_scalar("(0, inf)", pos_weight, "pos_weight")
    dtype, z, y = to_float64(logits=logits, target=target)
    z, y = broadcast_pair(z, y, "target")
    check_finite_or_minus_inf(z, "logits")
    check_interval("[0, 1]", y, "target")
    pos, neg = pos_weight * y, 1 - y  # one non-negative term per class, so that no log(1 - p) can cancel
    value = zero_safe_multiply(pos, unchecked_softplus(-z)) + zero_safe_multiply(neg, unchecked_softplus(z))
    return as_result(value, neg * unchecked_sigmoid(z) - pos * unchecked_sigmoid(-z), dtype)


@ignore_range_errors
def sigmoid_squared_error(logits: ArrayLike, target: ArrayLike) -> ValueAndGrad:
    """Return the squared error of sigmoid(logits), (p - y)^2: the Brier score as a function of the logits.

    logits   (...)  log-odds of class 1; -inf means that class 1 is impossible
    target   (...)  labels or soft labels, in [0, 1]
    Returns  value (...) in [0, 1]; d value / d logits (...), which vanishes for confident mistakes
    Raises   ValueError if the shapes do not broadcast, a logit is NaN or +inf, or target is outside [0, 1]
    Source   Brier (1950), Verification of forecasts expressed in terms of probability

    >>> loss = sigmoid_squared_error(-6.0, 1)
    >>> round(float(loss.value), 4), round(float(loss.grad), 4)  # a confident mistake with hardly any gradient
    (0.9951, -0.0049)
    """
    dtype, z, y = to_float64(logits=logits, target=target)
    z, y = broadcast_pair(z, y, "target")
    check_finite_or_minus_inf(z, "logits")
    check_interval("[0, 1]", y, "target")
    p, complement = unchecked_sigmoid(z), unchecked_sigmoid(-z)  # complement is 1 - p
    residual = (1 - y) * p - y * complement  # p - y, written so that the two terms are never both large
    return as_result(value=residual * residual, grad=2 * residual * (p * complement), dtype=dtype)


@ignore_range_errors
def sigmoid_focal_loss(
    logits: ArrayLike, labels: ArrayLike, *, gamma: float = 2.0, alpha: float | None = None
) -> ValueAndGrad:
    """Return the focal loss, cross-entropy times (1 - p)^gamma with p the probability of the right class, in nats.

    The factor gives easy examples less weight.

    logits   (...)      log-odds of class 1; -inf means that class 1 is impossible
    labels   (...)      integers, 0 or 1
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
    dtype, z = to_float64(logits=logits)
    y = validate_labels(labels, 2)
    shape = broadcast_shape("labels", y.shape, z.shape)
    z, y = np.broadcast_to(z, shape), np.broadcast_to(y, shape)
    check_finite_or_minus_inf(z, "logits")
    weight = 1.0 if alpha is None else np.where(y == 1, alpha, 1 - alpha)
    wrong = np.where(y == 1, -z, z)  # log-odds of the wrong class
    p, complement, nll = unchecked_sigmoid(-wrong), unchecked_sigmoid(wrong), unchecked_softplus(wrong)
    focal_weight = weight * power_of_sigmoid(wrong, gamma)
    # d value / d wrong; p * nll is 0 at p = 0, where nll may be infinite
    slope = focal_weight * complement + (focal_weight * gamma) * zero_safe_multiply(p, nll)
    return as_result(zero_safe_multiply(focal_weight, nll), np.where(y == 1, 0 - slope, slope), dtype)
