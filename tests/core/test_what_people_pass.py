"""Numbers as people bring them: weights per class, labels in floating arrays, half precision, and infinities."""

import re

import definitions
import numpy as np
import pytest
from helpers import exact, ulps
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mpf

import xent_core as xc
from xent_core import mismatched_losses, naive, sampling
from xent_core.training import LOSSES
from xent_core.validation import FLOAT16_SUM_TOLERANCE, SUM_TOLERANCE

INF, NAN = np.inf, np.nan
DTYPES = [np.float32, np.float64]
generated = settings(deadline=None, derandomize=True, max_examples=60)


def refuses(message):
    return pytest.raises(ValueError, match=f"^{re.escape(message)}")


# --------------------------------------------------------------------------------------------------- pos_weight

LOGITS = np.array([[-3.0, 0.5, 2.0], [40.0, -800.0, 0.0]])
TARGET = np.array([[0.0, 1.0, 0.3], [1.0, 0.0, 1.0]])


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize(
    "pos_weight",
    [0, 2, 0.25, [0.0, 1.0, 7.5], [[2.0, 0.5, 0.0]], [[3.0], [0.5]], [4.0], np.arange(6.0).reshape(2, 3), True],
    ids=str,
)
def test_each_pos_weight_multiplies_the_positive_term_of_its_entries(dtype, pos_weight):
    got = xc.binary_cross_entropy_with_logits(LOGITS.astype(dtype), TARGET.astype(dtype), pos_weight=pos_weight)
    weights = np.broadcast_to(np.asarray(pos_weight, float), (2, 3))
    assert got.value.dtype == got.grad.dtype == dtype
    for index in np.ndindex(2, 3):
        z, y, w = (mpf(float(a[index])) for a in (LOGITS, TARGET.astype(dtype), weights))
        value, (slope,) = definitions.binary(z, y, w)
        assert ulps(got.value[index], value) <= 8
        # Of a soft label the gradient is a difference of two terms, and its error is relative to them.
        terms = abs((1 - y) * definitions.sigmoid(z)) + abs(w * y * definitions.sigmoid(-z))
        error = abs(mpf(float(got.grad[index])) - slope)
        assert ulps(got.grad[index], slope) <= 8 or (0 < y < 1 and error <= 4 * np.finfo(dtype).eps * terms)


def test_one_weight_for_each_class_is_each_class_with_its_weight():
    rng = np.random.default_rng(0)
    z, y, weight = rng.normal(size=(4, 5, 3)), rng.integers(0, 2, (4, 5, 3)), np.array([0.0, 1.0, 20.0])
    whole = xc.binary_cross_entropy_with_logits(z, y, pos_weight=weight)
    for k in range(3):
        alone = xc.binary_cross_entropy_with_logits(z[..., k], y[..., k], pos_weight=weight[k])
        np.testing.assert_array_equal(whole.value[..., k], alone.value)
        np.testing.assert_array_equal(whole.grad[..., k], alone.grad)
    ones = xc.binary_cross_entropy_with_logits(z, y, pos_weight=np.ones(3))
    np.testing.assert_array_equal(ones.grad, xc.binary_cross_entropy_with_logits(z, y).grad)


def test_pytorch_agrees_on_weights_for_each_class():
    torch = pytest.importorskip("torch")
    rng = np.random.default_rng(1)
    z, y, weight = rng.normal(size=(6, 4)), rng.uniform(size=(6, 4)), np.array([0.0, 0.5, 1.0, 9.0])
    x = torch.tensor(z, requires_grad=True)
    theirs = torch.nn.functional.binary_cross_entropy_with_logits(
        x, torch.tensor(y), pos_weight=torch.tensor(weight), reduction="none"
    )
    theirs.sum().backward()
    ours = xc.binary_cross_entropy_with_logits(z, y, pos_weight=weight)
    np.testing.assert_allclose(ours.value, theirs.detach().numpy(), rtol=1e-12)
    np.testing.assert_allclose(ours.grad, x.grad.numpy(), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("dtype", DTYPES)
def test_a_weight_of_0_times_an_infinite_loss_is_0(dtype):
    z = np.array([-INF, -INF, 5.0], dtype)
    got = xc.binary_cross_entropy_with_logits(z, [1, 0, 1], pos_weight=[0, 3, 0])
    assert got.value.tolist() == [0, 0, 0]
    assert got.grad.tolist() == [0, 0, 0]
    assert not np.signbit([*got]).any()
    weighted = xc.binary_cross_entropy_with_logits(z, [1, 0, 1], pos_weight=[2, 3, 0])
    assert weighted.value.tolist() == [INF, 0, 0]
    assert weighted.grad.tolist() == [-2, 0, 0]


@pytest.mark.parametrize("dtype", DTYPES)
@pytest.mark.parametrize("weight", [1e-300, 1e-40, 1e-5, 16.0, 1e6, 1e30])
def test_extreme_weights_cost_no_digits(dtype, weight):
    for z in np.array([-104, -60, -3, 0, 3, 60, 87, 95, 103], dtype):
        got = xc.binary_cross_entropy_with_logits(z, 1, pos_weight=weight)
        value, slope = definitions.binary(mpf(float(z)), 1, weight)
        assert ulps(got.value, value) <= 8
        assert ulps(got.grad, slope) <= 8


@pytest.mark.parametrize(
    ("pos_weight", "message"),
    [
        (-1, "pos_weight must be in [0, inf), got -1"),
        (INF, "pos_weight must be in [0, inf), got inf"),
        (NAN, "pos_weight must be in [0, inf), got nan"),
        ([1, 2, -0.5], "pos_weight must be in [0, inf), got -0.5 at index 2"),
        ([1, 2], "pos_weight must be a number or broadcast to (2, 3), got shape (2,)"),
        (np.ones((4, 2, 3)), "pos_weight must be a number or broadcast to (2, 3), got shape (4, 2, 3)"),
        (np.ones((1, 1, 3)), "pos_weight must be a number or broadcast to (2, 3), got shape (1, 1, 3)"),
        ("3", "pos_weight must be an array of real numbers, got dtype <U1"),
        (None, "pos_weight must be an array of real numbers, got dtype object"),
        ([[1], [1, 2]], "pos_weight must be an array of real numbers, got rows of unequal length"),
    ],
)
def test_a_pos_weight_that_does_not_fit_is_refused(pos_weight, message):
    with refuses(message):
        xc.binary_cross_entropy_with_logits(LOGITS, TARGET, pos_weight=pos_weight)


def test_a_pos_weight_may_not_enlarge_a_single_logit():
    with refuses("pos_weight must be a number or broadcast to (), got shape (2,)"):
        xc.binary_cross_entropy_with_logits(0.5, 1, pos_weight=[1, 2])


# ------------------------------------------------------------------------------------------------------- labels

PROBS, Z = np.array([0.2, 0.9, 0.4, 0.7]), np.array([-1.0, 2.0, 0.5, 3.0])
ROWS = np.random.default_rng(2).normal(size=(4, 2))
DATA = xc.make_dataset("blobs", 4)

TAKE_LABELS = {  # every function that takes labels, at labels (4,) of 0 and 1
    "balanced_class_weight": lambda y: xc.balanced_class_weight(y, 2),
    "brier_decomposition": lambda y: xc.brier_decomposition(PROBS, y),
    "brier_score": lambda y: xc.brier_score(PROBS, y),
    "cross_entropy_at_temperature": lambda y: xc.cross_entropy_at_temperature(Z, y, [1.0, 2.0]),
    "descend": lambda y: xc.descend(xc.sigmoid_focal_loss, Z, y, steps=2),
    "effective_number_class_weight": lambda y: xc.effective_number_class_weight(y, 2, beta=0.9),
    "expected_calibration_error": lambda y: xc.expected_calibration_error(PROBS, y),
    "fit_temperature": lambda y: xc.fit_temperature(Z, y),
    "fit_temperature of rows": lambda y: xc.fit_temperature(ROWS, y),
    "maximum_calibration_error": lambda y: xc.maximum_calibration_error(PROBS, y),
    "multiclass_hinge_loss": lambda y: xc.multiclass_hinge_loss(ROWS, y),
    "one_hot": lambda y: xc.one_hot(y, 2),
    "reliability_curve": lambda y: xc.reliability_curve(PROBS, y),
    "sigmoid_focal_loss": lambda y: xc.sigmoid_focal_loss(Z, y, alpha=0.3),
    "softmax_focal_loss": lambda y: xc.softmax_focal_loss(ROWS, y),
    "sparse_softmax_cross_entropy": lambda y: xc.sparse_softmax_cross_entropy(ROWS, y, class_weight=[1, 2]),
    "sparse_softmax_cross_entropy, smoothed": lambda y: xc.sparse_softmax_cross_entropy(ROWS, y, label_smoothing=0.1),
    "measure": lambda y: xc.measure(
        xc.LinearModel(), np.ones(3), xc.Dataset(DATA.points, np.asarray(y)), xc.sigmoid_focal_loss
    ),
    "mismatched_losses.softmax_twice": lambda y: mismatched_losses.softmax_twice(ROWS, y),
    "mismatched_losses.sigmoids_for_one_class": lambda y: mismatched_losses.sigmoids_for_one_class(ROWS, y),
    "mismatched_losses.log_of_rounded_probs": lambda y: mismatched_losses.log_of_rounded_probs(ROWS, y),
    "mismatched_losses.softmax_for_many_labels": lambda y: mismatched_losses.softmax_for_many_labels(Z, y),
    "mismatched_losses.one_hot_as_labels": lambda y: mismatched_losses.one_hot_as_labels(Z, [0 * y[0], y[1], 0, 0]),
    "training, smoothed": lambda y: LOSSES["smoothed"](Z, y),
    "training, hinge": lambda y: LOSSES["hinge"](Z, y),
}
WHOLE = [0, 1, 1, 0]


@pytest.mark.parametrize("name", TAKE_LABELS)
@pytest.mark.parametrize(
    "labels",
    [
        np.array(WHOLE, np.float64),
        np.array(WHOLE, np.float32),
        np.array(WHOLE, np.float16),
        np.array(WHOLE, np.longdouble),
        np.array(WHOLE, bool),
        np.array(WHOLE, np.uint8),
        [0.0, 1.0, 1.0, -0.0],
        [False, True, True, False],
        (0, 1.0, True, np.float32(0)),
    ],
    ids=lambda labels: f"{type(labels).__name__} {np.asarray(labels).dtype}",
)
def test_whole_numbers_and_booleans_are_labels(name, labels):
    got, wanted = TAKE_LABELS[name](labels), TAKE_LABELS[name](np.array(WHOLE))
    parts = zip(got, wanted, strict=True) if isinstance(wanted, tuple) else [(got, wanted)]
    for part, of_integers in parts:
        np.testing.assert_array_equal(part, of_integers)
        assert np.asarray(part).dtype == np.asarray(of_integers).dtype


@pytest.mark.parametrize("name", TAKE_LABELS)
@pytest.mark.parametrize(
    ("wrong", "said"), [(0.5, "0.5"), (NAN, "nan"), (INF, "inf"), (-INF, "-inf"), (2.0, "2.0"), (-1.0, "-1.0")]
)
def test_other_numbers_are_not_labels(name, wrong, said):
    with pytest.raises(ValueError, match=re.escape(f" must be integers in [0, 2), got {said} at index 1")):
        TAKE_LABELS[name]([0.0, wrong, 1.0, 0.0])


def test_every_function_that_takes_labels_is_in_the_table():
    import inspect

    takes = {
        name
        for name in xc.__all__
        if inspect.isfunction(getattr(xc, name)) and "labels" in inspect.signature(getattr(xc, name)).parameters
    }
    assert takes - {"hinge_loss", "squared_hinge_loss"} == {
        n for n in (name.split(",")[0].split(" of ")[0] for name in TAKE_LABELS) if n in takes
    }


@pytest.mark.parametrize("labels", [0.0, 1.0, True, np.float32(1), np.array(1.0), np.bool_(0)])
def test_a_single_label_may_be_a_float(labels):
    np.testing.assert_array_equal(
        xc.sparse_softmax_cross_entropy([0.3, 0.1], labels).grad,
        xc.sparse_softmax_cross_entropy([0.3, 0.1], int(labels)).grad,
    )


def test_a_one_hot_target_is_not_taken_for_labels():
    for loss in (xc.sparse_softmax_cross_entropy, xc.softmax_focal_loss, xc.multiclass_hinge_loss):
        for target in (np.eye(2), np.eye(2, dtype=bool), np.eye(2).tolist()):
            with refuses("labels must have shape (2,), got (2, 2): pass labels.argmax(axis=-1) of a one-hot target"):
                loss(np.zeros((2, 2)), target)
        assert loss([0.0, 1.0], [0.0, 1.0]).value.shape == (2,)  # one row with each of its labels


@pytest.mark.parametrize("loss", [xc.hinge_loss, xc.squared_hinge_loss])
class TestSigns:
    @pytest.mark.parametrize(
        "labels",
        [np.array([-1.0, 1.0, 1.0]), [-1.0, 1.0, 1.0], np.array([-1, 1, 1], np.float16), [-1, 1, 1.0]],
        ids=repr,
    )
    def test_floats_are_accepted(self, loss, labels):
        scores = [0.5, -0.5, 0.25]
        for got, wanted in zip(loss(scores, labels), loss(scores, [-1, 1, 1]), strict=True):
            np.testing.assert_array_equal(got, wanted)

    @pytest.mark.parametrize(
        ("labels", "got"),
        [
            ([0, 1, 1], "0 at index 0"),
            ([1, 0, 1], "0 at index 1"),
            ([1.0, 0.0, 1.0], "0.0 at index 1"),
            ([True, False, True], "True at index 0"),
            (np.array([True, True, True]), "True at index 0"),
        ],
        ids=repr,
    )
    def test_zeros_and_ones_get_the_way_to_signs(self, loss, labels, got):
        hint = ": a hinge loss wants -1 and +1; pass 2 * labels - 1"
        with refuses(f"labels must be integers, -1 or 1, got {got}{hint}"):
            loss([0.5, -0.5, 0.25], labels)
        assert loss([0.5, -0.5, 0.25], 2 * np.array(labels) - 1).value.shape == (3,)  # what the sentence advises

    @pytest.mark.parametrize("labels", [[-1, 0.5, 1], [-1, 2, 1], [-1, NAN, 1], [-1, INF, 1]], ids=repr)
    def test_other_numbers_are_refused_without_it(self, loss, labels):
        with pytest.raises(ValueError, match=r"^labels must be integers, -1 or 1, got \S+ at index 1$"):
            loss([0.5, -0.5, 0.25], labels)


@pytest.mark.parametrize(
    "call",
    [
        lambda: xc.sigmoid_focal_loss([0.0, 1.0], [0.9, 0.1]),
        lambda: xc.sigmoid_focal_loss(0.0, 0.95),
        lambda: xc.softmax_focal_loss(np.zeros((2, 3)), [[0.8, 0.1, 0.1], [0.2, 0.2, 0.6]]),
    ],
)
def test_a_soft_target_of_a_focal_loss_is_refused_with_the_reason(call):
    with pytest.raises(
        ValueError, match=re.escape("the weight (1 - p)^gamma of a focal loss needs the one right class")
    ):
        call()


# ------------------------------------------------------------------------------------------------------ float16

TENTHS = np.full(10, 0.1, np.float16)
TAKE_DISTRIBUTIONS = {
    "categorical_cross_entropy": lambda p: xc.categorical_cross_entropy(p, p).value,
    "cross_entropy": lambda p: xc.cross_entropy(p, p).grad,
    "entropy": lambda p: xc.entropy(p).value,
    "entropy_terms": xc.entropy_terms,
    "expected_code_length": lambda p: xc.expected_code_length(p, [1] * p.shape[-1]),
    "expected_loss": lambda p: xc.expected_loss(xc.quadratic_rule, p, p),
    "expected_score": lambda p: xc.expected_score(xc.quadratic_rule, p, p),
    "js_divergence": lambda p: xc.js_divergence(p, p).value,
    "kl_divergence": lambda p: xc.kl_divergence(p, p).value,
    "mutual_information": lambda p: xc.mutual_information(p[..., None, :]),
    "perplexity": xc.perplexity,
    "smooth_labels": lambda p: xc.smooth_labels(p, 0.1),
    "softmax_cross_entropy": lambda p: xc.softmax_cross_entropy(np.zeros(p.shape, np.float16), p).value,
    "softmax_squared_error": lambda p: xc.softmax_squared_error(np.zeros(p.shape, np.float16), p).value,
}


@pytest.mark.parametrize("name", TAKE_DISTRIBUTIONS)
def test_ten_tenths_in_float16_are_a_distribution_and_the_result_is_float32(name):
    assert SUM_TOLERANCE < abs(1 - TENTHS.astype(float).sum()) < FLOAT16_SUM_TOLERANCE
    assert TAKE_DISTRIBUTIONS[name](TENTHS).dtype == np.float32
    assert xc.best_report(xc.log_rule, TENTHS[:2] * 5).dtype == np.float32


def test_coding_and_sampling_take_float16():
    assert len(xc.huffman_code(TENTHS).words) == 10
    assert xc.shannon_code_lengths(TENTHS).tolist() == [4] * 10
    assert sampling.draw(TENTHS, 5, seed=0).shape == (5,)
    assert sampling.likelihood(TENTHS, np.ones(10)) > 0


@pytest.mark.parametrize("name", TAKE_DISTRIBUTIONS)
def test_float32_and_wider_keep_the_narrow_tolerance(name):
    off = TENTHS.astype(np.float32)  # sums to 0.99976, which float32 has no excuse for
    with pytest.raises(ValueError, match="must sum to 1, got 0.9997"):
        TAKE_DISTRIBUTIONS[name](off)
    with pytest.raises(ValueError, match="must sum to 1, got 0.9"):
        TAKE_DISTRIBUTIONS[name](np.array([0.45, 0.54], np.float16))  # a mistake in any format


def softmax_in_float16(z):
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)  # as a library computes it without leaving float16


@generated
@given(st.integers(1, 1000), st.floats(0.01, 12), st.integers(0, 2**32 - 1))
def test_every_softmax_row_in_float16_is_accepted(n_classes, spread, seed):
    z = spread * np.random.default_rng(seed).normal(size=(3, n_classes))
    for p in (xc.softmax(z).astype(np.float16), softmax_in_float16(z.astype(np.float16))):
        assert p.dtype == np.float16
        assert np.isfinite(xc.softmax_cross_entropy(z, p).value).all()
        assert xc.entropy(p).value.dtype == np.float32


def test_what_float16_becomes_beside_other_dtypes():
    half, single, double = (np.array([0.25, 0.75], dtype) for dtype in (np.float16, np.float32, np.float64))
    for other, expected in [(half, np.float32), (single, np.float32), (double, np.float64)]:
        for loss in (xc.cross_entropy, xc.categorical_cross_entropy, xc.softmax_cross_entropy, xc.squared_error):
            assert loss(half, other).value.dtype == loss(other, half).grad.dtype == expected
    assert xc.cross_entropy(half, [0.5, 0.5]).value.dtype == np.float32
    with np.errstate(all="raise", under="ignore"):  # 1e4 and e^-20 have no room in float16
        loss = xc.binary_cross_entropy_with_logits(np.array([6e4, -20.0], np.float16), [0, 0])
    assert loss.value[0] == np.float16(6e4)
    assert ulps(loss.value[1], definitions.softplus(mpf(-20))) <= 1


def test_a_float16_target_beside_float64_logits_keeps_its_own_tolerance():
    z = np.zeros(10)
    assert xc.softmax_cross_entropy(z, TENTHS).value == pytest.approx(TENTHS.astype(float).sum() * np.log(10))
    assert xc.softmax_cross_entropy(z, list(TENTHS)).value.dtype == np.float64
    assert xc.softmax_cross_entropy([z, z], [TENTHS, TENTHS]).value.shape == (2,)
    with refuses("target must sum to 1, got 0.9997558594"):
        xc.softmax_cross_entropy(z, TENTHS.astype(float))
    with refuses("q must sum to 1, got 0.9997558594"):
        xc.cross_entropy(TENTHS, TENTHS.astype(float))


def test_forecasts_in_float16_lie_in_the_bins_of_their_numbers():
    p = np.array([0.1, 0.2, 0.3, 0.6, 0.7], np.float16)
    assert np.flatnonzero(xc.reliability_curve(p, np.ones(5)).count).tolist() == [0, 1, 2, 5, 6]
    assert xc.reliability_curve(p, np.ones(5)).confidence.dtype == np.float32


def test_longdouble_is_computed_and_returned_as_float64():
    z, p = np.array([0.5, -2.0], np.longdouble), np.array([0.25, 0.75], np.longdouble)
    for got, wanted in [
        (xc.softplus(z), xc.softplus(z.astype(float))),
        (xc.entropy(p).value, xc.entropy(p.astype(float)).value),
        (xc.softmax_cross_entropy(z, p).grad, xc.softmax_cross_entropy(z.astype(float), p.astype(float)).grad),
        (xc.squared_error(z, np.float32(1)).value, xc.squared_error(z.astype(float), 1).value),
    ]:
        assert got.dtype == np.float64
        np.testing.assert_array_equal(got, wanted)


# --------------------------------------------------------------------------------------------------- infinities


@pytest.mark.parametrize("dtype", [np.float16, *DTYPES, np.longdouble])
def test_limits_at_infinity(dtype):
    x = np.array([INF, -INF], dtype)
    assert xc.sigmoid(x).tolist() == [1, 0]
    assert xc.softplus(x).tolist() == [INF, 0]
    assert xc.log_sigmoid(x).tolist() == [0, -INF]
    assert not np.signbit([xc.sigmoid(x), xc.softplus(x)]).any()
    assert not np.signbit(xc.log_sigmoid(x)[0])
    for function in (xc.sigmoid, xc.softplus, xc.log_sigmoid):
        assert function(x).dtype == (np.float64 if dtype in (np.float64, np.longdouble) else np.float32)
        with refuses("x must be a number, got nan at index 1"):
            function(np.array([INF, NAN], dtype))
        assert function(np.array([], dtype)).shape == (0,)


@pytest.mark.parametrize("x", [INF, -INF, [INF], [[0.0, -INF]]], ids=str)
def test_limits_in_numbers_and_lists(x):
    at = np.asarray(x)
    np.testing.assert_array_equal(xc.sigmoid(x), np.where(at > 0, 1, np.where(at < 0, 0, 0.5)))
    np.testing.assert_allclose(xc.softplus(x), np.where(at == 0, np.log(2), np.maximum(at, 0)))
    np.testing.assert_allclose(xc.log_sigmoid(x), np.where(at == 0, -np.log(2), np.minimum(at, 0)))


@pytest.mark.parametrize(
    "loss",
    [
        lambda z: xc.binary_cross_entropy_with_logits(z, 1),
        lambda z: xc.binary_cross_entropy_with_logits(z, 1, pos_weight=2),
        lambda z: xc.sigmoid_squared_error(z, 1),
        lambda z: xc.sigmoid_focal_loss(z, 1),
        lambda z: xc.hinge_loss(z, 1),
    ],
)
@pytest.mark.parametrize("dtype", DTYPES)
def test_a_logit_of_infinity_stays_refused_by_the_losses(loss, dtype):
    for wrong, said in ((INF, "inf"), (NAN, "nan")):
        with pytest.raises(ValueError, match=f" must be finite or -inf, got {said} at index 1$"):
            loss(np.array([-INF, wrong], dtype))


def test_a_temperature_changes_nothing_for_a_logit_of_minus_infinity_that_is_right():
    loss = xc.cross_entropy_at_temperature([-INF, 2.0], [0, 1], [1.0, 2.0])
    alone = xc.cross_entropy_at_temperature([2.0], [1], [1.0, 2.0])
    np.testing.assert_allclose(loss.value, alone.value / 2)
    np.testing.assert_allclose(loss.grad, alone.grad / 2)


# ------------------------------------------------------------------------------------- float32 is rounded once


@pytest.mark.parametrize("y", [0, 1])
def test_float32_errs_by_one_ulp_at_most_on_every_scale(y):
    rng = np.random.default_rng(7)
    z = np.concatenate([rng.uniform(-104, 104, 300), np.linspace(-103.9, -86, 60), 10.0 ** rng.uniform(-30, 4, 60)])
    z = np.concatenate([z, -z]).astype(np.float32)
    for loss, truth in [
        (xc.binary_cross_entropy_with_logits(z, y), [definitions.binary(x, y) for x in exact(z)]),
        (xc.sigmoid_squared_error(z, y), [definitions.binary_squared_error(x, y) for x in exact(z)]),
        (xc.sigmoid_focal_loss(z, y), [definitions.binary_focal(x, y, 2.0) for x in exact(z)]),
    ]:
        assert ulps(loss.value, [value for value, _ in truth]) <= 1
        assert ulps(loss.grad, [slope for _, (slope,) in truth]) <= 1


def test_the_textbook_loses_what_the_core_keeps():
    got = xc.binary_cross_entropy_with_logits(-40.0, 0.0).value
    assert naive.naive_binary_cross_entropy(-40.0, 0.0).value == 0
    assert ulps(got, definitions.softplus(mpf(-40))) <= 1
