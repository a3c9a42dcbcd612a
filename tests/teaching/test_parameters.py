"""The table of parameters is complete and true: it is compared with the declarations and with the pages."""

import re

import pytest

from tests.pages.helpers import PAGES, open_lesson, visible_text
from xent_ui.course.table import LESSONS
from xent_ui.teaching.parameters import EVERYWHERE, own, pages, table
from xent_ui.views.base import LESSONS as WITH_PICTURES
from xent_ui.views.base import controls_of, pictures

STATES = {"interview": [{"way": "Drill"}, {"way": "With numbers"}], "worksheet": [{"key": "1"}]}


@pytest.mark.parametrize("page", sorted(WITH_PICTURES - {"welcome"}))
def test_each_control_is_in_the_table_with_values_that_it_takes(page):
    rows = {row.key: row for row in own(page)}
    for key, control in controls_of(page).items():
        row = rows[key]
        assert control.parse(row.default) == control.default or control.write(control.parse(row.default)) == row.default
        values, _, condition = row.values.partition("; only while ")
        numbers = re.fullmatch(r"(?:whole numbers from )?(\S+) to (\S+?)(?: in steps of (\S+))?", values)
        for text in re.findall("`([^`]*)`", values) or (numbers.group(1, 2) if numbers else ()):
            control.parse(text)
        assert numbers or "`" in values, f"no values of {key}"
        if condition:
            other, *allowed = re.findall("`([^`]*)`", condition)
            above = controls_of(page)[other]
            assert control.is_shown({other: above.parse(allowed[0])})
            refused = [value for value in above.every_value if above.write(value) not in allowed]
            assert not any(control.is_shown({other: value}) for value in refused)
    assert rows["picture"].values.count("`") == 2 * len(pictures(page))


@pytest.mark.parametrize("page", PAGES)
def test_each_widget_that_an_address_can_set_is_in_the_table(page):
    known = {row.key for row in (*own(page), *EVERYWHERE)}
    for state in [{}, {"shown": "1"}, *STATES.get(page, [])]:
        opened = open_lesson(page, **state)
        kinds = ("slider", "select_slider", "button_group", "segmented_control", "pills", "toggle", "checkbox")
        kinds += ("text_input", "selectbox", "number_input", "radio", "multiselect")
        bound = {getattr(each.proto, "query_param_key", "") for kind in kinds for each in opened.get(kind)} - {""}
        assert {key for key in bound if not key.startswith("code_")} <= known
    if page in WITH_PICTURES:
        assert bound, "the page has widgets that an address can set"


def test_the_page_shows_every_row():
    text = visible_text(open_lesson("links"))
    for page in pages():
        assert table(own(page)) in text
    assert table(EVERYWHERE) in text
    assert {lesson.file for lesson in LESSONS if lesson.file in WITH_PICTURES} <= set(pages())
