"""The pictures of the lesson on entropy."""

from typing import Final

import numpy as np

from xent_core import Unit, entropy, entropy_terms, expected_code_length, huffman_code, surprise
from xent_ui.controls.declarations import Choice, Distribution, Slider
from xent_ui.controls.shared import unit
from xent_ui.figures import entropy as figures
from xent_ui.figures.code_tree import code_tree
from xent_ui.formulas import entropy as formulas
from xent_ui.style.numbers import percent, text
from xent_ui.views.base import View, view
from xent_ui.views.code import Code, backward, call, written
from xent_ui.views.question import Guess, Question, Task, impossible

NAMES: Final = "ABCDEFGH"
ASKED = np.array([0.5, 0.25, 0.125, 0.125])
PROBS = np.linspace(0, 1, 241)
ENTROPIES = entropy(np.stack([PROBS, 1 - PROBS], axis=-1)).value

look = Choice("view", "Look at", {"cost": "Cost", "code": "Code"}, "cost")
outcomes = Slider("outcomes", "How many outcomes", 2, 8, 4, 1)
weights = Distribution(
    "m", [f"Weight of {name}" for name in NAMES], (24, 12, 6, 6, 3, 3, 3, 3), counted_by=outcomes.key
)
rain = Slider("rain", "Chance of rain", 0.0, 1.0, 0.9, 0.01)
four_letters = Question(
    "entropy",
    "A source sends A, B, C, D with chances ½, ¼, ⅛, ⅛. How many bits of surprise per letter, on average?",
    answer=float(Unit.BITS.of(entropy(ASKED).value)),
    low=0,
    high=3,
    step=0.05,
    unit=" bits",
)


@view(
    look=look,
    unit=unit,
    letters=outcomes,
    weight=weights,
    guess=four_letters,
    tasks=[
        Task("one_and_a_half", "Find three or more letters, all in use, worth exactly 1.5 bits."),
        Task("waste", "Build a code that wastes more than half a bit per letter."),
        impossible(
            "whole_bit",
            "Build a best code that wastes a whole bit.",
            because="Rounding −log₂ p up to whole bits lengthens each word by less than one bit, and Huffman's code "
            "is at least as good as that. So its mean is always below H + 1.",
        ),
    ],
)
def source(look: str, unit: Unit, letters: int, weight: np.ndarray, guess: Guess) -> View:
    """A source of two to eight letters: its entropy as a sum, or its best code as a tree."""
    p = weights.shares(weight)
    bits = float(Unit.BITS.of(entropy(p).value))
    mean = float(expected_code_length(p, huffman_code(p).lengths))
    solved = {
        "one_and_a_half": letters > 2 and bool(p.all()) and abs(bits - 1.5) < 1e-9,
        "waste": mean - bits > 0.5,
        "whole_bit": mean - bits >= 1,
    }
    if look == "code":
        return _best_code(p, mean, bits, solved, hidden=guess.hidden)
    return _expected_surprise(p, weight, unit, solved, guess)


def _expected_surprise(p: np.ndarray, weight: np.ndarray, unit: Unit, solved: dict[str, bool], guess: Guess) -> View:
    """Return the entropy of a source as a sum of probability times surprise."""
    k = len(p)
    value, grad = entropy(p)
    most = float(unit.of(entropy(np.full(k, 1 / k)).value))
    is_asked = unit is Unit.BITS and np.array_equal(p, ASKED)
    return View(
        figures.source(
            NAMES[:k],
            p,
            unit.of(surprise(p).value),
            unit.of(entropy_terms(p)),
            most=most,
            unit=unit,
            hidden=guess.hidden,
            guess=guess.at(figures.GUESS_AT) if is_asked else None,
        ),
        caption="Chance times surprise, letter by letter: what do they add up to?"
        if guess.hidden
        else f"Chance times surprise, summed: H = {text(float(unit.of(value)))} {unit.symbol}. "
        f"{k} letters can carry {text(most)}.",
        formula="" if guess.hidden else formulas.entropy(NAMES[:k], p, float(value), grad, unit),
        solved=solved,
        handles=weights.handles(weight, "y", at=range(k)),
        code=None
        if guess.hidden
        else call(entropy, p, unit=unit, torch=backward("torch.special.entr(p).sum()", unit=unit, p=p)),
    )


def _best_code(p: np.ndarray, mean: float, bits: float, solved: dict[str, bool], *, hidden: bool) -> View:
    """Return the best code of a source as a tree; its lengths are in bits, whatever the unit of the page."""
    names, code = NAMES[: len(p)], huffman_code(p)
    return View(
        code_tree(names, p, code, Unit.BITS.of(surprise(p).value), mean=mean, floor=bits, hidden=hidden),
        caption="Each word is about as long as its letter is surprising. How many bits per letter is that, on average?"
        if hidden
        else f"The best code needs {text(mean)} bits per letter; the entropy is {text(bits)} bits. "
        "Each word is about as long as its letter is surprising.",
        formula="" if hidden else formulas.mean_word_length(p, code.lengths, mean, bits),
        solved=solved,
        code=None if hidden else _code_of_best_code(p, mean, code.lengths),
    )


def _code_of_best_code(p: np.ndarray, mean: float, lengths: np.ndarray) -> Code:
    numpy = f"""\
import numpy as np

from xent_core import expected_code_length, huffman_code

p = {written(p)}
code = huffman_code(p)
value = expected_code_length(p, code.lengths)
print(value, code.words)  # {text(mean)} bits"""
    torch = backward(f"(p * torch.tensor({lengths.tolist()})).sum()", p=p)
    return Code(numpy, torch, np.asarray(mean), lengths.astype(float))


@view(
    p=rain,
    unit=unit,
    tasks=[
        Task("most_doubt", "Find the forecast that leaves most doubt."),
        Task("no_rain", "Find one that leaves no doubt, though no rain comes."),
    ],
)
def forecast(p: float, unit: Unit) -> View:
    """Rain or no rain: the entropy of two outcomes against the probability of the first."""
    value = float(entropy([p, 1 - p]).value)
    slope = binary_entropy_slope(p)
    shown = float(unit.of(value))
    return View(
        figures.binary_entropy(PROBS, unit.of(ENTROPIES), at=(p, shown), slope=float(unit.of(slope)), unit=unit),
        caption=f"A forecast of {percent(p)} rain leaves {text(shown)} {unit.symbol} of doubt.",
        formula=formulas.binary_entropy(p, value, slope, unit),
        solved={"most_doubt": slope == 0, "no_rain": p == 0},
        handles=[rain.handle("x")],
        code=_code_of_forecast(p, value, slope, unit),
    )


def binary_entropy_slope(p: float) -> float:
    """Return the derivative of the entropy of (p, 1 - p) in nats, log((1 - p)/p).

    What one outcome gains, the other loses, so this is the difference of the two slopes. It is exactly 0 at ½.

    >>> binary_entropy_slope(0.5), binary_entropy_slope(0.0)
    (0.0, inf)
    """
    of_first, of_second = entropy([p, 1 - p]).grad
    return float(of_first - of_second)


def _code_of_forecast(p: float, value: float, slope: float, unit: Unit) -> Code:
    in_unit = [f"value, slope = Unit.{unit.name}.of(value), Unit.{unit.name}.of(slope)"] if unit is Unit.BITS else []
    numpy = [
        f"from xent_core import {'Unit, ' if in_unit else ''}entropy",
        "",
        f"p = {written(p)}",
        "value, grad = entropy([p, 1 - p])",
        "slope = grad[0] - grad[1]  # what one outcome gains, the other loses",
        *in_unit,
        f"print(value, slope)  # {text(float(unit.of(value)))}, {text(float(unit.of(slope)))}",
    ]
    torch = backward("torch.special.entr(p) + torch.special.entr(1 - p)", unit=unit, p=p)
    return Code("\n".join(numpy), torch, np.asarray(unit.of(value)), np.asarray(unit.of(slope)))
