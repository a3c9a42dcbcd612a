"""The pictures of the lesson on cross-entropy: what solves their tasks, and what they say."""

import re

import numpy as np
import pytest

from tests.figures.helpers import label_text, labels
from tests.views.helpers import run
from xent_core import Unit, cross_entropy, entropy, huffman_code, js_divergence, kl_divergence
from xent_core.gaussians import BIMODAL, POINTS, closest_to_bimodal, discrete_gaussian
from xent_ui.figures.placement import width_of
from xent_ui.style.numbers import text
from xent_ui.views.cross_entropy import (
    BUILT_FOR,
    CLOSEST_HUMPS,
    believing_the_truth,
    cost,
    drift,
    labeled,
    one_hump,
    said,
    same_input,
    sum_of_cost,
    swapped,
    truth,
    wrong_code,
)

FAIR = {"q1": 50, "q2": 50}
NEVER_SENT = {"p1": 0, "p2": 10}  # A
BELIEVED_IMPOSSIBLE = {"q1": 0, "q2": 10}


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (cost, FAIR, "no_waste"),
        (cost, {"q2": 0}, "infinite"),
        (same_input, {"labeled": 7, "said": 0.7}, "to_the_floor"),
        (wrong_code, {"drift": 90}, "half_a_bit"),
        (one_hump, {"center": -2.0, "width": 0.7}, "seeks_a_mode"),
    ],
)
def test_what_solves_each_task(picture, values, task):
    assert picture(values).solved[task]


def test_a_truth_without_doubt_does_not_count_as_unsure():
    assert not cost({"p2": 0, "q2": 0}).solved["no_waste"]


def test_the_same_hump_solves_its_task_in_nats():
    # 6 bits are 4.16 nats, so a threshold of 6 nats would ask for another hump
    for unit in Unit:
        solved = {c: one_hump({"center": c, "width": 0.7, "unit": unit}).solved["seeks_a_mode"] for c in (-2.0, 1.0)}
        assert solved == {-2.0: True, 1.0: False}


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [(cost, FAIR, "below_floor"), (one_hump, {"center": -0.4, "width": 2.1}, "one_for_two")],
)
def test_impossible_tasks_are_not_solved_in_the_closest_states(picture, values, task):
    assert not picture(values).solved[task]


@pytest.mark.parametrize("values", [{}, {"unit": Unit.NATS}, {"sides": 3}, FAIR, {"q2": 0}])
def test_the_answer_is_hidden_until_a_guess_is_locked_or_a_control_is_moved(values):
    hidden, shown = cost(values), cost(values, shown=True)
    assert "H(p, q)" in shown.caption
    assert "H(p, q)" not in hidden.caption
    assert not hidden.formula
    assert hidden.code is None
    assert label_text(shown.figure).count("?") == 0
    assert label_text(hidden.figure).count("?") >= 3


def test_a_locked_guess_is_compared_with_the_truth():
    locked = cost({"guess_cross_entropy": 3.0}, locked=True)
    assert locked.caption.startswith("H(p, q) = 2.20 bits:")
    assert cost.question.answer == pytest.approx(-0.5 * np.log2(0.95) - 0.5 * np.log2(0.05))


def test_swapping_gives_one_bit():
    values = cost.settle({})
    assert swapped(values) == {"p1": 95, "p2": 5, "q1": 50, "q2": 50}
    caption = cost(values | swapped(values), shown=True).caption
    assert caption == "H(p, q) = 1.00 bits: H(p) 0.286 plus KL 0.714, overpaid minus saved."
    assert swapped(values | swapped(values)) == {"p1": 50, "p2": 50, "q1": 95, "q2": 5}


@pytest.mark.parametrize("sides", [2, 3, 4])
def test_presets_move_the_outcomes_that_are_shown(sides):
    values = cost.settle({"sides": sides, "p1": 7, "q1": 9})
    preset = believing_the_truth(values)
    assert list(preset) == [f"q{i}" for i in range(1, sides + 1)]
    assert cost(values | preset).solved["no_waste"]
    assert len(swapped(values)) == 2 * sides


def test_kl_is_not_a_distance():
    # "Believing that a fair coin is 90 : 10 wastes 0.737 bits per flip; believing that a 90 : 10 coin is fair … 0.531"
    fair, sure = np.array([0.5, 0.5]), np.array([0.9, 0.1])
    assert round(float(Unit.BITS.of(kl_divergence(fair, sure).value)), 3) == 0.737
    assert round(float(Unit.BITS.of(kl_divergence(sure, fair).value)), 3) == 0.531
    assert "KL 0.531" in cost({"p1": 90, "p2": 10} | FAIR, shown=True).caption
    assert "KL 0.737" in cost({"q1": 90, "q2": 10}, shown=True).caption


def test_the_smallest_cross_entropy_is_the_entropy():
    # "1 bit for a fair coin"
    assert "= 1.00 bits: H(p) 1.00 plus KL 0," in cost(FAIR, shown=True).caption


def test_js_is_never_more_than_a_bit():
    # "and is never more than 1 bit"
    assert float(Unit.BITS.of(js_divergence([1.0, 0.0], [0.0, 1.0]).value)) == pytest.approx(1)


@pytest.mark.parametrize(("fit", "told"), [("KL(p‖q)", "KL(p‖q) = 0.603"), ("KL(q‖p)", "KL(q‖p) = 0.73")])
def test_presets_find_the_best_hump(fit, told):
    values = one_hump.settle({})
    values |= CLOSEST_HUMPS[f"Least {fit}"](values)
    assert told in one_hump(values).caption
    assert one_hump.settle(one_hump.parse(one_hump.write(values))) == values, "a preset is a state with an address"


def test_the_waste_of_the_wrong_code():
    # 2.625 − 1.75 = 0.875; a code made for the reversed order needs 1.75 again
    told = wrong_code({"drift": 100}).caption
    assert told == "Old code: 2.62 bits per letter, 0.875 of them wasted. New code: 1.75."
    assert "needs 1.75 bits per letter, as many as the entropy." in wrong_code({"drift": 0}).caption


def test_the_old_code_is_called_the_best_one_only_where_it_is():
    for percent in drift.every_value:
        p = ((100 - percent) * BUILT_FOR + percent * BUILT_FOR[::-1]) / 100
        old, new = (float(p @ huffman_code(each).lengths) for each in (BUILT_FOR, p))
        told = wrong_code({"drift": percent}).caption
        parts = entropy(p).value + kl_divergence(p, BUILT_FOR).value
        assert float(Unit.BITS.of(parts)) == pytest.approx(old)
        assert ("No code is shorter" in told) == (percent > 0 and new > old - 1e-9)
        assert ("New code" in told) == (new < old - 1e-9)
    assert "New code: 2.00" in wrong_code({"drift": 40}).caption


def test_the_three_numbers_of_a_wasteful_code_add_up_at_every_drift():
    for percent in drift.every_value[1:]:
        view = wrong_code({"drift": percent})
        mean, waste = re.search(r"code: ([\d.]+) bits per letter, (\S+) of them", view.caption).groups()
        drawn = labels(view.figure)
        assert drawn[-2:] == [f"<b>{mean}</b>", drawn[-1]]
        if "×" not in view.caption:
            places = min(len(each.partition(".")[2]) for each in (mean, drawn[-1], waste))
            assert abs(float(drawn[-1]) + float(waste) - float(mean)) <= 0.5 * 10**-places + 1e-9, view.caption


def test_equal_inputs_have_a_floor_that_is_the_entropy_of_their_labels():
    # "Here p is the share of each label, and no model can do better than to say just that."
    for k in labeled.every_value:
        losses = {q: float(same_input({"labeled": k, "said": q}).code.value) for q in said.every_value}
        best = min(losses, key=losses.get)
        assert best == k / 10
        floor = float(Unit.BITS.of(entropy([k / 10, 1 - k / 10]).value))
        assert losses[best] == pytest.approx(floor)
        assert floor > 0
        solved = [q for q in said.every_value if same_input({"labeled": k, "said": q}).solved["to_the_floor"]]
        assert solved == [k / 10]
    assert r"{0}" in same_input({"labeled": 7, "said": 0.7}).formula.rsplit("=", 1)[1]


@pytest.mark.parametrize("values", [{}, {"p1": 25, "p2": 25}, {"unit": Unit.NATS}, {"sides": 3, "p3": 0, "q3": 0}])
def test_no_link_shows_the_answer_of_the_open_guess(values):
    view = cost(values)
    assert not re.search(r"2\.20|1\.52", view.caption + view.formula + view.notes + label_text(view.figure))


def test_the_best_hump_by_js_is_that_by_forward_kl_so_it_has_no_button():
    assert closest_to_bimodal("JS") == closest_to_bimodal("KL(p‖q)") != closest_to_bimodal("KL(q‖p)")
    assert list(CLOSEST_HUMPS) == ["Least KL(p‖q)", "Least KL(q‖p)"]


def test_forward_kl_covers_both_humps_and_reverse_kl_keeps_to_one():
    # "its best hump covers both, and the empty middle too … its best hump keeps to one"
    wide, narrow = (discrete_gaussian(POINTS, *closest_to_bimodal(name)) for name in ("KL(p‖q)", "KL(q‖p)"))
    middle = np.abs(POINTS) < 0.5
    right = POINTS > 1
    assert wide[middle].sum() > 5 * BIMODAL[middle].sum()
    assert wide[right].sum() > 0.2
    assert narrow[right].sum() < 1e-4 < BIMODAL[right].sum()


@pytest.mark.parametrize("unit", list(Unit))
def test_the_code_is_in_the_unit_of_the_picture(unit):
    value = float(unit.of(cross_entropy([0.5, 0.5], [0.95, 0.05]).value))
    view = cost({"unit": unit}, shown=True)
    assert f"H(p, q) = {text(value)} {unit.symbol}" in view.caption, "2.20 bits or 1.52 nats"
    left = run(view.code.numpy)
    assert float(left["value"]) == pytest.approx(value)
    np.testing.assert_allclose(left["grad"], unit.of(np.array([-0.5 / 0.95, -0.5 / 0.05])))


def test_the_code_says_where_the_slope_of_pytorch_is_no_number():
    nobody = cost({"sides": 3, "p3": 0, "q3": 0}, shown=True).code
    assert "slope for C is not a number" in nobody.differs
    assert nobody.grad[2] == 0
    assert not cost({"sides": 3, "p3": 0}, shown=True).code.differs
    assert not cost({"sides": 3, "q3": 0}, shown=True).code.differs


@pytest.mark.parametrize(
    ("values", "slope"),
    [
        (NEVER_SENT, r"= \textcolor{#037E4E}{0} \quad\text{because } \textcolor{#0B68AD}{p_A} = 0"),
        (
            NEVER_SENT | BELIEVED_IMPOSSIBLE,
            r"= \textcolor{#037E4E}{0} \quad\text{because } \textcolor{#0B68AD}{p_A} = 0",
        ),
        (BELIEVED_IMPOSSIBLE, r"\to \textcolor{#037E4E}{-\infty} \quad\text{as } \textcolor{#B65307}{q_A} \to 0"),
    ],
)
@pytest.mark.parametrize("unit", list(Unit))
def test_a_formula_with_a_probability_of_zero_divides_nothing_by_zero(values, slope, unit):
    formula = cost(values | {"unit": unit}, shown=True).formula
    assert slope in formula
    assert r"\frac{\textcolor{#0B68AD}{0}}" not in formula
    assert r"\textcolor{#B65307}{0}\,\ln 2" not in formula


def test_what_is_overpaid_minus_what_is_saved_is_kl_in_all_that_is_written():
    rng = np.random.default_rng(1)
    for _ in range(300):
        p, q = (truth.shares(rng.integers(1, 101, rng.integers(2, 5))) for _ in range(2))
        if len(p) != len(q):
            continue
        cost_now, waste = sum_of_cost(p, q, Unit.BITS), float(Unit.BITS.of(kl_divergence(p, q).value))
        assert cost_now.overpaid - cost_now.saved == pytest.approx(waste, abs=1e-12)
        assert cost_now.floor + waste == pytest.approx(cost_now.total)
        assert cost_now.overpaid >= cost_now.saved >= 0
        floor, overpaid, saved, total, kl = (
            float(text(each, cost_now.digits)) if each >= 1e-4 or not each else None
            for each in (cost_now.floor, cost_now.overpaid, cost_now.saved, cost_now.total, waste)
        )
        if None not in (overpaid, saved, kl):
            unit_in_last_place = 10.0 ** (1 - cost_now.digits + np.floor(np.log10(max(total, 1))))
            assert abs(floor + kl - total) <= unit_in_last_place
            assert abs(floor + overpaid - saved - total) <= unit_in_last_place


def test_captions_fit_one_line_beside_the_controls():
    captions = [wrong_code({"drift": percent}).caption for percent in drift.every_value]
    captions += [same_input({"labeled": k, "said": q}).caption for k in labeled.every_value for q in said.every_value]
    captions += [one_hump({"center": c, "width": w}).caption for c in (-4.0, 0.3, 1.0) for w in (0.4, 1.7, 4.0)]
    assert not [caption for caption in captions if width_of(caption, 16) > 613]
    rng = np.random.default_rng(2)
    for _ in range(200):
        sides = int(rng.integers(2, 5))
        weights = {f"{key}{i}": int(rng.integers(0, 101)) for key in "pq" for i in range(1, sides + 1)}
        caption = cost({"sides": sides, **weights}, shown=True).caption
        assert width_of(caption, 16) <= 613, caption


def test_an_infinite_area_says_why():
    assert r"\text{because } -\log_2" in cost(BELIEVED_IMPOSSIBLE, shown=True).formula
    assert "because" not in cost(FAIR, shown=True).formula
