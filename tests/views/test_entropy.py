"""The pictures of the lesson on entropy: what solves their tasks, and what they say."""

import re

import numpy as np
import pytest

from tests.figures.helpers import label_text
from tests.views.helpers import run
from xent_core import Unit, entropy, expected_code_length, huffman_code, shannon_code_lengths
from xent_ui.figures.placement import width_of
from xent_ui.style.numbers import text
from xent_ui.views.entropy import LONGEST_BLOCK, bits_per_letter, blocks, common, forecast, source, weights

SKEWED = {"outcomes": 8, **weights.settings([100] + [1] * 7)}
HORSES = {"outcomes": 8, **weights.settings([64, 32, 16, 8, 2, 2, 2, 2])}
HALVES = {"outcomes": 3, **weights.settings([20, 10, 10])}


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (source, HALVES, "one_and_a_half"),
        (blocks, {"common": 0.99}, "waste"),
        (blocks, {"common": 0.5, "block": 4}, "incompressible"),
        (forecast, {"rain": 0.5}, "most_doubt"),
        (forecast, {"rain": 0.0}, "no_rain"),
    ],
)
def test_what_solves_each_task(picture, values, task):
    assert picture(values).solved[task]


@pytest.mark.parametrize("look", ["cost", "code"])
@pytest.mark.parametrize("unit", list(Unit))
def test_a_task_is_solved_however_the_source_is_looked_at(look, unit):
    assert source(HALVES | {"view": look, "unit": unit}).solved["one_and_a_half"]


def test_three_letters_of_which_one_is_never_sent_are_not_enough():
    # ½, ½, 0 is 1 bit; and no two letters carry more than 1
    assert not source({"outcomes": 3, **weights.settings([1, 1, 0])}).solved["one_and_a_half"]


def test_no_best_code_wastes_a_whole_bit():
    solved = blocks({"common": 0.99}).solved  # 1 bit per letter, and the entropy is 0.08
    assert solved["waste"]
    assert not any(blocks({"common": p, "block": n}).solved["whole_bit"] for p in common.every_value for n in (1, 2, 5))


def test_the_horse_race_is_two_bits():
    # ½·1 + ¼·2 + ⅛·3 + 1/16·4 + 4·1/64·6 = 2
    assert "H = 2.00 bits;" in source(HORSES, shown=True).caption


@pytest.mark.parametrize("look", ["cost", "code"])
@pytest.mark.parametrize("values", [{}, {"unit": Unit.NATS}, SKEWED, HORSES])
def test_the_answer_is_hidden_until_a_guess_is_locked_or_a_control_is_moved(look, values):
    hidden = source(values | {"view": look})
    shown = source(values | {"view": look}, shown=True)
    assert re.search(r"\d\.\d", shown.caption)
    assert not re.search(r"\d\.\d", hidden.caption)
    assert not hidden.formula
    assert hidden.code is None
    words = str(hidden.figure.to_dict())
    assert "<b>H " not in words
    assert '"mean"' not in words


def test_a_locked_guess_is_compared_with_the_truth():
    locked = source({"guess_entropy": 2.5}, locked=True)
    assert "H = 1.75 bits; the most for 4 letters is 2.00." in locked.caption
    assert source.question.answer == pytest.approx(0.5 * 1 + 0.25 * 2 + 2 * 0.125 * 3)


def test_more_outcomes_and_less_entropy():
    # "these eight carry less than one flip of a fair coin, because A comes 93 times in 100"
    p = np.array([100] + [1] * 7) / 107
    assert round(100 * p[0]) == 93
    bits = float(Unit.BITS.of(entropy(p).value))
    assert bits < 1
    assert f"H = {text(bits)} bits; the most for 8 letters is 3.00." in source(SKEWED, shown=True).caption


def test_a_nat_is_1_4427_bits_and_the_peak_stays_at_one_half():
    # "in nats every height on the curve is divided by 1.4427, and the peak stays at ½"
    assert round(float(Unit.BITS.of(1.0)), 4) == 1.4427
    nats = "A forecast of 50 % rain has an entropy of 0.693 nats."
    assert forecast({"unit": Unit.NATS, "rain": 0.5}).caption == nats
    for unit in Unit:
        assert forecast({"unit": unit, "rain": 0.5}).solved["most_doubt"]
        assert not forecast({"unit": unit, "rain": 0.51}).solved["most_doubt"]


def test_a_code_for_powers_of_one_half_has_the_entropy_as_its_mean_length():
    caption = source({"view": "code"}, shown=True).caption
    assert caption == "The Huffman code needs 1.75 bits per letter, exactly as many as the entropy."


def test_a_rarer_letter_never_has_a_shorter_word():
    # "no letter has a longer word than a rarer one", though words can be far from as long as letters are surprising
    rng = np.random.default_rng(0)
    for _ in range(300):
        p = weights.shares(rng.integers(0, 101, rng.integers(2, 9)))
        lengths = huffman_code(p).lengths
        sent = p > 0
        longer = lengths[sent][:, None] > lengths[sent]
        likelier = p[sent][:, None] > p[sent]
        assert not (longer & likelier).any()
    surprise_of_b = float(np.log2(101))
    assert huffman_code(np.array([100, 1]) / 101).lengths[1] == 1 < surprise_of_b - 5


@pytest.mark.parametrize("view", ["cost", "code"])
@pytest.mark.parametrize("values", [{}, {"outcomes": 3}, {"m1": 40, "m2": 30}, HORSES, SKEWED])
def test_no_link_shows_the_answer_of_the_open_guess(view, values):
    shown = source(values | {"view": view})
    assert "1.75" not in shown.caption + shown.formula + shown.notes + label_text(shown.figure)


def test_a_code_reaches_the_entropy_only_if_it_says_so():
    better = "no code for single letters needs fewer."
    for row in ([24, 12, 6, 6], [40, 30, 20, 10], [100, 1, 1, 1]):
        p = weights.shares(np.array(row))
        gap = expected_code_length(p, huffman_code(p).lengths) - Unit.BITS.of(entropy(p).value)
        caption = source({"view": "code", **weights.settings(row)}, shown=True).caption
        assert ("exactly" in caption) == (abs(gap) < 1e-9)
        assert (better in caption) == (gap > 1e-9)


def test_blocks_are_within_one_bit_per_block_of_the_entropy_at_every_probability():
    # "No code … fewer bits per letter on average than the entropy. Huffman's code is less than one bit above it"
    for p in common.every_value:
        floor = float(Unit.BITS.of(entropy([p, 1 - p]).value))
        per_letter = np.array(bits_per_letter(p))
        gaps = per_letter - floor
        assert (gaps >= -1e-9).all()
        assert (gaps < 1 / np.arange(1, LONGEST_BLOCK + 1)).all()
    assert bits_per_letter(0.9)[1] == pytest.approx((0.81 * 1 + 0.09 * 2 + 0.09 * 3 + 0.01 * 3) / 2)


def test_the_written_lengths_of_blocks_add_up():
    for p in common.every_value:
        for n in range(1, LONGEST_BLOCK + 1):
            caption = blocks({"common": p, "block": n}).caption
            here, floor = (re.search(rf"{words} ([\d.]+) bits", caption)[1] for words in ("need", "entropy is"))
            assert float(here) >= float(floor) - 1e-12, caption


def test_only_a_fair_source_cannot_be_shortened():
    assert [p for p in common.every_value if blocks({"common": p}).solved["incompressible"]] == [0.5]


def test_captions_fit_one_line_beside_the_controls():
    rng = np.random.default_rng(3)
    found = [forecast({"rain": p}).caption for p in (0.07, 0.33, 0.86)]
    found += [blocks({"common": p, "block": n}).caption for p in common.every_value for n in (1, 2, LONGEST_BLOCK)]
    for _ in range(100):
        values = {"outcomes": 8, **weights.settings(rng.integers(0, 101, 8).tolist())}
        found += [source(values | {"view": look}, shown=True).caption for look in ("cost", "code")]
    assert not [caption for caption in found if width_of(caption, 16) > 613]


def test_rounding_up_wastes_less_than_a_bit():
    # "Huffman's code is at least as good as that", and that is below H + 1
    p = np.array([0.9, 0.05, 0.05])
    assert p @ huffman_code(p).lengths <= p @ shannon_code_lengths(p) < Unit.BITS.of(entropy(p).value) + 1


@pytest.mark.parametrize("unit", list(Unit))
def test_the_code_is_in_the_unit_of_the_picture(unit):
    value = float(unit.of(entropy([0.5, 0.25, 0.125, 0.125]).value))
    view = source({"unit": unit}, shown=True)
    assert f"H = {text(value)} {unit.symbol}" in view.caption
    assert float(run(view.code.numpy)["value"]) == pytest.approx(value)
    np.testing.assert_allclose(run(view.code.numpy)["grad"], view.code.grad, rtol=1e-12)


def test_the_code_of_the_tree_gives_its_mean_length_in_bits():
    view = source(HALVES | {"view": "code", "unit": Unit.NATS}, shown=True)
    assert float(view.code.value) == 0.5 * 1 + 0.25 * 2 + 0.25 * 2
    assert run(view.code.numpy)["code"].words == ("0", "10", "11")


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("p", [0.0, 0.3, 0.5, 1.0])
def test_the_code_of_a_forecast_gives_value_and_slope_of_the_picture(p, unit):
    view = forecast({"rain": p, "unit": unit})
    left = run(view.code.numpy)
    np.testing.assert_allclose(left["value"], view.code.value)
    np.testing.assert_allclose(left["slope"], view.code.grad)
    slope = {0.0: np.inf, 0.5: 0, 1.0: -np.inf}.get(p, np.log(0.7 / 0.3))
    assert float(view.code.grad) == pytest.approx(float(unit.of(slope)))


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("address", ["0.5", "0.5000000000000003"])
def test_the_slope_at_one_half_is_zero_to_the_last_digit(unit, address):
    values = forecast.parse({"rain": address, "unit": unit.symbol})
    view = forecast(values)
    assert view.solved["most_doubt"]
    assert float(view.code.grad) == 0
    assert not np.signbit(view.code.grad)
    assert view.formula.endswith(r"{0}\end{aligned}")


@pytest.mark.parametrize(("p", "limit"), [(0.0, r"\infty"), (1.0, r"-\infty")])
def test_the_slope_at_an_end_is_a_limit(p, limit):
    formula = forecast({"rain": p}).formula
    assert r"\frac{1-p}{p} \to" in formula
    assert limit in formula
    assert r"\text{as } p \to \textcolor" in formula


def test_a_formula_with_a_letter_that_is_never_sent_says_so():
    formula = source({"outcomes": 2, "m1": 0, "m2": 5}, shown=True).formula
    assert r"\log_2 \textcolor{#0B68AD}{0}" not in formula
    assert r"\text{as } \textcolor{#0B68AD}{p_A} \to 0" in formula


def test_what_an_unlikely_letter_adds():
    # "−p log₂ p is 0.066 at p = 0.01 and 0.010 at p = 0.001"
    assert [round(-p * np.log2(p), 3) for p in (0.01, 0.001)] == [0.066, 0.010]
