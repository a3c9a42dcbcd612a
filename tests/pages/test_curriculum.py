"""The course says what it must say: each statement of tests/curriculum.toml stands on its page, in plain sight."""

import tomllib
from pathlib import Path

import pytest

from tests.pages.helpers import open_lesson, plain, visible_text

with (Path(__file__).parents[1] / "curriculum.toml").open("rb") as file:
    STATEMENTS = tomllib.load(file)["statement"]
PAGES = sorted({statement["page"] for statement in STATEMENTS})


def test_every_statement_is_taught_once():
    assert sorted(statement["id"] for statement in STATEMENTS) == list(range(1, 87))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_its_statements_at_its_default_state(page):
    shown = plain(visible_text(open_lesson(page)))
    wanted = [statement for statement in STATEMENTS if statement["page"] == page]
    missing = {each["id"]: each["sentence"] for each in wanted if plain(each["sentence"]) not in shown}
    assert not missing
    assert all(len(each["sentence"].split()) >= 5 for each in wanted), "a statement is a sentence"
