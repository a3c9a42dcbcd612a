import math
import warnings

import numpy as np
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import confusion_matrix, log_loss

from xent_ui.experiments.prediction_scores import Predictions, Report, halves, sample
from xent_ui.predictions import predictions_report


def random_predictions(n, k, scale="probabilities", seed=0):
    rng = np.random.default_rng(seed)
    logits = rng.normal(size=(n, k)) * 3
    labels = (logits + rng.gumbel(size=(n, k)) * 2).argmax(axis=1)
    probs = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    scores = logits if scale == "logits" else probs
    return Predictions(np.arange(2, n + 2), labels, tuple(f"c{i}" for i in range(k)), scores, scale), probs


def random_binary_predictions(n, scale="probabilities", seed=0):
    rng = np.random.default_rng(seed)
    logits = rng.normal(size=n) * 3
    labels = (logits + rng.logistic(size=n) * 2 > 0).astype(int)
    probs = 1 / (1 + np.exp(-logits))
    return Predictions(np.arange(2, n + 2), labels, ("0", "1"), logits if scale == "logits" else probs, scale), probs


@pytest.mark.parametrize("scale", ["probabilities", "logits"])
@pytest.mark.parametrize("k", [2, 3, 10, 100])
def test_the_log_loss_is_that_of_scikit_learn(k, scale):
    predictions, probs = random_predictions(2000, k, scale)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of sums that are 1 but for their last bits
        theirs = log_loss(predictions.labels, probs, labels=range(k))
    assert Report(predictions).log_loss == pytest.approx(theirs, abs=1e-12)


@pytest.mark.parametrize("scale", ["probabilities", "logits"])
def test_the_binary_log_loss_is_that_of_scikit_learn(scale):
    predictions, probs = random_binary_predictions(2000, scale)
    assert Report(predictions).log_loss == pytest.approx(log_loss(predictions.labels, probs), abs=1e-12)


def test_scores_per_class_are_those_of_scikit_learn():
    predictions, probs = random_predictions(3000, 4)
    table = predictions_report.by_class(Report(predictions)).set_index("class")
    for index, name in enumerate(predictions.classes):
        own = predictions.labels == index
        theirs = log_loss(predictions.labels[own], probs[own], labels=range(4))
        assert table.loc[name, "log loss (nats)"] == pytest.approx(theirs, abs=1e-12)
        assert table.loc[name, "recall"] == pytest.approx((probs[own].argmax(axis=1) == index).mean(), abs=1e-12)
    assert table["share of the loss"].sum() == pytest.approx(1, abs=1e-12)
    assert table["rows"].sum() == 3000


def test_the_reliability_diagram_is_that_of_scikit_learn():
    predictions, probs = random_binary_predictions(4000)
    curve = Report(predictions).uncooled.curve
    judged = halves(4000)[1]
    came, said = calibration_curve(predictions.labels[judged], probs[judged], n_bins=10)
    filled = curve.count > 0
    np.testing.assert_allclose(curve.frequency[filled], came, atol=1e-12)
    np.testing.assert_allclose(curve.confidence[filled], said, atol=1e-12)


def test_confusion_at_a_threshold_is_that_of_scikit_learn():
    predictions, probs = random_binary_predictions(2000)
    for cut in (0.0, 0.2, 0.5, 0.9, 1.0):
        (passed, alarms), (missed, found) = confusion_matrix(predictions.labels, probs >= cut, labels=[0, 1])
        assert Report(predictions).confusion(1, cut) == (found, missed, alarms, passed)


def test_the_fitted_temperature_is_the_best_on_its_half_and_judged_on_the_other():
    predictions, probs = random_predictions(4000, 5)
    report = Report(predictions)
    fit, judge = halves(4000)
    assert not set(fit) & set(judge)
    assert len(fit) + len(judge) == 4000

    def loss(rows, temperature):
        sharper = probs[rows] ** (1 / temperature)
        sharper /= sharper.sum(axis=1, keepdims=True)
        return -np.log(sharper[np.arange(len(rows)), predictions.labels[rows]]).mean()

    best = report.temperature
    assert loss(fit, best) <= min(loss(fit, best * 1.001), loss(fit, best / 1.001))
    assert report.log_loss_at(best) == pytest.approx(loss(judge, best), abs=1e-12)
    assert report.at_temperature(best).n_correct == report.uncooled.n_correct


def test_the_sample_is_overconfident_and_noisy():
    report = sample().report
    assert (report.n, report.predictions.classes) == (400, ("cat", "dog", "fox"))
    probs, labels = report.predictions.scores, report.predictions.labels
    assert report.log_loss == pytest.approx(log_loss(labels, probs / probs.sum(axis=1, keepdims=True)), abs=1e-8)
    assert 1.5 < report.temperature < 2.5  # the model's logits are twice the true ones, plus noise
    judged = report.losses_by_temperature.min()
    assert (
        judged < report.fitted.log_loss < report.uncooled.log_loss
    )  # fitted on other rows, so not quite the best here
    assert 0.02 < report.fitted.calibration_error < report.uncooled.calibration_error


def test_a_probability_of_0_for_the_label_costs_infinity_at_every_temperature():
    scores = np.array([[0, 1], [0.8, 0.2], [0.6, 0.4], [0.3, 0.7], [1, 0]])
    report = Report(Predictions(np.arange(2, 7), np.array([0, 0, 1, 1, 0]), ("a", "b"), scores, "probabilities"))
    assert report.log_loss == math.inf
    assert report.n_impossible == 1
    assert report.cumulative_share().tolist() == [1, 1, 1, 1, 1]
    assert report.clipped(1e-7)[0][0] == pytest.approx(-math.log(1e-7))
    assert np.isfinite(report.at_temperature(1.5).log_loss)
    assert report.n_fitted + report.n_judged == 4
    assert predictions_report.by_class(report)["log loss (nats)"].tolist()[0] == math.inf


def test_a_perfect_model_has_no_loss():
    report = Report(Predictions(np.array([2, 3]), np.array([0, 1]), ("0", "1"), np.array([0.0, 1.0]), "probabilities"))
    assert report.log_loss == 0
    assert report.cumulative_share().tolist() == [0.5, 1]
    assert report.uncooled.log_loss == 0


def test_clipping_bounds_the_loss_and_stops_the_gradient():
    report = sample().report
    worst = int(report.worst_first[0])
    assert float(report.row(worst, 0).grad) == pytest.approx(-1 / (400 * report.label_probs[worst]))
    assert float(report.row(worst, 0.01).grad) == 0
    assert report.clipped(0.01)[1] < report.log_loss


def test_rows_are_worst_first_with_their_place_in_the_file():
    predictions, probs = random_predictions(500, 3)
    report = Report(predictions)
    table = predictions_report.rows(report, report.worst_first)
    assert table["loss (nats)"].is_monotonic_decreasing
    first = table.iloc[0]
    where = first["row"] - 2
    assert first["probability of label"] == probs[where, predictions.labels[where]]
    assert predictions_report.rows(report)["row"].tolist() == list(range(2, 502))
