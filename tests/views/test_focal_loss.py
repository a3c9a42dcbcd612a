"""The pictures of the lesson on focal loss: what solves their tasks, what they say, and their code."""

import math
import re

import numpy as np
import pytest

from tests.figures.helpers import label_text
from tests.views.helpers import run
from xent_core import binary_cross_entropy_with_logits, sigmoid_focal_loss
from xent_core.reweighting import best_focal_report, log_odds
from xent_ui.self_test.questions.checks.focal_loss import CHECKS
from xent_ui.self_test.questions.problems import problem
from xent_ui.style import theme
from xent_ui.style.numbers import text
from xent_ui.views.focal_loss import (
    detector,
    focusing,
    honesty,
    honesty_focusing,
    losses_and_pulls,
    one_example,
    right_probability,
    truth,
)


def ratio_of_pulls(p, gamma=2.0):
    z = log_odds(p)
    return sigmoid_focal_loss(z, 1, gamma=gamma).grad / binary_cross_entropy_with_logits(z, np.ones_like(z)).grad


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (one_example, {"pt": 0.3}, "alike"),
        (one_example, {"pt": 0.97}, "thousand"),
        (detector, {"focus": 1.0}, "by_gamma"),
        (detector, {"alpha": 0.9}, "by_alpha"),
        (detector, {"focus": 2.0, "easy": 0.5}, "drowned"),
        (honesty, {"report": 0.627}, "cheapest"),
        (honesty, {"truth": 0.95, "bend": 5.0}, "shy"),
    ],
)
def test_what_solves_each_task(picture, values, task):
    assert picture(values).solved[task]


def test_no_example_costs_more_under_focal_loss():
    for gamma in focusing.every_value[::7]:
        for p in right_probability.every_value:
            assert not one_example({"pt": p, "gamma": gamma}).solved["dearer"], (p, gamma)


def test_the_truth_is_never_the_best_report_for_a_truth_above_one_half():
    for gamma in honesty_focusing.every_value[1::12]:
        for t in truth.every_value[1::8]:
            assert t - best_focal_report(t, gamma=gamma) > 1e-5
            assert not honesty({"truth": t, "bend": gamma}).solved["honest"], (t, gamma)
    assert not honesty({"truth": 0.5}).solved["honest"]
    assert not honesty({"bend": 0.0}).solved["honest"]


def test_focal_loss_can_pull_harder():
    # "At p = 0.2 and γ = 2 it pulls with 0.924 where cross-entropy pulls with 0.800: 16 % harder. With γ = 2, it pulls
    # less only where p is above about 0.30."
    assert ratio_of_pulls(0.2) == pytest.approx(1.16, abs=0.005)
    assert all(ratio_of_pulls(p) > 1 for p in np.linspace(0.005, 0.295, 59))
    assert all(ratio_of_pulls(p) < 1 for p in np.linspace(0.305, 0.995, 139))
    caption = one_example({"pt": 0.1, "gamma": 2.0}, shown=True).caption
    assert caption == (
        "At p = 0.10, focal loss is 1.87 nats where cross-entropy is 2.30 nats. It pulls with 1.10 where cross-entropy "
        "pulls with 0.900."
    )


def test_focal_loss_pulls_harder_on_the_worst_mistakes_for_every_gamma_above_0():
    for gamma in focusing.every_value[1:]:
        assert ratio_of_pulls(0.05, gamma) > 1
        assert ratio_of_pulls(0.5, gamma) < 1


def test_an_open_guess_hides_the_pull_on_hard_examples_and_nothing_else():
    for gamma in focusing.every_value[::5]:
        for p in right_probability.every_value[::7]:
            hidden, shown = (one_example({"pt": p, "gamma": gamma}, shown=shown) for shown in (False, True))
            pull = f"pulls with {text(abs(shown.code.grad.item()))} where cross-entropy"
            assert pull in shown.caption
            assert (pull in hidden.caption) is (p >= 0.5)
            assert bool(hidden.formula) is (p >= 0.5)
            below = [t for t in hidden.figure.data if t.mode == "lines" and t.yaxis == "y3" and t.line.width]
            drawn = next(t for t in below if t.line.color == theme.color("focal"))
            assert min(drawn.x) >= 0.5
            assert ("your guess" in label_text(hidden.figure)) is (gamma == 2)
    assert "focal loss is 1.87 nats" in one_example({"pt": 0.1}).caption
    locked = one_example.question.read({"guess_focal_loss": 0.5}, locked=True)
    assert "it is **1.10**" in locked.verdict


def test_no_link_shows_the_answer_while_the_guess_is_open():
    for p in right_probability.every_value:
        view = one_example({"pt": p})
        assert "1.10" not in f"{view.caption} {view.formula} {label_text(view.figure)}"
    for alpha in detector.controls["alpha"].every_value:
        view = detector({"focus": 2.0, "alpha": alpha, "ink": "pull"})
        pull = float(re.search(r"text\{object\} .*?\\textcolor\{#5A7C3B\}\{([\d.]+)\}", view.formula, re.DOTALL)[1])
        assert abs(pull / alpha - one_example.question.answer) > 0.1, "nor what is asked times α"


def test_a_thousand_easy_windows_outweigh_one_mistake():
    # "a thousand tiny losses outweigh the one mistake that matters"
    assert detector().caption == (
        "The object, at p = 0.2, has 13.8 % of the loss of this image, and 1,000 windows of background at p = 0.99 "
        "have 86.2 %."
    )  # -ln(0.2) = 1.61 beside -1000 ln(0.99) = 10.05
    assert "has 99.7 %" in detector({"focus": 2.0, "alpha": 0.25}).caption
    # "With α = 0.9 and no focusing, the object has 59 % of the loss, where it had 13.8 % with α = 0.5."
    assert "has 59 % of the loss" in detector({"focus": 0.0, "alpha": 0.9}).caption
    assert "has 99.9 %" in detector({"focus": 2.0, "alpha": 0.5}).caption


def test_focusing_alone_favors_the_object():
    shares = [float(re.search(r"has ([\d.]+) %", detector({"focus": g}).caption)[1]) for g in focusing.every_value]
    assert shares == sorted(shares)


def test_one_window_is_written_in_the_singular():
    assert "and 1 window of background at p = 0.99 has " in detector({"windows": 1}).caption
    assert "and 10 windows of background at p = 0.99 have " in detector({"windows": 10}).caption


def test_the_formula_of_the_detector_names_what_the_dots_share_out():
    for what, unit in (("loss", True), ("pull", False)):
        formula = detector({"ink": what}).formula
        assert ("nats" in formula) is unit
        assert formula.count("&=") == 8


def test_the_order_of_the_best_reports_is_that_of_the_truth_and_each_lies_between_one_half_and_the_truth():
    for gamma in honesty_focusing.every_value[::7]:
        best = [best_focal_report(t, gamma=gamma) for t in truth.every_value]
        assert np.all(np.diff(best) > 0)
        assert all(0.5 - 1e-9 <= report <= t + 1e-9 for report, t in zip(best, truth.every_value, strict=True))


def test_the_question_of_the_page_is_answered_by_its_picture():
    for number in range(1, 30):
        proof = problem(CHECKS[2].kind, number).proof
        assert proof.shows in one_example(one_example.parse(proof.values), shown=True).caption


def test_the_best_report_for_80_percent_is_62_7_percent():
    # "With γ = 2, a model that should say 80 % learns to say 62.7 %"
    assert best_focal_report(0.8, gamma=2.0) == pytest.approx(0.627, abs=5e-4)
    assert "The best report is p = 0.627" in honesty().caption
    # "The ring is at the true probability … That point is at 0.694"
    assert "the report p = 0.9 has" in honesty({"truth": 0.9, "report": 0.9}).caption
    assert "The best report is p = 0.694" in honesty({"truth": 0.9, "report": 0.9}).caption


@pytest.mark.parametrize("probability", [0.5, 0.56, 0.86, 0.91, 0.96])
def test_the_slope_at_an_honest_report_to_cross_entropy_is_0_and_no_rounding_error(probability):
    formula = honesty({"truth": probability, "report": probability, "bend": 0.0}).formula
    assert "10^{-1" not in formula
    assert r"}{0}\end{aligned}" in formula


@pytest.mark.parametrize("what", ["loss", "pull"])
def test_the_code_of_the_detector_weighs_by_alpha_as_the_picture_does(what):
    p, sure, n, gamma, alpha = 0.2, 0.9, 30, 2.0, 0.25
    code = detector({"windows": n, "easy": sure, "focus": gamma, "alpha": alpha, "ink": what}).code
    parts = {
        "loss": [-alpha * (1 - p) ** gamma * math.log(p), -n * (1 - alpha) * (1 - sure) ** gamma * math.log(sure)],
        "pull": [
            alpha * (1 - p) ** gamma * (1 - p - gamma * p * math.log(p)),
            n * (1 - alpha) * (1 - sure) ** gamma * (1 - sure - gamma * sure * math.log(sure)),
        ],
    }[what]
    assert run(code.numpy)["value"] == pytest.approx(np.array(parts) / sum(parts))
    assert code.value == pytest.approx(np.array(parts) / sum(parts))


def test_the_code_of_a_report_gives_its_expected_loss():
    t, q, gamma = 0.8, 0.6, 2.0
    loss = -t * (1 - q) ** gamma * math.log(q) - (1 - t) * q**gamma * math.log(1 - q)
    assert run(honesty({"truth": t, "report": q, "bend": gamma}).code.numpy)["value"] == pytest.approx(loss)


def test_what_easy_and_hard_examples_keep_with_gamma_2():
    # "an easy example of p = 0.9 keeps 1 % of the loss and 2.9 % of the pull …, a hard one of p = 0.1 keeps 81 %"
    plain, focal = losses_and_pulls(np.array([0.9, 0.1]), 2.0)
    assert focal.loss / plain.loss == pytest.approx([0.1**2, 0.9**2])
    assert focal.pull[0] / plain.pull[0] == pytest.approx(0.029, abs=0.0005)
