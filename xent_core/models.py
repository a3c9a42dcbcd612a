"""Two models small enough to watch: a line, and one hidden layer. Parameters are one flat vector.

forward turns points into logits, backward turns d loss / d logits into d loss / d params (the chain rule).
params may have leading axes in forward, so that a loss surface is one call.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from xent_core import validation


class Model(Protocol):
    """What training needs to know of a model."""

    def init(self, seed: int) -> np.ndarray:
        """Give parameters to start from, (P,)."""

    def forward(self, params: np.ndarray, points: np.ndarray) -> np.ndarray:
        """Logits (..., n) of points (n, 2) under params (..., P)."""

    def backward(self, params: np.ndarray, points: np.ndarray, grad: np.ndarray) -> np.ndarray:
        """Turn d loss / d logits (n,) into d loss / d params (P,), summed over the points."""


@dataclass(frozen=True)
class LinearModel:
    """A line: logit = w·x + b, params (w₁, w₂, b).

    >>> LinearModel().forward(np.array([2.0, -1.0, 0.5]), np.array([[1.0, 1.0], [0.0, 0.0]]))
    array([1.5, 0.5])
    """

    def init(self, seed: int) -> np.ndarray:
        """Start from zero, an even chance everywhere: the loss is convex, so any start will do."""
        return np.zeros(3)

    def forward(self, params: np.ndarray, points: np.ndarray) -> np.ndarray:
        """Logits (..., n) of points (n, 2) under params (..., 3)."""
        return params[..., :2] @ points.T + params[..., 2:]

    def backward(self, params: np.ndarray, points: np.ndarray, grad: np.ndarray) -> np.ndarray:
        """Turn d loss / d logits (n,) into d loss / d params (3,)."""
        return np.append(grad @ points, grad.sum())


@dataclass(frozen=True)
class HiddenLayerModel:
    """One hidden layer: logit = v·tanh(W x + c) + b, params W (width, 2), c (width,), v (width,), b in a row.

    >>> HiddenLayerModel(width=4).init(seed=0).shape
    (17,)
    """

    width: int = 8

    def __post_init__(self) -> None:
        """Refuse a layer without units."""
        validation.validate_integer(self.width, "width")

    def init(self, seed: int) -> np.ndarray:
        """Random weights, so that no two units are alike, scaled to keep the signal; biases 0."""
        rng = np.random.default_rng(seed)
        weights, outputs = rng.normal(size=2 * self.width), rng.normal(size=self.width) / np.sqrt(self.width)
        return np.concatenate([weights, np.zeros(self.width), outputs, [0.0]])

    def forward(self, params: np.ndarray, points: np.ndarray) -> np.ndarray:
        """Logits (..., n) of points (n, 2) under params (..., 4 · width + 1)."""
        weights, biases, outputs, bias = self._parts(params)
        hidden = np.tanh(weights @ points.T + biases[..., np.newaxis])
        return (outputs[..., np.newaxis, :] @ hidden)[..., 0, :] + bias

    def backward(self, params: np.ndarray, points: np.ndarray, grad: np.ndarray) -> np.ndarray:
        """Turn d loss / d logits (n,) into d loss / d params (4 · width + 1,)."""
        weights, biases, outputs, _ = self._parts(params)
        hidden = np.tanh(weights @ points.T + biases[:, np.newaxis])
        into_hidden = outputs[:, np.newaxis] * grad * (1 - hidden**2)  # tanh′ = 1 - tanh²
        return np.concatenate([(into_hidden @ points).ravel(), into_hidden.sum(axis=-1), hidden @ grad, [grad.sum()]])

    def _parts(self, params: np.ndarray) -> tuple[np.ndarray, ...]:
        weights, biases, outputs, bias = np.split(params, np.cumsum([2, 1, 1]) * self.width, axis=-1)
        return weights.reshape(*params.shape[:-1], self.width, 2), biases, outputs, bias
