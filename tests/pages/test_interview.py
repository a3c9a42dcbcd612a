"""The three ways through the interview, on its page."""

import json

import pytest

from tests.pages.helpers import open_lesson, says
from xent_ui.self_test.questions.interview import QUESTIONS
from xent_ui.self_test.questions.numeric import KINDS, problem
from xent_ui.style.numbers import text


def numeric(kind, n, **more):
    return open_lesson("interview", mode="With numbers", kind=KINDS[kind].name, number=n, **more)


def check(page):
    page.button[0].click().run()
    assert not page.exception
    return page


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


@pytest.mark.parametrize("kind", KINDS)
def test_right_and_wrong_choices_are_marked_and_explained(kind):
    now = problem(kind, 3)
    for i, choice in enumerate(now.choices):
        page = numeric(kind, 3, reply="choosing")
        assert page.radio[0].options == [now.shown(choice) for choice in now.choices]
        page.radio[0].set_value(choice)
        right, because = now.mark(choice)
        assert says(check(page), because), i
        assert says(page, "**Right.**" if right else "**Not yet.**")
        if i == 1:
            break


def test_typed_answers_are_read_as_people_mean_them():
    now = problem("untrained", 1)
    k = now.proof.values["of"]
    rounded = f"{now.answer:.3f}"
    for typed in (f"ln {k}", rounded, rounded.replace(".", ","), f"-ln(1/{k})", f"{now.answer}e0"):
        page = numeric("untrained", 1)
        page.text_input[0].set_value(typed)
        assert says(check(page), f"Read as {text(now.answer)} nats"), typed
        assert says(page, "Right at the first try: 1 of 1.")


@pytest.mark.parametrize("typed", ["", "NaN", "inf", "9" * 100_000, "<script>alert(1)</script>", "🙂", "1,2,3"])
def test_an_answer_that_is_no_number_is_refused_with_a_sentence(typed):
    page = numeric("surprise", 1)
    page.text_input[0].set_value(typed)
    check(page)
    assert page.warning[0].value.endswith(".")
    assert len(page.warning[0].value) < 160


def test_another_number_is_another_problem_and_a_link_is_the_same_for_all():
    page = open_lesson("interview", mode="With numbers")
    first = page.subheader[0].value
    page.button(key="another").click().run()
    assert page.subheader[0].value != first
    assert open_lesson("interview", mode="With numbers", number=2).subheader[0].value == page.subheader[0].value


@pytest.mark.parametrize("bad", ["nan", "0", "-3", "2.5", "9" * 400, "<script>", "١"])
def test_an_invalid_number_opens_the_first_problem(bad):
    assert open_lesson("interview", mode="With numbers", number=bad).number_input[0].value == 1
