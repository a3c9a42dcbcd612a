"""Points in the plane, each with a label, for models small enough to watch. One seed, one set of bits."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from xent_core import validation


class Dataset(NamedTuple):
    """Labelled points.

    points  (n, 2)  mostly within ±1.5
    labels  (n,)    integers, 0 or 1
    """

    points: np.ndarray
    labels: np.ndarray


def make_dataset(
    shape: str, n: int = 200, *, noise: float = 0.2, imbalance: float = 1.0, label_noise: float = 0.0, seed: int = 0
) -> Dataset:
    """Draw n labelled points around one of the SHAPES: blobs, moons, circles or spirals.

    noise        >= 0     standard deviation around the shape, in each direction
    imbalance    > 0     negatives to one positive; each class gets one point at least
    label_noise  [0, 1]  this share of the labels, drawn at random, is wrong
    Returns      Dataset, the negatives first
    Raises       ValueError  unknown shape; n below 2; an option out of range

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
    wrong = rng.permutation(n)[: round(label_noise * n)]
    labels[wrong] = 1 - labels[wrong]
    return Dataset(points, labels)


def _blobs(along: np.ndarray, labels: np.ndarray) -> np.ndarray:
    side = 0.7 * (2 * labels - 1)
    return np.stack([side, side], axis=-1)


def _moons(along: np.ndarray, labels: np.ndarray) -> np.ndarray:
    angle, side = np.pi * along, 1 - 2 * labels
    return np.stack([side * (np.cos(angle) - 0.5), side * (np.sin(angle) - 0.25)], axis=-1)


def _circles(along: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return _polar(np.where(labels == 1, 0.45, 1.1), 2 * np.pi * along)


def _spirals(along: np.ndarray, labels: np.ndarray) -> np.ndarray:
    radius = 0.1 + 1.2 * np.sqrt(along)  # the root spreads the points evenly along the arm
    return _polar(radius, 5 * radius + np.pi * labels)


def _polar(radius: np.ndarray, angle: np.ndarray) -> np.ndarray:
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=-1)


# How far along the shape (n,) and which label (n,) → where (n, 2)
SHAPES: dict[str, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "blobs": _blobs,
    "moons": _moons,
    "circles": _circles,
    "spirals": _spirals,
}
