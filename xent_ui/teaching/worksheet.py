"""A worksheet and its answer key, made from the views and the questions of the lessons.

Lessons and a seed decide a worksheet, the same for everybody, and the part of one lesson does not depend on which other
lessons are on the sheet. Questions and key come from the same objects, so they cannot disagree.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final, NamedTuple

import numpy as np

from xent_ui.controls.declarations import Number
from xent_ui.course.table import EXAM, FILES, LESSONS, Lesson, named
from xent_ui.self_test.questions import check
from xent_ui.self_test.questions.check import Pick, checks
from xent_ui.self_test.questions.numeric import KINDS
from xent_ui.self_test.questions.problems import NUMBERS, Kind, Problem, problem
from xent_ui.teaching.paper import OnPaper, on_paper
from xent_ui.teaching.round_on_paper import PaperRound, of_sheet

SEED: Final = Number("seed", "Random seed", 9999)
LETTERS: Final = "ABCDE"
SEEN: Final = 8  # problems of a kind that are looked at to find its lesson
BESIDE: Final = {OnPaper: 2, PaperRound: 1}  # numeric problems beside a picture, and beside a round, which is long
WITHOUT, ONLY = 3, 6  # numeric problems beside questions only, and with nothing else
PLAYED: Final = "you_are_the_model"
OF_ONE_KIND: Final = 2  # problems of a kind on one sheet


class Question(NamedTuple):
    """A question of the sheet with options; its answer is the letter of one of them."""

    pick: Pick

    @property
    def letter(self) -> str:
        """The letter of the right option."""
        return LETTERS[self.pick.options.index(self.pick.right)]


class Numeric(NamedTuple):
    """A numeric problem of the sheet, which ``problem(KINDS[kind], number)`` is."""

    kind: str
    number: int

    @property
    def problem(self) -> Problem:
        """The problem with its answer."""
        return problem(KINDS[self.kind], self.number)


Item = OnPaper | PaperRound | Question | Numeric


class Part(NamedTuple):
    """The part of a worksheet that belongs to one lesson."""

    lesson: Lesson
    items: tuple[Item, ...]


def worksheet(lessons: Iterable[str], seed: int) -> tuple[Part, ...]:
    """Return a worksheet: a part for each lesson, in the order of the course.

    lessons  the files of the lessons, without .py
    seed     a value of SEED

    Raises  KeyError  there is no such lesson
    """
    wanted = set(lessons)
    unknown = wanted.difference(FILES)
    if unknown:
        raise KeyError(*sorted(unknown))
    return tuple(part(lesson.file, seed) for lesson in LESSONS if lesson.file in wanted)


def part(lesson: str, seed: int) -> Part:
    """Return the part of a lesson: what it shows if that can be worked out by hand, questions and problems."""
    rng = np.random.default_rng([seed, *lesson.encode()])
    shown = of_sheet(seed) if lesson == PLAYED else on_paper(lesson, rng)
    items: list[Item] = [shown] if shown else []
    if lesson in check.LESSONS:
        items.extend(Question(each) for each in checks(lesson) if isinstance(each, Pick))
    most = BESIDE[type(shown)] if shown else WITHOUT if items else ONLY
    known = shown.numbers if isinstance(shown, OnPaper) else ()
    items.extend(_problems(lesson, most, of_one_kind=1 if shown else OF_ONE_KIND, known=known, rng=rng))
    return Part(named(lesson), tuple(items))


def _problems(
    lesson: str, most: int, *, of_one_kind: int, known: Iterable[float], rng: np.random.Generator
) -> Iterator[Numeric]:
    """Yield numeric problems of a lesson, of as many kinds as it has, whose answers differ from each other.

    known  answers that the sheet asks for already; in different words, one of them would be the same question
    """
    kinds = kinds_of(lesson)
    order = [kinds[i] for i in rng.permutation(len(kinds))]
    answers = list(known)
    for i in range(min(most, of_one_kind * len(kinds))):
        while True:
            drawn = Numeric(order[i % len(order)], int(rng.integers(1, NUMBERS + 1)))
            if not any(drawn.problem.mark(each)[0] for each in answers):
                break
        answers.append(drawn.problem.answer)
        yield drawn


@cache
def kinds_of(lesson: str) -> tuple[str, ...]:
    """Return the names of the kinds of numeric problems that belong to a lesson; the interview asks all of them.

    A kind belongs to the lesson whose check it is, or on whose page all its problems can be seen.
    """
    if named(lesson).kind == EXAM and lesson not in check.LESSONS:
        return tuple(KINDS)
    return tuple(name for name, kind in KINDS.items() if _lesson_of(name, kind) == lesson)


@cache
def _lesson_of(name: str, kind: Kind) -> str:
    for lesson in check.LESSONS:
        if name in (f"{lesson}_{each.name}" for each in checks(lesson)):
            return lesson
    drawn = [problem(kind, number).proof for number in range(1, SEEN + 1)]
    pages = {proof.page if proof else "" for proof in drawn}
    return pages.pop() if len(pages) == 1 else ""


def read_lessons(text: str) -> list[str]:
    """Return the lessons that an address names, in the order of the course; names of no lesson are ignored.

    Raises  ValueError  it names none

    >>> read_lessons("entropy,surprise,<b>"), read_lessons("entropy,entropy")
    (['surprise', 'entropy'], ['entropy'])
    """
    asked = set(text.split(","))
    found = [file for file in FILES if file in asked]
    if not found:
        raise ValueError("lessons must name lessons, separated by commas.")
    return found
