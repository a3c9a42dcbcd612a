"""The pictures of a round of twelve statements: the possible costs of an answer, and the costs of a round."""

from dataclasses import dataclass, replace
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

# There are 143 different rounds. 1001 is a multiple of it, so the first round also follows the last without a repeat.
round_number = Number("round", "Round", 1001, help="Everyone who plays the same round gets the same twelve statements.")
believe = Slider("believe", "How likely is it that this is true?", 1, 99, 50, 1, "%d\u202f%%")
ANSWERS: Final = tuple(share / 100 for share in range(1, 100))  # the probabilities that it can give


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
    def costliest(self) -> int | None:
        """The index of the answer that cost most; None if all answers are 50 %, which cost the same."""
        return int(np.argmax(self.bits)) if self.leans else None

    @property
    def leans(self) -> bool:
        """Whether any answer leans to a side, which means that it differs from 50 %."""
        return any(p != 0.5 for p in self.probs)

    @property
    def right(self) -> list[bool | None]:
        """Whether the side that each answer leans to was right; None for an answer of 50 %, which leans to no side."""
        return [None if p == 0.5 else (p > 0.5) == truth for p, truth in zip(self.probs, self.truths, strict=True)]

    @cached_property
    def leaning(self) -> tuple[np.ndarray, np.ndarray]:
        """For each answer that leans to a side, the probability of that side, and 1 if the side was right, else 0."""
        leaning = [(max(p, 1 - p), right) for p, right in zip(self.probs, self.right, strict=True) if right is not None]
        return np.array([p for p, _ in leaning]), np.array([right for _, right in leaning], dtype=int)

    def reliability(self) -> tuple[ReliabilityCurve, np.ndarray, np.ndarray]:
        """Return how often the likelier side was right, with the ends of a 95 % interval per bin."""
        curve = reliability_curve(*self.leaning, n_bins=BINS)
        right = np.where(curve.count > 0, np.nan_to_num(curve.frequency) * curve.count, 0)
        return curve, *wilson_interval(np.rint(right), curve.count)

    def mean_bits_at(self, temperature: np.ndarray | float) -> np.ndarray:
        """Return the mean cost with each logit divided by a temperature; above 1, answers are less confident."""
        z = log_odds(np.array(self.probs)) / np.asarray(temperature)[..., np.newaxis]
        return Unit.BITS.of(binary_cross_entropy_with_logits(z, self.labels).value).mean(axis=-1)

    @property
    def best_temperature(self) -> float:
        """The temperature at which these answers would have cost least: 0 if every side was right, ∞ if none helps."""
        z = log_odds(np.array(self.probs))
        if (self.leaning[1] == 1).all():
            return 0.0
        # If the logits favor the truth no more than its opposite, the cost falls with T, however high T is.
        if z @ (self.labels - 0.5) <= 1e-9 * np.abs(z).sum():  # within rounding errors
            return np.inf
        return float(fit_temperature(z, self.labels))


def next_round(number: int) -> dict[str, int]:
    """Return the settings of the round after this one, for a preset; the first round follows the last."""
    return {round_number.key: number % round_number.high + 1}


def bits_of(p: float, *, true: bool) -> float:
    """Return the cost of an answer, in bits."""
    return float(Unit.BITS.of(binary_cross_entropy(p, int(true)).value))


@view(whole_percent=believe)
def stakes(whole_percent: int) -> View:
    """The cost of an answer if the statement is true, and if it is false."""
    p = whole_percent / 100
    if_true, if_false = bits_of(p, true=True), bits_of(p, true=False)
    return View(
        figures.stakes(PROBS, IF_TRUE, IF_FALSE, at=(p, if_true, if_false), truth=None),
        caption=f"You say {percent(p)}. If it is true, that costs {text(if_true)} bits; "
        f"if it is false, {text(if_false)}.",
        handles=[replace(believe.handle("x"), stops=ANSWERS)],
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
def result(data: Answers) -> View:
    """The cost of each answer of a round."""
    return View(
        figures.costs(data.bits, right=data.right, costliest=data.costliest, mean=data.mean),
        caption=f"Your mean cross-entropy is {text(data.mean)} bits per statement; always saying 50 % costs 1.",
    )


@view()
def reliability(data: Answers) -> View:
    """The frequency with which the likelier side was right, against its probability."""
    sure, right = data.leaning
    return View(
        figures.reliability(*data.reliability()),
        caption=f"You were {percent(float(sure.mean()))} sure of your side on average, and it was right in "
        f"{int(right.sum())} of {counted(len(right), 'answer')}."
        if len(right)
        else "None of your answers leaned to a side.",
    )


@view(t=temperature)
def rescaled(t: float, data: Answers) -> View:
    """The cost of the same answers with each logit divided by a temperature."""
    means = data.mean_bits_at(TEMPERATURES)
    cost_now, least = float(data.mean_bits_at(t)), int(np.argmin(means))
    best = data.best_temperature
    if not data.leans:
        where = "No T changes an answer of 50 %."
    elif best == 0:
        where = "Every side that you leaned to was right, so a lower T always costs less."
    elif best == np.inf:
        where = "No T makes them cost less than 50 % for every statement would have."
    else:
        beyond = "" if temperature.low <= best <= temperature.high else ", beyond the slider"
        where = f"They would have cost least at T = {text(best)}{beyond}."
    return View(
        figures.rescaled(
            TEMPERATURES,
            means,
            at=(t, cost_now),
            mean=data.mean,
            best=(float(TEMPERATURES[least]), float(means[least])),
        ),
        caption=f"At T = {t:g} your answers cost {text(cost_now)} bits on average. {where}",
    )


def summary(data: Answers) -> str:
    """Return a summary of a round, as Markdown."""
    even = len(data)  # always saying 50 % costs one bit per answer
    total = round(data.total, 2)
    if total == even:
        against = "about as much as" if data.leans else "as much as"
    else:
        against = f"{abs(even - total):.2f} bits {'less' if total < even else 'more'} than"
    said = f"### {total:.2f} bits\nThat is {against} the {even} bits that always saying 50 % costs."
    if not data.leans:
        return said
    _, right = data.leaning
    of = counted(len(right), "answer")
    return f"{said} Of the {of} that leaned to a side, {int(right.sum())} leaned to the right one."


def just_seen(data: Answers) -> str:
    """Return what a round with answers that lean to a side shows, as Markdown."""
    sure = ANSWERS[-1]
    right, wrong = bits_of(sure, true=True), bits_of(sure, true=False)
    return (
        f"Your most expensive answer is {percent(float(data.bits.max()) / data.total, 2)} of your cost. An "
        f"answer of {percent(sure)} costs {text(right)} bits if it is right, which saves less than one bit against "
        f"50 %. If it is wrong, it costs {text(wrong)} bits. **On average it costs least to say 90 % only where you "
        "are right nine times in ten.**"
    )


def never_leaned(data: Answers) -> str:
    """Return what a round tells in which every answer was 50 %, as Markdown."""
    n, true = len(data), int(data.labels.sum())
    bold = 0.6
    saved = [n - (k * bits_of(bold, true=True) + (n - k) * bits_of(bold, true=False)) for k in range(n + 1)]
    enough = next(k for k, each in enumerate(saved) if each > 0)
    return (
        f"You said 50 % in all {n} answers. Each of them costs 1 bit, whether the statement is true or false. So a "
        f"round costs you {n} bits, which is the cost for someone who has not even read the statements.\n\n"
        f"**Your answers are calibrated, and they say nothing.** Of the {n} statements {true} are true, as in every "
        f"round, so what you called 50 % came true in {percent(true / n)} of the cases. But the same answer for every "
        "statement does not tell the true ones from the false ones. Whether you know how sure you may be "
        "cannot be measured, because none of your answers leaned to a side.\n\n"
        f"**Try this in the next round:** say {percent(bold)} for the side that you find a little likelier. That costs "
        f"less than {n} bits as soon as {enough} of your {n} sides are right. With {enough + 1} right you save "
        f"{text(saved[enough + 1])} bits, and with {enough - 1} right you lose {text(-saved[enough - 1])}."
    )


def even_answers(data: Answers) -> str:
    """Return a sentence with the number of answers that leaned to no side; empty if there are none."""
    even = len(data) - len(data.leaning[0])
    if not even:
        return ""
    if even == 1:
        return "1 answer of 50 % leans to no side and is not counted here."
    return f"{even} answers of 50 % lean to no side and are not counted here."


def to_remember() -> list[str]:
    """Return what to remember of a round, each in a sentence or two, as Markdown."""
    sure = 0.9
    right, wrong = bits_of(sure, true=True), bits_of(sure, true=False)
    worth = (wrong - 1) / (wrong - right)  # where the mean cost of being this sure is 1 bit
    low, high = (percent(float(end), 2) for end in wilson_interval(8, 10))
    return [
        "An answer costs −log₂ of the probability that it gave to the truth. The mean of these costs is the "
        "cross-entropy of your answers, the loss with which classifiers and language models are trained.",
        f"50 % costs 1 bit. {percent(sure)} costs {text(right)} bits when it is right and {text(wrong)} when it is "
        f"wrong, so it costs less than 50 % on average only for someone who is right more than {percent(worth, 2)} of "
        "the time.",
        "Your expected cost is smallest when you say exactly what you believe.",
        "Calibration is not enough: where half of the statements are true, always saying 50 % is calibrated and "
        "tells nothing.",
        f"A few answers cannot show whether you are calibrated: after 8 right answers of 10, the 95 % interval still "
        f"reaches from {low} to {high}.",
    ]
