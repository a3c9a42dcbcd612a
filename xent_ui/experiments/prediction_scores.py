"""Scores of predictions: losses per row, class and tag, calibration, a fitted temperature, and counts at a threshold.

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
    brier_score,
    entropy,
    expected_calibration_error,
    fit_temperature,
    mean,
    reliability_curve,
    sigmoid,
    softmax,
    sparse_softmax_cross_entropy,
    surprise,
)
from xent_core.result import ValueAndGrad
from xent_ui.experiments import calibration_error

SAMPLE: Final = Path(__file__).with_name("sample_predictions.csv")
BINS: Final = 10
TEMPERATURES: Final = np.round(np.geomspace(0.2, 5, 25), 4)
MOST_FITTED: Final = 100_000  # logits used to fit a temperature; more would hardly change it
MOST_JUDGED: Final = 1_000_000  # logits used to judge it
FEWEST_ROWS: Final = 500  # rows used for each, however many classes there are
BLOCK: Final = 2**18  # probabilities copied at a time
FEWEST_FITTED: Final = 10  # rows; one number fitted on fewer says more of these rows than of the model

Scale = Literal["probabilities", "logits"]
Fit = Literal["fitted", "none possible", "too few", "one class", "certain", "equal", "misleads", "always right"]


@dataclass(frozen=True)
class Predictions:
    """The predictions of a model, and the true labels.

    In a multi-label file, every cell (row, tag) is one prediction of its own: was the tag given, 0 or 1?

    rows      (m,)  the row number of each prediction in its file
    labels    (m,)  the index of the true class
    classes   K names; of a file with one probability per prediction, the second is the one that it is of
    scores    (m,)  of the second class, or (m, K); a logit of −∞ masks a class, whose probability is 0
    scale     whether the scores are probabilities or logits
    left_out  the number of rows of the file that were left out
    tags      the names of the labels of a multi-label file; empty otherwise
    tag       (m,)  the index of the tag that each prediction is about, in a multi-label file
    """

    rows: np.ndarray
    labels: np.ndarray
    classes: tuple[str, ...]
    scores: np.ndarray
    scale: Scale
    left_out: int = 0
    tags: tuple[str, ...] = ()
    tag: np.ndarray | None = None


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


class Calibration(NamedTuple):
    """The expected calibration error over all predictions, as the model gave them.

    error      in [0, 1]
    deviation  the standard error of it
    by_chance  what a perfectly calibrated model with the same confidences would show on average
    """

    error: float
    deviation: float
    by_chance: float


class TagScores(NamedTuple):
    """Scores of the tags of a multi-label file, the one with the largest log loss first: (t,) each.

    tags              their indices
    counts            the number of predictions about each
    ones              the number of these in which it was given
    log_loss          the mean loss of its predictions
    share_of_loss     the share of its predictions in the sum of all losses
    mean_probability  the mean probability of the tag
    brier             the Brier score of its predictions
    """

    tags: np.ndarray
    counts: np.ndarray
    ones: np.ndarray
    log_loss: np.ndarray
    share_of_loss: np.ndarray
    mean_probability: np.ndarray
    brier: np.ndarray


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
    """The scores of predictions. Each is computed when it is first needed, and kept.

    n          the number of predictions: one per row, or in a multi-label file one per cell
    noun       what one prediction is called: "row" or "prediction"
    is_binary  whether there is one score per prediction, of the second of two classes
    """

    def __init__(self, predictions: Predictions) -> None:
        """Take at least two predictions."""
        self.predictions = predictions
        self.n, self.n_classes = len(predictions.labels), len(predictions.classes)
        self.is_binary = predictions.scores.ndim == 1
        self.is_multi_label = predictions.tag is not None
        self.from_logits = predictions.scale == "logits"
        self.noun = "prediction" if self.is_multi_label else "row"

    @cached_property
    def probs(self) -> np.ndarray:
        """The probabilities: (n,) of the second class if there are two with one score, else (n, K)."""
        scores = self.predictions.scores
        if not self.from_logits:
            return scores
        if self.is_binary:
            return sigmoid(scores)
        if not self._all_masked.any():
            return softmax(scores)
        probs = np.zeros_like(scores)
        probs[~self._all_masked] = softmax(scores[~self._all_masked])
        return probs

    @cached_property
    def _all_masked(self) -> np.ndarray:
        """Which rows mask every class: they give 0 to whatever is true. (n,)"""
        return np.isneginf(self.predictions.scores.max(axis=1))

    def probability_of(self, class_index: int) -> np.ndarray:
        """Return the probability of a class in every prediction, (n,)."""
        if not self.is_binary:
            return self.probs[:, class_index]
        if class_index:
            return self.probs
        return sigmoid(-self.predictions.scores) if self.from_logits else 1 - self.probs

    @cached_property
    def label_probs(self) -> np.ndarray:
        """The probability of each prediction's label, (n,)."""
        return self._probs_at(self.predictions.labels)

    @cached_property
    def confidence(self) -> np.ndarray:
        """The probability of the likeliest class, (n,)."""
        return self._probs_at(self.predicted)

    def _probs_at(self, classes: np.ndarray) -> np.ndarray:
        """Return the probability of one class in each prediction, (n,)."""
        if self.is_binary:
            return np.where(classes == 1, self.probs, self.probability_of(0))
        return self.probs[np.arange(self.n), classes]

    @cached_property
    def loss(self) -> np.ndarray:
        """The loss of each prediction in nats, (n,)."""
        scores, labels = self.predictions.scores, self.predictions.labels
        if self.is_binary:
            function = binary_cross_entropy_with_logits if self.from_logits else binary_cross_entropy
            return function(scores, labels).value
        if not self.from_logits:
            return surprise(self.label_probs).value
        loss = np.full(self.n, np.inf)
        rows = slice(None) if not self._all_masked.any() else ~self._all_masked
        loss[rows] = sparse_softmax_cross_entropy(scores[rows], labels[rows]).value
        return loss

    @cached_property
    def log_loss(self) -> float:
        """The mean loss in nats, which scikit-learn calls log_loss."""
        return _mean(self.loss)

    @cached_property
    def baseline(self) -> float:
        """The log loss of always predicting the shares of the classes, or how often each tag is given."""
        if not self.is_multi_label:
            return float(entropy(np.bincount(self.predictions.labels, minlength=self.n_classes) / self.n).value)
        counts, rates = self._per_tag
        return float(entropy(np.column_stack([1 - rates, rates])).value @ counts) / self.n

    @cached_property
    def normalized_entropy(self) -> float | None:
        """The log loss divided by the baseline; None if the baseline is 0, because no class but one occurs.

        Source  He et al. (2014), Practical lessons from predicting clicks on ads at Facebook
        """
        return self.log_loss / self.baseline if self.baseline else None

    @cached_property
    def predicted(self) -> np.ndarray:
        """The index of the likeliest class in each prediction, (n,)."""
        if self.is_binary:
            return (self.predictions.scores > (0 if self.from_logits else 0.5)).astype(int)
        return self.predictions.scores.argmax(axis=1)

    @cached_property
    def is_correct(self) -> np.ndarray:
        """Whether the likeliest class is the label, (n,)."""
        return self.predicted == self.predictions.labels

    @cached_property
    def accuracy(self) -> float:
        """The share of predictions whose likeliest class is the label."""
        return float(self.is_correct.mean())

    @cached_property
    def brier(self) -> float:
        """The Brier score: of the only probability, in [0, 1], or summed over all classes, in [0, 2]."""
        labels = self.predictions.labels
        if self.is_binary:
            return float(brier_score(self.probs, labels))
        total, step = 0.0, max(1, BLOCK // self.n_classes)
        for start in range(0, self.n, step):
            gap = self.probs[start : start + step].copy()
            gap[np.arange(len(gap)), labels[start : start + step]] -= 1
            total += float(np.vdot(gap, gap))
        return total / self.n

    @cached_property
    def calibration(self) -> Calibration:
        """The expected calibration error over all predictions."""
        forecast, outcome = (
            (self.probs, self.predictions.labels)
            if self.is_binary
            else (np.minimum(self.confidence, 1), self.is_correct.astype(int))
        )
        return Calibration(
            float(expected_calibration_error(forecast, outcome, n_bins=BINS)),
            calibration_error.standard_error(
                forecast, outcome, n_bins=BINS, group=self._row_of if self.is_multi_label else None
            ),
            calibration_error.by_chance(forecast, n_bins=BINS),
        )

    @cached_property
    def is_constant(self) -> bool:
        """Whether every prediction has the same scores; in a multi-label file, every one about the same tag."""
        scores = self.predictions.scores
        if self.predictions.tag is None:
            return bool((scores == scores[0]).all())
        first = np.unique(self.predictions.tag, return_index=True, return_inverse=True)
        return bool((scores == scores[first[1]][first[2]]).all())

    @cached_property
    def n_rows(self) -> int:
        """The number of rows of the file that have a prediction."""
        return int(self._row_of.max()) + 1

    @cached_property
    def _row_of(self) -> np.ndarray:
        """The index of each prediction's row among the rows that have one, (n,)."""
        return np.unique(self.predictions.rows, return_inverse=True)[1]

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

    @cached_property
    def n_for_half(self) -> int:
        """The smallest number of worst rows that make up half of the sum of losses, or of the infinite ones."""
        return int(np.searchsorted(self.cumulative_share(), 0.5 * (1 - 1e-12))) + 1

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

        def sums(values: np.ndarray) -> np.ndarray:
            return np.bincount(labels, weights=values, minlength=self.n_classes)[occurring]

        log_loss = sums(self.loss) / counts[occurring]
        mean_one = self.probs.mean(axis=0)
        means = np.array([1 - mean_one, mean_one]) if self.is_binary else mean_one
        order = np.argsort(-log_loss, kind="stable")
        columns = (
            occurring,
            counts[occurring],
            log_loss,
            sums(self._shares_of_loss),
            sums(self.is_correct) / counts[occurring],
            means[occurring],
        )
        return ClassScores(*(column[order] for column in columns))

    @cached_property
    def _shares_of_loss(self) -> np.ndarray:
        """The share of each prediction in the sum of all losses, (n,); if some are infinite, only these count."""
        shares = np.empty(self.n)
        shares[self.worst_first] = np.diff(self.cumulative_share(), prepend=0)
        return shares

    # --- tags of a multi-label file -----------------------------------------------------------------------------

    @cached_property
    def _tag(self) -> np.ndarray:
        """The index of the tag that each prediction is about, (n,)."""
        assert self.predictions.tag is not None  # noqa: S101  (only asked of multi-label files)
        return self.predictions.tag

    def _sums_per_tag(self, values: np.ndarray | None = None) -> np.ndarray:
        return np.bincount(self._tag, weights=values, minlength=len(self.predictions.tags))

    @cached_property
    def _per_tag(self) -> tuple[np.ndarray, np.ndarray]:
        """The number of predictions about each tag, and the share of these in which it was given: (t,) each."""
        counts = self._sums_per_tag()
        return counts, self._sums_per_tag(self.predictions.labels) / np.maximum(counts, 1)

    @cached_property
    def by_tag(self) -> TagScores:
        """The scores of the tags of a multi-label file."""
        counts, rates = self._per_tag
        occurring = np.flatnonzero(counts)
        values = (self.loss, self._shares_of_loss, self.probs, (self.probs - self.predictions.labels) ** 2)
        loss, share, probability, squared = (self._sums_per_tag(each)[occurring] for each in values)
        counts, ones = counts[occurring], np.rint(rates * counts)[occurring].astype(int)
        order = np.argsort(-loss / counts, kind="stable")
        columns = (occurring, counts, ones, loss / counts, share, probability / counts, squared / counts)
        return TagScores(*(column[order] for column in columns))

    @cached_property
    def _by_tag_order(self) -> tuple[np.ndarray, np.ndarray]:
        """The indices of the predictions sorted by tag, (n,), and where those of each tag begin, (t + 1,)."""
        counts = self._sums_per_tag()
        return np.argsort(self._tag, kind="stable"), np.concatenate([[0], np.cumsum(counts)])

    # --- temperature --------------------------------------------------------------------------------------------

    @cached_property
    def n_impossible(self) -> int:
        """The number of rows with probability 0 for their label, which no temperature changes."""
        return int(np.isinf(self.loss).sum())

    @cached_property
    def _halves(self) -> tuple[tuple[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
        """Logits and labels of the rows to fit on, and of those to judge on; large files are thinned.

        The predictions of one row of a multi-label file are in the same half.
        """
        possible = np.flatnonzero(np.isfinite(self.loss))
        if self.is_multi_label:
            _, row = np.unique(self.predictions.rows[possible], return_inverse=True)
            is_fitted = np.zeros(int(row.max(initial=-1)) + 1, dtype=bool)
            is_fitted[halves(len(is_fitted))[0]] = True
            fit, judge = possible[is_fitted[row]], possible[~is_fitted[row]]
        else:
            fit, judge = (possible[half] for half in halves(len(possible)))
        return self._logits(self._thinned(fit, MOST_FITTED)), self._logits(self._thinned(judge, MOST_JUDGED))

    def _thinned(self, rows: np.ndarray, most_numbers: int) -> np.ndarray:
        """Return rows evenly spread over the file, few enough that they have about ``most_numbers`` logits in total."""
        most = max(FEWEST_ROWS, most_numbers // self.n_classes)
        return rows[:: -(-len(rows) // most)] if len(rows) > most else rows

    def _logits(self, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return logits, (m, K), and labels of some predictions; one of two classes has the logit 0."""
        scores, labels = self.predictions.scores[rows], self.predictions.labels[rows]
        if self.is_binary and not self.from_logits:
            scores = np.column_stack([1 - scores, scores])
        elif self.is_binary:
            scores = np.column_stack([np.zeros(len(rows)), scores])
        return (scores if self.from_logits else -surprise(scores).value), labels

    @property
    def n_fitted(self) -> int:
        """The number of rows on which the temperature was fitted."""
        return len(self._halves[0][1])

    @property
    def n_judged(self) -> int:
        """The number of other rows on which the temperature is judged."""
        return len(self._halves[1][1])

    @cached_property
    def fit(self) -> Fit:
        """Whether a temperature can be fitted, or why not.

        none possible  every row gave 0 to what was true, or all but one did, so that none is left to judge on
        too few        fewer than FEWEST_FITTED rows are left to fit on
        one class      only one class occurs in the rows to fit on
        certain        every row gives one class the probability 1
        equal          every row gives all classes to which it gives more than 0 the same probability
        misleads       giving all classes the same probability would cost no more, so the best temperature is infinite
        always right   no class is ever likelier than the true one, so the loss keeps falling as T goes to 0
        """
        logits, labels = self._halves[0]
        if not len(labels) or not self.n_judged:
            return "none possible"
        if len(labels) < FEWEST_FITTED:
            return "too few"
        if (labels == labels[0]).all():
            return "one class"
        label_logits = logits[np.arange(len(labels)), labels]
        is_possible = np.isfinite(logits)
        if (is_possible.sum(axis=1) == 1).all():
            return "certain"
        if (logits.max(axis=1) == np.min(logits, axis=1, initial=np.inf, where=is_possible)).all():
            return "equal"
        if (label_logits == logits.max(axis=1)).all():
            return "always right"
        # The slope of the loss in 1/T where T is infinite: the mean logit of what is not masked, minus the label's.
        means = logits.mean(axis=1, where=is_possible)
        return "misleads" if (means - label_logits).sum() >= 0 else "fitted"

    @property
    def class_fitted(self) -> int:
        """The class of the first row to fit on, which is that of all of them if ``fit`` is "one class"."""
        return int(self._halves[0][1][0])

    @cached_property
    def has_masks(self) -> bool:
        """Whether a logit is −∞."""
        return self.from_logits and bool(np.isneginf(self.predictions.scores).any())

    @cached_property
    def temperature(self) -> float:
        """The temperature that minimizes the log loss of the rows to fit on; ∞ or 0 if the loss falls toward these."""
        if self.fit in ("misleads", "always right"):
            return np.inf if self.fit == "misleads" else 0.0
        return float(fit_temperature(*self._halves[0]))

    @cached_property
    def uncooled(self) -> AtTemperature:
        """The scores of the judged rows at a temperature of 1."""
        return self.at_temperature(1)

    @cached_property
    def fitted(self) -> AtTemperature:
        """The scores of the judged rows at the fitted temperature, if there is one."""
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

    def _against_the_rest(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the probability of a class or a tag, and whether it is true, in each row that has a prediction."""
        if not self.is_multi_label:
            return self.probability_of(index), self.predictions.labels == index
        order, start = self._by_tag_order
        rows = order[start[index] : start[index + 1]]
        return self.probs[rows], self.predictions.labels[rows] == 1

    def confusion(self, index: int, threshold: float) -> Confusion:
        """Return the counts when every row whose probability reaches the threshold is assigned to the class or tag."""
        probs, is_true = self._against_the_rest(index)
        is_called = probs >= threshold
        found, n_called, n_true = int((is_called & is_true).sum()), int(is_called.sum()), int(is_true.sum())
        return Confusion(found, n_true - found, n_called - found, len(probs) - n_true - n_called + found)

    def histograms(self, index: int, n_bins: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Return histograms of the probability of a class or tag: bin edges, counts of its own rows, of the others."""
        probs, is_true = self._against_the_rest(index)
        edges = np.linspace(0, 1, n_bins + 1)
        return edges, np.histogram(probs[is_true], edges)[0], np.histogram(probs[~is_true], edges)[0]

    @property
    def names_of_interest(self) -> tuple[str, ...]:
        """The names of what a threshold can be applied to: the tags of a multi-label file, or else the classes."""
        return self.predictions.tags or self.predictions.classes


@dataclass(frozen=True)
class Scored:
    """Predictions with their scores, as a page shows them.

    name               the name of the file, or "the sample"
    class_of_interest  the index of the class, or of the tag of a multi-label file, to which a threshold is applied
    reading            how the file was read, in sentences
    """

    report: Report
    name: str
    is_sample: bool
    class_of_interest: int
    reading: tuple[str, ...] = ()


def scored(report: Report, name: str, *, is_sample: bool = False, reading: tuple[str, ...] = ()) -> Scored:
    """Return scored predictions.

    The class of interest is the positive one of two, or else the class or tag with the largest log loss.
    """
    if report.is_multi_label:
        of_interest = int(report.by_tag.tags[0])
    else:
        of_interest = 1 if report.is_binary else int(report.by_class.classes[0])
    return Scored(report, name, is_sample, of_interest, reading)


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
