"""What every page adds to its pictures. The pictures themselves are tested as functions."""

import json
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.pages.helpers import open_lesson, sent
from xent_ui.course.table import (
    ACCESSIBILITY,
    FORMULA_SHEET,
    GLOSSARY,
    LESSON,
    LESSONS,
    LINKS,
    PRIVACY,
    PROGRESS,
    REFERENCE,
    TEACHERS,
    WORKSHEET,
)
from xent_ui.live import routes
from xent_ui.views.base import controls_of, pictures

NAMES = [lesson.file for lesson in LESSONS]
TAUGHT = [lesson.file for lesson in LESSONS if lesson.kind == LESSON]
ROOT = Path(__file__).parents[2]


def test_the_table_and_the_folder_hold_the_same_lessons():
    others = {GLOSSARY, FORMULA_SHEET, REFERENCE, TEACHERS, WORKSHEET, PROGRESS, LINKS, ACCESSIBILITY, PRIVACY}
    assert {path.stem for path in (ROOT / "pages").glob("*.py")} == {*NAMES} | others


@pytest.mark.parametrize("name", NAMES)
def test_it_opens_with_its_question_and_the_whole_menu(name):
    page = open_lesson(name)
    lesson = next(lesson for lesson in LESSONS if lesson.file == name)
    assert [title.value for title in page.title] == [lesson.question]
    menu = json.loads(page.sidebar.get("bidi_component")[0].proto.json)
    titles = [entry["title"] for part in menu["parts"] for entry in part["lessons"]]
    look_up = ["Glossary", "Formula sheet", "Reference", "For teachers"]
    about = ["Links", "Accessibility", "Privacy"]
    assert titles == ["Xent Lab", *(lesson.title for lesson in LESSONS), *look_up, "Your progress", *about]
    if lesson.kind != LESSON:
        return
    words = [element.value for element in page.markdown]
    assert page.slider(key=f"guess_{name}")
    assert any("radio_button_unchecked" in text for text in words)
    assert any(text.startswith("**People say:**") for text in words)
    folded = [*page.expander, *page.get("status")]  # Streamlit 1.62 calls an expander with an icon a status
    assert any(each.label == "The code that computed this" for each in folded)


@pytest.mark.parametrize("name", TAUGHT)
def test_a_picture_of_the_page_is_the_one_that_view_answers(name):
    page = open_lesson(name, shown="1")
    shown = sent(page, "figure")
    assert shown
    for data in shown:
        assert any(data["caption"] == caption.value for caption in page.caption)
        if data["view"] is None:
            continue
        _, _, lesson, picture = data["view"].split("/")
        drawn = json.loads(routes.view(lesson, picture, urlencode(data["query"] | {"shown": "1"})))
        assert drawn["figure"] == data["figure"]
        assert drawn["caption"] == data["caption"]
        if drawn["formula"]:
            assert any(drawn["formula"] in latex.value for latex in page.latex)


@pytest.mark.parametrize("name", TAUGHT)
def test_every_slider_of_the_page_is_declared_by_a_picture(name):
    page = open_lesson(name)
    drawn = {widget.key for kind in (page.slider, page.select_slider) for widget in kind}
    assert drawn
    assert drawn <= set(controls_of(name))


@pytest.mark.parametrize("name", NAMES)
def test_each_control_follows_its_address(name):
    """Open the page at an address that sets every control of a picture, and compare the state of the picture."""
    for picture in pictures(name).values() if name in TAUGHT else ():
        if picture.needs_data:
            continue
        values = picture.settle({key: control.every_value[-1] for key, control in picture.controls.items()})
        page = open_lesson(name, **picture.write(values))
        at = next(
            (data for data in sent(page, "figure") if data["view"] and data["view"].endswith(f"/{picture.name}")), None
        )
        if at is None:  # the page shows another of its pictures at this address
            continue
        assert at["query"] == picture.write(values)


def state(page):
    kinds = [*page.slider, *page.select_slider, *page.button_group, *page.toggle]
    return {control.key: control.value for control in kinds}


@pytest.mark.parametrize("name", TAUGHT)
def test_every_card_sets_its_counterexample(name):
    page = open_lesson(name)
    votes = [group.key for group in page.button_group if group.key.startswith("vote_")]
    assert votes
    for vote in votes:
        page.button_group(key=vote).set_value("I disagree").run()
        before = state(page)
        page.button(key=vote.replace("vote_", "show_", 1)).click().run()
        assert not page.exception
        assert state(page) != before, f"{vote}: the button changed nothing"


BAD = ["nan", "-1e999", "", "é🙂", "<script>", "1" * 5000, "None", "\x00"]


@pytest.mark.parametrize("name", NAMES)
def test_an_invalid_address_shows_the_defaults(name):
    fresh = open_lesson(name)
    keys = [control.key for kind in (fresh.slider, fresh.select_slider, fresh.toggle) for control in kind]
    for first in range(2):
        bad = {key: BAD[(first * 4 + i) % len(BAD)] for i, key in enumerate(keys)}
        page = open_lesson(name, **bad)
        for slider in page.slider:
            assert slider.value == fresh.slider(key=slider.key).value
        for slider in page.select_slider:
            assert slider.value == fresh.select_slider(key=slider.key).value
