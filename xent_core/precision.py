"""Effects of floating-point formats on a formula, and its exact values for comparison, for the numerics lesson only.

The functions that demonstrate a format work in the dtype of their argument, float16 included; those that return exact
values use decimal arithmetic.
"""

from decimal import Decimal, localcontext
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from xent_core.naive import naive_softmax, shifted_softmax, silence_floating_point_errors
from xent_core.result import ValueAndGrad
from xent_core.validation import read_array

DIGITS = 90  # 1 + e^-90 still keeps 50 digits of e^-90
TINY = Decimal("1e-25")  # below this, three terms of the series of ln(1 + x) give 75 digits


@silence_floating_point_errors
def naive_cross_entropy(probs: ArrayLike, target: ArrayLike) -> np.ndarray:
    """Return the textbook formula -sum of y ln p, where 0 times ln 0 is nan. Use categorical_cross_entropy instead.

    probs    (..., K)
    target   (..., K)
    Returns  (...), in nats and in the dtype of probs

    >>> naive_cross_entropy([1.0, 0.0], [1.0, 0.0])
    np.float64(nan)
    """
    p = read_array(probs, "probs")
    y = read_array(target, "target").astype(p.dtype)
    return (y * -np.log(p)).sum(axis=-1)


@silence_floating_point_errors
def cross_entropy_in_log_space(logits: ArrayLike, target: ArrayLike) -> np.ndarray:
    """Return the cross-entropy of softmax(logits), computed with logarithms throughout, in nats.

    The largest logit m is subtracted first. Its own term e^0 = 1 is left to log1p, so that the rest is not rounded by
    adding it to 1: ln p = z - m - log1p(rest).

    logits   (..., K)
    target   (..., K)
    Returns  (...), with every step in the dtype of the logits

    >>> float(cross_entropy_in_log_space(np.array([1000, 0], np.float16), [0, 1]))
    1000.0
    """
    z = read_array(logits, "logits")
    y = read_array(target, "target").astype(z.dtype)
    top = z.argmax(axis=-1)[..., None]
    d = z - np.take_along_axis(z, top, axis=-1)
    e = np.exp(d)
    np.put_along_axis(e, top, 0, axis=-1)
    return (y * (np.log1p(e.sum(axis=-1, keepdims=True)) - d)).sum(axis=-1)


def cross_entropy_three_ways(logits: ArrayLike, target: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return a softmax cross-entropy by the textbook formula, after subtracting the maximum, and in log space.

    logits   (..., K)
    target   (..., K)
    Returns  three arrays (...), in nats and in the dtype of the logits

    >>> [float(loss) for loss in cross_entropy_three_ways([1000.0, 0.0], [0, 1])]
    [nan, inf, 1000.0]
    """
    return (
        naive_cross_entropy(naive_softmax(logits), target),
        naive_cross_entropy(shifted_softmax(logits), target),
        cross_entropy_in_log_space(logits, target),
    )


class LogSumExpSteps(NamedTuple):
    """The intermediate results of ln(sum of e^z), all in one dtype."""

    shifted: np.ndarray
    powers: np.ndarray
    total: np.ndarray
    value: np.ndarray


@silence_floating_point_errors
def logsumexp_steps(logits: ArrayLike, shift: float) -> LogSumExpSteps:
    """Return the steps of c + ln(sum of e^(z - c)); in exact arithmetic, c makes no difference.

    logits   (..., K)
    shift    c
    Returns  LogSumExpSteps, in the dtype of the logits

    >>> [float(logsumexp_steps([1000.0, 999.0], c).value.round(3)) for c in (0, 1000, 2000)]
    [inf, 1000.313, -inf]
    """
    z = read_array(logits, "logits")
    c = z.dtype.type(shift)
    shifted = z - c
    powers = np.exp(shifted)
    total = powers.sum(axis=-1)
    return LogSumExpSteps(shifted, powers, total, c + np.log(total))


def exponent_range(dtype: DTypeLike) -> tuple[float, float]:
    """Return the range of exponents for which e^x is neither 0 nor infinite in a floating-point format.

    >>> [round(x, 2) for x in exponent_range(np.float32)]
    [-103.97, 88.72]
    """
    limits = np.finfo(dtype)
    lowest = np.log(np.float64(limits.smallest_subnormal) / 2) if limits.bits < 64 else -745.1332191019412
    return float(lowest), float(np.log(np.float64(limits.max)))


def exact_exp(x: float) -> Decimal:
    """Return e^x to 50 digits, whatever its magnitude.

    >>> f"{exact_exp(1000):.3e}"
    '1.970e+434'
    """
    with localcontext(prec=DIGITS):
        return Decimal(float(x)).exp()


def exact_logsumexp(logits: ArrayLike) -> float:
    """Return ln(sum of e^z) of a single row, computed to 50 digits and rounded once.

    >>> exact_logsumexp([1000, 1000])
    1000.6931471805599
    """
    z = [Decimal(float(value)) for value in read_array(logits, "logits")]
    top = max(z)
    with localcontext(prec=DIGITS):
        rest = sum(((value - top).exp() for value in z), Decimal(-1))  # leaves out the 1 of the largest term
        return float(top + _log1p(rest))


def exact_binary_cross_entropy(logits: ArrayLike, target: float) -> ValueAndGrad:
    """Return the cross-entropy of Bernoulli(sigmoid(logits)) against one target, in nats, to 50 digits.

    logits   (...)
    target   in [0, 1]
    Returns  value and d value / d logits, both (...), arrays of Decimal; `.astype(float)` rounds them once

    >>> loss = exact_binary_cross_entropy(-1000.0, 0)
    >>> f"{loss.value.item():.3e}, {loss.grad.item():.3e}"
    '5.076e-435, 5.076e-435'
    """
    z = read_array(logits, "logits").astype(np.float64)
    pairs = [_exact_pair(Decimal(float(each)), Decimal(float(target))) for each in z.ravel()]
    columns = [np.array(column, dtype=object).reshape(z.shape) for column in zip(*pairs, strict=True)]
    return ValueAndGrad(*columns)


@lru_cache(maxsize=4096)
def _exact_pair(z: Decimal, y: Decimal) -> tuple[Decimal, Decimal]:
    with localcontext(prec=DIGITS):
        e = (-abs(z)).exp()
        small, large = e / (1 + e), 1 / (1 + e)  # sigmoid(-|z|) and sigmoid(|z|)
        p, complement = (large, small) if z >= 0 else (small, large)
        nll_of_0 = max(z, Decimal(0)) + _log1p(e)
        nll_of_1 = max(-z, Decimal(0)) + _log1p(e)
        return y * nll_of_1 + (1 - y) * nll_of_0, (1 - y) * p - y * complement


def _log1p(x: Decimal) -> Decimal:
    return (1 + x).ln() if x > TINY else x - x * x / 2 + x * x * x / 3


def correct_bits(computed: ArrayLike, exact: ArrayLike) -> np.ndarray:
    """Return the number of correct leading bits of a result: at most those of its format, and 0 where it is not finite.

    computed  (...)  in the dtype whose bits count
    exact     (...)  Decimal
    Returns   (...)  -log2 of the relative error, between 0 and 11, 24, or 53

    >>> correct_bits(np.array([0.1, 0.0, np.nan], np.float32), [Decimal("0.1")] * 3).round().tolist()
    [24.0, 0.0, 0.0]
    """
    x = read_array(computed, "computed")
    n_bits = np.finfo(x.dtype).nmant + 1
    truths = np.broadcast_to(read_array(exact, "exact").astype(object), x.shape)
    bits = [_correct_bits(float(c), t, n_bits) for c, t in zip(x.ravel(), truths.ravel(), strict=True)]
    return np.array(bits).reshape(x.shape)


def _correct_bits(computed: float, exact: Decimal, n_bits: int) -> float:
    if not np.isfinite(computed):
        return 0.0
    with localcontext(prec=DIGITS):
        error = float(abs(Decimal(computed) - exact) / abs(exact)) if exact else float(computed != 0)
    return float(n_bits) if error == 0 else float(max(0.0, min(n_bits, -np.log2(error))))
