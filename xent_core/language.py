"""A small language model that counts which token follows which context, and assigns probabilities accordingly."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from xent_core import validation
from xent_core.units import Unit

Token = Literal["character", "word"]

WORD = re.compile(
    r"\w+(?:['\u2019]\w+)*|[^\w\s]"
)  # matches don't as one word and a comma as another, but no white space


class ScoredText(NamedTuple):
    """A text together with the surprise that a model assigns to each of its tokens.

    tokens  n strings
    nats    (n,)  the surprise of each token given those before it
    """

    tokens: list[str]
    nats: np.ndarray

    @property
    def cross_entropy(self) -> float:
        """Return the mean surprise in nats per token; nan for an empty text."""
        return float(self.nats.mean()) if self.tokens else float("nan")

    @property
    def bits_per_token(self) -> float:
        """Return the mean surprise in bits per token."""
        return float(Unit.BITS.of(self.cross_entropy))

    @property
    def perplexity(self) -> float:
        """Return exp(cross_entropy), the number of equally likely tokens that would be as uncertain."""
        with np.errstate(over="ignore"):
            return float(np.exp(self.cross_entropy))


class NGramCounts(NamedTuple):
    """What a model has counted about the tokens of a text.

    tokens  n strings
    count   (n,)  the number of times that the training text has the token after the same context
    total   (n,)  the number of times that the training text has the context
    """

    tokens: list[str]
    count: np.ndarray  # type: ignore[assignment]  # hides tuple.count, which is not needed here
    total: np.ndarray


@dataclass(frozen=True)
class NGramModel:
    """An n-gram model: P(token | context) = (count + smoothing) / (total + smoothing * (vocabulary + 1)).

    The context is the order - 1 tokens before. The 1 stands for all tokens that the model has never seen: it knows that
    there are others, but not which. The surprise of an unseen token is therefore that of seeing something new. With a
    smoothing of 0, whatever was never seen has infinite surprise.

    >>> model = fit_language_model("abab", order=2, smoothing=0)
    >>> [float(nats) for nats in model.score("aba").nats], model.score("abba").perplexity
    ([0.0, 0.0, 0.0], inf)
    """

    counts: Counter[tuple[str, ...]]
    totals: Counter[tuple[str, ...]]
    vocabulary: frozenset[str]
    order: int
    token: Token
    smoothing: float

    def score(self, text: str) -> ScoredText:
        """Return the surprise of each token of a text, in nats, in [0, inf]."""
        return self.score_counts(self.look_up_counts(text))

    def look_up_counts(self, text: str) -> NGramCounts:
        """Return the counts for the tokens of a text: the slow part of score, and independent of smoothing.

        >>> fit_language_model("abab", order=2).look_up_counts("abb").count.tolist()
        [1.0, 2.0, 0.0]
        """
        tokens = tokenize(text, self.token)
        count = np.array([self.counts[gram] for gram in _grams(tokens, self.order)], dtype=float)
        total = np.array([self.totals[gram[:-1]] for gram in _grams(tokens, self.order)], dtype=float)
        return NGramCounts(tokens, count, total)

    def score_counts(self, evidence: NGramCounts) -> ScoredText:
        """Return the surprise of each token, in nats, from look_up_counts of a model with equal counts."""
        count = evidence.count + self.smoothing
        total = evidence.total + self.smoothing * (len(self.vocabulary) + 1)
        probs = np.divide(count, total, out=np.zeros_like(count), where=total > 0)
        with np.errstate(divide="ignore"):
            return ScoredText(evidence.tokens, 0 - np.log(probs))


def fit_language_model(text: str, *, order: int = 2, token: Token = "character", smoothing: float = 1.0) -> NGramModel:
    """Return an n-gram model fitted to a text by counting.

    text        at least one token
    order       >= 1  the number of tokens considered together: 1 has no context, 2 has the token before, and so on
    token       "character" or "word"
    smoothing   >= 0  added to every count (1 is Laplace's rule of succession)
    Returns     NGramModel; dataclasses.replace(model, smoothing=...) changes the smoothing without counting again
    Raises      ValueError if the text has no token, or an option is out of range
    Source      Jurafsky and Martin, Speech and language processing, 3rd edition, chapter 3

    >>> model = fit_language_model("to be or not to be", order=1, token="word")
    >>> round(model.score("to be").perplexity, 3)
    3.667
    """
    order = validation.validate_integer(order, "order")
    smoothing = validation.validate_scalar("[0, inf)", smoothing, "smoothing")
    tokens = tokenize(text, token)
    if not tokens:
        raise ValueError(f"text must have at least one {token}, got none")
    counts = Counter(_grams(tokens, order))
    totals: Counter[tuple[str, ...]] = Counter()
    for gram, count in counts.items():
        totals[gram[:-1]] += count
    return NGramModel(counts, totals, frozenset(tokens), order, token, smoothing)


def tokenize(text: str, token: Token) -> list[str]:
    """Return the tokens of a text: its characters, or its words and punctuation marks without the white space.

    text     any string
    token    "character" or "word"
    Returns  a list of strings
    Raises   ValueError if token is neither

    >>> tokenize("Don't panic!", "word")
    ["Don't", 'panic', '!']
    """
    if token not in ("character", "word"):
        raise ValueError(f"token must be character or word, got {token}")
    return list(text) if token == "character" else WORD.findall(text)


def _grams(tokens: list[str], order: int) -> Iterator[tuple[str, ...]]:
    padded = [""] * (order - 1) + tokens  # no token is empty, so "" can only stand for a position before the text
    return zip(*(padded[start:] for start in range(order)), strict=False)
