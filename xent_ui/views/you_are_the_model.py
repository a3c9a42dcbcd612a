"""The pictures of a round of twelve statements: the possible costs of an answer, and the costs of a round."""

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from xent_core import Unit, binary_cross_entropy, binary_cross_entropy_with_logits, fit_temperature, reliability_curve
from xent_core.calibration import ReliabilityCurve, wilson_interval
from xent_core.reweighting import log_odds
from xent_ui.controls.declarations import Number, Slider
from xent_ui.controls.shared import temperature
from xent_ui.figures import you_are_the_model as figures
from xent_ui.style.numbers import counted, percent, text
from xent_ui.views.base import View, view

PROBS: Final = np.linspace(0.005, 0.995, 100)
IF_TRUE, IF_FALSE = (Unit.BITS.of(binary_cross_entropy(PROBS, truth).value) for truth in (1, 0))
TEMPERATURES: Final = np.geomspace(temperature.low, temperature.high, 61)
BINS: Final = 6  # of [0, 1]; the probability of the likelier side falls into three of them

round_number = Number("round", "Round", 999, help="Everyone who plays the same round gets the same twelve statements.")
believe = Slider("believe", "How likely is it that this is true?", 0.01, 0.99, 0.5, 0.01, "percent")
EVEN_CHANCE = {believe.key: believe.default}  # the position of the slider for each new statement


@dataclass(frozen=True)
class Answers:
    """The probabilities that a learner gave to statements, and whether each statement is true."""

    probs: tuple[float, ...]
    truths: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.probs)

    @cached_property
    def labels(self) -> np.ndarray:
        """1 for a true statement, else 0."""
        return np.array(self.truths, dtype=int)

    @cached_property
    def bits(self) -> np.ndarray:
        """The cost of each answer, in bits."""
        return Unit.BITS.of(binary_cross_entropy(np.array(self.probs), self.labels).value)

    @property
    def total(self) -> float:
        """The cost of all answers, in bits."""
        return float(self.bits.sum())

    @property
    def mean(self) -> float:
        """The mean cost per answer, in bits."""
        return float(self.bits.mean())

    @property
    def costliest(self) -> int:
        """The index of the answer that cost most."""
        return int(np.argmax(self.bits))

    @property
    def right(self) -> list[bool | None]:
        """Whether the side that each answer leans to was right; None for an answer of 50 %, which leans to no side."""
        return [None if p == 0.5 else (p > 0.5) == truth for p, truth in zip(self.probs, self.truths, strict=True)]

    @cached_property
    def leaning(self) -> tuple[np.ndarray, np.ndarray]:
        """For each answer that leans to a side, the probability of that side, and 1 if the side was right, else 0."""
        leaning = [(max(p, 1 - p), right) for p, right in zip(self.probs, self.right, strict=True) if right is not None]
        return np.array([p for p, _ in leaning]), np.array([right for _, right in leaning], dtype=int)

    def reliability(self) -> tuple[ReliabilityCurve, np.ndarray, np.ndarray]:
        """Return how often the likelier side was right, with the ends of a 95 % interval per bin."""
        curve = reliability_curve(*self.leaning, n_bins=BINS)
        right = np.where(curve.count > 0, np.nan_to_num(curve.frequency) * curve.count, 0)
        return curve, *wilson_interval(np.rint(right), curve.count)

    def mean_bits_at(self, temperature: np.ndarray | float) -> np.ndarray:
        """Return the mean cost with each logit divided by a temperature; above 1, answers are less confident."""
        z = log_odds(np.array(self.probs)) / np.asarray(temperature)[..., np.newaxis]
        return Unit.BITS.of(binary_cross_entropy_with_logits(z, self.labels).value).mean(axis=-1)

    @property
    def best_temperature(self) -> float:
        """The temperature at which these answers would have cost least."""
        return float(fit_temperature(log_odds(np.array(self.probs)), self.labels))


def next_round(number: int) -> dict[str, int]:
    """Return the settings of the round after this one, for a preset; the first round follows the last."""
    return {round_number.key: number % round_number.high + 1}


def bits_of(p: float, *, true: bool) -> float:
    """Return the cost of an answer, in bits."""
    return float(Unit.BITS.of(binary_cross_entropy(p, int(true)).value))


@view(p=believe)
def stakes(p: float) -> View:
    """The cost of an answer if the statement is true, and if it is false."""
    if_true, if_false = bits_of(p, true=True), bits_of(p, true=False)
    return View(
        figures.stakes(PROBS, IF_TRUE, IF_FALSE, at=(p, if_true, if_false), truth=None),
        caption=f"You say {percent(p)}. If it is true, that costs {text(if_true)} bits; "
        f"if it is false, {text(if_false)}.",
        handles=[believe.handle("x")],
    )


@view()
def cost(data: Answers) -> View:
    """The cost of the last answer."""
    p, truth = data.probs[-1], data.truths[-1]
    if_true, if_false = bits_of(p, true=True), bits_of(p, true=False)
    return View(
        figures.stakes(PROBS, IF_TRUE, IF_FALSE, at=(p, if_true, if_false), truth=truth),
        caption=f"You said {percent(p)}. It is {'true' if truth else 'false'}: "
        f"that costs {text(if_true if truth else if_false)} bits.",
    )


@view()
def bill(data: Answers) -> View:
    """The cost of each answer of a round."""
    return View(
        figures.costs(data.bits, right=data.right, costliest=data.costliest, mean=data.mean),
        caption=f"Your mean cross-entropy is {text(data.mean)} bits; an even chance costs 1.",
    )


@view()
def reliability(data: Answers) -> View:
    """The frequency with which the likelier side was right, against its probability."""
    sure, right = data.leaning
    return View(
        figures.reliability(*data.reliability()),
        caption=f"You were {percent(float(sure.mean()))} sure of your side on average, and right "
        f"{counted(int(right.sum()), 'time')} of {len(right)}."
        if len(right)
        else "You leaned to no side at all.",
    )


@view(t=temperature)
def rescaled(t: float, data: Answers) -> View:
    """The cost of the same answers with each logit divided by a temperature."""
    means = data.mean_bits_at(TEMPERATURES)
    cost_now, least = float(data.mean_bits_at(t)), int(np.argmin(means))
    best = data.best_temperature
    if best < temperature.low:
        where = "the boldest possible"
    elif best > temperature.high:
        where = "an even chance for everything"
    else:
        where = f"T = {text(best)}"
    return View(
        figures.rescaled(
            TEMPERATURES,
            means,
            at=(t, cost_now),
            mean=data.mean,
            best=(float(TEMPERATURES[least]), float(means[least])),
        ),
        caption=f"At T = {t:g} your answers cost {text(cost_now)} bits on average. Best would have been {where}.",
    )


def summary(data: Answers) -> str:
    """Return a summary of a round, as Markdown."""
    even = len(data)  # one bit per answer
    verdict = "less than" if data.total < even else "more than" if data.total > even else "as much as"
    _, right = data.leaning
    leaned = (
        f"Of {counted(len(right), 'time')} that you leaned to a side, it was right {counted(int(right.sum()), 'time')}."
    )
    return (
        f"### {text(data.total)} bits\n{text(data.mean)} per answer, {verdict} the {even} bits of always saying 50 %."
        + (f" {leaned}" if len(right) else "")
    )


def even_answers(data: Answers) -> str:
    """Return a sentence with the number of answers that leaned to no side; empty if there are none."""
    even = len(data) - len(data.leaning[0])
    if not even:
        return ""
    return f"{even} of your answers {'was' if even == 1 else 'were'} an even chance, which leans to no side."
