"""How a language model that has learned one text reads another.

Counting is slow and does not depend on the smoothing, so a pair of texts keeps its counts. The pairs of built-in texts
are shared by everybody; a text that somebody pasted lives in an object of that learner's session, and so do its counts.
"""

from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from xent_core import NGramModel, Unit, entropy, fit_language_model, surprise
from xent_core.language import NGramCounts, ScoredText, Token
from xent_ui.experiments.texts import SAMPLES, STORY

LONGEST_LEARNED: Final = 200_000  # characters
LONGEST_READ: Final = 1_000_000
LONGEST_COMPARED: Final = 20_000  # characters of each text where every order is compared
ORDERS: Final = tuple(range(1, 9))
STRETCHES: Final = 60

# The state about which the learner is asked: sample, token, order and smoothing.
ASKED: Final[tuple[str, Token, int, float]] = ("on", "character", 3, 0.1)


class Reading(NamedTuple):
    """A text as a model reads it.

    bits       (n,)  the surprise of each token
    stretches  (m,)  the mean surprise of each of m stretches of the text
    """

    model: NGramModel
    counts: NGramCounts
    scored: ScoredText
    bits: np.ndarray
    stretches: np.ndarray

    def token_at(self, permille: float) -> int:
        """Return the index of the token at this place in the text, in thousandths of the text."""
        return round(permille / 1000 * max(0, len(self.bits) - 1))

    def probability(self, index: int) -> float:
        """Return the probability that the model gave to a token."""
        smoothing = self.model.smoothing
        total = self.counts.total[index] + smoothing * (len(self.model.vocabulary) + 1)
        return float((self.counts.count[index] + smoothing) / total) if total else 0.0

    def slope(self, index: int) -> float:
        """Return the derivative of the mean surprise, in bits per token, in the probability of one token."""
        return float(Unit.BITS.of(surprise(self.probability(index)).grad)) / len(self.bits)


class Texts:
    """A text to learn from and a text to read, with what was counted in them so far."""

    def __init__(self, learned: str, read: str, *, kept: int = 1) -> None:
        """Take the beginnings of two texts, each with at least one token.

        kept  how many pairs of token and order keep their counts
        """
        self.learned = learned[:LONGEST_LEARNED]
        self.read = read[:LONGEST_READ]
        self._counts = lru_cache(maxsize=kept)(self._count)
        self._counts_by_order = lru_cache(maxsize=min(kept, 2))(self._count_by_order)
        self._fewest_bits = lru_cache(maxsize=min(kept, 2))(self._find_fewest_bits)

    def reading(self, token: Token, order: int, smoothing: float) -> Reading:
        """Return how a model that has learned the first text reads the second."""
        model, counts = self._counts(token, order)
        model = replace(model, smoothing=smoothing)
        scored = model.score_counts(counts)
        bits = np.asarray(Unit.BITS.of(scored.nats))
        return Reading(model, counts, scored, bits, _stretches(bits))

    def by_order(self, token: Token, smoothing: float) -> tuple[list[float], list[float]]:
        """Return the bits per token with each of ORDERS: of the text that was learned, and of the other one."""
        scores = [
            [replace(model, smoothing=smoothing).score_counts(each).bits_per_token for each in (learned, read)]
            for model, learned, read in self._counts_by_order(token)
        ]
        return [learned for learned, _ in scores], [read for _, read in scores]

    def fewest_bits(self, token: Token, smoothings: tuple[float, ...]) -> float:
        """Return the fewest bits per token that any order and any of these smoothings need for the text read."""
        return self._fewest_bits(token, smoothings)

    def _count(self, token: Token, order: int) -> tuple[NGramModel, NGramCounts]:
        model = fit_language_model(self.learned, order=order, token=token)
        return model, model.look_up_counts(self.read)

    def _count_by_order(self, token: Token) -> list[tuple[NGramModel, NGramCounts, NGramCounts]]:
        learned, read = self.learned[:LONGEST_COMPARED], self.read[:LONGEST_COMPARED]
        models = (fit_language_model(learned, order=order, token=token) for order in ORDERS)
        return [(model, model.look_up_counts(learned), model.look_up_counts(read)) for model in models]

    def _find_fewest_bits(self, token: Token, smoothings: tuple[float, ...]) -> float:
        return min(min(self.by_order(token, smoothing)[1]) for smoothing in smoothings)


def _stretches(bits: np.ndarray) -> np.ndarray:
    """Return the means of at most STRETCHES stretches of about equal length."""
    if len(bits) <= STRETCHES:
        return bits
    edges = np.linspace(0, len(bits), STRETCHES + 1).astype(int)
    return np.add.reduceat(bits, edges[:-1]) / np.diff(edges)


@lru_cache(maxsize=len(SAMPLES))
def sample(name: str) -> Texts:
    """Return the story to learn from, and one of SAMPLES to read."""
    return Texts(STORY, SAMPLES[name], kept=12)  # two kinds of tokens with six orders


class Asked(NamedTuple):
    """What the learner is asked to guess, and what helps to guess it.

    kinds  how many different characters the story has
    blind  the bits per character for a model to which all of these are equally likely
    bits   the bits per character for the model, which is the answer
    """

    kinds: int
    blind: float
    bits: float


@lru_cache(maxsize=1)
def asked() -> Asked:
    """Return the answer to the question: how the model reads on with two characters of context."""
    name, token, order, smoothing = ASKED
    reading = sample(name).reading(token, order, smoothing)
    kinds = len(reading.model.vocabulary)
    blind = float(Unit.BITS.of(entropy(np.full(kinds, 1 / kinds)).value))
    return Asked(kinds, blind, reading.scored.bits_per_token)


def perplexity(bits: float) -> float:
    """Return how many equally likely tokens need this many bits per token."""
    return ScoredText([""], np.array([bits * Unit.BITS.nats_per_unit])).perplexity
