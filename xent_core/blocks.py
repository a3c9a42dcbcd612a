"""Losses evaluated block by block, so that the temporary arrays of an expression stay in the processor's cache.

The arithmetic is not here: it is the `block_loss` that a public function passes in, which sees plain arrays. Blocks save
half of the time or more for large arrays, and temporary memory does not grow with the number of examples.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from xent_core.result import ValueAndGrad
from xent_core.validation import check_row_maximum

# The numbers in one block of an elementwise loss: a dozen temporary arrays of this size fit into the cache.
BLOCK_SIZE = 1 << 14
# The number of logits in one block of rows.
ROW_BLOCK_SIZE = 1 << 14
# Rows with fewer classes than this are stored class by class, so that NumPy's inner loop runs along the batch.
NARROW_ROW = 16


def widest_float(*arrays: np.ndarray) -> Any:
    """Return the dtype in which numbers can be computed with as they are: float32 if none is wider, else float64.

    >>> widest_float(np.zeros(3, np.float32), np.array([0, 1])).__name__
    'float32'
    """
    return np.float64 if any(a.dtype.kind == "f" and a.dtype.itemsize > 4 for a in arrays) else np.float32


def map_blocks(
    block_loss: Callable[..., tuple[Any, Any]], *arguments: np.ndarray, dtype: Any, working_dtype: Any = np.float64
) -> ValueAndGrad:
    """Evaluate an elementwise loss on blocks of its arguments, and return its value and gradient for all of them.

    block_loss     takes a block (n,) of each argument in working_dtype, and returns value and gradient, both (n,)
    arguments      broadcast against each other
    dtype          that of the result
    working_dtype  float64 rounds a float32 result only once

    >>> map_blocks(lambda a, b: (a * b, b), np.arange(3), np.array(2), dtype=np.float32)
    ValueAndGrad(value=array([0., 2., 4.], dtype=float32), grad=array([2., 2., 2.], dtype=float32))
    """
    shape = np.broadcast_shapes(*(argument.shape for argument in arguments))
    result = ValueAndGrad(np.empty(shape, dtype), np.empty(shape, dtype))
    with np.nditer(
        [*arguments, *result],
        flags=["external_loop", "buffered", "zerosize_ok"],
        op_flags=[["readonly"]] * len(arguments) + [["writeonly"]] * 2,
        op_dtypes=[working_dtype] * (len(arguments) + 2),
        casting="same_kind",
        order="C",
        buffersize=BLOCK_SIZE,
    ) as blocks:
        for *block, value, grad in blocks:
            value[...], grad[...] = block_loss(*block)
    return result


def map_row_blocks(
    block_loss: Callable[..., Any], z: np.ndarray, target: np.ndarray, name: str = "logits"
) -> ValueAndGrad:
    """Evaluate a loss on blocks of rows of z and return its value and gradient for all of them.

    block_loss  takes a block of logits (n, K), their row maxima (n,), the targets, and the gradient array (n, K) to
                fill; returns values (n,)
    z           (..., K)           each row must have a finite maximum, which is checked here
    target      (...) or (..., K)  flattened to one entry per row
    name        that of z in an error
    """
    rows = z.reshape(-1, z.shape[-1])
    target = target.reshape(len(rows), *target.shape[z.ndim - 1 :])
    value, grad = np.empty(len(rows), z.dtype), np.empty(rows.shape, z.dtype)
    step = max(1, ROW_BLOCK_SIZE // z.shape[-1])
    for start in range(0, len(rows), step):
        block = slice(start, start + step)
        x = np.asfortranarray(rows[block]) if z.shape[-1] < NARROW_ROW else rows[block]
        m = x.max(axis=-1)
        if not np.isfinite(m).all():
            check_row_maximum(z.max(axis=-1), name)  # finds the row in the whole batch, and raises
        value[block] = block_loss(x, m, target[block], grad[block])
    return ValueAndGrad(value.reshape(z.shape[:-1]), grad.reshape(z.shape))
