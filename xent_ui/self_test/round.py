"""One round of you-are-the-model: the statements drawn, and the answers given so far."""

from dataclasses import dataclass, replace

from xent_ui.self_test.questions.facts import ROUND, Fact, drawn
from xent_ui.views.you_are_the_model import Answers


@dataclass(frozen=True)
class Round:
    """The answers given in one round. A statement is asked and answered, then its answer is reviewed.

    number     the round's number, which decides its statements
    probs      the probabilities given so far
    reviewing  whether the last answer is being looked at
    """

    number: int
    probs: tuple[float, ...] = ()
    reviewing: bool = False

    def answered(self, p: float) -> "Round":
        """Return the round after a probability was given to the statement that is asked."""
        return replace(self, probs=(*self.probs, p), reviewing=True)

    def reviewed(self) -> "Round":
        """Return the round after the last answer was looked at."""
        return replace(self, reviewing=False)

    @property
    def place(self) -> int:
        """Which statement is asked, or just answered: 1 to 12."""
        return len(self.probs) + (not self.reviewing)

    @property
    def finished(self) -> bool:
        """Whether all twelve are answered and looked at."""
        return len(self.probs) == ROUND and not self.reviewing

    @property
    def fact(self) -> Fact:
        """The statement that is asked, or just answered."""
        return drawn(self.number)[self.place - 1]

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The statements answered so far."""
        return drawn(self.number)[: len(self.probs)]

    @property
    def answers(self) -> Answers:
        """The answers so far, each with the truth."""
        return Answers(self.probs, tuple(fact.true for fact in self.facts))
