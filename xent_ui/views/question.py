"""A guess that the learner commits to before the picture answers it, and the tasks that a picture can solve."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from xent_ui.controls.declarations import Slider, Toggle
from xent_ui.figures.base import GuessMark
from xent_ui.style.numbers import text


@dataclass(frozen=True)
class Question:
    """A question about one stated situation, answered by a number.

    lesson  the page it stands on; it names the two controls ``guess_<lesson>`` and ``lock_<lesson>``
    asks    the question, or a function that writes it when it is asked
    answer  the true answer, or a function that computes it when it is asked for
    unit    what follows the number, with the space before it
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
        """The question as it is asked."""
        return self.asks if isinstance(self.asks, str) else self.asks()

    @property
    def guess(self) -> Slider:
        """The control that takes the guess; it begins in the middle of its range."""
        return Slider(f"guess_{self.lesson}", self.words, self.low, self.high, (self.low + self.high) / 2, self.step)

    @property
    def lock(self) -> Toggle:
        """The control that commits to the guess."""
        return Toggle(f"lock_{self.lesson}", "Lock in my guess")

    def read(self, values: Mapping[str, Any], *, shown: bool = False) -> "Guess":
        """Return the guess that stands in these values of the controls.

        shown  the answer was asked for, or a control of the picture was moved by hand
        """
        locked = bool(values[self.lock.key])
        return Guess(self, values[self.guess.key], committed=locked, hidden=not locked and not shown)


@dataclass(frozen=True)
class Guess:
    """A learner's guess, as a picture sees it.

    committed  the guess is locked in, so the picture may draw the gap to the answer
    hidden     the picture keeps its answer: neither locked in, nor asked to be shown, nor moved by hand
    """

    question: Question
    guessed: float
    committed: bool
    hidden: bool

    @property
    def answer(self) -> float:
        """The true answer."""
        answer = self.question.answer
        return answer if isinstance(answer, int | float) else float(answer())

    def at(self, x: float, *, scale: float = 1.0) -> GuessMark | None:
        """Return the guess as a mark on a picture, at x; None once the learner explores without having guessed.

        scale  what one unit of the question is on the picture, such as 0.01 for a question in percent
        """
        if self.committed:
            return GuessMark(x, scale * self.guessed, scale * self.answer)
        return GuessMark(x, scale * self.guessed) if self.hidden else None

    @property
    def verdict(self) -> str:
        """What a committed guess is told, as Markdown."""
        unit, digits = self.question.unit, self.question.digits
        gap = self.guessed - self.answer
        said = f"You said {text(self.guessed, digits)}{unit}; it is **{text(self.answer, digits)}{unit}**. "
        if abs(gap) <= self.question.step / 2:
            return said + "Exactly."
        return said + f"{text(abs(gap), digits)}{unit} too {'much' if gap > 0 else 'little'}."


@dataclass(frozen=True)
class Task:
    """Something to reach with the controls of a picture; the picture says whether it is reached.

    name     names the task in progress codes, so it never changes
    words    what is to be reached
    because  for a task that mathematics forbids: why it cannot be done
    """

    name: str
    words: str
    because: str = ""


def impossible(name: str, words: str, *, because: str) -> Task:
    """Return a task that cannot be done; saying so is what solves it."""
    return Task(name, words, because)
