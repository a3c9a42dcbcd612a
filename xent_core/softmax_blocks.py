"""How a batch of logits is worked through: blocks of rows, each split into the right class and the wrong ones."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from xent_core.kernels import exp_difference, sum_of_others, zero_safe_multiply
from xent_core.result import ValueAndGrad
from xent_core.validation import check_row_maximum

# About this many logits at a time: a block and its scratch arrays stay in the cache, which saves a third of the
# time or more at 8,192 x 1,000, and scratch memory does not grow with the batch.
BLOCK = 1 << 17
# Rows shorter than this are laid out class by class, so that NumPy's inner loop runs along the batch.
NARROW = 16


def map_row_blocks(
    block_loss: Callable[..., np.ndarray], z: np.ndarray, target: np.ndarray, name: str = "logits"
) -> ValueAndGrad:
    """Run block_loss(logits, row maxima, target, grad to fill) -> value over blocks of rows of z.

    z       (..., K)            checked here: a row must have a finite maximum
    target  (...) or (..., K)   flattened to one entry a row
    """
    rows = z.reshape(-1, z.shape[-1])
    target = target.reshape(len(rows), *target.shape[z.ndim - 1 :])
    value, grad = np.empty(len(rows), z.dtype), np.empty(rows.shape, z.dtype)
    step = max(1, BLOCK // z.shape[-1])
    for start in range(0, len(rows), step):
        block = slice(start, start + step)
        x = np.asfortranarray(rows[block]) if z.shape[-1] < NARROW else rows[block]
        m = x.max(axis=-1)
        if not np.isfinite(m).all():
            check_row_maximum(z.max(axis=-1), name)  # finds the row, and raises
        value[block] = block_loss(x, m, target[block], grad[block])
    return ValueAndGrad(value.reshape(z.shape[:-1]), grad.reshape(z.shape))


class SplitRows(NamedTuple):
    """A block of rows, seen from the right class of each."""

    at_label: tuple[np.ndarray, np.ndarray]  # where in the block the right classes are
    e: np.ndarray  # e^(logits - row maximum), with 0 for the right class
    right: np.ndarray  # what stood there
    wrong: np.ndarray  # the sum of the others, so that 1 - p is wrong / (right + wrong) with all its digits
    cost: np.ndarray  # -ln p of the right class

    def fill_gradient(self, grad: np.ndarray, slope: np.ndarray | float) -> None:
        """Fill in slope * (p - one-hot) without subtracting: p - 1 of the right class is -wrong / everything."""
        share = slope / (self.right + self.wrong)
        np.multiply(self.e, share[:, None], out=grad, casting="same_kind")
        grad[self.at_label] = -share * self.wrong


def split_rows(x: np.ndarray, m: np.ndarray, labels: np.ndarray) -> SplitRows:
    """Split every row x with maximum m at its label."""
    at_label = np.arange(len(labels)), labels
    e = exp_difference(x, m[:, None])
    right = e[at_label]
    e[at_label] = 0
    wrong = e.sum(axis=-1)
    return SplitRows(at_label, e, right, wrong, (m - x[at_label]) + np.log1p(wrong + (right - 1)))


def soft_cross_entropy(x: np.ndarray, m: np.ndarray, target: np.ndarray, grad: np.ndarray) -> np.ndarray:
    """Sum of t (-ln p) for any t >= 0, and its gradient p * sum(t) - t with as few lost digits as can be.

    p_j sum(t) - t_j = p_j (the other t) - t_j (the other p), and for a one-hot target one of the two is 0.
    """
    x, m = x.astype(np.float64), m.astype(np.float64)[:, None]
    e = exp_difference(x, m)
    others = sum_of_others(e)
    rest = others.min(axis=-1, keepdims=True)  # of all but the largest, which is e^0 = 1
    grad[...] = (e * sum_of_others(target) - target * others) / (1 + rest)
    return zero_safe_multiply(target, (m - x) + np.log1p(rest)).sum(axis=-1)


def softmax_squared_distance(x: np.ndarray, m: np.ndarray, target: np.ndarray, grad: np.ndarray) -> np.ndarray:
    """Sum of off^2, off = p - target, and its gradient 2 p_j * sum over k of p_k (off_j - off_k)."""
    x, m = x.astype(np.float64), m.astype(np.float64)[:, None]
    e = exp_difference(x, m)
    everything = e.sum(axis=-1, keepdims=True)
    p, u = e / everything, sum_of_others(e) / everything  # u = 1 - p
    off = (1 - target) * p - target * u  # from terms that cannot both be large
    slope = u * off - sum_of_others(p * off)

    # For a wrong class j beside a right one, y, that sum is 2 p_j p_y + sum over the other wrong classes k of
    # p_k (p_j + p_y - p_k). Ties cancel there, so the larger of p_j and p_y meets p_k as a difference in how far
    # below the largest probability they are: that difference keeps its digits.
    one_hot = ((target == 0) | (target == 1)).all(axis=-1, keepdims=True)
    right = target == 1
    below = -np.expm1(x - m)  # (p_max - p) * everything
    p_right, below_right = (np.where(right, a, 0).sum(axis=-1, keepdims=True) for a in (p, below))
    p_wrong = np.where(right, 0, p)
    rest = sum_of_others(p_wrong)
    ahead = (sum_of_others(p_wrong * below) - np.minimum(below, below_right) * rest) / everything
    slope = np.where(one_hot & ~right, 2 * p * p_right + np.minimum(p, p_right) * rest + ahead, slope)
    grad[...] = 2 * p * slope
    return (off * off).sum(axis=-1)
