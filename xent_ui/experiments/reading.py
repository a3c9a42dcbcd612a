"""How a language model that has learned one text predicts another.

Counting is slow and does not depend on the smoothing, so a pair of texts keeps its counts. All learners share the pairs
of built-in texts; a pasted text and its counts belong to an object in the session of the learner who pasted it.
"""

from dataclasses import replace
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from xent_core import NGramModel, Unit, entropy, fit_language_model, surprise
from xent_core.language import NGramCounts, ScoredText, Token
from xent_ui.experiments.texts import SAMPLES, STORY

LONGEST_LEARNED: Final = 200_000  # characters
LONGEST_READ: Final = 1_000_000  # characters
LONGEST_COMPARED: Final = 20_000  # characters of each text where every order is compared
ORDERS: Final = tuple(range(1, 9))
STRETCHES: Final = 60  # parts of a text whose mean surprise is drawn

# The state that the question of the lesson is about: sample, token, order and smoothing.
ASKED: Final[tuple[str, Token, int, float]] = ("on", "character", 3, 0.1)


class Reading(NamedTuple):
    """A text with the predictions of a model.

    bits       (n,)  the surprise of each token
    stretches  (m,)  the mean surprise of each of m equal parts of the text
    """

    model: NGramModel
    counts: NGramCounts
    scored: ScoredText
    bits: np.ndarray
    stretches: np.ndarray

    def token_at(self, permille: float) -> int:
        """Return the index of the token at a place in the text, given in thousandths of its length."""
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
    """A text to learn from and a text to read, with the counts made so far."""

    def __init__(self, learned: str, read: str, *, kept: int = 1) -> None:
        """Take two texts, each with at least one token, and cut them to their largest lengths.

        kept  the number of pairs of token and order whose counts are kept
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
        """Return the bits per token at each of ORDERS, for the learned text and for the other one."""
        scores = [
            [replace(model, smoothing=smoothing).score_counts(each).bits_per_token for each in (learned, read)]
            for model, learned, read in self._counts_by_order(token)
        ]
        return [learned for learned, _ in scores], [read for _, read in scores]

    def fewest_bits(self, token: Token, smoothings: tuple[float, ...]) -> float:
        """Return the smallest number of bits per token of the text read, over all orders and these smoothings."""
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
    """Return the means of at most STRETCHES parts of about equal length."""
    if len(bits) <= STRETCHES:
        return bits
    edges = np.linspace(0, len(bits), STRETCHES + 1).astype(int)
    return np.add.reduceat(bits, edges[:-1]) / np.diff(edges)


@lru_cache(maxsize=len(SAMPLES))
def sample(name: str) -> Texts:
    """Return the story as the text to learn from, and one of SAMPLES as the text to read."""
    return Texts(STORY, SAMPLES[name], kept=12)  # two kinds of tokens with six orders


class Asked(NamedTuple):
    """The answer to the question of the lesson, and numbers for the question itself.

    kinds  the number of different characters in the story
    blind  the bits per character of a model to which all of these are equally likely
    bits   the bits per character of the model, which is the answer
    """

    kinds: int
    blind: float
    bits: float


@lru_cache(maxsize=1)
def asked() -> Asked:
    """Return the answer to the question: the bits per character with two characters of context."""
    name, token, order, smoothing = ASKED
    reading = sample(name).reading(token, order, smoothing)
    kinds = len(reading.model.vocabulary)
    blind = float(Unit.BITS.of(entropy(np.full(kinds, 1 / kinds)).value))
    return Asked(kinds, blind, reading.scored.bits_per_token)


def perplexity(bits: float) -> float:
    """Return the number of equally likely tokens that need this many bits per token."""
    return ScoredText([""], np.array([bits * Unit.BITS.nats_per_unit])).perplexity
