"""What all functions of the package have in common: names, documentation, shapes, dtypes, and unmodified arguments."""

import importlib
import inspect
import re

import numpy as np
import pytest

import xent_core as xc

# The contract: the public names of each module. Every one is importable from xent_core itself.
PUBLIC_NAMES = {
    "binary": {
        "binary_cross_entropy",
        "binary_cross_entropy_with_logits",
        "sigmoid_focal_loss",
        "sigmoid_squared_error",
    },
    "calibration": {
        "BrierDecomposition",
        "ReliabilityCurve",
        "brier_decomposition",
        "brier_score",
        "cross_entropy_at_temperature",
        "expected_calibration_error",
        "fit_temperature",
        "maximum_calibration_error",
        "reliability_curve",
        "wilson_interval",
    },
    "coding": {"Code", "expected_code_length", "huffman_code", "shannon_code_lengths"},
    "datasets": {"Dataset", "make_dataset"},
    "information": {
        "cross_entropy",
        "entropy",
        "entropy_terms",
        "js_divergence",
        "kl_divergence",
        "mutual_information",
        "perplexity",
        "surprise",
    },
    "language": {"NGramModel", "fit_language_model", "tokenize"},
    "margin": {"hinge_loss", "multiclass_hinge_loss", "squared_hinge_loss"},
    "models": {"HiddenLayerModel", "LinearModel"},
    "multiclass": {
        "categorical_cross_entropy",
        "softmax_cross_entropy",
        "softmax_focal_loss",
        "softmax_squared_error",
        "sparse_softmax_cross_entropy",
    },
    "optimizers": {"Adam", "GradientDescent", "Momentum"},
    "ranking": {"listnet_loss", "pairwise_hinge_loss"},
    "reduction": {"mean", "total"},
    "regression": {"absolute_error", "best_constant", "constant_prediction_loss", "huber_loss", "squared_error"},
    "result": {"ValueAndGrad"},
    "scoring": {
        "best_report",
        "expected_loss",
        "expected_score",
        "linear_rule",
        "log_rule",
        "one_sided_square_rule",
        "quadratic_rule",
        "simplex_grid",
        "spherical_rule",
        "zero_one_rule",
    },
    "stable": {"log_sigmoid", "log_softmax", "logsumexp", "sigmoid", "softmax", "softplus"},
    "targets": {"balanced_class_weight", "effective_number_class_weight", "one_hot", "smooth_labels"},
    "training": {
        "TrainingSetup",
        "TrainingState",
        "descend",
        "first_state",
        "loss_surface",
        "measure",
        "next_state",
        "train",
    },
    "units": {"Unit"},
}
LESSON_MODULES = ["gaussians", "mismatched_losses", "naive", "precision", "reweighting", "sampling"]

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


def public_functions(module_name):
    """Return the functions without a leading underscore that a module of xent_core defines, by name."""
    module = importlib.import_module(f"xent_core.{module_name}")
    return {
        name: inspect.unwrap(member)
        for name, member in vars(module).items()
        if not name.startswith("_")
        and inspect.isfunction(inspect.unwrap(member))
        and inspect.unwrap(member).__module__ == module.__name__
    }


def check_documentation(function_or_class):
    """Check that a docstring begins with a sentence on a line of its own, and has an example for doctest to run."""
    documentation = inspect.getdoc(function_or_class)
    first_line, *rest = documentation.splitlines()
    assert re.fullmatch(r"[A-Z].* .*\.", first_line), first_line
    assert not rest or rest[0] == ""
    assert ">>> " in documentation
    if inspect.isfunction(function_or_class):
        assert re.match(r"(Return|Yield) ", first_line), first_line


def test_all_names_are_those_of_the_contract():
    assert sorted(xc.__all__) == sorted(name for names in PUBLIC_NAMES.values() for name in names)


@pytest.mark.parametrize("module_name", PUBLIC_NAMES)
def test_every_public_function_of_a_contract_module_is_in_all(module_name):
    module = importlib.import_module(f"xent_core.{module_name}")
    assert set(public_functions(module_name)) <= PUBLIC_NAMES[module_name] <= set(xc.__all__)
    for name in PUBLIC_NAMES[module_name]:
        assert getattr(xc, name) is getattr(module, name)


@pytest.mark.parametrize("name", xc.__all__)
def test_every_public_name_is_documented_with_an_example(name):
    check_documentation(inspect.unwrap(getattr(xc, name)))


@pytest.mark.parametrize("module_name", LESSON_MODULES)
def test_every_function_for_a_lesson_is_documented_with_an_example(module_name):
    for function in public_functions(module_name).values():
        check_documentation(function)


@pytest.mark.parametrize("name", [name for name in xc.__all__ if inspect.isfunction(inspect.unwrap(getattr(xc, name)))])
def test_every_public_function_documents_its_result(name):
    assert re.search(r"^(Returns|Yields) ", inspect.getdoc(getattr(xc, name)), re.MULTILINE)


def test_the_version_is_a_release_number():
    assert re.fullmatch(r"\d+\.\d+\.\d+", xc.__version__)


def test_softmax_is_the_function_and_not_a_module():
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
    sweep = loss(logits[0, 0], [0, 1, 2, 3])  # one row of logits with every label
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
def test_dtypes_and_unmodified_arguments(name):
    loss = hard(name) if name in HARD else getattr(xc, name)
    data = np.array([[0.25, 0.75], [0.5, 0.5]])
    other = np.array([0, 1]) if name in HARD else np.array([[0, 1], [1, 0]])
    if name in {"hinge_loss", "squared_hinge_loss"}:
        other = 2 * other - 1
    for given, expected in [
        (data.astype(np.float32), np.float32),
        (data.astype(">f4"), np.float32),
        (data, np.float64),
        (data.astype(np.float16), np.float32),
        (data.astype(np.longdouble), np.float64),
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
    if name in DENSE or name in {"squared_error", "binary_cross_entropy"}:  # both arguments determine the dtype
        assert loss(data.astype(np.float32), other.astype(float)).value.dtype == np.float64
        assert loss(data.astype(np.float32), other.astype(np.float32)).value.dtype == np.float32


def test_a_single_example_gives_arrays_without_axes():
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
def test_blocks_of_rows_agree_with_single_rows(dtype, shape):
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
