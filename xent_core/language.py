"""A small language model: it has counted which token follows which few, and is surprised accordingly."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

import numpy as np

from xent_core import validation
from xent_core.units import Unit

Token = Literal["character", "word"]

WORD = re.compile(r"\w+(?:['\u2019]\w+)*|[^\w\s]")  # don't is one word, a comma is one too, blanks are none


class ScoredText(NamedTuple):
    """How a model took a text.

    tokens  n strings
    nats    (n,)  surprise of each, given those before it
    """

    tokens: list[str]
    nats: np.ndarray

    @property
    def cross_entropy(self) -> float:
        """Mean surprise in nats a token; nan for an empty text."""
        return float(self.nats.mean()) if self.tokens else float("nan")

    @property
    def bits_per_token(self) -> float:
        """Mean surprise in bits a token."""
        return float(Unit.BITS.of(self.cross_entropy))

    @property
    def perplexity(self) -> float:
        """Among how many equally likely tokens it might as well have chosen: exp(cross_entropy)."""
        with np.errstate(over="ignore"):
            return float(np.exp(self.cross_entropy))


class NGramCounts(NamedTuple):
    """What a model has counted about the tokens of a text.

    tokens  n strings
    count   (n,)  how often it has met the token after those before it
    total   (n,)  how often it has met those before it
    """

    tokens: list[str]
    count: np.ndarray  # type: ignore[assignment]  # hides tuple.count, which nobody will miss
    total: np.ndarray


@dataclass(frozen=True)
class NGramModel:
    """P(token | the order - 1 before it) = (count + smoothing) / (total + smoothing * (vocabulary + 1)).

    The 1 stands for every token never seen: the model knows that there are others, not which. So the surprise
    of an unseen token is that of meeting something new. With smoothing 0 what was never seen costs inf.

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
        """Read a text token by token: nats of surprise in [0, inf]."""
        return self.score_counts(self.look_up_counts(text))

    def look_up_counts(self, text: str) -> NGramCounts:
        """Look up the tokens of a text: all of reading that takes long, and the same whatever the smoothing.

        >>> fit_language_model("abab", order=2).look_up_counts("abb").count.tolist()
        [1.0, 2.0, 0.0]
        """
        tokens = tokenize(text, self.token)
        count = np.array([self.counts[gram] for gram in _grams(tokens, self.order)], dtype=float)
        total = np.array([self.totals[gram[:-1]] for gram in _grams(tokens, self.order)], dtype=float)
        return NGramCounts(tokens, count, total)

    def score_counts(self, evidence: NGramCounts) -> ScoredText:
        """Turn what was looked up, by a model that counted the same, into nats of surprise in [0, inf]."""
        count = evidence.count + self.smoothing
        total = evidence.total + self.smoothing * (len(self.vocabulary) + 1)
        probs = np.divide(count, total, out=np.zeros_like(count), where=total > 0)
        with np.errstate(divide="ignore"):
            return ScoredText(evidence.tokens, 0 - np.log(probs))


def fit_language_model(text: str, *, order: int = 2, token: Token = "character", smoothing: float = 1.0) -> NGramModel:
    """Count a text.

    order       >= 1  tokens looked at together: 1 sees no context, 2 the token before, ...
    token       "character" or "word"
    smoothing   >= 0  added to every count (1 is Laplace's rule of succession)
    Returns     NGramModel; dataclasses.replace(model, smoothing=...) needs no counting again
    Raises      ValueError  a text without a token; an option out of range
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
    """Cut a text into its characters, or into words and punctuation marks without the blanks.

    >>> tokenize("Don't panic!", "word")
    ["Don't", 'panic', '!']
    """
    if token not in ("character", "word"):
        raise ValueError(f"token must be character or word, got {token}")
    return list(text) if token == "character" else WORD.findall(text)


def _grams(tokens: list[str], order: int) -> Iterator[tuple[str, ...]]:
    padded = [""] * (order - 1) + tokens  # no token is empty, so "" can only mean: before the text
    return zip(*(padded[start:] for start in range(order)), strict=False)
