"""Plans: their minutes, their links, and what they promise."""

import copy
import tomllib
from urllib.parse import parse_qs, urlsplit

import pytest

from xent_core import Unit, surprise
from xent_ui.course.table import EXAM, LESSONS, WORKSHEET, parts
from xent_ui.live.address import MODES
from xent_ui.teaching.guide import guide
from xent_ui.teaching.plans import FILE, ClassLink, SheetLink, plans, read
from xent_ui.teaching.worksheet import SEED, read_lessons, worksheet
from xent_ui.views.base import controls_of, pictures, pictures_of

PLANS = {plan.name: plan for plan in plans()}
LINKS = [
    pytest.param(each, id=f"{name}-{i}-{each.lesson}") for name in PLANS for i, each in enumerate(PLANS[name].links)
]
SHEETS = [
    step.opens
    for plan in plans()
    for session in plan.sessions
    for step in session.steps
    if isinstance(step.opens, SheetLink)
]


def test_there_is_a_plan_of_45_minutes_one_of_90_and_one_of_four_weeks():
    minutes = {name: [session.minutes for session in plan.sessions] for name, plan in PLANS.items()}
    assert minutes == {"one_lesson": [45], "double_lesson": [90], "four_weeks": [90, 90, 90, 90]}


def test_the_minutes_of_the_steps_add_up():
    for plan in plans():
        for session in plan.sessions:
            assert sum(step.minutes for step in session.steps) == session.minutes
            assert all(step.minutes >= 5 or step.is_homework for step in session.steps)
            assert all(step.says and step.do for step in session.steps)


def test_four_weeks_visit_every_lesson_or_have_it_as_homework():
    plan = PLANS["four_weeks"]
    visited = {each.lesson for each in plan.links}
    for session, lessons in zip(plan.sessions, list(parts().values())[:3], strict=False):
        taught = {step.opens.lesson for step in session.steps if isinstance(step.opens, ClassLink)}
        assert {lesson.file for lesson in lessons} <= taught, session.title
        assert session.steps[-1].is_homework
    words = " ".join(step.do + step.says for session in plan.sessions for step in session.steps)
    for lesson in LESSONS:
        assert lesson.file in visited or lesson.title in words or lesson.file == "in_code", lesson.file
    assert any(lesson.kind == EXAM and lesson.file in visited for lesson in LESSONS)


@pytest.mark.parametrize("opened", LINKS)
def test_every_link_names_what_exists(opened):
    parts_of = urlsplit(opened.address)
    query = {key: values[0] for key, values in parse_qs(parts_of.query, strict_parsing=True).items()}
    assert parts_of.path == opened.lesson
    assert query.pop("mode") in MODES
    assert "shown" not in query
    if "picture" in query:
        assert query.pop("picture") in pictures(opened.lesson)
    controls = controls_of(opened.lesson)
    hidden = query.pop("hide").split(",") if "hide" in query else []
    assert set(hidden) <= set(controls) | {"answers"}
    for key, text in query.items():
        assert controls[key].write(controls[key].parse(text)) == text
        assert not key.startswith("guess_")


@pytest.mark.parametrize("opened", LINKS)
def test_no_link_opens_at_a_state_that_solves_a_task(opened):
    for picture in pictures_of(opened.lesson).values():
        values = {key: text for key, text in opened.values.items() if key in picture.controls}
        if not picture.needs_session(picture.parse(values)):
            assert not any(picture(picture.parse(values), shown=True).solved.values()), picture.key


def test_every_worksheet_of_a_plan_can_be_made():
    assert SHEETS
    for sheet in SHEETS:
        for address in (sheet.address(), sheet.address(with_key=True)):
            query = parse_qs(urlsplit(address).query, strict_parsing=True)
            assert urlsplit(address).path == WORKSHEET
            assert tuple(read_lessons(query["lessons"][0])) == sheet.lessons
            assert SEED.parse(query["seed"][0]) == sheet.seed
            assert ("key" in query) == (address == sheet.address(with_key=True))
        assert all(part.items for part in worksheet(sheet.lessons, sheet.seed))


@pytest.mark.parametrize(
    ("lesson", "picture", "words"),
    [
        ("surprise", "one_event", "1 in 20"),
        ("cross_entropy", "cost", "95 times in 100"),
        ("likelihood", "one_series", "7 heads"),
        ("class_weights", "where_the_line_is", "100 healthy people for each ill one"),
        ("ce_vs_mse", "slopes", "z = −6"),
        ("binary_cross_entropy", "one_mail", "99 %"),
        ("numerics", "three_ways", "float32"),
        ("calibration", "reliability", "98 %"),
    ],
)
def test_a_plan_asks_what_the_page_asks(lesson, picture, words):
    def plain(text):
        return text.replace("\u202f", " ").replace("\xa0", " ").replace("1/20", "1 in 20")

    assert words in plain(FILE.read_text("utf-8"))
    assert words in plain(pictures(lesson)[picture].question.words)


def test_loss_and_accuracy_of_two_runs_disagree_only_from_the_start_that_the_plan_names():
    picture = pictures("training_lab")["two_runs"]
    (step,) = [
        step
        for plan in plans()
        for session in plan.sessions
        for step in session.steps
        if isinstance(step.opens, ClassLink) and step.opens.lesson == "training_lab"
    ]
    assert "choose “fresh” under “What learns”" in step.do

    def crossed(start: str) -> list[int]:
        return [
            made
            for made in range(0, 401)
            if picture(picture.parse({"start": start, "made": str(made)}), shown=True).solved["crossed"]
        ]

    assert not crossed("taught wrong")
    assert crossed("fresh")[0] <= 10


def test_a_class_can_do_every_task_of_the_picture_that_a_plan_opens():
    """No hidden control is one that a solution of the guide sets."""
    for opened in (each for name in PLANS for each in PLANS[name].links):
        if opened.picture:
            for task in pictures(opened.lesson)[opened.picture].tasks:
                needed = set(guide(opened.lesson).solutions[task.name].values)
                assert not needed & set(opened.hide), (opened.lesson, task.name)


def test_always_saying_one_half_costs_one_bit():
    assert "fewer bits per answer than 1, which always saying 50\u202f% costs" in FILE.read_text("utf-8")
    assert Unit.BITS.of(surprise(0.5).value) == 1


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"minutes": 6}, "take 46 minutes, not 45"),
        ({"minutes": 0}, "takes 0 minutes"),
        ({"link": {"lesson": "no_such_lesson"}}, "leads to no lesson"),
        ({"link": {"lesson": "surprise", "picture": "no_such_picture"}}, "none of its pictures"),
        ({"link": {"lesson": "surprise", "values": {"z": "1"}}}, "none of its controls"),
        ({"link": {"lesson": "surprise", "values": {"guess_surprise": "1"}}}, "none of its controls"),
        ({"link": {"lesson": "surprise", "values": {"p": "2"}}}, "p must be"),
        ({"link": {"lesson": "surprise", "hide": ["z"]}}, "none of its controls"),
        ({"link": {"lesson": "surprise", "mode": "party"}}, "unknown mode"),
        ({"worksheet": {"lessons": ["surprise", "x"], "seed": 1}}, "does not exist"),
        ({"worksheet": {"lessons": ["surprise"], "seed": 0}}, "seed must be"),
        ({"link": {"lesson": "surprise"}, "worksheet": {"lessons": ["surprise"], "seed": 1}}, "belong together"),
        ({"because": "x"}, "belong together"),
    ],
)
def test_a_wrong_plan_is_refused_in_a_sentence(change, sentence):
    content = copy.deepcopy(tomllib.loads(FILE.read_text("utf-8")))
    content["plan"][0]["session"][0]["step"][0] |= change
    with pytest.raises(ValueError, match=sentence):
        read(content)
