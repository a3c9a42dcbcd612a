"""Codes: what a distribution costs when it is written down in 0s and 1s."""

import heapq
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from xent_core import validation


class Code(NamedTuple):
    """A prefix code: no word begins another, so a message needs no commas.

    words    K strings of 0s and 1s, one an outcome; "" for an outcome that needs no word
    lengths  (K,)  integers, the length of each word in bits
    """

    words: tuple[str, ...]
    lengths: np.ndarray


def shannon_code_lengths(p: ArrayLike) -> np.ndarray:
    """Whole bits enough for each outcome: ⌈-log₂ p⌉, exact also at powers of two.

    p           (..., K)  sums to 1
    Returns     (..., K)  integers; 0 where p is 0, for what cannot happen needs no word
    Raises      ValueError  p not a distribution
    Source      Shannon (1948), section 9

    >>> shannon_code_lengths([0.5, 0.3, 0.2])
    array([1, 2, 3])
    """
    _, probs = validation.to_float64(p=p)
    validation.check_distribution(probs, "p")
    _, exponent = np.frexp(probs)  # p = m · 2**exponent with ½ <= m < 1: no logarithm, so none to round
    return np.where(probs > 0, 1 - exponent.astype(np.int64), 0)


def huffman_code(p: ArrayLike) -> Code:
    """Best prefix code for one distribution: join the two rarest until one is left. Within 1 bit of H(p).

    The likelier half is 0; where both are equally likely, the one listed first. An outcome that cannot
    happen needs no word, and neither does a certain one: both have "", of length 0.

    p           (K,)  sums to 1
    Returns     Code with K words
    Raises      ValueError  p not one distribution
    Source      Huffman (1952), A method for the construction of minimum-redundancy codes

    >>> huffman_code([0.5, 0.25, 0.25]).words
    ('0', '10', '11')
    """
    _, probs = validation.to_float64(p=p)
    if probs.ndim != 1:
        raise ValueError(f"p must have shape (K,), got {probs.shape}")
    validation.check_distribution(probs, "p")
    words = [""] * len(probs)
    groups = [(float(mass), k, [k]) for k, mass in enumerate(probs) if mass > 0]
    heapq.heapify(groups)
    for arrival in range(len(probs), len(probs) + len(groups) - 1):
        rarest = heapq.heappop(groups), heapq.heappop(groups)
        likelier_first = sorted(rarest, key=lambda group: (-group[0], group[1]))
        for digit, (_, _, members) in zip("01", likelier_first, strict=True):
            for k in members:
                words[k] = digit + words[k]
        (mass, _, left), (other_mass, _, right) = rarest
        heapq.heappush(groups, (mass + other_mass, arrival, left + right))
    return Code(tuple(words), np.array([len(word) for word in words], dtype=np.int64))


def expected_code_length(p: ArrayLike, lengths: ArrayLike) -> np.ndarray:
    """Mean length of a word in bits, Σ p · length, when outcomes come from p.

    p           (..., K)  sums to 1
    lengths     (..., K)  >= 0; need not be whole (-log₂ q), and may be inf where p is 0
    Returns     (...)  in bits
    Raises      ValueError  p not a distribution; a negative length; unequal shapes

    >>> expected_code_length([0.5, 0.25, 0.25], [1, 2, 2])
    array(1.5)
    """
    dtype, probs, bits = validation.to_float64(p=p, lengths=lengths)
    validation.check_distribution(probs, "p")
    validation.check_interval("[0, inf]", bits, "lengths")
    probs, bits = validation.broadcast_leading_axes(probs, bits, "lengths")
    cost = np.multiply(probs, bits, out=np.zeros_like(probs), where=probs > 0)
    return np.asarray(cost.sum(axis=-1), dtype)
