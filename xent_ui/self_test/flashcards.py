"""What is asked next: missed questions come back after a few others, known ones do not come back.

A drill is a queue; its first question is the one being asked.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

KNEW, PARTLY, MISSED = "knew", "partly", "missed"
COMES_BACK: Final = {PARTLY: 7, MISSED: 3}  # after how many others


class Drill(NamedTuple):
    """Questions still to come, by id, how often each grade was given, and whether the answer is shown."""

    queue: tuple[str, ...]
    grades: tuple[str, ...] = ()
    revealed: bool = False

    @property
    def knew(self) -> int:
        """How many were known."""
        return self.grades.count(KNEW)

    def graded(self, grade: str) -> "Drill":
        """The drill after the question asked was graded by who was asked.

        >>> Drill(("a", "b", "c", "d", "e")).graded(MISSED).queue
        ('b', 'c', 'd', 'a', 'e')
        >>> Drill(("a", "b")).graded(KNEW).queue
        ('b',)
        """
        asked, *rest = self.queue
        if grade != KNEW:
            rest.insert(COMES_BACK[grade], asked)
        return Drill(tuple(rest), (*self.grades, grade))


def shuffled(ids: Sequence[str], seed: int | None = None) -> Drill:
    """A new drill of these questions, in an order of its own."""
    return Drill(tuple(np.random.default_rng(seed).permutation(list(ids)).tolist()))
