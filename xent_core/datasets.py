"""Labeled points in the plane, for models small enough to watch; equal seeds give identical data."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from xent_core import validation


class Dataset(NamedTuple):
    """A data set of labeled points.

    points  (n, 2)  mostly within ±1.5
    labels  (n,)    integers, 0 or 1

    >>> make_dataset("blobs", 4, noise=0).labels
    array([0, 0, 1, 1])
    """

    points: np.ndarray
    labels: np.ndarray


def make_dataset(
    shape: str, n: int = 200, *, noise: float = 0.2, imbalance: float = 1.0, label_noise: float = 0.0, seed: int = 0
) -> Dataset:
    """Return n labeled points drawn around one of the SHAPES: blobs, moons, circles, or spirals.

    shape        a key of SHAPES
    n            >= 2     the number of points
    noise        >= 0     the standard deviation around the shape, in each direction
    imbalance    > 0      the number of negatives per positive; each class gets at least one point
    label_noise  [0, 1]   the share of labels, chosen at random, that are flipped
    seed         the same seed gives the same data
    Returns      Dataset, with the negatives first
    Raises       ValueError if shape is unknown, n is below 2, or an option is out of range

    >>> make_dataset("moons", 1000, imbalance=9).labels.sum()
    np.int64(100)
    """
    if shape not in SHAPES:
        raise ValueError(f"shape must be one of {', '.join(SHAPES)}, got {shape}")
    n = validation.validate_integer(n, "n", minimum=2)
    noise = validation.validate_scalar("[0, inf)", noise, "noise")
    imbalance = validation.validate_scalar("(0, inf)", imbalance, "imbalance")
    label_noise = validation.validate_scalar("[0, 1]", label_noise, "label_noise")
    rng = np.random.default_rng(seed)
    positives = min(max(1, round(n / (1 + imbalance))), n - 1)
    labels = np.repeat([0, 1], [n - positives, positives])
    points = SHAPES[shape](rng.random(n), labels) + noise * rng.normal(size=(n, 2))
    flipped = rng.permutation(n)[: round(label_noise * n)]
    labels[flipped] = 1 - labels[flipped]
    return Dataset(points, labels)


def _blobs(position: np.ndarray, labels: np.ndarray) -> np.ndarray:
    side = 0.7 * (2 * labels - 1)
    return np.stack([side, side], axis=-1)


def _moons(position: np.ndarray, labels: np.ndarray) -> np.ndarray:
    angle, side = np.pi * position, 1 - 2 * labels
    return np.stack([side * (np.cos(angle) - 0.5), side * (np.sin(angle) - 0.25)], axis=-1)


def _circles(position: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return _polar(np.where(labels == 1, 0.45, 1.1), 2 * np.pi * position)


def _spirals(position: np.ndarray, labels: np.ndarray) -> np.ndarray:
    radius = 0.1 + 1.2 * np.sqrt(position)  # the root spreads the points evenly along the arm
    return _polar(radius, 5 * radius + np.pi * labels)


def _polar(radius: np.ndarray, angle: np.ndarray) -> np.ndarray:
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=-1)


# Each function maps positions along the shape in [0, 1) and labels, both (n,), to points (n, 2).
SHAPES: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "blobs": _blobs,
    "moons": _moons,
    "circles": _circles,
    "spirals": _spirals,
}
