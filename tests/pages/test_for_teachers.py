"""The page for teachers: a guide to each lesson, its solutions, and plans whose links spoil nothing."""

import re
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.pages.helpers import in_address, open_lesson, plain
from xent_ui.course.table import FILES, LESSONS, named
from xent_ui.self_test.questions import check
from xent_ui.self_test.questions.check import Pick, checks
from xent_ui.teaching.guide import guide
from xent_ui.teaching.handout import answer
from xent_ui.teaching.plans import ClassLink, plans
from xent_ui.views.base import pictures, pictures_of

LINKS = sorted({each.address: each for plan in plans() for each in plan.links}.items())


def said(app):
    """The text of the page, plain."""
    return plain("\n".join(each.value for each in app.markdown))


def addresses(app):
    """The addresses of all links in the text of the page."""
    return re.findall(r"\]\(([^()\s]+)\)", "\n".join(each.value for each in app.markdown))


@pytest.mark.parametrize("lesson", FILES)
def test_a_guide_says_all_that_a_teacher_needs(lesson):
    app = open_lesson("for_teachers", lesson=lesson)
    told, words = guide(lesson), said(app)
    assert app.subheader[-1].value == named(lesson).title
    for sentence in (*told.goals, told.opens_with, told.expected, *told.pitfalls):
        assert plain(sentence) in words
    for wrong in told.wrong:
        assert plain(wrong.says) in words
        assert plain(wrong.reveals) in words
    for step in told.timing:
        assert plain(step.what) in words
    shown = pictures_of(lesson).values()
    for picture in shown:
        if picture.question:
            assert plain(f"{picture.question.words} **{answer(picture)}**") in words
        for task in picture.tasks:
            assert plain(task.words) in words
            assert plain(told.solutions[task.name].why) in words
    for each in checks(lesson) if lesson in check.LESSONS else ():
        if isinstance(each, Pick):
            assert plain(each.asks) in words
            assert plain(each.because) in words


@pytest.mark.parametrize("lesson", [file for file in FILES if pictures_of(file)])
def test_every_solution_is_a_link_to_a_state_that_solves_its_task(lesson):
    app = open_lesson("for_teachers", lesson=lesson)
    found = [urlsplit(address) for address in addresses(app) if "shown=1" in address]
    solved = set()
    for address in found:
        query = dict(parse_qsl(address.query))
        assert query.pop("shown") == "1"
        picture = pictures(address.path)[query.pop("picture")]
        values = picture.parse(query)
        if picture.needs_session(values):
            solved |= {task.name for task in picture.tasks}
        else:
            solved |= {name for name, done in picture(values, shown=True).solved.items() if done}
    can_be_done = {
        task.name
        for picture in pictures(lesson).values()
        for task in picture.tasks
        if not task.because and guide(lesson).solutions[task.name].values
    }
    assert can_be_done <= solved
    assert len(found) == len(can_be_done)


def test_all_lessons_stand_on_one_page_to_print():
    app = open_lesson("for_teachers", lesson="all")
    titles = [each.value for each in app.subheader]
    assert [title for title in titles if title in {lesson.title for lesson in LESSONS}] == [
        lesson.title for lesson in LESSONS
    ]


@pytest.mark.parametrize("plan", [plan.name for plan in plans()])
def test_a_plan_shows_each_step_and_each_link(plan):
    app = open_lesson("for_teachers", plan=plan)
    words, found = said(app), addresses(app)
    chosen = next(each for each in plans() if each.name == plan)
    assert plain(chosen.goal) in words
    for session in chosen.sessions:
        for step in session.steps:
            assert plain(step.says) in words
            assert plain(step.do) in words
            if isinstance(step.opens, ClassLink):
                assert step.opens.address in found
            elif step.opens:
                assert step.opens.address() in found
                assert step.opens.address(with_key=True) in found


@pytest.mark.parametrize("bad", ["", "no_such_lesson", "<script>", "../x", "9" * 400, "Surprise", "all,surprise"])
def test_what_is_no_lesson_and_no_plan_is_ignored(bad):
    app = open_lesson("for_teachers", lesson=bad, plan=bad)
    assert [box.value for box in app.selectbox] == [plans()[0].name, FILES[0]]


def test_the_choices_write_the_address():
    app = open_lesson("for_teachers")
    app.selectbox[1].set_value("numerics").run()
    app.selectbox[0].set_value("four_weeks").run()
    assert (in_address(app, "lesson"), in_address(app, "plan")) == ("numerics", "four_weeks")
    assert app.subheader[-1].value == "Numerics"
    app.selectbox[1].set_value("surprise").run()
    assert in_address(app, "lesson") == ""


@pytest.mark.parametrize(("address", "opened"), LINKS, ids=[address for address, _ in LINKS])
def test_a_link_for_the_class_opens_with_its_guess_open_and_nothing_solved(address, opened):
    app = open_lesson(opened.lesson, **dict(parse_qsl(urlsplit(address).query)))
    asks = [each for each in pictures(opened.lesson).values() if each.question and not each.needs_data]
    locks = [button for button in app.button if button.label == "Lock in my guess"]
    assert len(locks) == len(asks)
    assert not any("check_circle" in each.value for each in app.markdown)
    for picture in asks:
        verdict = f"It is **{answer(picture)}**."
        assert not any(verdict in each.value for each in app.markdown)
    for key in opened.hide:
        assert not any(getattr(widget, "key", None) == key for widget in [*app.slider, *app.button_group])
