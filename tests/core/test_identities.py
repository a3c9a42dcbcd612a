"""Identities: results that must be equal whichever way they are computed."""

import numpy as np
import pytest

import xent_core as xc
from xent_core import Unit

RNG = np.random.default_rng(0)
LOGITS = 3 * RNG.normal(size=(5, 4))
LABELS = RNG.integers(0, 4, 5)
P, Q = RNG.dirichlet(np.ones(4), size=(2, 5))
Z = np.linspace(-30, 30, 41)
WEIGHT = np.array([0.5, 1.0, 2.0, 0.25])


def assert_same(one, other, rtol=1e-13, atol=1e-15):
    np.testing.assert_allclose(one.value, other.value, rtol=rtol, atol=atol)
    np.testing.assert_allclose(one.grad, other.grad, rtol=rtol, atol=atol)


def test_cross_entropy_is_entropy_plus_divergence():
    np.testing.assert_allclose(
        xc.cross_entropy(P, Q).value, xc.entropy(P).value + xc.kl_divergence(P, Q).value, rtol=1e-14
    )


def test_softmax_is_invariant_to_a_shift():
    np.testing.assert_allclose(xc.softmax(LOGITS + 64), xc.softmax(LOGITS), rtol=1e-13)
    np.testing.assert_allclose(xc.logsumexp(LOGITS + 64), xc.logsumexp(LOGITS) + 64, rtol=1e-14)
    assert_same(xc.softmax_cross_entropy(LOGITS + 64, P), xc.softmax_cross_entropy(LOGITS, P), rtol=1e-11)


def test_two_classes_agree_with_the_binary_losses():
    pair = np.stack([np.zeros_like(Z), Z], axis=-1)
    for label in (0, 1):
        for two, one in [
            (xc.sparse_softmax_cross_entropy(pair, label), xc.binary_cross_entropy_with_logits(Z, label)),
            (xc.softmax_focal_loss(pair, label), xc.sigmoid_focal_loss(Z, label)),
        ]:
            np.testing.assert_allclose(two.value, one.value, rtol=1e-14)
            np.testing.assert_allclose(two.grad[:, 1], one.grad, rtol=1e-14)
        two, one = xc.softmax_squared_error(pair, np.eye(2)[label]), xc.sigmoid_squared_error(Z, label)
        np.testing.assert_allclose(two.value, 2 * one.value, rtol=1e-14)  # both classes have the same error
    np.testing.assert_allclose(xc.softmax(pair)[:, 1], xc.sigmoid(Z), rtol=1e-14)
    np.testing.assert_allclose(xc.logsumexp(pair), xc.softplus(Z), rtol=1e-14)


def test_losses_of_logits_agree_with_losses_of_probabilities():
    soft = RNG.uniform(size=Z.size)
    np.testing.assert_allclose(
        xc.binary_cross_entropy(xc.sigmoid(Z), soft).value,
        xc.binary_cross_entropy_with_logits(Z, soft).value,
        rtol=1e-3,  # the probabilities have already lost the digits
    )
    np.testing.assert_allclose(
        xc.categorical_cross_entropy(xc.softmax(LOGITS), P).value, xc.softmax_cross_entropy(LOGITS, P).value
    )
    np.testing.assert_allclose(np.exp(xc.log_softmax(LOGITS)), xc.softmax(LOGITS), rtol=1e-14)


def test_focal_loss_with_gamma_0_is_cross_entropy():
    assert_same(xc.softmax_focal_loss(LOGITS, LABELS, gamma=0), xc.sparse_softmax_cross_entropy(LOGITS, LABELS))
    labels = RNG.integers(0, 2, Z.size)
    assert_same(xc.sigmoid_focal_loss(Z, labels, gamma=0), xc.binary_cross_entropy_with_logits(Z, labels))


def test_default_options_change_nothing():
    plain = xc.sparse_softmax_cross_entropy(LOGITS, LABELS)
    assert_same(xc.sparse_softmax_cross_entropy(LOGITS, LABELS, label_smoothing=0.0), plain)
    assert_same(xc.sparse_softmax_cross_entropy(LOGITS, LABELS, class_weight=np.ones(4)), plain)
    np.testing.assert_array_equal(xc.smooth_labels(P, 0), P)


@pytest.mark.parametrize("weight", [None, WEIGHT])
@pytest.mark.parametrize("smoothing", [0.0, 0.1, 1.0])
def test_one_hot_targets_agree_with_sparse_labels(weight, smoothing):
    one_hot = xc.one_hot(LABELS, 4)
    dense = xc.softmax_cross_entropy(LOGITS, one_hot, class_weight=weight, label_smoothing=smoothing)
    assert_same(xc.sparse_softmax_cross_entropy(LOGITS, LABELS, class_weight=weight, label_smoothing=smoothing), dense)
    smoothed = xc.smooth_labels(one_hot, smoothing)
    assert_same(xc.softmax_cross_entropy(LOGITS, smoothed, class_weight=weight), dense)


def test_smoothing_with_class_weight_follows_its_formula():
    cost = -xc.log_softmax(LOGITS)
    of_label = WEIGHT[LABELS] * cost[np.arange(5), LABELS]
    expected = (1 - 0.3) * of_label + 0.3 / 4 * (WEIGHT * cost).sum(axis=-1)
    got = xc.sparse_softmax_cross_entropy(LOGITS, LABELS, class_weight=WEIGHT, label_smoothing=0.3)
    np.testing.assert_allclose(got.value, expected, rtol=1e-14)


def test_gradients_of_softmax_losses_sum_to_zero():
    for loss in (
        xc.softmax_cross_entropy(LOGITS, P, class_weight=WEIGHT, label_smoothing=0.1),
        xc.sparse_softmax_cross_entropy(LOGITS, LABELS),
        xc.softmax_focal_loss(LOGITS, LABELS),
        xc.softmax_squared_error(LOGITS, P),
        xc.listnet_loss(LOGITS, P),
        xc.multiclass_hinge_loss(LOGITS, LABELS),
        xc.pairwise_hinge_loss(LOGITS, P),
    ):
        np.testing.assert_allclose(loss.grad.sum(axis=-1), 0, atol=1e-15)


def test_values_with_a_closed_form():
    third = np.log(3)
    loss = xc.sparse_softmax_cross_entropy([0.0, 0.0, 0.0], 1)
    np.testing.assert_allclose(loss.value, third)
    np.testing.assert_allclose(loss.grad, [1 / 3, -2 / 3, 1 / 3])
    np.testing.assert_allclose(xc.binary_cross_entropy_with_logits(0.0, 1, pos_weight=4).value, 4 * np.log(2))
    np.testing.assert_allclose(xc.sigmoid_focal_loss(0.0, 1, gamma=3, alpha=0.25).value, 0.25 * 0.5**3 * np.log(2))
    np.testing.assert_allclose(xc.sigmoid_focal_loss(0.0, 0, gamma=3, alpha=0.25).value, 0.75 * 0.5**3 * np.log(2))
    np.testing.assert_allclose(xc.softmax_squared_error([0.0, 0.0], [1, 0]).value, 0.5**2 + 0.5**2)
    np.testing.assert_allclose(xc.squared_error(3.0, 1.0), [4, 4])
    np.testing.assert_allclose(xc.huber_loss(3.0, 1.0, delta=1.5), [1.5 * (2 - 1.5 / 2), 1.5])
    np.testing.assert_allclose(xc.huber_loss(-0.5, 0.0), [0.5 * 0.5**2, -0.5])
    # the pairs (0, 1), (0, 2), and (2, 1) have leads of 2, 0.5, and 1.5; the margin is 1
    np.testing.assert_allclose(xc.pairwise_hinge_loss([2.0, 0.0, 1.5], [2, 0, 1]).value, (0 + 0.5 + 0) / 3)
    assert xc.pairwise_hinge_loss([2.0, 0.0], [1, 1]).value == 0
    np.testing.assert_allclose(xc.listnet_loss([0.0, 0.0], [5, 1]).value, np.log(2))


@pytest.mark.parametrize("n_classes", [2, 3, 4, 5, 10])
def test_uniform_logits_have_no_gradient_against_a_uniform_target(n_classes):
    logits, uniform = np.zeros(n_classes), np.full(n_classes, 1 / n_classes)
    assert not xc.softmax_cross_entropy(logits, uniform).grad.any()
    assert not xc.listnet_loss(logits, logits).grad.any()


@pytest.mark.parametrize(
    "result",
    [
        xc.sparse_softmax_cross_entropy([[1000.0, 0.0], [0.0, -np.inf]], 0),
        xc.sparse_softmax_cross_entropy([1.0, 2.0], 0, class_weight=[0, 1]),
        xc.softmax_focal_loss([1000.0, 0.0], 0),
        xc.sigmoid_focal_loss([800.0, -800.0], [1, 0]),
        xc.sigmoid_focal_loss(1.0, 1, alpha=0.0),
        xc.binary_cross_entropy_with_logits([800.0, -800.0], [1, 0]),
        xc.binary_cross_entropy([1.0, 0.0], [1, 0]),
        xc.categorical_cross_entropy([1.0], [1]),
        xc.hinge_loss([2.0, -2.0], [1, -1]),
        xc.squared_error([1.0], [1.0]),
        xc.surprise(1.0),
        xc.entropy([1.0, 0.0]),
        [xc.log_sigmoid(1000.0), xc.log_softmax([1000.0, 0.0])],
        [xc.entropy([0.5, 0.5]).grad @ (1, -1), xc.cross_entropy([0.3, 0.7], [0.3, 0.7]).grad @ (1, -1)],
        [xc.js_divergence([0.3, 0.7], [0.3, 0.7]).grad],
    ],
)
def test_a_zero_is_never_negative(result):
    zeros = np.concatenate([array[array == 0] for array in map(np.atleast_1d, result)])
    assert zeros.size
    assert not np.signbit(zeros).any()


def test_units():
    coin = xc.entropy([0.5, 0.5]).value
    assert Unit.BITS.of(coin) == 1
    assert Unit.NATS.of(coin) == coin
    assert [unit.symbol for unit in Unit] == ["nats", "bits"]
    assert [unit.log_name for unit in Unit] == ["ln", "log2"]


def test_class_weights():
    labels = np.repeat([0, 1, 2], [1, 10, 100])
    balanced = xc.balanced_class_weight(labels, 3)
    np.testing.assert_allclose(balanced * [1, 10, 100], 111 / 3)  # every class has the same total weight
    np.testing.assert_allclose(xc.effective_number_class_weight(labels, 3, beta=0), 1)
    inverse = balanced / balanced.sum() * 3
    np.testing.assert_allclose(xc.effective_number_class_weight(labels, 3, beta=1 - 1e-15), inverse, rtol=1e-12)


def test_reductions():
    loss = xc.sparse_softmax_cross_entropy(LOGITS, LABELS)
    assert_same(xc.mean(loss), xc.ValueAndGrad(loss.value.mean(), loss.grad / 5))
    assert_same(xc.total(loss), xc.ValueAndGrad(loss.value.sum(), loss.grad))
    ignored = xc.mean(loss, weight=[1, 1, 0, 0, 0])
    assert_same(ignored, xc.ValueAndGrad(loss.value[:2].mean(), loss.grad / 2 * [[1], [1], [0], [0], [0]]))
    assert_same(xc.mean(loss, weight=[1e308] * 5), xc.mean(loss))
    for reduce, nothing in ((xc.mean, np.nan), (xc.total, 0.0)):
        value, grad = reduce(loss, weight=np.zeros(5))
        np.testing.assert_equal(value, nothing)
        assert not grad.any()
        np.testing.assert_equal(reduce(xc.squared_error([], [])).value, nothing)
    impossible = xc.sparse_softmax_cross_entropy([[0.0, -np.inf], [0.0, 0.0]], [1, 1])
    assert xc.mean(impossible).value == np.inf
    np.testing.assert_allclose(xc.mean(impossible, weight=[0, 1]).value, np.log(2))
