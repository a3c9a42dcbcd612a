"""The pictures of the lesson on softmax cross-entropy: what solves their tasks, and what they say."""

import itertools
import re

import numpy as np
import pytest

from tests.figures.helpers import labels as labels_of
from xent_core import binary_cross_entropy_with_logits, sigmoid, softmax, softmax_cross_entropy
from xent_ui.views.softmax_cross_entropy import (
    LOGIT_VALUES,
    TOLD_FROM,
    all_at_once,
    formats,
    loss_of_equal_logits,
    one_example,
    probs_of_logit_values,
)


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (one_example, {"z1": 0.5, "z2": 0.5, "z3": 0.5, "z4": 0.5}, "untrained"),
        (one_example, {"z1": 5.0, "z2": -3.0}, "sure"),
        (all_at_once, {"temperature": 0.2}, "cold"),
        (all_at_once, {"temperature": 20.0}, "hot"),
        (formats, {"ahead": 6.0}, "one_number"),
        (formats, {"ahead": 15.0, "doubt": 0.4}, "doubted"),
    ],
)
def test_what_solves_each_task(picture, values, task):
    assert picture(values).solved[task]


def test_impossible_tasks_are_not_solved():
    assert not one_example({"z1": -5.0}).solved["all_up"]
    for c in all_at_once.controls["shift"].every_value:
        assert not all_at_once({"shift": c}).solved["shift"]
    assert not all_at_once({"temperature": 2.0}).solved["shift"]  # the temperature moves them, not the constant


def test_what_the_question_asks():
    # "It is a cat, but the dog's logit rises from 2 to 5."
    assert one_example.controls["z2"].default == 2
    z = np.exp([1.0, 5.0, 0.0, -1.0])
    assert one_example.question.answer == pytest.approx(z[0] / z.sum() - 1)
    assert f"{one_example.question.answer:.3f}".replace("-", "−") in one_example({"z2": 5.0}, shown=True).caption


def labels(view):
    return labels_of(view.figure)


def words(view):
    """Return everything that a view says."""
    return " ".join([view.caption, view.formula, *labels(view)])


def test_the_picture_shows_the_start_while_the_guess_is_open():
    view = one_example()
    assert "which gets 0.237: the loss is 1.44 nats. The slope in the logit of cat is −0.763" in view.caption
    assert "−0.763" in words(view)
    assert "?" in words(view)
    assert "-0.763" in view.formula


def test_while_the_guess_is_open_no_link_shows_a_model_that_is_more_wrong():
    links = [{"right": label, "logits": k} for label in range(3) for k in (3, 4, 5, 6)]
    for values in links:
        for z2 in LOGIT_VALUES.tolist():
            for z1 in (-5.0, 1.0, 5.0):
                state = values | {"z1": z1, "z2": z2}
                view = one_example(state)
                k = values["logits"]
                probs = softmax([z1, z2, 0.0, -1.0, 0.5, -2.0][:k])
                told = probs[values["right"]] >= TOLD_FROM
                assert bool(view.formula) == told
                assert view.caption.endswith("Make a guess.") != told
                if not told:
                    assert [list(trace.y) for trace in view.figure.data if trace.type == "bar"] == [[1]], "the label"
                    assert not {f"{p:.3f}" for p in probs} & set(words(view).split())


def test_every_picture_but_the_asked_one_keeps_the_answer_to_itself():
    for values in itertools.product(all_at_once.controls["shift"].every_value[::4], (0.1, 0.2, 0.5, 1.0, 2.0, 20.0)):
        assert "0.982" not in words(all_at_once(dict(zip(("shift", "temperature"), values, strict=True))))


def test_what_the_page_says_of_gradients():
    rng = np.random.default_rng(0)
    for _ in range(50):
        k = int(rng.integers(2, 9))
        z, right = rng.normal(0, 4, k), int(rng.integers(k))
        y = np.eye(k)[right]
        loss = softmax_cross_entropy(z, y)
        np.testing.assert_allclose(loss.grad, softmax(z) - y, atol=1e-12)
        # "it raises the logit of the right class and lowers all others, the likeliest wrong class most"
        wrong = np.delete(loss.grad, right)
        assert loss.grad[right] < 0
        assert (wrong > 0).all()
        assert wrong.argmax() == np.delete(softmax(z), right).argmax()
        # "between −1 and 1 for each class, and 0 in total"
        assert np.abs(loss.grad).max() <= 1
        assert loss.grad.sum() == pytest.approx(0, abs=1e-12)
        # "L = ln Σ e^z_j − z_right"
        assert float(loss.value) == pytest.approx(np.log(np.exp(z).sum()) - z[right])
    # "softmax of the logits z and 0 gives σ(z) and 1 − σ(z)"
    np.testing.assert_allclose(softmax([1.7, 0.0]), [sigmoid(1.7), 1 - sigmoid(1.7)])
    two, one = softmax_cross_entropy([1.7, 0.0], [1, 0]), binary_cross_entropy_with_logits(1.7, 1)
    assert (float(two.value), float(two.grad[0])) == pytest.approx((float(one.value), float(one.grad)))


def test_a_temperature_keeps_the_order_and_makes_the_model_surer_or_less_sure():
    z = np.array([1.0, 2.0, 0.0, -1.0])
    largest = [softmax(z, temperature=t).max() for t in all_at_once.controls["temperature"].every_value]
    assert largest == sorted(largest, reverse=True)
    for t in all_at_once.controls["temperature"].every_value:
        assert np.argsort(softmax(z, temperature=t)).tolist() == np.argsort(z).tolist()


def test_a_probability_below_1_is_not_written_as_1():
    sure = {f"z{i}": 5.0 if i == 1 else -5.0 for i in range(1, 7)}
    assert "which gets 0.99986: the loss is 0.000136 nats" in one_example(sure, shown=True).caption
    for t in all_at_once.controls["temperature"].every_value:
        assert "Dog gets 1.00." not in all_at_once({"temperature": t}).caption


def test_an_untrained_model_has_a_loss_of_ln_k():
    # "for 1,000 classes 6.91 nats"
    assert loss_of_equal_logits() == "6.91"  # ln 1000 = 6.908
    assert "The loss is 6.91 nats with each of the three formats." in formats().caption


def test_bytes_of_each_format():
    # 8 bytes a number: one for a class number, 1,000 for a row
    assert {"<b>Class number</b><br>8 bytes", "<b>Soft label</b><br>8,000 bytes"} <= set(labels(formats({"batch": 1})))
    drawn = labels(formats({"batch": 128}))
    assert {"<b>Class number</b><br>1,024 bytes", "<b>One-hot row</b><br>1,024,000 bytes"} <= set(drawn)


def losses(**values):
    """Return the three losses that the picture draws."""
    (dots,) = [trace for trace in formats(values).figure.data if getattr(trace, "mode", "") == "markers"]
    return list(dots.x)


def test_doubt_changes_only_the_loss_of_the_soft_label():
    said = formats({"ahead": 9.5, "doubt": 0.3}).caption
    assert "is 0.0721 nats with class numbers and one-hot rows, and 2.92 nats with soft labels." in said
    z = np.log(np.exp(9.5) + 999)
    assert losses(ahead=9.5, doubt=0.3) == pytest.approx([z - 9.5, z - 9.5, z - (0.7 + 0.3 / 1000) * 9.5])


def test_class_number_and_one_hot_row_always_agree_and_a_sure_model_pays_for_doubt():
    for ahead in formats.controls["ahead"].every_value:
        for doubt in formats.controls["doubt"].every_value:
            number, row, soft = losses(ahead=ahead, doubt=doubt)
            assert number == row
            assert soft > number or ahead == 0 or doubt == 0


def test_a_constant_changes_nothing():
    for c in (-10.0, 0.0, 10.0):
        assert all_at_once({"shift": c}).caption.startswith("Dog gets 0.644.")


def test_the_loss_of_a_confident_mistake():
    # "When the dog's logit rises from 2 to 5, the loss of the cat rises from 1.44 to 4.03 nats."
    assert "the loss is 1.44 nats" in one_example(shown=True).caption
    assert "the loss is 4.03 nats" in one_example({"z2": 5.0}, shown=True).caption


def test_the_formula_can_be_checked_with_a_calculator():
    shown = one_example({"z1": 1.25}, shown=True).formula
    z = np.exp([1.25, 2, 0, -1]).sum()
    assert f"{np.log(z) - 1.25:.2f}" in shown
    assert f"{np.exp(1.25) / z - 1:.3f}" in shown


@pytest.mark.parametrize("picture", [one_example, all_at_once])
def test_a_formula_is_latex_on_lines_without_control_characters(picture):
    formula = picture({"shift": -2.0, "temperature": 0.5} if picture is all_at_once else {}, shown=True).formula
    assert not re.search(r"[\x00-\x09\x0b-\x1f]", formula)
    assert r"frac{" in formula


def test_the_probability_of_the_dog_comes_from_the_logit_of_the_dog():
    assert r"\frac{e^{(z_\text{dog}+c)/T}}{\sum_j e^{(z_j+c)/T}}" in all_at_once().formula


def test_as_many_logits_as_classes_are_shown():
    for k in (3, 4, 5, 6):
        keys = one_example.shown_keys(one_example.settle({"logits": k}))
        assert [f"z{i}" in keys for i in range(1, 7)] == [i <= k for i in range(1, 7)]
        assert len(one_example({"logits": k}).handles) == k


def test_handles_stand_where_the_bar_of_each_logit_will_be():
    z = np.array([1.0, 2.0, 0.0])
    for i, stops in enumerate(probs_of_logit_values(z)):
        for value, stop in list(zip(LOGIT_VALUES, stops, strict=True))[::8]:
            moved = z.copy()
            moved[i] = value
            assert stop == pytest.approx(softmax(moved)[i], abs=6e-4)
    assert one_example.controls["z1"].every_value == LOGIT_VALUES.tolist()


def test_no_slope_is_shown_as_minus_zero():
    # z1 = 5 and the others at -5: each wrong class has p = 4.5e-5, the right one p - y = -1.4e-4
    sure = {f"z{i}": 5.0 if i == 1 else -5.0 for i in range(1, 7)}
    for k, label in itertools.product((3, 4, 5, 6), (0, 1, 2)):
        view = one_example(sure | {"logits": k, "right": label}, shown=True)
        texts = [text for trace in view.figure.data if trace.type == "scatter" for text in trace.text or ()]
        assert not {"−0.000", "−0.00"} & set(texts)
        assert "-0.00}" not in view.formula


def test_the_code_in_pytorch():
    code = one_example({"right": 2}, shown=True).code
    assert "torch.nn.functional.cross_entropy(z, torch.tensor(2))" in code.torch
    assert float(code.value) == pytest.approx(np.log(np.exp([1, 2, 0, -1]).sum()) - 0)
