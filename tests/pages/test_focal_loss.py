"""The page of the lesson: its cards move its pictures."""

import pytest

from tests.pages.helpers import open_lesson, says


@pytest.mark.parametrize(
    ("card", "sentence"),
    [
        (
            "shrinks",
            "At p = 0.10 focal loss costs 1.87 nats against cross-entropy's 2.30, and pulls with 1.10 against 0.900.",
        ),
        ("alpha", "The object, at p = 0.1, holds 67.3 %"),
        ("probabilities", "True 90 % of the time, γ = 2: reporting 0.9 costs"),
    ],
)
def test_each_card_sets_its_counterexample(card, sentence):
    page = open_lesson("focal_loss")
    assert not says(page, sentence)
    page.button_group(key=f"vote_{card}").set_value("I agree").run()
    page.button(key=f"show_{card}").click().run()
    assert not page.exception
    assert says(page, sentence)
