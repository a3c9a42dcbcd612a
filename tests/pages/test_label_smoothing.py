"""The page of the lesson: its cards move its pictures."""

import pytest

from tests.pages.helpers import open_lesson, says


@pytest.mark.parametrize(
    ("card", "sentence"),
    [
        ("point_nine", "its target is 0.95."),
        ("zero", "The loss is 0.500 nats: the floor H 0.500"),
        ("always", "dog 1.84 times as likely as truck; without, 900 times."),
    ],
)
def test_each_card_sets_its_counterexample(card, sentence):
    page = open_lesson("label_smoothing")
    assert not says(page, sentence)
    page.button_group(key=f"vote_{card}").set_value("I agree").run()
    page.button(key=f"show_{card}").click().run()
    assert not page.exception
    assert says(page, sentence)
