"""The teacher's guide of each lesson, read from ``guides/<lesson>.toml``.

A file has

goals       two to four sentences: what a student can do afterwards; each begins with a verb
opens_with  the question that opens the lesson in class, about which everybody can have an opinion
expected    the answer that a good class comes to
pitfalls    two to four sentences: what goes wrong in class, and what helps
wrong       two to four tables: what students say, and what it reveals
timing      tables: minutes, and what the class does in them
solutions   by name of a task, the values of controls that solve it, as an address writes them, and why
            (no values for a task that is impossible or needs the data of a session)

Texts are Markdown.
"""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple, TypeVar

T = TypeVar("T")

GUIDES: Final = Path(__file__).with_name("guides")


class Wrong(NamedTuple):
    """An answer that students give to the opening question.

    says     the answer, in their words
    reveals  the idea behind it, and what to show or to ask next
    """

    says: str
    reveals: str


class Step(NamedTuple):
    """A part of the lesson in class: how many minutes it takes, and what the class does."""

    minutes: int
    what: str


class Solution(NamedTuple):
    """The solution of a task.

    task    its name
    values  the values of controls that solve it, as an address writes them; empty if the task is impossible or needs
            the data of a session
    why     why these values solve it, or why nothing does
    """

    task: str
    values: Mapping[str, str]
    why: str


class Guide(NamedTuple):
    """What a teacher needs to give a lesson; see the module for its fields."""

    goals: tuple[str, ...]
    opens_with: str
    expected: str
    wrong: tuple[Wrong, ...]
    timing: tuple[Step, ...]
    pitfalls: tuple[str, ...]
    solutions: Mapping[str, Solution]

    @property
    def minutes(self) -> int:
        """How long the lesson takes in class."""
        return sum(step.minutes for step in self.timing)


@cache
def guide(lesson: str) -> Guide:
    """Return the guide of a lesson.

    lesson  the name of its file, without .py

    Raises  KeyError    there is no guide of this name
            ValueError  the guide lacks a field or has a wrong one; the message is a sentence
    """
    path = GUIDES / f"{lesson}.toml"
    if not lesson.isidentifier() or not path.exists():
        raise KeyError(lesson)
    with path.open("rb") as file:
        return read(lesson, tomllib.load(file))


def read(lesson: str, fields: Mapping[str, Any]) -> Guide:
    """Return a guide from the fields of its file.

    Raises  ValueError  a field is missing, unknown, empty or of the wrong kind; the message is a sentence

    >>> read("surprise", {"goals": []})
    Traceback (most recent call last):
    ...
    ValueError: The guide to surprise lacks expected, opens_with, pitfalls, solutions, timing, wrong.
    """
    where = f"The guide to {lesson}"
    _check_names(where, fields, Guide._fields)
    steps = _items(where, "timing", fields, dict)
    for step in steps:
        _check_names(f"A step of {lesson}", step, Step._fields)
        if type(step["minutes"]) is not int or step["minutes"] < 1:
            raise ValueError(f"A step of {lesson} takes {step['minutes']!r}, which is no whole number of minutes.")
    wrong = _items(where, "wrong", fields, dict)
    for answer in wrong:
        _check_names(f"A wrong answer of {lesson}", answer, Wrong._fields)
    if not isinstance(fields["solutions"], dict):
        raise ValueError(f"{where} needs a table of solutions.")
    return Guide(
        goals=_items(where, "goals", fields, str),
        opens_with=_text(where, "opens_with", fields),
        expected=_text(where, "expected", fields),
        wrong=tuple(Wrong(_text(where, "says", each), _text(where, "reveals", each)) for each in wrong),
        timing=tuple(Step(each["minutes"], _text(where, "what", each)) for each in steps),
        pitfalls=_items(where, "pitfalls", fields, str),
        solutions=MappingProxyType({task: _solution(lesson, task, each) for task, each in fields["solutions"].items()}),
    )


def _solution(lesson: str, task: str, fields: Mapping[str, Any]) -> Solution:
    where = f"The solution of {lesson}/{task}"
    _check_names(where, fields, ("values", "why"))
    values = fields["values"]
    if not isinstance(values, dict) or not all(isinstance(each, str) for each in values.values()):
        raise ValueError(f"{where} needs values that are texts, as an address writes them.")
    return Solution(task, MappingProxyType(values), _text(where, "why", fields))


def _check_names(where: str, fields: Mapping[str, Any], names: Iterable[str]) -> None:
    """Check that a table has exactly these fields."""
    if missing := sorted(set(names) - set(fields)):
        raise ValueError(f"{where} lacks {', '.join(missing)}.")
    if unknown := sorted(set(fields) - set(names)):
        raise ValueError(f"{where} has {', '.join(unknown)}, which is no field of it.")


def _text(where: str, name: str, fields: Mapping[str, Any]) -> str:
    """Return a field that is a text, without line breaks around it."""
    text = fields[name]
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"{where} needs a text for {name}.")
    return text.strip()


def _items(where: str, name: str, fields: Mapping[str, Any], kind: type[T]) -> tuple[T, ...]:
    """Return a field that is a list of one kind of item, and not empty."""
    items = fields[name]
    if not isinstance(items, list) or not items or not all(isinstance(each, kind) and each for each in items):
        raise ValueError(f"{where} needs a list for {name}, with nothing empty in it.")
    return tuple(items)
