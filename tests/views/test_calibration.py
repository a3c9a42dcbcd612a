"""The pictures of the lesson on calibration: what solves their tasks, and what they say."""

import numpy as np
import pytest

from tests.views.helpers import run
from xent_core import cross_entropy_at_temperature, sparse_softmax_cross_entropy
from xent_ui.experiments.training_runs import training_run
from xent_ui.views.calibration import CAME_TRUE, NETWORK, forecasts, reliability, three_parts


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


def test_the_picture_hides_its_answer_until_a_guess_is_locked_or_it_is_shown():
    hidden = reliability({"bins": 12})  # a link reveals nothing
    assert "Lock in a guess" in hidden.caption
    assert "last bin" not in hidden.formula
    for revealed in (reliability(locked=True), reliability(shown=True)):
        assert "calibration error (ECE)" in revealed.caption
        assert "last bin" in revealed.formula
        assert len(revealed.figure.data) > len(hidden.figure.data)


def test_the_question_about_the_last_bin():
    # "Look at the last bin: 98 % sure on average. How many in 100 of these come true?"
    view = reliability(locked=True)
    guess = reliability.question.read({"guess_calibration": 75}, locked=True)
    assert guess.verdict.startswith("You said 75.0 in 100; it is **83.5 in 100**.")
    assert "0.9834" in view.formula


@pytest.mark.parametrize(
    ("picture", "values", "words"),
    [
        # "its Brier score is 0.222, that of the network, which is off by 10 %, only 0.136"
        (three_parts, {"always": 0.33}, "rounded to tenths: 0.136. Always 33 %: 0.222, off by 0.35 %"),
        (reliability, {}, "calibration error (ECE) 10.5 %"),
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
    assert f"(ECE) {100 * ece:.2f} %" in view.caption
    assert f"T = {fitted:.2f}." in view.caption
    assert f"log loss {value:.3f}" in view.caption


def test_a_constant_forecast_has_no_resolution_and_no_number_is_noise():
    for always in np.round(np.arange(0, 1.01, 0.01), 2):
        view = three_parts({"always": float(always)})
        assert "with a resolution of 0." in view.caption
        assert "10^{-1" not in view.formula
