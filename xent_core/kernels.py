"""The unchecked heart of the losses: a few expressions that neither overflow nor cancel.

Three habits do it all. An exponential is taken only of what is not positive, so it cannot overflow. One plus
something small goes to log1p unsummed, so the something is not lost. And 1 - p is built from the other
probabilities, never by subtracting.
"""

import numpy as np


def softplus_of(x: np.ndarray) -> np.ndarray:
    """ln(1 + e^x)."""
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def sigmoid_of(x: np.ndarray) -> np.ndarray:
    """1 / (1 + e^-x)."""
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def exact_difference(x: np.ndarray, m: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """x - m as two numbers, rounded and what the rounding lost; their sum is exact.

    Written in place, because at this size the time goes into memory.
    Source  Knuth (1997), The Art of Computer Programming, volume 2, section 4.2.2, theorem B (the two-sum)
    """
    d = np.asarray(x - m)
    with np.errstate(invalid="ignore"):  # inf - inf where an argument is infinite; nothing is lost there
        again = np.asarray(d + m)
        lost = np.asarray(x - again)
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


def power_of_complement(p: np.ndarray, u: np.ndarray, gamma: float) -> np.ndarray:
    """u^gamma, where u = 1 - p is given too: near u = 1 it is taken from p, which still has the digits."""
    return np.where(p < 0.5, np.exp(gamma * np.log1p(-p)), u**gamma)
