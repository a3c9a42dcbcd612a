"""Measure the speed of xent_core, as a ratio to PyTorch on one thread in the same run, and the memory it takes.

    python -m benchmarks.core

Both compute the loss and its gradient in the logits. They take turns, so that a busy machine slows both, and are timed
in processor time; the median of the ratios is printed. Without PyTorch only memory is measured.
"""

import importlib
import importlib.util
import time
import tracemalloc
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np

from xent_core import sparse_softmax_cross_entropy

# Imported by name, so that mypy gives the same result with and without PyTorch.
torch: Any = importlib.import_module("torch") if importlib.util.find_spec("torch") else None

CASES = [  # rows, classes, dtype, ratio to reach, calls timed together, turns
    (8192, 1000, np.float32, 1.6, 1, 15),
    (8192, 1000, np.float64, 1.0, 1, 9),
    (256, 10, np.float32, 1.2, 50, 41),
    (256, 10, np.float64, 1.2, 50, 41),
]
MEMORY_LIMIT = 3.0


def batch(rows: int, classes: int, dtype: Any) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    return (3 * rng.normal(size=(rows, classes))).astype(dtype), rng.integers(0, classes, rows)


def in_torch(logits: np.ndarray, labels: np.ndarray) -> Callable[[], object]:
    z, y = torch.from_numpy(logits).requires_grad_(), torch.from_numpy(labels)

    def forward_and_backward() -> None:
        z.grad = None
        torch.nn.functional.cross_entropy(z, y).backward()

    return forward_and_backward


def seconds(call: Callable[[], object], times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        call()
    return (time.process_time() - start) / times


def speed(rows: int, classes: int, dtype: Any, times: int, turns: int) -> tuple[float, float]:
    """Return the median milliseconds per call of xent_core, and the median ratio to PyTorch."""
    logits, labels = batch(rows, classes, dtype)
    ours = lambda: sparse_softmax_cross_entropy(logits, labels)  # noqa: E731
    theirs = in_torch(logits, labels)
    seconds(ours, times), seconds(theirs, times)
    pairs = [(seconds(ours, times), seconds(theirs, times)) for _ in range(turns)]
    return 1e3 * median(a for a, _ in pairs), median(a / b for a, b in pairs)


def memory(rows: int, classes: int, dtype: Any) -> float:
    """Return the peak memory of one call, gradient included, in units of the size of the logits."""
    logits, labels = batch(rows, classes, dtype)
    tracemalloc.start()
    sparse_softmax_cross_entropy(logits, labels)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / logits.nbytes


def main() -> None:
    if torch is None:
        print("PyTorch is not installed, so only memory is measured.")
    else:
        torch.set_num_threads(1)
    print(f"{'sparse_softmax_cross_entropy':30}{'ms':>9}{'x torch':>9}{'at most':>9}")
    for rows, classes, dtype, limit, times, turns in CASES if torch else []:
        took, ratio = speed(rows, classes, dtype, times, turns)
        row = f"{f'{rows:,} x {classes:,} {np.dtype(dtype)}':30}{took:9.3f}{ratio:9.2f}{limit:9.1f}"
        print(row, " met" if ratio <= limit else " NOT MET")
    print(f"{'memory, gradient included':30}{'':9}{'x logits':>9}{'at most':>9}")
    for rows, classes, dtype, *_ in CASES[:2]:  # the memory of a small call is mostly overhead
        ratio = memory(rows, classes, dtype)
        row = f"{f'{rows:,} x {classes:,} {np.dtype(dtype)}':30}{'':9}{ratio:9.2f}{MEMORY_LIMIT:9.1f}"
        print(row, " met" if ratio <= MEMORY_LIMIT else " NOT MET")


if __name__ == "__main__":
    main()
