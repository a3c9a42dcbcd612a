"""How not to do it: textbook expressions that overflow, underflow or cancel. For the numerics lesson only.

They keep the dtype they are given, float16 too, and fail in silence, as most programs do. Each names the
function of the core that does it right.
"""

import numpy as np
from numpy.typing import ArrayLike

from xent_core.result import ValueAndGrad

silence_floating_point_errors = np.errstate(all="ignore")


@silence_floating_point_errors
def naive_softmax(logits: ArrayLike) -> np.ndarray:
    """e^z / sum of e^z: nan as soon as one e^z overflows. Right: softmax.

    >>> naive_softmax([1000.0, 0.0])
    array([nan,  0.])
    """
    e = np.exp(_floating(logits))
    return e / e.sum(axis=-1, keepdims=True)


@silence_floating_point_errors
def shifted_softmax(logits: ArrayLike) -> np.ndarray:
    """Softmax of z - max z: never overflows, yet a small probability still underflows to 0.

    >>> shifted_softmax([1000.0, 0.0])
    array([1., 0.])
    """
    z = _floating(logits)
    return naive_softmax(z - z.max(axis=-1, keepdims=True))


@silence_floating_point_errors
def log_after_softmax(logits: ArrayLike) -> np.ndarray:
    """Logarithm of a softmax that was rounded first: -inf where it fell to 0. Right: log_softmax.

    >>> log_after_softmax([1000.0, 0.0])
    array([  0., -inf])
    """
    return np.log(shifted_softmax(logits))


@silence_floating_point_errors
def naive_sigmoid(logits: ArrayLike) -> np.ndarray:
    """1 / (1 + e^-z): exactly 1 from z = 37 on in float64. Right: sigmoid.

    >>> naive_sigmoid([0.0, 37.0])
    array([0.5, 1. ])
    """
    z = _floating(logits)
    return 1 / (1 + np.exp(-z))


@silence_floating_point_errors
def naive_binary_cross_entropy(logits: ArrayLike, target: ArrayLike) -> ValueAndGrad:
    """-(y ln p + (1 - y) ln(1 - p)) of a rounded p. Right: binary_cross_entropy_with_logits.

    At 0 ln 0 it is nan, and once p is 1 a wrong answer costs inf.

    >>> naive_binary_cross_entropy([30.0, 40.0], [0.0, 0.0]).value.round(4)  # should be 30 and 40
    array([30.001,    inf])
    """
    p = naive_sigmoid(logits)
    y = np.asarray(target, dtype=p.dtype)
    return ValueAndGrad(value=-(y * np.log(p) + (1 - y) * np.log(1 - p)), grad=p - y)


@silence_floating_point_errors
def clipped_binary_cross_entropy(logits: ArrayLike, target: ArrayLike, *, clip: float = 1e-7) -> ValueAndGrad:
    """The same with p held in [clip, 1 - clip]: finite, but flat exactly where the model is most wrong.

    >>> loss = clipped_binary_cross_entropy([-40.0], [1.0])
    >>> loss.value.round(2), loss.grad  # should be 40 and -1
    (array([16.12]), array([0.]))
    """
    p = naive_sigmoid(logits)
    y = np.asarray(target, dtype=p.dtype)
    kept = np.clip(p, clip, 1 - clip)
    value = -(y * np.log(kept) + (1 - y) * np.log(1 - kept))
    return ValueAndGrad(value, grad=np.where(kept == p, p - y, p.dtype.type(0)))


@silence_floating_point_errors
def naive_kl_divergence(p: ArrayLike, q: ArrayLike) -> np.ndarray:
    """Sum of p ln(p / q): negative for p near q, nan where p is 0. Right: kl_divergence.

    >>> bool(naive_kl_divergence([0.5, 0.5], [0.5 + 2**-40, 0.5 - 2**-40]) < 0)
    True
    """
    x, y = _floating(p), _floating(q)
    return np.sum(x * np.log(x / y), axis=-1)


@silence_floating_point_errors
def ulp_error(computed: ArrayLike, exact: ArrayLike) -> np.ndarray:
    """Error of a result in units of the last place of its own dtype; nan where the result is, 0 where equal.

    >>> ulp_error(np.float32(0.1), 0.1) < 0.5  # rounded to the nearest float32
    np.True_
    """
    x, truth = _floating(computed), np.asarray(exact, dtype=np.float64)
    top = np.nextafter(np.finfo(x.dtype).max, x.dtype.type(0))  # the last that has a neighbour above
    unit = np.spacing(np.minimum(np.abs(truth), top).astype(x.dtype)).astype(np.float64)
    error = np.abs(x.astype(np.float64) - truth) / unit
    return np.where(x == truth, 0.0, error)


def _floating(values: ArrayLike) -> np.ndarray:
    array = np.asarray(values)
    return array if array.dtype.kind == "f" else array.astype(np.float64)
