"""The numerical core that several losses share: unchecked expressions that neither overflow nor cancel.

They follow three rules. An exponential is taken only of a number that is not positive, so it cannot overflow. A
small term that is to be added to 1 goes to log1p on its own, so it is not rounded away. And 1 - p is summed from
the other probabilities, never computed by subtraction.
"""

from typing import NamedTuple

import numpy as np


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
    if not np.isfinite(d).all():
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


def power_of_sigmoid(x: np.ndarray, log1p_e: np.ndarray, gamma: float) -> np.ndarray:
    """Return sigmoid(x)^gamma, given log1p(e^-|x|), without rounding the odds e^x before they are raised to gamma."""
    if gamma == 0:
        return np.ones(x.shape)
    return exp_product(np.minimum(x, 0), gamma) * np.exp(-gamma * log1p_e)


class SplitRows(NamedTuple):
    """Rows of logits (n, K), each split into its right class and the wrong ones.

    at_label   the index of the right class of each row
    exp_wrong  (n, K)  e^(logits - row maximum), with 0 in the place of the right class
    exp_right  (n,)    the exponential of the right class
    sum_wrong  (n,)    the sum of exp_wrong, so that 1 - p = sum_wrong / (exp_right + sum_wrong) keeps all its digits
    nll        (n,)    -ln p of the right class
    """

    at_label: tuple[np.ndarray, np.ndarray]
    exp_wrong: np.ndarray
    exp_right: np.ndarray
    sum_wrong: np.ndarray
    nll: np.ndarray

    def fill_gradient(self, grad: np.ndarray, slope: np.ndarray | float) -> None:
        """Fill grad with slope * (p - one_hot), without subtracting: p - 1 of the right class is -sum_wrong / sum."""
        scale = slope / (self.exp_right + self.sum_wrong)
        np.multiply(self.exp_wrong, scale[:, None], out=grad, casting="same_kind")
        grad[self.at_label] = 0 - scale * self.sum_wrong  # a zero slope is 0, not -0


def split_rows(x: np.ndarray, m: np.ndarray, labels: np.ndarray) -> SplitRows:
    """Split every row of x, whose maximum is m, at its label; the parts are float64."""
    at_label = np.arange(len(labels)), labels
    e = exp_below_maximum(x, m)
    exp_right = e[at_label]
    e[at_label] = 0
    sum_wrong = e.sum(axis=-1)
    nll = np.subtract(m, x[at_label], dtype=np.float64) + np.log1p(sum_wrong + (exp_right - 1))
    return SplitRows(at_label, e, exp_right, sum_wrong, nll)


def exp_below_maximum(x: np.ndarray, m: np.ndarray) -> np.ndarray:
    """Return e^(x - m) in float64, for the maximum m of each row; float64 holds differences of float32 as they are."""
    if x.dtype == np.float32:
        d = np.subtract(x, m[:, None], dtype=np.float64)
        return np.exp(d, out=d)
    return exp_difference(x, m[:, None])


def soft_cross_entropy(x: np.ndarray, m: np.ndarray, target: np.ndarray, grad: np.ndarray) -> np.ndarray:
    """Return the sum of t (-ln p) for non-negative t, and fill grad with p sum(t) - t, losing few digits.

    A difference p sum(t) - t can lose all its digits only if p and t are both close to their sum, so in one class a row
    at most, the most likely. There it is computed as p (sum of the other t) - t (sum of the other p).
    """
    top = np.arange(len(x)), x.argmax(axis=-1)
    e, t = exp_below_maximum(x, m), target.astype(np.float64)
    t_top = t[top]
    t[top] = e[top] = 0  # e is 1 there
    rest, t_rest = e.sum(axis=-1), t.sum(axis=-1)
    t_sum, log_sum = t_rest + t_top, np.log1p(rest)
    e *= (t_sum / (1 + rest))[:, None]
    np.subtract(e, t, out=grad, casting="same_kind")
    grad[top] = (t_rest - t_top * rest) / (1 + rest)
    below = np.subtract(m[:, None], x, out=e)
    return t_sum * log_sum + zero_safe_multiply(t, below).sum(axis=-1)


def zero_safe_multiply(weight: np.ndarray, amount: np.ndarray) -> np.ndarray:
    """Return weight * amount for non-negative arguments, and 0 where the weight is 0 even if the amount is infinite."""
    with np.errstate(invalid="ignore"):
        return np.fmax(weight * amount, 0)  # fmax prefers a number to the NaN that 0 * inf is


def zero_safe_divide(p: np.ndarray, q: np.ndarray) -> np.ndarray:
    """Return p / q for non-negative arguments, and 0 where p is 0 even if q is."""
    with np.errstate(invalid="ignore"):
        return np.fmax(p / q, 0)


def squared_distance(x: np.ndarray, m: np.ndarray, target: np.ndarray, grad: np.ndarray) -> np.ndarray:
    """Return the sum of r^2 with r = p - target, and fill grad with 2 p_j * (sum over k of p_k (r_j - r_k))."""
    e = exp_below_maximum(x, m)
    total = e.sum(axis=-1, keepdims=True)
    p, complement = e / total, sum_of_others(e) / total  # complement is 1 - p
    residual = (1 - target) * p - target * complement  # the two terms are never both large
    grad[...] = 2 * p * (complement * residual - sum_of_others(p * residual))
    return (residual * residual).sum(axis=-1)


def squared_distance_to_label(x: np.ndarray, m: np.ndarray, labels: np.ndarray, grad: np.ndarray) -> np.ndarray:
    """Return and fill what squared_distance does, for one-hot targets; tied classes cost the gradient no digits.

    For a wrong class j and the right class y, the sum over k of p_k (r_j - r_k) equals 2 p_j p_y + the sum over the
    other wrong classes k of p_k (p_j + p_y - p_k). That cancels if classes are tied, so the difference between p_k and
    the larger of p_j and p_y is computed from how far each is below the largest probability, which keeps its digits.
    """
    at_label = np.arange(len(labels)), labels
    rows = split_rows(x, m, labels)
    total = (rows.exp_right + rows.sum_wrong)[:, None]
    p, p_right, complement = rows.exp_wrong / total, rows.exp_right[:, None] / total, rows.sum_wrong[:, None] / total
    value = (complement * complement)[:, 0] + (p * p).sum(axis=-1)
    below_max = np.expm1(np.subtract(x, m[:, None], dtype=np.float64))
    np.negative(below_max, out=below_max)  # (p_max - p) * total
    slope, rest = sum_of_others(p * below_max), sum_of_others(p)
    slope -= np.minimum(below_max, below_max[at_label][:, None], out=below_max) * rest
    slope /= total
    slope += np.minimum(p, p_right, out=below_max) * rest
    slope += np.multiply(p, 2 * p_right, out=below_max)
    slope *= 2 * p
    grad[...] = slope
    grad[at_label] = -2 * p_right[:, 0] * value
    return value
