"""Questions with which a learner checks one lesson: three per lesson, marked at once.

The questions of a lesson are in ``checks/<lesson>.py``, as ``CHECKS``.
"""

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from xent_ui.self_test.questions.problems import Kind


class Pick(NamedTuple):
    """A question with options, of which one is right.

    name     identifies the question in the learner's progress, so it must never change
    right    the right option
    because  why it is right
    wrong    the wrong options, each with the mistake that leads to it
    """

    name: str
    asks: str
    right: str
    because: str
    wrong: Mapping[str, str]

    @property
    def options(self) -> tuple[str, ...]:
        """All options, in an order that is the same for everybody and tells nothing."""
        options = [self.right, *self.wrong]
        order = np.random.default_rng(list(self.name.encode())).permutation(len(options))
        return tuple(options[i] for i in order)


class Compute(NamedTuple):
    """A numeric question, which has other numbers each time.

    name  identifies the question in the learner's progress, so it must never change
    kind  draws the problems
    """

    name: str
    kind: Kind


Check = Pick | Compute

LESSONS: Final = tuple(sorted(path.stem for path in Path(__file__).with_name("checks").glob("[a-z]*.py")))


@cache
def checks(lesson: str) -> tuple[Check, ...]:
    """Return the questions of a lesson.

    Raises  KeyError  there are none
    """
    if lesson not in LESSONS:
        raise KeyError(lesson)
    found: tuple[Check, ...] = import_module(f"xent_ui.self_test.questions.checks.{lesson}").CHECKS
    return found


def kinds() -> dict[str, Kind]:
    """Return the kinds of the numeric questions of all lessons."""
    computed = [(lesson, each) for lesson in LESSONS for each in checks(lesson) if isinstance(each, Compute)]
    return {f"{lesson}_{each.name}": each.kind for lesson, each in computed}


def mark_of(lesson: str, check: Check) -> str:
    """Return the name that identifies a question in the learner's progress.

    >>> mark_of("surprise", checks("surprise")[0])
    'surprise?halves'
    """
    return f"{lesson}?{check.name}"
