"""Textbook expressions that overflow, underflow, or cancel, for the numerics lesson only.

They keep the dtype of their argument, float16 included, and fail without a warning, as most programs do. Each
docstring names the function of this package to use instead.
"""

import numpy as np
from numpy.typing import ArrayLike

from xent_core.result import ValueAndGrad
from xent_core.validation import read_array

silence_floating_point_errors = np.errstate(all="ignore")


@silence_floating_point_errors
def naive_softmax(logits: ArrayLike) -> np.ndarray:
    """Return e^z / sum of e^z, which is nan as soon as one e^z overflows. Use softmax instead.

    logits   (..., K)
    Returns  (..., K), in the dtype of the logits

    >>> naive_softmax([1000.0, 0.0])
    array([nan,  0.])
    """
    e = np.exp(_to_floating(logits))
    return e / e.sum(axis=-1, keepdims=True)


@silence_floating_point_errors
def shifted_softmax(logits: ArrayLike) -> np.ndarray:
    """Return the softmax of z - max z, which never overflows, though a small probability still underflows to 0.

    logits   (..., K)
    Returns  (..., K), in the dtype of the logits

    >>> shifted_softmax([1000.0, 0.0])
    array([1., 0.])
    """
    z = _to_floating(logits)
    return naive_softmax(z - z.max(axis=-1, keepdims=True))


@silence_floating_point_errors
def log_after_softmax(logits: ArrayLike) -> np.ndarray:
    """Return ln of a rounded softmax, which is -inf where the softmax underflowed. Use log_softmax instead.

    logits   (..., K)
    Returns  (..., K), in the dtype of the logits

    >>> log_after_softmax([1000.0, 0.0])
    array([  0., -inf])
    """
    return np.log(shifted_softmax(logits))


@silence_floating_point_errors
def naive_sigmoid(logits: ArrayLike) -> np.ndarray:
    """Return 1 / (1 + e^-z), which is exactly 1 from z = 37 on in float64. Use sigmoid instead.

    logits   (...)
    Returns  (...), in the dtype of the logits

    >>> naive_sigmoid([0.0, 37.0])
    array([0.5, 1. ])
    """
    z = _to_floating(logits)
    return 1 / (1 + np.exp(-z))


@silence_floating_point_errors
def naive_binary_cross_entropy(logits: ArrayLike, target: ArrayLike) -> ValueAndGrad:
    """Return -(y ln p + (1 - y) ln(1 - p)) for a rounded p. Use binary_cross_entropy_with_logits instead.

    The value is nan where it computes 0 ln 0, and inf for a wrong label once p has rounded to 1. In both cases the
    gradient is nan, as that of automatic differentiation is: it multiplies the derivative in p by p (1 - p).

    logits   (...)
    target   (...)  in [0, 1]
    Returns  value in nats and d value / d logits, both (...)

    >>> naive_binary_cross_entropy([30.0, 40.0], [0.0, 0.0]).value.round(4)  # the exact values are 30 and 40
    array([30.001,    inf])
    """
    p = naive_sigmoid(logits)
    y = read_array(target, "target").astype(p.dtype)
    return ValueAndGrad(value=y * -np.log(p) + (1 - y) * -np.log(1 - p), grad=_by_chain_rule(p, y))


def _by_chain_rule(p: np.ndarray, y: np.ndarray) -> np.ndarray:
    """Return the derivative of the binary cross-entropy in p, times that of the sigmoid."""
    return ((1 - y) / (1 - p) - y / p) * (p * (1 - p))


@silence_floating_point_errors
def clipped_binary_cross_entropy(logits: ArrayLike, target: ArrayLike, *, clip: float = 1e-7) -> ValueAndGrad:
    """Return naive_binary_cross_entropy with p clipped to [clip, 1 - clip].

    The value is finite unless clip or 1 - clip is rounded to 0 or 1, but its gradient is 0 exactly where the model is
    most wrong.

    logits   (...)
    target   (...)  in [0, 1]
    clip     in (0, 1/2)
    Returns  value in nats and d value / d logits, both (...)

    >>> loss = clipped_binary_cross_entropy([-40.0], [1.0])
    >>> loss.value.round(2), loss.grad  # the exact value and slope are 40 and -1
    (array([16.12]), array([0.]))
    """
    p = naive_sigmoid(logits)
    y = read_array(target, "target").astype(p.dtype)
    clipped = np.clip(p, clip, 1 - clip)
    value = y * -np.log(clipped) + (1 - y) * -np.log(1 - clipped)
    return ValueAndGrad(value, grad=np.where(clipped == p, _by_chain_rule(p, y), p.dtype.type(0)))


@silence_floating_point_errors
def naive_kl_divergence(p: ArrayLike, q: ArrayLike) -> np.ndarray:
    """Return the sum of p ln(p / q), which can be negative for p close to q, and is nan if a p is 0. Use kl_divergence.

    p, q     (..., K)  each sums to 1
    Returns  (...), in nats

    >>> bool(naive_kl_divergence([0.5, 0.5], [0.5 + 2**-40, 0.5 - 2**-40]) < 0)
    True
    """
    x, y = _to_floating(p), _to_floating(q)
    return np.sum(x * np.log(x / y), axis=-1)


@silence_floating_point_errors
def ulp_error(computed: ArrayLike, exact: ArrayLike) -> np.ndarray:
    """Return the error of a result in units in the last place (ulp): nan where the result is nan, 0 where it is exact.

    computed  (...)  in the dtype whose ulp counts
    exact     (...)
    Returns   (...), float64

    >>> ulp_error(np.float32(0.1), 0.1) < 0.5  # rounded to the nearest float32
    np.True_
    """
    x, truth = _to_floating(computed), read_array(exact, "exact").astype(np.float64)
    largest = np.nextafter(np.finfo(x.dtype).max, x.dtype.type(0))  # the largest that has a finite neighbor above
    ulp = np.spacing(np.minimum(np.abs(truth), largest).astype(x.dtype)).astype(np.float64)
    error = np.abs(x.astype(np.float64) - truth) / ulp
    return np.where(x == truth, 0.0, error)


def _to_floating(values: ArrayLike) -> np.ndarray:
    array = read_array(values, "values")
    return array if array.dtype.kind == "f" else array.astype(np.float64)
