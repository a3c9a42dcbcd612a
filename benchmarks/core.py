"""Measure the speed of xent_core, as a ratio to PyTorch on one thread in the same run, and the memory it takes.

    python -m benchmarks.core [--losses hinge_loss entropy] [--turns 9] [--json]

Both compute a loss and its gradient in the model's argument: PyTorch by its own loss if it has one, otherwise by the
expression that its users write, and backward(). They take turns, so that a busy machine slows both, and are timed in
processor time; the median of the ratios is printed. Without PyTorch only memory is measured.
"""

import argparse
import importlib
import importlib.util
import json
import sys
import time
import tracemalloc
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any, NamedTuple

import numpy as np

import xent_core as xc

# Imported by name, so that mypy gives the same result with and without PyTorch.
torch: Any = importlib.import_module("torch") if importlib.util.find_spec("torch") else None

SLOW = 5.0  # a loss that takes more than this many times as long as its peer is marked
N, ROWS, CLASSES, ITEMS = 10**6, 10_000, 100, 20
GAMMA = 2.0
DTYPES = {"float32": np.float32, "float64": np.float64}

# A loss as a function of the model's argument, its peer as a function of a tensor, and the numbers to give to both.
Pair = tuple[Callable[[np.ndarray], object], Callable[[Any], Any], np.ndarray]

TARGETS = {("binary_cross_entropy_with_logits", "float32"): 2.5, ("sigmoid_focal_loss", "float32"): 3.0}
SIZES = [  # of sparse_softmax_cross_entropy: rows, classes, dtype, ratio to reach, calls timed together
    (8192, 1000, "float32", 1.6, 1),
    (8192, 1000, "float64", 1.0, 1),
    (256, 10, "float32", 1.2, 50),
    (256, 10, "float64", 1.2, 50),
]
MEMORY_LIMIT = 3.0  # in units of the size of the logits


class Row(NamedTuple):
    """A measurement: medians of the times of one call and of the ratios."""

    loss: str
    numbers: str
    dtype: str
    ms: float
    torch_ms: float
    ratio: float
    at_most: float | None


def binary_pairs(dtype: Any) -> dict[str, Pair]:
    """Return for each loss of single numbers: the loss, its peer, and 10⁶ arguments."""
    rng = np.random.default_rng(0)
    z, labels = (3 * rng.normal(size=N)).astype(dtype), rng.integers(0, 2, N)
    probs, y = rng.uniform(0.01, 0.99, N).astype(dtype), labels.astype(dtype)
    signs, temperatures, constants = 2 * labels - 1, np.linspace(0.5, 4, 100).astype(dtype), z[:100]
    t, t_signs, some, f = (
        torch.from_numpy(y),
        torch.from_numpy(signs.astype(dtype)),
        slice(N // 100),
        torch.nn.functional,
    )

    def focal(x: Any) -> Any:
        p, nll = torch.sigmoid(x), f.binary_cross_entropy_with_logits(x, t, reduction="none")
        return nll * (1 - (p * t + (1 - p) * (1 - t))) ** GAMMA  # as in torchvision.ops.sigmoid_focal_loss

    def at_temperature(x: Any) -> Any:
        scaled = torch.from_numpy(z[some]) / x[:, None]
        return f.binary_cross_entropy_with_logits(scaled, t[some].expand_as(scaled), reduction="none").mean(-1)

    return {
        "binary_cross_entropy": (
            lambda p: xc.binary_cross_entropy(p, y),
            lambda p: f.binary_cross_entropy(p, t),
            probs,
        ),
        "binary_cross_entropy_with_logits": (
            lambda z: xc.binary_cross_entropy_with_logits(z, y),
            lambda x: f.binary_cross_entropy_with_logits(x, t),
            z,
        ),
        "sigmoid_squared_error": (
            lambda z: xc.sigmoid_squared_error(z, y),
            lambda x: f.mse_loss(torch.sigmoid(x), t),
            z,
        ),
        "sigmoid_focal_loss": (lambda z: xc.sigmoid_focal_loss(z, labels, gamma=GAMMA), focal, z),
        "hinge_loss": (lambda z: xc.hinge_loss(z, signs), lambda x: (1 - t_signs * x).clamp(min=0), z),
        "squared_hinge_loss": (
            lambda z: xc.squared_hinge_loss(z, signs),
            lambda x: (1 - t_signs * x).clamp(min=0) ** 2,
            z,
        ),
        "squared_error": (lambda z: xc.squared_error(z, y), lambda x: f.mse_loss(x, t), z),
        "absolute_error": (lambda z: xc.absolute_error(z, y), lambda x: f.l1_loss(x, t), z),
        "huber_loss": (lambda z: xc.huber_loss(z, y), lambda x: f.huber_loss(x, t), z),
        "surprise": (xc.surprise, lambda p: -p.log(), probs),
        "mean": (lambda z: xc.mean(xc.ValueAndGrad(z, y)), lambda x: x.mean(), z),
        "total": (lambda z: xc.total(xc.ValueAndGrad(z, y)), lambda x: x.sum(), z),
        "constant_prediction_loss": (
            lambda c: xc.constant_prediction_loss(xc.huber_loss, c, y[some]),
            lambda x: f.huber_loss(*torch.broadcast_tensors(x[:, None], t[some]), reduction="none").mean(-1),
            constants,
        ),
        "cross_entropy_at_temperature": (
            lambda t: xc.cross_entropy_at_temperature(z[some], labels[some], t),
            at_temperature,
            temperatures,
        ),
    }


def class_pairs(dtype: Any) -> dict[str, Pair]:
    """Return for each loss of rows: the loss, its peer, and 10,000 x 100 arguments."""
    rng = np.random.default_rng(0)
    z, labels = (3 * rng.normal(size=(ROWS, CLASSES))).astype(dtype), rng.integers(0, CLASSES, ROWS)
    one_hot, soft, probs = xc.one_hot(labels, CLASSES).astype(dtype), xc.softmax(z[::-1]), xc.softmax(z)
    short, relevance = z.reshape(-1, ITEMS)[: ROWS // 4], rng.integers(0, 4, (ROWS // 4, ITEMS)).astype(dtype)
    indices, t, s, f = torch.from_numpy(labels), torch.from_numpy(one_hot), torch.from_numpy(soft), torch.nn.functional
    r = torch.from_numpy(relevance)
    is_pair = r[:, :, None] > r[:, None, :]

    def focal(x: Any) -> Any:
        log_p = torch.log_softmax(x, -1).gather(1, indices[:, None])[:, 0]
        return -((1 - log_p.exp()) ** GAMMA) * log_p

    def crammer_singer(x: Any) -> Any:
        best_wrong = x.masked_fill(t > 0, -torch.inf).amax(-1)
        return (1 + best_wrong - x.gather(1, indices[:, None])[:, 0]).clamp(min=0)

    def pairwise(x: Any) -> Any:
        violation = (1 - (x[:, :, None] - x[:, None, :])).clamp(min=0)
        return (violation * is_pair).sum((1, 2)) / is_pair.sum((1, 2)).clamp(min=1)

    def jensen_shannon(q: Any) -> Any:
        log_m = ((s + q) / 2).log()
        return (s * (s.log() - log_m) + q * (q.log() - log_m)).sum(-1) / 2

    return {
        "categorical_cross_entropy": (
            lambda p: xc.categorical_cross_entropy(p, one_hot),
            lambda p: -(t * p.log()).sum(-1),
            probs,
        ),
        "softmax_cross_entropy": (lambda z: xc.softmax_cross_entropy(z, soft), lambda x: f.cross_entropy(x, s), z),
        "sparse_softmax_cross_entropy": (
            lambda z: xc.sparse_softmax_cross_entropy(z, labels),
            lambda x: f.cross_entropy(x, indices),
            z,
        ),
        "softmax_focal_loss": (lambda z: xc.softmax_focal_loss(z, labels, gamma=GAMMA), focal, z),
        "softmax_squared_error": (
            lambda z: xc.softmax_squared_error(z, one_hot),
            lambda x: ((torch.softmax(x, -1) - t) ** 2).sum(-1),
            z,
        ),
        "multiclass_hinge_loss": (lambda z: xc.multiclass_hinge_loss(z, labels), crammer_singer, z),
        "pairwise_hinge_loss": (lambda z: xc.pairwise_hinge_loss(z, relevance), pairwise, short),
        "listnet_loss": (lambda z: xc.listnet_loss(z, soft), lambda x: f.cross_entropy(x, torch.softmax(s, -1)), z),
        "entropy": (xc.entropy, lambda p: -(p * p.log()).sum(-1), probs),
        "cross_entropy": (lambda q: xc.cross_entropy(soft, q), lambda q: -(s * q.log()).sum(-1), probs),
        "kl_divergence": (
            lambda q: xc.kl_divergence(soft, q),
            lambda q: f.kl_div(q.log(), s, reduction="batchmean"),
            probs,
        ),
        "js_divergence": (lambda q: xc.js_divergence(soft, q), jensen_shannon, probs),
    }


def sparse_pair(rows: int, classes: int, dtype: str) -> Pair:
    """Return sparse_softmax_cross_entropy and its peer for a batch of the given size."""
    rng = np.random.default_rng(0)
    logits, labels = (3 * rng.normal(size=(rows, classes))).astype(dtype), rng.integers(0, classes, rows)
    return (
        lambda z: xc.sparse_softmax_cross_entropy(z, labels),
        lambda x: torch.nn.functional.cross_entropy(x, torch.from_numpy(labels)),
        logits,
    )


def seconds(call: Callable[[], object], times: int) -> float:
    start = time.process_time()
    for _ in range(times):
        call()
    return (time.process_time() - start) / times


def measure(pair: Pair, turns: int, times: int = 1) -> tuple[float, float, float]:
    """Return the median milliseconds of a call here and in PyTorch, and the median ratio."""
    loss, peer, argument = pair
    tensor = torch.from_numpy(argument).requires_grad_()

    def ours() -> None:
        loss(argument)

    def theirs() -> None:
        tensor.grad = None
        peer(tensor).mean().backward()

    seconds(ours, times), seconds(theirs, times)
    pairs = [(seconds(ours, times), seconds(theirs, times)) for _ in range(turns)]
    return 1e3 * median(a for a, _ in pairs), 1e3 * median(b for _, b in pairs), median(a / b for a, b in pairs)


def all_rows(losses: list[str], turns: int) -> Iterator[Row]:
    """Yield a measurement of each of the losses in each dtype, and of one loss at several sizes."""
    for dtype in DTYPES:
        for numbers, pairs in ((f"{N:,}", binary_pairs(dtype)), (f"{ROWS:,} x {CLASSES}", class_pairs(dtype))):
            for loss in losses:
                if loss in pairs:
                    yield Row(loss, numbers, dtype, *measure(pairs[loss], turns), TARGETS.get((loss, dtype)))
    if "sparse_softmax_cross_entropy" in losses:
        for rows, classes, dtype, at_most, times in SIZES:
            measured = measure(sparse_pair(rows, classes, dtype), turns, times)
            yield Row("sparse_softmax_cross_entropy", f"{rows:,} x {classes:,}", dtype, *measured, at_most)


def memory(rows: int, classes: int, dtype: str) -> float:
    """Return the peak memory of one call, gradient included, in units of the size of the logits."""
    loss, _, logits = sparse_pair(rows, classes, dtype)
    tracemalloc.start()
    loss(logits)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / logits.nbytes


def verdict(row: Row) -> str:
    """Return whether a target is met, or that a loss is slow."""
    if row.at_most is not None:
        return f"at most {row.at_most:.1f}: {'met' if row.ratio <= row.at_most else 'NOT MET'}"
    return "SLOW" if row.ratio > SLOW else ""


def line_of(row: Row) -> str:
    """Return a row as a line of the printed table."""
    return (
        f"{row.loss:34}{row.numbers:>16} {row.dtype:8}{row.ms:9.3f}{row.torch_ms:9.3f}{row.ratio:7.2f}  {verdict(row)}"
    )


def main() -> None:
    every_loss = [*binary_pairs("float32"), *class_pairs("float32")] if torch else []
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--losses", nargs="*", default=every_loss, help="losses to measure; all by default")
    parser.add_argument("--turns", type=int, default=9, help="how often to measure each loss and its peer")
    parser.add_argument("--json", action="store_true", help="print one JSON object per measurement")
    options = parser.parse_args()
    if unknown := sorted(set(options.losses) - set(every_loss)):
        parser.error(f"no such loss to measure: {', '.join(unknown)}; there are {', '.join(every_loss)}")
    if torch is None:
        print("PyTorch is not installed, so only memory is measured.", file=sys.stderr)
    else:
        torch.set_num_threads(1)
    if not options.json:
        print(f"{'loss':34}{'numbers':>16} {'dtype':8}{'ms':>9}{'torch ms':>9}{'ratio':>7}")
    for row in all_rows(options.losses, options.turns) if torch else []:
        print(json.dumps({**row._asdict(), "slow": row.ratio > SLOW}) if options.json else line_of(row), flush=True)
    for rows, classes, dtype, *_ in SIZES[:2]:  # the memory of a small call is mostly overhead
        ratio, numbers = memory(rows, classes, dtype), f"{rows:,} x {classes:,}"
        if options.json:
            memory_row = {"loss": "sparse_softmax_cross_entropy", "numbers": numbers, "dtype": dtype}
            print(json.dumps({**memory_row, "memory_ratio": ratio, "at_most": MEMORY_LIMIT}))
        else:
            said = f"at most {MEMORY_LIMIT:.1f}: {'met' if ratio <= MEMORY_LIMIT else 'NOT MET'}"
            print(f"{'memory / logits, with gradient':34}{numbers:>16} {dtype:8}{ratio:25.2f}  {said}")


if __name__ == "__main__":
    main()
