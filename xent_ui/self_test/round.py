"""One round of you-are-the-model: what was drawn, what was said so far, and what it cost."""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from xent_core import Unit, binary_cross_entropy, binary_cross_entropy_with_logits, fit_temperature, reliability_curve
from xent_core.calibration import ReliabilityCurve, wilson_interval
from xent_core.reweighting import log_odds
from xent_ui.self_test.questions.facts import ROUND, Fact, drawn

BINS = 6  # of [0, 1]: three of them for how sure one is of the likelier side


@dataclass(frozen=True)
class Round:
    """The answers given in one round; a question is answered, then looked at, then the next one is asked."""

    number: int
    said: tuple[float, ...] = ()
    looking: bool = False

    def answered(self, p: float) -> "Round":
        """The round after a probability was given to the statement asked."""
        return replace(self, said=(*self.said, p), looking=True)

    def looked(self) -> "Round":
        """The round after the answer was looked at."""
        return replace(self, looking=False)

    @property
    def finished(self) -> bool:
        """Whether all twelve are answered and looked at."""
        return len(self.said) == ROUND and not self.looking

    @property
    def fact(self) -> Fact:
        """The statement that is asked, or just answered."""
        return drawn(self.number)[len(self.said) - self.looking]

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The statements answered."""
        return drawn(self.number)[: len(self.said)]

    @cached_property
    def true(self) -> np.ndarray:
        """1 where the statement is true, else 0."""
        return np.array([int(fact.true) for fact in self.facts], dtype=int)

    @cached_property
    def bits(self) -> np.ndarray:
        """What each answer cost."""
        return Unit.BITS.of(binary_cross_entropy(np.array(self.said), self.true).value)

    @property
    def dearest(self) -> int:
        """Which answer cost most."""
        return int(np.argmax(self.bits))

    def tempered(self, temperature: np.ndarray) -> np.ndarray:
        """Mean bits an answer had every logit been divided by the temperature; above 1 is shyer, below bolder."""
        z = log_odds(np.array(self.said)) / np.asarray(temperature)[..., np.newaxis]
        return Unit.BITS.of(binary_cross_entropy_with_logits(z, self.true).value).mean(axis=-1)

    @property
    def best_temperature(self) -> float:
        """The temperature at which these answers would have cost least."""
        return float(fit_temperature(log_odds(np.array(self.said)), self.true))

    @cached_property
    def leaning(self) -> tuple[np.ndarray, np.ndarray]:
        """How sure of the likelier side, and 1 where that was right; an even chance leans to no side."""
        said = np.array(self.said)
        leans = said != 0.5
        return np.maximum(said, 1 - said)[leans], ((said > 0.5) == (self.true == 1))[leans].astype(int)

    def reliability(self) -> tuple[ReliabilityCurve, np.ndarray, np.ndarray]:
        """How often the likelier side was right, and the ends of the interval in which its chance may lie."""
        curve = reliability_curve(*self.leaning, n_bins=BINS)
        filled = curve.count > 0
        right = np.where(filled, np.nan_to_num(curve.frequency) * curve.count, 0)
        return curve, *wilson_interval(np.rint(right), curve.count)
