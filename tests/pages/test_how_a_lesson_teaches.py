"""Every lesson goes the same way: opening, formula, one instruction, picture, meaning, summary, questions."""

import json
import re

import pytest

from tests.pages.helpers import open_lesson, plain, visible_elements, visible_text
from xent_ui.course.glossary import entries_in
from xent_ui.course.table import LESSON, LESSONS
from xent_ui.live import memory
from xent_ui.self_test.questions.facts import drawn
from xent_ui.teaching.round_on_paper import statements
from xent_ui.views.base import pictures

TAUGHT = [lesson.file for lesson in LESSONS if lesson.kind == LESSON]
NAMES = [lesson.file for lesson in LESSONS]
QUESTIONS = {name: next(each.question for each in pictures(name).values() if each.question) for name in TAUGHT}
SAW = "**What you just saw.**"


def texts(page):
    return [element.value for element in visible_elements(page)]


def place(words, shown):
    """Return the place of the first text that begins with these words."""
    return next(i for i, text in enumerate(shown) if text.startswith(words))


@pytest.mark.parametrize("name", TAUGHT)
def test_its_parts_stand_in_the_order_in_which_one_learns(name):
    shown = texts(open_lesson(name))
    lesson = next(lesson for lesson in LESSONS if lesson.file == name)
    goal, opening, symbols, instruction = shown[1:5]
    assert plain(shown[0]) == lesson.question
    assert plain(goal) == f":gray[Afterwards you can {lesson.goal}.]"
    assert len(plain(opening).split()) <= 80
    assert opening.count("**") >= 2, "no idea in bold"
    assert symbols.startswith("$$")
    assert "\n\nwhere " in symbols
    assert instruction.startswith("**")
    assert instruction.endswith("**")
    parts = [SAW, "**People say:**", "Remember", "Check yourself", "Next"]
    places = [place(words, shown) for words in parts]
    assert places == sorted(places)
    points = re.findall("^- ", shown[places[2] + 1], re.MULTILINE)
    assert 3 <= len(points) <= 5


@pytest.mark.parametrize("name", TAUGHT)
def test_every_picture_is_followed_by_what_it_meant(name):
    page = open_lesson(name)
    drawn = sum("figure" in element.proto.json for element in page.get("bidi_component"))
    assert sum(text.startswith(SAW) for text in texts(page)) >= drawn / 2
    for text in texts(page):
        if text.startswith(SAW):
            sentences = re.findall(r"[.?!](?=\s|$)", plain(text.removeprefix(SAW)))
            assert 1 <= len(sentences) <= 5


@pytest.mark.parametrize("name", TAUGHT)
def test_while_the_guess_is_open_nothing_on_the_page_gives_it_away(name):
    page, question = open_lesson(name), QUESTIONS[name]
    answer = question.written(question.read({question.guess.key: question.low}).answer)
    number = re.search(r"[\d.,]+", answer)[0]
    if sum(digit.isdigit() for digit in number) < 3:
        pytest.skip(f"{number} is too short to be told from other numbers; the test of the view looks for it")
    sent = [json.loads(each.proto.json) for each in page.get("bidi_component") if "figure" in each.proto.json]
    labels = [label for each in sent for trace in each["figure"]["data"] for label in trace.get("text") or []]
    whole = re.compile(rf"(?<![\d.,]){re.escape(number)}(?![\d]|[.,]\d)")
    assert not [text for text in [*texts(page), *map(str, labels)] if whole.search(plain(text))]


@pytest.mark.parametrize("name", TAUGHT)
def test_a_guess_is_locked_or_shown_by_its_buttons_only(name):
    question = QUESTIONS[name]
    page = open_lesson(name, **{f"lock_{name}": "true", question.guess.key: str(question.low)})
    assert page.button(key=f"lock_{name}").label == "Lock in my guess", "a link locks no guess"
    page.button(key=f"lock_{name}").click().run()
    assert not page.exception
    record = page.session_state["record_of_learner"]
    assert name in record.marks
    assert json.loads(record.values[f"guess/{name}"].text) == question.low
    assert any(f"You said {question.written(question.low)}" in text for text in texts(page))
    page = open_lesson(name)
    page.button(key=f"show_{name}").click().run()
    assert not page.exception
    assert any(f"It is **{question.written(question.read({question.guess.key: 0}).answer)}**" in t for t in texts(page))
    assert not page.session_state["record_of_learner"].marks


@pytest.mark.parametrize("name", NAMES)
def test_no_term_of_the_glossary_is_used_before_it_is_linked(name):
    known: set[str] = set()
    for text in texts(open_lesson(name))[1:]:
        if text == statements(drawn(1)):
            continue  # statements about the world use words in their everyday sense
        linked = set(re.findall(r'\]\(glossary#([a-z0-9-]+) "', text))
        used = entries_in(re.sub(r'\[[^\]]*\]\(glossary#[^)]*?"(?:[^"\\]|\\.)*"\)', "", text))
        slugs = {"-".join(re.findall("[a-z0-9]+", term.lower())) for term in used}
        assert not slugs - linked - known, f"{text[:80]!r} uses {slugs - linked - known}"
        known |= linked


def test_a_guess_of_another_range_in_the_memory_is_nobody_s_guess(monkeypatch):
    from xent_ui.live import guess

    question = QUESTIONS["surprise"]
    for kept, made in [(3.0, 3.0), (99, None), ("x", None), (True, None), ([], None), (None, None)]:
        monkeypatch.setattr(memory, "recall", lambda name, default, kept=kept: kept)
        assert guess.made(question) == made


def test_every_open_task_can_be_called_impossible():
    page = open_lesson("surprise")
    page.button(key="impossible_surprise_three_bits").click().run()
    assert "It can be done." in visible_text(page)
    page.button(key="impossible_surprise_negative").click().run()
    assert "the minus sign makes every surprise" in visible_text(page)
    assert page.session_state["record_of_learner"].marks == {"surprise/negative"}
