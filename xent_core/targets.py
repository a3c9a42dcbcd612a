"""Targets and class weights: labels as distributions, and weights that compensate for rare classes."""

import numpy as np
from numpy.typing import ArrayLike

from xent_core.validation import (
    check_distribution,
    ignore_range_errors,
    to_float64,
    validate_labels,
    validate_n_classes,
    validate_scalar,
)


def one_hot(labels: ArrayLike, n_classes: int) -> np.ndarray:
    """Return one-hot targets, with a 1 at the label and 0 elsewhere.

    labels     (...)  integers in [0, K)
    n_classes  K >= 1
    Returns    (..., K), float64
    Raises     ValueError if a label is not an integer in [0, K), or n_classes is not a positive integer

    >>> one_hot([2, 0], 3).tolist()
    [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]
    """
    n_classes = validate_n_classes(n_classes)
    y = validate_labels(labels, n_classes)
    target = np.zeros((*y.shape, n_classes))
    np.put_along_axis(target, y[..., None], 1, axis=-1)
    return target


@ignore_range_errors
def smooth_labels(target: ArrayLike, label_smoothing: float) -> np.ndarray:
    """Return smoothed targets, (1 - e) y + e / K: every class, including the right one, gets an equal share of e.

    target           (..., K)   a distribution
    label_smoothing  in [0, 1]  e
    Returns          (..., K)   a distribution
    Raises           ValueError if target is not a distribution, or label_smoothing is outside [0, 1]
    Source           Szegedy, Vanhoucke, Ioffe, Shlens, Wojna (2016), Rethinking the Inception Architecture

    >>> smooth_labels([1, 0], 0.1).round(4).tolist()  # the right class gets 0.95, not 0.9
    [0.95, 0.05]
    """
    smoothing = validate_scalar("[0, 1]", label_smoothing, "label_smoothing")
    dtype, y = to_float64(target=target)
    check_distribution(y, "target", given=target)
    return np.asarray((1 - smoothing) * y + smoothing / y.shape[-1], dtype)


def balanced_class_weight(labels: ArrayLike, n_classes: int) -> np.ndarray:
    """Return n / (K * count) per class, which gives every class the same total weight and the average example weight 1.

    labels     (...)  integers in [0, K), each class at least once
    n_classes  K >= 1
    Returns    (K,), float64
    Raises     ValueError if a label is not an integer in [0, K), or a class has no example to give weight to
    Source     King, Zeng (2001), Logistic Regression in Rare Events Data

    >>> balanced_class_weight([0, 0, 0, 1], 2).round(4).tolist()
    [0.6667, 2.0]
    """
    count = _class_counts(labels, n_classes)
    return count.sum() / (len(count) * count)


@ignore_range_errors
def effective_number_class_weight(labels: ArrayLike, n_classes: int, *, beta: float) -> np.ndarray:
    """Return the inverse effective number of examples per class, scaled to sum to K.

    The effective number (1 - beta^count) / (1 - beta) grows more slowly than the count, because each further example of
    a class adds less.

    labels     (...)  integers in [0, K), each class at least once
    n_classes  K >= 1
    beta       in [0, 1)  0 weights all classes equally; the limit of 1 gives weights proportional to 1 / count
    Returns    (K,), float64
    Raises     ValueError if a label is not an integer in [0, K), a class has no example, or beta is outside [0, 1)
    Source     Cui, Jia, Lin, Song, Belongie (2019), Class-Balanced Loss Based on Effective Number of Samples

    >>> effective_number_class_weight([0, 0, 0, 1], 2, beta=0.5).round(4).tolist()  # effective numbers 1.75 and 1
    [0.7273, 1.2727]
    """
    beta = validate_scalar("[0, 1)", beta, "beta")
    count = _class_counts(labels, n_classes)
    weight = -1 / np.expm1(count * np.log(beta))  # 1 - beta^count would cancel for beta close to 1
    return len(count) * weight / weight.sum()


def _class_counts(labels: ArrayLike, n_classes: int) -> np.ndarray:
    n_classes = validate_n_classes(n_classes)
    count = np.bincount(validate_labels(labels, n_classes).ravel(), minlength=n_classes)
    if not count.all():
        raise ValueError(f"labels must hold every class, got none of class {count.argmin()}")
    return count
