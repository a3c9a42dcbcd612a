"""What the lesson on the family of losses needs its page for: the task decides which picture is shown."""

import pytest

from tests.pages.helpers import open_lesson, says


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ("a number", "Five prices."),
        ("a number", "The house sold in bin 3."),
        ("yes or no", "A score of 0.5 on the right side"),
        ("an order", "By score the order is B D A C."),
    ],
)
def test_each_task_shows_its_picture_and_no_other(choice, words):
    shown = {
        each for each in ("a number", "yes or no", "an order") if says(open_lesson("loss_family", task=each), words)
    }
    assert shown == {choice}


@pytest.mark.parametrize(
    ("choice", "lesson"),
    [("one of many", "Softmax cross-entropy"), ("a rare class", "Focal loss"), ("a distribution", "Label smoothing")],
)
def test_tasks_with_a_lesson_of_their_own_lead_there(choice, lesson):
    page = open_lesson("loss_family", task=choice)
    assert any(lesson in link.proto.label for link in page.main.get("page_link"))


@pytest.mark.parametrize(
    ("card", "sentence"),
    [
        ("what", "squared 4.56, absolute 3.00"),
        ("order", "By score the order is A B C D. 6 pairs of 6 lack a lead of 1"),
    ],
)
def test_each_card_sets_its_counterexample(card, sentence):
    page = open_lesson("loss_family")
    page.button_group(key=f"vote_{card}").set_value("I agree").run()
    page.button(key=f"show_{card}").click().run()
    assert not page.exception
    assert says(page, sentence)
