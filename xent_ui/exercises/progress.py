"""What there is to do in the course, what of it is done, and a code that carries that to another machine.

The tasks are read from the pages' own source, so there is no second list to keep. The code holds a version, one bit
for each task and a checksum: it notices mistakes and meddling by hand; it is no seal, for there is nothing to win.
"""

import ast
import base64
import binascii
import hashlib
import re
from collections.abc import Collection
from functools import cache
from typing import Final, NamedTuple

from xent_ui.course.table import HOME, LESSONS, ROOT

FORMAT: Final = "x1"
CODE: Final = re.compile(r"x\d+\.[0-9a-f]{8}\.[A-Za-z0-9_-]*\.[0-9a-f]{10}", re.ASCII)
LONGEST: Final = 1000  # characters of a code


class Task(NamedTuple):
    """A prediction or a challenge: its page, its name there (none for the prediction) and what it asks."""

    page: str
    name: str
    asks: str

    @property
    def mark(self) -> str:
        """What names it everywhere; a challenge's is the same as in ``checks``."""
        return f"{self.page}/{self.name}" if self.name else self.page


class BadCode(ValueError):
    """Why a code is not read, in a sentence."""


@cache
def tasks() -> dict[str, tuple[Task, ...]]:
    """Every prediction and challenge, by page, in the order of the course."""
    pages = {"app": HOME} | {lesson.file: lesson.path for lesson in LESSONS}
    there = {page: ROOT / path for page, path in pages.items() if (ROOT / path).exists()}
    found = {page: tuple(_found_in(page, path.read_text(encoding="utf-8"))) for page, path in there.items()}
    return {page: of for page, of in found.items() if of}


def _found_in(page: str, source: str) -> list[Task]:
    """The calls of checks.predict, checks.challenge and checks.impossible, as they stand on the page."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "checks"
        ):
            continue
        if node.func.attr == "predict":
            found.append((0, node.lineno, Task(page, "", _written(node.args[0]))))
        elif node.func.attr in ("challenge", "impossible"):
            name = next(word.value for word in node.keywords if word.arg == "name")
            found.append((1, node.lineno, Task(page, _written(name), _written(node.args[0]))))
    return [task for *_, task in sorted(found)]


def _written(node: ast.expr) -> str:
    """A string as it stands in the source; a part that is computed there is left out with an ellipsis."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values)
    return str(ast.literal_eval(node))


@cache
def _marks() -> tuple[str, ...]:
    return tuple(task.mark for of in tasks().values() for task in of)


@cache
def _edition() -> str:
    """Which tasks the bits of a code stand for."""
    return hashlib.sha256("\n".join(_marks()).encode()).hexdigest()[:8]


def _checksum(body: str) -> str:
    return hashlib.sha256(f"Xent Lab progress {body}".encode()).hexdigest()[:10]


def encode(done: Collection[str]) -> str:
    """A code for what is done, by mark; what is no task of this edition is left out.

    >>> decode(encode({"surprise/certain", "surprise", "no/such"})) == {"surprise/certain", "surprise"}
    True
    """
    bits = sum(1 << i for i, mark in enumerate(_marks()) if mark in done)
    packed = bits.to_bytes((len(_marks()) + 7) // 8, "little")
    body = f"{FORMAT}.{_edition()}.{base64.urlsafe_b64encode(packed).decode().rstrip('=')}"
    return f"{body}.{_checksum(body)}"


def decode(code: str) -> frozenset[str]:
    """What a code says is done, by mark.

    Raises  BadCode  cut; changed; of another edition of the course
    """
    code = code.strip()
    if len(code) > LONGEST or not CODE.fullmatch(code):
        raise BadCode("This is no progress of this course, or it was cut short on its way.")
    body, _, check = code.rpartition(".")
    if check != _checksum(body):
        raise BadCode("This progress was changed or cut on its way: its checksum does not fit.")
    version, edition, packed = body.split(".")
    if version != FORMAT or edition != _edition():
        raise BadCode("This progress was saved by another version of the course, whose tasks were others.")
    try:
        padded = packed + "=" * (-len(packed) % 4)
        bits = int.from_bytes(base64.b64decode(padded, altchars=b"-_", validate=True), "little")
    except (binascii.Error, ValueError):
        raise BadCode("This progress cannot be read.") from None
    return frozenset(mark for i, mark in enumerate(_marks()) if bits >> i & 1)
