"""Browsing and flash cards on the page of the interview."""

import json

from tests.pages.helpers import open_lesson, says
from xent_ui.self_test.questions.interview import QUESTIONS


def test_browsing_shows_each_question_with_its_answer():
    page = open_lesson("interview")
    assert page.radio[0].options == [question.asks for question in QUESTIONS]
    for question in QUESTIONS[::6]:
        page.radio[0].set_value(question.id).run()
        assert page.subheader[0].value == question.asks
        assert says(page, question.answer)


def test_a_theme_and_a_level_leave_what_is_of_both():
    page = open_lesson("interview", theme="Clipping", level="engineer")
    assert len(page.radio[0].options) == 1
    assert says(open_lesson("interview", theme="Clipping", level="screen"), "No question of this theme has this level")


def test_flash_cards_from_thinking_to_grading():
    page = open_lesson("interview", mode="Drill", theme="Label smoothing")
    asked = []
    for grade in ("missed", "knew", "knew", "knew"):
        asked.append(page.subheader[0].value)
        question = next(question for question in QUESTIONS if question.asks == asked[-1])
        assert not says(page, question.answer)
        page.button(key="reveal").click().run()
        assert says(page, question.answer)
        page.button(key=f"grade_{grade}").click().run()
        assert not page.exception
    assert asked[3] == asked[0]
    assert says(page, "You knew them all.")


def test_the_timer_can_be_off():
    assert len(open_lesson("interview", mode="Drill").get("bidi_component")) == 2  # with the menu
    assert len(open_lesson("interview", mode="Drill", timed="false").get("bidi_component")) == 1


def test_counts_agree_in_number_with_their_nouns():
    assert open_lesson("interview", theme="Clipping", level="engineer").radio[0].label == "1 question"
    assert open_lesson("interview", theme="Clipping").radio[0].label == "2 questions"
    page = open_lesson("interview", mode="Drill", theme="Label smoothing")
    page.button(key="reveal").click().run()
    page.button(key="grade_missed").click().run()
    assert page.caption[0].value == "3 to go · 0 known · 1 missed so far, which comes back"


def links(page):
    """Return the addresses of the links that prove an answer."""
    data = [json.loads(component.proto.json) for component in page.main.get("bidi_component")]
    return [each["address"] for each in data if "address" in each]


def test_prove_it_leads_to_a_state_that_shows_the_answer():
    page = open_lesson("interview")
    assert links(page) == [QUESTIONS[0].proof.address] == ["cross_entropy?p1=50&p2=50&q1=95&q2=5&shown=1"]
