"""The page of the lesson: its cards move its pictures."""

import pytest

from tests.pages.helpers import open_lesson, says


@pytest.mark.parametrize(
    ("card", "sentence"), [("twice", "0.744 nats where 0.000136 would be right"), ("format", "slope 0.980 for −0.0198")]
)
def test_each_card_sets_its_counterexample(card, sentence):
    page = open_lesson("choose_the_loss")
    assert not says(page, sentence)
    page.button_group(key=f"vote_{card}").set_value("I agree").run()
    page.button(key=f"show_{card}").click().run()
    assert not page.exception
    assert says(page, sentence)


def test_a_preset_moves_the_logits_of_a_question_that_is_not_asked_yet():
    page = open_lesson("choose_the_loss", question="yes / no")
    page.button_group(key="preset_choose_the_loss_one_photo").set_value("Both seen").run()
    page.button_group(key="question").set_value("any").run()
    assert not page.exception
    assert says(page, "cat 0.993, dog 0.993, fox 0.00669")
