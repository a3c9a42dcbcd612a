"""The page of the lesson: its cards move its pictures."""

import pytest

from tests.pages.helpers import open_lesson, says


@pytest.mark.parametrize(
    ("card", "sentence"),
    [
        (
            "shrinks",
            "At p = 0.20, focal loss is 1.03 nats where cross-entropy is 1.61 nats. It pulls with 0.924 where "
            "cross-entropy pulls with 0.800.",
        ),
        ("alpha", "The object, at p = 0.2, has 59 % of the loss of this image"),
        ("probabilities", "If yes is right 90 % of the time and γ = 2, the report p = 0.9 has"),
    ],
)
def test_each_card_sets_its_counterexample(card, sentence):
    page = open_lesson("focal_loss")
    assert not says(page, sentence)
    page.button_group(key=f"vote_{card}").set_value("I agree").run()
    page.button(key=f"show_{card}").click().run()
    assert not page.exception
    assert says(page, sentence)
