"""The pictures of the lesson on cross-entropy."""

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from xent_core import Unit, cross_entropy, entropy, expected_code_length, huffman_code, kl_divergence, surprise
from xent_core.gaussians import BIMODAL, DIVERGENCES, POINTS, closest_to_bimodal, discrete_gaussian
from xent_ui.controls.declarations import Choice, Distribution, Slider
from xent_ui.controls.shared import unit
from xent_ui.figures import cross_entropy as figures
from xent_ui.figures.code_tree import code_tree
from xent_ui.formulas import cross_entropy as formulas
from xent_ui.style.numbers import digits_that_add, percent, text
from xent_ui.views.base import View, view
from xent_ui.views.code import Code, backward, call, written
from xent_ui.views.question import Guess, Question, Task, impossible

NAMES: Final = "ABCD"
ROUNDING: Final = 1e-9  # a smaller difference of two lengths is a rounding error
FAIR, SURE = np.array([0.5, 0.5]), np.array([0.95, 0.05])
INPUTS: Final = 10
SAID = np.linspace(0.03, 0.97, 189)
BUILT_FOR = np.array([0.5, 0.25, 0.125, 0.125])

sides = Choice("sides", "Outcomes", {2: "2", 3: "3", 4: "4"}, 2)
truth = Distribution("p", [f"p: weight of {name}" for name in NAMES], (50, 50, 20, 20), counted_by=sides.key)
belief = Distribution("q", [f"q: weight of {name}" for name in NAMES], (95, 5, 20, 20), counted_by=sides.key)
drift = Slider("drift", "How far the letters have drifted, in %", 0, 100, 40, 1)
labeled = Slider("labeled", "Of 10 equal inputs, labeled A", 1, INPUTS - 1, 9, 1)
said = Slider("said", "Probability that the model gives A", 0.1, 0.9, 0.6, 0.01)
center = Slider("center", "Center of the model's hump", -4.0, 4.0, 1.0, 0.1)
width = Slider("width", "Width of the model's hump", 0.4, 4.0, 1.0, 0.1)
sure_of_a_coin = Question(
    "cross_entropy",
    "A fair coin shows A or B. You believe that A comes 95 times in 100. By how many bits will a flip surprise you on "
    "average?",
    answer=float(Unit.BITS.of(cross_entropy(FAIR, SURE).value)),
    low=0,
    high=5,
    step=0.1,
    unit=" bits",
)


def _weights(values: Mapping[str, Any]) -> tuple[list[float], list[float]]:
    """Return the weights of the truth and those of the belief, for the outcomes that are shown."""
    shown = range(1, values[sides.key] + 1)
    return [values[f"{truth.key}{i}"] for i in shown], [values[f"{belief.key}{i}"] for i in shown]


def swapped(values: Mapping[str, Any]) -> dict[str, int]:
    """Return the settings of the controls with truth and belief exchanged, for a preset."""
    truths, beliefs = _weights(values)
    return {**truth.settings(beliefs), **belief.settings(truths)}


def believing_the_truth(values: Mapping[str, Any]) -> dict[str, int]:
    """Return the settings of the controls with a belief that equals the truth, for a preset."""
    truths, _ = _weights(values)
    return belief.settings(truths)


def closest_hump(divergence: str) -> Callable[[Mapping[str, Any]], dict[str, float]]:
    """Return a preset that moves the hump to where a divergence is smallest."""

    def preset(values: Mapping[str, Any]) -> dict[str, float]:
        best_center, best_width = closest_to_bimodal(divergence)
        return {center.key: best_center, width.key: best_width}

    return preset


# The hump with the least JS is the one with the least KL(p‖q), to the step of the sliders, so it has no button.
CLOSEST_HUMPS: Final = {f"Least {name}": closest_hump(name) for name in DIVERGENCES if name != "JS"}


@view(
    sides=sides,
    unit=unit,
    truth_weights=truth,
    belief_weights=belief,
    guess=sure_of_a_coin,
    tasks=[
        Task("no_waste", "Find a belief with an excess of exactly 0, for a truth that is not certain."),
        Task("infinite", "Find a belief with an infinite cross-entropy."),
        impossible(
            "below_floor",
            "Find a belief q whose cross-entropy H(p, q) is less than the entropy H(p).",
            because="The excess KL(p‖q) is never negative, and 0 only where q = p. Both p and q add up to 1, so what q "
            "saves on some outcomes it loses on others, and the loss is always the larger one.",
        ),
    ],
)
def cost(sides: int, unit: Unit, truth_weights: np.ndarray, belief_weights: np.ndarray, guess: Guess) -> View:
    """A column per outcome, as wide as its probability, with its surprise under the truth and under the belief."""
    p, q, names = truth.shares(truth_weights), belief.shares(belief_weights), NAMES[:sides]
    total, grad = cross_entropy(p, q)
    floor, excess = float(entropy(p).value), float(kl_divergence(p, q).value)
    is_asked = unit is Unit.BITS and sides == len(FAIR) and np.array_equal([p, q], [FAIR, SURE])
    parts = sum_of_cost(p, q, unit)

    def height(q: np.ndarray) -> np.ndarray:
        return unit.of(surprise(q).value)

    return View(
        figures.area(
            names,
            p,
            q,
            height(p),
            height(q),
            cost=parts,
            unit=unit,
            hidden=guess.hidden,
            guess=guess.at(0) if is_asked else None,
        ),
        caption="Each column is as wide as its outcome is likely. How many bits do you pay on average?"
        if guess.hidden
        else _caption_of_cost(parts, float(unit.of(excess)), unit),
        formula="" if guess.hidden else formulas.cross_entropy(names, p, q, (float(total), floor, excess), grad, unit),
        solved={"no_waste": excess == 0 and floor > 0, "infinite": float(total) == np.inf, "below_floor": excess < 0},
        handles=belief.handles(belief_weights, "y", at=figures.middles(p), place=height),
        code=None if guess.hidden else _code_of_cost(p, q, unit),
    )


def sum_of_cost(p: np.ndarray, q: np.ndarray, unit: Unit) -> figures.Cost:
    """Return H(p), what q makes you overpay and save, and H(p, q), with the digits at which all of them add up."""
    comes = p > 0
    apart = surprise(q).value[comes] - surprise(p).value[comes]
    overpaid, saved = (float(unit.of(np.sum(p[comes] * np.maximum(each, 0)))) for each in (apart, -apart))
    floor, excess, total = (
        float(unit.of(each.value)) for each in (entropy(p), kl_divergence(p, q), cross_entropy(p, q))
    )
    digits = 3
    sums = (floor, overpaid, -saved), (floor, excess), (overpaid, -saved)
    while (needed := max(digits_that_add(*each, least=digits) for each in sums)) > digits:
        digits = needed
    return figures.Cost(floor, overpaid, saved, total, digits)


def _caption_of_cost(cost: figures.Cost, excess: float, unit: Unit) -> str:
    if np.isinf(cost.total):
        return "H(p, q) is infinite, because an outcome happens that you believe to be impossible."
    total, floor, waste = (text(each, cost.digits) for each in (cost.total, cost.floor, excess))
    return f"H(p, q) = {total} {unit.symbol}: H(p) {floor} plus KL {waste}, overpaid minus saved."


def _code_of_cost(p: np.ndarray, q: np.ndarray, unit: Unit) -> Code:
    """Return the code of the area; its gradient is in the belief alone, as in the formula."""
    probs = written(p).removeprefix("np.array(").removesuffix(")")
    loss = f"-torch.special.xlogy(torch.tensor({probs}, dtype=torch.float64), q).sum()"
    never = [name for name, share, believed in zip(NAMES, p, q, strict=False) if share == believed == 0]
    differs = (
        f"PyTorch's slope for {' and '.join(never)} is not a number: it divides p = 0 by q = 0. "
        "What never happens costs nothing, so the slope is 0."
        if never
        else ""
    )
    return call(cross_entropy, p, q, unit=unit, torch=backward(loss, unit=unit, q=q), differs=differs)


@view(
    labeled=labeled,
    q=said,
    unit=unit,
    tasks=[
        Task("to_the_floor", "Bring the mean loss down to its floor."),
        impossible(
            "no_loss",
            "Bring the mean loss down to 0.",
            because="Equal inputs get equal answers, so q is the same for all ten. As long as both labels occur, every "
            "bit of confidence in one of them is punished by the other.",
        ),
    ],
)
def same_input(labeled: int, q: float, unit: Unit) -> View:
    """Ten equal inputs, some labeled A and the others B: the mean loss of what a model says, and its floor."""
    p, model = np.array([labeled / INPUTS, 1 - labeled / INPUTS]), np.array([q, 1 - q])
    total, floor, excess = (
        float(each.value) for each in (cross_entropy(p, model), entropy(p), kl_divergence(p, model))
    )
    digits = digits_that_add(float(unit.of(floor)), float(unit.of(excess)))
    of_a, of_b = cross_entropy(p, model).grad
    losses = unit.of(cross_entropy(p, np.stack([SAID, 1 - SAID], axis=-1)).value)
    mean, lowest = float(unit.of(total)), float(unit.of(floor))
    return View(
        figures.noisy_labels(SAID, losses, at=(q, mean), floor=lowest, unit=unit),
        caption=f"With {labeled} of {INPUTS} labels A, q = {percent(q)} costs {text(mean, digits)} {unit.symbol} on "
        f"average; the floor is {text(lowest, digits)}.",
        formula=formulas.noisy_labels(
            labeled, INPUTS - labeled, q, (total, floor, excess), zero_if_rounding(float(of_a - of_b)), unit
        ),
        solved={"to_the_floor": abs(q - labeled / INPUTS) < 1e-9, "no_loss": total == 0},
        handles=[said.handle("x")],
        code=_code_of_cost(p, model, unit),
    )


def zero_if_rounding(slope: float) -> float:
    """Return 0 for a slope that is 0 but for rounding: where q is the share of the labels.

    >>> zero_if_rounding(2.2e-16), zero_if_rounding(-0.5)
    (0.0, -0.5)
    """
    return 0.0 if abs(slope) < 1e-9 else slope


@view(
    drift=drift,
    tasks=[Task("half_a_bit", "Let the letters drift until the old code needs over 0.5 bits more than the entropy.")],
)
def wrong_code(drift: int) -> View:
    """A code built for one source and used for another: its words stay the same, and their mean length grows."""
    p = Distribution.shares((100 - drift) * BUILT_FOR + drift * BUILT_FOR[::-1])
    code = huffman_code(BUILT_FOR)
    new = float(expected_code_length(p, huffman_code(p).lengths))
    floor, waste = (float(Unit.BITS.of(each.value)) for each in (entropy(p), kl_divergence(p, BUILT_FOR)))
    mean = floor + waste  # the words are as long as their surprise, so this is their mean length
    built_for = Unit.BITS.of(surprise(BUILT_FOR).value)
    digits = digits_that_add(floor, waste)
    if waste == 0:
        told = f"The code needs {text(mean, digits)} bits per letter, as many as the entropy."
    else:
        other = "No code is shorter" if mean - new < ROUNDING else f"New code: {text(new)}"
        told = f"Old code: {text(mean, digits)} bits per letter, {text(waste, digits)} of them wasted. {other}."
    return View(
        code_tree(NAMES, p, code, built_for, mean=mean, floor=floor, longest=4),
        caption=told,
        formula=formulas.code_length(code.lengths, p, (mean, floor, waste)),
        solved={"half_a_bit": waste > 0.5},
    )


@view(
    middle=center,
    spread=width,
    unit=unit,
    tasks=[
        Task("seeks_a_mode", "Find a hump with KL(q‖p) below 1 bit and KL(p‖q) above 6 bits."),
        impossible(
            "one_for_two",
            "Bring KL(p‖q) down to 0 with one hump.",
            because="KL is 0 only where q equals p everywhere, and no single hump has two peaks. The cross-entropy of "
            "a model that cannot equal the truth has a floor above H(p).",
        ),
    ],
)
def one_hump(middle: float, spread: float, unit: Unit) -> View:
    """A model with one hump and a truth with two; each divergence is smallest at a different hump."""
    q = discrete_gaussian(POINTS, middle, spread)
    nats = {name: float(divergence(BIMODAL, q).value) for name, divergence in DIVERGENCES.items()}
    bits = {name: float(Unit.BITS.of(value)) for name, value in nats.items()}
    shown = {name: float(unit.of(value)) for name, value in nats.items()}
    return View(
        figures.humps(POINTS, BIMODAL, q, shown, unit=unit),
        caption=", ".join(f"{name} = {text(value)} {unit.symbol}" for name, value in shown.items()) + ".",
        formula=formulas.divergences(shown, unit),
        solved={"seeks_a_mode": bits["KL(q‖p)"] < 1 and bits["KL(p‖q)"] > 6, "one_for_two": bits["KL(p‖q)"] == 0},
        handles=[center.handle("x")],
    )
