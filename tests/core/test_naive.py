"""The textbook expressions fail as the numerics lesson says, and in the dtype of their arguments."""

import numpy as np
import pytest

from xent_core import binary_cross_entropy_with_logits, kl_divergence, log_softmax, softmax
from xent_core.naive import (
    clipped_binary_cross_entropy,
    log_after_softmax,
    naive_binary_cross_entropy,
    naive_kl_divergence,
    naive_sigmoid,
    naive_softmax,
    shifted_softmax,
    ulp_error,
)


@pytest.mark.parametrize(("dtype", "overflows_at"), [(np.float16, 12), (np.float32, 89), (np.float64, 710)])
def test_softmax_without_a_shift_overflows(dtype, overflows_at):
    finite, overflowing = (np.array([z, 0], dtype) for z in (overflows_at - 1, overflows_at))
    assert np.isfinite(naive_softmax(finite)).all()
    assert np.isnan(naive_softmax(overflowing)[0])
    assert shifted_softmax(overflowing).tolist()[0] == 1
    for function in (naive_softmax, shifted_softmax, log_after_softmax, naive_sigmoid):
        assert function(overflowing).dtype == dtype


@pytest.mark.parametrize(("dtype", "underflows_at"), [(np.float16, 18), (np.float32, 104), (np.float64, 746)])
def test_logarithm_after_softmax_underflows(dtype, underflows_at):
    logits = np.array([underflows_at, 0], dtype)
    assert log_after_softmax(logits)[1] == -np.inf
    assert log_softmax(logits)[1] == pytest.approx(-underflows_at)


def test_moderate_logits_agree_with_the_accurate_functions():
    logits = np.random.default_rng(0).normal(size=(5, 4))
    assert np.allclose(naive_softmax(logits), softmax(logits), rtol=1e-14)
    assert np.allclose(log_after_softmax(logits), log_softmax(logits), rtol=1e-13)
    z, y = np.linspace(-5, 5, 11), np.tile([0.0, 1.0], 6)[:11]
    accurate = binary_cross_entropy_with_logits(z, y)
    for loss in (naive_binary_cross_entropy(z, y), clipped_binary_cross_entropy(z, y)):
        assert np.allclose(loss.value, accurate.value, rtol=1e-12)
        assert np.allclose(loss.grad, accurate.grad, rtol=1e-12)


def test_a_rounded_p_gives_a_loss_of_zero_infinity_or_nan():
    assert naive_binary_cross_entropy([-40.0], [0.0]).value == pytest.approx(0, abs=1e-16)
    assert naive_binary_cross_entropy([40.0], [0.0]).value == np.inf
    assert np.isnan(naive_binary_cross_entropy([40.0], [1.0]).value)  # 0 · log 0


SURE = np.array([-200.0, -50, -37, -20, -3, 0, 3, 17, 20, 37, 50, 200])


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("y", [0, 1])
@pytest.mark.parametrize("clip", [None, 1e-8, 1e-7, 1e-4])
def test_the_gradient_is_that_of_automatic_differentiation(dtype, y, clip):
    # p - y would hide that the gradient of this expression is nan where p is 0 or 1.
    torch = pytest.importorskip("torch")
    z = SURE.astype(dtype)
    loss = naive_binary_cross_entropy(z, y) if clip is None else clipped_binary_cross_entropy(z, y, clip=clip)
    p = torch.tensor(naive_sigmoid(z), requires_grad=True)
    held = p if clip is None else p.clamp(clip, 1 - clip)
    (y * -held.log() + (1 - y) * -(1 - held).log()).sum().backward()
    of_sigmoid = (p * (1 - p)).detach()
    expected = p.grad * of_sigmoid
    np.testing.assert_allclose(loss.grad, expected.numpy(), rtol=8 * np.finfo(dtype).eps)
    if clip is None:
        assert np.isnan(loss.grad[-1]), "p is 1"


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_clipping_flattens_the_gradient_where_the_model_is_most_wrong(dtype):
    loss = clipped_binary_cross_entropy(np.array([-40.0, -3.0], dtype), np.array([1.0, 1.0], dtype))
    assert loss.value[0] == pytest.approx(-np.log(1e-7), rel=1e-6)
    assert loss.grad[0] == 0
    assert loss.grad[1] == pytest.approx(-0.9526, abs=1e-4)
    assert loss.value.dtype == loss.grad.dtype == dtype


def test_the_textbook_divergence_can_be_negative():
    p, q = np.array([0.5, 0.5]), np.array([0.5 + 2**-40, 0.5 - 2**-40])
    assert naive_kl_divergence(p, q) < 0 < kl_divergence(p, q).value
    assert np.isnan(naive_kl_divergence([1.0, 0.0], [0.5, 0.5]))


def test_errors_in_ulps():
    assert ulp_error(1.0, 1.0) == 0
    assert ulp_error(np.nextafter(1.0, 2), 1.0) == 1
    assert ulp_error(np.float32(1 + 2**-22), 1.0) == 2
    assert ulp_error(np.float16(0.1), 0.1) <= 0.5
    assert ulp_error(0.0, 2.0**-60) == 2.0**52
    assert ulp_error([np.inf], [np.inf]) == 0
    assert np.isinf(ulp_error([np.inf], [1.0]))
    assert np.isinf(ulp_error(np.array([np.inf], np.float16), [1e5]))
    assert np.isnan(ulp_error([np.nan], [1.0]))


def test_arguments_are_not_written_to():
    logits = np.array([3.0, 1.0])
    logits.flags.writeable = False
    naive_softmax(logits), shifted_softmax(logits), log_after_softmax(logits), naive_sigmoid(logits)
    assert logits.tolist() == [3, 1]
