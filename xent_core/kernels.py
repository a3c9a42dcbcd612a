"""The unchecked heart of the losses: a few expressions that neither overflow nor cancel.

Three habits do it all. An exponential is taken only of what is not positive, so it cannot overflow. One plus
something small goes to log1p unsummed, so the something is not lost. And 1 - p is built from the other
probabilities, never by subtracting.
"""

import numpy as np


def unchecked_softplus(x: np.ndarray) -> np.ndarray:
    """ln(1 + e^x)."""
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def unchecked_sigmoid(x: np.ndarray) -> np.ndarray:
    """1 / (1 + e^-x)."""
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def zero_safe_multiply(weight: np.ndarray, amount: np.ndarray) -> np.ndarray:
    """weight * amount, and 0 where the weight is 0, even of an infinite amount: nobody asked for it."""
    return np.multiply(weight, amount, where=weight > 0, out=np.zeros_like(amount))


def exact_difference(x: np.ndarray, m: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """x - m as two numbers, rounded and what the rounding lost; their sum is exact.

    Written in place, because at this size the time goes into memory.
    Source  Knuth (1997), The Art of Computer Programming, volume 2, section 4.2.2, theorem B (the two-sum)
    """
    d = x - m
    with np.errstate(invalid="ignore"):  # inf - inf where an argument is infinite; nothing is lost there
        again = d + m
        lost = x - again
        again -= d
        again -= m
        lost += again
    lost[np.isnan(lost)] = 0
    return d, lost


def exp_difference(x: np.ndarray, m: np.ndarray) -> np.ndarray:
    """e^(x - m) for x <= m, as exact as if x - m had not been rounded: e^(d + lost) = e^d (1 + lost).

    An absolute error of x - m is a relative one of its exponential: at -700 rounding alone costs 256 ulp.
    """
    d, lost = exact_difference(x, m)
    e = np.exp(d, out=d)
    lost *= e
    e += lost
    return e


def exact_product(a: np.ndarray, b: float) -> tuple[np.ndarray, np.ndarray]:
    """a b as two numbers, rounded and what the rounding lost; their sum is exact.

    Source  Dekker (1971), A Floating-Point Technique for Extending the Available Precision
    """
    product = np.asarray(a * b)
    with np.errstate(invalid="ignore"):  # where a half overflows; nothing is lost there
        (a_high, a_low), (b_high, b_low) = _halves(a), _halves(np.asarray(b))
        lost = np.asarray(a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low))
    lost[np.isnan(lost)] = 0
    return product, lost


def _halves(a: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Split a into two numbers of half the digits, so that products of halves are exact."""
    shifted = a * (2.0**27 + 1)
    high = shifted - (shifted - a)
    return high, a - high


def exp_product(x: np.ndarray, factor: float) -> np.ndarray:
    """e^(x factor) for x factor <= 0, as exact as if the product had not been rounded."""
    d, lost = exact_product(x, factor)
    e = np.exp(d)
    return e + e * lost


def exp_quotient(x: np.ndarray, lost: np.ndarray, divisor: float) -> np.ndarray:
    """e^((x + lost) / divisor) for x <= 0, as exact as if the quotient had not been rounded."""
    d = x / divisor
    back, left = exact_product(d, divisor)
    with np.errstate(invalid="ignore"):
        rest = np.asarray((((x - back) - left) + lost) / divisor)
    rest[~(np.abs(rest) < 1)] = 0  # NaN, or so far down that e is 0
    e = np.exp(d)
    return e + e * rest


def sum_of_others(a: np.ndarray) -> np.ndarray:
    """For every entry the sum of all the others along the last axis.

    total - a_j cancels only where a_j outweighs the rest together, so the largest entry is summed around.
    """
    top = np.abs(a).argmax(axis=-1)[..., None]
    largest = np.take_along_axis(a, top, axis=-1)
    others = a.copy()
    np.put_along_axis(others, top, 0, axis=-1)
    rest = others.sum(axis=-1, keepdims=True)
    np.subtract(rest + largest, a, out=others)
    np.put_along_axis(others, top, rest, axis=-1)
    return others


def power_of_complement(odds: np.ndarray, gamma: float) -> np.ndarray:
    """(1 - p)^gamma from the odds against p, (1 - p) / p: near either end a rounded 1 - p would not do."""
    closer = np.minimum(odds, 1 / odds)
    return np.minimum(odds, 1) ** gamma * np.exp(-gamma * np.log1p(closer))


def power_of_sigmoid(x: np.ndarray, gamma: float) -> np.ndarray:
    """sigmoid(x)^gamma: the same with odds e^x, where e^(gamma x) need not pass through a rounded e^x."""
    if gamma == 0:
        return np.ones(x.shape)
    return exp_product(np.minimum(x, 0), gamma) * np.exp(-gamma * np.log1p(np.exp(-np.abs(x))))
