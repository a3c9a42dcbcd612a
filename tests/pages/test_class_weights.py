"""The page of the lesson: its cards move its pictures."""

import pytest

from tests.pages.helpers import open_lesson, says


@pytest.mark.parametrize(
    ("card", "sentence"),
    [
        ("fifty", "the weighted model says 50 %. Your 50 % has an expected loss of"),
        ("apart", "1,000 healthy people for each ill one, who has a weight of 1000: the line lies at 1.00."),
    ],
)
def test_each_card_sets_its_counterexample(card, sentence):
    page = open_lesson("class_weights", chance=0.5)
    assert not says(page, sentence)
    page.button_group(key=f"vote_{card}").set_value("I agree").run()
    page.button(key=f"show_{card}").click().run()
    assert not page.exception
    assert says(page, sentence)
