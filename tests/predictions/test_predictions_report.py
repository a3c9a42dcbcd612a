import math
import warnings

import numpy as np
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import accuracy_score, brier_score_loss, confusion_matrix, log_loss, multilabel_confusion_matrix

from xent_core import expected_calibration_error
from xent_ui.experiments import calibration_error
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


def predicted(labels, scores, classes=("0", "1"), scale="probabilities"):
    scores = np.array(scores, dtype=float)
    return Report(Predictions(np.arange(len(labels)) + 2, np.array(labels), tuple(classes), scores, scale))


def multi_label(given, probs, scale="probabilities", names="abcdefgh"):
    """Return predictions of several labels per row: (n, t) each."""
    given, probs = np.asarray(given), np.asarray(probs, dtype=float)
    n, t = given.shape
    rows, tag = np.repeat(np.arange(2, n + 2), t), np.tile(np.arange(t), n)
    return Predictions(rows, given.ravel(), ("0", "1"), probs.ravel(), scale, tags=tuple(names[:t]), tag=tag)


def random_multi_label(n, t, seed=0):
    rng = np.random.default_rng(seed)
    logits = rng.normal(size=(n, t)) * 2 - np.linspace(0, 2, t)
    return (rng.random((n, t)) < 1 / (1 + np.exp(-logits))).astype(int), 1 / (1 + np.exp(-1.5 * logits))


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


@pytest.mark.parametrize("scale", ["probabilities", "logits"])
@pytest.mark.parametrize("k", [2, 3, 10, 100])
def test_accuracy_brier_score_and_normalized_entropy_are_those_of_scikit_learn(k, scale):
    predictions, probs = random_predictions(2000, k, scale)
    report, labels = Report(predictions), predictions.labels
    probs = probs / probs.sum(axis=1, keepdims=True)
    shares = np.tile(np.bincount(labels, minlength=k) / 2000, (2000, 1))
    assert report.accuracy == accuracy_score(labels, probs.argmax(axis=1))
    theirs = brier_score_loss(labels, probs, labels=range(k), scale_by_half=False)
    assert report.brier == pytest.approx(theirs, rel=1e-12)
    ratio = log_loss(labels, probs, labels=range(k)) / log_loss(labels, shares, labels=range(k))
    assert report.normalized_entropy == pytest.approx(ratio, rel=1e-12)


@pytest.mark.parametrize("scale", ["probabilities", "logits"])
def test_binary_accuracy_brier_score_and_normalized_entropy_are_those_of_scikit_learn(scale):
    predictions, probs = random_binary_predictions(2000, scale)
    report, labels = Report(predictions), predictions.labels
    assert report.accuracy == accuracy_score(labels, probs > 0.5)
    assert report.brier == pytest.approx(brier_score_loss(labels, probs), rel=1e-12)
    always = np.full(2000, labels.mean())
    assert report.normalized_entropy == pytest.approx(log_loss(labels, probs) / log_loss(labels, always), rel=1e-12)


def test_without_a_second_class_there_is_nothing_to_normalize_by():
    assert predicted([1, 1], [0.5, 0.25]).normalized_entropy is None
    assert Report(multi_label([[1, 0], [1, 0]], [[0.5, 0.5], [0.5, 0.5]])).normalized_entropy is None


def test_a_perfect_and_a_completely_wrong_model_have_the_ends_of_the_brier_score():
    assert predicted([0, 1], [[1, 0, 0], [0, 1, 0]], "abc").brier == 0
    assert predicted([0, 1], [[0, 1, 0], [0, 0, 1]], "abc").brier == 2
    assert predicted([0, 1], [1, 0]).brier == 1


# --- the calibration error ----------------------------------------------------------------------------------------


def ece(forecast, outcome):
    return float(expected_calibration_error(forecast, outcome, n_bins=10))


def test_the_error_of_the_ece_is_that_of_files_with_the_same_bins():
    rng = np.random.default_rng(4)
    forecast = rng.random(2000)
    outcome = (rng.random(2000) < forecast**2).astype(int)  # overconfident: every gap is clear but that near 0
    bins = np.ceil(10 * forecast).astype(int)
    resampled = []
    for _ in range(400):
        drawn = np.concatenate([rng.choice(np.flatnonzero(bins == b), (bins == b).sum()) for b in range(1, 11)])
        resampled.append(ece(forecast[drawn], outcome[drawn]))
    error = calibration_error.standard_error(forecast, outcome, n_bins=10)
    assert error == pytest.approx(np.std(resampled), rel=0.1)


def test_the_error_of_the_ece_is_its_formula():
    # Two bins. In (0.2, 0.3] the gaps are 0.75, -0.25, -0.25, whose variance is 1/3 and whose mean is 1/12; in
    # (0.8, 0.9] there is one gap, -0.875, which counts with its square.
    forecast, outcome = np.array([0.25, 0.25, 0.25, 0.875]), np.array([1, 0, 0, 0])
    error = calibration_error.standard_error(forecast, outcome, n_bins=10)
    assert error == pytest.approx(math.sqrt(3 * (1 / 3) + 0.875**2) / 4, rel=1e-12)


def test_the_error_of_the_ece_knows_that_labels_of_one_row_depend_on_each_other():
    rng = np.random.default_rng(5)
    n, t = 500, 4
    given = np.repeat(rng.random(n) < 0.3, t).reshape(n, t).astype(int)  # a row has all labels or none
    probs = np.full((n, t), 0.55)
    report = Report(multi_label(given, probs))
    resampled = [ece(probs.ravel(), given[rng.integers(0, n, n)].ravel()) for _ in range(400)]
    assert report.calibration.deviation == pytest.approx(np.std(resampled), rel=0.1)
    alone = calibration_error.standard_error(probs.ravel(), given.ravel(), n_bins=10)
    assert report.calibration.deviation == pytest.approx(math.sqrt(t) * alone, rel=0.01)


@pytest.mark.parametrize(
    "forecast",
    [
        np.random.default_rng(0).random(400),
        np.random.default_rng(1).beta(0.1, 0.1, 400),
        np.random.default_rng(2).beta(8, 0.3, 100),
        np.random.default_rng(3).random(12),
        np.random.default_rng(4).beta(0.05, 10, 2000),
        np.full(50, 0.7),
    ],
    ids=["even", "sure", "confident", "twelve", "rare", "constant"],
)
def test_what_chance_shows_is_the_mean_ece_of_calibrated_models(forecast):
    rng = np.random.default_rng(6)
    simulated = [ece(forecast, (rng.random(len(forecast)) < forecast).astype(int)) for _ in range(1500)]
    found = calibration_error.by_chance(forecast, n_bins=10)
    assert found == pytest.approx(np.mean(simulated), rel=0.03)


def test_forecasts_that_are_certain_leave_nothing_to_chance():
    assert calibration_error.by_chance(np.array([0.0, 1.0, 1.0]), n_bins=10) == 0
    # One coin: the gap is p with the probability 1 - p, and 1 - p with the probability p.
    assert calibration_error.by_chance(np.array([0.3]), n_bins=10) == pytest.approx(2 * 0.3 * 0.7, rel=1e-12)
    assert calibration_error.by_chance(np.array([0.7]), n_bins=10) == pytest.approx(2 * 0.3 * 0.7, rel=1e-12)


@pytest.mark.parametrize("scale", ["probabilities", "logits"])
def test_the_calibration_error_is_over_all_rows(scale):
    predictions, probs = random_predictions(500, 3, scale)
    right = (probs.argmax(axis=1) == predictions.labels).astype(int)
    confidence = np.minimum(probs.max(axis=1), 1)
    calibration = Report(predictions).calibration
    assert calibration.error == pytest.approx(ece(confidence, right), rel=1e-12)
    assert calibration.by_chance == pytest.approx(calibration_error.by_chance(confidence, n_bins=10), rel=1e-12)


# --- several labels per row ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", ["probabilities", "logits"])
def test_scores_per_label_are_those_of_scikit_learn(scale):
    given, probs = random_multi_label(1000, 4)
    report = Report(multi_label(given, np.log(probs / (1 - probs)) if scale == "logits" else probs, scale))
    table = predictions_report.by_class(report).set_index("label")
    assert report.log_loss == pytest.approx(log_loss(given.ravel(), probs.ravel()), rel=1e-12)
    assert report.accuracy == np.mean((probs > 0.5) == given)
    for index, name in enumerate("abcd"):
        own, said = given[:, index], probs[:, index]
        line = table.loc[name]
        assert (line["predictions"], line["ones"], line["base rate"]) == (1000, own.sum(), own.mean())
        assert line["log loss (nats)"] == pytest.approx(log_loss(own, said), rel=1e-12)
        assert line["Brier score"] == pytest.approx(brier_score_loss(own, said), rel=1e-12)
        assert line["mean probability"] == pytest.approx(said.mean(), rel=1e-12)
        assert line["share of the loss"] == pytest.approx(log_loss(own, said) / report.log_loss / 4, rel=1e-9)
    always = np.tile(given.mean(axis=0), (1000, 1))
    assert report.baseline == pytest.approx(log_loss(given.ravel(), always.ravel()), rel=1e-12)
    assert table["log loss (nats)"].is_monotonic_decreasing


def test_confusion_of_each_label_is_that_of_scikit_learn():
    given, probs = random_multi_label(500, 3)
    table = predictions_report.at_threshold(Report(multi_label(given, probs)), 0.3)
    for (passed, alarms), (missed, found), line in (
        (*matrix, line)
        for matrix, line in zip(
            multilabel_confusion_matrix(given, probs >= 0.3), table.itertuples(index=False), strict=True
        )
    ):
        assert tuple(line)[1:] == (found, missed, alarms, passed)
    assert table["label"].tolist() == ["a", "b", "c"]


def test_the_labels_of_a_row_are_fitted_on_or_judged_together():
    given, probs = random_multi_label(101, 3)
    report = Report(multi_label(given, probs))
    assert (report.n_rows, report.n, report.n_fitted, report.n_judged) == (101, 303, 3 * 50, 3 * 51)
    fitted = np.isin(np.repeat(np.arange(101), 3), halves(101)[0])
    logits = np.log(probs.ravel() / (1 - probs.ravel()))[fitted]
    losses = [
        log_loss(given.ravel()[fitted], 1 / (1 + np.exp(-logits / (report.temperature * s)))) for s in (1, 1.01, 0.99)
    ]
    assert losses[0] < min(losses[1:])


def test_a_row_of_the_tables_names_its_label():
    report = Report(multi_label([[1, 0], [0, 0]], [[0.5, 0.25], [0.25, 0.125]], names=["sun", "=rain"]))
    table = predictions_report.rows(report)
    assert table["row"].tolist() == [2, 2, 3, 3]
    assert table["label"].tolist() == ["sun", "=rain", "sun", "=rain"]
    assert table["given"].tolist() == [1, 0, 0, 0]
    assert table["probability of label"].tolist() == [0.5, 0.25, 0.25, 0.125]
    np.testing.assert_allclose(table["loss (nats)"], -np.log([0.5, 0.75, 0.75, 0.875]), rtol=1e-12)
    assert predictions_report.counts(report) == "4 predictions: 2 rows × 2 labels"


# --- masks --------------------------------------------------------------------------------------------------------

INF = math.inf


def test_a_masked_class_has_the_probability_0_at_every_temperature():
    rng = np.random.default_rng(7)
    logits = rng.normal(size=(200, 4)) * 3
    labels = (logits + rng.gumbel(size=(200, 4))).argmax(axis=1)
    masked = rng.random((200, 4)) < 0.3
    masked[np.arange(200), labels] = False
    logits[masked] = -INF
    report = predicted(labels, logits, "abcd", "logits")
    possible = np.exp(logits)
    probs = possible / possible.sum(axis=1, keepdims=True)
    assert report.has_masks
    assert report.log_loss == pytest.approx(-np.log(probs[np.arange(200), labels]).mean(), rel=1e-12)
    assert report.brier == pytest.approx(
        brier_score_loss(labels, probs, labels=range(4), scale_by_half=False), rel=1e-12
    )
    _, judge = halves(200)
    for temperature in (0.2, 1, 5):
        cooled = possible[judge] ** (1 / temperature)
        cooled /= cooled.sum(axis=1, keepdims=True)
        expected = -np.log(cooled[np.arange(100), labels[judge]]).mean()
        assert report.at_temperature(temperature).log_loss == pytest.approx(expected, rel=1e-9)
    assert report.fit == "fitted"
    assert np.isfinite(report.fitted.log_loss)


def test_a_row_that_masks_its_label_or_every_class_gives_0_to_what_was_true():
    report = predicted([0, 1, 2, 1], [[-INF, 0, 0], [-INF, -INF, -INF], [0, 0, 0], [0, 1, -INF]], "abc", "logits")
    np.testing.assert_allclose(report.loss, [INF, INF, math.log(3), math.log(1 + math.exp(-1))], rtol=1e-12)
    assert report.n_impossible == 2
    assert report.probs[1].tolist() == [0, 0, 0]
    assert predicted([1, 0, 1], [-INF, -INF, 0], scale="logits").loss.tolist() == [INF, 0, math.log(2)]


# --- which temperature cannot be fitted ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("report", "fit"),
    [
        (predicted([1, 0], [0, 1]), "none possible"),
        (predicted([1, 0, 1], [0, 1, 0.5]), "none possible"),
        (predicted([1, 0] * 9, [0.6, 0.7] * 9), "too few"),
        (predicted([1] * 30, [0.6, 0.3] * 15), "one class"),
        (predicted([1, 0] * 15, [0.5] * 30), "equal"),
        (predicted([0, 1, 0] * 10, [[-INF, -INF, 0], [2, 2, -INF], [1, 1, 1]] * 10, "abc", "logits"), "equal"),
        (predicted([1, 0] * 20, [0.1, 0.9] * 20), "misleads"),
        (predicted([1, 0] * 20, [0.9, 0.1] * 20), "always right"),
        (predicted([1, 0] * 20, [1, 0] * 20), "certain"),
        (predicted([1, 0, 1] * 20, [1, 0, 0] * 20), "certain"),
        (sample().report, "fitted"),
    ],
)
def test_a_fit_that_cannot_be_made_says_why(report, fit):
    assert report.fit == fit


@pytest.mark.parametrize(("more", "fit"), [(0.01, "misleads"), (-0.01, "fitted")])
def test_whether_a_model_misleads_is_decided_by_the_loss_at_large_temperatures(more, fit):
    # In every row the label has the logit 1 and the mean of the three logits is 1 + more / 3.
    logits = np.array([[1, 2 + more, 0], [0, 1, 2 + more]] * 40)
    report = predicted([0, 1] * 40, logits, "abc", "logits")
    assert report.fit == fit
    best = min(report.log_loss_at(temperature) for temperature in (1, 10, 100, 1000, 10_000))
    assert (best < math.log(3)) == (fit == "fitted")
