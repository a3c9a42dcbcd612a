"""The bank of facts, and how rounds draw from it."""

import re
from collections import Counter
from math import comb

import pytest

from xent_ui.self_test.questions.facts import CLOSE, EACH, EASY, FACTS, HARD, MEDIUM, ROUND, drawn
from xent_ui.views.you_are_the_model import next_round, round_number

FACT = {fact.id: fact for fact in FACTS}


def test_there_are_enough_facts_of_every_level_both_true_and_false():
    groups = Counter((fact.level, fact.true) for fact in FACTS)
    assert set(groups) == {(level, true) for level in (EASY, MEDIUM, HARD, CLOSE) for true in (True, False)}
    for level, each in EACH.items():
        assert groups[level, True] == groups[level, False] >= 6 * each
    assert groups[CLOSE, True] + groups[CLOSE, False] == 26


def test_each_fact_is_one_sentence_with_a_reason_and_a_source():
    assert len(FACT) == len({fact.statement for fact in FACTS}) == len(FACTS)
    for fact in FACTS:
        assert re.fullmatch(r"[a-z_]+", fact.id)
        assert fact.statement.endswith(".")
        assert len(fact.statement) <= 110
        assert re.match(r"[A-Z3]", fact.because)
        assert fact.because.endswith(".")
        assert len(fact.because) <= 125
        assert len(fact.source) > 8


@pytest.mark.parametrize("ceased", ["CIA", "World Factbook"])
def test_no_source_has_ceased(ceased):
    assert not [fact.id for fact in FACTS if ceased in fact.source]


def test_every_round_has_at_each_level_as_many_true_as_false_statements():
    for number in range(1, 201):
        facts = drawn(number)
        assert len({fact.id for fact in facts}) == ROUND == 12
        groups = Counter((fact.level, fact.true) for fact in facts)
        assert groups == {(level, true): each for level, each in EACH.items() for true in (True, False)}
        assert facts == drawn(number)


def test_any_six_rounds_in_a_row_ask_no_statement_twice_also_over_the_last_round():
    numbers = [*range(1, round_number.high + 1), *range(1, 6)]
    asked = [{fact.id for fact in drawn(number)} for number in numbers]
    for first in range(round_number.high):
        assert len(set().union(*asked[first : first + 6])) == 6 * ROUND
    assert next_round(round_number.high) == {round_number.key: 1}


def test_rounds_differ_and_all_statements_are_asked():
    assert len({frozenset(drawn(number)) for number in range(1, 144)}) == 143  # 11 · 13
    assert set().union(*map(drawn, range(1, 14))) == set(FACTS)


def test_the_truth_does_not_follow_from_the_place():
    """Each place of a round holds a true statement about as often as a false one."""
    for place in range(ROUND):
        true = sum(drawn(number)[place].true for number in range(1, 201))
        assert 70 <= true <= 130  # 100 ± 4.2 standard deviations, each √(200 · ½ · ½) = 7.07


def test_numbers_that_can_be_computed_are_right():
    for name, value in {
        "four_throws": f"{1 - (5 / 6) ** 4:.1%}",
        "double_six": f"{1 - (35 / 36) ** 24:.1%}",
        "poker": f"{comb(52, 5):,}",
        "sunlight": f"{149_597_870.7 / 299_792.458 // 60:.0f} minutes and {149_597_870.7 / 299_792.458 % 60:.0f}",
    }.items():
        assert value.replace("%", " %") in FACT[name].because
    assert f"{1 - (35 / 36) ** 25:.1%}".replace("%", " %") in FACT["double_six"].because
    alike = 1.0
    for others in range(23):
        alike *= (365 - others) / 365
    assert f"{1 - alike:.1%}".replace("%", " %") in FACT["birthday"].because
    assert f"{comb(23, 2)} pairs" in FACT["birthday"].because
    apart = 384_400 * 3.14159 / 180 / 60  # one minute of arc, which an eye can resolve, at the distance of the Moon
    assert 100 < apart < 120
    assert "about 100 km apart" in FACT["wall_moon"].because


def test_american_spelling():
    british = re.compile(r"(metre|colour|neighbour|centre|vapour|grey|favour|behaviour)s?\b|(ise|ised|ising)\b")
    allowed = {"rise", "rises", "likewise", "otherwise", "precise"}
    texts = [text for fact in FACTS for text in (fact.statement, fact.because)]
    words = {word for text in texts for word in re.findall(r"[a-z]+", text.lower())} - allowed
    assert not {word for word in words if british.search(word)}
