"""Shannon's measures of information, in nats: surprise, entropy, and divergences between a truth and a model.

The arithmetic is here, except for the terms of the two divergences, which are in divergence_terms.py.

Distributions lie along the last axis, p is the truth, q is the model, and leading axes broadcast. A distribution may
miss a sum of 1 by validation.SUM_TOLERANCE, and by FLOAT16_SUM_TOLERANCE if it is given in float16. All arithmetic is
in float64; a float32 result is rounded once, at the end.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from xent_core import validation
from xent_core.blocks import map_blocks, map_row_blocks
from xent_core.divergence_terms import js_terms, kl_terms, log_ratio
from xent_core.kernels import zero_safe_divide, zero_safe_multiply
from xent_core.result import ValueAndGrad


@validation.ignore_range_errors
def surprise(p: ArrayLike) -> ValueAndGrad:
    """Return the surprise (information content) of an event of probability p, -log p, in nats.

    p           (...)  in [0, 1]
    Returns     value -log p in [0, inf], inf where p is 0; grad -1/p; both (...)
    Raises      ValueError if p is NaN or outside [0, 1]
    Source      Shannon (1948), A mathematical theory of communication

    >>> surprise([1.0, 0.5]).value.round(4)
    array([0.    , 0.6931])
    """
    dtype, x = validation.read_arrays(p=p)
    validation.check_interval("[0, 1]", x, "p")
    return map_blocks(lambda x: (_surprise(x), -1 / x), x, dtype=dtype)


@validation.ignore_range_errors
def entropy(p: ArrayLike) -> ValueAndGrad:
    """Return the entropy of a distribution, its expected surprise -Σ p log p, in nats.

    p           (..., K)  sums to 1; an outcome of probability 0 contributes nothing
    Returns     value (...) in [0, log K]; grad -log p - 1, (..., K), inf where p is 0. This is the derivative of the
                formula, without the constraint that p sums to 1
    Raises      ValueError if p is not a distribution
    Source      Shannon (1948), A mathematical theory of communication, section 6

    >>> float(entropy([0.5, 0.5]).value / np.log(2))  # a fair coin is 1 bit
    1.0
    """
    dtype, x = validation.to_float64(p=p)
    validation.check_distribution(x, "p", given=p)
    surprise = _surprise(x)
    return validation.as_result(zero_safe_multiply(x, surprise).sum(axis=-1), surprise - 1, dtype)


@validation.ignore_range_errors
def entropy_terms(p: ArrayLike) -> np.ndarray:
    """Return the contribution of each outcome to the entropy, -p log p, in nats.

    p           (..., K)  sums to 1
    Returns     (..., K), in [0, 1/e], 0 where p is 0; the terms sum to the entropy
    Raises      ValueError if p is not a distribution

    >>> entropy_terms([0.5, 0.5, 0.0]).round(4)
    array([0.3466, 0.3466, 0.    ])
    """
    dtype, x = validation.to_float64(p=p)
    validation.check_distribution(x, "p", given=p)
    return np.asarray(zero_safe_multiply(x, _surprise(x)), dtype)


@validation.ignore_range_errors
def cross_entropy(p: ArrayLike, q: ArrayLike) -> ValueAndGrad:
    """Return the cross-entropy -Σ p log q in nats, the expected surprise of a model q when p is the truth.

    p, q        (..., K)  each sums to 1
    Returns     value (...) in [H(p), inf], inf where q excludes a possible outcome; grad -p/q, (..., K), with respect
                to q, 0 where p is 0
    Raises      ValueError if p or q is not a distribution, or their shapes do not broadcast
    Source      Cover and Thomas (2006), Elements of information theory, section 5.4

    >>> cross_entropy([0.5, 0.5], [0.95, 0.05]).value / np.log(2)  # 2.20 bits, though the entropy of p is 1 bit
    np.float64(2.197964...)
    """

    def block_loss(x: np.ndarray, y: np.ndarray, grad: np.ndarray) -> np.ndarray:
        grad[...] = 0 - zero_safe_divide(x, y)
        return zero_safe_multiply(x, _surprise(y)).sum(axis=-1)

    return _map_pairs(block_loss, p, q)


@validation.ignore_range_errors
def kl_divergence(p: ArrayLike, q: ArrayLike) -> ValueAndGrad:
    """Return the Kullback-Leibler divergence Σ p log(p/q) in nats, the excess of cross-entropy over entropy.

    The terms are summed as p log(p/q) - p + q. The added -p + q sums to 0 over a distribution and makes every term
    non-negative, so that the sum keeps its sign and its digits when p and q nearly agree.

    p, q        (..., K)  each sums to 1
    Returns     value (...) in [0, inf], 0 if p equals q, inf where q excludes a possible outcome; grad -p/q, (..., K),
                with respect to q, 0 where p is 0: the derivative of Σ p log(p/q), equal to that of the cross-entropy
    Raises      ValueError if p or q is not a distribution, or their shapes do not broadcast
    Source      Kullback and Leibler (1951), On information and sufficiency

    >>> p, q = np.array([0.5, 0.5]), np.array([0.5 + 2**-40, 0.5 - 2**-40])
    >>> float(kl_divergence(p, q).value / 2**-79), bool(np.sum(p * np.log(p / q)) < 0)  # the textbook sum is negative
    (1.0, True)
    """

    def block_loss(x: np.ndarray, y: np.ndarray, grad: np.ndarray) -> np.ndarray:
        grad[...] = 0 - zero_safe_divide(x, y)
        return kl_terms(x, y, log_ratio(x, y)).sum(axis=-1)

    return _map_pairs(block_loss, p, q)


@validation.ignore_range_errors
def js_divergence(p: ArrayLike, q: ArrayLike) -> ValueAndGrad:
    """Return the Jensen-Shannon divergence, ½ KL(p‖m) + ½ KL(q‖m) with m = (p + q)/2, in nats; it is symmetric.

    With t = (q - p)/(q + p), an outcome contributes (p + q)/4 · [(1+t) log(1+t) + (1-t) log(1-t)].

    p, q        (..., K)  each sums to 1
    Returns     value (...) in [0, log 2], finite even if p and q share no outcome; grad ½ log(q/m), (..., K), with
                respect to q, -inf where q is 0 and p is not, ½ log 2 where p is 0
    Raises      ValueError if p or q is not a distribution, or their shapes do not broadcast
    Source      Lin (1991), Divergence measures based on the Shannon entropy

    >>> float(js_divergence([1.0, 0.0], [0.0, 1.0]).value / np.log(2))
    1.0
    """

    def block_loss(x: np.ndarray, y: np.ndarray, grad: np.ndarray) -> np.ndarray:
        terms, log_ratio_to_mean = js_terms(x, y)
        grad[...] = log_ratio_to_mean / 2
        return terms.sum(axis=-1) / 4

    return _map_pairs(block_loss, p, q)


@validation.ignore_range_errors
def perplexity(p: ArrayLike) -> np.ndarray:
    """Return the perplexity exp(H(p)), the number of equally likely outcomes that would be as uncertain as p.

    p           (..., K)  sums to 1
    Returns     (...), in [1, K]
    Raises      ValueError if p is not a distribution

    >>> perplexity([0.25, 0.25, 0.25, 0.25])
    array(4.)
    """
    dtype, x = validation.to_float64(p=p)
    validation.check_distribution(x, "p", given=p)
    return np.asarray(np.exp(zero_safe_multiply(x, _surprise(x)).sum(axis=-1)), dtype)


@validation.ignore_range_errors
def mutual_information(joint: ArrayLike) -> np.ndarray:
    """Return the mutual information of two variables, the divergence from independence, in nats.

    joint       (..., A, B)  probabilities that sum to 1 over the last two axes
    Returns     (...), in [0, log min(A, B)], 0 for independent variables
    Raises      ValueError if joint is not a distribution over two axes
    Source      Cover and Thomas (2006), Elements of information theory, section 2.3

    >>> (mutual_information([[0.5, 0.0], [0.0, 0.5]]) / np.log(2)).round(6)  # one variable copies the other: 1 bit
    np.float64(1.0)
    """
    dtype, x = validation.to_float64(joint=joint)
    if x.ndim < 2:
        raise ValueError(f"joint must have shape (..., A, B), got {x.shape}")
    validation.check_distribution(x.reshape(*x.shape[:-2], x.shape[-2] * x.shape[-1]), "joint", given=joint)
    x = x.astype(np.longdouble)  # a product of sums near independence needs more digits, if the platform has them
    rows, columns = x.sum(axis=-1, keepdims=True), x.sum(axis=-2, keepdims=True)
    given_row = np.divide(x, rows, out=np.zeros_like(x), where=rows > 0)
    terms = kl_terms(x, rows * columns, log_ratio(given_row, np.broadcast_to(columns, x.shape)))
    return np.asarray(terms.sum(axis=(-2, -1)), dtype)


def _map_pairs(block_loss: Callable[..., np.ndarray], p: ArrayLike, q: ArrayLike) -> ValueAndGrad:
    x, y = validation.to_common_float(p=p, q=q)
    validation.check_distribution(x, "p", given=p)
    validation.check_distribution(y, "q", given=q)
    x, y = validation.broadcast_leading_axes(x, y, "q")

    def in_float64(x: np.ndarray, y: np.ndarray, grad: np.ndarray) -> np.ndarray:
        return block_loss(x.astype(np.float64, copy=False), y.astype(np.float64, copy=False), grad)

    return map_row_blocks(in_float64, x, y, dtype=x.dtype)


def _surprise(x: np.ndarray) -> np.ndarray:
    return 0 - np.log(x)  # rather than -log, which would give a certain event a surprise of -0
