import numpy as np
import pytest

from tests.pages.helpers import check_challenges, is_solved, open_lesson, says
from xent_core import Unit, binary_cross_entropy
from xent_core.naive import clipped_binary_cross_entropy

NAME = "binary_cross_entropy"


def test_each_challenge_has_a_state_that_solves_it():
    check_challenges(
        NAME,
        {
            "Be wrong for more than 6 bits.": {"spam": 0.01},
            "Answer so that it costs 1 bit whatever is true.": {"spam": 0.5},
            "Halve the mean by changing your mind about one mail.": {"mail4": 0.3},
            "Make the whole batch infinitely dear with one answer.": {"mail0": 0},
            "With p held at 10⁻⁷, go where clipping": {"deep": -16.5},
        },
    )


@pytest.mark.parametrize("p", [0.29, 0.5, 0.71])
def test_no_answer_is_cheap_both_ways(p):
    # "For less than half a bit as spam, p must be above 0.7; for less than half a bit as no spam, below 0.3."
    page = open_lesson(NAME, spam=p)
    assert not is_solved(page, "Find an answer that is cheap whatever is true")
    assert Unit.BITS.of(binary_cross_entropy([0.7, 0.3], [1, 0]).value).min() > 0.5
    page.toggle(key="forbidden_binary_cross_entropy_both").set_value(True).run()
    assert is_solved(page, "Find an answer that is cheap whatever is true")


def test_the_mail_that_was_taken_for_spam():
    page = open_lesson(NAME, lock_binary_cross_entropy="true", y="y = 0")
    assert says(page, "it is **3.32 bits**")
    assert says(page, "The model says 90 % spam, and it is not: that costs 3.32 bits")


def test_the_exam_results_cost_more_than_the_other_four_together():
    # "One mail of exam results, taken for spam with 90 % certainty, costs more than the other four together."
    losses = binary_cross_entropy([0.97, 0.9, 0.02, 0.35, 0.9], [1, 1, 0, 0, 0]).value
    assert losses[4] > losses[:4].sum()
    assert says(open_lesson(NAME), "The mean over five mails is 0.834 bits. “Exam results” is the dearest: 3.32.")


def test_what_is_true_can_be_edited():
    page = open_lesson(NAME)
    page.toggle(key="is_spam4").set_value(True).run()
    assert says(page, "“Your invoice” is the dearest")


def test_the_logit_gives_the_same_loss():
    page = open_lesson(NAME, given="z", z=-2.0)
    assert says(page, "The model says 11.9 % spam, and it is spam: that costs 3.07 bits")
    assert any(r"\frac{dL}{dz}" in latex.value for latex in page.latex)


def test_a_certain_mistake_is_infinite():
    assert says(open_lesson(NAME, spam=1, y="y = 0"), "that costs ∞ bits, and the slope in p is ∞")


def test_clipping_flattens():
    # "At logit −20 the exact slope is −1, the clipped one 0."
    page = open_lesson(NAME, deep=-20)
    assert says(page, "At logit −20 the loss is 20.0 nats with slope −1.00; with p held at 10⁻⁷")
    assert says(page, "or above it is 16.1 with slope 0.")
    assert np.all(clipped_binary_cross_entropy([-16.2, -20.0], 1).grad == 0)
    assert clipped_binary_cross_entropy(-16.0, 1).grad != 0
