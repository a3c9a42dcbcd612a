"""The pictures of the lesson on calibration: what solves their tasks, and what they say."""

import numpy as np
import pytest

from tests.figures.helpers import label_text
from tests.views.helpers import run
from xent_core import cross_entropy_at_temperature, sigmoid, sparse_softmax_cross_entropy
from xent_ui.experiments.training_runs import TRAINING_SIZE, training_data, training_run
from xent_ui.views.calibration import (
    CAME_TRUE,
    HELD_OUT,
    NETWORK,
    PROBLEM,
    TRAINING,
    UNSEEN,
    error_at,
    fit_one_number,
    forecasts,
    practice,
    reliability,
    reliability_at,
    three_parts,
)


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (reliability, {"cool": 2.8}, "half"),
        (reliability, {"practice": 50}, "early"),
        (three_parts, {"always": 0.33}, "useless"),
        (three_parts, {"practice": 400}, "eaten"),
    ],
)
def test_what_solves_each_task(picture, values, task):
    assert picture(values).solved[task]


@pytest.mark.parametrize("always", [0.33, 0.34])
def test_impossible_tasks_are_not_solved_in_the_closest_states(always):
    assert not three_parts({"always": always}).solved["constant"]


def dots(view):
    return next(
        trace for trace in view.figure.data if trace.type == "scatter" and trace.mode == "markers" and len(trace.x) > 1
    )


@pytest.mark.parametrize("values", [{}, {"bins": 12}, {"cool": 1.05}, {"practice": 310}, {"bins": 2}])
def test_an_open_guess_hides_the_dot_that_it_is_about_and_shows_the_others(values):
    hidden = reliability(values)  # also at an address
    n_bins = values.get("bins", 10)
    shown = [x for x, y in zip(dots(hidden).x, dots(hidden).y, strict=True) if y is not None and y == y]
    assert len(shown) == int(0.9 * n_bins)
    assert not shown or max(shown) <= 0.9
    assert "Where does the dot of the last bin belong?" in hidden.caption
    assert not hidden.formula
    assert "guess <b>?</b>" in label_text(hidden.figure)
    assert "MCE" not in label_text(hidden.figure)


def test_a_guess_that_is_locked_in_or_shown_shows_the_answer():
    for revealed in (reliability(locked=True), reliability(shown=True)):
        assert "calibration error (ECE)" in revealed.caption
        assert "last bin" in revealed.formula
        assert len([y for y in dots(revealed).y if y == y]) == 10


def test_the_question_about_the_last_bin():
    # "Look at the last bin: 98 % sure on average. How many in 100 of these come true?"
    view = reliability(locked=True)
    guess = reliability.question.read({"guess_calibration": 75}, locked=True)
    assert guess.verdict.startswith("You said 75.0 in 100; it is **83.5 in 100**.")
    assert "0.9834" in view.formula


@pytest.mark.parametrize(
    ("picture", "values", "words"),
    [
        # "calibrated to within 0.35 percentage points, because 33.4 % are a yes … its Brier score is 0.222 … 0.136"
        (three_parts, {"always": 0.33}, "rounded to tenths: 0.136. Always 33 %: 0.222, with an ECE of 0.35 %"),
        (three_parts, {"always": 0.33}, "The base rate is 33.4 %."),
        # "The network has an ECE of 10.5 %"
        (reliability, {}, "calibration error (ECE) 10.5 %"),
        # "its log loss nearly doubles, from 0.662 to 1.21"
        (reliability, {}, "log loss 0.662 nats"),
        (reliability, {"cool": 0.5}, "log loss 1.21 nats"),
    ],
)
def test_the_numbers_of_the_cards(picture, values, words):
    assert words in picture(values, shown=True).caption


def test_mistakes_make_up_nearly_all_of_the_loss_of_an_overconfident_network():
    z = forecasts(300).logits / 0.5
    wrong = (z > 0) != CAME_TRUE
    of_the_wrong = cross_entropy_at_temperature(z[wrong], CAME_TRUE[wrong], 1.0).value * sum(wrong)
    assert of_the_wrong > 0.9 * cross_entropy_at_temperature(z, CAME_TRUE, 1.0).value * len(z)
    assert training_run(NETWORK).params(300).shape == (65,)


def test_a_temperature_for_one_logit_equals_that_for_two_logits():
    z, y = [[0.0, 2.0], [0.0, -1.0]], [1, 1]
    two = sparse_softmax_cross_entropy([[0.0, 1.0], [0.0, -0.5]], y).value.mean()
    assert cross_entropy_at_temperature([row[1] for row in z], y, 2.0).value == pytest.approx(two, rel=1e-14)


@pytest.mark.parametrize("values", [{"cool": 2.0}, {"cool": 2.0, "practice": 40, "bins": 7}])
def test_the_code_computes_the_numbers_of_the_picture_from_all_its_examples(values):
    # The code used to take 8 of the 2,000 examples: at T = 2 it printed 0.874 beside the picture's 0.450.
    view = reliability(values, shown=True)
    left = run(view.code.numpy)
    assert len(left["labels"]) == len(CAME_TRUE) == 2000
    assert f"log loss {float(left['value']):.3f} nats" in view.caption
    assert left["grad"] == pytest.approx(view.code.grad, rel=1e-9)
    if values == {"cool": 2.0}:
        assert f"{float(left['value']):.3f}" == "0.450"


def test_the_code_computes_the_calibration_error_and_the_fitted_temperature_too():
    view = reliability({"cool": 2.0, "bins": 7}, shown=True)
    printed = []
    exec(view.code.numpy, {"print": lambda *values: printed.append(values)})
    (fitted,), (ece,), (value, _) = printed
    assert f"(ECE) {100 * ece:.2f} %" in view.caption
    assert f"T = {fitted:.2f}." in view.caption
    assert f"log loss {value:.3f}" in view.caption


def test_a_constant_forecast_has_no_resolution_and_no_number_is_noise():
    for always in np.round(np.arange(0, 1.01, 0.01), 2):
        view = three_parts({"always": float(always)})
        assert "and a resolution of 0." in view.caption
        assert "10^{-1" not in view.formula


def test_the_axis_is_a_probability_of_yes_and_overconfidence_shows_on_both_sides_of_one_half():
    # "Right of ½, a dot below the diagonal is overconfidence; left of ½, a dot above it is … the network shows both"
    curve = reliability_at(300, 1.0, 10)
    said, came = curve.confidence, curve.frequency
    assert (came < said)[said > 0.5].all()
    assert (came > said)[said < 0.3].all()
    assert reliability().figure.layout.xaxis.title.text.startswith("probability that the network gave")
    p = sigmoid(forecasts(300).logits)
    confidence, is_right = np.maximum(p, 1 - p), (p > 0.5) == CAME_TRUE
    for low in (0.5, 0.6, 0.7, 0.8, 0.9):
        of_bin = (confidence > low) & (confidence <= low + 0.1)
        assert is_right[of_bin].mean() < confidence[of_bin].mean()


def test_what_a_temperature_fitted_on_either_data_does():
    # "a temperature below 1 fits best … Held-out examples ask for T = 2.79 … from 10.5 % to 4.96 %. About half"
    said = "T = 2.79. With it the ECE of the judged examples is 4.96 %; with T = 1 it is 10.5 %"
    assert said in fit_one_number().caption
    assert forecasts(300).fits[TRAINING] < 1
    assert error_at(300, forecasts(300).fits[TRAINING], 10) > error_at(300, 1.0, 10)
    for steps in practice.every_value:
        fits = forecasts(steps).fits
        assert all(0.2 < fitted < 5 for fitted in fits), "a minimum is not on the picture"
        if steps >= 50:
            assert fits[TRAINING] < 1 < fits[HELD_OUT]
    assert TRAINING_SIZE == 150


def test_no_temperature_changes_an_answer():
    # "It never changes which answer is the most likely, so the accuracy stays the same."
    answers = forecasts(300).logits > 0
    for T in (0.2, 1.0, 2.8, 5.0):
        assert ((sigmoid(forecasts(300).logits / T) > 0.5) == answers).all()


def test_sixteen_percent_of_the_answers_are_wrong_and_the_fit_is_not_the_lowest_point_of_the_judged_curve():
    # "the 16 % of its answers that are wrong"; "its lowest point can lie a little beside the fitted temperature"
    assert f"{((forecasts(300).logits > 0) != CAME_TRUE).mean():.2f}" == "0.16"
    assert len(UNSEEN.labels) == 4000
    shown = forecasts(300).curves[HELD_OUT]
    assert shown.losses.min() < shown.at_fitted < shown.losses.min() + 0.01
    assert "fitted: <b>T = 2.79</b>" in label_text(fit_one_number().figure)


def test_the_training_curve_is_that_of_the_examples_it_learned_from():
    seen = training_data(PROBLEM)
    z = training_run(NETWORK).setup.model.forward(training_run(NETWORK).params(300), seen.points)
    curve = forecasts(300).curves[TRAINING]
    assert curve.at_fitted == pytest.approx(cross_entropy_at_temperature(z, seen.labels, curve.fitted).value)
    assert curve.at_fitted <= curve.losses.min()


@pytest.mark.parametrize("always", [0.0, 0.2, 0.33, 0.5, 1.0])
def test_the_parts_add_up_and_lower_reliability_is_better(always):
    assert three_parts({"always": always}).solved["useless"] == (abs(always - CAME_TRUE.mean()) < 0.01)
