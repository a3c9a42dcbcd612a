"""The pictures of the lesson on binary cross-entropy: what solves their tasks, and what they say."""

import re

import numpy as np
import pytest

from tests.views.helpers import run, tensors
from xent_core import Unit, binary_cross_entropy
from xent_core.naive import clipped_binary_cross_entropy
from xent_ui.formulas import binary_cross_entropy as formulas
from xent_ui.views import binary_cross_entropy as views
from xent_ui.views.binary_cross_entropy import batch, clipping, one_mail

COLOR = re.compile(r"\\textcolor\{[^}]*\}")
UNITS = list(Unit)


def plain_formula(view):
    """Return the LaTeX of a view without its colors, and without the braces that held them."""
    return re.sub(r"\{([^{}\\]*)\}", r"\1", COLOR.sub("", view.formula))


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (one_mail, {"spam": 0.01}, "dear"),  # -log2(0.01) = 6.64
        (one_mail, {"spam": 0.5}, "coin"),
        (one_mail, {"given": "z", "z": 0.0}, "coin"),
        (batch, {"mail4": 0.3}, "halve"),
        (batch, {"mail0": 0.0}, "ruin"),
        (clipping, {"deep": -16.5}, "stopped"),
    ],
)
def test_what_solves_each_task(picture, values, task):
    assert picture(values).solved[task]


def test_what_does_not_solve_them():
    assert not batch({"mail4": 0.3, "mail3": 0.3}).solved["halve"]  # two mails changed
    assert not batch({"is_spam4": True}).solved["halve"]  # another truth
    assert not batch({"mail0": 0.0, "is_spam0": False}).solved["ruin"]
    assert not clipping({"deep": -17.5}).solved["stopped"]  # the loss is 17.5
    assert not clipping({"deep": -16.5, "clip": 1e-9}).solved["stopped"]


@pytest.mark.parametrize("p", [0.29, 0.3, 0.5, 0.7, 0.71])
def test_no_answer_is_cheap_both_ways(p):
    # "For less than half a bit as spam, p must be above 0.7; for less than half a bit as no spam, below 0.3."
    assert not one_mail({"spam": p}).solved["both"]
    assert Unit.BITS.of(binary_cross_entropy([0.7, 0.3], [1, 0]).value).min() > 0.5


def test_the_caption_of_a_mail_taken_for_spam():
    view = one_mail({"y": 0}, locked=True)
    assert view.caption.startswith("The model says 90 % spam, and it is not: that costs 3.32 bits")
    assert one_mail.question.answer == pytest.approx(np.log2(10))


def test_the_guess_is_drawn_in_the_right_place_in_each_unit_and_on_each_axis():
    values = {"guess_binary_cross_entropy": 4.0, "y": 0}

    def diamonds(**more):
        traces = one_mail(values | more, locked=True).figure.data
        return [(t.x[0], t.y[0]) for t in traces if "diamond" in str(t.marker.symbol)]

    assert diamonds() == [(0.9, 4.0), (0.9, pytest.approx(np.log2(10)))]
    assert diamonds(unit=Unit.NATS) == [(0.9, pytest.approx(4 * np.log(2))), (0.9, pytest.approx(np.log(10)))]
    assert diamonds(given="z")[0] == (pytest.approx(np.log(9)), 4.0)


def test_an_open_guess_hides_the_other_branch():
    def words(view):
        return str([trace.text for trace in view.figure.data if trace.mode == "text"])

    for values in ({}, {"unit": Unit.NATS}, {"given": "z"}):
        assert "it is not" not in words(one_mail(values))
        assert "it is not" in words(one_mail(values, shown=True))


def test_the_exam_results_cost_more_than_the_other_four_together():
    # "One mail of exam results, taken for spam with 90 % certainty, costs more than the other four together."
    losses = binary_cross_entropy([0.97, 0.9, 0.02, 0.35, 0.9], [1, 1, 0, 0, 0]).value
    assert losses[4] > losses[:4].sum()
    assert batch().caption == "The mean over five mails is 0.834 bits. “Exam results” costs most: 3.32."


def test_the_labels_of_mails_can_be_changed():
    assert "“Your invoice” costs most" in batch({"is_spam4": True}).caption


def test_the_logit_gives_the_same_loss():
    view = one_mail({"given": "z", "z": -2.0})
    assert "The model says 11.9 % spam, and it is spam: that costs 3.07 bits" in view.caption
    assert r"\frac{dL}{dz}" in view.formula


def test_a_certain_mistake_is_infinite():
    assert "that costs ∞ bits, and the slope in p is ∞" in one_mail({"spam": 1.0, "y": 0}).caption


def test_a_clipped_loss_is_flat():
    # "At logit −20 the exact slope is −1, the clipped one 0."
    said = clipping({"deep": -20.0}).caption
    assert "At logit −20 the loss is 20.0 nats with slope −1.00; with p held at 10⁻⁷ or above it is 16.1" in said
    assert said.endswith("with slope 0.")
    assert np.all(clipped_binary_cross_entropy([-16.2, -20.0], 1).grad == 0)
    assert clipped_binary_cross_entropy(-16.0, 1).grad != 0


@pytest.mark.parametrize("view", [one_mail({"given": "z", "z": 0.0}), clipping({"deep": 0.0})])
def test_no_formula_shows_a_negative_zero(view):
    assert "e^{0}" in view.formula
    assert "-0}" not in view.formula


@pytest.mark.parametrize(
    ("p", "y", "unit", "said"),
    [
        (1.0, 1, Unit.BITS, r"-\frac{1}{1\,\ln 2} = -1.44"),
        (0.0, 0, Unit.BITS, r"\frac{1}{(1-0)\,\ln 2} = 1.44"),
        (1.0, 1, Unit.NATS, r"-\frac11 = -1.00"),
        (0.9, 1, Unit.BITS, r"-\frac{1}{0.9\,\ln 2} = -1.60"),
        (0.9, 0, Unit.BITS, r"\frac{1}{(1-0.9)\,\ln 2} = 14.4"),
        (0.0, 1, Unit.NATS, r"-\frac10 = -\infty"),
    ],
)
def test_the_slope_in_the_formula_is_what_its_fraction_gives(p, y, unit, said):
    # At p = y = 1 the page said (1 - 1) / (1 (1 - 1) ln 2) = -1.44, which is 0 / 0.
    shown = plain_formula(one_mail({"spam": p, "y": y, "unit": unit}))
    assert re.sub(r"[{}]", "", said) in re.sub(r"[{}]", "", shown)


@pytest.mark.parametrize("p", np.linspace(0.01, 0.99, 99).round(2).tolist())
@pytest.mark.parametrize("y", [0, 1])
def test_the_fraction_of_the_branch_that_counts_is_the_slope(p, y):
    fraction = -1 / p if y else 1 / (1 - p)
    assert float(binary_cross_entropy(p, y).grad) == pytest.approx(fraction, rel=1e-12)


def test_zero_times_infinity_is_declared_where_it_occurs():
    for p, y in ((0.0, 0), (1.0, 1)):
        assert r"(0\cdot\log_2 0 = 0)" in one_mail({"spam": p, "y": y}).formula
    for p, y in ((0.0, 1), (1.0, 0), (0.5, 1)):
        assert "0 = 0" not in one_mail({"spam": p, "y": y}).formula
    assert "0 = 0" not in formulas.both_branches(0.5, 1, binary_cross_entropy(0.5, 1), Unit.BITS, z=0.0)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(("picture", "values"), [(one_mail, {}), (one_mail, {"given": "z"}), (batch, {})])
def test_the_code_prints_the_number_of_the_caption_in_its_unit(picture, values, unit):
    view = picture(values | {"unit": unit})
    shown = re.search(r"([\d.]+) (bits|nats)", view.caption)
    assert shown.group(2) == unit.symbol
    assert float(view.code.value) == pytest.approx(float(shown.group(1)), abs=5e-3)
    assert ("math.log(2)" in view.code.torch) == (unit is Unit.BITS)
    assert ("Unit.BITS" in view.code.numpy) == (unit is Unit.BITS)


def run_torch(code):
    pytest.importorskip("torch")
    left = run(code)
    (argument,) = tensors(left)
    return left["value"].detach().numpy(), argument.grad.numpy()


def same_in_torch(code):
    value, grad = run_torch(code.torch)
    return np.allclose(value, code.value, rtol=1e-9) and np.allclose(grad, code.grad, rtol=1e-9)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("y", [0, 1])
def test_the_page_says_where_pytorch_differs_and_only_there(y, unit):
    for p in one_mail.controls["spam"].every_value:
        code = one_mail({"spam": p, "y": y, "unit": unit}).code
        assert same_in_torch(code) == (not code.differs) == (p not in (0, 1)), (p, code.differs)
    for z in one_mail.controls["z"].every_value[::10]:
        code = one_mail({"given": "z", "z": z, "y": y, "unit": unit}).code
        assert same_in_torch(code)
        assert not code.differs


def test_what_the_page_says_about_pytorch_is_true():
    wrong = one_mail({"spam": 0.0, "y": 1, "unit": Unit.NATS}).code
    value, grad = run_torch(wrong.torch)
    assert "costs 100 nats instead of ∞, and its slope is finite" in wrong.differs
    assert (value, wrong.value) == (100, np.inf)
    assert np.isfinite(grad)
    assert "costs 144 bits instead of ∞" in one_mail({"spam": 0.0, "y": 1}).code.differs  # 100 / ln 2 = 144.3
    right = one_mail({"spam": 1.0, "y": 1, "unit": Unit.NATS}).code
    assert "its slope is 0 where a certain answer is right" in right.differs
    assert "has a slope of −1 (if y = 1) or 1 (if y = 0)" in right.differs
    assert (run_torch(right.torch)[1], right.grad) == (0, -1)
    assert one_mail({"spam": 0.0, "y": 0, "unit": Unit.NATS}).code.grad == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, []),
        ({"mail0": 0.01}, []),
        ({"mail0": 1.0}, ["a certain answer is right"]),
        ({"mail0": 0.0}, ["instead of ∞"]),
        ({"mail0": 0.0, "mail4": 0.0}, ["instead of ∞", "a certain answer is right"]),
        ({"mail4": 1.0, "is_spam4": True}, ["a certain answer is right"]),
    ],
)
@pytest.mark.parametrize("unit", UNITS)
def test_the_batch_says_where_pytorch_differs_and_only_there(values, words, unit):
    code = batch(values | {"unit": unit}).code
    assert same_in_torch(code) == (not code.differs)
    assert [each for each in ("instead of ∞", "a certain answer is right") if each in code.differs] == words


def test_the_code_of_clipping_is_that_of_its_caption():
    for z in clipping.controls["deep"].every_value:
        for clip in views.CLIPS:
            code = clipping({"deep": z, "clip": clip}).code
            assert same_in_torch(code), (z, clip)
