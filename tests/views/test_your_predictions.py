"""The pictures of the lesson on one's own predictions: what solves their tasks, and what the page says about them."""

import json
import random
import re
from dataclasses import replace

import numpy as np
import pytest

from tests.views.helpers import check, random_state, run, torch_is_here, walk, without_colors
from xent_ui.experiments.prediction_scores import Predictions, Report, Scored, sample, scored
from xent_ui.live import routes
from xent_ui.views.base import pictures
from xent_ui.views.your_predictions import the_bill, the_temperature, the_threshold

PICTURES = [the_bill, the_temperature, the_threshold]
LOCKED = {"lock_your_predictions": True, "guess_your_predictions": 0.5}


def uploaded(labels, scores, classes=("0", "1"), scale="probabilities") -> Scored:
    scores = np.array(scores, dtype=float)
    predictions = Predictions(np.arange(len(labels)) + 2, np.array(labels), tuple(classes), scores, scale)
    return scored(Report(predictions), "mine.csv")


DATA = {
    "the sample": sample(),
    "two rows": uploaded([1, 0], [0.5, 0.25]),
    "perfect": uploaded([1, 0], [1, 0]),
    "one class only": uploaded([0, 0, 0], [[0, 1], [0.5, 0.5], [1, 0]], "ab"),
    "every row impossible": uploaded([1, 0], [0, 1]),
    "one row possible": uploaded([1, 0, 1], [0, 1, 0.5]),
    "logits too large for a probability": uploaded([1, 0, 1], [-800, 2, 0.5], scale="logits"),
    "equal logits": uploaded([0, 1, 2, 0], np.zeros((4, 3)), "abc", "logits"),
    "markup": uploaded([0, 1], [[0.5, 0.5], [0.5, 0.5]], ["<b>x</b>", ":red[y] `z`"]),
}
each_picture = pytest.mark.parametrize("picture", PICTURES, ids=lambda picture: picture.name)


@pytest.fixture(params=DATA)
def data(request):
    return DATA[request.param]


def test_these_are_all_pictures_of_the_lesson():
    assert list(pictures("your_predictions").values()) == PICTURES


@each_picture
def test_view_answers_404(picture):
    assert picture.needs_data
    with pytest.raises(routes.NoView) as refused:
        routes.view("your_predictions", picture.name, "")
    assert refused.value.status == 404


@each_picture
def test_every_control_goes_through_its_range(picture, data):
    for values in walk(picture, most=12):
        for shown in (True, False):
            view = picture(values, shown=shown, data=data)
            check(view)
            assert view.figure.data
            for words in (without_colors(view.formula), view.caption):
                assert not re.search(r"[-−]0(?![.\d])|nan|not a number", words), words


@each_picture
def test_tasks_are_open_at_first_and_what_is_impossible_is_solved_in_no_state(picture, data):
    assert not any(picture(data=sample()).solved.values())
    forbidden = [task.name for task in picture.tasks if task.because]
    rng = random.Random(picture.key)
    for _ in range(50 if forbidden else 0):
        solved = picture(random_state(picture, rng), shown=True, data=data).solved
        assert not any(solved[name] for name in forbidden)


@each_picture
def test_dark_and_light_differ_in_colors_only(picture):
    light, dark = (picture(shown=True, dark=dark, data=sample()) for dark in (False, True))
    assert light.caption == dark.caption
    assert json.dumps(light.figure.to_dict()) != json.dumps(dark.figure.to_dict())


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (the_bill, {"worst": 6}, "half"),
        (the_bill, {"least": 0.05}, "clip"),  # -ln 0.05 = 3.0 nats
        (the_temperature, {"cool": 4.5}, "modest"),
        (the_threshold, {"cut": 0.3}, "foxes"),
    ],
)
def test_what_solves_each_task(picture, values, task):
    assert picture(values, shown=True, data=sample()).solved[task]


def test_half_of_the_loss_can_be_in_the_first_row():
    # The losses are ln 2 and -ln 0.75: one of two rows pays 0.693 / 0.981 = 71 %, so the smallest share is 1 %.
    small = DATA["two rows"]
    assert the_bill({"worst": 1}, shown=True, data=small).solved["half"]
    assert not the_bill({"worst": 2}, shown=True, data=small).solved["half"]


def test_only_the_foxes_of_the_sample_solve_its_task():
    foxes = sample()
    other = replace(foxes, class_of_interest=0)
    upload = replace(foxes, is_sample=False)
    assert not any(the_threshold({"cut": 0.3}, data=data).solved["foxes"] for data in (other, upload))


def test_what_the_page_says_about_the_sample_is_true():
    report = sample().report
    # "of the sample's 400 rows the worst 24 pay as much as the other 376", and "they can be most of the bill"
    assert report.n == 400
    assert 0.5 <= report.cumulative_share()[23] < 0.52
    # "Dividing the sample's logits by 2 lowers its log loss by a fifth, and not one answer changes."
    assert report.log_loss_at(2) / report.log_loss_at(1) == pytest.approx(0.8, abs=0.005)
    assert "The worst 6 % of them pay 51.2 % of the bill" in the_bill({"worst": 6}, shown=True, data=sample()).caption
    assert (
        "The temperature fitted on 200 rows is 2.00: on 200 others it takes the log loss from 0.629 to 0.501, "
        "the calibration error from 9.4 % to 0.0 %" in the_temperature(data=sample()).caption
    )
    assert np.sum(report.predictions.labels == report.predictions.classes.index("fox")) == 64


def test_the_answer_is_hidden_until_the_guess_is_locked():
    hidden = the_bill(data=sample())
    assert "log loss of" not in hidden.caption
    assert not hidden.formula
    locked = the_bill(LOCKED, data=sample())
    assert "The log loss of `the sample` is 0.6290 nats" in locked.caption
    assert "0.6290" not in json.dumps(hidden.figure.to_dict())


def test_a_count_agrees_with_its_noun():
    one = DATA["one row possible"]
    temperature = the_temperature(data=DATA["one class only"]).caption
    assert "fitted on 1 row is" in temperature
    assert "on 1 other it takes" in temperature
    assert "1 worst row pays" in json.dumps(the_bill({"worst": 1}, shown=True, data=one).figure.to_dict())
    assert 'in 1 row"' in json.dumps(the_bill(shown=True, data=DATA["one class only"]).figure.to_dict())
    assert "1 other is called `1` too." in the_threshold({"cut": 0.2}, data=DATA["two rows"]).caption


def test_a_loss_from_logits_is_finite_where_the_probability_rounds_to_0():
    view = the_bill({"worst": 1}, shown=True, data=DATA["logits too large for a probability"])
    assert "= \\textcolor{#9B3B76}{800}" in view.formula  # it was ∞ once, beside a finite mean
    assert "e^{-800}" in view.formula
    assert view.code is None


@pytest.mark.parametrize("smallest", [0.0, 1e-7, 0.01, 0.1])
@pytest.mark.parametrize("worst", [1, 6, 20, 90])
def test_the_code_prints_the_loss_and_the_slope_of_the_formula(worst, smallest):
    values = {"worst": worst, "least": smallest}
    report = sample().report
    p = report.label_probs[report.worst_first[report.n_worst(worst) - 1]]
    value, slope = -np.log(max(p, smallest)), 0 if p < smallest else -1 / (400 * p)
    code = the_bill(values, shown=True, data=sample()).code
    assert code.value == pytest.approx(value)
    assert code.grad == pytest.approx(slope)
    ours = run(code.numpy)
    assert (ours["value"], ours["grad"]) == pytest.approx((value, slope))
    if torch_is_here:
        theirs = run(code.torch)
        assert (theirs["value"].item(), theirs["p"].grad.item()) == pytest.approx((value, slope))


def test_a_class_is_named_without_effect_in_markdown():
    caption = the_threshold(data=replace(DATA["markup"], class_of_interest=1)).caption
    assert "`:red[y] 'z'`" in caption
