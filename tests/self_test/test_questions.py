"""The banks of questions: what a schema would check."""

import re
from collections import Counter

import pytest

from tests.pages.helpers import open_lesson
from xent_ui.course.table import LESSONS
from xent_ui.self_test.questions.facts import EASY, FACTS, HARD, MEDIUM, ROUND, drawn
from xent_ui.self_test.questions.interview import LEVELS, QUESTIONS, SECONDS, THEMES
from xent_ui.self_test.questions.numeric import KINDS, problem


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


def test_the_interview_covers_every_theme_and_level():
    assert len(QUESTIONS) >= 40
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS)
    assert len({question.asks for question in QUESTIONS}) == len(QUESTIONS)
    assert {question.theme for question in QUESTIONS} == set(THEMES)
    levels = Counter(question.level for question in QUESTIONS)
    assert set(levels) == set(LEVELS) == set(SECONDS)
    assert min(levels.values()) >= 10
    for question in QUESTIONS:
        assert question.asks.endswith(("?", "."))
        assert 60 < len(question.answer) < 700
        assert question.answer.count("$") % 2 == 0


NUMERIC = [problem(kind, number) for kind in KINDS for number in (1, 2)]
PROOFS = {question.id: question.proof for question in QUESTIONS} | {
    f"{each.kind}_{i}": each.proof for i, each in enumerate(NUMERIC)
}


@pytest.mark.parametrize("proof", PROOFS.values(), ids=PROOFS.keys())
def test_a_proof_is_a_page_that_takes_every_value_and_shows_the_answer(proof):
    assert proof.page in {lesson.file for lesson in LESSONS}
    page = open_lesson(proof.page, **proof.values)
    words = [element.value for element in [*page.markdown, *page.caption, *page.latex]]
    assert any(proof.shows in text for text in words), f"{proof.address} does not show {proof.shows!r}"
    written = {}
    for control in [*page.slider, *page.select_slider, *page.button_group, *page.toggle, *page.selectbox]:
        value = control.value
        shown = control.format_func(value) if hasattr(control, "format_func") else value
        written[control.key] = shown
    for key, given in proof.values.items():
        there = written[key]
        same = there == given if isinstance(there, str) else float(there) == float({"true": 1}.get(given, given))
        assert same, f"{proof.address}: {key} is {there!r}, not {given!r}"
