"""What the numbers of a learner's predictions are: probabilities, percentages or logits, told apart by evidence."""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from xent_ui.predictions import columns as named
from xent_ui.predictions.choice import Written
from xent_ui.predictions.facts import NEARLY_ALL, Facts
from xent_ui.style.numbers import counted

FEW: Final = 0.25  # the share of rows beyond [0, 1] from which on they are no slips
SURELY_PERCENT: Final = 30  # logits above this without a negative one among them do not occur


class Scale(NamedTuple):
    """What numbers are.

    written   as what they are written in the file
    evidence  a sentence that says so, and why
    """

    written: Written
    evidence: str


def scale(facts: Facts, names: Sequence[str], *, has_sums: bool) -> Scale:
    """Return what the numbers of some columns are; probabilities if nothing speaks for another scale.

    has_sums  whether the numbers of a row belong to classes of which one is true
    """
    numbers = facts.matrix(names)
    numbers = numbers[~np.isnan(numbers).any(axis=1)]
    if all(named.have_percent_signs(facts.frame[name]) for name in names):
        return Scale("percent", "The numbers are percentages: they end with a percent sign.")
    if not numbers.size:
        return Scale("probabilities", "")
    return _with_sums(facts, names, numbers) if has_sums else _without_sums(names, numbers)


def _with_sums(facts: Facts, names: Sequence[str], numbers: np.ndarray) -> Scale:
    total = facts.total(names)
    if total == 1:
        return Scale("probabilities", "The numbers are probabilities: each row sums to 1.")
    if total == 100:
        return Scale("percent", "The numbers are percentages: each row sums to 100.")
    with np.errstate(over="ignore"):
        sums = np.exp(numbers).sum(axis=1)
    if numbers.max() <= named.ROUNDING and np.mean(np.abs(sums - 1) <= 1e-3) >= NEARLY_ALL:
        return Scale("logits", "The numbers are logarithms of probabilities, which serve as logits.")
    return _beyond(numbers, names) or Scale("probabilities", "")


def _without_sums(names: Sequence[str], numbers: np.ndarray) -> Scale:
    low, high = float(numbers.min()), float(numbers.max())
    within = low >= -named.ROUNDING and high <= 1 + named.ROUNDING
    if within and not any(map(named.says_logits, names)):
        return Scale("probabilities", "The numbers are probabilities: all are between 0 and 1.")
    if high <= named.ROUNDING and low < 0 and all(map(named.says_logarithms, names)):
        return Scale("logarithms", "The numbers are logarithms of probabilities: the column's name says so.")
    is_named = any(map(named.says_percent, names))
    if low >= 0 and high <= 100 and high > 1 and (is_named or _may_be_percent(names, high)):
        why = "the column's name says so" if is_named else "none is negative, and they go up to 100"
        return Scale("percent", f"The numbers are percentages: {why}.")
    return _beyond(numbers, names) or Scale("probabilities", "")


def _may_be_percent(names: Sequence[str], high: float) -> bool:
    return high > SURELY_PERCENT and all(named.normal(name) in named.OF_CLASS_1 for name in names)


def _beyond(numbers: np.ndarray, names: Sequence[str]) -> Scale | None:
    """Return logits if enough numbers are beyond [0, 1] on both sides, or the names of the columns say so."""
    if all(map(named.says_logits, names)):
        return Scale("logits", "The numbers are logits: the names of the columns say so.")
    negative, large = numbers < -named.ROUNDING, numbers > 1 + named.ROUNDING
    share = np.mean((negative | large).any(axis=1))
    if negative.any() and large.any() and share >= FEW:
        return Scale(
            "logits",
            f"The numbers are logits: {counted(int(negative.sum()), 'is negative', 'are negative')} and "
            f"{counted(int(large.sum()), 'is above 1', 'are above 1')}.",
        )
    return None
