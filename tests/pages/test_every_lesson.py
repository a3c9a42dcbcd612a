"""What every lesson owes its learner, whatever it teaches."""

import json
from pathlib import Path

import pytest

from tests.pages.helpers import open_lesson
from xent_ui.course.frame import LESSONS
from xent_ui.course.table import LESSON, PROGRESS

NAMES = [lesson.file for lesson in LESSONS]
TAUGHT = [lesson.file for lesson in LESSONS if lesson.kind == LESSON]


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


def test_the_table_and_the_folder_hold_the_same_lessons():
    folder = Path(__file__).parents[2] / "pages"
    assert {path.stem for path in folder.glob("*.py")} == {*NAMES, PROGRESS}


def test_it_opens_with_its_question_and_the_whole_menu(name):
    page = open_lesson(name)
    lesson = next(lesson for lesson in LESSONS if lesson.file == name)
    assert [title.value for title in page.title] == [lesson.question]
    menu = json.loads(page.sidebar.get("bidi_component")[0].proto.json)
    titles = [entry["title"] for part in menu["parts"] for entry in part["lessons"]]
    assert titles == ["Xent Lab", *(lesson.title for lesson in LESSONS), "Your progress"]


@pytest.mark.parametrize("name", TAUGHT)
def test_it_has_a_prediction_a_challenge_a_misconception_and_its_code(name):
    page = open_lesson(name)
    words = [element.value for element in page.markdown]
    assert page.slider(key=f"guess_{name}")
    assert any("radio_button_unchecked" in text for text in words)
    assert any(text.startswith("**People say:**") for text in words)
    assert page.latex
    folded = [*page.expander, *page.get("status")]  # Streamlit 1.62 calls an expander with an icon a status
    assert any(each.label == "The code that computed this" for each in folded)


def in_the_middle(slider):
    steps = round((slider.max - slider.min) / slider.step / 2)
    return slider.min + steps * slider.step


def test_every_slider_and_toggle_moves_through_its_range(name):
    page = open_lesson(name)
    for slider in list(page.slider):
        for value in (slider.min, slider.max, in_the_middle(slider)):
            page.slider(key=slider.key).set_value(value).run()
            assert not page.exception, f"{slider.key} = {value}: {page.exception[0].message}"
    for toggle in list(page.toggle):
        for on in (True, False):
            page.toggle(key=toggle.key).set_value(on).run()
            assert not page.exception, f"{toggle.key} = {on}: {page.exception[0].message}"


def test_every_option_opens_by_its_address(name):
    page = open_lesson(name)
    choices = [group for group in page.button_group if not group.key.startswith(("vote_", "preset_"))]
    for control in [*page.select_slider, *choices]:
        options = control.options
        for option in {options[0], options[len(options) // 2], options[-1]}:
            opened = open_lesson(name, **{control.key: option})
            kind = opened.select_slider if control in page.select_slider else opened.button_group
            there = kind(key=control.key)
            assert there.format_func(there.value) == option, f"{control.key}={option} is not an address"


def state(page):
    kinds = [*page.slider, *page.select_slider, *page.button_group, *page.toggle]
    return {control.key: control.value for control in kinds}


@pytest.mark.parametrize("name", TAUGHT)
def test_every_card_sets_its_counterexample(name):
    votes = [group.key for group in open_lesson(name).button_group if group.key.startswith("vote_")]
    assert votes
    for vote in votes:
        page = open_lesson(name)
        page.button_group(key=vote).set_value("I disagree").run()
        before = state(page)
        page.button(key=vote.replace("vote_", "show_", 1)).click().run()
        assert not page.exception
        assert state(page) != before, f"{vote}: the button changed nothing"


@pytest.mark.parametrize("bad", ["nan", "inf", "-1e999", "", "é🙂", "<script>", "1" * 5000, "1,2", "None", "\x00"])
def test_an_address_that_is_no_value_of_its_control_shows_the_default(name, bad):
    fresh = open_lesson(name)
    keys = [control.key for kind in (fresh.slider, fresh.select_slider, fresh.toggle) for control in kind]
    page = open_lesson(name, **dict.fromkeys(keys, bad))
    for slider in page.slider:
        assert slider.value == fresh.slider(key=slider.key).value
    for slider in page.select_slider:
        assert slider.value == fresh.select_slider(key=slider.key).value
