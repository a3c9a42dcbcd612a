"""The questions with which learners check each lesson."""

import pytest

from xent_ui.course.table import LESSON, LESSONS
from xent_ui.self_test.questions import check
from xent_ui.self_test.questions.check import Compute, Pick, checks
from xent_ui.self_test.questions.problems import FEWEST_WRONG, problem

TAUGHT = [lesson.file for lesson in LESSONS if lesson.kind == LESSON]
ALL = [(lesson, each) for lesson in check.LESSONS for each in checks(lesson)]
PICKS = [pytest.param(each, id=f"{lesson}-{each.name}") for lesson, each in ALL if isinstance(each, Pick)]
COMPUTED = [pytest.param(each, id=f"{lesson}-{each.name}") for lesson, each in ALL if isinstance(each, Compute)]


@pytest.mark.parametrize("lesson", TAUGHT)
def test_each_lesson_has_three_questions_with_different_names(lesson):
    names = [each.name for each in checks(lesson)]
    assert len(set(names)) == len(names) == 3


def test_there_are_sixty():
    assert len(ALL) >= 60


def test_a_page_without_questions_is_refused():
    with pytest.raises(KeyError):
        checks("no_such_lesson")


@pytest.mark.parametrize("each", PICKS)
def test_every_wrong_option_says_which_mistake_it_is(each):
    assert 2 <= len(each.wrong) <= 4
    assert len(set(each.options)) == len(each.options) == 1 + len(each.wrong)
    reasons = [each.because, *each.wrong.values()]
    assert all(len(reason.split()) >= 5 for reason in reasons)
    assert len(set(reasons)) == len(reasons)
    assert each.asks.endswith("?")


def test_the_right_option_has_no_place_of_its_own():
    places = [each.values[0].options.index(each.values[0].right) for each in PICKS]
    assert set(places) >= {0, 1, 2}
    assert max(places.count(place) for place in set(places)) <= 0.6 * len(places)


def test_the_right_option_is_rarely_the_longest():
    longest = [max(each.values[0].options, key=len) == each.values[0].right for each in PICKS]
    assert sum(longest) <= 0.5 * len(longest)


@pytest.mark.parametrize("each", COMPUTED)
def test_every_problem_is_well_posed_and_numbers_change(each):
    problems = [problem(each.kind, number) for number in range(1, 41)]
    assert len({one.asks for one in problems}) >= 10
    for one in problems:
        assert one.mark(one.answer)[0]
        assert len(one.wrong) >= FEWEST_WRONG
        for mistake in one.wrong:
            assert one.mark(mistake.value) == (False, mistake.because)


def test_no_two_kinds_have_the_same_name():
    names = [each.values[0].kind.name for each in COMPUTED]
    assert len(set(names)) == len(names)
