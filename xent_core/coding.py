"""Codes: the number of bits that it takes to write down outcomes of a distribution."""

import heapq
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from xent_core import validation


class Code(NamedTuple):
    """A prefix code: no code word is the beginning of another, so a message needs no separators.

    words    K strings of 0s and 1s, one per outcome; "" for an outcome that needs no word
    lengths  (K,)  integers, the length of each word in bits

    >>> code = huffman_code([0.5, 0.25, 0.25])
    >>> code.lengths
    array([1, 2, 2])
    """

    words: tuple[str, ...]
    lengths: np.ndarray


def shannon_code_lengths(p: ArrayLike) -> np.ndarray:
    """Return a sufficient whole number of bits for each outcome, ⌈-log₂ p⌉, exact even at powers of two.

    p           (..., K)  sums to 1
    Returns     (..., K)  integers; 0 where p is 0, because an impossible outcome needs no word
    Raises      ValueError if p is not a distribution
    Source      Shannon (1948), A mathematical theory of communication, section 9

    >>> shannon_code_lengths([0.5, 0.3, 0.2])
    array([1, 2, 3])
    """
    _, probs = validation.to_float64(p=p)
    validation.check_distribution(probs, "p", given=p)
    _, exponent = np.frexp(probs)  # p = m · 2**exponent with ½ <= m < 1, so no logarithm has to be rounded
    return np.where(probs > 0, 1 - exponent.astype(np.int64), 0)


def huffman_code(p: ArrayLike) -> Code:
    """Return the shortest prefix code for a distribution; its mean length is within 1 bit of the entropy.

    The algorithm merges the two least likely groups until one is left. The more likely group gets a 0; if both are
    equally likely, the group that was listed first does. An impossible outcome and a certain one get the word "".

    p           (K,)  sums to 1
    Returns     Code with K words
    Raises      ValueError if p is not a single distribution
    Source      Huffman (1952), A method for the construction of minimum-redundancy codes

    >>> huffman_code([0.5, 0.25, 0.25]).words
    ('0', '10', '11')
    """
    _, probs = validation.to_float64(p=p)
    if probs.ndim != 1:
        raise ValueError(f"p must have shape (K,), got {probs.shape}")
    validation.check_distribution(probs, "p", given=p)
    words = [""] * len(probs)
    groups = [(float(mass), k, [k]) for k, mass in enumerate(probs) if mass > 0]  # mass, tie-breaking rank, members
    heapq.heapify(groups)
    for rank in range(len(probs), len(probs) + len(groups) - 1):
        rarest = heapq.heappop(groups), heapq.heappop(groups)
        most_likely_first = sorted(rarest, key=lambda group: (-group[0], group[1]))
        for digit, (_, _, members) in zip("01", most_likely_first, strict=True):
            for k in members:
                words[k] = digit + words[k]
        (mass, _, left), (other_mass, _, right) = rarest
        heapq.heappush(groups, (mass + other_mass, rank, left + right))
    return Code(tuple(words), np.array([len(word) for word in words], dtype=np.int64))


def expected_code_length(p: ArrayLike, lengths: ArrayLike) -> np.ndarray:
    """Return the mean length of a code word, Σ p · length, in bits, for outcomes drawn from p.

    p           (..., K)  sums to 1
    lengths     (..., K)  >= 0; need not be whole numbers (-log₂ q is not), and may be inf where p is 0
    Returns     (...)  in bits
    Raises      ValueError if p is not a distribution, a length is negative, or the shapes do not broadcast
    Source      Cover and Thomas (2006), Elements of information theory, section 5.1

    >>> expected_code_length([0.5, 0.25, 0.25], [1, 2, 2])
    array(1.5)
    """
    dtype, probs, bits = validation.to_float64(p=p, lengths=lengths)
    validation.check_distribution(probs, "p", given=p)
    validation.check_interval("[0, inf]", bits, "lengths")
    probs, bits = validation.broadcast_leading_axes(probs, bits, "lengths")
    terms = np.multiply(probs, bits, out=np.zeros_like(probs), where=probs > 0)
    return np.asarray(terms.sum(axis=-1), dtype)
