"""A round on paper: its price list, and which round belongs to which sheet."""

import re

import pytest

from xent_core import Unit, surprise
from xent_ui.self_test.questions.facts import drawn
from xent_ui.teaching.round_on_paper import GIVEN, of_sheet, price_list
from xent_ui.teaching.worksheet import SEED, part
from xent_ui.views.you_are_the_model import round_number


def test_the_price_list_of_a_round_on_paper_is_what_probabilities_cost():
    prices = re.findall(r"(\d+)\u202f%\u00a0\*\*(\d+\.\d+)\*\*", price_list())
    assert [int(percentage) for percentage, _ in prices] == list(GIVEN)
    for percentage, bits in prices:
        assert float(bits) == pytest.approx(float(Unit.BITS.of(surprise(int(percentage) / 100).value)), rel=0.005)


def test_sheets_ask_the_round_of_their_number():
    assert all(part("you_are_the_model", seed).items[0].facts == drawn(seed) for seed in range(1, 201))
    assert {of_sheet(seed).number for seed in range(1, SEED.high + 1)} == set(range(1, round_number.high + 1))
