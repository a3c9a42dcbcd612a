"""The pictures of the lesson on entropy."""

from functools import lru_cache
from typing import Final

import numpy as np

from xent_core import Unit, entropy, entropy_terms, expected_code_length, huffman_code, surprise
from xent_ui.controls.declarations import Choice, Distribution, Slider
from xent_ui.controls.shared import unit
from xent_ui.figures import entropy as figures
from xent_ui.figures.code_tree import code_tree
from xent_ui.formulas import entropy as formulas
from xent_ui.style.numbers import digits_that_add, percent, text
from xent_ui.views.base import View, view
from xent_ui.views.code import Code, backward, call, written
from xent_ui.views.question import Guess, Question, Task, impossible

NAMES: Final = "ABCDEFGH"
ASKED = np.array([0.5, 0.25, 0.125, 0.125])
PROBS = np.linspace(0, 1, 241)
ENTROPIES = entropy(np.stack([PROBS, 1 - PROBS], axis=-1)).value

ROUNDING: Final = 1e-9  # a smaller difference of two lengths is a rounding error
LONGEST_BLOCK: Final = 8  # letters; 256 blocks

look = Choice("view", "Look at", {"cost": "Sum", "code": "Code"}, "cost")
outcomes = Slider("outcomes", "How many letters", 2, 8, 4, 1)
weights = Distribution(
    "m", [f"Weight of {name}" for name in NAMES], (24, 12, 6, 6, 3, 3, 3, 3), counted_by=outcomes.key
)
rain = Slider("rain", "Probability of rain", 0.0, 1.0, 0.9, 0.01)
common = Slider("common", "Probability of A", 0.01, 0.99, 0.8, 0.01)
block = Slider("block", "Letters per block", 1, LONGEST_BLOCK, 1, 1)
four_letters = Question(
    "entropy",
    "A source sends A, B, C and D with probabilities ½, ¼, ⅛ and ⅛. How many bits of surprise does a letter carry on "
    "average?",
    answer=float(Unit.BITS.of(entropy(ASKED).value)),
    low=0,
    high=3,
    step=0.05,
    unit=" bits",
)


@view(
    letters=outcomes,
    unit=unit,
    weight=weights,
    look=look,
    guess=four_letters,
    tasks=[
        Task("one_and_a_half", "Find a source of three or more letters, none of probability 0, with exactly 1.5 bits.")
    ],
)
def source(letters: int, unit: Unit, weight: np.ndarray, look: str, guess: Guess) -> View:
    """A source of two to eight letters: its entropy as a sum, or its Huffman code as a tree."""
    p = weights.shares(weight)
    bits = float(Unit.BITS.of(entropy(p).value))
    solved = {"one_and_a_half": letters > 2 and bool(p.all()) and abs(bits - 1.5) < ROUNDING}
    if look == "code":
        return _best_code(p, bits, solved, hidden=guess.hidden)
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
            guess=guess.at(0) if is_asked else None,
        ),
        caption="Probability times surprise, letter by letter. How much do they add up to?"
        if guess.hidden
        else f"Probability times surprise, added up: H = {text(float(unit.of(value)))} {unit.symbol}; "
        f"the most for {k} letters is {text(most)}.",
        formula="" if guess.hidden else formulas.entropy(NAMES[:k], p, float(value), grad, unit),
        solved=solved,
        handles=weights.handles(weight, "y", at=range(k)),
        code=None
        if guess.hidden
        else call(entropy, p, unit=unit, torch=backward("torch.special.entr(p).sum()", unit=unit, p=p)),
    )


def _best_code(p: np.ndarray, bits: float, solved: dict[str, bool], *, hidden: bool) -> View:
    """Return the Huffman code of a source as a tree; its lengths are in bits, whatever the unit of the page."""
    names, code = NAMES[: len(p)], huffman_code(p)
    mean = float(expected_code_length(p, code.lengths))
    return View(
        code_tree(names, p, code, Unit.BITS.of(surprise(p).value), mean=mean, floor=bits, hidden=hidden, tall=True),
        caption="The Huffman code: no letter has a longer word than a rarer one. How many bits per letter is that?"
        if hidden
        else _caption_of_best_code(mean, bits),
        formula="" if hidden else formulas.mean_word_length(p, code.lengths, mean, bits),
        solved=solved,
        code=None if hidden else _code_of_best_code(p, mean, code.lengths),
    )


def _caption_of_best_code(mean: float, bits: float) -> str:
    if abs(mean - bits) < ROUNDING:
        return f"The Huffman code needs {text(mean)} bits per letter, exactly as many as the entropy."
    shown = text(mean, digits_that_add(bits, mean - bits))
    return f"The Huffman code needs {shown} bits per letter; no code for single letters needs fewer."


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
        Task("most_doubt", "Find the forecast with the largest entropy."),
        Task("no_rain", "Find a forecast of a dry day with an entropy of exactly 0."),
    ],
)
def forecast(p: float, unit: Unit) -> View:
    """Rain or no rain: the entropy of two outcomes against the probability of the first."""
    value = float(entropy([p, 1 - p]).value)
    slope = binary_entropy_slope(p)
    shown = float(unit.of(value))
    return View(
        figures.binary_entropy(PROBS, unit.of(ENTROPIES), at=(p, shown), slope=float(unit.of(slope)), unit=unit),
        caption=f"A forecast of {percent(p)} rain has an entropy of {text(shown)} {unit.symbol}.",
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


@view(
    p=common,
    n=block,
    tasks=[
        Task("incompressible", "Find a source of A and B that no code can send with less than 1 bit per letter."),
        Task("waste", "Find a source of A and B whose code needs over 0.5 bits per letter more than the entropy."),
        impossible(
            "whole_bit",
            "Find a source of A and B whose code needs at least 1 bit per letter more than the entropy.",
            because="There is a prefix code whose words have −log₂ p bits, rounded up to whole bits. Rounding up adds "
            "less than 1 bit to each word, and Huffman's code is at least as short on average.",
        ),
    ],
)
def blocks(p: float, n: int) -> View:
    """Letters A and B, coded in blocks: with longer blocks, the bits per letter come close to the entropy."""
    per_letter = bits_per_letter(p)
    floor = float(Unit.BITS.of(entropy([p, 1 - p]).value))
    here = per_letter[n - 1]
    digits = digits_that_add(floor, here - floor)
    coded = "One by one" if n == 1 else f"In blocks of {n}"
    return View(
        figures.blocks(per_letter, at=n, floor=floor, digits=digits),
        caption=f"{coded}, letters need {text(here, digits)} bits each; the entropy is {text(floor, digits)} bits.",
        formula=formulas.block_length(here, n, floor),
        solved={"incompressible": floor == 1, "waste": here - floor > 0.5, "whole_bit": here - floor >= 1},
        handles=[block.handle("x")],
        code=_code_of_blocks(p, n, here),
    )


@lru_cache(maxsize=128)
def bits_per_letter(p: float) -> tuple[float, ...]:
    """Return the mean length per letter, in bits, of Huffman codes for blocks of 1, 2, ... independent letters A and B.

    p  the probability of A

    >>> [round(bits, 3) for bits in bits_per_letter(0.9)[:3]]
    [1.0, 0.645, 0.533]
    """
    probs, means = np.ones(1), []
    for n in range(1, LONGEST_BLOCK + 1):
        probs = np.outer(probs, [p, 1 - p]).ravel()
        means.append(float(expected_code_length(probs, huffman_code(probs).lengths)) / n)
    return tuple(means)


def _code_of_blocks(p: float, n: int, value: float) -> Code:
    pair, product = f"[{written(p)}, {written(1 - p)}]", ", ".join(["pair"] * n)
    numpy = f"""\
from functools import reduce

import numpy as np

from xent_core import expected_code_length, huffman_code

pair = {pair}
p = reduce(np.multiply.outer, [{product}], np.ones(1)).ravel()  # of all blocks
lengths = huffman_code(p).lengths
value = expected_code_length(p, lengths) / {n}
print(value)  # {text(value)} bits per letter"""
    probs = np.ones(1)
    for _ in range(n):
        probs = np.outer(probs, [p, 1 - p]).ravel()
    torch = f"""\
from functools import reduce

import torch

pair = torch.tensor({pair}, dtype=torch.float64)
p = reduce(torch.kron, [{product}])  # of all blocks
lengths = torch.tensor({huffman_code(probs).lengths.tolist()}, dtype=torch.float64)
value = (p * lengths).sum() / {n}
print(value)"""
    return Code(numpy, torch, np.asarray(value))
