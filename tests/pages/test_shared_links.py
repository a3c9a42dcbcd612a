"""Links that people share: a state, a state to start from, hidden controls and answers, and one lesson by itself."""

import pytest

from tests.pages.helpers import open_lesson, sent, visible_text
from tests.views.helpers import random_states
from xent_ui.course.share import embed_code
from xent_ui.course.table import LESSON, LESSONS
from xent_ui.views.base import LESSONS as WITH_PICTURES
from xent_ui.views.base import controls_of, pictures
from xent_ui.views.link import RESERVED, link

TAUGHT = [lesson.file for lesson in LESSONS if lesson.kind == LESSON]
STATES = 50


def drawn(page) -> dict[str, dict]:
    """Return what the page sent to the browser for each of its pictures that /view can draw, by name."""
    return {each["view"].split("/")[-1]: each for each in sent(page, "figure") if each["view"]}


def states(lesson, count):
    """Yield random values of all controls of a lesson but the guess, by key."""
    own = [picture for picture in pictures(lesson).values() if not picture.needs_data]
    for each in zip(*(random_states(picture, count) for picture in own), strict=True):
        yield {key: value for values in each for key, value in values.items() if not key.startswith("guess_")}


@pytest.mark.parametrize("lesson", TAUGHT)
def test_a_link_shows_the_numbers_of_its_state(lesson):
    for values in states(lesson, STATES):
        query = {key: text for picture in pictures(lesson).values() for key, text in picture.write(values).items()}
        page = open_lesson(lesson, **query, shown="1")
        shown = drawn(page)
        assert shown
        for name, data in shown.items():
            picture = pictures(lesson)[name]
            view = picture(values, shown=True)
            assert data["caption"] == view.caption, query
            assert data["query"] == picture.write(values)
            if view.formula:
                assert any(view.formula in latex.value for latex in page.latex), query


def test_no_control_has_the_name_of_something_else_that_an_address_asks_for():
    for lesson in WITH_PICTURES:
        assert not set(controls_of(lesson)) & {*RESERVED, "locked", "dark", "narrow"}


@pytest.mark.parametrize("lesson", TAUGHT)
def test_hidden_controls_keep_the_values_of_the_address(lesson):
    guesses = {key for picture in pictures(lesson).values() for key in picture.question_keys}
    everything = ",".join(controls_of(lesson))
    for values in states(lesson, 2):
        query = {key: text for picture in pictures(lesson).values() for key, text in picture.write(values).items()}
        page = open_lesson(lesson, **query, hide=everything)
        kinds = (page.slider, page.select_slider, page.segmented_control, page.toggle, page.text_input, page.selectbox)
        assert {widget.key for kind in kinds for widget in kind} & set(controls_of(lesson)) <= guesses
        for name, data in drawn(page).items():
            picture = pictures(lesson)[name]
            assert data["query"] == picture.write(values)
            assert not data["handles"]
            assert not data["play"]
            assert set(data["controls"]) <= guesses


def test_a_preset_moves_a_control_that_is_hidden():
    page = open_lesson("surprise", hide="p")
    page.pills[0].set_value("A six").run()
    assert drawn(page)["one_event"]["query"]["p"] == "1/6"


@pytest.mark.parametrize("lesson", TAUGHT)
def test_hidden_answers_are_shown_by_a_locked_guess_only(lesson):
    asking = next(picture for picture in pictures(lesson).values() if picture.question)
    page = open_lesson(lesson, hide="answers", shown="1")
    assert not [button for button in page.button if button.label == "Show me"]
    text = visible_text(page)
    assert "What you just saw" not in text
    assert "Remember" not in text
    for slider in [
        each for each in page.slider if each.key in asking.controls and each.key not in asking.question_keys
    ]:
        slider.set_value(slider.max if slider.value != slider.max else slider.min)
    page.run()
    assert not page.exception
    if asking.key in {data["key"] for data in drawn(page).values()}:
        assert not drawn(page)[asking.name]["shown"], "a moved control shows the answer"
    page.button(key=f"lock_{asking.question.lesson}").click().run()
    text = visible_text(page)
    assert "What you just saw" in text
    assert "Remember" in text


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.file)
def test_a_lesson_by_itself_leads_nowhere_else(lesson):
    page = open_lesson(lesson.file, mode="lesson")
    assert not page.sidebar.get("bidi_component")
    assert "glossary#" not in visible_text(page)
    titles = {each.title for each in LESSONS} - {lesson.title}
    assert not titles & {text.value.strip("*") for text in page.markdown}, "a link to another lesson"
    assert [title.value for title in page.title] == [lesson.question]


def test_the_code_to_embed_is_safe_in_a_page():
    code = embed_code('https://x.org/surprise?p=1&a="><script>', 'Who & "why"?', height=640)
    assert 'src="https://x.org/surprise?p=1&amp;a=&quot;&gt;&lt;script&gt;"' in code
    assert 'title="Who &amp; &quot;why&quot;?" height="640"' in code


def test_a_link_writes_only_what_differs_from_the_page():
    assert link("surprise") == "surprise"
    assert (
        link("surprise", {"p": "1/6"}, hide=["p", "answers"], embed=True)
        == "surprise?p=1%2F6&hide=p,answers&embed=true"
    )
