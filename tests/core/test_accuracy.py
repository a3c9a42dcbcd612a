"""Every loss against its definition in 50-digit arithmetic, including logits that a float can barely distinguish."""

import definitions
import numpy as np
import pytest
from helpers import exact, ulps
from mpmath import inf, mp, mpf

import xent_core as xc

DTYPES = [np.float64, np.float32]
LIMIT = 8  # the largest error of a value or a gradient, in ulp


def adversarial_rows(dtype, n=40):
    """Return rows of logits in ±1e4: spread, shifted, nearly tied, underflowing, with one dominant class, and long."""
    rng = np.random.default_rng(0)
    kinds = [
        lambda k: rng.normal(size=k) * 10 ** rng.uniform(-3, 3.5),
        lambda k: rng.normal(size=k) * 30 + rng.choice([-9e3, 9e3, 700, -700]),
        lambda k: rng.normal() + rng.normal(size=k) * 1e-9,
        lambda k: np.append(rng.uniform(-745, 0, size=k - 1), 1 / 3),
        lambda k: np.append(rng.uniform(-1e4, 0, size=k - 1), 1e4),
        lambda k: np.append(rng.normal(size=k - 1), np.nextafter(1e4, 0)) + [1e4] * min(k, 1),
        lambda k: rng.uniform(-104, 104, size=k) + 1 / 3,
    ]
    rows = [kinds[i % len(kinds)](int(rng.choice([1, 2, 3, 5, 10, 40]))) for i in range(n)]
    rows += [3 * rng.normal(size=1000), rng.uniform(-120, 20, size=1000)]
    tied = [5.0, 5.0, 5.0], [50.0, 50.0, 0.0], [0.0, 200.0, 7.0, 200.0], [1e4, 1e4 - 1e-11, 9e3], [0.0, -1e4]
    rows += [np.array(row) for row in tied]
    return [np.clip(row, -1e4, 1e4).astype(dtype) for row in rows]


def binary_logits(dtype):
    rng = np.random.default_rng(1)
    edges = [-1e4, 1e4, -745, 800, -104, -40, 40, 0, -0.0, 1e-30, -1e-30]
    random = [rng.uniform(-745, 800, 40), rng.uniform(-104, 104, 40), 5 * rng.normal(size=40)]
    return np.concatenate([edges, *random]).astype(dtype)


def check_accuracy(got, truth, limit=LIMIT, dtype=None):
    value, grad = truth
    assert ulps(got.value, value) <= limit
    assert ulps(got.grad, grad) <= limit
    assert got.value.dtype == got.grad.dtype == dtype


@pytest.mark.parametrize("dtype", DTYPES)
class TestHardLabels:
    def test_softmax_losses(self, dtype):
        rng = np.random.default_rng(2)
        for x in adversarial_rows(dtype):
            weight = rng.uniform(0.1, 7, x.size)
            for label in {0, x.size - 1, int(x.argmax()), int(rng.integers(x.size))}:
                plain = definitions.hard_cross_entropy(exact(x), label)
                weighted = definitions.hard_cross_entropy(exact(x), label, weight[label])
                one_hot = np.eye(x.size, dtype=dtype)[label]
                check_accuracy(xc.sparse_softmax_cross_entropy(x, label), plain, dtype=dtype)
                check_accuracy(xc.softmax_cross_entropy(x, one_hot), plain, dtype=dtype)
                check_accuracy(xc.sparse_softmax_cross_entropy(x, label, class_weight=weight), weighted, dtype=dtype)
                check_accuracy(xc.softmax_cross_entropy(x, one_hot, class_weight=weight), weighted, dtype=dtype)

    @pytest.mark.parametrize("gamma", [0, 0.5, 1, 2, 5])
    def test_softmax_focal_loss(self, dtype, gamma):
        for x in adversarial_rows(dtype)[::2]:
            for label in {0, int(x.argmax())}:
                truth = definitions.focal(exact(x), label, gamma)
                limit = max(LIMIT, 2 * gamma)  # (1 - p)^gamma multiplies the error of 1 - p by gamma
                check_accuracy(xc.softmax_focal_loss(x, label, gamma=gamma), truth, limit, dtype=dtype)

    def test_softmax_squared_error(self, dtype):
        for x in adversarial_rows(dtype)[1::2]:
            for label in {0, int(x.argmax())}:
                one_hot = np.eye(x.size, dtype=dtype)[label]
                got = xc.softmax_squared_error(x, one_hot)
                value, grad = definitions.squared_error(exact(x), exact(one_hot))
                assert ulps(got.value, value) <= LIMIT
                # The gradient crosses zero for some wrong classes, so its error there is measured relative to p.
                for g, true, p in zip(got.grad, grad, definitions.softmax(exact(x))[0], strict=True):
                    assert ulps(g, true) <= LIMIT or abs(mpf(float(g)) - true) <= 4 * np.finfo(dtype).eps * p

    def test_binary_losses(self, dtype):
        for z in binary_logits(dtype):
            for y in (0, 1):
                exact_z = mpf(float(z))
                check_accuracy(xc.binary_cross_entropy_with_logits(z, y), definitions.binary(exact_z, y), dtype=dtype)
                got = xc.binary_cross_entropy_with_logits(z, y, pos_weight=3.7)
                check_accuracy(got, definitions.binary(exact_z, y, 3.7), dtype=dtype)
                check_accuracy(
                    xc.sigmoid_squared_error(z, y), definitions.binary_squared_error(exact_z, y), dtype=dtype
                )
                for gamma in (0, 0.5, 1, 2, 5):
                    got = xc.sigmoid_focal_loss(z, y, gamma=gamma, alpha=0.3)
                    check_accuracy(got, definitions.binary_focal(exact_z, y, gamma, 0.3), dtype=dtype)

    def test_hinge_losses_are_exact_near_the_margin(self, dtype):
        rng = np.random.default_rng(3)
        for _ in range(200):
            s = (rng.normal(size=3) * 10 ** rng.uniform(-9, 4)).astype(dtype)
            s[1] = s[0] - dtype(1)  # exactly at the margin, except for rounding
            a, b, c = exact(s)
            missing = 1 + max(b, c) - a
            got = xc.multiclass_hinge_loss(s, 0)
            assert ulps(got.value, max(missing, mpf(0))) <= 2
            assert got.grad[0] == (-1 if missing > 0 else 0)
            by_hand = [max(1 - a, mpf(0)), max(1 - b, mpf(0)), max(1 + c, mpf(0))]
            assert ulps(xc.hinge_loss(s, [1, 1, -1]).value, by_hand) <= 1


@pytest.mark.parametrize("dtype", DTYPES)
class TestSoftLabels:
    """A gradient p - y with a soft label y may cancel, so its error is measured relative to its two terms."""

    def test_softmax_losses(self, dtype):
        rng = np.random.default_rng(4)
        eps = np.finfo(dtype).eps
        for x in adversarial_rows(dtype):
            if x.size > 100:
                continue
            target = rng.dirichlet(np.ones(x.size)).astype(dtype)
            p = definitions.softmax(exact(x))[0]
            smoothed = [(1 - mpf(0.1)) * t + mpf(0.1) / x.size for t in exact(np.eye(x.size)[0])]
            soft = xc.softmax_cross_entropy(x, target)
            sparse = xc.sparse_softmax_cross_entropy(x, 0, label_smoothing=0.1)
            squared = xc.softmax_squared_error(x, target)
            for got, (value, grad), t in [
                (soft, definitions.cross_entropy(exact(x), exact(target)), target),
                (sparse, definitions.cross_entropy(exact(x), smoothed), smoothed),
                (squared, definitions.squared_error(exact(x), exact(target)), [1] * x.size),
            ]:
                assert ulps(got.value, value) <= LIMIT
                for j in range(x.size):
                    scale = p[j] + mpf(float(t[j]))
                    error = abs(mpf(float(got.grad[j])) - grad[j])
                    assert error <= 4 * eps * scale or ulps(got.grad[j], grad[j]) <= 2

    def test_binary_losses(self, dtype):
        rng = np.random.default_rng(5)
        eps = np.finfo(dtype).eps
        for z in binary_logits(dtype):
            y = dtype(rng.uniform())
            exact_z, exact_y = mpf(float(z)), mpf(float(y))
            got, truth = xc.binary_cross_entropy_with_logits(z, y), definitions.binary(exact_z, exact_y)
            assert ulps(got.value, truth[0]) <= LIMIT
            assert abs(mpf(float(got.grad)) - truth[1][0]) <= 2 * eps * (definitions.sigmoid(exact_z) + exact_y)

    def test_losses_of_probabilities(self, dtype):
        rng = np.random.default_rng(6)
        tiny = np.finfo(dtype).smallest_subnormal
        for p in np.array([0, tiny, 1e-30, 0.25, 0.5, 1 - 1e-7, 1, *rng.uniform(size=20)], dtype):
            for y in (0, 1, 0.25, dtype(rng.uniform())):
                q, t = mpf(float(p)), mpf(float(y))
                value = (-t * mp.log(q) if t and q else t * inf if t else mpf(0)) + (
                    -(1 - t) * mp.log1p(-q) if t < 1 and q < 1 else (1 - t) * inf if t < 1 else mpf(0)
                )
                slope = (-t / q if q else -inf * t) if t else mpf(0)
                slope += ((1 - t) / (1 - q) if q < 1 else inf) if t < 1 else mpf(0)
                if np.abs(float(slope)) > np.finfo(dtype).max:
                    slope = inf if slope > 0 else -inf
                got = xc.binary_cross_entropy(p, dtype(y))
                assert ulps(got.value, value) <= LIMIT
                assert ulps(got.grad, slope) <= LIMIT
        for _ in range(20):
            p, t = rng.dirichlet(np.full(5, 0.3), size=2).astype(dtype)
            check_accuracy(xc.categorical_cross_entropy(p, t), definitions.categorical(exact(p), exact(t)), dtype=dtype)


@pytest.mark.parametrize("dtype", DTYPES)
def test_functions_of_logits(dtype):
    for z in binary_logits(dtype):
        x = mpf(float(z))
        assert ulps(xc.softplus(z), definitions.softplus(x)) <= 2
        assert ulps(xc.sigmoid(z), definitions.sigmoid(x)) <= 2
        assert ulps(xc.log_sigmoid(z), -definitions.softplus(-x)) <= 2
    for x in adversarial_rows(dtype):
        p, _, cost = definitions.softmax(exact(x))
        assert ulps(xc.softmax(x), p) <= 4
        assert ulps(xc.log_softmax(x), [-c for c in cost]) <= 4
        m = max(exact(x))
        truth, size = m + mp.log(sum(mp.exp(z - m) for z in exact(x))), float(abs(m)) + np.log(x.size)
        assert abs(mpf(float(xc.logsumexp(x))) - truth) <= 1.5 * np.spacing(dtype(size))
        for temperature in (0.07, 1.7, 300.0) if x.size < 100 else ():
            warmed = [z / mpf(temperature) for z in exact(x)]
            assert ulps(xc.softmax(x, temperature=temperature), definitions.softmax(warmed)[0]) <= 4


@pytest.mark.parametrize(
    ("logits", "label", "value", "grad"),
    [
        ([0.0, -np.inf], 1, np.inf, [1, -1]),  # the label is a masked class
        ([0.0, -np.inf], 0, 0, [0, 0]),
        ([-np.inf, 2.0, 2.0], 1, np.log(2), [0, -0.5, 0.5]),
        ([-800.0, 0.0], 1, 0, [0, 0]),  # e^-800 is smaller than every float
        ([-1e300, 1e300], 0, 2e300, [-1, 1]),
        ([1e308, -1e308], 1, np.inf, [1, -1]),  # 2e308 is larger than every float
        ([7.0], 0, 0, [0]),
    ],
)
def test_masks_and_extremes(logits, label, value, grad):
    target = np.eye(len(logits))[label]
    with np.errstate(all="raise", under="ignore"):
        losses = [
            xc.sparse_softmax_cross_entropy(logits, label),
            xc.softmax_cross_entropy(logits, target),
            xc.softmax_focal_loss(logits, label, gamma=0),
        ]
    for loss in losses:
        np.testing.assert_allclose(loss.value, value, rtol=1e-15)
        np.testing.assert_allclose(loss.grad, grad, rtol=1e-15)


@pytest.mark.parametrize("temperature", [5e-324, 1e-300, 1e-5, 1e5, 1e308])
def test_softmax_at_any_temperature(temperature):
    with np.errstate(all="raise", under="ignore"):
        p = xc.softmax([0.0, -1.0, -np.inf, -1e4], temperature=temperature)
    expected = [1, 0, 0, 0] if temperature < 0.01 else np.array([1, 1, 0, np.exp(-1e4 / temperature)])
    np.testing.assert_allclose(p, np.array(expected) / np.sum(expected), atol=1e-5)
    assert not np.signbit(p).any()


def test_a_smoothed_label_has_infinite_loss_if_a_class_is_masked():
    loss = xc.sparse_softmax_cross_entropy([0.0, -np.inf], 0, label_smoothing=0.1)
    assert loss.value == np.inf
    np.testing.assert_allclose(loss.grad, [0.05, -0.05])
    assert xc.sparse_softmax_cross_entropy([0.0, -np.inf], 0, label_smoothing=0.1, class_weight=[1, 0]).value == 0


@pytest.mark.parametrize("gamma", [0.0, 1e-3, 0.5, 2.0, 50.0, 1e20, 1e308])
def test_focal_losses_are_never_nan(gamma):
    z = np.array([-np.inf, -1e4, -745.2, -40, -1e-300, 0, 1, 36.8, 40, 745.2, 1e4])
    for y in (0, 1):
        binary = xc.sigmoid_focal_loss(z, y, gamma=gamma)
        two_classes = xc.softmax_focal_loss(np.stack([np.zeros_like(z), z], axis=-1), y, gamma=gamma)
        for array in (*binary, *two_classes):
            assert not np.isnan(array).any()
        np.testing.assert_allclose(binary.value, two_classes.value, rtol=1e-12)
        np.testing.assert_allclose(binary.grad, two_classes.grad[:, 1], rtol=1e-12)
