"""The welcome page: a first slider, the map, and what of it is done."""

from streamlit.testing.v1 import AppTest

from tests.pages.helpers import HOME, is_solved, says
from xent_ui.course.table import LESSONS


def welcome(**address):
    app = AppTest.from_file(str(HOME), default_timeout=60)
    for key, value in address.items():
        app.query_params[key] = str(value)
    app.run()
    assert not app.exception
    return app


def map_links(app):
    return [link.proto for link in app.main.get("page_link")]


def test_the_map_names_every_lesson_its_goal_and_its_minutes():
    app = welcome()
    named = [link.label for link in map_links(app)] + [element.value for element in app.markdown]
    captions = [caption.value for caption in app.caption]
    for lesson in LESSONS:
        assert lesson.title in named
        assert f"{lesson.goal[0].upper()}{lesson.goal[1:]} · {lesson.minutes} min" in captions
    assert says(app, f"{len(LESSONS)} lessons, {sum(lesson.minutes for lesson in LESSONS)} minutes in all")
    interview = [link.label for link in map_links(app)]
    assert interview.index("Cross-entropy") < interview.index("Interview")


def test_it_begins_with_the_first_lesson():
    assert map_links(welcome())[0].label == "Begin with **Surprise**"


def test_what_is_solved_shows_on_the_map():
    app = welcome()
    app.switch_page("pages/surprise.py").run()
    app.select_slider(key="p").set_value(0.125).run()
    app.switch_page("home.py").run()
    assert says(app, " · 6 min · **1 solved**")
    assert map_links(app)[0].label == "Go on with **Entropy**"


def test_the_slider_counts_surprise_in_heads():
    app = welcome()
    assert says(app, "You gave it 20 %, and it happened: 2.32 bits of surprise, more than 2 and less than 3 heads")
    assert not is_solved(app, "three heads in a row")
    app.slider(key="chance").set_value(0.125).run()
    assert is_solved(app, "three heads in a row")
    assert not is_solved(welcome(chance=0.25), "twice as surprised as by an event"), "a link solves nothing"


def test_an_invalid_chance_shows_the_default():
    for bad in ("nan", "2", "", "é🙂", "<script>"):
        assert welcome(chance=bad).slider(key="chance").value == 0.2
