"""The pictures of the lesson on class weights: what solves their tasks, what they say, and their code."""

import math

import numpy as np
import pytest

from tests.figures.helpers import label_text
from tests.views.helpers import run
from xent_core.reweighting import TwoGaussians, reweighted
from xent_ui.self_test.questions.checks.class_weights import CHECKS
from xent_ui.self_test.questions.problems import problem
from xent_ui.style import theme
from xent_ui.views.class_weights import (
    ILL,
    cost_of_line,
    pos_weight,
    report,
    spread,
    threshold,
    true_probability,
    weight_of_ill,
    what_it_says,
    where_the_line_is,
)

RARE = {"imbalance": 1000, "gap": 2.0}


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (where_the_line_is, RARE | {"scheme": "inverse"}, "found"),
        (where_the_line_is, RARE | {"scheme": "effective", "beta": 0.999}, "balanced"),
        (where_the_line_is, {"threshold": 0.01}, "same_line"),
        (what_it_says, {"chance": 0.1, "pos_weight": 9, "says": 0.5}, "cheapest"),
        (what_it_says, {"chance": 0.01, "pos_weight": 99}, "one_percent"),
    ],
)
def test_what_solves_each_task(picture, values, task):
    assert picture(values).solved[task]


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (where_the_line_is, {"gap": 4.0}, "perfect"),
        (where_the_line_is, {"imbalance": 1, "gap": 4.0}, "perfect"),
        (where_the_line_is, {"imbalance": 1000, "gap": 0.5}, "perfect"),
        (where_the_line_is, {"imbalance": 1, "gap": 0.5, "threshold": 0.999}, "perfect"),
        (where_the_line_is, {"imbalance": 1, "gap": 4.0, "threshold": 0.001}, "perfect"),
        (where_the_line_is, {"scheme": "inverse"}, "same_line"),
        (what_it_says, {"pos_weight": 1}, "unmoved"),
        (what_it_says, {"pos_weight": 2, "chance": 0.01}, "unmoved"),
        (what_it_says, {"pos_weight": 0.1, "chance": 0.99}, "unmoved"),
    ],
)
def test_impossible_tasks_are_not_solved_at_the_ends_of_the_ranges(picture, values, task):
    assert not picture(values).solved[task]


def test_the_answer_to_the_question_is_what_bayes_says():
    odds = 7.389056 / 100  # "7.39 times as common among the ill", who are 1 to 100
    ill, healthy = (math.exp(-((2 - mean) ** 2) / 2) for mean in (2, 0))
    assert ill / healthy == pytest.approx(7.389056)
    assert where_the_line_is.question.answer == pytest.approx(odds / (1 + odds))
    locked = where_the_line_is.question.read({"guess_class_weights": 0.5}, locked=True)
    assert "it is **0.069**" in locked.verdict


def test_the_line_its_recall_and_its_precision():
    caption = where_the_line_is().caption
    assert "the line lies at 3.30." in caption  # 1 + ln(100) / 2
    recall, alarmed = (0.5 * math.erfc((1 + math.log(100) / 2 - mean) / math.sqrt(2)) for mean in (2, 0))
    assert f"are {100 * recall:.2f}\u202f% of the ill, which is the recall, and {100 * alarmed:.2f}\u202f%" in caption
    assert f"Of all people beyond it, {100 * recall / (recall + 100 * alarmed):.2f}\u202f% are ill" in caption
    cost = 1000 * (1 * (1 - recall) + 100 * alarmed) / 101
    assert f"The mistakes cost {cost:.2f} per 1,000 people, the least of all lines." in caption


def test_no_line_costs_less_than_that_of_the_threshold_one_half():
    for values in ({}, {"scheme": "inverse"}, {"imbalance": 5, "gap": 0.7, "scheme": "effective"}):
        settled = where_the_line_is.settle(values)
        groups = TwoGaussians(settled["gap"], settled["imbalance"])
        weight = weight_of_ill(settled["scheme"], settled["imbalance"], settled["beta"])
        best = groups.boundary(pos_weight=weight)
        others = [cost_of_line(groups, x, weight) for x in np.arange(-4, 9, 0.1)]
        assert cost_of_line(groups, best, weight) < min(others) + 1e-9
        assert all("the least of all" not in where_the_line_is(values | {"threshold": p}).caption for p in (0.02, 0.9))


def test_a_drag_sets_the_threshold_whose_line_is_nearest():
    (handle,) = where_the_line_is({"scheme": "inverse"}).handles
    groups = TwoGaussians(2.0, 100)
    assert (handle.key, handle.axis) == ("threshold", "x")
    assert handle.values == pytest.approx(
        [groups.boundary(pos_weight=100) + math.log(p / (1 - p)) / 2 for p in threshold.every_value], abs=0.001
    )
    assert list(handle.values) == sorted(handle.values)


def test_the_people_are_spread_as_the_bell_curve_says():
    results = spread(1000)
    for x in (-1.0, 0.0, 0.5, 2.0):
        assert np.mean(results > x) == pytest.approx(0.5 * math.erfc(x / math.sqrt(2)), abs=0.0006)


def drawn_ill(view):
    ill = theme.class_color(1)
    marks = [each for each in view.figure.data if each.mode == "markers" and each.marker.symbol is None]
    return sum(len(each.x) for each in marks if ill in (each.marker.color, each.marker.line.color))


def test_an_open_guess_hides_the_ill_that_it_asks_about_and_nothing_else():
    for imbalance in (1, 100, 1000):
        for scheme in ("none", "inverse", "effective"):
            for gap in (0.5, 2.0, 4.0):
                values = {"imbalance": imbalance, "scheme": scheme, "gap": gap}
                hidden, shown = where_the_line_is(values), where_the_line_is(values, shown=True)
                assert (hidden.caption, hidden.formula) == (shown.caption, shown.formula)
                is_asked = imbalance == 100 and gap == 2
                assert drawn_ill(shown) == round(1000 / (1 + imbalance))
                assert drawn_ill(hidden) == drawn_ill(shown) - 2 * is_asked
                assert ("your guess" in label_text(hidden.figure)) is is_asked
                assert "0.069" not in f"{hidden.caption} {hidden.formula} {label_text(hidden.figure)}"
    locked = where_the_line_is({"guess_class_weights": 0.5}, locked=True)
    assert "of these 30,<br>your guess: 15<br>the truth: 2" in label_text(locked.figure)  # 2 / 30 is nearly 0.069


@pytest.mark.parametrize(("narrow", "row", "words"), [(False, 168, 24), (True, 115, 21)])
def test_the_dots_never_reach_the_words_above_them(narrow, row, words):
    for imbalance in where_the_line_is.controls["imbalance"].every_value:
        for values in ({"scheme": "none"}, {"scheme": "inverse"}, {"scheme": "effective", "beta": 0.99}):
            figure = where_the_line_is(values | {"imbalance": imbalance}, shown=True, narrow=narrow).figure
            for each in [each for each in figure.data if each.mode == "markers" and each.marker.size != 17]:
                highest = max(each.y, default=0) + each.marker.size / 2
                top = row if highest < row + words else 2 * row + words + 4
                assert highest <= top + 3  # the words stand 3 px higher


def test_equal_areas_with_inverse_weights():
    # "with inverse weights, both groups cover about the same area"
    for imbalance in where_the_line_is.controls["imbalance"].every_value:
        n_ill = round(1000 / (1 + imbalance))
        assert n_ill * imbalance == pytest.approx(1000 - n_ill, rel=0.03)


def test_a_line_farther_toward_the_healthy_has_more_recall_and_less_precision():
    # "When a weight on the ill moves the line toward the healthy, … recall rises; … precision falls."
    for imbalance in where_the_line_is.controls["imbalance"].every_value:
        for gap in where_the_line_is.controls["gap"].every_value[::5]:
            groups, edges = TwoGaussians(gap, imbalance), np.linspace(-3, 7, 41)
            found, alarmed = (np.array([groups.tail_probability(x, label) for x in edges]) for label in (1, 0))
            assert np.all(np.diff(found) <= 0)
            assert np.all(np.diff(found / (found + imbalance * alarmed)) >= -1e-12)


def test_the_effective_number_favors_the_ill_less_than_inverse_frequency_does():
    for imbalance in where_the_line_is.controls["imbalance"].every_value:
        for beta in where_the_line_is.controls["beta"].every_value:
            assert 1 <= weight_of_ill("effective", imbalance, beta) <= weight_of_ill("inverse", imbalance, beta) + 1e-9


def test_what_the_thousand_and_first_example_adds_to_the_effective_number():
    # "With β = 0.999, the 1,001st example counts for 0.37 of the first."
    counts = [(1 - 0.999**n) / (1 - 0.999) for n in (0, 1, 1000, 1001)]
    assert (counts[3] - counts[2]) / (counts[1] - counts[0]) == pytest.approx(0.37, abs=0.005)


def test_a_threshold_of_one_over_one_plus_w_draws_the_line_of_the_weight_w():
    for weight in pos_weight.every_value:
        groups = TwoGaussians(2.0, 100)
        assert groups.probability(groups.boundary(pos_weight=weight)) == pytest.approx(1 / (1 + weight))


def test_no_report_is_called_certain():
    for w in pos_weight.every_value:
        for t in true_probability.every_value:
            view = what_it_says({"chance": t, "pos_weight": w})
            assert "100 %" not in view.caption + label_text(view.figure)
    assert "says 99.999 %." in what_it_says({"chance": 0.99, "pos_weight": 999}).caption


def test_the_question_of_the_page_is_answered_by_its_picture():
    for number in range(1, 30):
        proof = problem(CHECKS[2].kind, number).proof
        assert what_it_says(what_it_says.parse(proof.values)).caption.endswith(f"it says {proof.shows}.")


def test_inverse_frequency_finds_84_percent_and_alarms_159_healthy_per_ill_person():
    # "Recall is 84.1 % now, but 15.9 % of the healthy are alarmed, too: 159 healthy people for each ill person"
    groups = TwoGaussians(2.0, 1000)
    edge = groups.boundary(pos_weight=1000)
    assert 1000 * groups.tail_probability(edge, 0) == pytest.approx(159, abs=0.5)
    caption = where_the_line_is(RARE | {"scheme": "inverse"}, shown=True).caption
    assert "who has a weight of 1000: the line lies at 1.00." in caption
    assert "Beyond it are 84.1 % of the ill, which is the recall, and 15.9 % of the healthy." in caption


def test_the_effective_number_weights_by_its_ratio():
    beta, n_healthy = 0.999, 100 * ILL
    ratio = (1 - beta**n_healthy) / (1 - beta**ILL)
    caption = where_the_line_is({"scheme": "effective", "beta": beta}, shown=True).caption
    assert f"has a weight of {ratio:.3g}:" in caption
    assert f"the line lies at {1 + math.log(100 / ratio) / 2:.2f}" in caption


def test_beta_is_a_control_of_the_effective_number_alone():
    assert "beta" not in where_the_line_is.shown_keys(where_the_line_is.settle({"scheme": "inverse"}))
    assert "beta" in where_the_line_is.shown_keys(where_the_line_is.settle({"scheme": "effective"}))


def test_a_ten_percent_risk_with_weight_nine_is_fifty_percent():
    # "With w = 9, a report of 50 % has the smallest expected loss where the true probability is 10 %"
    assert reweighted(0.1, 9) == pytest.approx(9 * 0.1 / (9 * 0.1 + 0.9))
    assert what_it_says().caption.startswith(
        "For a true probability of 10 % and a weight of 9, the weighted model says 50 %. Your 30 % has an expected loss"
    )
    assert what_it_says({"undo": True}).caption.endswith("says 50 %. With its odds divided by 9, it says 10 %.")


def test_the_slope_at_the_best_report_is_0_and_no_rounding_error():
    """(1 − p) q − w p (1 − q) is 0 at each of these, but its terms, once rounded, leave some 1e-17."""
    for w in pos_weight.every_value:
        for p in true_probability.every_value:
            best = round(w * p / (w * p + 1 - p), 9)
            if best in report.every_value and abs((1 - p) * best - w * p * (1 - best)) < 1e-9:
                formula = what_it_says({"chance": p, "pos_weight": w, "says": best}).formula
                assert "10^{-1" not in formula, (p, w, best)
                assert "{-0}" not in formula


def test_the_code_gives_the_loss_of_the_report_and_once_undone_the_corrected_probability():
    w, p, q = 9, 0.1, 0.3
    loss = -w * p * math.log(q) - (1 - p) * math.log(1 - q)
    assert run(what_it_says().code.numpy)["value"] == pytest.approx(loss)
    undone = run(what_it_says({"undo": True}).code.numpy)
    assert (float(undone["said"]), float(undone["value"])) == pytest.approx((0.5, 0.1))


def test_the_code_is_written_with_the_probabilities_of_the_controls():
    code = what_it_says({"says": 0.3}).code
    assert "log_odds(0.3), 0.1, pos_weight=9.0" in code.numpy
    assert np.isclose(code.grad, 0.9 * 0.3 - 9 * 0.1 * 0.7)


def test_a_weight_is_the_ratio_of_the_costs_of_the_two_mistakes():
    # "w is the right weight if missing an ill person is w times as bad as alarming a healthy one"
    for w in pos_weight.every_value:
        for t in true_probability.every_value:
            missed, alarmed = w * t, 1 - t  # the expected cost of the verdict "healthy", and that of "ill"
            assert (missed > alarmed + 1e-9) == (reweighted(t, w) > 0.5 + 1e-9)


def fitted(x, truth, weight):
    """Return the probabilities of the logit a + b·x with the smallest expected loss, by Newton's method."""
    rows, parameters = np.stack([np.ones_like(x), x]), np.zeros(2)
    for _ in range(50):
        p = 1 / (1 + np.exp(-parameters @ rows))
        grad = (1 - truth) * p - weight * truth * (1 - p)
        curvature = (1 - truth + weight * truth) * p * (1 - p)
        parameters = parameters - np.linalg.solve((rows * curvature) @ rows.T, rows @ grad)
    return 1 / (1 + np.exp(-parameters @ rows))


def test_dividing_the_odds_undoes_a_weight_only_if_the_model_can_make_the_best_reports():
    x, w = np.array([0.0, 1.0, 2.0]), 9
    able = 1 / (1 + np.exp(3 - x))
    assert reweighted(fitted(x, able, w), 1 / w) == pytest.approx(able)
    too_simple_for = np.array([0.1, 0.6, 0.2])
    undone = reweighted(fitted(x, too_simple_for, w), 1 / w)
    assert np.abs(undone - fitted(x, too_simple_for, 1)).max() > 0.02


def test_one_healthy_person_is_written_in_the_singular():
    assert where_the_line_is({"imbalance": 1}).caption.startswith("1 healthy person for each ill one, who")
    assert where_the_line_is({"imbalance": 2}).caption.startswith("2 healthy people for each ill one, who")
