"""What can be said about a learner's predictions: losses row by row, class by class, cooled and cut at a threshold.

Every loss is computed by xent_core; here rows are sorted, counted and put into tables. No Streamlit.
"""

from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
import pandas as pd

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
from xent_ui.predictions.predictions_file import Predictions

MOST_FITTED: Final = 100_000  # numbers a temperature is fitted on; more rows would not move it
MOST_JUDGED: Final = 1_000_000
LEAST_ROWS: Final = 500  # however many classes there are


class Confusion(NamedTuple):
    """Yes or no at a threshold: how many of each kind."""

    found: int
    missed: int
    false_alarms: int
    passed: int


class Cooled(NamedTuple):
    """The judged half at one temperature."""

    log_loss: float
    calibration_error: float
    right: int
    curve: ReliabilityCurve


def halves(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows to fit on and rows to judge on: half and half, by chance, and the same each time."""
    shuffled = np.random.default_rng(0).permutation(n)
    return np.sort(shuffled[: n // 2]), np.sort(shuffled[n // 2 :])


class Report:
    """Predictions, scored. Nothing is computed before it is asked for, and nothing twice."""

    def __init__(self, predictions: Predictions):
        self.predictions = predictions
        self.n, self.k = len(predictions.labels), len(predictions.classes)
        self.binary = predictions.scores.ndim == 1
        self.from_logits = predictions.scale == "logits"

    @cached_property
    def probs(self) -> np.ndarray:
        """(n, K) probabilities."""
        scores = self.predictions.scores
        if self.from_logits:
            return softmax(self._pair(np.zeros(self.n), scores))
        return self._pair(1 - scores, scores)

    def _pair(self, of_0: np.ndarray, of_1: np.ndarray) -> np.ndarray:
        return np.column_stack([of_0, of_1]) if self.binary else of_1

    @cached_property
    def right(self) -> np.ndarray:
        """(n,) probability given to what was true."""
        return self.probs[np.arange(self.n), self.predictions.labels]

    @cached_property
    def loss(self) -> np.ndarray:
        """(n,) nats that each row costs."""
        scores, labels = self.predictions.scores, self.predictions.labels
        if self.binary:
            cost = binary_cross_entropy_with_logits if self.from_logits else binary_cross_entropy
            return cost(scores, labels).value
        return sparse_softmax_cross_entropy(scores, labels).value if self.from_logits else surprise(self.right).value

    @cached_property
    def log_loss(self) -> float:
        """Mean loss in nats: what scikit-learn calls log_loss."""
        return _mean(self.loss)

    @cached_property
    def baseline(self) -> float:
        """Mean loss of one who always answers with the shares of the classes."""
        return float(entropy(np.bincount(self.predictions.labels, minlength=self.k) / self.n).value)

    @cached_property
    def said(self) -> np.ndarray:
        """(n,) index of the class called likeliest."""
        return self.probs.argmax(axis=1)

    @cached_property
    def hits(self) -> np.ndarray:
        """(n,) whether the class called likeliest was true."""
        return self.said == self.predictions.labels

    # --- the bill -----------------------------------------------------------------------------------------------

    @cached_property
    def order(self) -> np.ndarray:
        """Rows from the dearest to the cheapest."""
        return np.argsort(-self.loss, kind="stable")

    def paid(self, least: float = 0) -> np.ndarray:
        """(n,) share of the whole bill that the worst rows pay, worst first; infinite ones pay it all."""
        bill, _ = self.clipped(least)
        bill = np.isinf(bill).astype(float) if np.isinf(bill).any() else bill
        return np.cumsum(bill) / bill.sum() if bill.any() else np.linspace(1 / self.n, 1, self.n)

    def worst(self, percent: float) -> int:
        """How many rows are this percentage of them: one at least."""
        return max(1, round(self.n * percent / 100))

    def clipped(self, least: float) -> tuple[np.ndarray, float]:
        """Nats a row, (n,) worst first, with no probability taken for less than ``least``, and their mean."""
        loss = self.loss[self.order]
        loss = np.minimum(loss, surprise(least).value) if least else loss
        return loss, _mean(loss)

    def row(self, index: int, least: float) -> ValueAndGrad:
        """Nats that a row costs, and the slope of the log loss in the probability given to what was true."""
        value, grad = surprise(max(self.right[index], least))
        return ValueAndGrad(value, np.zeros(()) if least > self.right[index] else grad / self.n)

    # --- tables -------------------------------------------------------------------------------------------------

    def rows(self, order: np.ndarray | None = None) -> pd.DataFrame:
        """One line a row of the file, in the file's order or another."""
        at = np.arange(self.n) if order is None else order
        names = np.array(self.predictions.classes, dtype=object)
        return pd.DataFrame(
            {
                "row": self.predictions.rows[at],
                "label": names[self.predictions.labels[at]],
                "probability of label": self.right[at],
                "loss (nats)": self.loss[at],
                "said": names[self.said[at]],
                "probability of said": self.probs[at, self.said[at]],
            }
        )

    @cached_property
    def by_class(self) -> pd.DataFrame:
        """One line a class that occurs, the dearest first."""
        labels = self.predictions.labels
        count = np.bincount(labels, minlength=self.k)
        occurs = np.flatnonzero(count)

        def mean_of(values: np.ndarray) -> np.ndarray:
            return np.bincount(labels, weights=values, minlength=self.k)[occurs] / count[occurs]

        share = np.bincount(labels[self.order], weights=np.diff(self.paid(), prepend=0), minlength=self.k)[occurs]
        return pd.DataFrame(
            {
                "class": np.array(self.predictions.classes, dtype=object)[occurs],
                "rows": count[occurs],
                "log loss (nats)": mean_of(self.loss),
                "share of the bill": share,
                "called right": mean_of(self.hits),
                "share of rows": count[occurs] / self.n,
                "mean probability": self.probs.mean(axis=0)[occurs],
            }
        ).sort_values("log loss (nats)", ascending=False, kind="stable", ignore_index=True)

    # --- temperature --------------------------------------------------------------------------------------------

    @cached_property
    def hopeless(self) -> int:
        """Rows that gave probability 0 to what was true: no temperature mends them."""
        return int(np.isinf(self.loss).sum())

    @cached_property
    def _halves(self) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
        """Logits and labels of both halves, of so many rows as can be worked on while one waits."""
        possible = np.flatnonzero(np.isfinite(self.loss))
        fit, judge = (possible[half] for half in halves(len(possible)))
        fit, judge = self._some(fit, MOST_FITTED), self._some(judge, MOST_JUDGED)
        return self._logits(fit), self._logits(judge)

    def _some(self, rows: np.ndarray, numbers: int) -> np.ndarray:
        """So many of the rows as hold this many numbers, taken evenly from the whole file."""
        most = max(LEAST_ROWS, numbers // self.k)
        return rows[:: -(-len(rows) // most)] if len(rows) > most else rows

    def _logits(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        labels = self.predictions.labels[rows]
        if not self.from_logits:
            return -surprise(self.probs[rows]).value, labels
        scores = self.predictions.scores[rows]
        return self._pair(np.zeros(len(rows)), scores), labels

    @property
    def fitted_on(self) -> int:
        """How many rows the temperature was fitted on."""
        return len(self._halves[0][1])

    @property
    def judged_on(self) -> int:
        """How many other rows it is judged on."""
        return len(self._halves[1][1])

    @cached_property
    def temperature(self) -> float:
        """The temperature that suits the first half best."""
        return float(fit_temperature(*self._halves[0]))

    def cooled(self, temperature: float, bins: int) -> Cooled:
        """The judged half, its logits divided by a temperature."""
        logits, labels = self._halves[1]
        probs = softmax(logits, temperature=temperature)
        said = probs.argmax(axis=1)
        right = said == labels
        forecast, came = (probs[:, 1], labels) if self.binary else (probs.max(axis=1), right.astype(int))
        forecast = np.minimum(forecast, 1)
        return Cooled(
            self.cooled_log_loss(temperature),
            float(expected_calibration_error(forecast, came, n_bins=bins)),
            int(right.sum()),
            reliability_curve(forecast, came, n_bins=bins),
        )

    @cached_property
    def strip(self) -> tuple[np.ndarray, np.ndarray]:
        """Temperatures from 0.2 to 5, and the log loss of the judged half at each."""
        temperatures = np.round(np.geomspace(0.2, 5, 25), 4)
        return temperatures, np.array([self.cooled_log_loss(T) for T in temperatures])

    def cooled_log_loss(self, temperature: float) -> float:
        """Mean loss of the judged half at a temperature."""
        logits, labels = self._halves[1]
        return _mean(sparse_softmax_cross_entropy(logits / temperature, labels).value)

    # --- threshold ----------------------------------------------------------------------------------------------

    def confusion(self, index: int, threshold: float) -> Confusion:
        """Say yes to a class from a probability on: how often that is right and wrong."""
        yes, true = self.probs[:, index] >= threshold, self.predictions.labels == index
        found, said, are = int((yes & true).sum()), int(yes.sum()), int(true.sum())
        return Confusion(found, are - found, said - found, self.n - are - said + found)

    def spread(self, index: int, bins: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Edges, and counts of the probabilities of a class, where it was true and where not."""
        probs, true = self.probs[:, index], self.predictions.labels == index
        edges = np.linspace(0, 1, bins + 1)
        return edges, np.histogram(probs[true], edges)[0], np.histogram(probs[~true], edges)[0]

    def at_threshold(self, threshold: float) -> pd.DataFrame:
        """One line a class: yes or no to it at the threshold."""
        rows = [(name, *self.confusion(i, threshold)) for i, name in enumerate(self.predictions.classes)]
        return pd.DataFrame(rows, columns=["class", "found", "missed", "false alarms", "rightly passed over"])


def _mean(loss: np.ndarray) -> float:
    return float(mean(ValueAndGrad(loss, np.zeros_like(loss))).value)
