"""Training runs of small networks, with every step kept, so that a picture can show any step of any run.

A run is determined by its ``Settings`` alone, so all learners with the same settings share one run. The caches are
bounded, and threads may ask for the same run at once.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from threading import Lock
from typing import Final, NamedTuple

import numpy as np

from xent_core.datasets import Dataset, make_dataset
from xent_core.models import HiddenLayerModel, LinearModel, Model
from xent_core.optimizers import Adam, GradientDescent, Momentum, Optimizer
from xent_core.training import LOSSES, Measures, TrainingSetup, TrainingState, first_state, measure, next_state, train

OPTIMIZERS: Final[dict[str, type[GradientDescent] | type[Momentum] | type[Adam]]] = {
    "descent": GradientDescent,
    "momentum": Momentum,
    "Adam": Adam,
}
TRAINING_SIZE: Final = 150  # examples
UNSEEN_SIZE: Final = 1000  # examples
MISLABELED_STEPS: Final = 80  # of training on wrong labels, after which a network is confidently wrong
REMEMBERED: Final = 128  # runs; 400 steps with one choice of measures take about 0.5 MB


class Problem(NamedTuple):
    """The data, the model and its initial parameters, which both runs of a comparison share."""

    shape: str = "moons"
    noise: float = 0.2
    imbalance: int = 1
    seed: int = 1
    units: int = 8  # of the hidden layer; 0 for a linear model
    mislabeled_start: bool = True

    @property
    def model(self) -> Model:
        """The model to be trained."""
        return HiddenLayerModel(self.units) if self.units else LinearModel()


class Settings(NamedTuple):
    """Everything that determines a run."""

    problem: Problem
    loss: str
    optimizer: str
    learning_rate: float
    batch_size: int = TRAINING_SIZE

    def setup(self) -> TrainingSetup:
        """Return these settings as a setup of xent_core."""
        problem = self.problem
        optimizer: Optimizer = OPTIMIZERS[self.optimizer](learning_rate=self.learning_rate)
        return TrainingSetup(
            training_data(problem),
            problem.model,
            LOSSES[self.loss],
            optimizer,
            batch_size=None if self.batch_size == TRAINING_SIZE else self.batch_size,
            seed=problem.seed,
            start=mislabeled_start(problem) if problem.mislabeled_start else None,
        )


class TrainingRun:
    """One run, whose steps are computed when they are first needed, and kept."""

    def __init__(self, setup: TrainingSetup, unseen: Dataset) -> None:
        """Prepare a run without computing any step; it can also be measured on ``unseen`` examples."""
        self.setup = setup
        self._data = {"seen": setup.dataset, "unseen": unseen}
        self._last: TrainingState | None = None
        self._steps: list[
            tuple[np.ndarray, float]
        ] = []  # parameters and gradient norm of each step; entries are never removed
        self._measured: dict[tuple[int, str, str], Measures] = {}
        self._growing = Lock()  # held by the thread that computes further steps

    def params(self, step: int) -> np.ndarray:
        """Return the parameters after ``step`` steps; the array is shared and read-only."""
        return self._step(step)[0]

    def grad_norm(self, step: int) -> float:
        """Return the norm of the gradient of the run's mean loss over all its examples, at a step."""
        return self._step(step)[1]

    def measures(self, step: int, *, on: str, by: str) -> Measures:
        """Return loss, accuracy and calibration error at a step.

        on  the data: "seen" or "unseen"
        by  the name of a loss in ``LOSSES``
        """
        key = (step, on, by)
        if key not in self._measured:  # if two threads compute it, both get the same result
            self._measured[key] = measure(self.setup.model, self.params(step), self._data[on], LOSSES[by])
        return self._measured[key]

    def tracks(self, steps: Sequence[int], *, on: str, by: str) -> dict[str, np.ndarray]:
        """Return the values of each measure, and of the norm of the gradient, at these steps."""
        rows = np.array([(*self.measures(step, on=on, by=by), self.grad_norm(step)) for step in steps])
        return dict(zip(("loss", "accuracy", "calibration", "gradient"), rows.T, strict=True))

    def _step(self, step: int) -> tuple[np.ndarray, float]:
        if step >= len(self._steps):
            with self._growing:
                while step >= len(self._steps):
                    self._last = first_state(self.setup) if self._last is None else next_state(self.setup, self._last)
                    self._last.params.flags.writeable = False
                    self._steps.append((self._last.params, self._last.grad_norm))
        return self._steps[step]


_creating = Lock()


def training_run(settings: Settings) -> TrainingRun:
    """Return the one run that these settings determine."""
    with _creating:  # lru_cache alone would make two runs for two threads that ask at once
        return _new_run(settings)


@lru_cache(maxsize=REMEMBERED)
def _new_run(settings: Settings) -> TrainingRun:
    return TrainingRun(settings.setup(), unseen_data(settings.problem))


@lru_cache(maxsize=REMEMBERED)
def training_data(problem: Problem) -> Dataset:
    """Return the examples to learn from."""
    return _draw(problem, TRAINING_SIZE, problem.seed)


@lru_cache(maxsize=REMEMBERED)
def unseen_data(problem: Problem) -> Dataset:
    """Return examples from the same distribution that no run learns from."""
    return _draw(problem, UNSEEN_SIZE, problem.seed + 1000)


@lru_cache(maxsize=REMEMBERED)
def mislabeled_start(problem: Problem) -> np.ndarray:
    """Return the parameters of a model that was trained with every label flipped."""
    data = training_data(problem)
    flipped = data._replace(labels=1 - data.labels)
    setup = TrainingSetup(flipped, problem.model, optimizer=Adam(0.2), seed=problem.seed)
    return next(islice(train(setup), MISLABELED_STEPS, None)).params


def _draw(problem: Problem, n: int, seed: int) -> Dataset:
    return make_dataset(problem.shape, n, noise=problem.noise, imbalance=problem.imbalance, seed=seed)
