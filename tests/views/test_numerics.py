"""The pictures of the lesson on numerics: what solves their tasks, and what the page says about them."""

import re

import numpy as np
import pytest

from tests.figures.helpers import label_text, labels
from tests.views.helpers import run, torch_is_here, walk, without_colors
from xent_core import precision as fp
from xent_core.naive import ulp_error
from xent_ui.views.numerics import (
    BIG_LOGITS,
    CLIPS,
    PLACES,
    SWEEP,
    clip_or_logits,
    first_overflow,
    largest_clipped_loss,
    log_sum_exp,
    smallest_stored,
    take_off_the_maximum,
    three_losses,
    three_ways,
)


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (three_ways, {"big": PLACES[100]}, "shift_helps"),
        (three_ways, {"big": PLACES[100], "wanted": 1}, "free"),
        (log_sum_exp, {"taken": 119}, "near"),
        (log_sum_exp, {"taken": 230}, "too_much"),  # e^(120 - 230) = 1.7e-48, and float32 ends at 1.4e-45
        (clip_or_logits, {"far": 20}, "nan"),
        (clip_or_logits, {"far": -30}, "flat"),
        (clip_or_logits, {"far": 30, "y": 0, "hold": 1e-8}, "useless"),
    ],
)
def test_what_solves_each_task(picture, values, task):
    assert picture(values, shown=True).solved[task]


def test_impossible_tasks_are_not_solved_in_the_closest_states():
    assert not log_sum_exp({"taken": 120}).solved["overflow"]
    assert not clip_or_logits({"far": -50, "format": "float64"}).solved["seventeen"]  # -ln 1e-7 = 16.1


def three_ways_says(z: int) -> str:
    return three_ways({"big": PLACES[z]}, shown=True).caption


def test_the_textbook_formula_fails_from_12_89_and_710_on():
    assert "float16 nan, float32 nan, float64 nan" in three_ways_says(1000)
    # "A wider format moves the edge, from 89 to 710"
    assert "float32 88.0" in three_ways_says(88)
    assert "float16 nan, float32 nan, float64 89.0" in three_ways_says(89)
    assert "float64 709" in three_ways_says(709)
    assert "float64 nan" in three_ways_says(710)
    # "float16 cannot hold e¹²": it can hold e¹¹
    assert "float16 11.0" in three_ways_says(11)
    assert "float16 nan" in three_ways_says(12)


def test_the_answer_is_hidden_until_the_guess_is_locked_or_the_picture_moved():
    assert first_overflow() == 89
    for z in (1000, 89, 88):  # also at an address
        hidden = three_ways({"big": PLACES[z]})
        assert "89" not in hidden.caption
        assert not hidden.formula
        assert "?" in labels(hidden.figure)
        assert "From where on in float32?" in hidden.caption
    locked = three_ways({"guess_numerics": 100}, locked=True)
    assert "float32 nan" in locked.caption
    assert locked.formula


def test_the_steps_of_log_sum_exp():
    assert "the powers are ∞, ∞, 1.00; their sum ∞; plus c, ∞. Exactly: 120.127." in log_sum_exp().caption
    assert "z − c is 2.00, 0, −118; the powers are 7.39, 1.00, 0;" in log_sum_exp({"taken": 118}).caption


def test_the_preset_takes_off_the_largest_logit():
    assert take_off_the_maximum({"logit1": 20, "logit2": 70}) == {"taken": 70}
    assert take_off_the_maximum({"logit1": 0, "logit2": 0}) == {"taken": 0}


def test_the_clip_is_flat_where_the_model_is_most_wrong():
    # "A probability held above 10⁻⁷ costs at most −ln 10⁻⁷ = 16.1 nats."
    assert "from p 30.0, from a clipped p 16.1, from the logit 30.0" in clip_or_logits({"far": -30}).caption
    # "the slope is 0 exactly where the model is most wrong. The exact slope there is −1."
    slope = clip_or_logits({"far": -30, "measure": "slope", "format": "float64"})
    assert "exactly −1.00; from p −1.00, from a clipped p 0, from the logit −1.00" in slope.caption
    # "Near 1 that gap is 10⁻⁷ in float32"
    wrong = clip_or_logits({"far": 20, "y": 0})
    assert "exactly 20.0; from p ∞, from a clipped p 15.9" in wrong.caption


def test_the_smallest_numbers_that_the_page_quotes():
    # "float16 ends at 65,504, so it cannot hold e¹² = 162,755. float32 ends at 3.4 × 10³⁸."
    assert np.finfo(np.float16).max == 65504
    assert round(np.exp(12)) == 162755
    assert np.finfo(np.float32).max == pytest.approx(3.4e38, rel=1e-2)
    # "Just below 1, float32 numbers are 6 · 10⁻⁸ apart. A probability closer to 1 than half of that is stored as 1"
    gap = 1 - np.nextafter(np.float32(1), np.float32(0))
    assert gap == pytest.approx(6e-8, rel=0.01)
    assert np.float32(1 - 0.49 * gap) == 1 > np.float32(1 - 0.51 * gap)
    # "1 − 10⁻⁸ is stored as 1, too … keeps the digits of p down to 10⁻³⁸ … 2.2 · 10⁻¹⁶ in float64"
    assert np.float32(1 - 1e-8) == 1
    assert np.finfo(np.float32).tiny == pytest.approx(1.2e-38, rel=0.03)
    assert np.finfo(np.float64).eps == pytest.approx(2.2e-16, rel=0.02)


@pytest.mark.parametrize("name", ["float16", "float32", "float64"])
@pytest.mark.parametrize("y", [0, 1])
@pytest.mark.parametrize("clip", CLIPS)
def test_no_clipped_loss_exceeds_the_cap_that_the_formula_shows(name, y, clip):
    # The formula said ≤ 18.4 beside ∞ in float32 (clip 10⁻⁸, z = 50, y = 0), and ≤ 9.21 beside ∞ in float16.
    z = SWEEP.astype(name)
    _, (values, _), _ = three_losses(z, y, clip)
    most = largest_clipped_loss(name, y, clip)
    assert np.nanmax(values) <= most
    stored = smallest_stored(name, y, clip)
    assert most == pytest.approx(-np.log(stored) if stored else np.inf, rel=1e-3)
    formula = without_colors(clip_or_logits({"format": name, "y": y, "hold": clip, "far": 50}).formula)
    assert formula.endswith(r"\infty\;\text{nats}\end{aligned}") == (stored == 0)


def test_the_cap_in_float32_is_not_that_of_the_exact_clip():
    formula = without_colors(clip_or_logits({"far": 50, "y": 0}).formula)
    assert r"(1 - (1 - c)_{\text{float32}})" in formula
    assert r"= -\ln(1.19 \times 10^{-7}) = 15.9\;\text{nats}" in formula
    # "1 − 10⁻⁷ is stored as 1 − 1.2 · 10⁻⁷, which makes the cap 15.9 nats for y = 0 in float32"
    assert f"{1 - float(np.float32(1 - 1e-7)):.1e}" == "1.2e-07"


def test_results_that_agree_are_printed_alike():
    # It said "exactly 4.25 × 10⁻¹⁸ … from the logit 4.2×10⁻¹⁸", with an error under 1 ulp.
    caption = clip_or_logits({"far": 40, "y": 1, "format": "float32"}).caption
    assert "exactly 4.25 × 10⁻¹⁸; from p nan, from a clipped p 1.19 × 10⁻⁷, from the logit 4.25 × 10⁻¹⁸." in caption


def test_the_closer_p_is_to_1_the_fewer_digits_of_1_minus_p_are_right():
    z = np.array([2, 5, 8, 11, 14])
    (loss, _), _, _ = three_losses(z.astype("float32"), 1, 1e-7)
    exact = np.log1p(np.exp(-z.astype(float)))
    error = np.abs(loss / exact - 1)
    assert (error[1:] > 3 * error[:-1]).all()
    assert f"{np.finfo('float64').eps:.1e}" == "2.2e-16"


@pytest.mark.parametrize("y", [0, 1])
@pytest.mark.parametrize("name", ["float16", "float32", "float64"])
def test_the_gradient_from_p_is_nan_where_p_is_0_or_1(name, y):
    # It was p − y, which said 1.00 and "under 1 ulp" where automatic differentiation gives nan.
    (loss, slope), _, (right, right_slope) = three_losses(SWEEP.astype(name), y, 1e-7)
    assert np.isnan(slope[~np.isfinite(loss)]).all()
    assert np.isfinite(slope[np.isfinite(loss)]).all()
    assert np.isfinite(right).all()
    assert np.isfinite(right_slope).all()
    last = clip_or_logits({"far": 50, "y": y, "format": name, "measure": "slope"})
    assert "from p nan" in last.caption


@pytest.mark.parametrize("y", [0, 1])
@pytest.mark.parametrize("name", ["float16", "float32", "float64"])
def test_from_the_logit_every_format_gets_the_loss_right(name, y):
    for part in (0, 1):
        exact = fp.exact_binary_cross_entropy(SWEEP, y)[part].astype(float)
        assert (ulp_error(three_losses(SWEEP.astype(name), y, 1e-7)[2][part], exact) <= 1).all()


def test_only_the_sum_overflows_with_11_11_and_0():
    # "or only the sum of powers that each fit, as with the logits 11, 11 and 0 and no shift in float16"
    view = log_sum_exp({"logit1": 11, "logit2": 11, "taken": 0})
    assert "the powers are 59872, 59872, 1.00; their sum ∞" in view.caption
    assert "the sum is ∞" in label_text(view.figure)
    # "or all powers become so small that digits, or everything, is lost"
    assert "digits are lost" in label_text(log_sum_exp({"logit1": 30, "logit2": 0, "taken": 47}).figure)
    assert "all powers are 0" in label_text(log_sum_exp({"logit1": 30, "logit2": 0, "taken": 60}).figure)


@pytest.mark.parametrize("name", ["float16", "float32", "float64"])
def test_with_the_maximum_subtracted_nothing_overflows_and_the_result_is_right(name):
    for first in range(0, 201, 10):
        for second in range(0, 201, 7):
            z = np.array([first, second, 0.0])
            steps = fp.logsumexp_steps(z.astype(name), max(first, second))
            assert 1 <= steps.total <= 3
            assert ulp_error(steps.value, fp.exact_logsumexp(z)) <= 2


@pytest.mark.parametrize(("wanted", "answer"), [(0, "✗ ∞"), (1, "✗ nan")])
def test_what_a_probability_of_0_costs(wanted, answer):
    # "If its class is the right one, −ln 0 is ∞, and if not, its term 0 · ln 0 is nan"
    shown = label_text(three_ways({"big": PLACES[1000], "wanted": wanted}, shown=True).figure)
    assert shown.count(answer) >= 3


@pytest.mark.parametrize("picture", [three_ways, log_sum_exp, clip_or_logits], ids=lambda picture: picture.name)
def test_no_formula_or_caption_shows_a_negative_zero(picture):
    for values in walk(picture, most=101):
        view = picture(values, shown=True)
        for words in (without_colors(view.formula), view.caption):
            assert not re.search(r"[-−]0(?![.\d])", words), words


def loss_programs() -> list:
    states = [(clip_or_logits, {"far": z, "y": y}, z, y) for z in (-50, -37, -1, 0, 1, 37, 50) for y in (0, 1)]
    states += [(three_ways, {"big": PLACES[z], "wanted": y}, z, y) for z in (1, 40, 100, 700, 1000) for y in (0, 1)]
    return states


@pytest.mark.parametrize(("picture", "values", "z", "y"), loss_programs())
def test_the_code_is_right_to_the_last_digits_where_the_loss_is_small(picture, values, z, y):
    # A comparison with an absolute tolerance would take 0 for e^-40.
    exact = fp.exact_binary_cross_entropy(z, y)
    code = picture(values, shown=True).code
    programs = [code.numpy, code.torch] if torch_is_here else [code.numpy]
    for program in programs:
        left = run(program)
        value = left["value"].detach().numpy() if program == code.torch else left["value"]
        slope = left["z"].grad.numpy() if program == code.torch else left["grad"]
        np.testing.assert_allclose(value, float(exact.value.item()), rtol=1e-12)
        np.testing.assert_allclose(slope, float(exact.grad.item()), rtol=1e-12)


def test_every_logit_has_a_place_of_its_own():
    assert len(set(PLACES.values())) == len(BIG_LOGITS)
    assert 10 ** PLACES[1000] == 1000


@pytest.mark.parametrize("y", [0, 1])
@pytest.mark.parametrize("measured", ["loss", "slope"])
def test_the_line_at_the_logit_crosses_no_name(y, measured):
    # At z = 40 it ran through the four numbers.
    figure = clip_or_logits({"far": 40 if y else -40, "y": y, "measure": measured}).figure
    line = next(trace for trace in figure.data if trace.x is not None and len(trace.x) == 2)
    names = next(
        trace for trace in figure.data if trace.text is not None and any("exact" in each for each in trace.text)
    )
    assert max(line.y) < min(names.y)
