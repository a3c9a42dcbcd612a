"""Codes are prefix-free, as short as possible, and within one bit of the entropy."""

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xent_core import entropy, expected_code_length, huffman_code, shannon_code_lengths

generated = settings(deadline=None, derandomize=True, max_examples=200)

counts = st.lists(st.integers(0, 50), min_size=1, max_size=12).filter(any)
distributions = counts.map(lambda n: np.array(n) / sum(n))


def bits(p):
    return entropy(p).value / np.log(2)


def kraft(lengths):
    return sum((Fraction(1, 2 ** int(n)) for n in lengths), Fraction(0))


@generated
@given(distributions)
def test_huffman_is_a_prefix_code_within_one_bit_of_entropy(p):
    code = huffman_code(p)
    words = [word for word, mass in zip(code.words, p, strict=True) if mass > 0]
    assert all(set(word) <= {"0", "1"} for word in words)
    assert not any(b.startswith(a) for a, b in permutations(words, 2))
    assert kraft(map(len, words)) == 1  # a complete code: no word could be shorter
    assert code.lengths.tolist() == [len(word) for word in code.words]
    assert bits(p) - 1e-12 <= expected_code_length(p, code.lengths) < bits(p) + 1


@generated
@given(distributions)
def test_shannon_lengths_fit_a_prefix_code_and_huffman_is_no_longer(p):
    lengths = shannon_code_lengths(p)
    assert kraft(lengths[p > 0]) <= 1
    mean = expected_code_length(p, lengths)
    assert bits(p) - 1e-12 <= mean < bits(p) + 1
    assert expected_code_length(p, huffman_code(p).lengths) <= mean + 1e-12


@generated
@given(st.lists(st.integers(1, 30), min_size=1, max_size=5))
def test_huffman_is_the_best_of_all_prefix_codes(n):
    p = np.array(n) / sum(n)
    lengths = np.indices([len(n) + 1] * len(n)).reshape(len(n), -1).T
    possible = np.sum(0.5**lengths, axis=-1) <= 1  # Kraft's inequality
    best = expected_code_length(p, lengths[possible]).min()
    assert expected_code_length(p, huffman_code(p).lengths) == pytest.approx(best, rel=1e-12)


def test_powers_of_two_are_coded_without_waste():
    p = [0.5, 0.25, 0.125, 0.0625, 0.0625]
    assert shannon_code_lengths(p).tolist() == huffman_code(p).lengths.tolist() == [1, 2, 3, 4, 4]
    assert expected_code_length(p, [1, 2, 3, 4, 4]) == bits(p) == 1.875


def test_shannon_lengths_are_exact_where_a_logarithm_would_round():
    for k in range(1, 1075):
        half = 0.5**k
        assert shannon_code_lengths([half, 1 - half])[0] == k
    just_below, just_above = np.nextafter(0.125, 0), np.nextafter(0.125, 1)
    assert shannon_code_lengths([just_below, 0.875]).tolist() == [4, 1]
    assert shannon_code_lengths([just_above, 0.875]).tolist() == [3, 1]


def test_ties_are_broken_by_position():
    assert huffman_code([0.25] * 4).words == ("00", "01", "10", "11")
    assert huffman_code([0.4, 0.2, 0.2, 0.2]).words == huffman_code(np.array([0.4, 0.2, 0.2, 0.2])).words
    assert huffman_code([0.5, 0.5]).words == ("0", "1")


def test_a_certain_or_an_impossible_outcome_needs_no_word():
    assert huffman_code([1.0]).words == ("",)
    assert huffman_code([0.5, 0.0, 0.5]).words == ("0", "", "1")
    assert shannon_code_lengths([1.0, 0.0]).tolist() == [0, 0]
    assert expected_code_length([1.0, 0.0], [0, np.inf]) == 0


def test_a_code_built_for_the_wrong_distribution_wastes_bits():
    p, q = np.array([0.5, 0.5]), np.array([0.95, 0.05])
    assert expected_code_length(p, -np.log2(q)) == pytest.approx(2.198, abs=5e-4)


def test_a_deep_tree():
    p = np.append(0.5 ** np.arange(1, 60), 0.5**59)
    assert huffman_code(p).lengths.tolist() == [*range(1, 60), 59]


def test_shapes_and_dtypes():
    p = np.full((2, 3, 4), 0.25)
    assert shannon_code_lengths(p).shape == (2, 3, 4)
    assert shannon_code_lengths(p).dtype.kind == "i"
    assert expected_code_length(p, [2, 2, 2, 2]).tolist() == [[2.0] * 3] * 2
    assert expected_code_length(np.array([1], np.float32), [1]).dtype == np.float32


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: huffman_code([0.5, 0.6]), "^p must sum to 1, got 1.1$"),
        (lambda: huffman_code([[0.5, 0.5]]), r"^p must have shape \(K,\), got \(1, 2\)$"),
        (lambda: huffman_code([]), "^p must have at least one class"),
        (lambda: shannon_code_lengths([-0.5, 1.5]), r"^p must be in \[0, 1\], got -0.5 at index 0$"),
        (lambda: expected_code_length([1.0], [1, 2]), r"^lengths must have shape \(1,\), got \(2,\)$"),
        (lambda: expected_code_length([1.0], [-1]), r"^lengths must be in \[0, inf\], got -1"),
    ],
)
def test_invalid_arguments_raise(call, message):
    with pytest.raises(ValueError, match=message):
        call()
