"""The bank of facts: there is enough of everything, and each is complete."""

import re
from collections import Counter

from xent_ui.self_test.questions.facts import EASY, FACTS, HARD, MEDIUM, ROUND, drawn


def test_there_are_enough_facts_of_every_level_both_true_and_false():
    assert len(FACTS) >= 60
    for level in (EASY, MEDIUM, HARD):
        truths = [fact.true for fact in FACTS if fact.level == level]
        assert len(truths) == len(FACTS) / 3
        assert 0.4 <= sum(truths) / len(truths) <= 0.6
    assert {fact.level for fact in FACTS} == {EASY, MEDIUM, HARD}


def test_each_fact_is_one_sentence_with_a_reason_and_a_source():
    assert len({fact.id for fact in FACTS}) == len({fact.statement for fact in FACTS}) == len(FACTS)
    for fact in FACTS:
        assert re.fullmatch(r"[a-z_]+", fact.id)
        assert fact.statement.endswith(".")
        assert len(fact.statement) <= 110
        assert fact.because.endswith(".")
        assert len(fact.source) > 8


def test_a_round_draws_twelve_as_many_of_each_level_and_none_again_for_six_rounds():
    for number in range(1, 61):
        facts = drawn(number)
        assert len({fact.id for fact in facts}) == ROUND == 12
        assert Counter(fact.level for fact in facts) == {EASY: 4, MEDIUM: 4, HARD: 4}
        assert facts == drawn(number)
        assert 2 <= sum(fact.true for fact in facts) <= 10
    for first in (1, 7):
        assert len({fact.id for number in range(first, first + 6) for fact in drawn(number)}) == len(FACTS)
    assert drawn(1) != drawn(7)


def test_american_spelling():
    british = re.compile(r"(metre|colour|neighbour|centre|vapour|grey|favour|behaviour)s?\b|(ise|ised|ising)\b")
    allowed = {"precise", "noise", "exercise", "otherwise", "raise", "rise", "raised", "likewise", "surprise"}
    allowed |= {"surprised", "promise", "wise", "rising", "comprise", "noisy", "surprising", "arising"}
    texts = [text for fact in FACTS for text in (fact.statement, fact.because)]
    words = {word for text in texts for word in re.findall(r"[a-z]+", text.lower())} - allowed
    assert not {word for word in words if british.search(word)}
