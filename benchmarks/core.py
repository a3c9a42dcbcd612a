"""How fast xent_core is, as ratios to PyTorch on one thread in the same run, and how much memory it takes.

    python benchmarks/core.py

Both sides give one loss per example and the gradient of the logits. The two are timed in turns, so that a busy
machine slows both, and the median of the turns' ratios is shown. Without PyTorch only memory is measured.
"""

import time
import tracemalloc
from collections.abc import Callable
from statistics import median
from typing import Any

import numpy as np

from xent_core import sparse_softmax_cross_entropy

try:
    import torch
except ImportError:
    torch = None

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
    """Median milliseconds here, and the median ratio to PyTorch."""
    logits, labels = batch(rows, classes, dtype)
    ours = lambda: sparse_softmax_cross_entropy(logits, labels)  # noqa: E731
    theirs = in_torch(logits, labels)
    seconds(ours, times), seconds(theirs, times)
    pairs = [(seconds(ours, times), seconds(theirs, times)) for _ in range(turns)]
    return 1e3 * median(a for a, _ in pairs), median(a / b for a, b in pairs)


def memory(rows: int, classes: int, dtype: Any) -> float:
    """Peak of what one call allocates, gradient included, in sizes of the logits."""
    logits, labels = batch(rows, classes, dtype)
    tracemalloc.start()
    sparse_softmax_cross_entropy(logits, labels)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / logits.nbytes


def main() -> None:
    print(f"{'sparse_softmax_cross_entropy':30} {'ms':>8} {'x torch':>8} {'target':>7} {'memory':>7} {'target':>7}")
    if torch is None:
        print("PyTorch is not installed: speed is not compared, memory only.")
    else:
        torch.set_num_threads(1)
    for rows, classes, dtype, target, times, turns in CASES:
        took, ratio = speed(rows, classes, dtype, times, turns) if torch else (np.nan, np.nan)
        extra = memory(rows, classes, dtype) if rows * classes > 1e6 else np.nan  # small calls are all scratch
        met = not ratio > target and not extra > MEMORY_LIMIT
        name = f"{rows:,} x {classes:,} {np.dtype(dtype)}"
        print(
            f"{name:30} {took:8.3f} {ratio:8.2f} {target:7.1f} {extra:7.2f} {MEMORY_LIMIT:7.1f}"
            f"  {'met' if met else 'NOT MET'}"
        )


if __name__ == "__main__":
    main()
