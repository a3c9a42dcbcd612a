import re

import pytest

from tests.pages.helpers import open_lesson, says
from xent_ui.course.table import LESSON, LESSONS
from xent_ui.exercises import progress
from xent_ui.exercises.progress import BadCode, decode, encode, tasks

MARKS = [task.mark for of in tasks().values() for task in of]
SOME = {"surprise", "surprise/three_bits", "entropy/waste", "numerics"}


def test_every_lesson_has_a_prediction_and_challenges_each_with_a_mark_of_its_own():
    assert len(set(MARKS)) == len(MARKS)
    for lesson in LESSONS:
        if lesson.kind == LESSON:
            assert lesson.file in tasks(), f"pages/{lesson.file}.py is not there"
            names = [task.name for task in tasks()[lesson.file]]
            assert names.count("") == 1, lesson.file
            assert len(names) >= 3, lesson.file
    assert all(task.asks for of in tasks().values() for task in of)


@pytest.mark.parametrize("done", [set(), SOME, set(MARKS), {MARKS[-1]}])
def test_a_code_brings_everything_back(done):
    assert decode(encode(done)) == done
    assert len(encode(done)) < 200
    assert re.fullmatch(r"[A-Za-z0-9._-]+", encode(done)), "it must survive in a link as it is"


def test_a_code_cut_or_changed_anywhere_is_noticed():
    code = encode(SOME)
    for end in range(len(code)):
        with pytest.raises(BadCode):
            decode(code[:end])
    for place, sign in enumerate(code):
        with pytest.raises(BadCode):
            decode(code[:place] + ("A" if sign != "A" else "B") + code[place + 1 :])
    for bad in ("", "<script>", "9" * 100_000, "x1....", code + "0", code + code, "é" + code):
        with pytest.raises(BadCode):
            decode(bad)


def test_a_code_of_another_edition_says_so(monkeypatch):
    code = encode(SOME)
    monkeypatch.setattr(progress, "_edition", lambda: "00000000")
    with pytest.raises(BadCode, match="another version"):
        decode(code)


def test_a_link_brings_progress_to_the_page():
    fresh = open_lesson("progress")
    assert says(fresh, f"**0 of {len(MARKS)}**")
    page = open_lesson("progress", done=encode(SOME))
    assert says(page, f"**{len(SOME)} of {len(MARKS)}**")
    assert not page.warning
    assert "done" not in page.query_params
    assert page.code[0].value.endswith(encode(SOME))


BAD = ["", "x1.cut", encode(SOME)[:-3], encode(SOME).replace("x1", "x2"), "<script>", "9" * 5000]


@pytest.mark.parametrize("bad", BAD)
def test_a_bad_link_says_so_and_starts_fresh(bad):
    page = open_lesson("progress", done=bad)
    assert "start fresh" in page.warning[0].value
    assert says(page, f"**0 of {len(MARKS)}**")


def test_predictions_and_challenges_of_a_lesson_arrive():
    page = open_lesson("surprise", p=0.125, guess_surprise=3, lock_surprise="true")
    page.switch_page("pages/progress.py").run()
    assert says(page, f"**2 of {len(MARKS)}**")
    untouched = open_lesson("surprise", lock_surprise="true")
    untouched.switch_page("pages/progress.py").run()
    assert says(untouched, f"**0 of {len(MARKS)}**"), "a locked guess that nobody moved is nobody's guess"
