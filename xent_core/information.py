"""Shannon's measures of information, in nats: surprise, entropy, and how far a model is from the truth.

Distributions lie along the last axis, p is the truth and q the model, and leading axes broadcast. A sum may
miss 1 by a little more than float32 rounds (validation.SUM_TOLERANCE). float32 is rounded to once, at the end.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from xent_core import validation
from xent_core.divergence_terms import even_series, kl_terms, log_ratio
from xent_core.result import ValueAndGrad, as_result


@validation.ignore_range_errors
def surprise(p: ArrayLike) -> ValueAndGrad:
    """How much an event of probability p surprises: -log p nats, in [0, inf].

    p           (...)  in [0, 1]; what has probability 0 surprises infinitely
    Returns     value -log p and grad -1/p, both (...)
    Raises      ValueError  p outside [0, 1] or NaN
    Source      Shannon (1948), A mathematical theory of communication

    >>> surprise([1.0, 0.5]).value.round(4)
    array([0.    , 0.6931])
    """
    dtype, x = validation.to_float64(p=p)
    validation.check_interval("[0, 1]", x, "p")
    return as_result(value=_nats(x), grad=-1 / x, dtype=dtype)


@validation.ignore_range_errors
def entropy(p: ArrayLike) -> ValueAndGrad:
    """Expected surprise of a distribution: -Σ p log p nats, in [0, log K].

    p           (..., K)  sums to 1; an outcome of probability 0 adds nothing
    Returns     value (...) and grad -log p - 1, (..., K), inf where p is 0: the slope of the formula,
                free of the constraint that p sums to 1
    Raises      ValueError  p outside [0, 1] or not summing to 1
    Source      Shannon (1948), section 6

    >>> float(entropy([0.5, 0.5]).value / np.log(2))  # a fair coin is 1 bit
    1.0
    """
    dtype, x = validation.to_float64(p=p)
    validation.check_distribution(x, "p")
    return as_result(value=_expected(x, _nats(x)), grad=_nats(x) - 1, dtype=dtype)


@validation.ignore_range_errors
def entropy_terms(p: ArrayLike) -> np.ndarray:
    """What each outcome adds to the entropy: -p log p nats, in [0, 1/e], 0 where p is 0; (..., K), sums to H.

    >>> entropy_terms([0.5, 0.5, 0.0]).round(4)
    array([0.3466, 0.3466, 0.    ])
    """
    dtype, x = validation.to_float64(p=p)
    validation.check_distribution(x, "p")
    return np.asarray(np.multiply(x, _nats(x), out=np.zeros_like(x), where=x > 0), dtype)


@validation.ignore_range_errors
def cross_entropy(p: ArrayLike, q: ArrayLike) -> ValueAndGrad:
    """Expected surprise of one who believes q where p is the truth: -Σ p log q nats, in [H(p), inf].

    p, q        (..., K)  each sums to 1
    Returns     value (...), inf where q rules out what can happen; grad -p/q, (..., K), in q, 0 where p is 0
    Raises      ValueError  p or q not a distribution; unequal shapes
    Source      Cover and Thomas (2006), Elements of information theory, section 5.4

    >>> cross_entropy([0.5, 0.5], [0.95, 0.05]).value / np.log(2)  # 2.20 bits where 1 would do
    np.float64(2.197964...)
    """
    dtype, x, y = _truth_and_model(p, q)
    return as_result(value=_expected(x, _nats(y)), grad=_slope_in_model(x, y), dtype=dtype)


@validation.ignore_range_errors
def kl_divergence(p: ArrayLike, q: ArrayLike) -> ValueAndGrad:
    """What believing q costs beyond the entropy of p: Σ p log(p/q) nats, in [0, inf], 0 where p is q.

    Summed as p log(p/q) - p + q: the -p + q add up to nothing over a distribution and leave no term negative,
    so that the sum keeps its sign and its digits where p and q nearly agree.

    p, q        (..., K)  each sums to 1
    Returns     value (...), inf where q rules out what can happen; grad -p/q, (..., K), in q, 0 where p is 0:
                the slope of Σ p log(p/q), the same as cross-entropy's
    Raises      ValueError  p or q not a distribution; unequal shapes
    Source      Kullback and Leibler (1951), On information and sufficiency

    >>> p, q = np.array([0.5, 0.5]), np.array([0.5 + 2**-40, 0.5 - 2**-40])
    >>> float(kl_divergence(p, q).value / 2**-79), bool(np.sum(p * np.log(p / q)) < 0)  # the textbook
    (1.0, True)
    """
    dtype, x, y = _truth_and_model(p, q)
    value = kl_terms(x, y, log_ratio(x, y)).sum(axis=-1)
    return as_result(value=value, grad=_slope_in_model(x, y), dtype=dtype)


@validation.ignore_range_errors
def js_divergence(p: ArrayLike, q: ArrayLike) -> ValueAndGrad:
    """Jensen-Shannon divergence, ½ KL(p‖m) + ½ KL(q‖m) with m = (p + q)/2: nats, in [0, log 2], symmetric.

    With t = (q - p)/(q + p), an outcome adds (p + q)/4 · [(1+t) log(1+t) + (1-t) log(1-t)].

    p, q        (..., K)  each sums to 1
    Returns     value (...), finite even where p and q exclude each other; grad ½ log(q/m), (..., K), in q,
                -inf where q is 0 and p is not, ½ log 2 where p is 0
    Raises      ValueError  p or q not a distribution; unequal shapes
    Source      Lin (1991), Divergence measures based on the Shannon entropy

    >>> float(js_divergence([1.0, 0.0], [0.0, 1.0]).value / np.log(2))
    1.0
    """
    dtype, x, y = _truth_and_model(p, q)
    both = x + y
    possible = both > 0
    t = np.divide(y - x, both, out=np.ones_like(both), where=possible)
    p_over_m = np.divide(2 * x, both, out=np.zeros_like(both), where=possible)
    q_over_m = np.divide(2 * y, both, out=np.full_like(both, 2), where=possible)
    bracket = np.where(np.abs(t) < 0.5, even_series(t), _xlogx(p_over_m) + _xlogx(q_over_m))
    grad = np.where(np.abs(t) < 0.5, np.log1p(np.maximum(t, -0.5)), np.log(q_over_m)) / 2
    return as_result(value=(both * bracket).sum(axis=-1) / 4, grad=grad, dtype=dtype)


def perplexity(p: ArrayLike) -> np.ndarray:
    """As many equally likely outcomes as would be as uncertain as p: exp(H(p)), in [1, K].

    p           (..., K)  sums to 1
    Returns     (...)
    Raises      ValueError  as entropy does

    >>> perplexity([0.25, 0.25, 0.25, 0.25])
    array(4.)
    """
    dtype, x = validation.to_float64(p=p)
    return np.asarray(np.exp(entropy(x).value), dtype)


@validation.ignore_range_errors
def mutual_information(joint: ArrayLike) -> np.ndarray:
    """What knowing one of two variables tells of the other: KL from the product of the marginals, in nats.

    joint       (..., A, B)  probabilities that sum to 1 over the last two axes
    Returns     (...), in [0, log min(A, B)], 0 for independent variables
    Raises      ValueError  joint not a distribution over two axes
    Source      Cover and Thomas (2006), section 2.3

    >>> (mutual_information([[0.5, 0.0], [0.0, 0.5]]) / np.log(2)).round(6)  # a copy tells 1 bit of 1
    np.float64(1.0)
    """
    dtype, x = validation.to_float64(joint=joint)
    if x.ndim < 2:
        raise ValueError(f"joint must have shape (..., A, B), got {x.shape}")
    validation.check_distribution(x.reshape(*x.shape[:-2], x.shape[-2] * x.shape[-1]), "joint")
    x = x.astype(np.longdouble)  # near independence a product of sums needs more digits, where the machine has them
    rows, columns = x.sum(axis=-1, keepdims=True), x.sum(axis=-2, keepdims=True)
    given_row = np.divide(x, rows, out=np.zeros_like(x), where=rows > 0)
    terms = kl_terms(x, rows * columns, log_ratio(given_row, np.broadcast_to(columns, x.shape)))
    return np.asarray(terms.sum(axis=(-2, -1)), dtype)


def _truth_and_model(p: ArrayLike, q: ArrayLike) -> list[Any]:
    dtype, x, y = validation.to_float64(p=p, q=q)
    validation.check_distribution(x, "p")
    validation.check_distribution(y, "q")
    return [dtype, *validation.broadcast_leading_axes(x, y, "q")]


def _nats(x: np.ndarray) -> np.ndarray:
    return 0 - np.log(x)  # not -log: the surprise of a certainty is 0, not -0


def _expected(p: np.ndarray, cost: np.ndarray) -> np.ndarray:
    return np.multiply(p, cost, out=np.zeros_like(p), where=p > 0).sum(axis=-1)  # 0 · inf is 0 here


def _slope_in_model(p: np.ndarray, q: np.ndarray) -> np.ndarray:
    return np.divide(-p, q, out=np.zeros_like(p), where=p > 0)


def _xlogx(x: np.ndarray) -> np.ndarray:
    return np.multiply(x, np.log(x), out=np.zeros_like(x), where=x > 0)
