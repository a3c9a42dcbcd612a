"""Scores of predictions: losses per row and per class, a fitted temperature, and counts at a threshold.

xent_core computes every loss; this module sorts and counts rows.
"""

import csv
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final, Literal, NamedTuple

import numpy as np

from xent_core import (
    ReliabilityCurve,
    binary_cross_entropy,
    binary_cross_entropy_with_logits,
    entropy,
    expected_calibration_error,
    fit_temperature,
    mean,
    reliability_curve,
    softmax,
    sparse_softmax_cross_entropy,
    surprise,
)
from xent_core.result import ValueAndGrad

SAMPLE: Final = Path(__file__).with_name("sample_predictions.csv")
BINS: Final = 10
TEMPERATURES: Final = np.round(np.geomspace(0.2, 5, 25), 4)
MOST_FITTED: Final = 100_000  # logits used to fit a temperature; more would hardly change it
MOST_JUDGED: Final = 1_000_000  # logits used to judge it
FEWEST_ROWS: Final = 500  # rows used for each, however many classes there are

Scale = Literal["probabilities", "logits"]


@dataclass(frozen=True)
class Predictions:
    """The predictions of a model, and the true labels.

    In a multi-label file, every cell (row, tag) is one prediction of its own: was the tag given, 0 or 1?

    rows      (m,)  the row number of each prediction in its file
    labels    (m,)  the index of the true class
    classes   K names; of a file with one probability per prediction, the second is the one that it is of
    scores    (m,)  of the second class, or (m, K)
    scale     whether the scores are probabilities or logits
    left_out  the number of rows of the file that were left out
    tags      the names of the labels of a multi-label file; empty otherwise
    tag       (m,)  the index of the tag that each prediction is about, in a multi-label file
    positive  the name of the class that the only probability is of, in a file with one probability per row
    """

    rows: np.ndarray
    labels: np.ndarray
    classes: tuple[str, ...]
    scores: np.ndarray
    scale: Scale
    left_out: int = 0
    tags: tuple[str, ...] = ()
    tag: np.ndarray | None = None
    positive: str = "1"


class Confusion(NamedTuple):
    """Counts of rows when every row whose probability reaches a threshold is assigned to the class.

    found         true positives
    missed        false negatives
    false_alarms  false positives
    passed_over   true negatives
    """

    found: int
    missed: int
    false_alarms: int
    passed_over: int


class AtTemperature(NamedTuple):
    """Scores of the judged rows with their logits divided by a temperature."""

    log_loss: float
    calibration_error: float
    n_correct: int
    curve: ReliabilityCurve


class ClassScores(NamedTuple):
    """Scores of the classes that occur, the one with the largest log loss first: (m,) each.

    classes             their indices
    counts              the number of rows of each class
    log_loss            the mean loss of its rows
    share_of_loss       the share of its rows in the sum of all losses
    share_correct       the share of its rows that were predicted correctly
    mean_probability    the mean probability of the class over all rows
    """

    classes: np.ndarray
    counts: np.ndarray
    log_loss: np.ndarray
    share_of_loss: np.ndarray
    share_correct: np.ndarray
    mean_probability: np.ndarray


def halves(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return rows to fit on and rows to judge on: a random half and the rest, the same in every call."""
    shuffled = np.random.default_rng(0).permutation(n)
    return np.sort(shuffled[: n // 2]), np.sort(shuffled[n // 2 :])


class Report:
    """The scores of predictions. Each is computed when it is first needed, and kept."""

    def __init__(self, predictions: Predictions) -> None:
        """Take predictions of at least two rows."""
        self.predictions = predictions
        self.n, self.n_classes = len(predictions.labels), len(predictions.classes)
        self.is_binary = predictions.scores.ndim == 1
        self.from_logits = predictions.scale == "logits"

    @cached_property
    def probs(self) -> np.ndarray:
        """The probabilities, (n, K)."""
        scores = self.predictions.scores
        if self.from_logits:
            return softmax(self._two_columns(np.zeros(self.n), scores))
        return self._two_columns(1 - scores, scores)

    def _two_columns(self, of_class_0: np.ndarray, of_class_1: np.ndarray) -> np.ndarray:
        """Return the scores of class 1 as they are, or with those of class 0 if only class 1 was predicted."""
        return np.column_stack([of_class_0, of_class_1]) if self.is_binary else of_class_1

    @cached_property
    def label_probs(self) -> np.ndarray:
        """The probability of each row's label, (n,)."""
        return self.probs[np.arange(self.n), self.predictions.labels]

    @cached_property
    def loss(self) -> np.ndarray:
        """The loss of each row in nats, (n,)."""
        scores, labels = self.predictions.scores, self.predictions.labels
        if self.is_binary:
            function = binary_cross_entropy_with_logits if self.from_logits else binary_cross_entropy
            return function(scores, labels).value
        if self.from_logits:
            return sparse_softmax_cross_entropy(scores, labels).value
        return surprise(self.label_probs).value

    @cached_property
    def log_loss(self) -> float:
        """The mean loss in nats, which scikit-learn calls log_loss."""
        return _mean(self.loss)

    @cached_property
    def baseline(self) -> float:
        """The log loss of a model that always predicts the shares of the classes."""
        return float(entropy(np.bincount(self.predictions.labels, minlength=self.n_classes) / self.n).value)

    @cached_property
    def predicted(self) -> np.ndarray:
        """The index of the likeliest class of each row, (n,)."""
        return self.probs.argmax(axis=1)

    @cached_property
    def is_correct(self) -> np.ndarray:
        """Whether the likeliest class of each row is its label, (n,)."""
        return self.predicted == self.predictions.labels

    # --- rows, the worst first ----------------------------------------------------------------------------------

    @cached_property
    def worst_first(self) -> np.ndarray:
        """The indices of the rows, from the largest loss to the smallest, (n,)."""
        return np.argsort(-self.loss, kind="stable")

    def n_worst(self, percent: float) -> int:
        """Return the number of rows that make up this percentage of all rows, at least one."""
        return max(1, round(self.n * percent / 100))

    def clipped(self, smallest: float) -> tuple[np.ndarray, float]:
        """Return the losses, the largest first, with probabilities clipped at ``smallest``, and their mean."""
        loss = self.loss[self.worst_first]
        loss = np.minimum(loss, surprise(smallest).value) if smallest else loss
        return loss, _mean(loss)

    def cumulative_share(self, smallest: float = 0) -> np.ndarray:
        """Return the share of the worst 1, 2, ... rows in the sum of losses, (n,).

        If losses are infinite, only these rows count.
        """
        loss, _ = self.clipped(smallest)
        loss = np.isinf(loss).astype(float) if np.isinf(loss).any() else loss
        return np.cumsum(loss) / loss.sum() if loss.any() else np.linspace(1 / self.n, 1, self.n)

    def row(self, index: int, smallest: float) -> ValueAndGrad:
        """Return the loss of a row in nats, and the slope of the log loss in the probability of the row's label."""
        p = self.label_probs[index]
        if smallest > p:
            return ValueAndGrad(surprise(smallest).value, np.zeros(()))
        return ValueAndGrad(self.loss[index], surprise(p).grad / self.n)

    # --- classes ------------------------------------------------------------------------------------------------

    @cached_property
    def by_class(self) -> ClassScores:
        """The scores of the classes that occur."""
        labels = self.predictions.labels
        counts = np.bincount(labels, minlength=self.n_classes)
        occurring = np.flatnonzero(counts)

        def sums(values: np.ndarray, of: np.ndarray = labels) -> np.ndarray:
            return np.bincount(of, weights=values, minlength=self.n_classes)[occurring]

        log_loss = sums(self.loss) / counts[occurring]
        share_of_loss = sums(np.diff(self.cumulative_share(), prepend=0), of=labels[self.worst_first])
        share_correct = sums(self.is_correct) / counts[occurring]
        order = np.argsort(-log_loss, kind="stable")
        columns = (
            occurring,
            counts[occurring],
            log_loss,
            share_of_loss,
            share_correct,
            self.probs.mean(axis=0)[occurring],
        )
        return ClassScores(*(column[order] for column in columns))

    # --- temperature --------------------------------------------------------------------------------------------

    @cached_property
    def n_impossible(self) -> int:
        """The number of rows with probability 0 for their label, which no temperature changes."""
        return int(np.isinf(self.loss).sum())

    @cached_property
    def _halves(self) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
        """Logits and labels of the rows to fit on, and of those to judge on; large files are thinned."""
        possible = np.flatnonzero(np.isfinite(self.loss))
        fit, judge = (possible[half] for half in halves(len(possible)))
        return self._logits(self._thinned(fit, MOST_FITTED)), self._logits(self._thinned(judge, MOST_JUDGED))

    def _thinned(self, rows: np.ndarray, most_numbers: int) -> np.ndarray:
        """Return rows evenly spread over the file, few enough that they have about ``most_numbers`` logits in total."""
        most = max(FEWEST_ROWS, most_numbers // self.n_classes)
        return rows[:: -(-len(rows) // most)] if len(rows) > most else rows

    def _logits(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        labels = self.predictions.labels[rows]
        if not self.from_logits:
            return -surprise(self.probs[rows]).value, labels
        return self._two_columns(np.zeros(len(rows)), self.predictions.scores[rows]), labels

    @property
    def n_fitted(self) -> int:
        """The number of rows on which the temperature was fitted."""
        return len(self._halves[0][1])

    @property
    def n_judged(self) -> int:
        """The number of other rows on which the temperature is judged."""
        return len(self._halves[1][1])

    @cached_property
    def temperature(self) -> float:
        """The temperature that minimizes the log loss of the rows to fit on."""
        return float(fit_temperature(*self._halves[0]))

    @cached_property
    def uncooled(self) -> AtTemperature:
        """The scores of the judged rows at a temperature of 1."""
        return self.at_temperature(1)

    @cached_property
    def fitted(self) -> AtTemperature:
        """The scores of the judged rows at the fitted temperature."""
        return self.at_temperature(self.temperature)

    def at_temperature(self, temperature: float) -> AtTemperature:
        """Return the scores of the judged rows with their logits divided by a temperature."""
        logits, labels = self._halves[1]
        probs = softmax(logits, temperature=temperature)
        is_correct = probs.argmax(axis=1) == labels
        forecast, outcome = (probs[:, 1], labels) if self.is_binary else (probs.max(axis=1), is_correct.astype(int))
        forecast = np.minimum(forecast, 1)
        return AtTemperature(
            self.log_loss_at(temperature),
            float(expected_calibration_error(forecast, outcome, n_bins=BINS)),
            int(is_correct.sum()),
            reliability_curve(forecast, outcome, n_bins=BINS),
        )

    def log_loss_at(self, temperature: float) -> float:
        """Return the log loss of the judged rows at a temperature."""
        logits, labels = self._halves[1]
        return _mean(sparse_softmax_cross_entropy(logits / temperature, labels).value)

    @cached_property
    def losses_by_temperature(self) -> np.ndarray:
        """The log loss of the judged rows at each of TEMPERATURES."""
        return np.array([self.log_loss_at(temperature) for temperature in TEMPERATURES])

    # --- threshold ----------------------------------------------------------------------------------------------

    def confusion(self, class_index: int, threshold: float) -> Confusion:
        """Return the counts when every row whose probability reaches the threshold is assigned to the class."""
        is_called, is_true = self.probs[:, class_index] >= threshold, self.predictions.labels == class_index
        found, n_called, n_true = int((is_called & is_true).sum()), int(is_called.sum()), int(is_true.sum())
        return Confusion(found, n_true - found, n_called - found, self.n - n_true - n_called + found)

    def histograms(self, class_index: int, n_bins: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return histograms of the probability of a class: bin edges, counts of its own rows, counts of the others."""
        probs, is_true = self.probs[:, class_index], self.predictions.labels == class_index
        edges = np.linspace(0, 1, n_bins + 1)
        return edges, np.histogram(probs[is_true], edges)[0], np.histogram(probs[~is_true], edges)[0]


@dataclass(frozen=True)
class Scored:
    """Predictions with their scores, as a page shows them.

    name               the name of the file, or "the sample"
    class_of_interest  the index of the class to which a threshold is applied
    reading            how the file was read, in sentences
    """

    report: Report
    name: str
    is_sample: bool
    class_of_interest: int
    reading: tuple[str, ...] = ()


def scored(report: Report, name: str, *, is_sample: bool = False) -> Scored:
    """Return scored predictions; the class of interest is class 1 of two, or the one with the largest log loss."""
    return Scored(report, name, is_sample, 1 if report.is_binary else int(report.by_class.classes[0]))


@lru_cache(maxsize=1)
def sample() -> Scored:
    """Return the scored sample, which all learners share."""
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        (_, *classes), *rows = csv.reader(file)
    labels = np.array([classes.index(label) for label, *_ in rows])
    probs = np.array([list(map(float, numbers)) for _, *numbers in rows])
    predictions = Predictions(np.arange(2, len(rows) + 2), labels, tuple(classes), probs, "probabilities")
    return scored(Report(predictions), "the sample", is_sample=True)


def _mean(loss: np.ndarray) -> float:
    return float(mean(ValueAndGrad(loss, np.zeros_like(loss))).value)
