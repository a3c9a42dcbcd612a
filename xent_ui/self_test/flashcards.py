"""Flash cards: a missed question comes back after a few others; a known one does not come back."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

KNEW, PARTLY, MISSED = "knew", "partly", "missed"
COMES_BACK: Final = {PARTLY: 7, MISSED: 3}  # after how many other questions


class Deck(NamedTuple):
    """A deck of questions, and how far the learner has come with it.

    queue     the ids of the questions still to come; the first is the current one
    grades    the grades given so far
    revealed  whether the answer to the current question is shown
    """

    queue: tuple[str, ...]
    grades: tuple[str, ...] = ()
    revealed: bool = False

    def count(self, grade: str) -> int:
        """Return how often a grade was given."""
        return self.grades.count(grade)

    def graded(self, grade: str) -> "Deck":
        """Return the deck after the learner has graded the answer to the current question.

        >>> Deck(("a", "b", "c", "d", "e")).graded(MISSED).queue
        ('b', 'c', 'd', 'a', 'e')
        >>> Deck(("a", "b")).graded(KNEW).queue
        ('b',)
        """
        asked, *rest = self.queue
        if grade != KNEW:
            rest.insert(COMES_BACK[grade], asked)
        return Deck(tuple(rest), (*self.grades, grade))


def shuffled(ids: Sequence[str], seed: int | None = None) -> Deck:
    """Return a new deck of these questions in random order."""
    return Deck(tuple(np.random.default_rng(seed).permutation(list(ids)).tolist()))
