import numpy as np
import pytest

from tests.pages.helpers import check_challenges, is_solved, open_lesson, says
from xent_core import Unit, binary_cross_entropy
from xent_core.sampling import likelihood


def test_each_challenge_has_a_state_that_solves_it():
    check_challenges(
        "likelihood",
        {
            "Find the coin that fits 7 heads of 10 best.": {"theta": 0.7},
            "Flip twice as often and keep the best coin": {"came": 14, "missed": 6},
            "Flip until the likelihood is 0 to the computer.": {"series": 1100},
        },
    )


@pytest.mark.parametrize("theta", [0.69, 0.7, 0.71])
def test_hill_and_valley_never_part(theta):
    task = "Find a coin on the top of the hill"
    page = open_lesson("likelihood", theta=theta)
    assert not is_solved(page, task)
    page.toggle(key="forbidden_likelihood_apart").set_value(True).run()
    assert is_solved(page, task)


def test_the_top_of_the_hill_is_the_bottom_of_the_valley_whatever_n():
    # "The first is largest exactly where the second is smallest"
    theta = np.linspace(0.01, 0.99, 99)
    coins = np.stack([theta, 1 - theta], axis=-1)
    for counts in ([7, 3], [14, 6], [1, 0], [3, 13], [20, 20]):
        share = counts[0] / sum(counts)
        assert np.argmax(likelihood(coins, counts)) == np.argmin(binary_cross_entropy(theta, np.full(99, share)).value)


def test_the_guess_about_a_fair_coin():
    page = open_lesson("likelihood", lock_likelihood="true")
    assert says(page, "it is **0.439**")
    assert says(page, "Yours is 43.9 % as likely, and surprised by 1.00 bits a flip.")


def test_until_the_guess_is_in_the_page_keeps_the_answer():
    page = open_lesson("likelihood")
    assert says(page, "How likely yours is, is your guess.")
    assert not any("43.9" in caption.value for caption in page.caption)


def test_the_cards():
    # "After a single heads it is θ itself: a ramp whose area is a half"
    theta = np.linspace(0, 1, 1001)
    ramp = likelihood(np.stack([theta, 1 - theta], axis=-1), [1, 0])
    np.testing.assert_allclose(ramp, theta)
    assert np.trapezoid(ramp, theta) == pytest.approx(0.5)
    page = open_lesson("likelihood")
    page.button_group(key="vote_unit").set_value("I agree").run()
    page.button(key="show_unit").click().run()
    nats = binary_cross_entropy(0.7, 0.7).value
    assert says(page, f"surprised by {float(nats):.3f} nats a flip")
    assert Unit.BITS.of(nats) == pytest.approx(0.881, abs=5e-4)


def test_a_product_of_1100_halves_is_0_to_a_computer():
    page = open_lesson("likelihood", series=1100)
    assert says(page, "A fair coin, 1100 flips: a likelihood of 0, a surprise of 762 nats, 0.693 a flip.")
