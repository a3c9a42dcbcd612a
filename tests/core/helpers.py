"""Error measurement in units in the last place (ulp), and gradients by central differences."""

from collections.abc import Callable
from typing import Any

import numpy as np
from mpmath import mp, mpf

from xent_core import ValueAndGrad

mp.dps = 50


def exact(array: Any) -> list[Any]:
    """Return the numbers of an array as a flat list of 50-digit numbers, without rounding."""
    return [mpf(float(x)) for x in np.asarray(array).ravel()]


def ulps(got: Any, truth: Any) -> float:
    """Return the largest error of got, in ulp of its dtype, given the true values as 50-digit numbers."""
    got = np.asarray(got)
    truth = list(truth) if isinstance(truth, list | tuple) else [truth]
    assert got.size == len(truth)
    return max((_ulps(entry, true) for entry, true in zip(got.ravel(), truth, strict=True)), default=0.0)


def _ulps(got: Any, truth: Any) -> float:
    if mp.isinf(truth) or np.isinf(got):
        return 0.0 if mpf(float(got)) == truth else np.inf
    near = np.abs(got.dtype.type(float(truth)))
    if np.isinf(near):  # the truth rounds to infinity in float32, but got did not
        return np.inf
    return float(abs(mpf(float(got)) - truth) / mpf(float(np.spacing(near))))


def central_difference(value: Callable[[np.ndarray], np.ndarray], at: np.ndarray, h: float = 1e-5) -> np.ndarray:
    """Return d sum(value) / d at, entry by entry, from a fourth-order difference of two steps to either side."""
    slope = np.zeros(at.shape)
    for index in np.ndindex(at.shape):
        step = np.zeros(at.shape)
        step[index] = h
        near = np.sum(value(at + step)) - np.sum(value(at - step))
        far = np.sum(value(at + 2 * step)) - np.sum(value(at - 2 * step))
        slope[index] = (8 * near - far) / (12 * h)
    return slope


def check_gradient(loss: Callable[[np.ndarray], ValueAndGrad], at: np.ndarray, tolerance: float = 1e-8) -> None:
    """Check that the gradient that a loss returns matches the central differences of its value."""
    got = loss(at).grad
    wanted = central_difference(lambda x: loss(x).value, at)
    assert got.shape == at.shape
    assert np.all(np.abs(got - wanted) <= tolerance * (1 + np.abs(wanted))), f"returned\n{got}\nmeasured\n{wanted}"
