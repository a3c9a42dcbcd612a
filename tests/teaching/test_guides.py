"""Every lesson has a complete guide, and its solutions solve the tasks of its pictures."""

import ast
import re
import subprocess
import sys
import tomllib
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest

from tests.views.helpers import random_states
from xent_ui.course.table import FILES
from xent_ui.experiments.prediction_scores import sample
from xent_ui.teaching.guide import GUIDES, Guide, guide, read
from xent_ui.views.base import Picture, pictures, pictures_of
from xent_ui.views.question import Task

ROOT = Path(__file__).parents[2]
ALWAYS = [ROOT / "xent_ui/controls/shared.py", ROOT / "xent_ui/live/guess.py"]
SOURCES = {  # where else a page has its words from
    "interview": sorted((ROOT / "xent_ui/self_test/questions/interview").glob("*.py")),
    "in_code": [ROOT / "xent_ui/course/library_losses.py"],
}

TASKS = [
    pytest.param(lesson, picture, task, id=f"{lesson}/{task.name}")
    for lesson in FILES
    for picture in pictures_of(lesson).values()
    for task in picture.tasks
]
ON_PAGE = [each for each in TASKS if not each.values[1].needs_data and not each.values[2].because]
IMPOSSIBLE = [each for each in TASKS if each.values[2].because]
NEVER = re.compile(
    r"\b(dear|dearer|cheap to say|cheaply|exp of|series of chance|coming soon|TODO|TBD|obviously|simply|just note|"
    r"behaviour|colour|minimise|maximise|neighbour|favour|grey|learnt|whilst)\b",
    re.IGNORECASE,
)
GOOD = {
    "goals": ["Compute it."],
    "opens_with": "Which?",
    "expected": "This.",
    "wrong": [{"says": "That.", "reveals": "Ask why."}],
    "timing": [{"minutes": 5, "what": "Guess."}],
    "pitfalls": ["Units."],
    "solutions": {"one": {"values": {"p": "1"}, "why": "Because."}},
}


def texts(of: Guide) -> list[str]:
    """Return every text of a guide."""
    pairs = ((each.says, each.reveals) for each in of.wrong)
    return [
        *of.goals,
        of.opens_with,
        of.expected,
        *chain.from_iterable(pairs),
        *(each.what for each in of.timing),
        *of.pitfalls,
        *(each.why for each in of.solutions.values()),
    ]


def sentences(text: str) -> int:
    """Return how many sentences a text has, roughly: ends of sentences before a space, a quotation mark or its end."""
    return len(re.findall(r"[.?!][”)]?(?=\s+[“(A-Z]|$)", text))


def test_every_lesson_has_a_guide_and_every_guide_a_lesson():
    assert sorted(path.stem for path in GUIDES.glob("*.toml")) == sorted(FILES)


@pytest.mark.parametrize("lesson", FILES)
def test_a_guide_is_as_long_as_a_teacher_can_read_in_five_minutes(lesson):
    found = guide(lesson)
    assert 2 <= sum(sentences(each) for each in found.goals) <= 4
    assert 2 <= len(found.wrong) <= 4
    assert 2 <= sum(sentences(each) for each in found.pitfalls) <= 5
    assert 1 <= sentences(found.expected) <= 4
    assert sum(len(each.split()) for each in texts(found)) < 1300


@pytest.mark.parametrize("lesson", FILES)
def test_the_words_of_a_guide(lesson):
    for text in texts(guide(lesson)):
        assert not NEVER.search(text), NEVER.search(text)
        assert not re.search(r"(?<!\u202f)%", text.replace("\u202f%", "")), f"no narrow space before % in: {text}"
        assert not re.search(r"(?<![\w.)])-\d", text), f"a hyphen for a minus sign in: {text}"
        assert "^" not in re.sub(r"\$[^$]*\$", "", text), f"a power that is not typeset in: {text}"
        assert text[-1] in ".?!”)`", f"no end of a sentence in: {text}"
        assert not re.search(r"  |\n|\|", text), f"it does not fit into a line of a list or a table: {text}"
        assert not re.search(r" -- |\.\.\.|…$", text), text


@pytest.mark.parametrize("lesson", FILES)
def test_the_goals_begin_with_a_verb_and_the_opening_is_a_question(lesson):
    found = guide(lesson)
    assert "?" in found.opens_with
    for goal in found.goals:
        first = goal.split()[0]
        assert first[0].isupper() and not first.endswith(("ing", "s")) or first in ("Express", "Discuss"), goal
        assert first not in ("The", "A", "An", "You", "Students", "Understand", "Know", "Learn"), goal


@pytest.mark.parametrize("lesson", FILES)
def test_the_opening_question_is_not_that_of_the_page(lesson):
    asked = [p.question.words for p in pictures_of(lesson).values() if p.question]
    assert guide(lesson).opens_with not in asked


@pytest.mark.parametrize("lesson", FILES)
def test_a_wrong_answer_is_not_one_that_the_page_already_has(lesson):
    words = words_of_page(lesson)
    for wrong in guide(lesson).wrong:
        assert wrong.says.replace("\u202f", " ").rstrip(".") not in words, wrong.says


def test_no_sentence_would_fit_another_lesson():
    """Shorter sentences, such as “In pairs:”, may stand in several guides."""
    owner: dict[str, str] = {}
    for lesson in FILES:
        for sentence in chain.from_iterable(re.split(r"(?<=[.?!:;])[”)]?\s+", text) for text in texts(guide(lesson))):
            if len(sentence.split()) >= 6:
                assert owner.setdefault(sentence, lesson) == lesson, f"{sentence} is in {owner[sentence]}, too"


@pytest.mark.parametrize("lesson", FILES)
def test_a_lesson_fits_into_a_period(lesson):
    minutes = [step.minutes for step in guide(lesson).timing]
    assert 20 <= sum(minutes) <= 45
    assert all(1 <= each <= 20 for each in minutes)
    assert guide(lesson).minutes == sum(minutes)


def words_of_page(lesson: str) -> str:
    """Return all texts in the sources of a lesson, and those that every page has."""
    own = [ROOT / f"pages/{lesson}.py", *(ROOT / "xent_ui").rglob(f"{lesson}.py")]
    sources = [*own, *ALWAYS, *SOURCES.get(lesson, [])]
    constants = [
        node.value
        for path in sources
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    return "\n".join([*constants, "Remember", "Check yourself"]).replace("\u202f", " ").replace("\xa0", " ")


@pytest.mark.parametrize("lesson", FILES)
def test_what_the_timing_names_is_on_the_page(lesson):
    words = words_of_page(lesson)
    for step in guide(lesson).timing:
        for name in re.findall("“([^”]*)”", step.what.replace("\u202f", " ")):
            assert name in words, f"“{name}” is not on the page {lesson}"


@pytest.mark.parametrize("lesson", FILES)
def test_there_is_a_solution_for_exactly_the_tasks(lesson):
    of_lesson = pictures_of(lesson).values()
    tasks = [task.name for picture in of_lesson for task in picture.tasks]
    assert sorted(guide(lesson).solutions) == sorted(tasks)


@pytest.mark.parametrize(("lesson", "picture", "task"), ON_PAGE)
def test_a_solution_solves_its_task(lesson: str, picture: Picture, task: Task):
    values = guide(lesson).solutions[task.name].values
    assert picture(picture.parse(values), shown=True).solved[task.name]
    assert picture.write(picture.parse(values)) == dict(values), "it has a value that is the default"


@pytest.mark.parametrize(("lesson", "picture", "task"), ON_PAGE)
def test_a_task_is_not_solved_at_the_start(lesson: str, picture: Picture, task: Task):
    assert not picture({}, shown=True).solved[task.name], "the solution would say nothing"


@pytest.mark.parametrize(("lesson", "picture", "task"), IMPOSSIBLE)
def test_an_impossible_task_has_no_solution(lesson: str, picture: Picture, task: Task):
    solution = guide(lesson).solutions[task.name]
    assert not solution.values
    assert solution.why != task.because
    if not picture.needs_data:
        states = [{}, *(picture.parse(each.values) for each in of_picture(lesson, picture))]
        states += random_states(picture, 20)
        assert not any(picture(values, shown=True).solved[task.name] for values in states)


def of_picture(lesson: str, picture: Picture):
    """Return the solutions of the possible tasks of a picture."""
    return [guide(lesson).solutions[task.name] for task in picture.tasks if not task.because]


def test_tasks_that_need_a_file_are_told_with_the_sample():
    """The solutions of these tasks have no values for a link; their numbers are those of the sample."""
    solutions = guide("your_predictions").solutions
    for picture in pictures("your_predictions").values():
        assert picture.needs_data
        assert not any(solutions[task.name].values for task in picture.tasks)
    losses, cooled, cut = pictures("your_predictions").values()
    told = re.compile(r"\*\*([\d.]+)")

    def number(task: str) -> str:
        found = told.search(solutions[task].why)
        assert found, f"the solution of {task} has no number in bold"
        return found[1]

    data = sample()
    assert losses(losses.parse({"worst": number("half")}), shown=True, data=data).solved["half"]
    assert losses(losses.parse({"least": number("clip")}), shown=True, data=data).solved["clip"]
    assert cooled(cooled.parse({"cool": number("modest")}), data=data).solved["modest"]
    foxes = data.report.predictions.classes.index("fox")
    assert cut(cut.parse({"cut": number("foxes")}), data=replace(data, class_of_interest=foxes)).solved["foxes"]


def test_guides_are_read_without_streamlit():
    program = (
        "import sys; from xent_ui.teaching.guide import guide; guide('surprise'); print('streamlit' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "False", done.stderr


def test_a_name_that_is_no_lesson_is_a_key_error():
    for name in ("", "calculus", "../guide", "surprise.toml"):
        with pytest.raises(KeyError):
            guide(name)


def test_a_complete_guide_is_read():
    found = read("surprise", GOOD)
    assert found.minutes == 5
    assert found.solutions["one"].values == {"p": "1"}


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"more": "x"}, "has more, which is no field"),
        ({"goals": []}, "needs a list for goals"),
        ({"goals": "One."}, "needs a list for goals"),
        ({"goals": [""]}, "nothing empty"),
        ({"pitfalls": [3]}, "needs a list for pitfalls"),
        ({"opens_with": " "}, "needs a text for opens_with"),
        ({"expected": 3}, "needs a text for expected"),
        ({"wrong": [{"says": "That."}]}, "lacks reveals"),
        ({"wrong": [{"says": "That.", "reveals": ""}]}, "needs a text for reveals"),
        ({"timing": [{"minutes": 0, "what": "Guess."}]}, "no whole number of minutes"),
        ({"timing": [{"minutes": 2.5, "what": "Guess."}]}, "no whole number of minutes"),
        ({"timing": [{"minutes": True, "what": "Guess."}]}, "no whole number of minutes"),
        ({"timing": [{"minutes": 5, "what": ""}]}, "needs a text for what"),
        ({"solutions": []}, "needs a table of solutions"),
        ({"solutions": {"one": {"why": "Because."}}}, "lacks values"),
        ({"solutions": {"one": {"values": {"p": 1}, "why": "Because."}}}, "values that are texts"),
        ({"solutions": {"one": {"values": {}, "why": ""}}}, "needs a text for why"),
    ],
)
def test_a_bad_field_is_told_in_a_sentence(change, says):
    with pytest.raises(ValueError, match=says) as told:
        read("surprise", GOOD | change)
    assert str(told.value).endswith(".")
    assert str(told.value)[0].isupper()


@pytest.mark.parametrize("name", GOOD)
def test_a_missing_field_is_told_in_a_sentence(name):
    with pytest.raises(ValueError, match=f"lacks {name}"):
        read("surprise", {key: value for key, value in GOOD.items() if key != name})


def test_the_files_are_toml_without_a_field_that_is_not_read():
    for path in GUIDES.glob("*.toml"):
        with path.open("rb") as file:
            assert set(tomllib.load(file)) == set(Guide._fields)
