"""The pictures of the lesson on likelihood: what solves their tasks, and what they say."""

import re

import numpy as np
import pytest

from xent_core import Unit, binary_cross_entropy, cross_entropy, entropy
from xent_core.sampling import likelihood
from xent_ui.style.numbers import text
from xent_ui.views.likelihood import FLIPS, LOST_BELOW, long_series, one_series, relative_likelihood


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
    # "The likelihood is largest exactly where the loss is smallest."
    theta = np.linspace(0.01, 0.99, 99)
    coins = np.stack([theta, 1 - theta], axis=-1)
    for counts in ([7, 3], [14, 6], [1, 0], [3, 13], [20, 20]):
        share = counts[0] / sum(counts)
        assert np.argmax(likelihood(coins, counts)) == np.argmin(binary_cross_entropy(theta, np.full(99, share)).value)


def test_the_share_of_a_coin_is_its_likelihood_over_that_of_the_best():
    # 0.5^10 / (0.7^7 0.3^3)
    assert float(relative_likelihood(0.5, 7, 3)) == pytest.approx(0.5**10 / (0.7**7 * 0.3**3))
    assert relative_likelihood(np.array([0.2, 0.4]), 1, 0).tolist() == [0.2, 0.4]


def test_the_loss_per_flip_is_the_cross_entropy_of_the_observed_shares_and_the_coin():
    # "the mean loss per flip is −[ȳ log p + (1 − ȳ) log(1 − p)]. That is the cross-entropy H(ȳ, p)"
    for heads, tails in ([7, 3], [1, 0], [3, 13]):
        shares = np.array([heads, tails]) / (heads + tails)
        for p in (0.01, 0.3, 0.99):
            nats = -np.log(float(likelihood([p, 1 - p], [heads, tails]))) / (heads + tails)
            assert float(one_series({"came": heads, "missed": tails, "theta": p}).code.value) == pytest.approx(
                nats / np.log(2)
            )
            assert float(cross_entropy(shares, [p, 1 - p]).value) == pytest.approx(nats)


def test_the_guess_about_a_fair_coin():
    # The page said that the coin is 43.9 % as likely. It is the flips that are.
    view = one_series(locked=True)
    assert view.caption.endswith(
        "With yours, these flips are 43.9 % as likely as with the best coin, at a loss of 1.00 bits per flip."
    )
    assert one_series.question.answer == pytest.approx(0.439, abs=5e-4)


def labels(view):
    return [words for trace in view.figure.data if "text" in trace.mode for words in trace.text]


@pytest.mark.parametrize("unit", list(Unit))
def test_while_the_guess_is_open_no_link_shows_the_answer(unit):
    for p in one_series.controls["theta"].every_value:
        for heads, tails in ((7, 3), (3, 7)):  # a fair coin has the same likelihood in both
            view = one_series({"theta": p, "unit": unit, "came": heads, "missed": tails})
            assert not re.search(r"43\.9|0\.439|0\.44\d", " ".join([view.caption, view.formula, *labels(view)]))
            upper = [t for t in view.figure.data if t.mode == "lines" and t.line.dash == "dash" and t.yaxis != "y3"]
            assert all(min(line.x) >= 0.6 for line in upper), "the curve is drawn where it is asked"
            assert ("Make a guess." in view.caption) == (p < 0.6)


def test_a_part_of_the_likelihood_is_shown_from_the_start():
    assert "0.806" in labels_text({"theta": 0.6})  # 0.6^7 0.4^3 / (0.7^7 0.3^3)
    assert "0.439" in labels_text({}, shown=True)
    assert "0.439" not in labels_text({})


def labels_text(values, **more):
    return " ".join(labels(one_series(values, **more)))


def test_only_the_best_coin_is_100_percent_as_likely():
    for heads in one_series.controls["came"].every_value:
        for tails in one_series.controls["missed"].every_value[::3]:
            best = heads / (heads + tails)
            near = round(min(max(best, 0.01), 0.99), 2)
            view = one_series({"came": heads, "missed": tails, "theta": near}, shown=True)
            assert (" 100 % as likely" in view.caption) == (abs(near - best) < 1e-9)


def test_what_the_cards_and_the_summary_say_is_true():
    # "After a single head it is p itself: a straight line from 0 to 1. The area below it is ½"
    p = np.linspace(0, 1, 1001)
    ramp = likelihood(np.stack([p, 1 - p], axis=-1), [1, 0])
    np.testing.assert_allclose(ramp, p)
    assert np.trapezoid(ramp, p) == pytest.approx(0.5)
    # "In nats the least loss is 0.611, in bits 0.881, both at p = 0.7."
    for unit, least in ((Unit.NATS, "0.611 nats"), (Unit.BITS, "0.881 bits")):
        losses = [
            float(one_series({"theta": p, "unit": unit}).code.value) for p in one_series.controls["theta"].every_value
        ]
        assert one_series.controls["theta"].every_value[int(np.argmin(losses))] == 0.7
        view = one_series({"theta": 0.7, "unit": unit}, shown=True)
        assert f"at a loss of {least} per flip" in view.caption
        assert view.solved["best"]
    # "its loss is the entropy of that share, which is 0 only if all flips are the same"
    for share in (0.3, 0.7, 1.0):
        assert float(binary_cross_entropy(share, share).value) == pytest.approx(
            float(entropy([share, 1 - share]).value)
        )


def test_a_likelihood_of_1100_flips_is_stored_as_0():
    assert long_series({"series": 1100}).caption == (
        "After 1,100 flips of a fair coin the likelihood is 0, as the computer stores it. Its −ln, as a sum of "
        "logarithms, is 762 nats, or 0.693 nats per flip."
    )
    # "has no positive number below 4.9 × 10⁻³²⁴, so it cannot store the likelihood of 1,075 fair flips"
    assert np.nextafter(0, 1) == 0.5**1074
    assert -1074 * np.log10(2) == pytest.approx(np.log10(4.94) - 324, abs=1e-3)
    assert 0.5**1075 == 0


def test_in_the_band_every_product_is_0_and_above_it_none_is():
    for n in long_series.controls["series"].every_value:
        assert long_series({"series": n}).solved["gone"] == (-n * np.log10(2) < LOST_BELOW)
    # not only for a coin: half of the smallest float is the limit, for what is above it is rounded up
    assert 10 ** (LOST_BELOW + 1e-3 + 300) * 1e-300 > 0
    assert 10 ** (LOST_BELOW - 1e-3 + 300) * 1e-300 == 0
    # below 10⁻³²⁴, as the axis says, nothing is stored; the least number that is, 4.94 × 10⁻³²⁴, is above the band
    assert -324 < LOST_BELOW < np.log10(4.94) - 324


def test_the_line_of_the_likelihood_is_the_product_that_float64_stores():
    view = long_series()
    falling = next(t for t in view.figure.data if t.mode == "lines" and len(t.x) == len(FLIPS) and t.yaxis != "y3")
    products = np.cumprod(np.r_[1.0, np.full(1200, 0.5)])[FLIPS]
    stored = products > 0
    np.testing.assert_allclose(falling.y[stored], np.log10(products[stored]), rtol=1e-6)
    assert np.isnan(falling.y[~stored]).all()
    assert FLIPS[stored][-1] == 1074


def test_counts_agree_with_their_nouns():
    assert one_series({"came": 1, "missed": 1}).caption.startswith("1 head and 1 tail: ")
    assert one_series({"came": 2, "missed": 0}).caption.startswith("2 heads and 0 tails: ")
    assert long_series({"series": 0}).caption == "Before the first flip, the likelihood is 1 and its −ln is 0."


def test_the_slope_at_the_best_coin_is_0_and_nothing_near_it():
    for heads in one_series.controls["came"].every_value:
        for tails in one_series.controls["missed"].every_value:
            best = heads / (heads + tails)
            if best in one_series.controls["theta"].every_value:
                view = one_series({"came": heads, "missed": tails, "theta": best, "unit": Unit.NATS})
                assert view.code.grad == 0
                assert not np.signbit(view.code.grad)
                slope = view.formula.split(r"\frac{dL}{dp}")[1]
                assert re.search(r"= \\textcolor\{[^}]*\}\{0\}", slope)


@pytest.mark.parametrize("unit", list(Unit))
def test_the_code_prints_the_surprise_per_flip_in_the_unit_of_the_picture(unit):
    view = one_series({"theta": 0.3, "unit": unit}, shown=True)
    nats = -(0.7 * np.log(0.3) + 0.3 * np.log(0.7))
    assert view.code.value == pytest.approx(nats / (np.log(2) if unit is Unit.BITS else 1))
    assert f"at a loss of {text(float(view.code.value))} {unit.symbol} per flip" in view.caption
    assert ("math.log(2)" in view.code.torch) == (unit is Unit.BITS)
    assert ("Unit.BITS" in view.code.numpy) == (unit is Unit.BITS)


def test_the_formula_multiplies_what_the_caption_counts():
    shown = one_series({"came": 2, "missed": 1, "theta": 0.5}).formula
    assert "0.125" in shown  # 0.5^2 × 0.5
    assert r"3.00}\;\text{bits}" in shown  # -log2(0.125)
