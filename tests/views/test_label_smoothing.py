"""The pictures of the lesson on label smoothing: what solves their tasks, what they say, and their code."""

import math
import re
from itertools import product

import numpy as np
import pytest

from tests.figures.helpers import labels
from tests.views.helpers import run as run_code
from xent_core import entropy, one_hot, smooth_labels, softmax, sparse_softmax_cross_entropy
from xent_ui.style import theme
from xent_ui.style.numbers import digits_of_sum
from xent_ui.views.label_smoothing import STEPS, UNSMOOTHED, logit_gap, logits_of, one_answer, run, teacher, two_runs


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
    # "The smoothed label is (0.9, 0.1), whose entropy is 0.325 nats."
    assert -0.9 * math.log(0.9) - 0.1 * math.log(0.1) == pytest.approx(0.325, abs=5e-4)
    for gap in logit_gap.every_value:
        assert not one_answer({"eps": 0.2, "classes": 2, "gap": gap}).solved["below"], gap


def test_the_target_of_the_right_class_depends_on_the_number_of_classes():
    # "With two classes its target is 0.95, with ten 0.91": 1 - 0.1 + 0.1 / K
    assert one_answer({"classes": 2}).caption.endswith("its target is 0.95.")
    assert one_answer().caption.endswith("its target is 0.91.")


def test_a_model_that_is_almost_certain_is_not_shown_as_certain():
    # 1 / (1 + e^-12) used to be written 1.00
    view = one_answer({"classes": 2, "gap": 12.0}, shown=True)
    assert view.caption.startswith("The model gives the right class 0.99999;")
    assert not any("1.00" in words for words in labels(view.figure))


def test_the_floor_of_ten_classes():
    # "here 0.500 nats"
    floor = -0.91 * math.log(0.91) - 9 * 0.01 * math.log(0.01)
    assert floor == pytest.approx(0.500, abs=5e-4)
    caption = one_answer({"gap": 4.5}, shown=True).caption
    assert "The loss is 0.500 nats: the floor H 0.500 plus an excess of 4.84 × 10⁻⁶." in caption
    assert caption.endswith("The best gap is 4.51.")  # ln(0.91 / 0.01)
    assert one_answer.question.answer == pytest.approx(floor)


def test_the_floor_is_hidden_until_the_guess_is_locked_or_the_picture_moved():
    hidden = one_answer()
    assert "floor" not in hidden.caption
    assert not hidden.formula
    guess = {"guess_label_smoothing": 1.0}
    assert "the floor H 0.500" in one_answer(guess, locked=True).caption
    assert "it is **0.500 nats**" in one_answer.question.read(guess, locked=True).verdict


def test_no_link_gives_the_floor_away_and_the_known_part_of_the_curve_stays():
    for gap in logit_gap.every_value:
        view = one_answer({"gap": gap})
        assert "nats" not in view.caption
        assert not any(words.strip().startswith("H ") for words in labels(view.figure))
        (known,) = [
            trace
            for trace in view.figure.data
            if trace.type == "scatter" and trace.line.color == theme.color("loss") and trace.mode == "lines"
        ]
        assert max(known.x) == 2
        assert np.nanmin(known.y) > 0.9


def test_a_hard_label_has_an_infinite_best_gap():
    caption = one_answer({"eps": 0.0, "gap": 8.0}, shown=True).caption
    assert caption.endswith("the floor H 0 plus an excess of 0.00301. The best gap is ∞.")


@pytest.mark.parametrize("eps", [0.01, 0.1, 0.2, 0.5, 0.9, 1.0])
@pytest.mark.parametrize("classes", [2, 10, 1000])
def test_floor_and_excess_add_up_as_they_are_written(eps, classes):
    for gap in logit_gap.every_value[::7]:
        caption = one_answer({"eps": eps, "classes": classes, "gap": gap}, shown=True).caption
        loss, floor, excess = re.search(
            r"loss is (\S+) nats: the floor H (\S+) plus an excess of (.+?)\. "
            "The",
            caption,
        ).groups()
        if "×" not in excess:
            places = min(len(part.partition(".")[2]) for part in (loss, floor, excess) if float(part))
            assert abs(float(floor) + float(excess) - float(loss)) <= 0.51 * 10**-places, caption


def test_no_sum_is_written_with_more_digits_than_anybody_reads():
    # the floor 0.198515 + the excess 0.164746 = 0.363262: with as many digits as its parts it adds up only with ten
    caption = one_answer({"eps": 0.1, "classes": 2, "gap": 1.0}, shown=True).caption
    assert "The loss is 0.363 nats: the floor H 0.1985 plus an excess of 0.1647." in caption
    for eps, classes in product((0.1, 0.41, 0.6, 0.75), (2, 3, 4, 5, 10)):
        floor = float(entropy(smooth_labels(one_hot(0, classes), eps)).value)
        for gap in logit_gap.every_value:
            loss = float(sparse_softmax_cross_entropy(logits_of(gap, classes), 0, label_smoothing=eps).value)
            assert max(digits_of_sum(floor, round(max(0.0, loss - floor), 12))) <= 4, (eps, classes, gap)


@pytest.mark.parametrize(("eps", "classes"), [(0.1, 10), (0.3, 5), (0.05, 100)])
def test_beyond_the_best_gap_the_gradient_changes_its_sign_and_the_loss_rises(eps, classes):
    # "the loss is lowest where the model's probabilities equal the label; beyond that gap the gradient ... changes "
    "its sign"
    z = logits_of(np.array(logit_gap.every_value), classes)
    loss = sparse_softmax_cross_entropy(z, np.zeros(len(z), int), label_smoothing=eps)
    best = math.log((1 - eps + eps / classes) / (eps / classes))
    beyond = np.array(logit_gap.every_value) > best
    assert (loss.grad[beyond, 0] > 0).all()
    assert (loss.grad[~beyond, 0] < 0).all()
    assert (np.diff(loss.value[beyond]) > 0).all()
    np.testing.assert_allclose(softmax(logits_of(best, classes)), smooth_labels(one_hot(0, classes), eps))


@pytest.mark.parametrize("classes", [2, 20, 50, 1000])
def test_a_uniform_target_reached_leaves_a_slope_of_0_and_no_rounding_error(classes):
    formula = one_answer({"eps": 1.0, "gap": 0.0, "classes": classes}, shown=True).formula
    assert r"\times 10^{-1" not in formula
    assert "-0}" not in formula


def test_with_smoothing_most_runs_end_less_confident_and_nearer_to_their_accuracy():
    # "for 18 of the 20 random seeds, and on average its confidence is 7 points from its accuracy instead of 10"
    ends = np.array([[run(eps, 0.2, seed).at(STEPS) for eps in (0.0, 0.1)] for seed in range(1, 21)])
    (hard_sure, hard_right), (sure, right) = ends[:, 0].T, ends[:, 1].T
    assert (sure < hard_sure).sum() == 18
    assert (round(100 * np.abs(hard_sure - hard_right).mean()), round(100 * np.abs(sure - right).mean())) == (10, 7)
    # "Which of the two is right more often depends on the seed."
    assert min((right > hard_right).sum(), (right < hard_right).sum()) >= 5


def test_the_caption_names_confidence_and_accuracy_of_both_runs():
    # It used to say "the first run is 90 % sure and 72 % right and the second run is ...".
    assert two_runs().caption == (
        "After 80 steps, measured on 1,000 new points with right labels: hard labels, confidence 90 % and accuracy "
        "72 %; smoothed, confidence 84 % and accuracy 72 %."
    )


def test_training_stops_where_the_slider_stands():
    trained = run(0.0, 0.2, 1)
    caption = two_runs({"trained": 40}).caption
    share = trained.confidence[trained.step == 40][0]
    assert f"hard labels, confidence {share:.0%} and".replace("%", " %") in caption
    assert max(two_runs({"trained": 40}).figure.data[0].x) == 40


def test_a_run_is_made_once_and_only_so_many_are_kept():
    assert run(0.1, 0.2, 1) is run(0.1, 0.2, 1)
    assert run.cache_info().maxsize


def test_the_ratio_of_the_teacher_with_and_without_smoothing():
    assert "dog 900 times as likely as truck" in teacher({"teacher_eps": 0.0}).caption  # 0.09 / 0.0001
    ratio = (0.9 * 0.09 + 0.1 / 4) / (0.9 * 0.0001 + 0.1 / 4)
    assert f"dog {ratio:.2f} times as likely as truck" in teacher({"teacher_eps": 0.1}).caption


def test_smoothing_a_teacher_can_be_undone_with_exact_numbers():
    # "A student with exact numbers could undo the formula"
    smoothed = 0.7 * UNSMOOTHED + 0.3 / 4
    np.testing.assert_allclose((smoothed - 0.3 / 4) / 0.7, UNSMOOTHED, rtol=1e-9)
    # "dog is 900 times as likely as truck ... 1.84 times after smoothing with ε = 0.3"
    assert "dog 1.84 times as likely as truck; without, 900 times." in teacher({"teacher_eps": 0.3}).caption


def test_one_other_class_is_written_in_the_singular():
    assert any(each.startswith("1 other <b>") for each in labels(one_answer({"classes": 2}).figure))
    assert any(each.startswith("999 × <b>") for each in labels(one_answer({"classes": 1000}).figure))
    assert any(each.startswith("2 others, each <b>") for each in labels(one_answer({"classes": 3}).figure))


def test_the_code_of_a_thousand_classes_can_be_read():
    code = one_answer({"classes": 1000, "gap": 8.0}, shown=True).code
    assert len(code.numpy) < 300
    assert "cross_entropy(z, torch.tensor(0), label_smoothing=0.1)" in code.torch
    target = 0.9 + 0.1 / 1000
    loss = math.log(math.exp(8) + 999) - target * 8
    assert run_code(code.numpy)["value"] == pytest.approx(loss)
