"""Softmax losses over a batch of logits, evaluated in blocks of rows that fit into the processor's cache."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from xent_core.kernels import exp_difference, sum_of_others, zero_safe_multiply
from xent_core.result import ValueAndGrad
from xent_core.validation import check_row_maximum

# The number of logits in one block. A block and its temporary arrays stay in the cache, which saves a third of the
# time or more at 8,192 x 1,000, and temporary memory does not grow with the batch.
BLOCK_SIZE = 1 << 17
# Rows with fewer classes than this are stored class by class, so that NumPy's inner loop runs along the batch.
NARROW_ROW = 16


def map_row_blocks(
    block_loss: Callable[..., np.ndarray], z: np.ndarray, target: np.ndarray, name: str = "logits"
) -> ValueAndGrad:
    """Evaluate a loss on blocks of rows of z and return its value and gradient for all of them.

    block_loss  takes a block of logits, their row maxima, the targets, and the gradient array to fill; returns values
    z           (..., K)           each row must have a finite maximum, which is checked here
    target      (...) or (..., K)  flattened to one entry per row
    """
    rows = z.reshape(-1, z.shape[-1])
    target = target.reshape(len(rows), *target.shape[z.ndim - 1 :])
    value, grad = np.empty(len(rows), z.dtype), np.empty(rows.shape, z.dtype)
    step = max(1, BLOCK_SIZE // z.shape[-1])
    for start in range(0, len(rows), step):
        block = slice(start, start + step)
        x = np.asfortranarray(rows[block]) if z.shape[-1] < NARROW_ROW else rows[block]
        m = x.max(axis=-1)
        if not np.isfinite(m).all():
            check_row_maximum(z.max(axis=-1), name)  # finds the row in the whole batch, and raises
        value[block] = block_loss(x, m, target[block], grad[block])
    return ValueAndGrad(value.reshape(z.shape[:-1]), grad.reshape(z.shape))


class SplitRows(NamedTuple):
    """A block of rows, each split into its right class and the wrong ones.

    at_label   the index of the right class of each row
    exp_wrong  e^(logits - row maximum), with 0 in the place of the right class
    exp_right  the exponential of the right class
    sum_wrong  the sum of exp_wrong, so that 1 - p = sum_wrong / (exp_right + sum_wrong) keeps all its digits
    nll        -ln p of the right class
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
    """Split every row of x, whose maximum is m, at its label."""
    at_label = np.arange(len(labels)), labels
    e = exp_difference(x, m[:, None])
    exp_right = e[at_label]
    e[at_label] = 0
    sum_wrong = e.sum(axis=-1)
    nll = (m - x[at_label]) + np.log1p(sum_wrong + (exp_right - 1))
    return SplitRows(at_label, e, exp_right, sum_wrong, nll)


def soft_cross_entropy(x: np.ndarray, m: np.ndarray, target: np.ndarray, grad: np.ndarray) -> np.ndarray:
    """Return the sum of t (-ln p) for non-negative t, and fill grad with p * sum(t) - t, losing few digits.

    The gradient is computed as p_j sum(t) - t_j = p_j * (sum of the other t) - t_j * (sum of the other p). For a
    one-hot target one of the two products is 0.
    """
    x, m = x.astype(np.float64), m.astype(np.float64)[:, None]
    e = exp_difference(x, m)
    others = sum_of_others(e)
    rest = others.min(axis=-1, keepdims=True)  # the sum over all but the largest entry, which is e^0 = 1
    grad[...] = (e * sum_of_others(target) - target * others) / (1 + rest)
    return zero_safe_multiply(target, (m - x) + np.log1p(rest)).sum(axis=-1)


def softmax_squared_distance(x: np.ndarray, m: np.ndarray, target: np.ndarray, grad: np.ndarray) -> np.ndarray:
    """Return the sum of r^2 with r = p - target, and fill grad with 2 p_j * (sum over k of p_k (r_j - r_k))."""
    x, m = x.astype(np.float64), m.astype(np.float64)[:, None]
    e = exp_difference(x, m)
    total = e.sum(axis=-1, keepdims=True)
    p, complement = e / total, sum_of_others(e) / total  # complement is 1 - p
    residual = (1 - target) * p - target * complement  # the two terms are never both large
    slope = complement * residual - sum_of_others(p * residual)

    # For a wrong class j and the right class y, that sum equals 2 p_j p_y + the sum over the other wrong classes k of
    # p_k (p_j + p_y - p_k). It cancels if classes are tied, so the difference between p_k and the larger of p_j and
    # p_y is computed from how far each is below the largest probability, which keeps its digits.
    is_one_hot = ((target == 0) | (target == 1)).all(axis=-1, keepdims=True)
    right = target == 1
    below_max = -np.expm1(x - m)  # (p_max - p) * total
    p_right, below_max_right = (np.where(right, a, 0).sum(axis=-1, keepdims=True) for a in (p, below_max))
    p_wrong = np.where(right, 0, p)
    rest = sum_of_others(p_wrong)
    lead = (sum_of_others(p_wrong * below_max) - np.minimum(below_max, below_max_right) * rest) / total
    slope = np.where(is_one_hot & ~right, 2 * p * p_right + np.minimum(p, p_right) * rest + lead, slope)
    grad[...] = 2 * p * slope
    return (residual * residual).sum(axis=-1)
