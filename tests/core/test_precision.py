"""Exact values against mpmath, an independent implementation, and the behavior of floating-point formats."""

import mpmath
import numpy as np
import pytest

from xent_core import binary_cross_entropy_with_logits, logsumexp
from xent_core.naive import naive_softmax, shifted_softmax
from xent_core.precision import (
    correct_bits,
    cross_entropy_in_log_space,
    exact_binary_cross_entropy,
    exact_exp,
    exact_logsumexp,
    logsumexp_steps,
    naive_cross_entropy,
)

LOGITS = [-1000.0, -745.2, -90.5, -57.6, -40.0, -0.1, 0.0, 1e-9, 0.3, 17.3, 57.5, 57.7, 100.0, 1000.0]


@pytest.fixture(autouse=True)
def _many_digits():
    with mpmath.workdps(600):
        yield


@pytest.mark.parametrize("z", LOGITS)
@pytest.mark.parametrize("y", [0.0, 0.1, 1.0])
def test_exact_values_have_fifty_correct_digits(z, y):
    ours = exact_binary_cross_entropy(z, y)
    e = mpmath.exp(mpmath.mpf(z))
    value = y * mpmath.log1p(1 / e) + (1 - mpmath.mpf(y)) * mpmath.log1p(e)
    grad = (1 - mpmath.mpf(y)) * e / (1 + e) - y / (1 + e)
    for got, truth in ((ours.value, value), (ours.grad, grad)):
        assert abs(mpmath.mpf(str(got.item())) / truth - 1) < mpmath.mpf(10) ** -50
    assert abs(mpmath.mpf(str(exact_exp(z))) / e - 1) < mpmath.mpf(10) ** -50


@pytest.mark.parametrize("row", [[0, 0], [1000, 0], [-1000, -999, -1001], [120, 118, 0], [3, 3, 3, 3], [0, -700]])
def test_logsumexp_is_rounded_once(row):
    truth = mpmath.log(sum(mpmath.exp(z) for z in row))
    assert exact_logsumexp(row) == float(truth)
    assert logsumexp(np.array(row, float)) == pytest.approx(exact_logsumexp(row), rel=1e-15)


def test_exact_values_keep_the_shape_and_agree_with_floats():
    z = np.linspace(-50, 50, 12).reshape(3, 4)
    exact, core = exact_binary_cross_entropy(z, 1), binary_cross_entropy_with_logits(z, np.ones_like(z))
    assert exact.value.shape == exact.grad.shape == (3, 4)
    assert np.allclose(exact.value.astype(float), core.value, rtol=1e-15, atol=0)
    assert np.allclose(exact.grad.astype(float), core.grad, rtol=1e-15, atol=0)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_three_ways_at_a_logit_of_1000(dtype):
    z = np.array([1000, 0], dtype)
    assert np.isnan(naive_cross_entropy(naive_softmax(z), [0, 1]))
    assert naive_cross_entropy(shifted_softmax(z), [0, 1]) == np.inf
    assert np.isnan(naive_cross_entropy(shifted_softmax(z), [1, 0]))  # 0 · ln 0
    ours = cross_entropy_in_log_space(z, [0, 1])
    assert ours == 1000
    assert ours.dtype == dtype


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_log_space_keeps_all_but_the_last_few_bits(dtype):
    z = np.stack([np.arange(1, 8, dtype=dtype), np.zeros(7, dtype)], axis=-1)
    for target, y in (([1, 0], 1), ([0, 1], 0)):
        exact = exact_binary_cross_entropy(z[:, 0], y).value
        assert (correct_bits(cross_entropy_in_log_space(z, target), exact) > np.finfo(dtype).nmant - 3).all()


def test_each_step_of_logsumexp_keeps_its_format():
    steps = logsumexp_steps(np.array([120, 118, 0], np.float16), 118)
    assert {part.dtype for part in steps} == {np.dtype(np.float16)}
    assert steps.shifted.tolist() == [2, 0, -118]
    assert steps.powers[2] == 0
    assert abs(float(steps.value) - exact_logsumexp([120, 118, 0])) < 0.07
    assert logsumexp_steps(np.array([120, 118, 0], np.float16), 0).value == np.inf
    assert logsumexp_steps(np.array([120, 118, 0], np.float16), 140).value == -np.inf


def test_correct_bits():
    exact = exact_binary_cross_entropy([0.0], 1).value
    assert correct_bits(np.log([2.0]), exact) == pytest.approx(53, abs=1)
    assert correct_bits([0.0], exact) == 0
    assert correct_bits(np.array([np.inf, np.nan]), exact).tolist() == [0, 0]
    assert correct_bits([np.log(2) * (1 + 2**-10)], exact) == pytest.approx(10, abs=0.01)
    assert correct_bits([0.0], [exact_exp(0) - 1]) == 53
