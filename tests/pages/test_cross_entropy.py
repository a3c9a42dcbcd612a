import numpy as np
import pytest

from tests.pages.helpers import check_challenges, is_solved, open_lesson, says
from xent_core import Unit, js_divergence, kl_divergence

HALVES, SURE = {"p1": 50, "p2": 50}, {"q1": 95, "q2": 5}


def press(page, preset):
    next(group for group in page.button_group if preset in group.options).set_value(preset).run()


def test_each_challenge_has_a_state_that_solves_it():
    check_challenges(
        "cross_entropy",
        {
            "Leave the truth unsure and waste nothing.": {"q1": 50, "q2": 50},
            "Hold a belief that costs infinitely much.": {"q2": 0},
            "Make this code waste more than half a bit a letter.": {"drift": 90},
            "Find a hump that KL(q‖p) likes and KL(p‖q) hates: below 1, above 6.": {"center": -2, "width": 0.7},
        },
    )


@pytest.mark.parametrize(
    ("name", "task", "state"),
    [
        ("below_floor", "Find a belief cheaper than the truth itself", {"q1": 50, "q2": 50}),
        ("one_for_two", "Bring KL(p‖q) to 0 with one hump.", {"center": -0.4, "width": 2.1}),
    ],
)
def test_the_impossible_is_seen_through_not_found(name, task, state):
    page = open_lesson("cross_entropy", **state)
    assert not is_solved(page, task)
    page.toggle(key=f"forbidden_cross_entropy_{name}").set_value(True).run()
    assert is_solved(page, task)


def test_the_picture_keeps_the_answer_until_a_guess_is_locked():
    assert not says(open_lesson("cross_entropy"), "2.20")
    assert says(open_lesson("cross_entropy", lock_cross_entropy="true"), "it is **2.20 bits**")


def test_swapping_gives_one_bit():
    page = open_lesson("cross_entropy")
    press(page, "Swap p and q")
    assert says(page, "The area is H(p, q) = 1.00 bits.")
    assert says(page, "0.714 is the price of believing q.")


def test_kl_is_not_a_distance():
    # "1.20 bits for believing 95 : 5 of a fair coin, 0.714 for believing a fair coin of 95 : 5"
    fair, sure = np.array([0.5, 0.5]), np.array([0.95, 0.05])
    assert round(float(Unit.BITS.of(kl_divergence(fair, sure).value)), 2) == 1.20
    assert round(float(Unit.BITS.of(kl_divergence(sure, fair).value)), 3) == 0.714
    assert says(open_lesson("cross_entropy", p1=95, p2=5, q1=50, q2=50), "0.714 is the price")


def test_the_best_is_the_entropy():
    # "1 bit for a fair coin"
    assert says(open_lesson("cross_entropy", **HALVES, q1=50, q2=50), "= 1.00 bits. Of it 1.00 cannot be helped; 0 is")


def test_js_is_never_more_than_a_bit():
    # "and is never more than 1 bit"
    assert float(Unit.BITS.of(js_divergence([1.0, 0.0], [0.0, 1.0]).value)) == pytest.approx(1)


@pytest.mark.parametrize(("fit", "told"), [("KL(p‖q)", "KL(p‖q) = 0.603"), ("KL(q‖p)", "KL(q‖p) = 0.73")])
def test_buttons_find_the_best_hump(fit, told):
    page = open_lesson("cross_entropy")
    press(page, f"Least {fit}")
    assert says(page, told)


def test_the_waste_of_the_wrong_code():
    assert says(open_lesson("cross_entropy", drift=100), "2.62 bits a letter where 1.75 would do. 0.875 are wasted")
    assert says(open_lesson("cross_entropy", drift=0), "1.75 bits a letter where 1.75 would do. 0 are wasted")
