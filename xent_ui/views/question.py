"""Questions that the learner guesses before the picture shows the answer, and the tasks of a picture."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from xent_ui.controls.declarations import Slider, Toggle
from xent_ui.figures.base import GuessMark
from xent_ui.style.numbers import text


@dataclass(frozen=True)
class Question:
    """A question about one state of a picture, whose answer is a number.

    lesson  the page it is on, which gives its two controls the keys ``guess_<lesson>`` and ``lock_<lesson>``
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
    def guess(self) -> Slider:
        """The control of the guess, which starts in the middle of its range."""
        return Slider(f"guess_{self.lesson}", self.words, self.low, self.high, (self.low + self.high) / 2, self.step)

    @property
    def lock(self) -> Toggle:
        """The control that locks in the guess."""
        return Toggle(f"lock_{self.lesson}", "Lock in my guess")

    def read(self, values: Mapping[str, Any], *, shown: bool = False) -> "Guess":
        """Return the guess in these values of the controls.

        shown  whether the answer is shown, by request or because a control of the picture was moved by hand
        """
        locked = bool(values[self.lock.key])
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
        answer = self.question.answer
        return answer if isinstance(answer, int | float) else float(answer())

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
        unit, digits = self.question.unit, self.question.digits
        gap = self.guessed - self.answer
        said = f"You said {text(self.guessed, digits)}{unit}; it is **{text(self.answer, digits)}{unit}**. "
        if abs(gap) <= self.question.step / 2:
            return said + "Exactly."
        return said + f"{text(abs(gap), digits)}{unit} too {'much' if gap > 0 else 'little'}."


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
