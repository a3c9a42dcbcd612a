import re
from collections import Counter

import numpy as np
import pytest

from xent_core import entropy
from xent_ui.self_test.number_parser import number
from xent_ui.self_test.questions import check
from xent_ui.self_test.questions.interview import LEVELS, THEMES
from xent_ui.self_test.questions.numeric import KINDS
from xent_ui.self_test.questions.problems import FEWEST_WRONG, MOST_WRONG, problem, tolerance

MANY = 1000


@pytest.fixture(params=KINDS, scope="module")
def problems(request):
    return [problem(KINDS[request.param], number) for number in range(1, MANY + 1)]


def test_one_choice_is_right_and_every_other_wrong_for_its_own_reason(problems):
    for each in problems:
        right = [choice for choice in each.choices if each.mark(choice)[0]]
        assert right == [each.answer]
        assert each.mark(each.answer) == (True, each.because)
        assert FEWEST_WRONG + 1 <= len(each.choices) <= MOST_WRONG + 1
        assert set(each.choices) <= {each.answer, *(mistake.value for mistake in each.wrong)}
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
    different = {each.asks for each in problems}
    few = {kind.name for kind in check.kinds().values()}  # the controls of a lesson bound some of these
    assert len(different) >= (15 if problems[0].kind in few else 150)
    if problems[0].kind in ("Untrained loss", "Perplexity"):
        assert len(different) >= 200


def test_no_choice_stands_alone_with_its_sign(problems):
    for each in problems:
        negative = sum(choice < 0 for choice in each.choices)
        assert 1 < negative < len(each.choices) - 1 or negative in (0, len(each.choices))


def test_what_is_said_of_a_wrong_answer_does_not_tell_the_right_one(problems):
    for each in problems[:100]:
        said = " ".join(each.mark(value)[1] for value in (*(mistake.value for mistake in each.wrong), 1e9, -1e9))
        assert each.because not in said
        assert each.shown(each.answer) not in said


def test_a_number_means_the_same_problem_for_everybody():
    for kind in KINDS.values():
        assert problem(kind, 7) == problem(kind, 7)
        assert kind.theme in THEMES
        assert kind.level in LEVELS
    first = problem(KINDS["surprise"], 1)
    assert first.asks == "An event has a probability of 28 %, and it does not happen. How surprising is that, in nats?"
    assert first.answer == pytest.approx(-np.log(1 - 0.28))


def test_the_model_that_knows_only_the_shares_pays_their_entropy():
    asked = {
        each.asks: each for number in range(1, 300) if "shares" in (each := problem(KINDS["untrained"], number)).asks
    }
    assert len(asked) > 150
    for each in asked.values():
        p = np.array([int(share) for share in re.findall(r"(\d+) %", each.asks)]) / 100
        assert each.unit.of(entropy(p).value) == pytest.approx(each.answer)
        assert p.sum() == pytest.approx(1)


def test_perplexity_is_a_power_and_cross_entropy_its_logarithm():
    for n in range(1, 300):
        each = problem(KINDS["perplexity"], n)
        given = float(re.search(r"of ([\d.]+)", each.asks)[1])
        meant = (
            np.log2(given) if "What is its mean" in each.asks else (2 if " bits per" in each.asks else np.e) ** given
        )
        assert each.mark(meant)[0], each.asks


def test_the_answer_for_the_other_class_is_named_for_what_it_is():
    each = problem(KINDS["weighted"], 1)
    assert each.mark(1 - each.answer) == (False, "That is the probability that the model gives *negative*.")
