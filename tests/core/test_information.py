"""Surprise, entropy, and divergences: against 50-digit arithmetic, against each other, and in limiting cases."""

import numpy as np
import pytest
from helpers import check_gradient, exact, ulps
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import inf, log, mp, mpf
from scipy.special import entr, rel_entr

from xent_core import cross_entropy, entropy, js_divergence, kl_divergence, mutual_information, perplexity, surprise

generated = settings(deadline=None, derandomize=True, max_examples=150)
LN2 = np.log(2)


# ------------------------------------------------------------------------------------------------ 50 digits


def xlogx(x):
    return x * log(x) if x else mpf(0)


def true_entropy(p):
    return -sum(map(xlogx, p)), [-log(x) - 1 if x else inf for x in p]


def true_cross_entropy(p, q):
    value = sum((x * (-log(y) if y else inf) for x, y in zip(p, q, strict=True) if x), mpf(0))
    return value, grad_in_model(p, q)


def grad_in_model(p, q):
    return [(-x / y if y else -inf) if x else mpf(0) for x, y in zip(p, q, strict=True)]


def true_kl(p, q):
    """Sum p log(p/q) - p + q, so that rounding in the sums of p and q does not count as a divergence."""
    terms = ((x * (log(x / y) if y else inf) if x else mpf(0)) - x + y for x, y in zip(p, q, strict=True))
    return sum(terms), grad_in_model(p, q)


def true_js(p, q):
    half = [(x + y) / 2 for x, y in zip(p, q, strict=True)]
    value = (sum(map(xlogx, p)) + sum(map(xlogx, q))) / 2 - sum(map(xlogx, half))
    slope = [(log(y / m) if y else -inf) / 2 if m else log(2) / 2 for y, m in zip(q, half, strict=True)]
    return value, slope


def sweep(seed, n=400):
    """Yield truths and models with 2 to 9 outcomes: flat and peaked ones, similar and different ones."""
    rng = np.random.default_rng(seed)
    for i in range(n):
        p = rng.dirichlet(np.full(rng.integers(2, 10), 10.0 ** rng.uniform(-2, 1)))
        spread = 10.0 ** rng.uniform(-9, 1)
        q = p * np.exp(spread * rng.normal(size=p.size)) if i % 4 else rng.dirichlet(np.ones(p.size))
        yield p, q / q.sum()


@pytest.mark.parametrize(
    ("measure", "truth", "allowed"),
    [(cross_entropy, true_cross_entropy, 4), (kl_divergence, true_kl, 8), (js_divergence, true_js, 8)],
)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_divergences_are_accurate_to_the_last_digits(measure, truth, allowed, dtype):
    for p, q in sweep(seed=1):
        p, q = p.astype(dtype), q.astype(dtype)
        got = measure(p, q)
        value, slope = truth(exact(p), exact(q))
        assert got.value.dtype == got.grad.dtype == dtype
        assert ulps(got.value, value) <= allowed, (p, q)
        assert got.value >= 0
        assert ulps(got.grad, slope) <= 4


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_entropy_and_surprise_are_accurate_to_the_last_digits(dtype):
    for p, _ in sweep(seed=2, n=200):
        p = p.astype(dtype)
        value, slope = true_entropy(exact(p))
        assert ulps(entropy(p).value, value) <= 3
        assert np.allclose(entropy(p).grad, [float(x) for x in slope], rtol=1e-7, atol=1e-15)
        assert ulps(surprise(p).value, [-log(x) if x else inf for x in exact(p)]) <= 1
        p = p[p > 1e-38]  # for smaller p, 1 / p overflows float32
        assert ulps(surprise(p).grad, [-1 / x for x in exact(p)]) <= 1


def test_surprise_of_nearly_certain_and_nearly_impossible_events():
    p = np.array([1 - 2.0**-53, 1 - 2.0**-30, 1e-300, 5e-324])
    assert ulps(surprise(p).value, [-log(x) for x in exact(p)]) <= 1
    assert surprise(0.0).value == np.inf
    assert surprise(0.0).grad == -np.inf
    assert not np.signbit(surprise(1.0).value)


def test_kl_of_nearly_equal_distributions_keeps_its_digits():
    for k in range(8, 52):
        gap = 2.0**-k
        p, q = np.array([0.5, 0.5]), np.array([0.5 + gap / 2, 0.5 - gap / 2])
        assert ulps(kl_divergence(p, q).value, true_kl(exact(p), exact(q))[0]) <= 2
        assert ulps(js_divergence(p, q).value, true_js(exact(p), exact(q))[0]) <= 2


def test_kl_of_probabilities_whose_ratio_overflows():
    p, q = np.array([0.5, 0.5]), np.array([1.0, 5e-324])
    assert ulps(kl_divergence(p, q).value, true_kl(exact(p), exact(q))[0]) <= 1
    assert kl_divergence(q, p).value == pytest.approx(LN2)


# ------------------------------------------------------------------------------------------------ gradients


@pytest.mark.parametrize("measure", [cross_entropy, js_divergence])
def test_gradient_in_q_matches_central_differences(measure):
    p = np.array([[0.2, 0.3, 0.5], [0.7, 0.2, 0.1]])
    q = np.array([[0.6, 0.3, 0.1], [0.25, 0.25, 0.5]])
    check_gradient(lambda model: measure(p, model), q)


def test_gradient_in_p_matches_central_differences():
    p = np.array([[0.2, 0.3, 0.5], [0.7, 0.2, 0.1]])
    check_gradient(entropy, p)
    check_gradient(surprise, p)


def test_kl_gradient_matches_differences_along_the_simplex():
    # The value is summed as p log(p/q) - p + q, so the slopes agree only for changes that keep the sum of q.
    p, q = np.array([0.2, 0.3, 0.5]), np.array([0.6, 0.3, 0.1])
    grad = kl_divergence(p, q).grad
    for i, j in [(0, 1), (1, 2), (2, 0)]:
        move = 1e-5 * (np.eye(3)[i] - np.eye(3)[j])
        rise = kl_divergence(p, q + move).value - kl_divergence(p, q - move).value
        assert rise / 2e-5 == pytest.approx(grad[i] - grad[j], rel=1e-7)
    assert np.array_equal(grad, cross_entropy(p, q).grad)


# ------------------------------------------------------------------------------------------------ identities


def test_values_quoted_in_the_course():
    assert entropy([0.5, 0.5]).value / LN2 == 1  # a fair coin is 1 bit
    assert cross_entropy([0.5, 0.5], [0.95, 0.05]).value / LN2 == pytest.approx(2.20, abs=0.005)
    assert cross_entropy([0.95, 0.05], [0.5, 0.5]).value / LN2 == 1
    assert cross_entropy([0, 1, 0], [0.2, 0.5, 0.3]).value == pytest.approx(LN2)  # a one-hot p leaves only one term
    assert perplexity(np.full(8, 1 / 8)) == pytest.approx(8)
    assert perplexity([1.0, 0.0]) == 1
    assert mutual_information([[0.5, 0], [0, 0.5]]) == pytest.approx(LN2)
    assert mutual_information(np.outer([0.25, 0.75], [0.5, 0.25, 0.25])) == 0


def test_cross_entropy_is_entropy_plus_divergence():
    for p, q in sweep(seed=3, n=100):
        assert cross_entropy(p, q).value == pytest.approx(entropy(p).value + kl_divergence(p, q).value, rel=1e-13)


def test_mutual_information_from_entropies():
    joint = np.random.default_rng(4).dirichlet(np.ones(12), size=5).reshape(5, 3, 4)
    from_entropies = (
        entropy(joint.sum(axis=-1)).value + entropy(joint.sum(axis=-2)).value - entropy(joint.reshape(5, 12)).value
    )
    assert np.allclose(mutual_information(joint), from_entropies, rtol=1e-12)


def test_mutual_information_near_independence():
    for tilt in (1e-3, 1e-5, 1e-7):
        joint = np.array([[0.25 + tilt, 0.25 - tilt], [0.25 - tilt, 0.25 + tilt]])
        p = [x / mp.fsum(exact(joint)) for x in exact(joint)]
        rows, columns = (p[0] + p[1], p[2] + p[3]), (p[0] + p[2], p[1] + p[3])
        truth = sum(p[2 * a + b] * log(p[2 * a + b] / (rows[a] * columns[b])) for a in (0, 1) for b in (0, 1))
        assert mutual_information(joint) == pytest.approx(float(truth), rel=1e-8)
    assert mutual_information([[1e-200, 0], [0, 1]]) == pytest.approx(1e-200 * (200 * np.log(10) + 1), rel=1e-12)


weights = st.lists(st.floats(0, 1) | st.sampled_from([0.0, 1.0, 1e-300, 5e-324]), min_size=1, max_size=8)
pairs = st.tuples(weights, weights).map(lambda pair: [row[: min(map(len, pair))] for row in pair])


@generated
@given(pairs.filter(lambda pair: all(sum(row) > 1e-3 for row in pair)))
def test_bounds(pair):
    p, q = (np.array(row) / np.sum(row) for row in pair)
    assert 0 <= entropy(p).value <= np.log(len(p)) + 1e-14
    assert 1 <= perplexity(p) <= len(p) + 1e-13
    assert kl_divergence(p, q).value >= 0
    assert kl_divergence(p, p).value == 0
    assert 0 <= js_divergence(p, q).value <= LN2 + 1e-15
    assert js_divergence(p, q).value == js_divergence(q, p).value
    assert cross_entropy(p, q).value >= entropy(p).value - 1e-14
    assert 0 <= mutual_information(np.outer(p, q)) < 1e-28
    for loss in (surprise(p), entropy(p), cross_entropy(p, q), kl_divergence(p, q), js_divergence(p, q)):
        assert not np.isnan(loss.value).any()
        assert not np.isnan(loss.grad).any()


def test_peers_agree():
    for p, q in sweep(seed=5, n=100):
        assert entropy(p).value == pytest.approx(entr(p).sum(), rel=1e-13)
        assert kl_divergence(p, q).value == pytest.approx(rel_entr(p, q).sum(), rel=1e-9, abs=1e-14)


# ------------------------------------------------------------------------------------------------ limiting cases


def test_probabilities_of_zero():
    for measure in (cross_entropy, kl_divergence):
        loss = measure([0.5, 0.5, 0.0], [0.0, 1.0, 0.0])
        assert loss.value == np.inf
        assert loss.grad.tolist() == [-np.inf, -0.5, 0.0]
    loss = js_divergence([1.0, 0.0, 0.0], [0.0, 1.0, 0.0])
    assert loss.value == pytest.approx(LN2, abs=0)
    assert loss.grad.tolist() == [-np.inf, LN2 / 2, LN2 / 2]
    assert entropy([1.0, 0.0]).value == 0
    assert entropy([1.0, 0.0]).grad.tolist() == [-1, np.inf]


def test_shapes_and_dtypes():
    p, q = np.full((5, 1, 4), 0.25), np.full((3, 4), 0.25)
    loss = cross_entropy(p, q[:1])
    assert (loss.value.shape, loss.grad.shape) == ((5, 1), (5, 1, 4))
    assert kl_divergence(p[0], q).grad.shape == (3, 4)
    assert kl_divergence(np.zeros((0, 3)), [0.2, 0.3, 0.5]).value.shape == (0,)
    assert entropy([1]).value.shape == ()
    assert isinstance(entropy([1]).value, np.ndarray)
    assert isinstance(perplexity([1]), np.ndarray)
    p32 = np.array([0.5, 0.5], np.float32)
    p16 = p32.astype(np.float16)
    for result in (perplexity(p32), mutual_information(np.diag(p32)), cross_entropy([1, 0], p32).grad):
        assert result.dtype == np.float32
    for result in (perplexity(p16), cross_entropy(p16, p32).value, cross_entropy(p32, p16).grad):
        assert result.dtype == np.float32
    for result in (cross_entropy(p32, p32.astype(float)).value, cross_entropy(p16, p32.astype(float)).value):
        assert result.dtype == np.float64


def test_arguments_are_not_written_to():
    p, q = np.array([0.5, 0.5, 0.0]), np.array([0.0, 0.5, 0.5])
    p.flags.writeable = q.flags.writeable = False
    for measure in (cross_entropy, kl_divergence, js_divergence):
        measure(p, q)
    surprise(p), entropy(p), perplexity(p), mutual_information(np.diag(p))
    assert p.tolist() == [0.5, 0.5, 0.0]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: surprise(1.5), r"^p must be in \[0, 1\], got 1.5$"),
        (lambda: surprise([0.5, np.nan]), r"^p must be in \[0, 1\], got nan at index 1$"),
        (lambda: entropy([0.5, 0.6]), "^p must sum to 1, got 1.1$"),
        (lambda: entropy([[0.5, 0.5], [0.5, 0.4]]), "^p must sum to 1, got 0.9 at index 1$"),
        (lambda: entropy([-0.5, 1.5]), r"^p must be in \[0, 1\], got -0.5 at index 0$"),
        (lambda: entropy(0.5), "^p must have at least one class"),
        (lambda: entropy([]), "^p must have at least one class"),
        (lambda: perplexity([0.2]), "^p must sum to 1, got 0.2$"),
        (lambda: cross_entropy([0.5, 0.5], [0.5, 0.6]), "^q must sum to 1, got 1.1$"),
        (lambda: cross_entropy([0.5, 0.5], [1.0]), r"^q must have shape \(2,\), got \(1,\)$"),
        (
            lambda: kl_divergence(np.full((3, 4), 0.25), np.full((3, 5), 0.2)),
            r"^q must have shape \(3, 4\), got \(3, 5\)$",
        ),
        (
            lambda: js_divergence(np.full((3, 4), 0.25), np.full((2, 4), 0.25)),
            r"^q must have shape \(3, 4\), got \(2, 4\)$",
        ),
        (lambda: kl_divergence(["a"], [1.0]), "^p must be an array of real numbers"),
        (lambda: mutual_information([0.5, 0.5]), r"^joint must have shape \(..., A, B\), got \(2,\)$"),
        (lambda: mutual_information([[0.5, 0.5], [0.5, 0.5]]), "^joint must sum to 1, got 2"),
    ],
)
def test_invalid_arguments_raise(call, message):
    with pytest.raises(ValueError, match=message):
        call()
