import math

import numpy as np
import pytest

from tests.pages.helpers import check_challenges, is_solved, open_lesson, says
from xent_core import absolute_error, squared_error
from xent_core.regression import best_constant, constant_prediction_loss

SIDE, ORDER = {"task": "yes or no"}, {"task": "an order"}


def test_each_challenge_has_a_state_that_solves_it():
    check_challenges(
        "loss_family",
        {
            "Castle at 10: say what costs least under squared error.": {"price": 4.16},
            "Drag the castle until mean and median agree": {"castle": 4.2},
        },
    )


@pytest.mark.parametrize(
    ("task", "start", "state"),
    [
        ("Make the hinge content while log loss still asks for more.", SIDE, {"margin": 1}),
        ("Make the squared hinge cost 4.", SIDE, {"margin": -1}),
        ("Bring the pairwise hinge to 0.", ORDER, {"sA": 3, "sB": 2, "sC": 1, "sD": 0}),
        ("Bring ListNet within 0.001 of its floor.", ORDER, {"sA": 2.5, "sB": 1.5, "sC": 0.5, "sD": -0.5}),
    ],
)
def test_each_challenge_of_the_other_tasks_has_one_too(task, start, state):
    assert not is_solved(open_lesson("loss_family", **start), task)
    assert is_solved(open_lesson("loss_family", **start, **state), task)


@pytest.mark.parametrize(
    ("task", "name", "start", "states"),
    [
        ("Keep the castle dearer than 3 and make the median move.", "median", {}, [{"castle": 3.1}, {"castle": 12}]),
        ("Make log loss 0.", "zero", SIDE, [{"margin": 3}]),
        ("Bring ListNet below 0.9 nats.", "below", ORDER, [{"sA": 3, "sB": 2, "sC": 1, "sD": 0}, {"sA": 3, "sD": -3}]),
    ],
)
def test_what_cannot_be_done_is_seen_through_not_found(task, name, start, states):
    for state in states:
        assert not is_solved(open_lesson("loss_family", **start, **state), task)
    page = open_lesson("loss_family", **start)
    page.toggle(key=f"forbidden_loss_family_{name}").set_value(True).run()
    assert is_solved(page, task)


def test_the_castle_pulls_the_mean_and_not_the_median():
    # "With the castle at 12, squared error ends at 4.56 and absolute error at 3."
    assert says(open_lesson("loss_family", castle=12), "Cheapest to say: squared 4.56, absolute 3.00, Huber 2.95.")
    assert not says(open_lesson("loss_family"), "Cheapest to say")
    assert says(open_lesson("loss_family", lock_loss_family="true"), "it is **4.16**")


def test_a_near_miss_in_bins_costs_what_a_far_one_costs():
    # "one off or eight off, the price of being wrong is the same"
    costs = {bet: open_lesson("loss_family", bet=bet) for bet in (4, 11)}
    for page in costs.values():
        assert says(page, "costs 3.60 nats of cross-entropy")
    assert says(costs[11], "64.0 of squared error")


def test_minus_log_of_a_bell_curve_is_half_the_squared_error_plus_a_constant():
    # "−log of it *is* squared error, halved, plus a constant"
    said, sold = np.linspace(0, 5, 11), 2.0
    density = np.exp(-((said - sold) ** 2) / 2) / math.sqrt(2 * math.pi)
    rest = -np.log(density) - squared_error(said, sold).value / 2
    np.testing.assert_allclose(rest, rest[0])


def test_best_constants_are_mean_and_median():
    prices = np.random.default_rng(1).exponential(size=31)
    assert best_constant(squared_error, prices) == pytest.approx(prices.mean(), abs=1e-9)
    assert best_constant(absolute_error, prices) == pytest.approx(np.median(prices), abs=1e-9)
    with pytest.raises(ValueError, match=r"target must have shape \(N,\) with N at least 1, got \(0,\)"):
        constant_prediction_loss(squared_error, 1.0, [])


@pytest.mark.parametrize(
    ("choice", "lesson"),
    [("one of many", "Softmax cross-entropy"), ("a rare class", "Focal loss"), ("a distribution", "Label smoothing")],
)
def test_tasks_with_a_lesson_of_their_own_lead_there(choice, lesson):
    page = open_lesson("loss_family", task=choice)
    assert any(lesson in link.proto.label for link in page.main.get("page_link"))


@pytest.mark.parametrize(
    ("card", "sentence"),
    [
        ("what", "squared 4.56, absolute 3.00"),
        ("order", "By score the order is A B C D. 6 of 6 pairs lack a lead of 1"),
    ],
)
def test_each_card_sets_its_counterexample(card, sentence):
    page = open_lesson("loss_family")
    page.button_group(key=f"vote_{card}").set_value("I agree").run()
    page.button(key=f"show_{card}").click().run()
    assert not page.exception
    assert says(page, sentence)
