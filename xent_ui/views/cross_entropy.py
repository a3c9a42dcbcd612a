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
from xent_ui.style.numbers import percent, text
from xent_ui.views.base import View, view
from xent_ui.views.code import Code, backward, call, written
from xent_ui.views.question import Guess, Question, Task, impossible

NAMES: Final = "ABCD"
FAIR, SURE = np.array([0.5, 0.5]), np.array([0.95, 0.05])
BUILT_FOR = np.array([0.5, 0.25, 0.125, 0.125])

sides = Choice("sides", "Outcomes", {2: "2", 3: "3", 4: "4"}, 2)
truth = Distribution("p", [f"Truth: {name}" for name in NAMES], (50, 50, 20, 20), counted_by=sides.key)
belief = Distribution("q", [f"Belief: {name}" for name in NAMES], (95, 5, 20, 20), counted_by=sides.key)
drift = Slider("drift", "How far the letters have drifted (%)", 0, 100, 40, 1)
center = Slider("center", "Center of your hump", -4.0, 4.0, 1.0, 0.1)
width = Slider("width", "Its width", 0.4, 4.0, 1.0, 0.1)
sure_of_a_coin = Question(
    "cross_entropy",
    "A coin is fair. You believe A comes 95 times in 100. How many bits will a flip cost you, on average?",
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


CLOSEST_HUMPS: Final = {f"Least {name}": closest_hump(name) for name in DIVERGENCES}


@view(
    sides=sides,
    unit=unit,
    truth_weights=truth,
    belief_weights=belief,
    guess=sure_of_a_coin,
    tasks=[
        Task("no_waste", "Leave the truth unsure and waste nothing."),
        Task("infinite", "Hold a belief that costs infinitely much."),
        impossible(
            "below_floor",
            "Find a belief cheaper than the truth itself: H(p, q) below H(p).",
            because="The excess KL is never negative: both share out the same 1, so what q saves on one outcome it "
            "pays with interest on the others. It is 0 only when q is p.",
        ),
    ],
)
def cost(sides: int, unit: Unit, truth_weights: np.ndarray, belief_weights: np.ndarray, guess: Guess) -> View:
    """A rectangle per outcome, as wide as its probability and as high as its surprise under the belief."""
    p, q, names = truth.shares(truth_weights), belief.shares(belief_weights), NAMES[:sides]
    total, grad = cross_entropy(p, q)
    floor, excess = float(entropy(p).value), float(kl_divergence(p, q).value)
    is_asked = unit is Unit.BITS and sides == len(FAIR) and np.array_equal([p, q], [FAIR, SURE])

    def height(q: np.ndarray) -> np.ndarray:
        return unit.of(surprise(q).value)

    return View(
        figures.area(
            names,
            p,
            q,
            height(p),
            height(q),
            cost=figures.Cost(unit.of(floor), unit.of(excess)),
            unit=unit,
            hidden=guess.hidden,
            guess=guess.at(figures.GAUGE_AT) if is_asked else None,
        ),
        caption="As wide as an outcome is likely, as high as it surprises you: how large is the area?"
        if guess.hidden
        else f"The area is H(p, q) = {text(float(unit.of(total)))} {unit.symbol}. "
        f"Of it {text(unit.of(floor))} cannot be helped; "
        f"{text(unit.of(excess))} is the price of believing q.",
        formula="" if guess.hidden else formulas.cross_entropy(names, p, q, (float(total), floor, excess), grad, unit),
        solved={"no_waste": excess == 0 and floor > 0, "infinite": float(total) == np.inf, "below_floor": excess < 0},
        handles=belief.handles(belief_weights, "y", at=figures.middles(p), place=height),
        code=None if guess.hidden else _code_of_cost(p, q, unit),
    )


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


@view(drift=drift, tasks=[Task("half_a_bit", "Make this code waste more than half a bit per letter.")])
def wrong_code(drift: int) -> View:
    """A code built for one source and used for another: its words stay the same, and their mean length grows."""
    p = Distribution.shares((100 - drift) * BUILT_FOR + drift * BUILT_FOR[::-1])
    code = huffman_code(BUILT_FOR)
    mean, floor = float(expected_code_length(p, code.lengths)), float(Unit.BITS.of(entropy(p).value))
    waste = float(Unit.BITS.of(kl_divergence(p, BUILT_FOR).value))
    built_for = Unit.BITS.of(surprise(BUILT_FOR).value)
    return View(
        code_tree(NAMES, p, code, built_for, mean=mean, floor=floor, floor_name="H(p)"),
        caption=f"The words still fit A at 50 %, and A now comes {percent(float(p[0]))} of the time: "
        f"{text(mean)} bits per letter where {text(floor)} would do. {text(waste)} are wasted: KL, to the last digit.",
        formula=formulas.code_length(code.lengths, p, (mean, floor, waste)),
        solved={"half_a_bit": waste > 0.5},
    )


@view(
    middle=center,
    spread=width,
    unit=unit,
    tasks=[
        Task("seeks_a_mode", "Find a hump that KL(q‖p) likes and KL(p‖q) hates: below 1 bit, above 6 bits."),
        impossible(
            "one_for_two",
            "Bring KL(p‖q) to 0 with one hump.",
            because="KL is 0 only where q equals p everywhere, and no single hump has two peaks. A model that cannot "
            "be the truth has a floor of its own above H(p).",
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
        caption=", ".join(f"{name} = {text(value)}" for name, value in shown.items()) + f" {unit.symbol}.",
        formula=formulas.divergences(shown, unit),
        solved={"seeks_a_mode": bits["KL(q‖p)"] < 1 and bits["KL(p‖q)"] > 6, "one_for_two": bits["KL(p‖q)"] == 0},
        handles=[center.handle("x")],
    )
