"""What there is to do in the course, and a code that carries what is done to another machine.

A code names every finished task by four letters that are made from the task's own mark, so new tasks, and tasks in
another order, leave older codes as they are. A checksum notices mistakes and meddling by hand; it is no seal, for there
is nothing to win.
"""

import base64
import codecs
import hashlib
import re
from collections.abc import Collection
from functools import cache
from typing import Final, NamedTuple

from xent_ui.course.table import LESSONS, WELCOME
from xent_ui.views import base

FORMAT: Final = "x2"
CODE: Final = re.compile(r"x2\.((?:[A-Za-z0-9_-]{4})*)\.([A-Za-z0-9_-]{8})", re.ASCII)
LONGEST: Final = 4000  # characters of a code


class ToDo(NamedTuple):
    """A guess or a task: its page, its name there (empty for the guess) and what it asks."""

    page: str
    name: str
    asks: str

    @property
    def mark(self) -> str:
        """What names it everywhere."""
        return f"{self.page}/{self.name}" if self.name else self.page


class BadCode(ValueError):
    """Why a code is not read, in a sentence."""


@cache
def everything() -> dict[str, tuple[ToDo, ...]]:
    """Return every guess and task by page, in the order of the course."""
    pages = [WELCOME, *(lesson.file for lesson in LESSONS)]
    found = {page: tuple(_declared(page)) for page in pages if page in base.LESSONS}
    return {page: todos for page, todos in found.items() if todos}


def _declared(page: str) -> list[ToDo]:
    pictures = base.pictures(page).values()
    guesses = [ToDo(page, "", picture.question.words) for picture in pictures if picture.question]
    todos = guesses + [ToDo(page, task.name, task.words) for picture in pictures for task in picture.tasks]
    return list({todo.mark: todo for todo in todos}.values())  # two pictures may share a question


def _letters(text: str, length: int) -> str:
    """Return a hash of a text as letters that a link carries as they are."""
    digest = hashlib.sha256(f"Xent Lab progress {text}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode()[:length]


def _marks() -> dict[str, str]:
    """Return the mark behind each name of four letters."""
    return {_letters(todo.mark, 4): todo.mark for todos in everything().values() for todo in todos}


def encode(done: Collection[str]) -> str:
    """Return a code for what is done, by mark; what is no task of the course is left out.

    >>> decode(encode({"surprise/certain", "surprise", "no/such"})) == {"surprise/certain", "surprise"}
    True
    """
    body = "".join(name for name, mark in _marks().items() if mark in done)
    return f"{FORMAT}.{body}.{_letters(body, 8)}"


def decode(code: str) -> frozenset[str]:
    """Return what a code says is done, by mark; tasks that the course no longer has are left out.

    Raises  BadCode  cut, changed, or of an older form
    """
    code = code.strip()
    found = CODE.fullmatch(code) if len(code) <= LONGEST else None
    if not found:
        raise BadCode("This is not a progress code of this course, or it was cut short on its way.")
    body, check = found.groups()
    if check != _letters(body, 8):
        raise BadCode("This progress code was changed or cut on its way: its checksum does not fit.")
    names = (body[i : i + 4] for i in range(0, len(body), 4))
    return frozenset(_marks()[name] for name in names if name in _marks())


def text_of_file(content: bytes) -> str:
    """Return the text of a saved code, whatever byte order mark an editor has put before it.

    >>> text_of_file(codecs.BOM_UTF8 + b"x2..AAAAAAAA"), text_of_file("x2..AAAAAAAA".encode("utf-16"))
    ('x2..AAAAAAAA', 'x2..AAAAAAAA')
    """
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return content.decode("utf-16" if wide else "utf-8-sig", errors="replace")
