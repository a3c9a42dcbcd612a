"""Draws from a distribution, and the mean that settles as they come."""

import numpy as np
from numpy.typing import ArrayLike

from xent_core import validation


def draw(p: ArrayLike, n: int, *, seed: int) -> np.ndarray:
    """n outcomes of the distribution p, as integers in [0, K).

    p        (K,)  sums to 1
    n        ≥ 0
    seed     the same seed draws the same outcomes; a longer run begins like a shorter one
    Returns  (n,) integers
    Raises   ValueError  p not a distribution
    Source   inverse transform sampling: Devroye (1986), Non-uniform random variate generation, chapter III

    >>> draw([0.0, 1.0], 3, seed=7)
    array([1, 1, 1])
    """
    probs = validation.to_common_float(p=p)
    validation.check_distribution(probs, "p")
    upper = np.cumsum(probs.astype(np.float64))
    return np.searchsorted(upper / upper[-1], np.random.default_rng(seed).random(n), side="right")


def running_mean(values: ArrayLike) -> np.ndarray:
    """The mean of the first 1, 2, … n values.

    values   (n,)
    Returns  (n,) float64

    >>> running_mean([1.0, 3.0, 5.0])
    array([1., 2., 3.])
    """
    seen = np.asarray(values, dtype=np.float64)
    return np.cumsum(seen) / np.arange(1, len(seen) + 1)


def likelihood(p: ArrayLike, counts: ArrayLike) -> np.ndarray:
    """Probability of a series of draws, in its order: Π p_k^counts_k. Falls to 0 when the series is long.

    p        (..., K)  each sums to 1
    counts   (K,)  how often each outcome came
    Returns  (...)  in [0, 1]; its -log, divided by the number of draws, is cross_entropy(counts / n, p)
    Raises   ValueError  p not a distribution
    Source   Fisher (1922), On the mathematical foundations of theoretical statistics

    >>> float(likelihood([0.5, 0.5], [7, 3]))  # any ten flips of a fair coin
    0.0009765625
    >>> float(likelihood([0.5, 0.5], [700, 400]))  # too small for a float
    0.0
    """
    probs = validation.to_common_float(p=p)
    validation.check_distribution(probs, "p")
    return np.asarray(np.prod(probs.astype(np.float64) ** np.asarray(counts), axis=-1))
