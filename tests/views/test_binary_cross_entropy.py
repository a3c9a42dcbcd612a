"""The pictures of the lesson on binary cross-entropy: what solves their tasks, and what they say."""

import re

import numpy as np
import pytest

from tests.views.helpers import run, tensors
from xent_core import Unit, binary_cross_entropy, binary_cross_entropy_with_logits, mean, sigmoid
from xent_core.naive import clipped_binary_cross_entropy
from xent_ui.formulas import binary_cross_entropy as formulas
from xent_ui.style.numbers import text
from xent_ui.views import binary_cross_entropy as views
from xent_ui.views.binary_cross_entropy import batch, clipping, from_logit, one_mail

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
        (from_logit, {"score": 0.0}, "even"),
        (from_logit, {"score": 2.2}, "ninety"),  # ln 9 = 2.197
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
    assert [z for z in from_logit.controls["score"].every_value if from_logit({"score": z}).solved["ninety"]] == [2.2]


def test_no_answer_is_cheap_both_ways():
    for p in one_mail.controls["spam"].every_value:
        view = one_mail({"spam": p})
        assert not view.solved["both"]
    # "p must be above 0.707 ... p must be below 0.293": 2^-0.5 = 0.70711, 1 - 2^-0.5 = 0.29289
    costs = Unit.BITS.of(binary_cross_entropy([0.7071, 0.7072, 0.2929, 0.2928], [1, 1, 0, 0]).value)
    assert (costs < 0.5).tolist() == [False, True, False, True]


def test_what_the_question_tells_and_asks():
    # "A mail that is not spam was called 90 % spam, which costs 3.32 bits."
    assert Unit.BITS.of(binary_cross_entropy(0.9, 0).value) == pytest.approx(3.32, abs=5e-3)
    assert one_mail.question.answer == pytest.approx(np.log(0.01) / np.log(0.1))  # = 2
    said = one_mail({"y": 0}, shown=True).caption
    assert said.startswith("The model says 90 % spam, and the mail is not spam: that costs 3.32 bits, with a slope of ")
    assert "costs 2.30 nats" in one_mail({"y": 0, "unit": Unit.NATS}, shown=True).caption  # the page: −ln 0.1 = 2.30


def drawn(view):
    """Return the names of the branches and the largest loss that is drawn of any of them."""
    lines = [t for t in view.figure.data if t.mode == "lines" and t.line.dash in ("solid", "dot") and len(t.x) > 5]
    words = str([trace.text for trace in view.figure.data if "text" in (trace.mode or "")])
    return words, max(np.nanmax(np.asarray(line.y, dtype=float)) for line in lines)


def every_link(unit):
    """Return every state of the first picture that a link can set."""
    for y in (0, 1):
        yield from ({"spam": p, "y": y, "unit": unit} for p in one_mail.controls["spam"].every_value)
        yield from ({"given": "z", "z": z, "y": y, "unit": unit} for z in one_mail.controls["z"].every_value)


@pytest.mark.parametrize("unit", UNITS)
def test_an_open_guess_hides_every_loss_above_the_one_that_is_told_whatever_a_link_sets(unit):
    told = float(unit.of(np.log(10)))
    for values in every_link(unit):
        view = one_mail(values)
        words, highest = drawn(view)
        assert "it is spam" in words
        assert "it is not spam" in words
        assert highest <= told + 1e-3
        p = float(sigmoid(values["z"])) if "z" in values else values["spam"]
        if binary_cross_entropy(p, values["y"]).value <= np.log(10) + 1e-9:
            assert f"{text(float(unit.of(binary_cross_entropy(p, values['y']).value)))} {unit.symbol}" in view.caption
            assert view.formula
        else:
            assert view.caption.endswith("What does a surer mistake cost? Make a guess.")
            assert view.formula == ""
            assert not [trace for trace in view.figure.data if trace.mode == "markers" and trace.marker.size == 17]


def test_a_shown_answer_hides_nothing():
    words, highest = drawn(one_mail({"spam": 0.99, "y": 0}, shown=True))
    assert "6.64" in words  # −log2 0.01
    assert highest > 7
    assert "costs 6.64 bits" in one_mail({"spam": 0.99, "y": 0}, shown=True).caption


def test_the_guess_is_drawn_in_the_right_place_in_each_unit_and_on_each_axis():
    values = {"guess_binary_cross_entropy": 1.5, "y": 0}

    def diamonds(locked=True, **more):
        traces = one_mail(values | more, locked=locked).figure.data
        return [(t.x[0], t.y[0]) for t in traces if "diamond" in str(t.marker.symbol)]

    in_bits = np.log2(10)
    assert diamonds() == [(0.99, pytest.approx(1.5 * in_bits)), (0.99, pytest.approx(2 * in_bits))]
    assert diamonds(unit=Unit.NATS) == [(0.99, pytest.approx(1.5 * np.log(10))), (0.99, pytest.approx(np.log(100)))]
    assert diamonds(given="z")[0] == (pytest.approx(np.log(99)), pytest.approx(1.5 * in_bits))
    assert diamonds(locked=False) == [(0.99, pytest.approx(1.5 * in_bits))]
    assert diamonds(locked=False, guess_binary_cross_entropy=12.0) == [(0.99, 8.0)]  # 39.9 bits are above the axis


def test_the_exam_results_cost_more_than_the_other_four_together():
    # "At the start, “Exam results” costs more than the other four mails together."
    losses = binary_cross_entropy([0.97, 0.9, 0.02, 0.35, 0.9], [1, 1, 0, 0, 0]).value
    assert losses[4] > losses[:4].sum()
    said = "The mean over the five mails is 0.834 bits. “Exam results” costs the most: 3.32 bits."
    assert batch().caption == said


def test_the_labels_of_mails_can_be_changed():
    # "correcting it to spam lowers the mean from 0.834 to 0.200 bits"
    said = batch({"is_spam4": True}).caption
    assert said.startswith("The mean over the five mails is 0.200 bits. “Your invoice” costs the most")


def test_the_logit_gives_the_same_loss():
    view = one_mail({"given": "z", "z": -2.0})
    assert "The model says 11.9 % spam, and the mail is spam: that costs 3.07 bits" in view.caption
    assert "bits per unit of z" in view.caption
    assert r"\frac{dL}{dz}" in view.formula


def test_a_certain_mistake_is_infinite():
    said = one_mail({"spam": 1.0, "y": 0}, shown=True).caption
    assert said.endswith(
        "100 % spam, and the mail is not spam: that costs ∞ bits, with a slope of ∞ bits per unit of p."
    )


@pytest.mark.parametrize("y", [0, 1])
def test_only_a_certain_answer_is_called_100_or_0_percent(y):
    # At logit 8 the page said 100 % and 11.5 bits, while p = 100 % costs ∞.
    for z in one_mail.controls["z"].every_value:
        assert not re.search(r"says (0|100) %", one_mail({"given": "z", "z": z, "y": y}, shown=True).caption)
    assert "says 99.9955 % spam" in one_mail({"given": "z", "z": 10.0, "y": y}, shown=True).caption  # 1 - 4.54e-5
    for z in from_logit.controls["score"].every_value:
        view = from_logit({"score": z})
        assert not re.search(r"probability of (0|100) %", view.caption)
        assert not re.search(r"\}\} = (1\.0*|1)$", plain_formula(view).split(r"\\[4pt]")[0])


def test_a_logit_is_the_logarithm_of_the_odds_and_the_sigmoid_is_the_way_back():
    said = from_logit({"score": 2.2}).caption
    # "Odds of 9 to 1 ... are a probability of 90 %, and their natural logarithm is a logit of 2.20": ln 9 = 2.197
    assert np.log(0.9 / 0.1) == pytest.approx(2.20, abs=5e-3)
    assert said == (
        "A logit of 2.2 becomes a probability of 90 %. The odds are 9.03 to 1, and their natural logarithm is 2.2 "
        "again."
    )
    # "Each step of 1 in the logit multiplies the odds by e ≈ 2.72."
    p = sigmoid(np.arange(-10.0, 11.0))
    odds = p / (1 - p)
    np.testing.assert_allclose(odds[1:] / odds[:-1], np.e, rtol=1e-9)


def test_what_the_page_says_of_slopes():
    # "In p, the slope is −1/p for y = 1 and 1/(1 − p) for y = 0 ... its size is still 1 at a certain right answer."
    assert binary_cross_entropy([1.0, 0.0], [1, 0]).grad.tolist() == [-1, 1]
    assert np.all(np.isinf(binary_cross_entropy([0.0, 1.0], [1, 0]).grad))
    # "In the logit, the slope is simply p − y ... almost 0 where right, almost 1 in size where a sure answer is wrong"
    z = np.array(one_mail.controls["z"].every_value)
    for y in (0, 1):
        slopes = binary_cross_entropy_with_logits(z, np.full(len(z), y)).grad
        np.testing.assert_allclose(slopes, sigmoid(z) - y, atol=1e-12)
        assert np.abs(slopes).max() < 1
        right = (z > 0) == (y == 1)
        assert np.abs(slopes[right & (np.abs(z) > 5)]).max() < 0.01
        assert np.abs(slopes[~right & (np.abs(z) > 5)]).min() > 0.99


def test_a_clipped_loss_is_flat():
    # "At logit −20 the exact loss is 20.0 nats with slope −1; the clipped loss is 16.1 nats with slope 0."
    said = clipping({"deep": -20.0}).caption
    assert "At logit −20 the loss is 20.0 nats with slope −1.00. With p clipped to the range from 10⁻⁷ to 1 − " in said
    assert said.endswith("10⁻⁷, it is 16.1 nats with slope 0.")
    assert np.all(clipped_binary_cross_entropy([-16.2, -20.0], 1).grad == 0)
    assert clipped_binary_cross_entropy(-16.0, 1).grad != 0


def test_a_clip_is_named_with_both_of_its_limits():
    # At logit 5 with clip 0.1 the page said "held at 0.1 or above", while p was held at 0.9 or below.
    said = clipping({"deep": 5.0, "clip": 0.1}).caption
    assert "With p clipped to the range from 0.1 to 0.9, it is 0.105 nats with slope 0." in said  # −ln 0.9
    assert "from 10⁻³ to 1 − 10⁻³" in clipping({"clip": 1e-3}).caption


def test_the_exact_loss_is_finite_and_its_slope_almost_minus_1_for_a_confident_mistake():
    for z in clipping.controls["deep"].every_value:
        loss = binary_cross_entropy_with_logits(z, 1)
        assert np.isfinite(loss.value)
        assert z > -5 or loss.grad < -0.99


def test_correcting_one_label_changes_only_its_term():
    before, after = (batch({"is_spam4": label}).code for label in (False, True))
    gap = float(mean(binary_cross_entropy([0.9], [0])).value - mean(binary_cross_entropy([0.9], [1])).value) / 5
    assert float(before.value - after.value) == pytest.approx(float(Unit.BITS.of(gap)))


@pytest.mark.parametrize(
    "view", [one_mail({"given": "z", "z": 0.0}), from_logit({"score": 0.0}), clipping({"deep": 0.0})]
)
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
    shown = plain_formula(one_mail({"spam": p, "y": y, "unit": unit}, shown=True))
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
        assert "0 = 0" not in one_mail({"spam": p, "y": y}, shown=True).formula
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
