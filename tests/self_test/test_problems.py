"""How numeric problems are drawn and marked, with kinds made for the purpose."""

import numpy as np
import pytest

from xent_core import Unit
from xent_ui.self_test.questions.interview import SCREEN
from xent_ui.self_test.questions.numeric import KINDS
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong, problem, tolerance

VALUES = {"p": "0.5"}


def made(answer, *wrong, name="made", unit=None):
    """Return a kind whose problems all have these answers."""
    drafted = tuple(Wrong(value, f"mistake {i}") for i, value in enumerate(wrong))
    draft = Draft("How much?", answer, "because", drafted, "surprise", VALUES, unit)
    return Kind(name, "expected_surprise", SCREEN, lambda rng: draft)


def drawn(name):
    return Kind(name, "range", SCREEN, lambda rng: made(round(rng.random(), 6), 2, 3, 4).draw(rng))


def test_an_answer_is_right_within_one_percent_however_small_it_is():
    for answer in (0.00321, -0.0321, 3.21, 321.0):
        now = problem(made(answer, 7, -7, 8, -8, 9), 1)
        assert now.mark(answer * 1.009)[0]
        assert now.mark(answer * 0.991)[0]
        assert not now.mark(answer * 1.011)[0]
        assert not now.mark(answer * 0.989)[0]
    assert tolerance(0.004) == 0.01 * 0.004


def test_three_digits_are_enough_and_two_are_not():
    for answer in np.geomspace(1e-6, 1e6, 500):
        now = problem(made(float(answer), 1e9, 2e9, 3e9), 1)
        assert now.mark(float(f"{answer:.2e}"))[0]
    assert not problem(made(0.0149, 1, 2, 3), 1).mark(0.015 + 0.0001)[0]
    assert not problem(made(0.0145, 1, 2, 3), 1).mark(0.015)[0]


@pytest.mark.parametrize(
    ("answer", "value", "said"),
    [
        (2.0, -2.0, "Its size is right, but its sign is not."),
        (2.0, -3.0, "Check its sign."),
        (2.0, 2.1, "It is close, but more than 1 % off: keep more digits until the end."),
        (2.0, 3.0, "It is too large."),
        (2.0, 21.0, "It is far too large."),
        (2.0, 1.0, "It is too small."),
        (2.0, 0.1, "It is far too small."),
        (0.23, 23.0, "It is 100 times too large. If you mean a percentage, type the percent sign, too."),
        (-2.0, -3.0, "Its size is too large."),
        (-2.0, -1.0, "Its size is too small."),
        (2.0, 0.0, "It is too small."),
        (0.0, 1.0, "It is too large."),
    ],
)
def test_what_no_mistake_explains_is_said_to_be_off_in_kind_without_the_solution(answer, value, said):
    now = problem(made(answer, 500, 600, 700, -800, -900), 1)
    assert now.mark(value) == (False, f"This answer matches no common mistake. {said}")


def test_a_known_mistake_is_named():
    assert problem(made(1.0, 2, 3, 4), 1).mark(2.01) == (False, "mistake 0")


def test_no_choice_stands_alone_with_its_sign():
    for answer, wrong in (
        (2.0, (-2, 3, 4, 5)),
        (2.0, (-2, 3, 4, -5)),
        (-2.0, (2, -3, 4, 5)),
        (2.0, (-1, -2, -3, 9, 10)),
    ):
        for number in range(1, 30):
            choices = problem(made(answer, *wrong), number).choices
            assert len(choices) in (4, 5)
            assert sum(choice < 0 for choice in choices) != 1
            assert sum(choice >= 0 for choice in choices) != 1


def test_a_mistake_that_is_not_offered_is_recognized_when_it_is_typed():
    now = problem(made(2.0, -2, 3, 4, 5), 1)
    assert -2 not in now.choices
    assert now.mark(-2) == (False, "mistake 0")


def test_a_kind_without_enough_wrong_answers_is_an_error():
    for kind in (made(1.0, 2, 3), made(1.0, 2, 2.01, 3), made(-1.0, 2, 3, 4), made(1.0, 2, 3, float("inf"))):
        with pytest.raises(RuntimeError, match="no well-posed problem of kind made"):
            problem(kind, 1)


def test_the_name_of_a_kind_decides_its_problems_and_nothing_else_does():
    assert problem(drawn("one"), 1).answer == problem(drawn("one"), 1).answer
    answers = {problem(drawn(name), number).answer for name in ("one", "two", "eno") for number in range(1, 50)}
    assert len(answers) == 3 * 49
    assert len({kind.name for kind in KINDS.values()}) == len(KINDS)


def test_a_number_is_shown_with_its_unit():
    assert problem(made(1.0, 2, 3, 4, unit=Unit.BITS), 1).shown(0.5) == "0.500 bits"
    assert problem(made(1.0, 2, 3, 4), 1).shown(-0.5) == "−0.500"
