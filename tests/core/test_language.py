"""The n-gram language model: its probabilities sum to 1 and account for unseen tokens."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xent_core.language import fit_language_model, tokenize

generated = settings(deadline=None, derandomize=True, max_examples=40)
TEXT = "the cat sat on the mat. the cat ran!"


def test_tokens():
    assert tokenize("a\n\x00é🙂", "character") == ["a", "\n", "\x00", "é", "🙂"]
    assert tokenize("It's 3.5, “naïve”\t— no?", "word") == [
        *["It's", "3", ".", "5", ",", "“", "naïve", "”", "—", "no", "?"]
    ]
    assert tokenize("  \n", "word") == tokenize("", "character") == []


def test_probabilities_of_a_small_example():
    # a begins the text once, b follows a twice, a follows b once; the vocabulary is a, b, and one for all others
    model = fit_language_model("abab", order=2, smoothing=1)
    probs = np.exp(-model.score("abac").nats)
    assert probs == pytest.approx([2 / 4, 3 / 5, 2 / 4, 1 / 5])
    unigram = fit_language_model("aab", order=1, smoothing=0.5)
    assert np.exp(-unigram.score("abc").nats) == pytest.approx([2.5 / 4.5, 1.5 / 4.5, 0.5 / 4.5])


@generated
@given(st.text(min_size=1, max_size=30), st.text(max_size=30), st.integers(1, 4), st.floats(1e-3, 10))
def test_probabilities_sum_to_1_after_any_text(text, before, order, smoothing):
    model = fit_language_model(text, order=order, smoothing=smoothing)
    new = next(c for c in map(chr, range(33, 200)) if c not in text)  # stands for all unseen tokens
    total = sum(np.exp(-model.score(before + c).nats[-1]) for c in [*model.vocabulary, new])
    assert total == pytest.approx(1, rel=1e-12)


def test_without_smoothing_only_seen_tokens_have_finite_surprise():
    model = fit_language_model(TEXT, order=3, smoothing=0)
    assert np.isfinite(model.score(TEXT).nats).all()
    assert model.score("the dog").perplexity == np.inf
    assert model.score("zzz").nats.tolist() == [np.inf] * 3
    assert np.isfinite(replace(model, smoothing=0.1).score("the dog").nats).all()


def test_cross_entropy_bits_and_perplexity_agree():
    reading = fit_language_model(TEXT, order=2, token="word").score(TEXT)
    assert reading.cross_entropy == pytest.approx(reading.nats.mean())
    assert reading.bits_per_token == pytest.approx(reading.cross_entropy / np.log(2))
    assert reading.perplexity == pytest.approx(2**reading.bits_per_token)
    assert len(reading.tokens) == len(reading.nats) == 11


def test_the_perplexity_of_a_fair_die_is_its_number_of_faces():
    assert fit_language_model("123456" * 10, order=1, smoothing=0).score("1234566").perplexity == pytest.approx(6)


def test_more_context_fits_the_training_text_better():
    fits = [fit_language_model(TEXT, order=order, smoothing=0).score(TEXT).cross_entropy for order in (1, 2, 3, 4)]
    assert fits == sorted(fits, reverse=True)
    assert len(set(fits)) == 4


def test_an_empty_text_has_no_cross_entropy():
    reading = fit_language_model("a").score("")
    assert reading.tokens == []
    assert np.isnan([reading.cross_entropy, reading.bits_per_token, reading.perplexity]).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: fit_language_model(""), "^text must have at least one character, got none$"),
        (lambda: fit_language_model(" \n", token="word"), "^text must have at least one word, got none$"),
        (lambda: fit_language_model("a", order=0), "^order must be an integer of at least 1, got 0$"),
        (lambda: fit_language_model("a", smoothing=-0.5), r"^smoothing must be in \[0, inf\), got -0.5$"),
        (lambda: fit_language_model("a", token="line"), "^token must be character or word, got line$"),
    ],
)
def test_invalid_arguments_raise(call, message):
    with pytest.raises(ValueError, match=message):
        call()
