"""The losses as textbooks define them, for one example, in 50 digits: (value, gradient).

Sums over the wrong classes stand where a textbook writes 1 - p: with 50 digits, too, 1 - p is 0 at logit 1e4.
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
    """For every entry the sum of all others, added up from both ends."""
    before, after = [mpf(0)], [mpf(0)]
    for one, last in zip(a[:-1], reversed(a[1:]), strict=True):
        before.append(before[-1] + one)
        after.append(after[-1] + last)
    return [left + right for left, right in zip(before, reversed(after), strict=True)]


def softmax(x: list[Any]) -> tuple[list[Any], list[Any], list[Any]]:
    """p, 1 - p and -ln p of every class."""
    return _softmax(tuple(x))


@lru_cache(maxsize=100)
def _softmax(x: tuple[Any, ...]) -> tuple[list[Any], list[Any], list[Any]]:
    e = [exp(z - max(x)) for z in x]
    wrong, everything = others(e), sum(e)
    cost = [log1p(w / right) if right else inf for w, right in zip(wrong, e, strict=True)]
    return [right / everything for right in e], [w / everything for w in wrong], cost


def cross_entropy(x: list[Any], target: list[Any]) -> Example:
    """target: any weights that are not negative."""
    p, u, cost = softmax(x)
    rest = others(target)
    value = sum((t * c for t, c in zip(target, cost, strict=True) if t), mpf(0))
    return value, [p[k] * rest[k] - target[k] * u[k] for k in range(len(x))]


def hard_cross_entropy(x: list[Any], label: int, weight: Any = 1) -> Example:
    return cross_entropy(x, [mpf(weight) if k == label else mpf(0) for k in range(len(x))])


def focal(x: list[Any], label: int, gamma: float, weight: Any = 1) -> Example:
    """-w u^g ln p with u = 1 - p, and its slope in -ln p, w u^g (1 - g p ln p / u)."""
    g, w = mpf(gamma), mpf(weight)
    p, u, cost = (of_class[label] for of_class in softmax(x))
    if u == 0:
        return mpf(0), [mpf(0)] * len(x)
    fade = w * (exp(g * log1p(-p)) if p < 0.5 else u**g)
    slope = fade * (1 + g * p * cost / u) if p else fade
    return fade * cost, [slope * (q if k != label else -u) for k, q in enumerate(softmax(x)[0])]


def squared_error(x: list[Any], target: list[Any]) -> Example:
    """sum of (p - y)^2; its slope is 2 p (off - sum of p off), off = p - y. Tied classes cancel 500 digits deep."""
    with mp.workdps(500 if len(x) < 100 else 50):
        return _squared_error(x, target)


def _squared_error(x: list[Any], target: list[Any]) -> Example:
    p, u, _ = _softmax.__wrapped__(tuple(x))
    off = [q * (1 - t) - t * v for q, v, t in zip(p, u, target, strict=True)]
    pulled = others([q * o for q, o in zip(p, off, strict=True)])
    return sum(o * o for o in off), [2 * p[k] * (u[k] * off[k] - pulled[k]) for k in range(len(x))]


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
    off = (1 - y) * p - y * u
    return off * off, [2 * off * p * u]


def categorical(p: list[Any], target: list[Any]) -> Example:
    value = sum((-t * log(q) if q else inf for q, t in zip(p, target, strict=True) if t), mpf(0))
    return value, [(-t / q if q else -inf) if t else mpf(0) for q, t in zip(p, target, strict=True)]
