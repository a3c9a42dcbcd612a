"""Losses evaluated block by block, so that the temporary arrays of an expression stay in the processor's cache.

The arithmetic is not here: it is the `block_loss` that a public function passes in, which sees plain arrays. Blocks
save half of the time or more for large arrays, and temporary memory does not grow with the number of examples.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from xent_core.result import ValueAndGrad
from xent_core.validation import check_row_maximum

# The number of entries in one block: a dozen temporary arrays of this size fit into the cache.
BLOCK_SIZE = 1 << 14
# The same for rows, where a block costs more calls.
ROW_BLOCK_SIZE = 1 << 16
# Rows with fewer classes than this are stored class by class, so that NumPy's inner loop runs along the batch.
NARROW_ROW = 16


def map_blocks(block_loss: Callable[..., tuple[Any, Any]], *arguments: np.ndarray, dtype: Any) -> ValueAndGrad:
    """Evaluate an elementwise loss on blocks of its arguments, and return its value and gradient for all of them.

    block_loss  takes a block (n,) of each argument, in float64, and returns value and gradient, both (n,)
    arguments   broadcast against each other
    dtype       that of the result, which is rounded to it once

    >>> map_blocks(lambda a, b: (a * b, b), np.arange(3), np.array(2), dtype=np.float32)
    ValueAndGrad(value=array([0., 2., 4.], dtype=float32), grad=array([2., 2., 2.], dtype=float32))
    """
    shape = np.broadcast_shapes(*(argument.shape for argument in arguments))
    result = ValueAndGrad(np.empty(shape, dtype), np.empty(shape, dtype))
    flags: Any = ["external_loop", "buffered", "zerosize_ok"]
    op_flags: Any = [["readonly"]] * len(arguments) + [["writeonly"]] * 2
    op_dtypes = [np.dtype(np.float64)] * len(op_flags)
    operands = [*arguments, *result]
    with np.nditer(operands, flags, op_flags, op_dtypes, "C", "same_kind", buffersize=BLOCK_SIZE) as blocks:
        for *block, value, grad in blocks:
            value[...], grad[...] = block_loss(*block)
    return result


def map_row_blocks(
    block_loss: Callable[..., np.ndarray], first: np.ndarray, *others: np.ndarray, dtype: Any
) -> ValueAndGrad:
    """Evaluate a loss on blocks of rows and return its value and gradient for all of them.

    block_loss  takes rows (n, K) of first, those of others, and the gradient array (n, K) to fill; returns values (n,)
    first       (..., K)
    others      (..., K) or (...), with the same leading axes
    dtype       that of the result

    >>> def squares(x: np.ndarray, grad: np.ndarray) -> np.ndarray:
    ...     grad[...] = 2 * x
    ...     return (x * x).sum(axis=-1)
    >>> map_row_blocks(squares, np.array([[1, 2], [3, 4]]), dtype=np.float32).value
    array([ 5., 25.], dtype=float32)
    """
    leading, n_classes = first.shape[:-1], first.shape[-1]
    n_rows = math.prod(leading)
    rows = [array.reshape(n_rows, *array.shape[len(leading) :]) for array in (first, *others)]
    value, grad = np.empty(n_rows, dtype), np.empty((n_rows, n_classes), dtype)
    step = max(1, ROW_BLOCK_SIZE // n_classes)
    for start in range(0, n_rows, step):
        block = slice(start, start + step)
        value[block] = block_loss(*(array[block] for array in rows), grad[block])
    return ValueAndGrad(value.reshape(leading), grad.reshape(first.shape))


def map_logit_blocks(
    block_loss: Callable[..., np.ndarray], z: np.ndarray, target: np.ndarray, name: str = "logits"
) -> ValueAndGrad:
    """Evaluate a loss on blocks of rows of logits, each of which must have a finite maximum.

    block_loss  takes rows (n, K) of z, their maxima (n,), those of target, and the gradient array (n, K) to fill;
                returns values (n,)
    z           (..., K)
    target      (..., K) or (...)
    name        that of z in an error
    """

    def with_maximum(x: np.ndarray, target: np.ndarray, grad: np.ndarray) -> np.ndarray:
        if x.shape[-1] < NARROW_ROW:
            x = np.asfortranarray(x)
        m = x.max(axis=-1)
        if not np.isfinite(m).all():
            check_row_maximum(z.max(axis=-1), name)  # finds the row in the whole batch, and raises
        return block_loss(x, m, target, grad)

    return map_row_blocks(with_maximum, z, target, dtype=z.dtype)
