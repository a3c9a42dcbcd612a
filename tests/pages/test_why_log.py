import numpy as np
import pytest

from tests.pages.helpers import check_challenges, is_solved, open_lesson, says
from xent_core import expected_loss
from xent_core.scoring import quadratic_rule, spherical_rule, zero_one_rule

OWN = "Write a rule of your own that is honest for any belief in three outcomes."


def test_each_challenge_has_a_state_that_solves_it():
    check_challenges("why_log", {"Make (1 − q)² honest.": {"ways": 2}, OWN: {"rule": "your own", "f": "4 - 2*log(q)"}})


@pytest.mark.parametrize("f", ["3", "1 - q", "(1 - q)**2", "-log(q) + (1 - q)", "1/q"])
def test_other_rules_are_not_honest(f):
    assert not is_solved(open_lesson("why_log", rule="your own", f=f), OWN)


def test_only_the_logarithm_is_local_and_honest():
    task = "Write one that is not a·log(q) + c."
    page = open_lesson("why_log", rule="your own", f="4 - 2*log(q)")
    assert not is_solved(page, task)
    page.toggle(key="forbidden_why_log_not_a_log").set_value(True).run()
    assert is_solved(page, task)


def test_the_picture_keeps_the_answer_until_a_guess_is_locked():
    asked = open_lesson("why_log")
    assert not says(asked, "0.667")
    assert not says(asked, "67 %")
    locked = open_lesson("why_log", lock_why_log="true")
    assert says(locked, "it is **0.667**")
    assert says(locked, "Honesty costs 0.324; saying 67 % for A costs only 0.300.")


def test_what_cannot_be_read_gets_a_sentence_and_the_last_picture_stays():
    page = open_lesson("why_log", rule="your own", f="1 - q")
    shown = "saying 100 % for A costs only 0.400."
    assert says(page, shown)
    for broken in ("1 - ", "log(q - 0.5)", "q" * 81, "9**9**9**9", "\x00", "__import__('os')"):
        page.text_input(key="f").set_value(broken).run()
        assert not page.exception
        assert page.warning, broken
        assert says(page, shown), broken
    page.text_input(key="f").set_value("-log(q)").run()
    assert not page.warning
    assert says(page, "Honesty pays")


def test_an_address_with_a_broken_rule_shows_the_default_and_says_why():
    page = open_lesson("why_log", rule="your own", f="2q")
    assert "Character 2" in page.warning[0].value
    assert page.latex


def test_a_falling_loss_that_rewards_boldness():
    # "its best report is 100 % for the likeliest outcome, whatever you believe"
    for b1 in (35, 60):
        assert says(open_lesson("why_log", rule="linear", b1=b1), "saying 100 % for A")


def test_counting_never_punishes_honesty():
    # "34 % and 99 % pay the same"
    assert says(open_lesson("why_log", rule="0-1"), "and so does any report with the same favorite")
    said = np.array([[0.34, 0.33, 0.33], [0.99, 0.005, 0.005]])
    a, b = expected_loss(zero_one_rule, [0.6, 0.3, 0.1], said)
    assert a == b


@pytest.mark.parametrize("rule", [quadratic_rule, spherical_rule])
def test_the_slope_is_zero_at_honesty(rule):
    # "slope = 0 at q = b"
    b, step = np.array([0.6, 0.3, 0.1]), np.array([1e-5, -1e-5, 0])
    assert abs(expected_loss(rule, b, b + step) - expected_loss(rule, b, b - step)) / 2e-5 < 1e-8
