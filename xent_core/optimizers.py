"""Three optimizers as pure functions: `step` takes params, gradient, and state, and returns new params and state.

Params are one array of any shape. No argument is written to.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

import numpy as np

from xent_core.validation import refuse_masks


class Optimizer(Protocol):
    """The interface of an optimizer that training can use."""

    def init(self, params: np.ndarray) -> Any:
        """Return the state before the first step."""

    def step(self, params: np.ndarray, grad: np.ndarray, state: Any) -> tuple[np.ndarray, Any]:
        """Return params and state after one step."""


@dataclass(frozen=True)
class GradientDescent:
    """Gradient descent: params - learning_rate · grad. It has no state.

    >>> GradientDescent(learning_rate=0.1).step(np.array([1.0]), np.array([2.0]), None)
    (array([0.8]), None)
    """

    learning_rate: float = 0.1

    def init(self, params: np.ndarray) -> None:
        """Return the state before the first step, which is None."""

    def step(self, params: np.ndarray, grad: np.ndarray, state: None) -> tuple[np.ndarray, None]:
        """Return params and state after one step."""
        refuse_masks(params=params, grad=grad)
        return params - self.learning_rate * grad, None


@dataclass(frozen=True)
class Momentum:
    """Heavy-ball momentum (Polyak, 1964): velocity ← momentum · velocity + grad; params - learning_rate · velocity.

    >>> Momentum(learning_rate=0.1, momentum=0.5).step(np.array([1.0]), np.array([2.0]), np.array([1.0]))
    (array([0.75]), array([2.5]))
    """

    learning_rate: float = 0.1
    momentum: float = 0.9

    def init(self, params: np.ndarray) -> np.ndarray:
        """Return the velocity before the first step, which is zero."""
        return np.zeros_like(params)

    def step(self, params: np.ndarray, grad: np.ndarray, state: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return params and velocity after one step."""
        refuse_masks(params=params, grad=grad)
        velocity = self.momentum * state + grad
        return params - self.learning_rate * velocity, velocity


class AdamState(NamedTuple):
    """The number of steps made, and the running means of the gradient and of its square."""

    steps: int
    mean: np.ndarray
    mean_square: np.ndarray


@dataclass(frozen=True)
class Adam:
    """Adam, which adapts the step size of every coordinate (Kingma and Ba, 2015, algorithm 1).

    The running means start at 0; dividing them by 1 - decay^steps corrects that bias. Tested against PyTorch.

    >>> Adam(learning_rate=0.1).step(np.array([1.0]), np.array([2.0]), Adam().init(np.array([1.0])))[0]
    array([0.9])
    """

    learning_rate: float = 0.001
    mean_decay: float = 0.9
    square_decay: float = 0.999
    epsilon: float = 1e-8  # part of the published rule: avoids a division by zero where there is no gradient

    def init(self, params: np.ndarray) -> AdamState:
        """Return the state before the first step: no steps, and means of zero."""
        return AdamState(0, np.zeros_like(params), np.zeros_like(params))

    def step(self, params: np.ndarray, grad: np.ndarray, state: AdamState) -> tuple[np.ndarray, AdamState]:
        """Return params and state after one step."""
        refuse_masks(params=params, grad=grad)
        steps = state.steps + 1
        mean = self.mean_decay * state.mean + (1 - self.mean_decay) * grad
        mean_square = self.square_decay * state.mean_square + (1 - self.square_decay) * grad**2
        unbiased_mean = mean / (1 - self.mean_decay**steps)
        unbiased_square = mean_square / (1 - self.square_decay**steps)
        new_params = params - self.learning_rate * unbiased_mean / (np.sqrt(unbiased_square) + self.epsilon)
        return new_params, AdamState(steps, mean, mean_square)
