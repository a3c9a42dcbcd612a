"""Numeric problems with fresh numbers: how one is drawn, what its wrong answers mean, and how an answer is marked.

A kind and a number decide a problem, the same for everybody. Each kind has a random stream of its own, seeded with its
name, so a new kind changes no problem of another. A problem is well posed when every wrong answer differs from the
right one and from the others by more than twice the tolerance; numbers are drawn until that is so.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np

from xent_core import Unit
from xent_ui.self_test.questions.proof import Proof, picture_with
from xent_ui.style.numbers import percent, text

RELATIVE: Final = 0.01  # of the answer; three significant digits are off by 0.5 % at most
SMALLEST: Final = 1e-9  # an answer nearer to 0 than this is taken for 0
FEWEST_WRONG, MOST_WRONG = 3, 4  # wrong answers to choose from
TRIES: Final = 500
NUMBERS: Final = 10_000  # problems of a kind that are asked: as many are different, as far as it has that many
CLOSE, FAR = 0.1, 10  # off by less than a tenth is close; more than ten times as large, or as small, is far


class Wrong(NamedTuple):
    """A wrong answer and the mistake that leads to it."""

    value: float
    because: str


class Draft(NamedTuple):
    """A problem as drawn, before its wrong answers are known to differ enough.

    asks     the question
    answer   the right answer, finite
    because  why it is right
    wrong    common wrong answers, each with its mistake; of two that are too close to each other the first is kept
    page     the lesson that shows the answer; empty if none does
    values   the values of its controls at which it does, as the address writes them
    unit     the unit of the answer, if it is an amount of information
    seen     how the lesson writes the answer, where that differs from the text of the number
    """

    asks: str
    answer: float
    because: str
    wrong: tuple[Wrong, ...]
    page: str = ""
    values: Mapping[str, str] = MappingProxyType({})
    unit: Unit | None = None
    seen: str = ""


class Problem(NamedTuple):
    """A numeric question, the same for everybody.

    kind     the name of its kind
    wrong    the wrong answers that are recognized, each with its mistake
    choices  the right answer and three or four wrong ones, in the order shown
    proof    the state of a lesson that shows the answer, if there is one
    """

    kind: str
    asks: str
    answer: float
    because: str
    wrong: tuple[Wrong, ...]
    choices: tuple[float, ...]
    unit: Unit | None
    proof: Proof | None

    def mark(self, value: float) -> tuple[bool, str]:
        """Return whether an answer is right within the tolerance, and why; a wrong one is not told the solution."""
        if abs(value - self.answer) <= tolerance(self.answer):
            return True, self.because
        for mistake in self.wrong:
            if abs(value - mistake.value) <= tolerance(mistake.value):
                return False, mistake.because
        return False, f"This answer matches no common mistake. {_how_far(value, self.answer)}"

    def shown(self, value: float) -> str:
        """Return a number with the unit of this problem."""
        return f"{text(value)} {self.unit.symbol}" if self.unit else text(value)


class Kind(NamedTuple):
    """A kind of problem: its name, theme and level, and the function that draws one.

    The name seeds the kind's random stream: no two kinds have the same one, and a new name means new problems.
    """

    name: str
    theme: str
    level: str
    draw: Callable[[np.random.Generator], Draft]


def tolerance(answer: float) -> float:
    """Return how far from the answer counts as right: 1 % of it, however small it is.

    >>> tolerance(0.5), tolerance(-20.0), tolerance(0.0)
    (0.005, 0.2, 1e-09)
    """
    return max(SMALLEST, RELATIVE * abs(answer))


@lru_cache(maxsize=1024)
def problem(kind: Kind, number: int) -> Problem:
    """Return the problem of a kind with a number, 1 or greater; it is the same for everybody.

    Raises  RuntimeError  the kind draws no well-posed problem
    """
    rng = np.random.default_rng([number, *kind.name.encode()])
    for _ in range(TRIES):
        draft = kind.draw(rng)
        wrong = _apart(draft)
        offered = _offered(draft.answer, rng.permutation([mistake.value for mistake in wrong]).tolist())
        if len(offered) < FEWEST_WRONG:
            continue
        return Problem(
            kind.name,
            draft.asks,
            draft.answer,
            draft.because,
            wrong,
            tuple(rng.permutation([draft.answer, *offered]).tolist()),
            draft.unit,
            _proof(draft),
        )
    raise RuntimeError(f"no well-posed problem of kind {kind.name} in {TRIES} tries")


def _proof(draft: Draft) -> Proof | None:
    if not draft.page:
        return None
    return Proof(draft.page, picture_with(draft.page, draft.values), draft.values, draft.seen or text(draft.answer))


def _apart(draft: Draft) -> tuple[Wrong, ...]:
    """Return the wrong answers that differ enough from the right one and from one another."""
    kept: list[Wrong] = []
    taken = [draft.answer]
    for mistake in draft.wrong:
        value = float(mistake.value)
        differs = all(abs(value - other) > 2 * max(tolerance(value), tolerance(other)) for other in taken)
        if np.isfinite(value) and differs:
            kept.append(Wrong(value, mistake.because))
            taken.append(value)
    return tuple(kept)


def _offered(answer: float, wrong: Sequence[float]) -> list[float]:
    """Return the wrong answers to choose from: none, if too few would be left.

    The only negative number among positive ones, or the only positive one, would be ruled out, or picked, by its sign.
    So a wrong answer that would stand alone with its sign makes room for the next one.

    >>> _offered(2.0, [1.0, -2.0, 3.0, 4.0, 5.0]), _offered(2.0, [1.0, -2.0, 3.0, -1.0, 5.0]), _offered(-1.0, [1, 2, 3])
    ([1.0, 3.0, 4.0, 5.0], [1.0, -2.0, 3.0, -1.0], [])
    """
    offered = list(wrong[:MOST_WRONG])
    for sign in (1.0, -1.0):
        alone = [value for value in (answer, *offered) if math.copysign(1, value) == sign]
        if alone == [answer]:
            return []
        if len(alone) == 1:
            return _offered(answer, [value for value in wrong if value != alone[0]])
    return offered


def _how_far(value: float, answer: float) -> str:
    """Return in what way a wrong answer is off, in a sentence that does not give the right one away."""
    size, right_size = abs(value), abs(answer)
    if right_size <= SMALLEST or size <= SMALLEST:
        return "It is too large." if value > answer else "It is too small."
    if value * answer < 0:
        return (
            "Its size is right, but its sign is not."
            if abs(size - right_size) <= tolerance(answer)
            else "Check its sign."
        )
    if abs(value / 100 - answer) <= tolerance(answer):
        return "It is 100 times too large. If you mean a percentage, type the percent sign, too."
    if abs(size - right_size) < CLOSE * right_size:
        return f"It is close, but more than {percent(RELATIVE)} off: keep more digits until the end."
    how = "far too" if not 1 / FAR < size / right_size < FAR else "too"
    what = "large" if size > right_size else "small"
    return f"It is {how} {what}." if answer > 0 else f"Its size is {how} {what}."
