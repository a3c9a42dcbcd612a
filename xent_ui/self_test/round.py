"""One round of the lesson "You are the model": its statements, and the answers given so far."""

from dataclasses import dataclass, replace

from xent_ui.self_test.questions.facts import ROUND, Fact, drawn
from xent_ui.views.you_are_the_model import Answers


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
        """The number of the current statement, which is asked or under review, from 1 to 12."""
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
