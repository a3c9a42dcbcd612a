"""One round of the lesson "You are the model": its statements, and the answers given so far."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from xent_ui.self_test.questions.facts import ROUND, Fact, drawn
from xent_ui.views.you_are_the_model import ANSWERS, Answers


@dataclass(frozen=True)
class Round:
    """The answers given in one round. Each statement is asked and answered, and then the answer is reviewed.

    number     the number of the round, which determines its statements
    probs      the probabilities given so far
    reviewing  whether the learner is looking at the truth about the last statement
    """

    number: int
    probs: tuple[float, ...] = ()
    reviewing: bool = False

    def answered(self, p: float) -> "Round":
        """Return the round after the learner has given a probability for the current statement."""
        return replace(self, probs=(*self.probs, p), reviewing=True)

    def reviewed(self) -> "Round":
        """Return the round after the learner has reviewed the last answer."""
        return replace(self, reviewing=False)

    @property
    def place(self) -> int:
        """The number of the current statement, which is asked or under review, from 1 to 12; 13 after the last."""
        return len(self.probs) + (not self.reviewing)

    @property
    def finished(self) -> bool:
        """Whether all twelve statements are answered and reviewed."""
        return len(self.probs) == ROUND and not self.reviewing

    @property
    def fact(self) -> Fact:
        """The current statement, which is asked or under review."""
        return drawn(self.number)[self.place - 1]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The statements answered so far."""
        return drawn(self.number)[: len(self.probs)]

    @property
    def answers(self) -> Answers:
        """The answers given so far, each with the truth."""
        return Answers(self.probs, tuple(fact.true for fact in self.facts))

    def to_json(self) -> dict[str, Any]:
        """Return what is kept of the round, as plain JSON values.

        >>> Round(1).answered(0.7).to_json()["probs"]
        [0.7]
        """
        return {"asked": [fact.id for fact in self.facts], "probs": list(self.probs), "reviewing": self.reviewing}

    @classmethod
    def from_json(cls, number: int, kept: Any) -> "Round":
        """Return the round that was kept; a new one if what was kept is no possible state of the round.

        It names the statements, because a later version of the course may draw others for the same number.
        """
        if not isinstance(kept, Mapping):
            return cls(number)
        asked, probs, reviewing = (kept.get(key) for key in ("asked", "probs", "reviewing"))
        if not isinstance(probs, list) or len(probs) > ROUND or not all(map(_is_answer, probs)):
            return cls(number)
        if not isinstance(reviewing, bool) or (reviewing and not probs):
            return cls(number)
        found = cls(number, tuple(round(100 * p) / 100 for p in probs), reviewing)
        return found if asked == [fact.id for fact in found.facts] else cls(number)


def _is_answer(p: Any) -> bool:
    """Return whether a value from outside is a probability that the slider can give."""
    return isinstance(p, float | int) and ANSWERS[0] <= p <= ANSWERS[-1]
