"""All guesses and tasks of the course, and a code with which a learner takes progress to another machine.

A code names each finished task by four letters, a hash of the task's mark. So old codes stay valid when tasks are added
or reordered. A checksum detects typing errors and edits. It is not a security feature: anyone can compute it.
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
    """A guess or a task: its page, its name on that page (empty for the guess) and what it asks."""

    page: str
    name: str
    asks: str

    @property
    def mark(self) -> str:
        """The name that identifies it in the whole course."""
        return f"{self.page}/{self.name}" if self.name else self.page


class BadCode(ValueError):
    """Raised when a code cannot be read; the message is a sentence that says why."""


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
    """Return a hash of a text, in letters that need no escaping in a link."""
    digest = hashlib.sha256(f"Xent Lab progress {text}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode()[:length]


def _marks() -> dict[str, str]:
    """Return all marks of the course, by their names of four letters."""
    return {_letters(todo.mark, 4): todo.mark for todos in everything().values() for todo in todos}


def encode(done: Collection[str]) -> str:
    """Return the code for these marks; marks that no task of the course has are left out.

    >>> decode(encode({"surprise/certain", "surprise", "no/such"})) == {"surprise/certain", "surprise"}
    True
    """
    body = "".join(name for name, mark in _marks().items() if mark in done)
    return f"{FORMAT}.{body}.{_letters(body, 8)}"


def decode(code: str) -> frozenset[str]:
    """Return the marks in a code; those of tasks that the course no longer has are left out.

    Raises  BadCode  the code is cut short, changed, or in an older format
    """
    code = code.strip()
    found = CODE.fullmatch(code) if len(code) <= LONGEST else None
    if not found:
        raise BadCode("This is not a progress code of this course, or it was cut short on its way.")
    body, check = found.groups()
    if check != _letters(body, 8):
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
