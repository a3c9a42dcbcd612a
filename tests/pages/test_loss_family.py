"""The page of the lesson: every loss is on it, its table leads to other lessons, and its cards move its pictures."""

import re

import pytest

from tests.pages.helpers import open_lesson, says
from xent_ui.course.table import LESSONS


def test_every_picture_is_on_the_page_whatever_the_task():
    page = open_lesson("loss_family")
    for words in ("drawn for prices of 6", "The house sold in bin 3", "At a margin of 0.5", "the order is B D A C."):
        assert says(page, words)


def test_the_table_leads_to_lessons():
    table = next(each.value for each in open_lesson("loss_family").markdown if "| loss | lesson |" in each.value)
    linked = set(re.findall(r"\]\(([a-z_]+)\)", table))
    assert linked <= {lesson.file for lesson in LESSONS}
    assert len(linked) == 7


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
