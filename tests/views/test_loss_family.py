"""The pictures of the lesson on the family of losses: what solves their tasks, and what they say."""

import itertools
import math
import re

import numpy as np
import pytest

from tests.figures.helpers import labels
from tests.views.helpers import run, tensors, without_colors
from xent_core import (
    absolute_error,
    best_constant,
    categorical_cross_entropy,
    constant_prediction_loss,
    huber_loss,
    listnet_loss,
    pairwise_hinge_loss,
    squared_error,
)
from xent_ui.course.table import ROOT
from xent_ui.style import theme
from xent_ui.views.loss_family import (
    FORECASTS,
    RELEVANCE,
    an_order,
    castle,
    delta,
    in_bins,
    margin,
    one_number,
    price,
    yes_or_no,
)

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
    # "With the castle at 12, the best price is 4.56 under squared error and 3 under absolute error."
    best = "Best price in hundred thousand dollars: squared {}, absolute 3.00, Huber (δ = 1) 2.95."
    assert one_number({"castle": 12.0}, shown=True).caption == best.format("4.56")
    assert one_number(locked=True).caption == best.format("4.16")
    assert "Best price" not in one_number({"castle": 12.0}).caption, "a link reveals nothing"
    assert one_number.question.read({"guess_loss_family": 6.0}, locked=True).answer == pytest.approx(4.16)


def test_a_near_miss_in_bins_costs_as_much_as_a_far_one():
    # "with 70 % on one bin, a miss by one bin costs as much as a miss by eight"
    for bet, squared in ((4, "1.00"), (11, "64.0")):
        assert f"costs 3.60 nats; its squared error is {squared}." in in_bins({"bet": bet}).caption
    assert f"{-math.log(0.3 / 11):.2f}" == "3.60"
    assert "costs 0.357 nats; its squared error is 0." in in_bins({"bet": 3}).caption  # -ln 0.7


def test_with_a_soft_label_a_near_miss_in_bins_costs_less():
    # "Then a near miss costs less than a far one."
    soft = np.zeros(12)
    soft[2:5] = 0.1, 0.8, 0.1
    cost = categorical_cross_entropy(FORECASTS, soft).value
    assert cost[3] < min(cost[2], cost[4])
    assert max(cost[2], cost[4]) < min(*cost[:2], *cost[5:])


def test_the_best_price_under_huber_loss_need_not_lie_between_mean_and_median():
    # The page used to say that Huber loss "lies between them"; with the castle at 10 they are 4.16 and 3.
    assert best_constant(huber_loss, [2.0, 2.4, 3.0, 3.4, 10.0], delta=1.0) == pytest.approx(2.95)
    assert "between them" not in (ROOT / "pages/loss_family.py").read_text(encoding="utf-8")


def test_a_bell_curve_costs_less_the_nearer_it_is():
    costs = [
        float(re.search(r"costs (\S+) nats", in_bins({"bet": bet, "forecast": "bell"}).caption)[1]) for bet in range(12)
    ]
    by_distance = [cost for _, cost in sorted(zip([abs(bet - 3) for bet in range(12)], costs, strict=True))]
    assert by_distance == sorted(by_distance)
    assert costs[4] == pytest.approx(1 / 2 + math.log(2 * math.pi) / 2, abs=5e-3)


@pytest.mark.parametrize("sigma", [0.3, 1.0, 4.0])
def test_minus_log_of_a_gaussian_is_squared_error_up_to_scale_and_shift(sigma):
    # It used to say "halved", which holds for σ = 1 only.
    said, sold = np.linspace(0, 5, 11), 2.0
    density = np.exp(-((said - sold) ** 2) / (2 * sigma**2)) / (sigma * math.sqrt(2 * math.pi))
    rest = -np.log(density) - squared_error(said, sold).value / (2 * sigma**2)
    np.testing.assert_allclose(rest, rest[0])


def test_no_link_gives_the_best_price_away():
    for said in (4.16, 4.2, 0.0, 6.0, 12.0):
        for name in ("squared", "absolute", "Huber"):
            view = one_number({"price": said, "error": name})
            words = labels(view.figure)
            assert not view.formula
            assert not any("4.16" in each for each in [view.caption, *words])
            assert not any("slope" in each for each in words), "at a price of 6 the slope is 2 (6 − 4.16)"
            (known,) = [
                each
                for each in view.figure.data
                if each.mode == "lines" and each.line.color == theme.color("squared" if name == "squared" else "loss")
            ]
            assert min(known.x) == 6


def test_no_house_pulls_harder_than_delta():
    # "no house can pull harder than δ", and squared error pulls "harder the farther away it is"
    miss = np.linspace(-12, 12, 97)
    for size in delta.every_value:
        assert np.abs(huber_loss(miss, 0.0, delta=size).grad).max() == pytest.approx(size)
    assert (np.diff(np.abs(squared_error(np.linspace(0, 12, 50), 0.0).grad)) > 0).all()
    assert set(np.abs(absolute_error(miss[miss != 0], 0.0).grad)) == {1.0}


def test_under_absolute_error_the_castle_moves_the_best_price_hardly_or_not_at_all():
    for sold in castle.every_value:
        prices = [2.0, 2.4, 3.0, 3.4, sold]
        assert 2.4 <= round(best_constant(absolute_error, prices), 9) <= 3
        assert best_constant(squared_error, prices) == pytest.approx((10.8 + sold) / 5)


def test_a_margin_below_0_is_on_the_wrong_side():
    # The caption used to say "on the right side", which on an axis can mean the right-hand side.
    assert yes_or_no({"margin": -1.0}).caption.startswith("At a margin of −1, where the answer is wrong:")
    assert yes_or_no({"margin": 0.5}).caption.startswith("At a margin of 0.5, where the answer is right:")
    assert yes_or_no({"margin": 0.0}).caption.startswith("At a margin of 0, where yes and no are tied:")


def test_only_the_differences_of_scores_matter_and_the_top_weighs_most_in_list_net():
    scores = np.array([0.5, 1.2, -1.0, 0.8])
    for loss in (pairwise_hinge_loss, listnet_loss):
        assert loss(scores + 5, RELEVANCE).value == pytest.approx(loss(scores, RELEVANCE).value)
    # From the floor, a swap of the two best items costs more than one of the two worst.
    top, bottom = RELEVANCE[[1, 0, 2, 3]], RELEVANCE[[0, 1, 3, 2]]
    assert listnet_loss(top, RELEVANCE).value > listnet_loss(bottom, RELEVANCE).value + 0.1


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
    assert view.caption.endswith("the floor H 0.948 plus an excess of 0.")
    assert "10^{-" not in view.formula


@pytest.mark.parametrize("narrow", [False, True])
def test_the_formula_of_the_pairs_has_each_lead_once(narrow):
    written = without_colors(an_order({"sA": 2.5, "sB": 1.5, "sC": 0.5, "sD": 0.0}, narrow=narrow).formula)
    leads = re.findall(r"\((\d[.\d]*) - (\d[.\d]*)\)", written)
    scores = ["2.5", "1.5", "0.5", "0"]
    assert leads == list(itertools.combinations(scores, 2))


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("error", ["squared", "absolute", "Huber"])
def test_the_formula_of_a_price_has_a_term_for_each_house(error, narrow):
    written = without_colors(one_number({"error": error, "price": 5.0}, shown=True, narrow=narrow).formula)
    loss = written.split("L'")[0]
    for house in ("2.4", "3.4", "10"):
        assert loss.count(f"5 - {house}") == 1
