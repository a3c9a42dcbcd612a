"""Losses for classification into K classes, of which exactly one is right.

Here are the options of each loss. The arithmetic of a block of rows, which softmax_cross_entropy explains, is in
kernels.py; blocks.py only cuts a batch into such blocks.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from xent_core.blocks import map_logit_blocks, map_row_blocks
from xent_core.kernels import (
    power_of_complement,
    soft_cross_entropy,
    split_rows,
    squared_distance,
    squared_distance_to_label,
    zero_safe_divide,
    zero_safe_multiply,
)
from xent_core.result import ValueAndGrad
from xent_core.validation import (
    NO_SOFT_LABELS,
    broadcast_labels,
    broadcast_pair,
    check_distribution,
    check_interval,
    ignore_range_errors,
    to_common_float,
    validate_class_axis,
    validate_labels,
    validate_scalar,
)


@ignore_range_errors
def categorical_cross_entropy(probs: ArrayLike, target: ArrayLike) -> ValueAndGrad:
    """Return the cross-entropy of probs against target, the sum of -y ln p, in nats, one value per example.

    probs    (..., K)  a distribution; for logits use softmax_cross_entropy, which loses no digits
    target   (..., K)  a distribution, one-hot or soft
    Returns  value (...) in [0, inf], inf if the target requires a class of probability 0; d value / d probs
             (..., K), which is -y / p
    Raises   ValueError if the numbers of classes differ, the leading axes do not broadcast, or a row is not a
             distribution
    Source   Goodfellow, Bengio, Courville (2016), Deep Learning, section 6.2.1.1

    >>> loss = categorical_cross_entropy([0.1, 0.7, 0.2], [0, 1, 0])
    >>> round(float(loss.value), 4), loss.grad.round(4).tolist()
    (0.3567, [0.0, -1.4286, 0.0])
    """
    p, y = to_common_float(probs=probs, target=target)
    validate_class_axis(p, "probs")
    p, y = broadcast_pair(p, y, "target", classes=True)
    check_distribution(p, "probs", given=probs)
    check_distribution(y, "target", given=target)

    def block_loss(p: np.ndarray, y: np.ndarray, grad: np.ndarray) -> np.ndarray:
        p, y = p.astype(np.float64), y.astype(np.float64)
        grad[...] = 0 - zero_safe_divide(y, p)
        return zero_safe_multiply(y, 0 - np.log(p)).sum(axis=-1)

    return map_row_blocks(block_loss, p, y, dtype=p.dtype)


@ignore_range_errors
def softmax_cross_entropy(
    logits: ArrayLike, target: ArrayLike, *, class_weight: ArrayLike | None = None, label_smoothing: float = 0.0
) -> ValueAndGrad:
    """Return L = -sum of y ln p with p = softmax(logits), the cross-entropy against target y, in nats.

    Its gradient in the logits is p - y: every class is pushed by how far its probability is from the target.

    The code computes the same numbers otherwise, because the plain expression loses them for confident models. e^z
    overflows for a logit of 710, so the maximum m of the row is subtracted first: p = e^(z - m) / Z, where Z is the sum
    of e^(z - m). A p below 1e-324 is 0, and its logarithm -inf, so ln p is computed as (z - m) - ln Z, without p. The
    largest logit contributes e^0 = 1 to Z, and adding the others to it would round them away, so ln Z is log1p of the
    others' sum. For the same reason 1 - p is the sum of the other probabilities, never a difference, and the gradient
    of the most likely class is computed from the other classes.

    logits           (..., K)   -inf masks a class
    target           (..., K)   a distribution, one-hot or soft
    class_weight     (K,)       multiplies the term of each class; not negative
    label_smoothing  in [0, 1]  replaces y by (1 - e) y + e / K, where e is label_smoothing
    Returns          value (...) in [0, inf], inf if the target requires a masked class; d value / d logits (..., K)
    Raises           ValueError if the numbers of classes differ, the leading axes do not broadcast, a row of logits
                     has no finite maximum, a row of target is not a distribution, or an option is out of range
    Source           Bishop (2006), Pattern Recognition and Machine Learning, section 4.3.4

    >>> loss = softmax_cross_entropy([2.0, 1.0, 0.0], [0.8, 0.2, 0.0])
    >>> round(float(loss.value), 4), loss.grad.round(4).tolist()  # the gradient is softmax minus target
    (0.6076, [-0.1348, 0.0447, 0.09])
    """
    z, y = to_common_float(logits=logits, target=target)
    n_classes = validate_class_axis(z, "logits")
    z, y = broadcast_pair(z, y, "target", classes=True)
    check_distribution(y, "target", given=target)
    smoothing = validate_scalar("[0, 1]", label_smoothing, "label_smoothing")
    weight = _validate_class_weight(class_weight, n_classes)

    def block_loss(x: np.ndarray, m: np.ndarray, y: np.ndarray, grad: np.ndarray) -> np.ndarray:
        return soft_cross_entropy(x, m, weight * ((1 - smoothing) * y + smoothing / n_classes), grad)

    return map_logit_blocks(block_loss, z, y)


@ignore_range_errors
def sparse_softmax_cross_entropy(
    logits: ArrayLike, labels: ArrayLike, *, class_weight: ArrayLike | None = None, label_smoothing: float = 0.0
) -> ValueAndGrad:
    """Return L = -ln p of the right class with p = softmax(logits), the cross-entropy against integer labels, in nats.

    Its gradient is p, minus 1 at the right class. No one-hot matrix is built; softmax_cross_entropy says why the code
    is written otherwise than this expression.

    logits           (..., K)   -inf masks a class
    labels           (...)      integers in [0, K), or booleans or whole numbers in a floating array
    class_weight     (K,)       multiplies the term of each class; not negative
    label_smoothing  in [0, 1]  replaces the one-hot y by (1 - e) y + e / K, where e is label_smoothing
    Returns          value (...) in [0, inf], inf if the label is a masked class; d value / d logits (..., K)
    Raises           ValueError if the shapes do not broadcast, a row of logits has no finite maximum, a label is not
                     an integer in [0, K), or an option is out of range
    Source           Bishop (2006), Pattern Recognition and Machine Learning, section 4.3.4

    >>> loss = sparse_softmax_cross_entropy([[2.0, 1.0, 0.0], [0.0, 0.0, 50.0]], [0, 2])
    >>> loss.value.tolist()  # the second is 2 e^-50; computing it from a rounded p would give 0
    [0.40760596444438..., 3.8574996959278356e-22]
    """
    z, y, weight = _validate_logits_and_labels(to_common_float(logits=logits), labels, class_weight)
    n_classes = z.shape[-1]
    smoothing = validate_scalar("[0, 1]", label_smoothing, "label_smoothing")

    def hard_label_loss(x: np.ndarray, m: np.ndarray, y: np.ndarray, grad: np.ndarray) -> np.ndarray:
        rows = split_rows(x, m, y)
        if class_weight is None:
            rows.fill_gradient(grad, 1)
            return rows.nll
        row_weight = weight[y]
        rows.fill_gradient(grad, row_weight)
        return zero_safe_multiply(row_weight, rows.nll)

    def smoothed_label_loss(x: np.ndarray, m: np.ndarray, y: np.ndarray, grad: np.ndarray) -> np.ndarray:
        target = np.full(x.shape, smoothing / n_classes)
        target[np.arange(len(y)), y] += 1 - smoothing
        return soft_cross_entropy(x, m, weight * target, grad)

    return map_logit_blocks(smoothed_label_loss if smoothing > 0 else hard_label_loss, z, y)


@ignore_range_errors
def softmax_focal_loss(
    logits: ArrayLike, labels: ArrayLike, *, gamma: float = 2.0, class_weight: ArrayLike | None = None
) -> ValueAndGrad:
    """Return the focal loss, cross-entropy times (1 - p)^gamma with p the probability of the right class, in nats.

    The factor gives easy examples less weight.

    logits        (..., K)  -inf masks a class
    labels        (...)     integers in [0, K), or booleans or whole numbers in a floating array; no soft target,
                            because the factor needs the one right class
    gamma         >= 0      the focusing parameter; 0 gives cross-entropy
    class_weight  (K,)      multiplies the loss of the examples of each class; not negative
    Returns       value (...) in [0, inf]; d value / d logits (..., K)
    Raises        ValueError if the shapes do not broadcast, a row of logits has no finite maximum, a label is not an
                  integer in [0, K), or gamma or class_weight is out of range
    Source        Lin, Goyal, Girshick, He, Dollar (2017), Focal Loss for Dense Object Detection

    >>> loss = softmax_focal_loss([[2.0, 0.0], [0.0, 2.0]], [0, 0])
    >>> loss.value.round(4).tolist()  # cross-entropy gives 0.1269 and 2.1269
    [0.0018, 1.6501]
    """
    gamma = validate_scalar("[0, inf)", gamma, "gamma")
    z = to_common_float(logits=logits)
    z, y, weight = _validate_logits_and_labels(z, labels, class_weight, reason=NO_SOFT_LABELS)

    def block_loss(x: np.ndarray, m: np.ndarray, y: np.ndarray, grad: np.ndarray) -> np.ndarray:
        rows = split_rows(x, m, y)
        odds_against, nll = rows.sum_wrong / rows.exp_right, rows.nll
        focal_weight = weight[y] * power_of_complement(odds_against, gamma)
        # d(focal_weight * nll) = focal_weight * (1 + gamma * nll / odds_against) * d nll, because p / (1 - p) is
        # 1 / odds_against; the ratio nll / odds_against is between 0 and 1, and tends to 1 as odds_against tends to 0
        ratio_at_limits = np.where(odds_against > 0, 0.0, 1.0)
        ratio = np.divide(nll, odds_against, where=(odds_against > 0) & (nll < np.inf), out=ratio_at_limits)
        rows.fill_gradient(grad, focal_weight + (focal_weight * gamma) * ratio)
        return zero_safe_multiply(focal_weight, nll)

    return map_logit_blocks(block_loss, z, y)


@ignore_range_errors
def softmax_squared_error(logits: ArrayLike, target: ArrayLike) -> ValueAndGrad:
    """Return the squared error of softmax(logits), the sum of (p - y)^2: the Brier score as a function of the logits.

    logits   (..., K)  -inf masks a class
    target   (..., K)  a distribution, one-hot or soft
    Returns  value (...) in [0, 2]; d value / d logits (..., K), which vanishes for confident mistakes
    Raises   ValueError if the numbers of classes differ, the leading axes do not broadcast, a row of logits has no
             finite maximum, or a row of target is not a distribution
    Source   Brier (1950), Verification of forecasts expressed in terms of probability

    >>> loss = softmax_squared_error([0.0, 8.0], [1, 0])
    >>> round(float(loss.value), 4), loss.grad.round(4).tolist()  # a confident mistake with hardly any gradient
    (1.9987, [-0.0013, 0.0013])
    """
    z, y = to_common_float(logits=logits, target=target)
    validate_class_axis(z, "logits")
    z, y = broadcast_pair(z, y, "target", classes=True)
    check_distribution(y, "target", given=target)

    def block_loss(x: np.ndarray, m: np.ndarray, y: np.ndarray, grad: np.ndarray) -> np.ndarray:
        is_one_hot = ((y == 0) | (y == 1)).all(axis=-1)
        if is_one_hot.all():
            return squared_distance_to_label(x, m, y.argmax(axis=-1), grad)
        value = squared_distance(x, m, y, grad)
        if is_one_hot.any():
            part = np.empty((is_one_hot.sum(), x.shape[-1]))
            labels = y[is_one_hot].argmax(axis=-1)
            value[is_one_hot] = squared_distance_to_label(x[is_one_hot], m[is_one_hot], labels, part)
            grad[is_one_hot] = part
        return value

    return map_logit_blocks(block_loss, z, y)


def _validate_logits_and_labels(
    z: Any, labels: ArrayLike, class_weight: ArrayLike | None, *, reason: str = ""
) -> tuple[Any, Any, Any]:
    n_classes = validate_class_axis(z, "logits")
    y = validate_labels(labels, n_classes, reason=reason)
    shape = broadcast_labels(y, labels, z.shape)
    weight = _validate_class_weight(class_weight, n_classes)
    if shape != y.shape:
        y = np.broadcast_to(y, shape)
    if shape != z.shape[:-1]:
        z = np.broadcast_to(z, (*shape, n_classes))
    return z, y, weight


def _validate_class_weight(class_weight: ArrayLike | None, n_classes: int) -> np.ndarray:
    if class_weight is None:
        return np.ones(n_classes)
    weight = to_common_float(class_weight=class_weight).astype(np.float64)
    if weight.shape != (n_classes,):
        raise ValueError(f"class_weight must have shape {(n_classes,)}, got {weight.shape}")
    check_interval("[0, inf)", weight, "class_weight")
    return weight
