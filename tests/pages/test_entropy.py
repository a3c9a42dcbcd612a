import numpy as np

from tests.pages.helpers import check_challenges, is_solved, open_lesson, says
from xent_core import Unit, entropy, huffman_code, shannon_code_lengths
from xent_ui.style.numbers import text

ONLY_A = {f"m{i}": 1 for i in range(2, 9)}


def test_each_challenge_has_a_state_that_solves_it():
    check_challenges(
        "entropy",
        {
            "Find three or more letters, all in use, worth exactly 1.5 bits.": {
                "outcomes": 3,
                "m1": 20,
                "m2": 10,
                "m3": 10,
            },
            "Build a code that wastes more than half a bit a letter.": {"outcomes": 2, "m1": 99, "m2": 1},
            "Find the forecast that leaves most doubt.": {"rain": 0.5},
            "Find one that leaves no doubt, though no rain comes.": {"rain": 0},
        },
    )


def test_no_best_code_wastes_a_whole_bit():
    task = "Build a best code that wastes a whole bit."
    page = open_lesson("entropy", outcomes=2, m1=100, m2=1)
    assert not is_solved(page, task)
    page.toggle(key="forbidden_entropy_whole_bit").set_value(True).run()
    assert is_solved(page, task)


def test_the_picture_keeps_the_answer_until_a_guess_is_locked():
    asked = open_lesson("entropy")
    assert says(asked, "what do they add up to?")
    assert not says(asked, "1.75")
    locked = open_lesson("entropy", lock_entropy="true")
    assert says(locked, "it is **1.75 bits**")
    assert says(locked, "H = 1.75 bits. 4 letters can carry 2.00.")


def test_more_outcomes_and_less_entropy():
    # "these eight carry less than one coin: A comes 93 times in 100"
    p = np.array([100] + [1] * 7) / 107
    assert round(100 * p[0]) == 93
    bits = float(Unit.BITS.of(entropy(p).value))
    assert bits < 1
    page = open_lesson("entropy", outcomes=8, m1=100, **ONLY_A)
    assert says(page, f"H = {text(bits)} bits. 8 letters can carry 3.00.")


def test_a_nat_in_bits():
    # "A nat is 1.44 bits" and "The peak stays at ½"
    assert round(float(Unit.BITS.of(1.0)), 2) == 1.44
    assert says(open_lesson("entropy", unit="nats", rain=0.5), "A forecast of 50 % rain leaves 0.693 nats of doubt.")


def test_the_code_of_halves_spends_the_entropy():
    # "Where every chance is ½, ¼, ⅛ … it spends exactly that."
    page = open_lesson("entropy", view="Code")
    assert says(page, "The best code needs 1.75 bits a letter; the entropy is 1.75 bits.")


def test_rounding_up_wastes_less_than_a_bit():
    # "Huffman's code is at least as good as that", and that is below H + 1
    p = np.array([0.9, 0.05, 0.05])
    assert p @ huffman_code(p).lengths <= p @ shannon_code_lengths(p) < Unit.BITS.of(entropy(p).value) + 1
