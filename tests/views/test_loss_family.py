"""The pictures of the lesson on the family of losses: what solves their tasks, and what they say."""

import math
import re

import numpy as np
import pytest

from tests.views.helpers import run, tensors, without_colors
from xent_core import absolute_error, best_constant, constant_prediction_loss, squared_error
from xent_ui.views.loss_family import an_order, in_bins, margin, one_number, price, yes_or_no

TIES = {"sA": 2.3, "sB": 1.3, "sC": 0.3, "sD": -0.7}  # every neighbor leads by 1, but in binary 2.3 - 1.3 is less


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (one_number, {"price": 4.16}, "mean"),
        (one_number, {"castle": 4.2}, "agree"),
        (yes_or_no, {"margin": 1.0}, "content"),
        (yes_or_no, {"margin": -1.0}, "four"),
        (an_order, {"sA": 3.0, "sB": 2.0, "sC": 1.0, "sD": 0.0}, "no_pair"),
        (an_order, TIES, "no_pair"),
        (an_order, {"sA": 2.5, "sB": 1.5, "sC": 0.5, "sD": -0.5}, "to_the_floor"),
    ],
)
def test_what_solves_each_task(picture, values, task):
    assert picture(values).solved[task]


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (one_number, {"castle": 3.1}, "median"),
        (one_number, {"castle": 12.0}, "median"),
        (yes_or_no, {"margin": 3.0}, "zero"),
        (an_order, {"sA": 3.0, "sB": 2.0, "sC": 1.0, "sD": 0.0}, "below"),
        (an_order, {"sA": 3.0, "sD": -3.0}, "below"),
    ],
)
def test_impossible_tasks_are_not_solved_in_the_closest_states(picture, values, task):
    assert not picture(values).solved[task]


def test_the_castle_pulls_the_mean_and_not_the_median():
    # "With the castle at 12, squared error ends at 4.56 and absolute error at 3."
    best = "Best price under each loss: squared {}, absolute 3.00, Huber 2.95."
    assert one_number({"castle": 12.0}, shown=True).caption == best.format("4.56")
    assert one_number(locked=True).caption == best.format("4.16")
    assert "Best price" not in one_number({"castle": 12.0}).caption, "a link reveals nothing"
    assert one_number.question.read({"guess_loss_family": 6.0}, locked=True).answer == pytest.approx(4.16)


def test_a_near_miss_in_bins_costs_as_much_as_a_far_one():
    # "one off or eight off, the price of being wrong is the same"
    for bet, squared in ((4, "1.00"), (11, "64.0")):
        assert f"cross-entropy of 3.60 nats and a squared error of {squared}." in in_bins({"bet": bet}).caption


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


def test_the_order_of_the_card_still_lacks_all_leads():
    shown = an_order({"of_list": "pairs", "sA": 0.3, "sB": 0.2, "sC": 0.1, "sD": 0.0}).caption
    assert shown.startswith("By score the order is A B C D. 6 pairs of 6 lack a lead of 1:")


def test_one_pair_is_written_in_the_singular():
    shown = an_order({"sA": 3.0, "sB": 1.5, "sC": 0.0, "sD": -0.9}).caption
    assert "1 pair of 6 lacks a lead of 1: pairwise hinge 0.0167." in shown  # 0.1 / 6


def test_huber_has_a_delta_and_the_others_have_none():
    assert "delta" not in one_number.shown_keys(one_number.settle({"error": "squared"}))
    assert "delta" in one_number.shown_keys(one_number.settle({"error": "Huber"}))


@pytest.mark.parametrize(
    ("error", "value", "slope"),
    [
        # six against 2, 2.4, 3, 3.4 and 10: (16 + 12.96 + 9 + 6.76 + 16) / 5 and 2 (6 - 4.16)
        ("squared", 12.144, 3.68),
        ("absolute", (4 + 3.6 + 3 + 2.6 + 4) / 5, 3 / 5),
        ("Huber", (3.5 + 3.1 + 2.5 + 2.1 + 3.5) / 5, 3 / 5),
    ],
)
def test_the_code_computes_the_mean_over_the_houses_which_the_picture_shows(error, value, slope):
    # The code used to print five losses and the sum of their slopes, 18.4, beside the picture's 3.68.
    left = run(one_number({"error": error}).code.numpy)
    assert left["value"] == pytest.approx(value)
    assert left["grad"] == pytest.approx(slope)
    shown = str(one_number({"error": error}, shown=True).figure.to_dict())
    assert f"{value:.3g}" in shown
    assert f"slope +{slope:.3g}" in shown


def torch_of(code):
    """Run the PyTorch program and return its value and the slope of its tensor."""
    pytest.importorskip("torch")
    left = run(code.torch)
    (tensor,) = tensors(left)
    return left["value"].item(), tensor.grad.numpy()


@pytest.mark.parametrize("name", ["log loss", "hinge", "squared hinge"])
@pytest.mark.parametrize("m", [-1.0, 0.95, 1.0, 1.05])
def test_pytorch_differs_at_the_kink_of_the_hinge_and_says_so_there_alone(m, name):
    code = yes_or_no({"margin": m, "of_margin": name}).code
    value, slope = torch_of(code)
    assert value == pytest.approx(float(code.value), abs=1e-12)
    kink = name == "hinge" and m == 1
    assert bool(code.differs) == kink
    assert np.allclose(slope, code.grad) == (not kink)


@pytest.mark.parametrize(
    ("scores", "kink"),
    [
        (TIES, True),
        ({"sA": 3.0, "sB": 2.0, "sC": 1.0, "sD": 0.0}, True),
        ({"sA": 0.3, "sB": -0.7, "sC": 3.0, "sD": 0.5}, True),  # 0.3 + 0.7 is less than 1 in binary
        ({"sA": 3.0, "sB": 1.9, "sC": 0.8, "sD": -0.3}, False),
        ({}, False),
    ],
)
def test_pytorch_differs_where_a_lead_is_exactly_1_and_says_so_there_alone(scores, kink):
    code = an_order(scores).code
    value, slope = torch_of(code)
    assert value == pytest.approx(float(code.value), abs=1e-12)
    assert bool(code.differs) == kink
    assert np.allclose(slope, code.grad) == (not kink)
    assert run(code.numpy)["value"] == code.value
    np.testing.assert_allclose(run(code.numpy)["grad"], code.grad, atol=1e-12)


def test_a_lead_that_is_shown_as_1_counts_as_1():
    # In binary, 2.3 - 1.3 is less than 1: a pair used to lack 2 × 10⁻¹⁶, and the task stayed open.
    view = an_order(TIES)
    assert view.caption.endswith("0 pairs of 6 lack a lead of 1: pairwise hinge 0.")
    assert not any(trace.mode == "lines+markers" for trace in view.figure.data), "no arrow where nothing moves"


@pytest.mark.parametrize("name", ["log loss", "hinge", "squared hinge"])
def test_no_formula_of_a_margin_has_a_negative_zero_or_a_double_sign(name):
    for m in margin.every_value:
        shown = without_colors(yes_or_no({"margin": m, "of_margin": name}).formula)
        assert not re.search(r"-0(?![.\d])|--|- -", shown), shown
    assert "e^{1})" in without_colors(yes_or_no({"margin": -1.0, "of_margin": "log loss"}).formula)


@pytest.mark.parametrize("error", ["squared", "absolute", "Huber"])
def test_a_slope_of_zero_is_shown_as_zero(error):
    for said in price.every_value[::4]:
        view = one_number({"error": error, "price": said}, shown=True)
        assert "10^{-1" not in view.formula
        assert "× 10⁻¹" not in str(view.figure.to_dict())
    assert "slope 0'" in str(one_number({"price": 4.16}, shown=True).figure.to_dict())


def test_list_net_at_its_floor_has_no_excess_and_no_slope():
    view = an_order({"of_list": "list", "sA": 1.5, "sB": 0.5, "sC": -0.5, "sD": -1.5})
    assert view.caption.endswith("excess 0.")
    assert "10^{-" not in view.formula
