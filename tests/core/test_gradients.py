"""The gradient of every loss against central differences of its value."""

import numpy as np
import pytest
from helpers import check_gradient

import xent_core as xc

RNG = np.random.default_rng(0)
LOGITS = RNG.normal(size=(3, 4))
ONE_ROW = RNG.normal(size=4)
LABELS = np.array([0, 3, 1])
SOFT = RNG.dirichlet(np.ones(4), size=3)
WEIGHT = np.array([0.5, 1.0, 2.0, 0.0])
Z = np.array([-3.0, -0.4, 0.2, 2.5])
Y = np.array([0.0, 1.0, 0.3, 1.0])
BINARY = np.array([0, 1, 0, 1])
SIGNS = np.array([-1, 1, 1, -1])

LOSSES = {  # name: (the loss as a function of the model's argument alone, the point at which to differentiate it)
    "binary_cross_entropy": (lambda p: xc.binary_cross_entropy(p, Y), np.array([0.1, 0.4, 0.5, 0.9])),
    "binary_cross_entropy_with_logits": (lambda z: xc.binary_cross_entropy_with_logits(z, Y, pos_weight=3.0), Z),
    "sigmoid_squared_error": (lambda z: xc.sigmoid_squared_error(z, Y), Z),
    "sigmoid_focal_loss": (lambda z: xc.sigmoid_focal_loss(z, BINARY, gamma=0.7, alpha=0.3), Z),
    "categorical_cross_entropy": (lambda p: xc.categorical_cross_entropy(p, SOFT), SOFT[::-1]),
    "softmax_cross_entropy": (
        lambda z: xc.softmax_cross_entropy(z, SOFT, class_weight=WEIGHT, label_smoothing=0.2),
        LOGITS,
    ),
    "sparse_softmax_cross_entropy": (lambda z: xc.sparse_softmax_cross_entropy(z, LABELS), LOGITS),
    "sparse_softmax_cross_entropy, smoothed": (
        lambda z: xc.sparse_softmax_cross_entropy(z, LABELS, class_weight=WEIGHT, label_smoothing=0.2),
        LOGITS,
    ),
    "softmax_squared_error": (lambda z: xc.softmax_squared_error(z, SOFT), LOGITS),
    "softmax_squared_error, one-hot": (lambda z: xc.softmax_squared_error(z, np.eye(4)[LABELS]), LOGITS),
    "softmax_focal_loss": (lambda z: xc.softmax_focal_loss(z, LABELS, gamma=1.5, class_weight=WEIGHT), LOGITS),
    "hinge_loss": (lambda s: xc.hinge_loss(s, SIGNS), Z),
    "squared_hinge_loss": (lambda s: xc.squared_hinge_loss(s, SIGNS), Z),
    "multiclass_hinge_loss": (lambda s: xc.multiclass_hinge_loss(s, LABELS), LOGITS),
    "squared_error": (lambda f: xc.squared_error(f, Y), Z),
    "absolute_error": (lambda f: xc.absolute_error(f, Y), Z),
    "huber_loss": (lambda f: xc.huber_loss(f, Y, delta=1.2), Z),
    "pairwise_hinge_loss": (lambda s: xc.pairwise_hinge_loss(s, [[2, 0, 1, 1]] * 3), LOGITS),
    "listnet_loss": (lambda s: xc.listnet_loss(s, [[2, 0, 1, 1]] * 3), LOGITS),
    "mean": (lambda z: xc.mean(xc.sparse_softmax_cross_entropy(z, LABELS), weight=[1, 0, 3]), LOGITS),
    "total": (lambda z: xc.total(xc.softmax_cross_entropy(z, SOFT), weight=[1, 0, 3]), LOGITS),
    "surprise": (xc.surprise, np.array([0.1, 0.5, 0.9])),
    "entropy": (xc.entropy, SOFT),
    "cross_entropy": (lambda q: xc.cross_entropy(SOFT[0], q), SOFT[1]),
    "js_divergence": (lambda q: xc.js_divergence(SOFT[0], q), SOFT[1]),
    "constant_prediction_loss": (lambda c: xc.constant_prediction_loss(xc.huber_loss, c, Y, delta=0.5), Z),
    "cross_entropy_at_temperature": (
        lambda t: xc.cross_entropy_at_temperature(Z, BINARY, t),
        np.array([0.5, 1.0, 3.0]),
    ),
}


@pytest.mark.parametrize("name", LOSSES)
def test_gradient_matches_central_differences(name):
    check_gradient(*LOSSES[name])


def test_gradient_of_kl_divergence_along_the_simplex():
    """The value is summed as p log(p/q) - p + q, so the slopes agree only for changes that keep the sum of q."""

    def value_after(step):
        return xc.kl_divergence(SOFT[0], SOFT[1] + step * np.array([1, -1, 0, 0])).value

    grad = xc.kl_divergence(SOFT[0], SOFT[1]).grad
    np.testing.assert_allclose((value_after(1e-5) - value_after(-1e-5)) / 2e-5, grad[0] - grad[1], rtol=1e-5)


def test_every_loss_is_in_the_registry():
    losses = {name for name in xc.__all__ if "loss" in name or "error" in name or "cross_entropy" in name}
    not_differentiated = {"expected_loss", "expected_calibration_error", "maximum_calibration_error", "loss_surface"}
    assert losses - not_differentiated <= {name.split(",")[0] for name in LOSSES}


@pytest.mark.parametrize("wrong", [lambda g: -g, lambda g: g + 1e-6, lambda g: g * 1.0001, lambda g: g[..., ::-1]])
def test_the_gradient_check_rejects_a_wrong_gradient(wrong):
    def loss(z):
        value, grad = xc.sparse_softmax_cross_entropy(z, LABELS)
        return xc.ValueAndGrad(value, wrong(grad))

    with pytest.raises(AssertionError, match="measured"):
        check_gradient(loss, LOGITS)


@pytest.mark.parametrize(
    ("loss", "at"),
    [
        (lambda s: xc.hinge_loss(s, 1), 1.0),
        (lambda s: xc.squared_hinge_loss(s, 1), 1.0),
        (lambda s: xc.multiclass_hinge_loss(s, 0), [1.0, 0.0]),
        (lambda s: xc.pairwise_hinge_loss(s, [1, 0]), [1.0, 0.0]),
        (lambda f: xc.absolute_error(f, 2.0), 2.0),
    ],
)
def test_the_gradient_is_zero_at_a_kink(loss, at):
    assert not loss(at).grad.any()
