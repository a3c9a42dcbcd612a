"""Losses of K classes, of which one is right."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from xent_core.checks import (
    class_labels,
    distribution,
    doubles,
    floats,
    has_classes,
    meet,
    option,
    reaches_limits,
    stretched,
    within,
)
from xent_core.kernels import exp_difference, power_of_complement, sum_of_others
from xent_core.result import ValueAndGrad, answer
from xent_core.rows import by_blocks, fill_pull, right_and_wrong, soft_cross_entropy


@reaches_limits
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
    dtype, p, y = doubles(probs=probs, target=target)
    has_classes(p, "probs")
    p, y = meet(p, y, "target", classes=True)
    distribution(p, "probs")
    distribution(y, "target")
    wanted = y > 0
    cost = np.multiply(y, -np.log(p), where=wanted, out=np.zeros(p.shape))
    grad = np.divide(-y, p, where=wanted, out=np.zeros(p.shape))
    return answer(cost.sum(axis=-1), grad, dtype)


@reaches_limits
def softmax_cross_entropy(
    logits: ArrayLike,
    target: ArrayLike,
    *,
    class_weight: ArrayLike | None = None,
    label_smoothing: float = 0.0,
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
    z, y = floats(logits=logits, target=target)
    n_classes = has_classes(z, "logits")
    z, y = meet(z, y, "target", classes=True)
    distribution(y, "target")
    smoothing = option("[0, 1]", label_smoothing, "label_smoothing")
    weight = _class_weight(class_weight, n_classes)

    def block_loss(x: np.ndarray, m: np.ndarray, y: np.ndarray, grad: np.ndarray) -> np.ndarray:
        return soft_cross_entropy(x, m, weight * ((1 - smoothing) * y + smoothing / n_classes), grad)

    return by_blocks(block_loss, z, y)


@reaches_limits
def sparse_softmax_cross_entropy(
    logits: ArrayLike,
    labels: ArrayLike,
    *,
    class_weight: ArrayLike | None = None,
    label_smoothing: float = 0.0,
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
    z, y, weight = _logits_and_labels(floats(logits=logits), labels, class_weight)
    n_classes = z.shape[-1]
    smoothing = option("[0, 1]", label_smoothing, "label_smoothing")

    def hard(x: np.ndarray, m: np.ndarray, y: np.ndarray, grad: np.ndarray) -> np.ndarray:
        e, right, wrong, cost = right_and_wrong(x, m, y)
        scale = weight[y].astype(x.dtype)
        fill_pull(grad, scale, e, right, wrong, y)
        return scale * cost

    def smoothed(x: np.ndarray, m: np.ndarray, y: np.ndarray, grad: np.ndarray) -> np.ndarray:
        target = np.full(x.shape, smoothing / n_classes)
        target[np.arange(len(y)), y] += 1 - smoothing
        return soft_cross_entropy(x, m, weight * target, grad)

    return by_blocks(smoothed if smoothing > 0 else hard, z, y)


@reaches_limits
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
    gamma = option("[0, inf)", gamma, "gamma")
    z, y, weight = _logits_and_labels(floats(logits=logits), labels, class_weight)

    def block_loss(x: np.ndarray, m: np.ndarray, y: np.ndarray, grad: np.ndarray) -> np.ndarray:
        e, right, wrong, cost = right_and_wrong(x.astype(np.float64), m.astype(np.float64), y)
        p, u = right / (right + wrong), wrong / (right + wrong)
        fade = weight[y] * power_of_complement(p, u, gamma)
        # d(u^g cost) = u^g (1 + g p cost / u) d cost. cost / u is 1 where both are 0; p cost is 0 at p = 0.
        ratio = np.divide(cost, u, where=u > 0, out=np.ones_like(u))
        slope = fade + (fade * gamma) * np.multiply(p, ratio, where=p > 0, out=np.zeros_like(p))
        fill_pull(grad, slope, e, right, wrong, y)
        return fade * cost

    return by_blocks(block_loss, z, y)


@reaches_limits
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
    z, y = floats(logits=logits, target=target)
    has_classes(z, "logits")
    z, y = meet(z, y, "target", classes=True)
    distribution(y, "target")

    def block_loss(x: np.ndarray, m: np.ndarray, y: np.ndarray, grad: np.ndarray) -> np.ndarray:
        y = y.astype(np.float64)
        e = exp_difference(x.astype(np.float64), m.astype(np.float64)[:, None])
        z = e.sum(axis=-1, keepdims=True)
        p, u = e / z, sum_of_others(e) / z  # u = 1 - p
        off = (1 - y) * p - y * u  # p - y, from terms that cannot both be large
        grad[...] = 2 * p * (u * off - sum_of_others(p * off))  # 2 p (off - sum of p off)
        return (off * off).sum(axis=-1)

    return by_blocks(block_loss, z, y)


def _logits_and_labels(z: Any, labels: ArrayLike, class_weight: ArrayLike | None) -> tuple[Any, Any, Any]:
    n_classes = has_classes(z, "logits")
    y = class_labels(labels, n_classes)
    shape = stretched("labels", y.shape, z.shape[:-1])
    weight = _class_weight(class_weight, n_classes)
    return np.broadcast_to(z, (*shape, n_classes)), np.broadcast_to(y, shape), weight


def _class_weight(class_weight: ArrayLike | None, n_classes: int) -> np.ndarray:
    if class_weight is None:
        return np.ones(n_classes)
    weight = floats(class_weight=class_weight).astype(np.float64)
    if weight.shape != (n_classes,):
        raise ValueError(f"class_weight must have shape {(n_classes,)}, got {weight.shape}")
    within("[0, inf)", weight, "class_weight")
    return weight
