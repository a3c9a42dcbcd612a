"""Two models small enough to watch: a linear one, and one with a hidden layer. Their parameters are one flat vector.

`forward` maps points to logits, and `backward` applies the chain rule from d loss / d logits to d loss / d params.
In `forward`, params may have leading axes, so that a loss surface is a single call.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from xent_core import validation


class Model(Protocol):
    """The interface of a model that can be trained."""

    def init(self, seed: int) -> np.ndarray:
        """Return initial parameters, (P,)."""

    def forward(self, params: np.ndarray, points: np.ndarray) -> np.ndarray:
        """Return the logits (..., n) of points (n, 2) for params (..., P)."""

    def backward(self, params: np.ndarray, points: np.ndarray, grad: np.ndarray) -> np.ndarray:
        """Return d loss / d params (P,), summed over the points, from grad = d loss / d logits (n,)."""


@dataclass(frozen=True)
class LinearModel:
    """A linear model, logit = w·x + b, with params (w₁, w₂, b).

    >>> LinearModel().forward(np.array([2.0, -1.0, 0.5]), np.array([[1.0, 1.0], [0.0, 0.0]]))
    array([1.5, 0.5])
    """

    def init(self, seed: int) -> np.ndarray:
        """Return zeros, which predict a probability of 1/2 everywhere; the loss is convex, so any start would do."""
        return np.zeros(3)

    def forward(self, params: np.ndarray, points: np.ndarray) -> np.ndarray:
        """Return the logits (..., n) of points (n, 2) for params (..., 3)."""
        validation.refuse_masks(params=params, points=points)
        return params[..., :2] @ points.T + params[..., 2:]

    def backward(self, params: np.ndarray, points: np.ndarray, grad: np.ndarray) -> np.ndarray:
        """Return d loss / d params (3,) from grad = d loss / d logits (n,)."""
        validation.refuse_masks(params=params, points=points, grad=grad)
        return np.append(grad @ points, grad.sum())


@dataclass(frozen=True)
class HiddenLayerModel:
    """A model with one hidden layer, logit = v·tanh(W x + c) + b.

    Its params are W (width, 2), c (width,), v (width,), and b, flattened in this order.

    >>> HiddenLayerModel(width=4).init(seed=0).shape
    (17,)
    """

    width: int = 8

    def __post_init__(self) -> None:
        """Raise ValueError if the width is not a positive integer."""
        validation.validate_integer(self.width, "width")

    def init(self, seed: int) -> np.ndarray:
        """Return random weights, so that no two units are alike, scaled to preserve the signal; biases are 0."""
        rng = np.random.default_rng(seed)
        weights, outputs = rng.normal(size=2 * self.width), rng.normal(size=self.width) / np.sqrt(self.width)
        return np.concatenate([weights, np.zeros(self.width), outputs, [0.0]])

    def forward(self, params: np.ndarray, points: np.ndarray) -> np.ndarray:
        """Return the logits (..., n) of points (n, 2) for params (..., 4 · width + 1)."""
        validation.refuse_masks(params=params, points=points)
        weights, biases, outputs, bias = self._unpack(params)
        hidden = np.tanh(weights @ points.T + biases[..., np.newaxis])
        return (outputs[..., np.newaxis, :] @ hidden)[..., 0, :] + bias

    def backward(self, params: np.ndarray, points: np.ndarray, grad: np.ndarray) -> np.ndarray:
        """Return d loss / d params (4 · width + 1,) from grad = d loss / d logits (n,)."""
        validation.refuse_masks(params=params, points=points, grad=grad)
        weights, biases, outputs, _ = self._unpack(params)
        hidden = np.tanh(weights @ points.T + biases[:, np.newaxis])
        grad_hidden = outputs[:, np.newaxis] * grad * (1 - hidden**2)  # the derivative of tanh is 1 - tanh²
        return np.concatenate([(grad_hidden @ points).ravel(), grad_hidden.sum(axis=-1), hidden @ grad, [grad.sum()]])

    def _unpack(self, params: np.ndarray) -> tuple[np.ndarray, ...]:
        weights, biases, outputs, bias = np.split(params, np.cumsum([2, 1, 1]) * self.width, axis=-1)
        return weights.reshape(*params.shape[:-1], self.width, 2), biases, outputs, bias
