"""The pictures of the lesson on focal loss: what solves their tasks, what they say, and their code."""

import math

import numpy as np
import pytest

from tests.views.helpers import run
from xent_core import binary_cross_entropy_with_logits, sigmoid_focal_loss
from xent_core.reweighting import best_focal_report, log_odds
from xent_ui.views.focal_loss import (
    detector,
    focusing,
    honesty,
    honesty_focusing,
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
        (detector, {"alpha": 0.85}, "by_alpha"),
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


def test_honesty_is_never_cheapest_for_a_truth_above_one_half():
    for gamma in honesty_focusing.every_value[1::12]:
        for t in truth.every_value[1::8]:
            assert t - best_focal_report(t, gamma=gamma) > 1e-5
            assert not honesty({"truth": t, "bend": gamma}).solved["honest"], (t, gamma)
    assert not honesty({"truth": 0.5}).solved["honest"]
    assert not honesty({"bend": 0.0}).solved["honest"]


def test_focal_loss_can_pull_harder():
    # "At p = 0.1 and γ = 2 it pulls with 1.10 where cross-entropy pulls with 0.90: 22 % harder. Only above about
    # p = 0.30 does it pull less."
    assert ratio_of_pulls(0.1) == pytest.approx(1.22, abs=0.005)
    assert ratio_of_pulls(0.295) > 1 > ratio_of_pulls(0.305)
    caption = one_example({"pt": 0.1, "gamma": 2.0}, shown=True).caption
    assert caption.endswith(
        "focal loss costs 1.87 nats against cross-entropy's 2.30, and pulls with 1.10 against 0.900."
    )


def test_focal_loss_is_hidden_until_the_guess_is_locked_or_the_picture_moved():
    hidden = one_example()
    assert hidden.caption == "Cross-entropy in gray. Where will focal loss with γ = 2 be?"
    assert not hidden.formula
    assert len(hidden.figure.data) < len(one_example(shown=True).figure.data)
    locked = one_example.question.read({"guess_focal_loss": 0.5}, locked=True)
    assert "it is **1.10**" in locked.verdict


def test_a_thousand_easy_windows_outweigh_one_mistake():
    # "a thousand nothings outweigh the one mistake that matters"
    assert detector().caption.endswith(
        "holds 18.6 %; 1,000 windows that are 99 % sure of background hold 81.4 %."
    )  # -ln(0.1) = 2.30 beside -1000 ln(0.99) = 10.05
    assert "holds 99.8 %" in detector({"focus": 2.0, "alpha": 0.25}).caption
    assert "The object, at p = 0.1, holds 67.3 %" in detector({"focus": 0.0, "alpha": 0.9}).caption
    assert "holds 99.9 %" in detector({"focus": 2.0, "alpha": 0.5}).caption


def test_one_window_is_written_in_the_singular():
    assert "; 1 window that is 99 % sure of background holds " in detector({"windows": 1}).caption
    assert "; 10 windows that are 99 % sure of background hold " in detector({"windows": 10}).caption


def test_the_best_report_for_80_percent_is_62_7_percent():
    # "Trained with γ = 2, a model that should say 80 % says 62.7 %"
    assert best_focal_report(0.8, gamma=2.0) == pytest.approx(0.627, abs=5e-4)
    assert "the cheapest report is 0.627" in honesty().caption
    assert "reporting 0.9 costs" in honesty({"truth": 0.9, "report": 0.9}).caption


@pytest.mark.parametrize("probability", [0.5, 0.56, 0.86, 0.91, 0.96])
def test_the_slope_at_an_honest_report_to_cross_entropy_is_0_and_no_rounding_error(probability):
    formula = honesty({"truth": probability, "report": probability, "bend": 0.0}).formula
    assert "10^{-1" not in formula
    assert r"}{0}\end{aligned}" in formula


@pytest.mark.parametrize("what", ["loss", "pull"])
def test_the_code_of_the_detector_weighs_by_alpha_as_the_picture_does(what):
    p, sure, n, gamma, alpha = 0.1, 0.9, 30, 2.0, 0.25
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
