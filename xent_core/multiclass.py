"""Losses of K classes, of which one is right."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from xent_core.kernels import power_of_complement, zero_safe_multiply
from xent_core.result import ValueAndGrad, as_result
from xent_core.softmax_blocks import map_row_blocks, soft_cross_entropy, softmax_squared_distance, split_rows
from xent_core.validation import (
    broadcast_pair,
    broadcast_shape,
    check_distribution,
    check_interval,
    ignore_range_errors,
    to_common_float,
    to_float64,
    validate_class_axis,
    validate_labels,
    validate_scalar,
)


@ignore_range_errors
def categorical_cross_entropy(probs: ArrayLike, target: ArrayLike) -> ValueAndGrad:
    """Cross-entropy of probs against target, -sum of y ln p, in nats, one value an example.

    probs    (..., K)  a distribution; for logits use softmax_cross_entropy, which loses no digits
    target   (..., K)  a distribution: one-hot or soft
    Returns  value (...) in [0, inf], inf where the target wants p = 0; d value / d probs (..., K), -y / p
    Raises   ValueError  unequal shapes; NaN; values outside [0, 1]; rows that do not sum to 1
    Source   Goodfellow, Bengio, Courville (2016), Deep Learning, section 6.2.1.1

    >>> loss = categorical_cross_entropy([0.1, 0.7, 0.2], [0, 1, 0])
    >>> round(float(loss.value), 4), loss.grad.round(4).tolist()
    (0.3567, [0.0, -1.4286, 0.0])
    """
    dtype, p, y = to_float64(probs=probs, target=target)
    validate_class_axis(p, "probs")
    p, y = broadcast_pair(p, y, "target", classes=True)
    check_distribution(p, "probs")
    check_distribution(y, "target")
    grad = np.divide(-y, p, where=y > 0, out=np.zeros(p.shape))
    return as_result(zero_safe_multiply(y, -np.log(p)).sum(axis=-1), grad, dtype)


@ignore_range_errors
def softmax_cross_entropy(
    logits: ArrayLike, target: ArrayLike, *, class_weight: ArrayLike | None = None, label_smoothing: float = 0.0
) -> ValueAndGrad:
    """Cross-entropy of softmax(logits) against target, in nats, one value an example.

    logits           (..., K)   -inf masks a class
    target           (..., K)   a distribution: one-hot or soft
    class_weight     (K,)       multiplies each class's term; not negative
    label_smoothing  in [0, 1]  puts (1 - e) y + e / K in the place of y
    Returns          value (...) in [0, inf], inf where a masked class is wanted; d value / d logits (..., K)
    Raises           ValueError  shapes that do not meet; NaN; +inf; a row of -inf; target not a distribution
    Source           Bishop (2006), Pattern Recognition and Machine Learning, section 4.3.4

    >>> loss = softmax_cross_entropy([2.0, 1.0, 0.0], [0.8, 0.2, 0.0])
    >>> round(float(loss.value), 4), loss.grad.round(4).tolist()  # softmax minus target
    (0.6076, [-0.1348, 0.0447, 0.09])
    """
    z, y = to_common_float(logits=logits, target=target)
    n_classes = validate_class_axis(z, "logits")
    z, y = broadcast_pair(z, y, "target", classes=True)
    check_distribution(y, "target")
    smoothing = validate_scalar("[0, 1]", label_smoothing, "label_smoothing")
    weight = _class_weight(class_weight, n_classes)

    def block_loss(x: np.ndarray, m: np.ndarray, y: np.ndarray, grad: np.ndarray) -> np.ndarray:
        return soft_cross_entropy(x, m, weight * ((1 - smoothing) * y + smoothing / n_classes), grad)

    return map_row_blocks(block_loss, z, y)


@ignore_range_errors
def sparse_softmax_cross_entropy(
    logits: ArrayLike, labels: ArrayLike, *, class_weight: ArrayLike | None = None, label_smoothing: float = 0.0
) -> ValueAndGrad:
    """Cross-entropy of softmax(logits) against integer labels, -ln p of the right class, in nats.

    logits           (..., K)   -inf masks a class
    labels           (...)      integers in [0, K)
    class_weight     (K,)       multiplies each class's term; not negative
    label_smoothing  in [0, 1]  gives every class, the right one too, e / K of the label's 1
    Returns          value (...) in [0, inf], inf where a masked class is wanted; d value / d logits (..., K)
    Raises           ValueError  shapes that do not meet; NaN; +inf; a row of -inf; a label that is no class
    Source           Bishop (2006), Pattern Recognition and Machine Learning, section 4.3.4

    >>> loss = sparse_softmax_cross_entropy([[2.0, 1.0, 0.0], [0.0, 0.0, 50.0]], [0, 2])
    >>> loss.value.tolist()  # the second is 2 e^-50; a 1 - p or a ln p would say 0
    [0.40760596444438..., 3.8574996959278356e-22]
    """
    z, y, weight = _logits_and_labels(to_common_float(logits=logits), labels, class_weight)
    n_classes = z.shape[-1]
    smoothing = validate_scalar("[0, 1]", label_smoothing, "label_smoothing")

    def hard(x: np.ndarray, m: np.ndarray, y: np.ndarray, grad: np.ndarray) -> np.ndarray:
        rows = split_rows(x, m, y)
        if class_weight is None:
            rows.fill_gradient(grad, 1)
            return rows.cost
        scale = weight[y].astype(x.dtype)
        rows.fill_gradient(grad, scale)
        return zero_safe_multiply(scale, rows.cost)

    def smoothed(x: np.ndarray, m: np.ndarray, y: np.ndarray, grad: np.ndarray) -> np.ndarray:
        target = np.full(x.shape, smoothing / n_classes)
        target[np.arange(len(y)), y] += 1 - smoothing
        return soft_cross_entropy(x, m, weight * target, grad)

    return map_row_blocks(smoothed if smoothing > 0 else hard, z, y)


@ignore_range_errors
def softmax_focal_loss(
    logits: ArrayLike, labels: ArrayLike, *, gamma: float = 2.0, class_weight: ArrayLike | None = None
) -> ValueAndGrad:
    """Cross-entropy times (1 - p)^gamma, p the probability of the right class: easy examples count less.

    logits        (..., K)  -inf masks a class
    labels        (...)     integers in [0, K)
    gamma         >= 0      0 is cross-entropy
    class_weight  (K,)      multiplies the loss of each class's examples; not negative
    Returns       value (...) in [0, inf], in nats; d value / d logits (..., K)
    Raises        ValueError  as sparse_softmax_cross_entropy; gamma negative
    Source        Lin, Goyal, Girshick, He, Dollar (2017), Focal Loss for Dense Object Detection

    >>> loss = softmax_focal_loss([[2.0, 0.0], [0.0, 2.0]], [0, 0])
    >>> loss.value.round(4).tolist()  # cross-entropy says 0.1269 and 2.1269
    [0.0018, 1.6501]
    """
    gamma = validate_scalar("[0, inf)", gamma, "gamma")
    z, y, weight = _logits_and_labels(to_common_float(logits=logits), labels, class_weight)

    def block_loss(x: np.ndarray, m: np.ndarray, y: np.ndarray, grad: np.ndarray) -> np.ndarray:
        rows = split_rows(x.astype(np.float64), m.astype(np.float64), y)
        odds, cost = rows.wrong / rows.right, rows.cost
        fade = weight[y] * power_of_complement(odds, gamma)
        # d(fade cost) = fade (1 + gamma cost / odds) d cost, as p / (1 - p) = 1 / odds; a quotient between 0 and 1
        ratio = np.divide(cost, odds, where=(odds > 0) & (cost < np.inf), out=np.where(odds > 0, 0.0, 1.0))
        slope = fade + (fade * gamma) * ratio
        rows.fill_gradient(grad, slope)
        return zero_safe_multiply(fade, cost)

    return map_row_blocks(block_loss, z, y)


@ignore_range_errors
def softmax_squared_error(logits: ArrayLike, target: ArrayLike) -> ValueAndGrad:
    """Squared distance from softmax(logits) to target, sum of (p - y)^2: Brier's score, seen from the logits.

    logits   (..., K)  -inf masks a class
    target   (..., K)  a distribution: one-hot or soft
    Returns  value (...) in [0, 2]; d value / d logits (..., K), faint where confidently wrong
    Raises   ValueError  shapes that do not meet; NaN; +inf; a row of -inf; target not a distribution
    Source   Brier (1950), Verification of forecasts expressed in terms of probability

    >>> loss = softmax_squared_error([0.0, 8.0], [1, 0])
    >>> round(float(loss.value), 4), loss.grad.round(4).tolist()  # wrong by 8 and hardly pulled back
    (1.9987, [-0.0013, 0.0013])
    """
    z, y = to_common_float(logits=logits, target=target)
    validate_class_axis(z, "logits")
    z, y = broadcast_pair(z, y, "target", classes=True)
    check_distribution(y, "target")

    def block_loss(x: np.ndarray, m: np.ndarray, y: np.ndarray, grad: np.ndarray) -> np.ndarray:
        return softmax_squared_distance(x, m, y.astype(np.float64), grad)

    return map_row_blocks(block_loss, z, y)


def _logits_and_labels(z: Any, labels: ArrayLike, class_weight: ArrayLike | None) -> tuple[Any, Any, Any]:
    n_classes = validate_class_axis(z, "logits")
    y = validate_labels(labels, n_classes)
    shape = broadcast_shape("labels", y.shape, z.shape[:-1])
    weight = _class_weight(class_weight, n_classes)
    if shape != y.shape:
        y = np.broadcast_to(y, shape)
    if shape != z.shape[:-1]:
        z = np.broadcast_to(z, (*shape, n_classes))
    return z, y, weight


def _class_weight(class_weight: ArrayLike | None, n_classes: int) -> np.ndarray:
    if class_weight is None:
        return np.ones(n_classes)
    weight = to_common_float(class_weight=class_weight).astype(np.float64)
    if weight.shape != (n_classes,):
        raise ValueError(f"class_weight must have shape {(n_classes,)}, got {weight.shape}")
    check_interval("[0, inf)", weight, "class_weight")
    return weight
