"""The pictures of the lesson on class weights: what solves their tasks, what they say, and their code."""

import math

import numpy as np
import pytest

from tests.views.helpers import run
from xent_core.reweighting import TwoGaussians, reweighted
from xent_ui.views.class_weights import ILL, pos_weight, report, true_probability, what_it_says, where_the_line_is

RARE = {"imbalance": 1000, "gap": 2.0}


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (where_the_line_is, RARE | {"scheme": "inverse"}, "found"),
        (where_the_line_is, RARE | {"scheme": "effective", "beta": 0.999}, "balanced"),
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
        (what_it_says, {"pos_weight": 1}, "unmoved"),
        (what_it_says, {"pos_weight": 2, "chance": 0.01}, "unmoved"),
        (what_it_says, {"pos_weight": 0.1, "chance": 0.99}, "unmoved"),
    ],
)
def test_impossible_tasks_are_not_solved_at_the_ends_of_the_ranges(picture, values, task):
    assert not picture(values).solved[task]


def test_the_answer_to_the_question_is_what_bayes_says():
    odds = math.exp(2) / 100  # 2 is e² times as likely among the ill, who are 1 to 100
    assert where_the_line_is.question.answer == pytest.approx(odds / (1 + odds))
    locked = where_the_line_is.question.read({"guess_class_weights": 0.5}, locked=True)
    assert "it is **0.069**" in locked.verdict


def test_the_line_is_hidden_until_the_guess_is_locked_or_the_picture_moved():
    hidden = where_the_line_is()
    assert hidden.caption == "Healthy and ill, 100 to 1. Where would you draw the line?"
    assert not hidden.formula
    shown = where_the_line_is(shown=True)
    assert shown.caption.startswith(
        "1:100, each ill person has a weight of 1: the line lies at 3.30."
    )  # 1 + ln(100) / 2
    assert where_the_line_is(locked=True).caption == shown.caption


def test_inverse_frequency_finds_84_percent_and_alarms_159_healthy_per_ill_person():
    # "Now it finds 84.1 % of the ill, and alarms 15.9 % of the healthy: per ill person, 159 healthy ones."
    groups = TwoGaussians(2.0, 1000)
    edge = groups.boundary(pos_weight=1000)
    assert 1000 * groups.tail_probability(edge, 0) == pytest.approx(159, abs=0.5)
    caption = where_the_line_is(RARE | {"scheme": "inverse"}, shown=True).caption
    assert "each ill person has a weight of 1000: the line lies at 1.00." in caption
    assert "Beyond it are 84.1 % of the ill and 15.9 % of the healthy." in caption


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
    # "With w = 9 the cheapest thing to say about a 10 % risk is 50 %."
    assert reweighted(0.1, 9) == pytest.approx(9 * 0.1 / (9 * 0.1 + 0.9))
    assert what_it_says().caption.startswith("True 10 %, weight 9: the weighted model says 50 %. Your 30 % costs")
    assert what_it_says({"undo": True}).caption.endswith("says 50 %, and divided by the weight again 10 %.")


def test_the_slope_at_the_cheapest_report_is_0_and_no_rounding_error():
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
