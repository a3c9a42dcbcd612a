"""Losses of a yes or a no."""

import numpy as np
from numpy.typing import ArrayLike

from xent_core.kernels import power_of_sigmoid, unchecked_sigmoid, unchecked_softplus, zero_safe_multiply
from xent_core.result import ValueAndGrad, as_result
from xent_core.validation import (
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
    """Cross-entropy of Bernoulli(probs) against target, -(y ln p + (1 - y) ln(1 - p)), in nats.

    probs    (...)  of class 1, in [0, 1]; for logits use binary_cross_entropy_with_logits
    target   (...)  in [0, 1]: a label or a soft label
    Returns  value (...) in [0, inf], inf where p = 0 is wanted; d value / d probs (...)
    Raises   ValueError  shapes that do not meet; NaN; values outside [0, 1]
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
    # -y / p + (1 - y) / (1 - p) on one denominator, where only p - y can cancel, and it does so exactly
    grad = np.divide(p - y, p * (1 - p), where=(y > 0) & (y < 1), out=np.where(y == 1, -1 / p, 1 / (1 - p)))
    return as_result(value, grad, dtype)


@ignore_range_errors
def binary_cross_entropy_with_logits(logits: ArrayLike, target: ArrayLike, *, pos_weight: float = 1.0) -> ValueAndGrad:
    """Cross-entropy of Bernoulli(sigmoid(logits)) against target, in nats, one value an example.

    logits      (...)  log-odds of class 1; -inf is a class that cannot be
    target      (...)  in [0, 1]: a label or a soft label
    pos_weight  > 0    multiplies the positive term only
    Returns     value (...) in [0, inf]; d value / d logits (...)
    Raises      ValueError  shapes that do not meet; NaN; +inf; target outside [0, 1]; pos_weight not positive
    Source      Goodfellow, Bengio, Courville (2016), Deep Learning, section 6.2.2.2

    >>> loss = binary_cross_entropy_with_logits([-40.0, 40.0], [0, 0])
    >>> loss.value.tolist()  # nearly free and dear; a rounded 1 - p would say 0 and inf
    [4.248354255291589e-18, 40.0]
    >>> loss.grad.tolist()
    [4.248354255291589e-18, 1.0]
    """
    pos_weight = validate_scalar("(0, inf)", pos_weight, "pos_weight")
    dtype, z, y = to_float64(logits=logits, target=target)
    z, y = broadcast_pair(z, y, "target")
    check_finite_or_minus_inf(z, "logits")
    check_interval("[0, 1]", y, "target")
    pos, neg = pos_weight * y, 1 - y  # two one-sided terms, both positive: log(1 - p) would cancel
    value = zero_safe_multiply(pos, unchecked_softplus(-z)) + zero_safe_multiply(neg, unchecked_softplus(z))
    return as_result(value, neg * unchecked_sigmoid(z) - pos * unchecked_sigmoid(-z), dtype)


@ignore_range_errors
def sigmoid_squared_error(logits: ArrayLike, target: ArrayLike) -> ValueAndGrad:
    """Squared distance from sigmoid(logits) to target, (p - y)^2: Brier's score, seen from the logit.

    logits   (...)  log-odds of class 1; -inf is a class that cannot be
    target   (...)  in [0, 1]: a label or a soft label
    Returns  value (...) in [0, 1]; d value / d logits (...), faint where confidently wrong
    Raises   ValueError  shapes that do not meet; NaN; +inf; target outside [0, 1]
    Source   Brier (1950), Verification of forecasts expressed in terms of probability

    >>> loss = sigmoid_squared_error(-6.0, 1)
    >>> round(float(loss.value), 4), round(float(loss.grad), 4)  # wrong by 6 and hardly pulled back
    (0.9951, -0.0049)
    """
    dtype, z, y = to_float64(logits=logits, target=target)
    z, y = broadcast_pair(z, y, "target")
    check_finite_or_minus_inf(z, "logits")
    check_interval("[0, 1]", y, "target")
    p, u = unchecked_sigmoid(z), unchecked_sigmoid(-z)  # u = 1 - p
    off = (1 - y) * p - y * u  # p - y, from terms that cannot both be large
    return as_result(value=off * off, grad=2 * off * (p * u), dtype=dtype)


@ignore_range_errors
def sigmoid_focal_loss(
    logits: ArrayLike, labels: ArrayLike, *, gamma: float = 2.0, alpha: float | None = None
) -> ValueAndGrad:
    """Cross-entropy times (1 - p)^gamma, p the probability of the right answer: easy examples count less.

    logits   (...)      log-odds of class 1; -inf is a class that cannot be
    labels   (...)      integers 0 or 1
    gamma    >= 0       0 is cross-entropy
    alpha    in [0, 1]  weights class 1 by alpha and class 0 by 1 - alpha; None weights neither
    Returns  value (...) in [0, inf], in nats; d value / d logits (...)
    Raises   ValueError  shapes that do not meet; NaN; +inf; other labels; gamma or alpha out of range
    Source   Lin, Goyal, Girshick, He, Dollar (2017), Focal Loss for Dense Object Detection

    >>> loss = sigmoid_focal_loss([2.0, -2.0], [1, 1])
    >>> loss.value.round(4).tolist()  # cross-entropy says 0.1269 and 2.1269
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
    sign = np.where(y == 1, -1, 1)
    against = sign * z  # the log-odds of the wrong answer
    p, u, cost = unchecked_sigmoid(-against), unchecked_sigmoid(against), unchecked_softplus(against)
    fade = weight * power_of_sigmoid(against, gamma)
    slope = fade * u + (fade * gamma) * zero_safe_multiply(p, cost)  # p cost is 0 at p = 0, whatever the cost
    return as_result(zero_safe_multiply(fade, cost), sign * slope, dtype)
