"""The numerical core of the losses: unchecked expressions that neither overflow nor cancel.

They follow three rules. An exponential is taken only of a number that is not positive, so it cannot overflow. A
small term that is to be added to 1 goes to log1p on its own, so it is not rounded away. And 1 - p is summed from
the other probabilities, never computed by subtraction.
"""

import numpy as np


def unchecked_softplus(x: np.ndarray) -> np.ndarray:
    """Return ln(1 + e^x)."""
    return np.maximum(x, 0) + np.log1p(np.exp(-np.abs(x)))


def unchecked_sigmoid(x: np.ndarray) -> np.ndarray:
    """Return 1 / (1 + e^-x)."""
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1, e) / (1 + e)


def zero_safe_multiply(weight: np.ndarray, amount: np.ndarray) -> np.ndarray:
    """Return weight * amount, and 0 where the weight is 0 even if the amount is infinite."""
    return np.multiply(weight, amount, where=weight > 0, out=np.zeros_like(amount))


def exact_difference(x: np.ndarray, m: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return x - m as two numbers, the rounded difference and its rounding error; their sum is exact.

    The arithmetic is done in place, because memory traffic dominates the time for large arrays.

    Source  Knuth (1997), The Art of Computer Programming, volume 2, section 4.2.2, theorem B (the two-sum)
    """
    d = x - m
    with np.errstate(invalid="ignore"):  # an infinite argument gives inf - inf, and its rounding error is 0
        restored = d + m
        error = x - restored
        restored -= d
        restored -= m
        error += restored
    error[np.isnan(error)] = 0
    return d, error


def exp_difference(x: np.ndarray, m: np.ndarray) -> np.ndarray:
    """Return e^(x - m) for x <= m as if x - m had not been rounded: e^(d + error) = e^d (1 + error).

    An absolute error in an exponent becomes a relative error of its exponential: near -700, rounding alone costs
    256 ulp.
    """
    d, error = exact_difference(x, m)
    e = np.exp(d, out=d)
    error *= e
    e += error
    return e


def exact_product(a: np.ndarray, b: float) -> tuple[np.ndarray, np.ndarray]:
    """Return a * b as two numbers, the rounded product and its rounding error; their sum is exact.

    Source  Dekker (1971), A Floating-Point Technique for Extending the Available Precision
    """
    product = np.asarray(a * b)
    with np.errstate(invalid="ignore"):  # splitting may overflow; the rounding error is then taken to be 0
        (a_high, a_low), (b_high, b_low) = _split(a), _split(np.asarray(b))
        error = np.asarray(a_low * b_low - (((product - a_high * b_high) - a_low * b_high) - a_high * b_low))
    error[np.isnan(error)] = 0
    return product, error


def _split(a: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Split a into two numbers with half the digits each, so that products of such halves are exact."""
    shifted = a * (2.0**27 + 1)
    high = shifted - (shifted - a)
    return high, a - high


def exp_product(x: np.ndarray, factor: float) -> np.ndarray:
    """Return e^(x * factor) for x * factor <= 0 as if the product had not been rounded."""
    d, error = exact_product(x, factor)
    e = np.exp(d)
    return e + e * error


def exp_quotient(x: np.ndarray, error: np.ndarray, divisor: float) -> np.ndarray:
    """Return e^((x + error) / divisor) for x <= 0 as if the quotient had not been rounded."""
    d = x / divisor
    restored, restored_error = exact_product(d, divisor)
    with np.errstate(invalid="ignore"):
        correction = np.asarray((((x - restored) - restored_error) + error) / divisor)
    correction[~(np.abs(correction) < 1)] = 0  # NaN, or an exponent so low that its exponential is 0
    e = np.exp(d)
    return e + e * correction


def sum_of_others(a: np.ndarray) -> np.ndarray:
    """Return for every entry the sum of all the other entries along the last axis.

    Subtracting an entry from the total cancels only if it outweighs all the others together. Only the largest entry
    can, so the sum of its others is computed directly.
    """
    top = np.abs(a).argmax(axis=-1)[..., None]
    largest = np.take_along_axis(a, top, axis=-1)
    others = a.copy()
    np.put_along_axis(others, top, 0, axis=-1)
    rest = others.sum(axis=-1, keepdims=True)
    np.subtract(rest, a, out=others)  # before adding the largest, so that tied entries get equal sums
    others += largest
    np.put_along_axis(others, top, rest, axis=-1)
    return others


def power_of_complement(odds_against: np.ndarray, gamma: float) -> np.ndarray:
    """Return (1 - p)^gamma from the odds against p, (1 - p) / p, because a rounded 1 - p loses digits near 0 and 1."""
    smaller_odds = np.minimum(odds_against, 1 / odds_against)
    return np.minimum(odds_against, 1) ** gamma * np.exp(-gamma * np.log1p(smaller_odds))


def power_of_sigmoid(x: np.ndarray, gamma: float) -> np.ndarray:
    """Return sigmoid(x)^gamma; the odds are e^x here, so e^(gamma x) is computed without rounding e^x first."""
    if gamma == 0:
        return np.ones(x.shape)
    return exp_product(np.minimum(x, 0), gamma) * np.exp(-gamma * np.log1p(np.exp(-np.abs(x))))
