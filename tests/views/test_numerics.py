"""The pictures of the lesson on numerics: what solves their tasks, and what the page says about them."""

import re

import numpy as np
import pytest

from tests.views.helpers import run, torch_is_here, walk, without_colors
from xent_core import precision as fp
from xent_ui.views.numerics import (
    BIG_LOGITS,
    PLACES,
    clip_or_logits,
    first_overflow,
    log_sum_exp,
    take_off_the_maximum,
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
    assert "nan" not in three_ways().caption
    assert not three_ways().formula
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
