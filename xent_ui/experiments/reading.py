"""What a language model makes of a text: looked up once, judged anew with every smoothing."""

from dataclasses import replace
from functools import cache
from typing import Final, NamedTuple

import numpy as np

from xent_core import NGramModel, Unit, entropy, fit_language_model, surprise
from xent_core.language import NGramCounts, ScoredText, Token
from xent_ui.experiments.texts import MORE, STORY, Texts
from xent_ui.live import session

STRETCHES: Final = 60
MOST_COMPARED: Final = 20_000  # characters of each text, once for every order
ORDERS: Final = tuple(range(1, 9))
ASKED: Final[tuple[str, Token, int, float]] = ("on", "character", 3, 0.1)  # read, token, order, smoothing of the guess


class Page(NamedTuple):
    """A text, read.

    bits     (n,) surprise of each token
    strip    (m,) its mean over m stretches of the text
    """

    model: NGramModel
    evidence: NGramCounts
    reading: ScoredText
    bits: np.ndarray
    strip: np.ndarray

    def token_at(self, permille: float) -> int:
        """The token that stands at this part of the text, in thousandths."""
        return round(permille / 1000 * max(0, len(self.bits) - 1))

    def prob(self, at: int) -> float:
        """The probability that the model gave to a token."""
        whole = self.evidence.total[at] + self.model.smoothing * (len(self.model.vocabulary) + 1)
        return float((self.evidence.count[at] + self.model.smoothing) / whole) if whole else 0.0

    def slope(self, at: int) -> float:
        """How the mean surprise, in bits, feels the probability of one token."""
        return float(Unit.BITS.of(surprise(self.prob(at)).grad)) / len(self.bits)


class Asked(NamedTuple):
    """What the learner is to guess: bits a character of the sample, blindly among its kinds and by the model."""

    kinds: int
    blind: float
    bits: float


@cache
def asked() -> Asked:
    """The story goes on, read with two characters of context."""
    _, token, order, smoothing = ASKED
    model = fit_language_model(STORY, order=order, token=token, smoothing=smoothing)
    kinds = len(model.vocabulary)
    return Asked(kinds, float(Unit.BITS.of(entropy(np.full(kinds, 1 / kinds)).value)), model.score(MORE).bits_per_token)


def read(texts: Texts, token: Token, order: int, smoothing: float) -> Page:
    """Learn from one text, read the other."""
    model, evidence = session.kept("page", (texts.names, token, order), lambda: _look_up(texts, token, order))
    model = replace(model, smoothing=smoothing)
    reading = model.score_counts(evidence)
    bits = np.asarray(Unit.BITS.of(reading.nats))
    return Page(model, evidence, reading, bits, _stretches(bits))


def _look_up(texts: Texts, token: Token, order: int) -> tuple[NGramModel, NGramCounts]:
    model = fit_language_model(texts.learned, order=order, token=token)
    return model, model.look_up_counts(texts.read)


def _stretches(bits: np.ndarray) -> np.ndarray:
    if len(bits) <= STRETCHES:
        return bits
    edges = np.linspace(0, len(bits), STRETCHES + 1).astype(int)
    return np.add.reduceat(bits, edges[:-1]) / np.diff(edges)


def by_order(texts: Texts, token: Token, smoothing: float) -> tuple[list[float], list[float]]:
    """Bits a token with orders 1 to 8: on the text learned from, and on the text read."""

    def look_up() -> list[tuple[NGramModel, NGramCounts, NGramCounts]]:
        learned, new = texts.learned[:MOST_COMPARED], texts.read[:MOST_COMPARED]
        models = (fit_language_model(learned, order=order, token=token) for order in ORDERS)
        return [(model, model.look_up_counts(learned), model.look_up_counts(new)) for model in models]

    looked_up = session.kept("orders", (texts.names, token), look_up)
    judged = [
        [replace(model, smoothing=smoothing).score_counts(evidence).bits_per_token for evidence in both]
        for model, *both in looked_up
    ]
    old, new = zip(*judged, strict=True)
    return list(old), list(new)


def perplexity(bits: float) -> float:
    """The number of equally likely tokens whose choice costs so many bits."""
    return ScoredText([""], np.array([bits * Unit.BITS.nats_per_unit])).perplexity


def least(texts: Texts, token: Token, smoothings: tuple[float, ...]) -> float:
    """The fewest bits a token on the text read, of all orders and smoothings."""
    return session.kept(
        "least",
        (texts.names, token, smoothings),
        lambda: min(min(by_order(texts, token, smoothing)[1]) for smoothing in smoothings),
    )
