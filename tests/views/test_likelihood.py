"""The pictures of the lesson on likelihood: what solves their tasks, and what they say."""

import re

import numpy as np
import pytest

from xent_core import Unit, binary_cross_entropy
from xent_core.sampling import likelihood
from xent_ui.style.numbers import text
from xent_ui.views.likelihood import long_series, one_series, relative_likelihood


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (one_series, {"theta": 0.7}, "best"),
        (one_series, {"came": 14, "missed": 6}, "twice"),
        (long_series, {"series": 1100}, "gone"),
    ],
)
def test_what_solves_each_task(picture, values, task):
    assert picture(values).solved[task]


def test_what_does_not_solve_them():
    assert not one_series({"theta": 0.7, "came": 14, "missed": 6}).solved["best"]
    assert not one_series({"came": 12, "missed": 8}).solved["twice"]
    assert not long_series({"series": 1000}).solved["gone"]  # 2^-1000 is 9.3e-302


def test_no_coin_has_the_largest_likelihood_without_the_smallest_loss():
    for theta in one_series.controls["theta"].every_value:
        assert not one_series({"theta": theta}).solved["apart"]


def test_the_likelihood_is_largest_where_the_loss_is_smallest_for_any_number_of_flips():
    # "The first is largest exactly where the second is smallest"
    theta = np.linspace(0.01, 0.99, 99)
    coins = np.stack([theta, 1 - theta], axis=-1)
    for counts in ([7, 3], [14, 6], [1, 0], [3, 13], [20, 20]):
        share = counts[0] / sum(counts)
        assert np.argmax(likelihood(coins, counts)) == np.argmin(binary_cross_entropy(theta, np.full(99, share)).value)


def test_the_share_of_a_coin_is_its_likelihood_over_that_of_the_best():
    # 0.5^10 / (0.7^7 0.3^3)
    assert float(relative_likelihood(0.5, 7, 3)) == pytest.approx(0.5**10 / (0.7**7 * 0.3**3))
    assert relative_likelihood(np.array([0.2, 0.4]), 1, 0).tolist() == [0.2, 0.4]


def test_the_guess_about_a_fair_coin():
    view = one_series(locked=True)
    assert view.caption.endswith("Yours is 43.9 % as likely, and surprised by 1.00 bits per flip.")
    assert one_series.question.answer == pytest.approx(0.439, abs=5e-4)


def test_the_answer_is_hidden_until_the_guess_is_locked():
    view = one_series()
    assert view.caption.endswith("Guess how likely yours is.")
    assert "43.9" not in view.caption
    assert "0.439" not in str(view.figure.to_dict())
    assert "0.439" in str(one_series(shown=True).figure.to_dict())


def test_what_the_cards_say_is_true():
    # "After a single head it is θ itself: a ramp whose area is a half"
    theta = np.linspace(0, 1, 1001)
    ramp = likelihood(np.stack([theta, 1 - theta], axis=-1), [1, 0])
    np.testing.assert_allclose(ramp, theta)
    assert np.trapezoid(ramp, theta) == pytest.approx(0.5)
    # "In nats the best coin is another one than in bits."
    nats = float(binary_cross_entropy(0.7, 0.7).value)
    view = one_series({"theta": 0.7, "unit": Unit.NATS}, shown=True)
    assert f"surprised by {nats:.3f} nats per flip" in view.caption
    assert Unit.BITS.of(nats) == pytest.approx(0.881, abs=5e-4)
    assert view.solved["best"]


def test_a_product_of_1100_halves_is_0_to_a_computer():
    said = long_series({"series": 1100}).caption
    assert said == "A fair coin, 1,100 flips: a likelihood of 0, a surprise of 762 nats, 0.693 per flip."


def test_counts_agree_with_their_nouns():
    assert one_series({"came": 1, "missed": 1}).caption.startswith("1 head and 1 tail: ")
    assert one_series({"came": 2, "missed": 0}).caption.startswith("2 heads and 0 tails: ")
    assert long_series({"series": 0}).caption.startswith("A fair coin, 0 flips: a likelihood of 1.00, a surprise of 0 ")


def test_the_slope_at_the_best_coin_is_0_and_nothing_near_it():
    for heads in one_series.controls["came"].every_value:
        for tails in one_series.controls["missed"].every_value:
            best = heads / (heads + tails)
            if best in one_series.controls["theta"].every_value:
                view = one_series({"came": heads, "missed": tails, "theta": best, "unit": Unit.NATS})
                assert view.code.grad == 0
                assert not np.signbit(view.code.grad)
                slope = view.formula.split(r"\frac{dH}{d\theta}")[1]
                assert re.search(r"= \\textcolor\{[^}]*\}\{0\}", slope)


@pytest.mark.parametrize("unit", list(Unit))
def test_the_code_prints_the_surprise_per_flip_in_the_unit_of_the_picture(unit):
    view = one_series({"theta": 0.3, "unit": unit}, shown=True)
    nats = -(0.7 * np.log(0.3) + 0.3 * np.log(0.7))
    assert view.code.value == pytest.approx(nats / (np.log(2) if unit is Unit.BITS else 1))
    assert f"surprised by {text(float(view.code.value))} {unit.symbol} per flip" in view.caption
    assert ("math.log(2)" in view.code.torch) == (unit is Unit.BITS)
    assert ("Unit.BITS" in view.code.numpy) == (unit is Unit.BITS)


def test_the_formula_multiplies_what_the_caption_counts():
    shown = one_series({"came": 2, "missed": 1, "theta": 0.5}).formula
    assert "0.125" in shown  # 0.5^2 × 0.5
    assert r"3.00}\;\text{bits}" in shown  # -log2(0.125)
