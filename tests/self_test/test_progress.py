"""Progress codes, what they survive, and the page that makes and takes them."""

import codecs
import re

import pytest

from tests.pages.helpers import open_lesson, says
from xent_ui.course.table import HOME, LESSON, LESSONS, WELCOME
from xent_ui.self_test import progress
from xent_ui.self_test.progress import CHECK, GUESS, TASK, BadCode, ToDo, decode, encode, everything, text_of_file
from xent_ui.self_test.questions import check

MARKS = [todo.mark for todos in everything().values() for todo in todos]
SOME = {"surprise", "surprise/three_bits", "welcome/twice", "surprise?halves", "numerics"}


def test_every_lesson_has_one_guess_and_tasks_each_with_a_mark_of_its_own():
    assert len(set(MARKS)) == len(MARKS)
    for lesson in LESSONS:
        if lesson.kind == LESSON:
            kinds = [todo.kind for todo in everything()[lesson.file]]
            assert kinds.count(GUESS) == 1, lesson.file
            assert kinds.count(TASK) >= 2, lesson.file
    assert all(todo.asks for todos in everything().values() for todo in todos)


def test_the_welcome_page_has_tasks_and_no_guess():
    assert [todo.mark for todo in everything()[WELCOME]] == ["welcome/three_heads", "welcome/twice"]


def test_every_check_question_can_be_earned():
    assert check.LESSONS
    for lesson in check.LESSONS:
        marks = [todo.mark for todo in everything()[lesson] if todo.kind == CHECK]
        assert marks == [check.mark_of(lesson, each) for each in check.checks(lesson)]


@pytest.mark.parametrize("done", [set(), SOME, set(MARKS), {MARKS[-1]}], ids=["none", "some", "all", "last"])
def test_a_code_brings_everything_back(done):
    assert decode(encode(done)) == done
    assert len(encode(done)) == 4 * len(done) + len("x2..") + 8
    assert re.fullmatch(r"[A-Za-z0-9._-]+", encode(done)), "it must survive in a link as it is"


def test_a_code_for_everything_is_short_enough_for_a_link():
    assert len(encode(MARKS)) < 1000


def test_no_two_marks_share_their_four_letters():
    names = [progress._letters(mark, 4) for mark in MARKS]
    assert len(set(names)) == len(names)


@pytest.fixture
def with_tasks(monkeypatch):
    """Let the course have only these tasks, in this order."""

    def only(marks):
        todos = [ToDo(mark, TASK, "words") for mark in marks]
        monkeypatch.setattr(progress, "everything", lambda: {"a page": tuple(todos)})

    return only


def test_new_tasks_and_another_order_leave_older_codes_as_they_are(with_tasks):
    before = MARKS[::2]
    with_tasks(before)
    older = encode(before)
    with_tasks(MARKS[::-1])
    assert decode(older) == set(before)


def test_tasks_that_the_course_no_longer_has_are_left_out(with_tasks):
    code = encode(SOME)
    with_tasks(mark for mark in MARKS if mark != "numerics")
    assert decode(code) == SOME - {"numerics"}
    assert encode(SOME) == encode(SOME - {"numerics"})


def test_a_code_cut_or_changed_anywhere_is_noticed():
    code = encode(SOME)
    for end in range(len(code)):
        with pytest.raises(BadCode):
            decode(code[:end])
    for place, sign in enumerate(code):
        for other in {"A", "B", "-", "."} - {sign}:
            with pytest.raises(BadCode):
                decode(code[:place] + other + code[place + 1 :])
    names = code.split(".")[1]
    swapped = code.replace(names, names[4:8] + names[:4] + names[8:])
    for bad in ("", "<script>", "9" * 100_000, "x2....", code + "0", code + code, "é" + code, swapped):
        with pytest.raises(BadCode, match=r"\.$"):
            decode(bad)


def test_space_around_a_code_does_no_harm():
    assert decode(f"\n {encode(SOME)}\r\n") == SOME


def test_a_whole_link_is_read_as_its_code():
    assert decode(f"https://school.example/xent/progress?done={encode(SOME)}") == SOME
    assert decode(f" http://localhost:8501/progress?done={encode(SOME)}&embed=true\n") == SOME


@pytest.mark.parametrize("mark", [b"", codecs.BOM_UTF8], ids=["no mark", "UTF-8"])
def test_a_saved_file_is_read_with_a_byte_order_mark_too(mark):
    assert decode(text_of_file(mark + encode(SOME).encode() + b"\r\n")) == SOME


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_that_an_editor_saved_in_utf_16_is_read(encoding):
    mark = {"utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}.get(encoding, b"")
    assert decode(text_of_file(mark + encode(SOME).encode(encoding))) == SOME


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"\x00" * 99, b"\xff" * 99, b"PK\x03\x04", b"9" * 100_000])
def test_any_other_file_is_refused_in_a_sentence(content):
    with pytest.raises(BadCode, match=r"\.$"):
        decode(text_of_file(content))


# --- on the page -----------------------------------------------------------------------------------------------


def bring(page, pasted="", file=None):
    """Paste a code or choose a file, and press the button."""
    if pasted:
        page.text_input(key="pasted_code").set_value(pasted)
    if file is not None:
        page.file_uploader(key="progress_file").set_value(("xent_lab_progress.txt", file, "text/plain"))
    next(button for button in page.button if button.label == "Add it to what is kept here").click().run()
    assert not page.exception


def test_a_link_brings_progress_to_the_page():
    fresh = open_lesson("progress")
    assert says(fresh, f"**0 of {len(MARKS)}**")
    page = open_lesson("progress", done=encode(SOME))
    assert says(page, f"**{len(SOME)} of {len(MARKS)}**")
    assert page.success[0].value == "5 steps from elsewhere are in your progress now."
    assert not page.warning
    assert "done" not in page.query_params
    assert page.code[0].value.endswith(encode(SOME))
    page.run()
    assert page.success, "the browser's report runs the page again at once, and the notice stays"
    one = open_lesson("progress", done=encode({"surprise"}))
    assert one.success[0].value == "1 step from elsewhere is in your progress now."


BAD_CODES = ["x2.cut", encode(SOME)[:-3], encode(SOME).replace("x2", "x1"), "<script>", "9" * 5000]


@pytest.mark.parametrize("bad", ["", *BAD_CODES])
def test_a_bad_link_says_so_and_adds_nothing(bad):
    page = open_lesson("progress", done=bad)
    assert page.warning[0].value.endswith("Nothing was added.")
    assert says(page, f"**0 of {len(MARKS)}**")


def test_a_pasted_code_or_link_brings_progress_to_the_page():
    for pasted in (encode(SOME), f"https://school.example/progress?done={encode(SOME)}"):
        page = open_lesson("progress")
        bring(page, pasted)
        assert page.success[0].value == "5 steps from elsewhere are in your progress now."
        assert says(page, f"**{len(SOME)} of {len(MARKS)}**")


def test_codes_add_up_and_a_bad_one_takes_nothing_away():
    page = open_lesson("progress", done=encode({"surprise"}))
    bring(page, encode({"numerics"}))
    for bad in BAD_CODES:
        bring(page, bad)
        assert page.warning[0].value.endswith("Nothing was added.")
        assert not page.success
    assert says(page, f"**2 of {len(MARKS)}**")


def test_a_saved_file_brings_progress_to_the_page():
    page = open_lesson("progress")
    bring(page, file=codecs.BOM_UTF8 + f"{encode(SOME)}\n".encode())
    assert page.success[0].value == "5 steps from elsewhere are in your progress now."
    assert says(page, f"**{len(SOME)} of {len(MARKS)}**")
    assert page.code[0].value.endswith(encode(SOME)), "the link carries what the file brought"


def test_a_saved_file_also_brings_rounds_and_grades():
    page = open_lesson("progress", done=encode(SOME))
    page.session_state["record_of_learner"].set("round/5", [0.5])
    saved = f"{encode(SOME)}\n{page.session_state['record_of_learner'].exported()}\n"
    other = open_lesson("progress")
    bring(other, file=codecs.BOM_UTF8 + saved.replace("\n", "\r\n").encode())
    assert "Guesses, rounds and grades were taken from the file" in other.success[0].value
    assert other.session_state["record_of_learner"].get("round/5", None) == [0.5]
    assert says(other, f"**{len(SOME)} of {len(MARKS)}**")


def test_bringing_nothing_is_said():
    page = open_lesson("progress")
    bring(page)
    assert page.warning[0].value == "Paste a code or choose a file first."


def test_forget_everything_forgets_what_a_code_brought():
    page = open_lesson("progress")
    bring(page, encode(SOME))
    assert says(page, f"**{len(SOME)} of {len(MARKS)}**")
    page.button(key="forget_everything").click().run()
    assert says(page, f"**0 of {len(MARKS)}**")
    assert [note.value for note in page.success] == ["Everything is forgotten."]
    page.run()
    assert says(page, f"**0 of {len(MARKS)}**")


def test_the_page_says_where_progress_is_kept_and_no_more_than_is_true():
    page = open_lesson("progress")
    assert says(page, "kept in this browser")
    page.session_state["record_of_learner"].kept = False
    page.run()
    assert says(page, "does not let the course keep anything")
    assert not says(page, "kept in this browser")


def test_every_page_with_tasks_is_linked_and_the_welcome_page_leads_home():
    links = [link.proto for link in open_lesson("progress").main.get("page_link")]
    titles = {lesson.title for lesson in LESSONS if lesson.file in everything()}
    assert {link.label for link in links} == titles | {"Welcome"}
    welcome = next(link for link in links if link.label == "Welcome")
    assert welcome.page == "", HOME


def test_the_guess_a_task_and_a_check_question_of_a_lesson_arrive():
    page = open_lesson("surprise", p=0.25)
    page.button(key="lock_surprise").click().run()
    page.select_slider(key="p").set_value(0.125).run()
    question = next(each for each in check.checks("surprise") if isinstance(each, check.Pick))
    page.radio(key=f"check_{question.name}").set_value(question.right).run()
    assert not page.exception
    page.switch_page("pages/progress.py").run()
    assert says(page, f"**3 of {len(MARKS)}**")


def test_a_guess_locked_by_a_link_does_not_count():
    page = open_lesson("surprise", lock_surprise="true")
    page.switch_page("pages/progress.py").run()
    assert says(page, f"**0 of {len(MARKS)}**")
