"""The pictures of the lesson on label smoothing: what solves their tasks, what they say, and their code."""

import math
import re

import numpy as np
import pytest

from tests.views.helpers import run as run_code
from xent_ui.views.label_smoothing import STEPS, one_answer, run, teacher, two_runs


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (one_answer, {"gap": 4.5}, "floor"),
        (one_answer, {"classes": 1000}, "high_floor"),
        (two_runs, {"wrong": 0.3, "seed": 2}, "overconfident"),
        (two_runs, {"run_eps": 0.3, "wrong": 0.0}, "modest"),
        (teacher, {"teacher_eps": 0.2}, "flooded"),
    ],
)
def test_what_solves_each_task(picture, values, task):
    assert picture(values).solved[task]


def test_no_gap_is_below_the_floor():
    for gap in np.arange(0, 12.1, 0.1).round(1):
        assert not one_answer({"eps": 0.2, "classes": 2, "gap": float(gap)}).solved["below"], gap


def test_the_target_of_the_right_class_depends_on_the_number_of_classes():
    # "With two classes that is 0.95, with ten 0.91": 1 - 0.1 + 0.1 / K
    assert one_answer({"classes": 2}).caption.endswith("the target asks for 0.95.")
    assert one_answer().caption.endswith("the target asks for 0.91.")


def test_the_floor_of_ten_classes():
    # "here 0.500 nats"
    floor = -0.91 * math.log(0.91) - 9 * 0.01 * math.log(0.01)
    assert floor == pytest.approx(0.500, abs=5e-4)
    caption = one_answer({"gap": 4.5}, shown=True).caption
    assert "The loss is 0.500 nats: a floor of 0.500" in caption
    assert caption.endswith("The best gap is 4.51.")  # ln(0.91 / 0.01)
    assert one_answer.question.answer == pytest.approx(floor)


def test_the_floor_is_hidden_until_the_guess_is_locked_or_the_picture_moved():
    hidden = one_answer()
    assert "a floor of" not in hidden.caption
    assert not hidden.formula
    guess = {"guess_label_smoothing": 1.0}
    assert "a floor of" in one_answer(guess, locked=True).caption
    assert "it is **0.500 nats**" in one_answer.question.read(guess, locked=True).verdict


def test_a_hard_label_has_an_infinite_best_gap():
    caption = one_answer({"eps": 0.0}, shown=True).caption
    assert caption.endswith("a floor of 0 and 0.00301 too much. The best gap is ∞.")


@pytest.mark.parametrize("classes", [2, 20, 50, 1000])
def test_a_uniform_target_reached_leaves_a_slope_of_0_and_no_rounding_error(classes):
    formula = one_answer({"eps": 1.0, "gap": 0.0, "classes": classes}, shown=True).formula
    assert r"\times 10^{-1" not in formula
    assert "-0}" not in formula


def test_smoothing_caps_confidence_and_hardly_changes_what_is_right():
    # "the second is less sure, and about as often right"
    sure, right, smooth_sure, smooth_right = (int(n) for n in re.findall(r"(\d+) %", two_runs().caption))
    assert smooth_sure < sure
    assert abs(smooth_right - right) <= 3


def test_wrong_labels_make_the_network_surer_than_it_is_right():
    assert "the first run is 77 % sure and 58 % right" in two_runs({"wrong": 0.4, "trained": STEPS, "seed": 1}).caption


def test_training_stops_where_the_slider_stands():
    trained = run(0.0, 0.2, 1)
    caption = two_runs({"trained": 40}).caption
    share = trained.confidence[trained.step == 40][0]
    assert f"the first run is {share:.0%} sure".replace("%", " %") in caption
    assert max(two_runs({"trained": 40}).figure.data[0].x) == 40


def test_a_run_is_made_once_and_only_so_many_are_kept():
    assert run(0.1, 0.2, 1) is run(0.1, 0.2, 1)
    assert run.cache_info().maxsize


def test_the_ratio_of_the_teacher_with_and_without_smoothing():
    assert "dog 900 times as likely as lorry" in teacher({"teacher_eps": 0.0}).caption  # 0.09 / 0.0001
    ratio = (0.9 * 0.09 + 0.1 / 4) / (0.9 * 0.0001 + 0.1 / 4)
    assert f"dog {ratio:.2f} times as likely as lorry" in teacher({"teacher_eps": 0.1}).caption


def test_one_other_class_is_written_in_the_singular():
    def words(view):
        return [each for trace in view.figure.data if trace.type == "scatter" for each in trace.text or ()]

    assert any(each.startswith("1 other <b>") for each in words(one_answer({"classes": 2})))
    assert any(each.startswith("2 others, each <b>") for each in words(one_answer({"classes": 3})))


def test_the_code_of_a_thousand_classes_can_be_read():
    code = one_answer({"classes": 1000}, shown=True).code
    assert len(code.numpy) < 300
    assert "cross_entropy(z, torch.tensor(0), label_smoothing=0.1)" in code.torch
    target = 0.9 + 0.1 / 1000
    loss = math.log(math.exp(8) + 999) - target * 8
    assert run_code(code.numpy)["value"] == pytest.approx(loss)
