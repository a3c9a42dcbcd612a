"""What every function of the package promises alike: names, shapes, dtypes, and hands off the inputs."""

import inspect

import numpy as np
import pytest

import xent_core as xc

NAMES = [
    "ValueAndGrad",
    "Unit",
    "softplus",
    "sigmoid",
    "log_sigmoid",
    "logsumexp",
    "softmax",
    "log_softmax",
    "surprise",
    "entropy",
    "cross_entropy",
    "kl_divergence",
    "js_divergence",
    "perplexity",
    "mutual_information",
    "shannon_code_lengths",
    "huffman_code",
    "expected_code_length",
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "sigmoid_squared_error",
    "sigmoid_focal_loss",
    "categorical_cross_entropy",
    "softmax_cross_entropy",
    "sparse_softmax_cross_entropy",
    "softmax_squared_error",
    "softmax_focal_loss",
    "hinge_loss",
    "squared_hinge_loss",
    "multiclass_hinge_loss",
    "squared_error",
    "absolute_error",
    "huber_loss",
    "pairwise_hinge_loss",
    "listnet_loss",
    "one_hot",
    "smooth_labels",
    "balanced_class_weight",
    "effective_number_class_weight",
    "mean",
    "total",
    "reliability_curve",
    "ReliabilityCurve",
    "expected_calibration_error",
    "maximum_calibration_error",
    "brier_score",
    "brier_decomposition",
    "fit_temperature",
    "expected_score",
    "train",
]

HARD = {
    "sparse_softmax_cross_entropy": {},
    "sparse_softmax_cross_entropy, smoothed": {"label_smoothing": 0.1},
    "softmax_focal_loss": {},
    "multiclass_hinge_loss": {},
}
DENSE = ["softmax_cross_entropy", "softmax_squared_error", "categorical_cross_entropy", "listnet_loss"]
ELEMENTWISE = [
    "binary_cross_entropy_with_logits",
    "binary_cross_entropy",
    "sigmoid_squared_error",
    "sigmoid_focal_loss",
    "hinge_loss",
    "squared_hinge_loss",
    "squared_error",
    "absolute_error",
    "huber_loss",
]


def hard(name):
    return lambda z, y: getattr(xc, name.split(",")[0])(z, y, **HARD[name])


@pytest.mark.parametrize("name", NAMES)
def test_public_names_are_exported_and_explained_by_example(name):
    assert name in xc.__all__
    documented = inspect.getdoc(getattr(xc, name))
    assert documented
    assert ">>> " in documented or name in {"ReliabilityCurve", "train"}


def test_softmax_is_the_function():
    assert xc.softmax([0.0, 0.0]).tolist() == [0.5, 0.5]


@pytest.mark.parametrize("name", HARD)
def test_hard_labels_broadcast_over_the_leading_axes(name):
    loss = hard(name)
    logits = np.random.default_rng(0).normal(size=(2, 3, 4))
    whole = loss(logits, np.full((2, 3), 1))
    assert whole.value.shape == (2, 3)
    assert whole.grad.shape == (2, 3, 4)
    for labels in (1, [1], [1, 1, 1], [[1], [1]], np.array(1, np.uint8)):
        for got, expected in zip(loss(logits, labels), whole, strict=True):
            np.testing.assert_array_equal(got, expected)
    sweep = loss(logits[0, 0], [0, 1, 2, 3])  # one row of logits against every label
    assert sweep.value.shape == (4,)
    assert sweep.grad.shape == (4, 4)
    assert loss(np.zeros((0, 4)), []).grad.shape == (0, 4)
    assert loss(np.zeros((2, 0, 4)), 0).value.shape == (2, 0)


@pytest.mark.parametrize("name", DENSE)
def test_targets_broadcast_over_the_leading_axes(name):
    loss = getattr(xc, name)
    rows = xc.softmax(np.random.default_rng(0).normal(size=(2, 3, 4)))
    target = rows[0, 0]
    whole = loss(rows, np.broadcast_to(target, (2, 3, 4)))
    for got, expected in zip(loss(rows, target), whole, strict=True):
        np.testing.assert_array_equal(got, expected)
    assert loss(target, rows).grad.shape == (2, 3, 4)
    assert loss(np.zeros((0, 4)), target).grad.shape == (0, 4)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_elementwise_losses_broadcast(name):
    loss = getattr(xc, name)
    grid = np.linspace(0.1, 0.9, 5)
    for result in (loss(grid, 1), loss(grid, [1]), loss(grid[:, None], [[1, 1]])[:1]):
        assert result[0].shape[0] == 5
    assert loss(0.5, 1).value.shape == ()
    assert loss(0.5, np.array([1, 1])).grad.shape == (2,)


@pytest.mark.parametrize("name", [*HARD, *DENSE, *ELEMENTWISE])
def test_dtypes_and_inputs_left_alone(name):
    loss = hard(name) if name in HARD else getattr(xc, name)
    data = np.array([[0.25, 0.75], [0.5, 0.5]])
    other = np.array([0, 1]) if name in HARD else np.array([[0, 1], [1, 0]])
    if name in {"hinge_loss", "squared_hinge_loss"}:
        other = 2 * other - 1
    for given, expected in [
        (data.astype(np.float32), np.float32),
        (data.astype(">f4"), np.float32),
        (data, np.float64),
        (data.astype(np.float16), np.float64),
        (data.tolist(), np.float64),
    ]:
        for array in loss(given, other):
            assert type(array) is np.ndarray
            assert array.dtype == expected
    one = loss(data, other)
    data.flags.writeable = other.flags.writeable = False
    strided = np.repeat(data, 2, axis=1)[:, ::2]
    for same in (loss(data, other), loss(strided, other), loss(np.asfortranarray(data), other.tolist())):
        np.testing.assert_array_equal(same.value, one.value)
        np.testing.assert_array_equal(same.grad, one.grad)
    if name in DENSE or name in {"squared_error", "binary_cross_entropy"}:  # both arguments have a vote
        assert loss(data.astype(np.float32), other.astype(float)).value.dtype == np.float64
        assert loss(data.astype(np.float32), other.astype(np.float32)).value.dtype == np.float32


def test_single_examples_give_arrays_of_no_axes():
    for array in (*xc.sparse_softmax_cross_entropy([0.0, 1.0], 0), xc.sigmoid(0.0), xc.logsumexp([1.0, 2.0])):
        assert type(array) is np.ndarray
    assert xc.sparse_softmax_cross_entropy([0.0, 1.0], 0).value.shape == ()


@pytest.mark.parametrize("axis", [0, 1, 2, -1, -2, -3])
def test_axes(axis):
    x = np.random.default_rng(0).normal(size=(2, 3, 4))
    for function in (xc.softmax, xc.log_softmax):
        moved = np.moveaxis(function(np.moveaxis(x, axis, -1)), -1, axis)
        np.testing.assert_array_equal(function(x, axis=axis), moved)
    np.testing.assert_array_equal(xc.logsumexp(x, axis=axis), xc.logsumexp(np.moveaxis(x, axis, -1)))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(700, 300), (1, 200_000), (40_000, 7)])
def test_blocks_of_rows_give_what_the_rows_give(dtype, shape):
    rng = np.random.default_rng(0)
    logits, labels = rng.normal(size=shape).astype(dtype), rng.integers(0, shape[1], shape[0])
    value, grad = xc.sparse_softmax_cross_entropy(logits, labels)
    for i in (0, shape[0] // 2, shape[0] - 1):
        alone = xc.sparse_softmax_cross_entropy(logits[i].astype(float), labels[i])
        np.testing.assert_allclose(value[i], alone.value, rtol=4 * np.finfo(dtype).eps)
        np.testing.assert_allclose(grad[i], alone.grad, rtol=8 * np.finfo(dtype).eps)


def test_no_one_hot_matrix_for_integer_labels():
    import tracemalloc

    logits, labels = np.zeros((2000, 1000), np.float32), np.zeros(2000, int)
    tracemalloc.start()
    xc.sparse_softmax_cross_entropy(logits, labels, label_smoothing=0.1)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak <= 3 * logits.nbytes
