from collections import Counter

import pytest

from xent_ui.self_test.number_parser import number
from xent_ui.self_test.questions.interview import LEVELS, THEMES
from xent_ui.self_test.questions.numeric import KINDS
from xent_ui.self_test.questions.problems import FEWEST_WRONG, problem, tolerance

MANY = 1000


@pytest.fixture(params=KINDS, scope="module")
def problems(request):
    return [problem(KINDS[request.param], number) for number in range(1, MANY + 1)]


def test_one_choice_is_right_and_every_other_wrong_for_its_own_reason(problems):
    for each in problems:
        right = [choice for choice in each.choices if each.mark(choice)[0]]
        assert right == [each.answer]
        assert each.mark(each.answer) == (True, each.because)
        assert len(each.wrong) >= FEWEST_WRONG
        assert sorted(each.choices) == sorted([each.answer, *(mistake.value for mistake in each.wrong)])
        said = [each.mark(mistake.value)[1] for mistake in each.wrong]
        assert said == [mistake.because for mistake in each.wrong]
        assert len(set(said)) == len(said)


def test_choices_keep_apart_by_more_than_the_tolerance(problems):
    for each in problems:
        ordered = sorted(each.choices)
        for low, high in zip(ordered, ordered[1:], strict=False):
            assert high - low > tolerance(low) + tolerance(high)
        assert len({each.shown(choice) for choice in each.choices}) == len(each.choices)


def test_what_is_shown_of_the_right_answer_is_marked_right_when_it_is_typed(problems):
    for each in problems[:50]:
        assert each.mark(number(each.shown(each.answer), each.unit))[0]


def test_the_right_answer_stands_anywhere(problems):
    places = Counter(each.choices.index(each.answer) for each in problems)
    assert max(places.values()) < MANY / 2
    assert min(places[place] for place in range(FEWEST_WRONG + 1)) > MANY / 10


def test_numbers_are_fresh(problems):
    assert len({each.asks for each in problems}) >= 14


def test_a_number_means_the_same_problem_for_everybody():
    for kind in KINDS:
        assert problem(KINDS[kind], 7) == problem(KINDS[kind], 7)
        assert KINDS[kind].theme in THEMES
        assert KINDS[kind].level in LEVELS


def test_a_number_that_no_mistake_explains_is_wrong_all_the_same():
    right, said = problem(KINDS["surprise"], 1).mark(1e6)
    assert not right
    assert said.startswith("No known mistake leads there.")
