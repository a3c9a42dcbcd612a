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
from xent_ui.views.your_predictions import decision_threshold, losses_of_rows, temperature_scaling

PICTURES = [losses_of_rows, temperature_scaling, decision_threshold]
GUESSED = {"guess_your_predictions": 0.5}


def uploaded(labels, scores, classes=("0", "1"), scale="probabilities") -> Scored:
    scores = np.array(scores, dtype=float)
    predictions = Predictions(np.arange(len(labels)) + 2, np.array(labels), tuple(classes), scores, scale)
    return scored(Report(predictions), "mine.csv")


def multi_label(n=40, names=("sun", "<b>rain</b>", "snow"), sharper=1.0, scale="probabilities") -> Scored:
    rng, t = np.random.default_rng(2), len(names)
    logits = rng.normal(size=n * t) * 2
    given = (rng.random(n * t) < 1 / (1 + np.exp(-logits))).astype(int)
    scores = sharper * logits if scale == "logits" else 1 / (1 + np.exp(-sharper * logits))
    rows, tag = np.repeat(np.arange(2, n + 2), t), np.tile(np.arange(t), n)
    return scored(Report(Predictions(rows, given, ("0", "1"), scores, scale, tags=names, tag=tag)), "tags.csv")


def masked(n=60) -> Scored:
    """Return logits of four classes of which each row masks some, one row the label, and one all."""
    rng = np.random.default_rng(3)
    logits, labels = rng.normal(size=(n, 4)) * 3, rng.integers(0, 4, n)
    masks = rng.random((n, 4)) < 0.4
    masks[np.arange(n), labels] = False
    logits[masks] = -np.inf
    logits[0, labels[0]] = -np.inf
    logits[1] = -np.inf
    return uploaded(labels, logits, "abcd", "logits")


DATA = {
    "the sample": sample(),
    "two rows": uploaded([1, 0], [0.5, 0.25]),
    "perfect": uploaded([1, 0], [1, 0]),
    "one class only": uploaded([0, 0, 0], [[0, 1], [0.5, 0.5], [1, 0]], "ab"),
    "every row impossible": uploaded([1, 0], [0, 1]),
    "one row possible": uploaded([1, 0, 1], [0, 1, 0.5]),
    "logits too large for a probability": uploaded([1, 0, 1], [-800, 2, 0.5], scale="logits"),
    "equal logits": uploaded([0, 1, 2, 0], np.zeros((4, 3)), "abc", "logits"),
    "masks": masked(),
    "binary masks": uploaded([0, 1, 1, 0] * 10, [-np.inf, 1, -np.inf, 0.5] * 10, scale="logits"),
    "all masked but one class": uploaded([0, 1] * 20, [[0, -np.inf], [-np.inf, 0]] * 20, "ab", "logits"),
    "every class masked": uploaded([0, 1], np.full((2, 2), -np.inf), "ab", "logits"),
    "words for classes": uploaded([0, 1] * 20, [0.25, 0.5, 0.25, 0.75] * 10, ("cat", "<i>dog</i>")),
    "several labels": multi_label(),
    "several labels, far too sure": multi_label(sharper=40, scale="logits"),
    "one label in two rows": multi_label(n=2, names=("x",)),
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
        (losses_of_rows, {"worst": 9}, "half"),
        (losses_of_rows, {"least": 0.05}, "clip"),  # -ln 0.05 = 3.0 nats
        (temperature_scaling, {"cool": 4.0}, "modest"),
        (decision_threshold, {"cut": 0.3}, "foxes"),
    ],
)
def test_what_solves_each_task(picture, values, task):
    assert picture(values, shown=True, data=sample()).solved[task]


def test_half_of_the_loss_can_be_in_the_first_row():
    # The losses are ln 2 and -ln 0.75: one of two rows pays 0.693 / 0.981 = 71 %, so the smallest share is 1 %.
    small = DATA["two rows"]
    assert losses_of_rows({"worst": 1}, shown=True, data=small).solved["half"]
    assert not losses_of_rows({"worst": 2}, shown=True, data=small).solved["half"]


def test_only_the_foxes_of_the_sample_solve_its_task():
    foxes = sample()
    other = replace(foxes, class_of_interest=0)
    upload = replace(foxes, is_sample=False)
    assert not any(decision_threshold({"cut": 0.3}, data=data).solved["foxes"] for data in (other, upload))


def test_what_the_page_says_about_the_sample_is_true():
    report = sample().report
    # "right on 73 of 100 photos"
    assert report.is_correct.mean() == 0.73
    # "On about one in nine of its mistakes it was more than 97 % sure."
    assert np.mean(report.probs.max(axis=1)[~report.is_correct] > 0.97) == pytest.approx(1 / 9, abs=0.01)
    # "35 of the 400 rows have a greater total loss than the other 365"
    assert report.n == 400
    assert report.cumulative_share()[33] < 0.5 < report.cumulative_share()[34]
    # "Dividing the logits of the sample by 2 lowers its log loss on the held-out rows by 13 %, and no prediction "
    "changes."
    assert report.log_loss_at(2) / report.log_loss_at(1) == pytest.approx(1 - 0.13, abs=0.005)
    assert report.at_temperature(2).n_correct == report.uncooled.n_correct
    assert (
        "The worst 9 % of the rows make up 51.3 % of the total loss"
        in losses_of_rows({"worst": 9}, shown=True, data=sample()).caption
    )
    assert (
        "The temperature fitted on 200 other rows is 2.15: it takes the log loss from 0.661 to 0.578 nats "
        "and the calibration error from 13.3 % to 5.5 %." in temperature_scaling(data=sample()).caption
    )
    # "it takes away more than half of the expected calibration error, the ECE, not all of it"
    assert 0.1 < report.fitted.calibration_error / report.uncooled.calibration_error < 0.5
    assert np.sum(report.predictions.labels == report.predictions.classes.index("fox")) == 87


def test_the_answer_is_hidden_until_the_guess_is_locked():
    # A link to the row in the middle does not show it either.
    hidden = losses_of_rows({"worst": 50}, data=sample())
    assert "median" not in hidden.caption
    assert not hidden.formula
    locked = losses_of_rows(GUESSED, locked=True, data=sample())
    assert "The log loss of `the sample` is 0.6863 nats" in locked.caption
    assert "The median is 0.0975 nats" in locked.caption
    assert "log loss <b>0.686</b>" in json.dumps(hidden.figure.to_dict())
    for view in (hidden, temperature_scaling(data=sample()), decision_threshold(data=sample())):
        assert "0.097" not in json.dumps(view.figure.to_dict()) + view.caption + view.formula
    assert np.median(sample().report.loss) == pytest.approx(0.0975, abs=5e-5)


def test_a_count_agrees_with_its_noun():
    one = DATA["one row possible"]
    temperature = temperature_scaling(data=DATA["one class only"]).caption
    assert "No temperature is fitted: 1 other row would be too few to fit it on, 10 are needed." in temperature
    assert "on 1 held-out row, the log loss" in temperature
    assert "1 worst row:" in json.dumps(losses_of_rows({"worst": 1}, shown=True, data=one).figure.to_dict())
    assert 'in 1 row"' in json.dumps(losses_of_rows(shown=True, data=DATA["one class only"]).figure.to_dict())
    assert "1 is a false positive." in decision_threshold({"cut": 0.2}, data=DATA["two rows"]).caption


def test_a_loss_from_logits_is_finite_where_the_probability_rounds_to_0():
    view = losses_of_rows({"worst": 1}, shown=True, data=DATA["logits too large for a probability"])
    assert "= \\textcolor{#973D8C}{800}" in view.formula  # it was ∞ once, beside a finite mean
    assert "e^{-800}" in view.formula
    assert view.code is None


@pytest.mark.parametrize("smallest", [0.0, 1e-7, 0.01, 0.1])
@pytest.mark.parametrize("worst", [1, 6, 20, 90])
def test_the_code_prints_the_loss_and_the_slope_of_the_formula(worst, smallest):
    values = {"worst": worst, "least": smallest}
    report = sample().report
    p = report.label_probs[report.worst_first[report.n_worst(worst) - 1]]
    value, slope = -np.log(max(p, smallest)), 0 if p < smallest else -1 / (400 * p)
    code = losses_of_rows(values, shown=True, data=sample()).code
    assert code.value == pytest.approx(value)
    assert code.grad == pytest.approx(slope)
    ours = run(code.numpy)
    assert (ours["value"], ours["grad"]) == pytest.approx((value, slope))
    if torch_is_here:
        theirs = run(code.torch)
        assert (theirs["value"].item(), theirs["p"].grad.item()) == pytest.approx((value, slope))


def test_a_class_is_named_without_effect_in_markdown():
    caption = decision_threshold(data=replace(DATA["markup"], class_of_interest=1)).caption
    assert "`:red[y] 'z'`" in caption


def test_a_model_that_misleads_is_told_that_no_temperature_mends_it():
    wrong = uploaded([1, 0] * 20, [0.1, 0.9] * 20)
    caption = temperature_scaling(data=wrong).caption
    assert caption.endswith("equal probabilities for all classes would cost no more, and no temperature can mend that.")
    right = uploaded([1, 0] * 20, [0.9, 0.1] * 20)
    assert "the likeliest class is always right" in temperature_scaling(data=right).caption
    assert "only one row gave more than 0" in temperature_scaling(data=DATA["one row possible"]).caption


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (uploaded([1, 0] * 9, [0.6, 0.7] * 9), "9 other rows would be too few to fit it on, 10 are needed."),
        (
            uploaded([1] * 40, [0.6, 0.3] * 20),
            "in the 20 other rows only `1` occurs, which says nothing of the other cl",
        ),
        (uploaded([1, 0] * 20, [0.5] * 40), "on 20 other rows all classes that are possible have the same probability"),
        (uploaded([1, 0] * 20, [1, 0] * 20), "on 20 other rows the model is certain, which no temperature changes."),
    ],
)
def test_a_fit_that_cannot_be_made_says_why_and_marks_no_temperature(data, words):
    view = temperature_scaling(data=data)
    assert f"No temperature is fitted: {words}" in view.caption
    assert "fitted" not in json.dumps(view.figure.to_dict())
    assert "At T = 1, on 20 held-out rows" in view.caption or "At T = 1, on 9 held-out rows" in view.caption


def test_masks_stay_at_every_temperature_and_the_picture_says_so():
    for T in (0.2, 1.0, 5.0):
        view = temperature_scaling({"cool": T}, data=DATA["masks"])
        assert "A masked class keeps the probability 0 at every T. Left out here: 2 that gave 0" in view.caption
    assert "masked" not in temperature_scaling(data=sample()).caption


def test_a_file_of_several_labels_counts_predictions_and_names_its_label():
    data = DATA["several labels"]
    losses = losses_of_rows(shown=True, data=data)
    assert "the mean over 120 predictions" in losses.caption
    assert "of the predictions make up" in losses.caption
    drawn = json.dumps(losses.figure.to_dict())
    assert "24 worst predictions:" in drawn
    assert "base rates" in drawn
    assert "predictions, the largest loss first" in drawn
    temperature = temperature_scaling(data=data)
    assert "on 60 held-out predictions" in temperature.caption
    assert "fitted on 60 other predictions" in temperature.caption
    assert "probability of a label" in json.dumps(temperature.figure.to_dict())
    for index, name in enumerate(("sun", "<b>rain</b>", "snow")):
        view = decision_threshold(data=replace(data, class_of_interest=index))
        report = data.report
        own = report.predictions.tag == index
        found = int((own & (report.probs >= 0.5) & (report.predictions.labels == 1)).sum())
        called = int((own & (report.probs >= 0.5)).sum())
        assert f"the model gives {called} rows the label `{name}`. {found} of them have it, out of" in view.caption


def test_the_class_whose_probability_a_file_gives_is_named():
    data = DATA["words for classes"]
    assert "probability of &lt;i&gt;dog&lt;/i&gt;" in json.dumps(temperature_scaling(data=data).figure.to_dict())
    assert "rows `<i>dog</i>`." in decision_threshold(data=data).caption
    plain = uploaded([0, 1] * 20, [0.25, 0.5, 0.25, 0.75] * 10)
    assert "probability of class 1" in json.dumps(temperature_scaling(data=plain).figure.to_dict())
