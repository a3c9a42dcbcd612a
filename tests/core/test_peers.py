"""Agreement with SciPy, scikit-learn, and PyTorch on ordinary inputs."""

import numpy as np
import pytest
import scipy.special
import sklearn.metrics

import xent_core as xc

RNG = np.random.default_rng(0)
LOGITS = 2 * RNG.normal(size=(6, 5))
LABELS = RNG.integers(0, 5, 6)
TARGET = RNG.dirichlet(np.ones(5), size=6)
Z = 3 * RNG.normal(size=8)
Y = RNG.integers(0, 2, 8)
WEIGHT = np.array([0.5, 1.0, 2.0, 3.0, 0.1])


def assert_agree(ours, theirs):
    np.testing.assert_allclose(ours, theirs, rtol=1e-12, atol=1e-15)


def test_scipy():
    assert_agree(xc.softmax(LOGITS, axis=0), scipy.special.softmax(LOGITS, axis=0))
    assert_agree(xc.log_softmax(LOGITS), scipy.special.log_softmax(LOGITS, axis=-1))
    assert_agree(xc.logsumexp(LOGITS, axis=0), scipy.special.logsumexp(LOGITS, axis=0))
    assert_agree(xc.sigmoid(Z), scipy.special.expit(Z))
    assert_agree(xc.log_sigmoid(Z), scipy.special.log_expit(Z))
    assert_agree(xc.huber_loss(Z, 0.0, delta=1.5).value, scipy.special.huber(1.5, Z))


def test_scikit_learn():
    probs = xc.softmax(LOGITS)
    ours = xc.mean(xc.sparse_softmax_cross_entropy(LOGITS, LABELS)).value
    assert_agree(ours, sklearn.metrics.log_loss(LABELS, probs, labels=range(5)))
    assert_agree(xc.mean(xc.binary_cross_entropy_with_logits(Z, Y)).value, sklearn.metrics.log_loss(Y, xc.sigmoid(Z)))
    assert_agree(xc.mean(xc.sigmoid_squared_error(Z, Y)).value, sklearn.metrics.brier_score_loss(Y, xc.sigmoid(Z)))
    assert_agree(xc.mean(xc.hinge_loss(Z, 2 * Y - 1)).value, sklearn.metrics.hinge_loss(2 * Y - 1, Z))
    crammer_singer = sklearn.metrics.hinge_loss(LABELS, LOGITS, labels=range(5))
    assert_agree(xc.mean(xc.multiclass_hinge_loss(LOGITS, LABELS)).value, crammer_singer)
    labels = np.array([0, 0, 1, 2, 2, 2])
    theirs = sklearn.utils.class_weight.compute_class_weight("balanced", classes=np.arange(3), y=labels)
    assert_agree(xc.balanced_class_weight(labels, 3), theirs)


class TestPyTorch:
    @pytest.fixture
    def torch(self):
        return pytest.importorskip("torch", reason="PyTorch is not installed: its losses are not compared")

    def compare(self, torch, ours, theirs, argument):
        z = torch.tensor(argument, requires_grad=True)
        value = theirs(z)
        value.sum().backward()
        assert_agree(ours.value, value.detach().numpy())
        assert_agree(ours.grad, z.grad.numpy())

    @pytest.mark.parametrize("smoothing", [0.0, 0.1])
    @pytest.mark.parametrize("weight", [None, WEIGHT])
    def test_cross_entropy(self, torch, weight, smoothing):
        options = {"weight": None if weight is None else torch.tensor(weight), "label_smoothing": smoothing}
        for ours, target in ((xc.sparse_softmax_cross_entropy, LABELS), (xc.softmax_cross_entropy, TARGET)):
            self.compare(
                torch,
                ours(LOGITS, target, class_weight=weight, label_smoothing=smoothing),
                lambda z, y=target: torch.nn.functional.cross_entropy(z, torch.tensor(y), reduction="none", **options),
                LOGITS,
            )

    def test_binary(self, torch):
        f, y = torch.nn.functional, torch.tensor(Y, dtype=torch.float64)
        ours = xc.binary_cross_entropy_with_logits(Z, Y, pos_weight=3.0)
        weight = torch.tensor(3.0, dtype=torch.float64)
        self.compare(
            torch, ours, lambda z: f.binary_cross_entropy_with_logits(z, y, pos_weight=weight, reduction="none"), Z
        )
        p = xc.sigmoid(Z)
        self.compare(torch, xc.binary_cross_entropy(p, Y), lambda p: f.binary_cross_entropy(p, y, reduction="none"), p)

    def test_regression(self, torch):
        f, y = torch.nn.functional, torch.zeros(8, dtype=torch.float64)
        self.compare(torch, xc.squared_error(Z, 0), lambda z: f.mse_loss(z, y, reduction="none"), Z)
        self.compare(torch, xc.absolute_error(Z, 0), lambda z: f.l1_loss(z, y, reduction="none"), Z)
        huber = xc.huber_loss(Z, 0, delta=0.7)
        self.compare(torch, huber, lambda z: f.huber_loss(z, y, reduction="none", delta=0.7), Z)

    def test_ignored_examples(self, torch):
        labels = torch.tensor(np.where(LABELS == 1, -100, LABELS))
        ours = xc.mean(xc.sparse_softmax_cross_entropy(LOGITS, LABELS), weight=LABELS != 1)
        self.compare(torch, ours, lambda z: torch.nn.functional.cross_entropy(z, labels), LOGITS)
