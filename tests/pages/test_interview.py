"""Browsing and flash cards on the page of the interview."""

import pytest

from tests.pages.helpers import open_lesson, says, sent
from xent_ui.live.record import Record
from xent_ui.self_test.interview import QUESTION, theme_control
from xent_ui.self_test.questions.interview import LEVELS, QUESTIONS

THEME = "smoothing"
SMOOTHING = [question for question in QUESTIONS if question.theme == THEME]


def asked(page):
    """Return the question that the page shows."""
    return next(question for question in QUESTIONS if question.asks == page.header[0].value)


def drill(**address):
    return open_lesson("interview", way="Drill", **address)


def press(page, key):
    page.button(key=key).click().run()
    assert not page.exception
    return page


def browse_to(page, question):
    page.query_params["question"] = question.id
    page.run()
    assert not page.exception
    return page


def test_each_question_has_an_address_and_hides_its_answer_until_asked():
    page = open_lesson("interview")
    assert asked(page) == QUESTIONS[0]
    for question in QUESTIONS:
        browse_to(page, question)
        assert asked(page) == question
        assert not says(page, question.answer)
        press(page, "reveal")
        assert says(page, question.answer)


def test_an_answer_is_hidden_again_when_its_learner_comes_back():
    first, second = QUESTIONS[:2]
    page = press(browse_to(open_lesson("interview"), first), "reveal")
    assert says(page, first.answer)
    assert not says(browse_to(page, second), second.answer)
    assert not says(browse_to(page, first), first.answer)


@pytest.mark.parametrize("bad", ["", "no_such", "<script>", "9" * 400, "../what_is_it"])
def test_an_address_without_a_question_of_ours_opens_the_first(bad):
    page = open_lesson("interview", question=bad)
    assert asked(page) == QUESTIONS[0]
    assert "question" not in page.query_params


def test_a_theme_and_a_level_leave_what_is_of_both():
    [one] = [question for question in SMOOTHING if question.level == "screen"]
    page = open_lesson("interview", theme="Label smoothing", level="screen")
    [listed] = sent(page, "questions")
    assert listed["questions"] == [{"id": one.id, "asks": one.asks}]
    assert asked(page) == one


def test_the_page_says_so_if_a_theme_has_no_question_of_a_level():
    empty = next(
        (theme, level)
        for theme in theme_control.options
        for level in LEVELS
        if theme != "every" and not any((each.theme, each.level) == (theme, level) for each in QUESTIONS)
    )
    for way in ("Browse", "Drill"):
        page = open_lesson("interview", theme=theme_control.options[empty[0]], level=empty[1], way=way)
        assert says(page, "No question of this theme has this level")


def test_a_question_that_another_theme_excludes_leaves_the_address():
    other = next(question for question in QUESTIONS if question.theme != THEME)
    page = open_lesson("interview", question=other.id)
    page.selectbox[0].set_value(THEME).run()
    assert asked(page) == SMOOTHING[0]
    assert "question" not in page.query_params


def test_flash_cards_from_thinking_to_grading():
    page, grades = drill(theme="Label smoothing"), iter(["missed", *["knew"] * len(SMOOTHING)])
    seen = []
    for grade in grades:
        seen.append(asked(page))
        assert not says(page, seen[-1].answer)
        press(page, "reveal")
        assert says(page, seen[-1].answer)
        press(page, f"grade_{grade}")
    assert {question.id for question in seen} == {question.id for question in SMOOTHING}
    assert seen[-1] == seen[0], "what was missed comes back when no other question is left"
    assert says(page, "You are done for now.")
    assert says(page, f"**0** due today · **0** new · **{len(SMOOTHING)}** later. The next is due tomorrow.")


def test_each_grade_says_when_the_question_would_come_back():
    page = press(drill(), "reveal")
    labels = [page.button(key=f"grade_{grade}").label for grade in ("missed", "partly", "knew")]
    assert labels == ["I missed it (in 10 minutes)", "Partly (in 15 minutes)", "I knew it (in 2 days)"]


def test_a_question_can_be_asked_before_it_is_due():
    page = drill(theme="Label smoothing")
    for _ in SMOOTHING:
        press(press(page, "reveal"), "grade_knew")
    assert asked(press(page, "ahead")) in SMOOTHING
    press(press(page, "reveal"), "grade_missed")
    assert says(page, "**1** due today") or says(
        page, "The next is due in 10 minutes."
    )  # it may be late in the evening


def test_filters_choose_what_is_asked_and_keep_all_grades():
    page = drill()
    for _ in range(3):
        press(press(page, "reveal"), "grade_knew")
    stands = asked(page)
    page.selectbox[0].set_value(stands.theme).run()
    assert asked(page) == stands, "the question stays, since it is among those chosen"
    page.selectbox[0].set_value(next(each.theme for each in QUESTIONS if each.theme != stands.theme)).run()
    assert asked(page).theme != stands.theme
    page.selectbox[0].set_value("every").run()
    assert says(page, f"**0** due today · **{len(QUESTIONS) - 3}** new · **3** later.")


def test_first_come_the_questions_of_a_first_call_and_not_in_the_order_of_the_bank():
    page, seen = drill(), []
    for _ in range(4):
        seen.append(asked(page))
        press(press(page, "reveal"), "grade_knew")
    assert {question.level for question in seen} == {"screen"}
    assert seen != [question for question in QUESTIONS if question.level == "screen"][:4]


def test_an_answer_shown_in_the_drill_is_hidden_when_browsed():
    page = press(drill(), "reveal")
    question = asked(page)
    page.segmented_control[0].set_value("browse")
    browse_to(page, question)
    assert not says(page, question.answer)


def test_the_timer_can_be_off():
    assert sent(drill(), "seconds")
    assert not sent(drill(timed="false"), "seconds")
    assert not sent(press(drill(), "reveal"), "seconds")


def test_keys_are_named_for_what_they_do_now():
    def hint(page):
        [keys] = sent(page, "hint")
        return [words for _, words in keys["hint"]]

    assert hint(drill()) == ["show the answer"]
    assert hint(press(drill(), "reveal")) == ["grade yourself"]
    assert hint(open_lesson("interview")) == ["show the answer", "previous and next question"]


@pytest.mark.parametrize("question", QUESTIONS[::8], ids=lambda question: question.id)
def test_prove_it_leads_to_the_picture_that_shows_the_answer(question):
    page = press(open_lesson("interview", question=question.id), "reveal")
    [link] = sent(page, "address")
    assert link["address"] == question.proof.address
    assert f"picture={question.proof.picture}" in link["address"].partition("?")[2].split("&")


def test_the_card_of_every_question_has_a_name_that_the_browser_keeps():
    record = Record()
    for each in QUESTION:
        record.set(f"card/{each}", {"state": 2})  # raises an error for what is no name
