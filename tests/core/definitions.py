"""Reference implementations of the losses for one example, in 50-digit arithmetic: each returns (value, gradient).

They follow the textbook definitions, but sum the probabilities of the other classes where a textbook writes 1 - p,
because at a logit of 1e4 even 50 digits would round 1 - p to 0.
"""

from functools import lru_cache
from typing import Any

from mpmath import exp, inf, log, log1p, mp, mpf

Example = tuple[Any, list[Any]]


def softplus(z: Any) -> Any:
    return log1p(exp(z)) if z < 0 else z + log1p(exp(-z))


def sigmoid(z: Any) -> Any:
    return exp(z) / (1 + exp(z)) if z < 0 else 1 / (1 + exp(-z))


def others(a: list[Any]) -> list[Any]:
    """Return for every entry the sum of all the others, accumulated from both ends."""
    before, after = [mpf(0)], [mpf(0)]
    for from_left, from_right in zip(a[:-1], reversed(a[1:]), strict=True):
        before.append(before[-1] + from_left)
        after.append(after[-1] + from_right)
    return [left + right for left, right in zip(before, reversed(after), strict=True)]


def softmax(x: list[Any]) -> tuple[list[Any], list[Any], list[Any]]:
    """Return p, 1 - p, and -ln p of every class."""
    return _softmax(tuple(x))


@lru_cache(maxsize=100)
def _softmax(x: tuple[Any, ...]) -> tuple[list[Any], list[Any], list[Any]]:
    e = [exp(z - max(x)) for z in x]
    wrong, total = others(e), sum(e)
    nll = [log1p(w / right) if right else inf for w, right in zip(wrong, e, strict=True)]
    return [right / total for right in e], [w / total for w in wrong], nll


def cross_entropy(x: list[Any], target: list[Any]) -> Example:
    """Return the cross-entropy against target, which may be any non-negative weights."""
    p, u, nll = softmax(x)
    rest = others(target)
    value = sum((t * c for t, c in zip(target, nll, strict=True) if t), mpf(0))
    return value, [p[k] * rest[k] - target[k] * u[k] for k in range(len(x))]


def hard_cross_entropy(x: list[Any], label: int, weight: Any = 1) -> Example:
    return cross_entropy(x, [mpf(weight) if k == label else mpf(0) for k in range(len(x))])


def focal(x: list[Any], label: int, gamma: float, weight: Any = 1) -> Example:
    """Return -w u^g ln p with u = 1 - p; its derivative with respect to -ln p is w u^g (1 - g p ln p / u)."""
    g, w = mpf(gamma), mpf(weight)
    p, u, nll = (per_class[label] for per_class in softmax(x))
    if u == 0:
        return mpf(0), [mpf(0)] * len(x)
    focal_weight = w * (exp(g * log1p(-p)) if p < 0.5 else u**g)
    slope = focal_weight * (1 + g * p * nll / u) if p else focal_weight
    return focal_weight * nll, [slope * (q if k != label else -u) for k, q in enumerate(softmax(x)[0])]


def squared_error(x: list[Any], target: list[Any]) -> Example:
    """Return the sum of r^2 with r = p - y; its derivative is 2 p (r - sum of p r).

    Tied classes may cancel hundreds of digits, hence the extra precision.
    """
    with mp.workdps(500 if len(x) < 100 else 50):
        return _squared_error(x, target)


def _squared_error(x: list[Any], target: list[Any]) -> Example:
    p, u, _ = _softmax.__wrapped__(tuple(x))
    residuals = [q * (1 - t) - t * v for q, v, t in zip(p, u, target, strict=True)]
    other_products = others([q * r for q, r in zip(p, residuals, strict=True)])
    grad = [2 * p[k] * (u[k] * residuals[k] - other_products[k]) for k in range(len(x))]
    return sum(r * r for r in residuals), grad


def binary(z: Any, y: Any, pos_weight: Any = 1) -> Example:
    pos, neg = mpf(pos_weight) * y, 1 - y
    value = (pos * softplus(-z) if pos else 0) + (neg * softplus(z) if neg else 0)
    return value, [neg * sigmoid(z) - pos * sigmoid(-z)]


def binary_focal(z: Any, label: int, gamma: float, alpha: Any = None) -> Example:
    weight = 1 if alpha is None else mpf(alpha) if label else 1 - mpf(alpha)
    value, slope = focal([mpf(0), z], label, gamma, weight)
    return value, slope[1:]


def binary_squared_error(z: Any, y: Any) -> Example:
    p, u = sigmoid(z), sigmoid(-z)
    residual = (1 - y) * p - y * u
    return residual * residual, [2 * residual * p * u]


def categorical(p: list[Any], target: list[Any]) -> Example:
    value = sum((-t * log(q) if q else inf for q, t in zip(p, target, strict=True) if t), mpf(0))
    return value, [(-t / q if q else -inf) if t else mpf(0) for q, t in zip(p, target, strict=True)]
