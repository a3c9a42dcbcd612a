"""Everything that can be earned in the course, and a code with which a learner takes progress to another machine.

A code names each thing that was earned by four letters, a hash of its mark. So old codes stay valid when tasks are
added or reordered. A checksum detects typing errors and edits. It is not a security feature: anyone can compute it.
"""

import base64
import codecs
import hashlib
import re
from collections.abc import Collection
from functools import cache
from typing import Final, NamedTuple

from xent_ui.course.table import LESSONS, WELCOME
from xent_ui.self_test.questions import check
from xent_ui.views import base

FORMAT: Final = "x2"
CODE: Final = re.compile(r"x2\.((?:[A-Za-z0-9_-]{4})*)\.([A-Za-z0-9_-]{8})", re.ASCII)
LONGEST: Final = 4000  # characters of a code
ARRIVED: Final = "done"  # the parameter of a link that carries a code

GUESS, TASK, CHECK = "guess", "task", "check"  # kinds of what can be earned


class ToDo(NamedTuple):
    """Something that can be earned: the mark that identifies it in the whole course, its kind, and what it asks."""

    mark: str
    kind: str
    asks: str


class BadCode(ValueError):
    """Raised when a code cannot be read; the message is a sentence that says why."""


@cache
def everything() -> dict[str, tuple[ToDo, ...]]:
    """Return every guess, task and check question by page, in the order of the course."""
    pages = [WELCOME, *(lesson.file for lesson in LESSONS)]
    found = {page: (*_in_pictures(page), *_checks(page)) for page in pages}
    return {page: todos for page, todos in found.items() if todos}


def _in_pictures(page: str) -> tuple[ToDo, ...]:
    pictures = base.pictures_of(page).values()
    guesses = [ToDo(page, GUESS, picture.question.words) for picture in pictures if picture.question]
    tasks = [ToDo(f"{page}/{task.name}", TASK, task.words) for picture in pictures for task in picture.tasks]
    return tuple({todo.mark: todo for todo in guesses + tasks}.values())  # two pictures may share a question


def _checks(page: str) -> tuple[ToDo, ...]:
    if page not in check.LESSONS:
        return ()
    return tuple(ToDo(check.mark_of(page, each), CHECK, _asked(each)) for each in check.checks(page))


def _asked(each: check.Check) -> str:
    """Return what a check question asks, without the numbers of a numeric one, which differ each time."""
    return each.asks if isinstance(each, check.Pick) else each.kind.name


def _letters(text: str, length: int) -> str:
    """Return a hash of a text, in letters that need no escaping in a link."""
    digest = hashlib.sha256(f"Xent Lab progress {text}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode()[:length]


def _marks() -> dict[str, str]:
    """Return all marks of the course, by their names of four letters."""
    return {_letters(todo.mark, 4): todo.mark for todos in everything().values() for todo in todos}


def encode(done: Collection[str]) -> str:
    """Return the code for these marks; marks that nothing in the course has are left out.

    >>> decode(encode({"surprise/certain", "surprise", "no/such"})) == {"surprise/certain", "surprise"}
    True
    """
    body = "".join(name for name, mark in _marks().items() if mark in done)
    return f"{FORMAT}.{body}.{_letters(body, 8)}"


def decode(text: str) -> frozenset[str]:
    """Return the marks in a code, or in a link with one; those that the course no longer has are left out.

    Raises  BadCode  the code is cut short, changed, or in an older format
    """
    code = text.replace("\ufeff", "").rpartition(f"?{ARRIVED}=")[2].partition("&")[0].strip()
    found = CODE.fullmatch(code) if len(code) <= LONGEST else None
    if not found:
        raise BadCode("This is not a progress code of this course, or it was cut short on its way.")
    body, checksum = found.groups()
    if checksum != _letters(body, 8):
        raise BadCode("This progress code was changed or cut on its way: its checksum does not fit.")
    marks = _marks()
    names = (body[i : i + 4] for i in range(0, len(body), 4))
    return frozenset(marks[name] for name in names if name in marks)


def text_of_file(content: bytes) -> str:
    """Return the text of a file with a saved code, with or without a byte order mark that an editor added.

    >>> text_of_file(codecs.BOM_UTF8 + b"x2..AAAAAAAA"), text_of_file("x2..AAAAAAAA".encode("utf-16"))
    ('x2..AAAAAAAA', 'x2..AAAAAAAA')
    """
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if wide else "utf-8-sig", errors="replace")
