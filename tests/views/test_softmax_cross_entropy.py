"""The pictures of the lesson on softmax cross-entropy: what solves their tasks, and what they say."""

import itertools

import numpy as np
import pytest

from xent_core import softmax
from xent_ui.views.softmax_cross_entropy import (
    LOGIT_VALUES,
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


def test_the_question_describes_the_default_state():
    # "softmax gives cat 0.237"
    assert "which gets 0.237" in one_example().caption
    assert one_example.question.answer == pytest.approx(0.237 - 1, abs=5e-4)


def test_the_gradient_is_hidden_until_the_guess_is_locked():
    hidden, shown = one_example(), one_example(shown=True)
    assert "pulled up" not in hidden.caption
    assert hidden.formula == ""
    assert hidden.code is None, "the code would print the answer"
    assert "pulled up by 0.763" in shown.caption
    assert "-0.763" in shown.formula
    assert shown.code.grad[0] == pytest.approx(-0.763, abs=5e-4)


def test_an_untrained_model_has_a_loss_of_ln_k():
    # "for 1,000 classes 6.91 nats"
    assert loss_of_equal_logits() == "6.91"  # ln 1000 = 6.908
    for told in ("integer, 8 bytes", "one-hot, 8,000 bytes", "soft, 8,000 bytes"):
        assert f"{told}, loss 6.91" in formats().caption


def test_doubt_changes_only_the_loss_of_the_soft_label():
    said = formats({"ahead": 9.5, "doubt": 0.3}).caption
    assert "integer, 8 bytes, loss 0.0721; one-hot, 8,000 bytes, loss 0.0721; soft, 8,000 bytes, loss 2.92." in said


def test_counts_agree_with_their_nouns():
    assert formats().caption.startswith("Labels of 1 example among 1,000 classes: ")
    assert formats({"batch": 8}).caption.startswith("Labels of 8 examples among 1,000 classes: ")


def test_a_constant_changes_nothing():
    for c in (-10.0, 0.0, 10.0):
        assert all_at_once({"shift": c}).caption.startswith("Dog gets 0.644.")


def test_the_loss_of_a_confident_mistake():
    assert "the loss is 4.03 nats" in one_example({"z2": 5.0}).caption


def test_the_formula_can_be_checked_with_a_calculator():
    shown = one_example({"z1": 1.25}, shown=True).formula
    z = np.exp([1.25, 2, 0, -1]).sum()
    assert f"{np.log(z) - 1.25:.2f}" in shown
    assert f"{np.exp(1.25) / z - 1:.3f}" in shown


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
