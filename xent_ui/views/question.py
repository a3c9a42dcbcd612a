"""Questions that the learner guesses before the picture shows the answer, and the tasks of a picture."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from xent_ui.controls.declarations import Slider
from xent_ui.figures.base import GuessMark
from xent_ui.style.numbers import text


@dataclass(frozen=True)
class Question:
    """A question about one state of a picture, whose answer is a number.

    lesson  the page it is on, which gives its control the key ``guess_<lesson>``
    asks    the text of the question, or a function that returns it
    answer  the true answer, or a function that computes it when it is needed
    unit    the text after the number, with the space before it
    """

    lesson: str
    asks: str | Callable[[], str]
    answer: float | Callable[[], float]
    low: float
    high: float
    step: float
    unit: str = ""
    digits: int = 3

    @property
    def words(self) -> str:
        """The text of the question."""
        return self.asks if isinstance(self.asks, str) else self.asks()

    @property
    def true_answer(self) -> float:
        """The true answer, computed if need be."""
        return self.answer if isinstance(self.answer, int | float) else float(self.answer())

    @property
    def guess(self) -> Slider:
        """The control of the guess, which starts in the middle of its range."""
        return Slider(f"guess_{self.lesson}", self.words, self.low, self.high, (self.low + self.high) / 2, self.step)

    def written(self, number: float) -> str:
        """Return a number with the unit of the question."""
        return f"{text(number, self.digits)}{self.unit}"

    def read(self, values: Mapping[str, Any], *, shown: bool = False, locked: bool = False) -> "Guess":
        """Return the guess in these values of the controls.

        shown   whether the answer is shown, by request or because a control of the picture was moved by hand
        locked  whether the learner has locked in this guess
        """
        return Guess(self, values[self.guess.key], committed=locked, hidden=not locked and not shown)


@dataclass(frozen=True)
class Guess:
    """A learner's guess, as a picture sees it.

    committed  whether the guess is locked in, so that the picture draws its gap to the answer
    hidden     whether the picture hides the answer: the guess is not locked in, and nothing else revealed it
    """

    question: Question
    guessed: float
    committed: bool
    hidden: bool

    @property
    def answer(self) -> float:
        """The true answer."""
        return self.question.true_answer

    def at(self, x: float, *, scale: float = 1.0) -> GuessMark | None:
        """Return the guess as a mark on a picture, at x; None if the answer is shown without a committed guess.

        scale  the size of one unit of the question on the picture, such as 0.01 for a question in percent
        """
        if self.committed:
            return GuessMark(x, scale * self.guessed, scale * self.answer)
        return GuessMark(x, scale * self.guessed) if self.hidden else None

    @property
    def verdict(self) -> str:
        """The comparison of a committed guess with the answer, as Markdown."""
        written, gap = self.question.written, self.guessed - self.answer
        said = f"You said {written(self.guessed)}; it is **{written(self.answer)}**. "
        if abs(gap) <= self.question.step / 2:
            return said + "That is right."
        return said + f"Your guess was too {'high' if gap > 0 else 'low'} by {written(abs(gap))}."


@dataclass(frozen=True)
class Task:
    """A goal to reach with the controls of a picture, which reports whether it is reached.

    name     identifies the task in progress codes, so it must never change
    words    the text of the task
    because  for an impossible task, why it cannot be done; else empty
    """

    name: str
    words: str
    because: str = ""


def impossible(name: str, words: str, *, because: str) -> Task:
    """Return a task that cannot be done; the learner solves it by saying so."""
    return Task(name, words, because)
