"""Training runs of the lab, remembered as far as they were watched, so that one can go back to any step.

A run is decided by its ``Settings`` alone. Learners with the same settings share one run; the oldest are forgotten.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice
from threading import Lock
from typing import Final, NamedTuple

import numpy as np

from xent_core.datasets import Dataset, make_dataset
from xent_core.models import HiddenLayerModel, LinearModel, Model
from xent_core.optimizers import Adam, GradientDescent, Momentum, Optimizer
from xent_core.training import LOSSES, Measures, TrainingSetup, TrainingState, measure, train

OPTIMIZERS: Final[dict[str, type[GradientDescent] | type[Momentum] | type[Adam]]] = {
    "descent": GradientDescent,
    "momentum": Momentum,
    "Adam": Adam,
}
EXAMPLES: Final = 150
UNSEEN: Final = 1000
REMEMBERED: Final = 128  # runs, of some 300 kB each when they were watched to the end


class Task(NamedTuple):
    """What is to be learned, by what, and from which start: the same for both runs of a comparison."""

    shape: str = "moons"
    noise: float = 0.2
    imbalance: int = 1
    seed: int = 1
    units: int = 8  # of the hidden layer; 0 is a line
    taught_wrong: bool = True

    @property
    def model(self) -> Model:
        """The model that learns."""
        return HiddenLayerModel(self.units) if self.units else LinearModel()


class Settings(NamedTuple):
    """All that decides a run."""

    task: Task
    loss: str
    optimizer: str
    rate: float
    batch: int = EXAMPLES

    def setup(self) -> TrainingSetup:
        """These settings, ready to train."""
        task = self.task
        optimizer: Optimizer = OPTIMIZERS[self.optimizer](learning_rate=self.rate)
        return TrainingSetup(
            examples(task),
            task.model,
            LOSSES[self.loss],
            optimizer,
            batch_size=None if self.batch == EXAMPLES else self.batch,
            seed=task.seed,
            start=taught_wrong(task) if task.taught_wrong else None,
        )


class Run:
    """One run. A step is made when it is first asked for, and then remembered."""

    def __init__(self, setup: TrainingSetup, unseen: Dataset) -> None:
        """Begin a run that is also measured on examples that it does not learn from."""
        self.setup = setup
        self._data = {"seen": setup.dataset, "unseen": unseen}
        self._steps: Iterator[TrainingState] = train(setup)
        self._made: list[tuple[np.ndarray, float]] = []  # params and length of the gradient
        self._measured: dict[tuple[int, str, str], Measures] = {}
        self._alone = Lock()  # learners share runs

    def params(self, step: int) -> np.ndarray:
        """Parameters after so many steps."""
        return self._at(step)[0]

    def grad_norm(self, step: int) -> float:
        """Length of the gradient of the run's own mean loss, over all its examples."""
        return self._at(step)[1]

    def measures(self, step: int, *, on: str, by: str) -> Measures:
        """Loss, accuracy and calibration error: on the data seen or unseen, by a loss of ``LOSSES``."""
        key = (step, on, by)
        if key not in self._measured:
            self._measured[key] = measure(self.setup.model, self.params(step), self._data[on], LOSSES[by])
        return self._measured[key]

    def tracks(self, steps: Sequence[int], *, on: str, by: str) -> dict[str, np.ndarray]:
        """Each measure, and the length of the gradient, at these steps."""
        rows = np.array([(*self.measures(step, on=on, by=by), self.grad_norm(step)) for step in steps])
        return dict(zip(("loss", "accuracy", "calibration", "gradient"), rows.T, strict=True))

    def _at(self, step: int) -> tuple[np.ndarray, float]:
        with self._alone:
            for state in islice(self._steps, max(0, step + 1 - len(self._made))):
                self._made.append((state.params, state.grad_norm))
        return self._made[step]


@lru_cache(maxsize=REMEMBERED)
def run(settings: Settings) -> Run:
    """The run that these settings decide."""
    return Run(settings.setup(), unseen(settings.task))


@lru_cache(maxsize=REMEMBERED)
def examples(task: Task) -> Dataset:
    """The examples to learn from."""
    return _draw(task, EXAMPLES, task.seed)


@lru_cache(maxsize=REMEMBERED)
def unseen(task: Task) -> Dataset:
    """Examples of the same kind, that no run learns from."""
    return _draw(task, UNSEEN, task.seed + 1000)


@lru_cache(maxsize=REMEMBERED)
def taught_wrong(task: Task) -> np.ndarray:
    """Parameters of a model that first was taught every label the wrong way round."""
    data = examples(task)
    lesson = TrainingSetup(data._replace(labels=1 - data.labels), task.model, optimizer=Adam(0.2), seed=task.seed)
    return next(islice(train(lesson), 80, None)).params


def _draw(task: Task, n: int, seed: int) -> Dataset:
    return make_dataset(task.shape, n, noise=task.noise, imbalance=task.imbalance, seed=seed)
