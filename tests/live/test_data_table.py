"""The data of a picture as tables on its page."""

from html import unescape

import pytest

from tests.pages.helpers import open_lesson
from xent_ui.course.table import LESSON, LESSONS
from xent_ui.figures.table import sampled, tables, written
from xent_ui.live.data_table import MOST_ROWS, _html
from xent_ui.views.base import pictures

TAUGHT = [lesson.file for lesson in LESSONS if lesson.kind == LESSON]


def drawn(page):
    """Return the HTML of the tables on a page, one text for each picture that shows them."""
    return [each.proto.body for each in page.get("html") if each.proto.body.startswith('<div class="xent-tables')]


@pytest.mark.parametrize("lesson", TAUGHT)
def test_a_switch_shows_the_data_of_each_picture_and_no_answer_to_an_open_guess(lesson):
    page = open_lesson(lesson)
    switches = [toggle for toggle in page.toggle if toggle.label == "Data as table"]
    assert switches
    assert drawn(page) == []
    for switch in switches:
        picture = next(each for each in pictures(lesson).values() if switch.key == f"table_{each.key}")
        if picture.needs_data:
            continue
        page.toggle(key=switch.key).set_value(True).run()
        assert not page.exception
        [html] = drawn(page)
        for table in map(sampled, tables(picture().figure)):
            assert f"<caption>{table.title}</caption>" in unescape(html)
            for row in written(table):
                assert all(cell in unescape(html) for cell in row)
        page.toggle(key=switch.key).set_value(False).run()


def test_header_cells_say_what_they_are_about_and_texts_are_escaped():
    table = next(iter(tables(pictures("surprise")["one_event"](shown=True).figure)))
    html = _html(sampled(table, MOST_ROWS)._replace(title="<b>a & b", columns=("<i>p", *table.columns[1:])), 1)
    assert html.count('<th scope="col">') == len(table.columns)
    assert html.count('<th scope="row">') == len(table.rows)
    assert 'role="region" tabindex="0" aria-label="Table 1: &lt;b&gt;a &amp; b"' in html
    assert "<i>" not in html
