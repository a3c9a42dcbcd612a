"""The page of a worksheet: what the address asks for, and that it holds no answer without the key."""

import pytest
from google.protobuf import text_format

from tests.pages.helpers import in_address, open_lesson, plain
from xent_ui.course.table import LESSONS
from xent_ui.teaching.paper import OnPaper
from xent_ui.teaching.worksheet import Numeric, Question, worksheet

FILES = [lesson.file for lesson in LESSONS]
HOSTILE = [
    "",
    "'; DROP TABLE lessons; --",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "%00",
    "9" * 400,
    "1e309",
    "nan",
    "−7",
    "𝟕" * 3000,
]


def source(app):
    """All that the server sends for a page, as text: every element, the figures of pictures among them."""
    sent = []

    def walk(block):
        for child in block.children.values():
            if hasattr(child, "children"):
                walk(child)
            else:
                sent.append(text_format.MessageToString(child.proto, as_utf8=True))

    walk(app.main)
    assert any("xent_still" in each for each in sent), "a worksheet with a picture sends it"
    return "".join(sent)


def escaped(words):
    """Words as they stand in what the server sends."""
    return text_format.text_encoding.CEscape(words, as_utf8=True)


def answers(parts):
    """What the key says of each item, as the page writes it."""
    for part in parts:
        for item in part.items:
            match item:
                case OnPaper():
                    yield item.view.caption
                    yield item.formula
                case Question():
                    yield item.pick.because
                case Numeric():
                    yield item.problem.because


def test_the_address_chooses_lessons_and_seed():
    app = open_lesson("worksheet", lessons="entropy,surprise", seed=7)
    assert [each.value for each in app.header] == ["Surprise", "Entropy"]
    assert app.multiselect[0].value == ["surprise", "entropy"]
    assert app.number_input[0].value == 7
    asked = [plain(each.value) for each in app.markdown]
    for part in worksheet(["surprise", "entropy"], 7):
        for item in part.items:
            if isinstance(item, Numeric):
                assert any(plain(item.problem.asks) in words for words in asked)
            if isinstance(item, Question):
                assert any(plain(item.pick.asks) in words for words in asked)


@pytest.mark.parametrize("group", range(3))
def test_without_the_key_the_page_holds_no_answer(group):
    lessons = FILES[group::3]
    open_sheet = source(open_lesson("worksheet", lessons=",".join(lessons), seed=7))
    with_key = open_lesson("worksheet", lessons=",".join(lessons), seed=7, key=1)
    closed = source(with_key)
    for answer in answers(worksheet(lessons, 7)):
        assert escaped(answer) not in open_sheet
        assert escaped(answer) in closed


def test_the_key_names_letters_and_numbers():
    app = open_lesson("worksheet", lessons="surprise", seed=3, key=1)
    assert app.header[-1].value == "Answer key of sheet 3"
    said = [each.value for each in app.markdown]
    (part,) = worksheet(["surprise"], 3)
    for number, item in enumerate(part.items, 1):
        if isinstance(item, Question):
            assert any(words.startswith(f"**{number}. {item.letter}:**") for words in said)
        if isinstance(item, Numeric):
            assert any(words.startswith(f"**{number}. {item.problem.shown(item.problem.answer)}.**") for words in said)


@pytest.mark.parametrize("bad", HOSTILE)
def test_what_is_no_lesson_seed_or_key_is_ignored(bad):
    app = open_lesson("worksheet", lessons=bad, seed=bad, key=bad)
    assert [each.value for each in app.header] == ["Surprise"]
    assert app.number_input[0].value == 1
    assert not app.toggle[0].value


def test_the_controls_write_the_address():
    app = open_lesson("worksheet")
    app.multiselect[0].set_value(["likelihood"]).run()
    app.number_input[0].set_value(12).run()
    app.toggle[0].set_value(True).run()
    assert [in_address(app, name) for name in ("lessons", "seed", "key")] == ["likelihood", "12", "1"]
    assert [each.value for each in app.header] == ["Likelihood", "Answer key of sheet 12"]
    app.toggle[0].set_value(False).run()
    assert in_address(app, "key") == ""
    assert not app.exception


def test_a_sheet_without_lessons_says_so():
    app = open_lesson("worksheet")
    app.multiselect[0].set_value([]).run()
    assert app.info[0].value == "Choose at least one lesson."
    assert not app.exception


def test_a_class_gets_the_sheet_alone():
    page = open_lesson("worksheet", lessons="entropy,surprise", seed=7)
    links = [word for each in page.markdown for word in each.value.replace(")", "(").split("(") if "hide=" in word]
    assert links == ["worksheet?lessons=surprise,entropy&seed=7&hide=answers"]
    alone = open_lesson("worksheet", lessons="surprise,entropy", seed=7, hide="answers", key=1)
    assert [each.value for each in alone.header] == ["Surprise", "Entropy"]
    assert not [*alone.toggle, *alone.multiselect, *alone.number_input]
    closed = source(alone)
    assert not [words for words in answers(worksheet(["surprise", "entropy"], 7)) if escaped(words) in closed]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_class_gets_the_first_sheet_for_what_cannot_be_read(text):
    page = open_lesson("worksheet", lessons=text, seed=text, hide="answers")
    assert not page.exception
    assert [each.value for each in page.header] == ["Surprise"]
    assert "Sheet 1" in [each.value for each in page.markdown]
