"""Every public function refuses a masked array, in whichever argument, because NumPy would drop the mask silently."""

import inspect
import typing
from functools import partial

import numpy as np
import pytest
from test_contract import LESSON_MODULES, public_functions

import xent_core as xc
from xent_core import gaussians, mismatched_losses, naive, precision, reweighting, sampling

P, Q = np.array([0.5, 0.25, 0.25]), np.array([0.2, 0.3, 0.5])
Z, Y = np.array([0.5, -1.0, 2.0]), np.array([0, 1, 1])
ROWS, CLASSES = np.array([[0.0, 1.0, 2.0], [1.0, 0.0, 0.0]]), np.array([0, 2])
TARGET, SIGNS, ONES = np.array([[0.0, 0.5, 0.5], [1.0, 0.0, 0.0]]), np.array([1, -1, 1]), np.ones(3)
DATA = xc.make_dataset("blobs", 6)
SETUP = xc.TrainingSetup(DATA)

Arguments = dict[str, typing.Any]
CALLS: dict[str, Arguments] = {  # each public function that takes arrays, with arguments that it accepts
    "absolute_error": {"pred": Z, "target": Z},
    "balanced_class_weight": {"labels": Y, "n_classes": 2},
    "best_constant": {"loss": xc.squared_error, "target": Z},
    "best_report": {"rule": xc.log_rule, "truth": P},
    "binary_cross_entropy": {"probs": P, "target": Y},
    "binary_cross_entropy_with_logits": {"logits": Z, "target": Y, "pos_weight": ONES},
    "brier_decomposition": {"probs": P, "labels": Y},
    "brier_score": {"probs": P, "labels": Y},
    "categorical_cross_entropy": {"probs": P, "target": Q},
    "constant_prediction_loss": {"loss": xc.squared_error, "constant": ONES, "target": Z},
    "cross_entropy": {"p": P, "q": Q},
    "cross_entropy_at_temperature": {"logits": Z, "labels": Y, "temperature": ONES},
    "descend": {"loss": xc.sigmoid_squared_error, "logits": Z, "labels": Y, "steps": 1},
    "effective_number_class_weight": {"labels": Y, "n_classes": 2, "beta": 0.9},
    "entropy": {"p": P},
    "entropy_terms": {"p": P},
    "expected_calibration_error": {"probs": P, "labels": Y},
    "expected_code_length": {"p": P, "lengths": [1, 2, 2]},
    "expected_loss": {"rule": xc.log_rule, "truth": P, "report": Q},
    "expected_score": {"rule": xc.log_rule, "truth": P, "report": Q},
    "fit_temperature": {"logits": Z, "labels": Y},
    "hinge_loss": {"scores": Z, "labels": SIGNS},
    "huber_loss": {"pred": Z, "target": Z},
    "huffman_code": {"p": P},
    "js_divergence": {"p": P, "q": Q},
    "kl_divergence": {"p": P, "q": Q},
    "linear_rule": {"report": P},
    "listnet_loss": {"scores": Z, "relevance": ONES},
    "log_rule": {"report": P},
    "log_sigmoid": {"x": Z},
    "log_softmax": {"logits": Z},
    "logsumexp": {"x": Z},
    "loss_surface": {"setup": SETUP, "params": ONES, "axes": (0, 1), "first": Z, "second": Z},
    "maximum_calibration_error": {"probs": P, "labels": Y},
    "mean": {"loss": xc.squared_error(Z, 0), "weight": ONES},
    "measure": {"model": xc.LinearModel(), "params": ONES, "dataset": DATA, "loss": xc.sigmoid_squared_error},
    "multiclass_hinge_loss": {"scores": ROWS, "labels": CLASSES},
    "mutual_information": {"joint": np.full((2, 2), 0.25)},
    "one_hot": {"labels": Y, "n_classes": 2},
    "one_sided_square_rule": {"report": P},
    "pairwise_hinge_loss": {"scores": Z, "relevance": Y},
    "perplexity": {"p": P},
    "quadratic_rule": {"report": P},
    "reliability_curve": {"probs": P, "labels": Y},
    "sigmoid": {"x": Z},
    "sigmoid_focal_loss": {"logits": Z, "labels": Y},
    "sigmoid_squared_error": {"logits": Z, "target": Y},
    "smooth_labels": {"target": P, "label_smoothing": 0.1},
    "shannon_code_lengths": {"p": P},
    "softmax": {"logits": Z},
    "softmax_cross_entropy": {"logits": ROWS, "target": TARGET, "class_weight": ONES},
    "softmax_focal_loss": {"logits": ROWS, "labels": CLASSES, "class_weight": ONES},
    "softmax_squared_error": {"logits": ROWS, "target": TARGET},
    "softplus": {"x": Z},
    "sparse_softmax_cross_entropy": {"logits": ROWS, "labels": CLASSES, "class_weight": ONES},
    "spherical_rule": {"report": P},
    "squared_error": {"pred": Z, "target": Z},
    "squared_hinge_loss": {"scores": Z, "labels": SIGNS},
    "surprise": {"p": P},
    "total": {"loss": xc.squared_error(Z, 0), "weight": ONES},
    "wilson_interval": {"successes": [1, 2], "count": [3, 3]},
    "zero_one_rule": {"report": P},
}
SETUPS = {"first_state", "next_state", "train"}  # their arrays are in a TrainingSetup

LESSON_CALLS: dict[str, Arguments] = {
    "gaussians.closest_gaussian": {"divergence": xc.kl_divergence, "x": Z, "truth": P, "centers": ONES, "widths": ONES},
    "gaussians.discrete_gaussian": {"x": Z, "center": ONES, "width": ONES},
    "mismatched_losses.log_of_rounded_probs": {"logits": ROWS, "labels": CLASSES},
    "mismatched_losses.one_hot_as_labels": {"logits": ROWS, "target": [[0, 1, 0], [1, 0, 0]]},
    "mismatched_losses.sigmoids_for_one_class": {"logits": ROWS, "labels": CLASSES},
    "mismatched_losses.softmax_for_many_labels": {"logits": ROWS, "labels": [[1, 1, 0], [1, 0, 0]]},
    "mismatched_losses.softmax_twice": {"logits": ROWS, "labels": CLASSES},
    "naive.clipped_binary_cross_entropy": {"logits": Z, "target": Y},
    "naive.log_after_softmax": {"logits": Z},
    "naive.naive_binary_cross_entropy": {"logits": Z, "target": Y},
    "naive.naive_kl_divergence": {"p": P, "q": Q},
    "naive.naive_sigmoid": {"logits": Z},
    "naive.naive_softmax": {"logits": Z},
    "naive.shifted_softmax": {"logits": Z},
    "naive.ulp_error": {"computed": Z, "exact": Z},
    "precision.correct_bits": {"computed": Z, "exact": precision.exact_binary_cross_entropy(Z, 1).value},
    "precision.cross_entropy_in_log_space": {"logits": Z, "target": P},
    "precision.cross_entropy_three_ways": {"logits": Z, "target": P},
    "precision.exact_binary_cross_entropy": {"logits": Z, "target": 1.0},
    "precision.exact_logsumexp": {"logits": Z},
    "precision.logsumexp_steps": {"logits": Z, "shift": 1.0},
    "precision.naive_cross_entropy": {"probs": P, "target": P},
    "reweighting.expected_focal_loss": {"logits": Z, "truth": P, "gamma": 2.0},
    "reweighting.log_odds": {"probs": P},
    "reweighting.reweighted": {"p": P, "weight": 2.0},
    "sampling.draw": {"p": P, "n": 3, "seed": 0},
    "sampling.likelihood": {"p": P, "counts": [1, 2, 3]},
    "sampling.running_mean": {"values": Z},
}
MODULES = {module.__name__.rpartition(".")[2]: module for module in (gaussians, mismatched_losses, naive, precision)}
MODULES |= {"reweighting": reweighting, "sampling": sampling}
MODEL, GROUPS = xc.HiddenLayerModel(2), reweighting.TwoGaussians(gap=2.0, imbalance=1.0)
METHODS = [
    (xc.LinearModel().forward, {"params": ONES, "points": DATA.points}),
    (xc.LinearModel().backward, {"params": ONES, "points": DATA.points, "grad": np.ones(6)}),
    (MODEL.forward, {"params": MODEL.init(0), "points": DATA.points}),
    (MODEL.backward, {"params": MODEL.init(0), "points": DATA.points, "grad": np.ones(6)}),
    *((o.step, {"params": ONES, "grad": ONES, "state": o.init(ONES)}) for o in (xc.GradientDescent(), xc.Momentum())),
    (xc.Adam().step, {"params": ONES, "grad": ONES, "state": xc.Adam().init(ONES)}),
    (GROUPS.density, {"x": Z, "label": 1}),
    (GROUPS.probability, {"x": Z}),
]


def function_named(name):
    module, _, function = name.rpartition(".")
    return getattr(MODULES[module] if module else xc, function)


def masked(array):
    return np.ma.masked_array(array, mask=np.arange(np.size(array)).reshape(np.shape(array)) == 0)


def is_array(value):
    return isinstance(value, list) or type(value) is np.ndarray


def with_masks(arguments):
    """Yield the arguments with one of their arrays masked: as a whole, within a list, or as a member of a tuple."""
    for name, value in arguments.items():
        if name in {"axes", "state"}:
            continue
        if is_array(value):
            yield name, {**arguments, name: masked(value)}
            yield name, {**arguments, name: [masked(value), masked(value)]}
            yield name, {**arguments, name: [*np.asarray(value).tolist()[1:], np.ma.masked]}
        elif isinstance(value, tuple):
            for i, member in enumerate(value):
                members = [masked(each) if i == k else each for k, each in enumerate(value)]
                yield name, {**arguments, name: type(value)(*members)}
                assert is_array(member)


ALL_CALLS = [(function_named(name), arguments, name) for name, arguments in {**CALLS, **LESSON_CALLS}.items()]
ALL_CALLS += [
    (method, arguments, f"{type(method.__self__).__name__}.{method.__name__}") for method, arguments in METHODS
]


@pytest.mark.parametrize(("function", "arguments", "name"), ALL_CALLS, ids=[name for *_, name in ALL_CALLS])
def test_a_masked_array_is_refused_in_every_argument(function, arguments, name):
    function(**arguments)  # accepted without a mask
    refused = set()
    for argument, with_mask in with_masks(arguments):
        with pytest.raises(ValueError, match="must not be masked, because its mask would be lost"):
            function(**with_mask)
        refused.add(argument)
    assert refused == {
        k for k, v in arguments.items() if k not in {"axes", "state"} and (is_array(v) or isinstance(v, tuple))
    }


@pytest.mark.parametrize("name", sorted(SETUPS))
def test_a_masked_array_in_a_training_setup_is_refused(name):
    def run(setup):
        if name == "next_state":
            return xc.next_state(setup, xc.first_state(SETUP))
        return next(xc.train(setup)) if name == "train" else xc.first_state(setup)

    run(SETUP)
    for points, labels, start in [
        (masked(DATA.points), DATA.labels, None),
        (DATA.points, masked(DATA.labels), None),
        (DATA.points, DATA.labels, masked(np.zeros(3))),
    ]:
        setup = xc.TrainingSetup(xc.Dataset(points, labels), start=start, batch_size=2)
        if name == "next_state" and start is not None:
            continue  # only the first state begins at start
        with pytest.raises(ValueError, match="must not be masked"):
            run(setup)


def takes_arrays(function):
    hints = [str(hint) for name, hint in typing.get_type_hints(inspect.unwrap(function)).items() if name != "return"]
    return any(
        word in hint for hint in hints for word in ("_ArrayLike", "Sequence", "ndarray", "ValueAndGrad", "Setup")
    )


def test_every_public_function_that_takes_arrays_is_in_the_table():
    functions = {name for name in xc.__all__ if inspect.isfunction(getattr(xc, name))}
    assert {name for name in functions if takes_arrays(getattr(xc, name))} == set(CALLS) | SETUPS
    of_lessons = {f"{module}.{name}": f for module in LESSON_MODULES for name, f in public_functions(module).items()}
    assert {name for name, function in of_lessons.items() if takes_arrays(function)} == set(LESSON_CALLS)


def test_the_sentence_says_what_to_do_instead():
    call = partial(xc.binary_cross_entropy, np.ma.masked_array([0.5, 0.001], [0, 1]), [1, 1])
    with pytest.raises(
        ValueError, match="^probs must not be masked, .*: pass the valid entries only, or leave the others out"
    ):
        call()
    loss = xc.mean(xc.binary_cross_entropy([0.5, 0.001], [1, 1]), weight=[1, 0])  # what the sentence advises
    assert loss.value == pytest.approx(np.log(2))
