"""Measuring in ulps, and differentiating by differences."""

from collections.abc import Callable
from typing import Any

import numpy as np
from mpmath import mp, mpf

from xent_core import ValueAndGrad

mp.dps = 50


def exact(array: Any) -> list[Any]:
    """The numbers of a one-dimensional array as 50-digit numbers, none of them rounded."""
    return [mpf(float(x)) for x in np.asarray(array).ravel()]


def ulps(got: Any, truth: Any) -> float:
    """The largest distance from truth (50-digit numbers), in units of the last place of truth in got's dtype."""
    got = np.asarray(got)
    truth = list(truth) if isinstance(truth, list | tuple) else [truth]
    assert got.size == len(truth)
    return max((_ulps(one, true) for one, true in zip(got.ravel(), truth, strict=True)), default=0.0)


def _ulps(got: Any, truth: Any) -> float:
    if mp.isinf(truth) or np.isinf(got):
        return 0.0 if mpf(float(got)) == truth else np.inf
    near = np.abs(got.dtype.type(float(truth)))
    if np.isinf(near):  # truth rounds to infinity in float32, got does not
        return np.inf
    return float(abs(mpf(float(got)) - truth) / mpf(float(np.spacing(near))))


def central_difference(value: Callable[[np.ndarray], np.ndarray], at: np.ndarray, h: float = 1e-5) -> np.ndarray:
    """d sum(value) / d at, entry by entry, of fourth order: from two steps to either side."""
    slope = np.zeros(at.shape)
    for index in np.ndindex(at.shape):
        step = np.zeros(at.shape)
        step[index] = h
        near = np.sum(value(at + step)) - np.sum(value(at - step))
        far = np.sum(value(at + 2 * step)) - np.sum(value(at - 2 * step))
        slope[index] = (8 * near - far) / (12 * h)
    return slope


def check_gradient(loss: Callable[[np.ndarray], ValueAndGrad], at: np.ndarray, tolerance: float = 1e-8) -> None:
    """Compare the gradient a loss returns with the slope of the value it returns."""
    got = loss(at).grad
    wanted = central_difference(lambda x: loss(x).value, at)
    assert got.shape == at.shape
    assert np.all(np.abs(got - wanted) <= tolerance * (1 + np.abs(wanted))), f"returned\n{got}\nmeasured\n{wanted}"
