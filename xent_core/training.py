"""Training one step at a time: each step maps a state to the next, so that a page can pause and resume."""

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
from xent_core.validation import read_array, refuse_masks, to_float64, validate_integer, validate_labels

Loss = Callable[[np.ndarray, np.ndarray], ValueAndGrad]  # takes logits (..., n) and labels (n,) of 0 and 1


def _smoothed_cross_entropy(logits: np.ndarray, labels: np.ndarray) -> ValueAndGrad:
    """Return the binary cross-entropy against labels smoothed by 0.1, which are 0.05 and 0.95."""
    return binary_cross_entropy_with_logits(logits, 0.9 * validate_labels(labels, 2) + 0.05)


def _hinge_loss_of_binary_labels(logits: np.ndarray, labels: np.ndarray) -> ValueAndGrad:
    """Return the hinge loss for labels of 0 and 1, which it maps to -1 and +1; its scores are not log-odds."""
    return hinge_loss(logits, 2 * validate_labels(labels, 2) - 1)


LOSSES: dict[str, Loss] = {
    "cross-entropy": binary_cross_entropy_with_logits,
    "squared error": sigmoid_squared_error,
    "focal": sigmoid_focal_loss,
    "smoothed": _smoothed_cross_entropy,
    "hinge": _hinge_loss_of_binary_labels,
}


@dataclass(frozen=True, eq=False)
class TrainingSetup:
    """Everything that determines a training run; equal setups give bit-identical runs.

    batch_size  the number of examples per step, drawn without repetition within an epoch; None takes all
    seed        determines the initial parameters and the order of the examples
    start       the initial parameters, such as those of another run; None asks the model for them

    >>> from xent_core import make_dataset
    >>> setup = TrainingSetup(make_dataset("blobs"))
    >>> setup.model, setup.optimizer
    (LinearModel(), GradientDescent(learning_rate=0.1))
    """

    dataset: Dataset
    model: Model = field(default_factory=LinearModel)
    loss: Loss = binary_cross_entropy_with_logits
    optimizer: Optimizer = field(default_factory=GradientDescent)
    batch_size: int | None = None
    seed: int = 0
    start: np.ndarray | None = None


class Measures(NamedTuple):
    """The performance of a model on a data set, as means over its examples; the loss is in nats."""

    loss: float
    accuracy: float
    calibration_error: float


class TrainingState(NamedTuple):
    """The state of a training run; measures and gradient (of the mean loss) are those of the whole data set at params.

    >>> from xent_core import make_dataset
    >>> state = first_state(TrainingSetup(make_dataset("blobs")))
    >>> state.step, state.params
    (0, array([0., 0., 0.]))
    """

    step: int
    params: np.ndarray
    optimizer_state: Any
    measures: Measures
    grad: np.ndarray

    @property
    def grad_norm(self) -> float:
        """Return the Euclidean norm of the gradient."""
        return float(np.linalg.norm(self.grad))


def first_state(setup: TrainingSetup) -> TrainingState:
    """Return the state before the first step.

    setup    TrainingSetup
    Returns  TrainingState with step 0
    Raises   ValueError under the conditions of the loss, or if a label is neither 0 nor 1

    >>> from xent_core import make_dataset
    >>> round(first_state(TrainingSetup(make_dataset("blobs"))).measures.loss, 3)  # zero weights: ln 2
    0.693
    """
    params = setup.model.init(setup.seed) if setup.start is None else setup.start
    return _evaluate_state(setup, 0, params, setup.optimizer.init(params))


def next_state(setup: TrainingSetup, state: TrainingState) -> TrainingState:
    """Return the state after one more step; it depends only on the arguments, so equal states have equal successors.

    setup    TrainingSetup
    state    TrainingState; it is not changed
    Returns  TrainingState
    Raises   ValueError under the conditions of the loss, or if a label is neither 0 nor 1

    >>> from xent_core import make_dataset
    >>> setup = TrainingSetup(make_dataset("blobs"))
    >>> state = next_state(setup, first_state(setup))
    >>> state.step, state.measures.loss < first_state(setup).measures.loss
    (1, True)
    """
    grad = state.grad if setup.batch_size is None else _batch_gradient(setup, state, setup.batch_size)
    params, optimizer_state = setup.optimizer.step(state.params, grad, state.optimizer_state)
    return _evaluate_state(setup, state.step + 1, params, optimizer_state)


def train(setup: TrainingSetup, state: TrainingState | None = None) -> Iterator[TrainingState]:
    """Yield the initial state, or the given one, and then the state after each further step, without end.

    setup    TrainingSetup
    state    TrainingState to resume from; None begins a new run
    Yields   TrainingState
    Raises   ValueError under the conditions of the loss, or if a label is neither 0 nor 1

    >>> from itertools import islice
    >>> from xent_core import make_dataset
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
    """Return the performance of a model on a data set, perhaps one that it was not trained on.

    model    Model
    params   (P,)
    dataset  Dataset
    loss     takes logits (n,) and labels (n,) of 0 and 1
    Returns  Measures; the calibration error takes sigmoid(logits) as probabilities
    Raises   ValueError under the conditions of the loss, or if a label is neither 0 nor 1

    >>> from xent_core import make_dataset
    >>> params = np.array([1.0, 1.0, 0.0])
    >>> measure(LinearModel(), params, make_dataset("blobs"), binary_cross_entropy_with_logits).accuracy
    1.0
    """
    logits = model.forward(params, dataset.points)
    return _measures(logits, dataset.labels, loss(logits, dataset.labels))


def loss_surface(
    setup: TrainingSetup, params: np.ndarray, axes: tuple[int, int], first: np.ndarray, second: np.ndarray
) -> np.ndarray:
    """Return the mean loss as two of the parameters take given values and the others stay fixed.

    setup    TrainingSetup
    params   (P,)
    axes     the indices of the two parameters
    first    (M,)  values of the first
    second   (N,)  values of the second
    Returns  (N, M)  in nats
    Raises   ValueError under the conditions of the loss

    >>> from xent_core import make_dataset
    >>> loss_surface(TrainingSetup(make_dataset("blobs")), np.zeros(3), (0, 1), np.arange(2), np.arange(3)).shape
    (3, 2)
    """
    refuse_masks(params=params, first=first, second=second)
    grid = np.tile(params, (len(second), len(first), 1))
    grid[..., axes[0]], grid[..., axes[1]] = np.meshgrid(first, second)
    logits = setup.model.forward(grid, setup.dataset.points)
    return setup.loss(logits, setup.dataset.labels).value.mean(axis=-1)


def descend(
    loss: Loss, logits: ArrayLike, labels: ArrayLike, *, steps: int, optimizer: Optimizer | None = None
) -> np.ndarray:
    """Return the path of logits that an optimizer changes directly, which shows the loss without a model.

    loss       takes logits (...) and labels (...) of 0 and 1
    logits     (...)  the starting points
    labels     (...)  0 or 1
    steps      >= 0
    optimizer  None uses GradientDescent(learning_rate=1)
    Returns    (steps + 1, ...)  the logits at the start and after each step
    Raises     ValueError under the conditions of the loss, or if steps is not an integer of at least 0

    >>> descend(binary_cross_entropy_with_logits, -6.0, 1, steps=3).round(2)
    array([-6.  , -5.  , -4.01, -3.03])
    >>> descend(sigmoid_squared_error, -6.0, 1, steps=3).round(3)  # equally wrong, but it hardly moves
    array([-6.   , -5.995, -5.99 , -5.985])
    """
    optimizer = GradientDescent(learning_rate=1.0) if optimizer is None else optimizer
    steps = validate_integer(steps, "steps", minimum=0)
    _, z = to_float64(logits=logits)
    y = read_array(labels, "labels")
    path, state = [z], optimizer.init(z)
    for _ in range(steps):
        z, state = optimizer.step(z, loss(z, y).grad, state)
        path.append(z)
    return np.array(path)


def _evaluate_state(setup: TrainingSetup, step: int, params: np.ndarray, optimizer_state: Any) -> TrainingState:
    points, labels = setup.dataset
    logits = setup.model.forward(params, points)
    losses = setup.loss(logits, labels)
    grad = setup.model.backward(params, points, losses.grad / len(labels))
    return TrainingState(step, params, optimizer_state, _measures(logits, labels, losses), grad)


def _measures(logits: np.ndarray, labels: np.ndarray, losses: ValueAndGrad) -> Measures:
    return Measures(
        loss=float(losses.value.mean()),
        accuracy=float(np.mean((logits > 0) == validate_labels(labels, 2))),
        calibration_error=float(expected_calibration_error(sigmoid(logits), labels)),
    )


def _batch_gradient(setup: TrainingSetup, state: TrainingState, size: int) -> np.ndarray:
    batch = _batch(len(setup.dataset.labels), size, state.step, setup.seed)
    points, labels = setup.dataset.points[batch], setup.dataset.labels[batch]
    grad = setup.loss(setup.model.forward(state.params, points), labels).grad
    return setup.model.backward(state.params, points, grad / len(labels))


def _batch(n: int, size: int, step: int, seed: int) -> np.ndarray:
    """Return the indices of the examples of a step; they depend only on its number, so a run can resume anywhere."""
    epoch, position = divmod(step, -(-n // size))
    order = np.random.default_rng([seed, epoch]).permutation(n)
    return order[position * size : (position + 1) * size]
