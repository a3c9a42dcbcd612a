"""Samples from a distribution, and what they say about it."""

import numpy as np
from numpy.typing import ArrayLike

from xent_core import validation


def draw(p: ArrayLike, n: int, *, seed: int) -> np.ndarray:
    """Return n outcomes drawn from the distribution p, as integers in [0, K).

    p        (K,)  sums to 1
    n        >= 0
    seed     the same seed draws the same outcomes, and a longer run begins with the outcomes of a shorter one
    Returns  (n,) integers
    Raises   ValueError if p is not a distribution
    Source   Devroye (1986), Non-Uniform Random Variate Generation, chapter III (inverse transform sampling)

    >>> draw([0.0, 1.0], 3, seed=7)
    array([1, 1, 1])
    """
    probs = validation.to_common_float(p=p)
    validation.check_distribution(probs, "p", given=p)
    cumulative = np.cumsum(probs.astype(np.float64))
    return np.searchsorted(cumulative / cumulative[-1], np.random.default_rng(seed).random(n), side="right")


def running_mean(values: ArrayLike) -> np.ndarray:
    """Return the means of the first 1, 2, …, n values.

    values   (n,)
    Returns  (n,) float64

    >>> running_mean([1.0, 3.0, 5.0])
    array([1., 2., 3.])
    """
    _, x = validation.to_float64(values=values)
    return np.cumsum(x) / np.arange(1, len(x) + 1)


def likelihood(p: ArrayLike, counts: ArrayLike) -> np.ndarray:
    """Return the probability of a sequence of outcomes in its order, Π p_k^counts_k, which underflows to 0 if long.

    p        (..., K)  each sums to 1
    counts   (K,)  the number of times that each outcome occurred
    Returns  (...)  in [0, 1]; -log of it divided by the number n of outcomes is cross_entropy(counts / n, p)
    Raises   ValueError if p is not a distribution
    Source   Fisher (1922), On the mathematical foundations of theoretical statistics

    >>> float(likelihood([0.5, 0.5], [7, 3]))  # any sequence of ten flips of a fair coin
    0.0009765625
    >>> float(likelihood([0.5, 0.5], [700, 400]))  # too small for a float
    0.0
    """
    probs = validation.to_common_float(p=p)
    validation.check_distribution(probs, "p", given=p)
    return np.asarray(np.prod(probs.astype(np.float64) ** validation.read_array(counts, "counts"), axis=-1))
