"""Training one step at a time: a state goes in, the next comes out, so a page can pause and resume."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from xent_core.binary import binary_cross_entropy_with_logits, sigmoid_focal_loss, sigmoid_squared_error
from xent_core.calibration import expected_calibration_error
from xent_core.datasets import Dataset
from xent_core.margin import hinge_loss
from xent_core.models import LinearModel, Model
from xent_core.optimizers import GradientDescent, Optimizer
from xent_core.result import ValueAndGrad
from xent_core.stable import sigmoid

Loss = Callable[[np.ndarray, np.ndarray], ValueAndGrad]  # logits (..., n) and labels (n,) of 0 and 1


def smoothed_cross_entropy(logits: np.ndarray, labels: np.ndarray) -> ValueAndGrad:
    """Cross-entropy against labels smoothed by 0.1, which are .05 and .95."""
    return binary_cross_entropy_with_logits(logits, 0.9 * labels + 0.05)


def hinge_loss_of_binary_labels(logits: np.ndarray, labels: np.ndarray) -> ValueAndGrad:
    """Hinge loss, which wants labels of -1 and +1; its scores are no log-odds."""
    return hinge_loss(logits, 2 * labels - 1)


LOSSES: dict[str, Loss] = {
    "cross-entropy": binary_cross_entropy_with_logits,
    "squared error": sigmoid_squared_error,
    "focal": sigmoid_focal_loss,
    "smoothed": smoothed_cross_entropy,
    "hinge": hinge_loss_of_binary_labels,
}


@dataclass(frozen=True, eq=False)
class TrainingSetup:
    """All that decides a run. The same setup gives the same run, to the last bit.

    batch_size  examples a step, drawn without repetition within an epoch; None takes all
    seed        of the first parameters and of the order of the examples
    start       parameters to begin with, such as another run's; None asks the model
    """

    dataset: Dataset
    model: Model = field(default_factory=LinearModel)
    loss: Loss = binary_cross_entropy_with_logits
    optimizer: Optimizer = field(default_factory=GradientDescent)
    batch_size: int | None = None
    seed: int = 0
    start: np.ndarray | None = None


class Measures(NamedTuple):
    """How a model does on a data set: means over its examples."""

    loss: float
    accuracy: float
    calibration_error: float


class TrainingState(NamedTuple):
    """Where a run is. Measures and gradient (of the mean loss) are those of the whole data set, here."""

    step: int
    params: np.ndarray
    optimizer_state: Any
    measures: Measures
    grad: np.ndarray

    @property
    def grad_norm(self) -> float:
        """Length of the gradient: how steep it is here."""
        return float(np.linalg.norm(self.grad))


def first_state(setup: TrainingSetup) -> TrainingState:
    """Give the state before the first step."""
    params = setup.model.init(setup.seed) if setup.start is None else setup.start
    return _state(setup, 0, params, setup.optimizer.init(params))


def next_state(setup: TrainingSetup, state: TrainingState) -> TrainingState:
    """Make one step. Nothing is remembered elsewhere: the same state always gives the same next one."""
    grad = state.grad if setup.batch_size is None else _batch_gradient(setup, state, setup.batch_size)
    params, optimizer_state = setup.optimizer.step(state.params, grad, state.optimizer_state)
    return _state(setup, state.step + 1, params, optimizer_state)


def train(setup: TrainingSetup, state: TrainingState | None = None) -> Iterator[TrainingState]:
    """Yield the starting state, or the one given, and then one more after each step, without end.

    >>> from itertools import islice
    >>> from xent_core.datasets import make_dataset
    >>> for state in islice(train(TrainingSetup(make_dataset("blobs"))), 0, 11, 5):
    ...     print(state.step, round(state.measures.loss, 3), round(state.grad_norm, 3))
    0 0.693 0.503
    5 0.581 0.44
    10 0.494 0.388
    """
    state = first_state(setup) if state is None else state
    while True:
        yield state
        state = next_state(setup, state)


def measure(model: Model, params: np.ndarray, dataset: Dataset, loss: Loss) -> Measures:
    """Measure a model on a data set, perhaps one it has not seen; its confidence is sigmoid(logits)."""
    logits = model.forward(params, dataset.points)
    return _measures(logits, dataset.labels, loss(logits, dataset.labels))


def loss_surface(
    setup: TrainingSetup, params: np.ndarray, axes: tuple[int, int], first: np.ndarray, second: np.ndarray
) -> np.ndarray:
    """Mean loss (len(second), len(first)) as two of the params take these values and the others stay."""
    around = np.tile(params, (len(second), len(first), 1))
    around[..., axes[0]], around[..., axes[1]] = np.meshgrid(first, second)
    logits = setup.model.forward(around, setup.dataset.points)
    return setup.loss(logits, setup.dataset.labels).value.mean(axis=-1)


def descend(
    loss: Loss, logits: ArrayLike, labels: ArrayLike, *, steps: int, optimizer: Optimizer | None = None
) -> np.ndarray:
    """Walk logits themselves downhill: no model and no data, only the shape of the loss.

    logits     (...)  where each begins
    labels     (...)  of 0 and 1
    steps      >= 0
    optimizer  GradientDescent(learning_rate=1) if none is given
    Returns    (steps + 1, ...)  the logits at the start and after each step

    >>> descend(binary_cross_entropy_with_logits, -6.0, 1, steps=3).round(2)
    array([-6.  , -5.  , -4.01, -3.03])
    >>> descend(sigmoid_squared_error, -6.0, 1, steps=3).round(3)  # as wrong, and hardly moving
    array([-6.   , -5.995, -5.99 , -5.985])
    """
    optimizer = GradientDescent(learning_rate=1.0) if optimizer is None else optimizer
    here, truth = np.asarray(logits, dtype=np.float64), np.asarray(labels)
    path, state = [here], optimizer.init(here)
    for _ in range(steps):
        here, state = optimizer.step(here, loss(here, truth).grad, state)
        path.append(here)
    return np.array(path)


def _state(setup: TrainingSetup, step: int, params: np.ndarray, optimizer_state: Any) -> TrainingState:
    points, labels = setup.dataset
    logits = setup.model.forward(params, points)
    losses = setup.loss(logits, labels)
    grad = setup.model.backward(params, points, losses.grad / len(labels))
    return TrainingState(step, params, optimizer_state, _measures(logits, labels, losses), grad)


def _measures(logits: np.ndarray, labels: np.ndarray, losses: ValueAndGrad) -> Measures:
    return Measures(
        loss=float(losses.value.mean()),
        accuracy=float(np.mean((logits > 0) == labels)),
        calibration_error=float(expected_calibration_error(sigmoid(logits), labels)),
    )


def _batch_gradient(setup: TrainingSetup, state: TrainingState, size: int) -> np.ndarray:
    batch = _batch(len(setup.dataset.labels), size, state.step, setup.seed)
    points, labels = setup.dataset.points[batch], setup.dataset.labels[batch]
    slopes = setup.loss(setup.model.forward(state.params, points), labels).grad
    return setup.model.backward(state.params, points, slopes / len(labels))


def _batch(n: int, size: int, step: int, seed: int) -> np.ndarray:
    """Which of n examples a step sees: worked out from its number alone, so that a run resumes anywhere."""
    epoch, place = divmod(step, -(-n // size))
    order = np.random.default_rng([seed, epoch]).permutation(n)
    return order[place * size : (place + 1) * size]
