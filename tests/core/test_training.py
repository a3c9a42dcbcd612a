"""Data sets, models, optimizers, and training runs."""

import json
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
from helpers import central_difference
from make_adam_reference import SETTINGS, START, valley_gradient

from xent_core import binary_cross_entropy_with_logits
from xent_core.datasets import SHAPES, make_dataset
from xent_core.models import HiddenLayerModel, LinearModel
from xent_core.optimizers import Adam, GradientDescent, Momentum
from xent_core.training import LOSSES, TrainingSetup, first_state, loss_surface, measure, next_state, train

MODELS = [LinearModel(), HiddenLayerModel(width=1), HiddenLayerModel(width=16)]
OPTIMIZERS = [GradientDescent(learning_rate=0.5), Momentum(learning_rate=0.1), Adam(learning_rate=0.05)]


def run_steps(steps, setup, state=None):
    return next(islice(train(setup, state), steps, None))


# ----------------------------------------------------------------------------------------------------- data


@pytest.mark.parametrize("shape", SHAPES)
def test_equal_seeds_give_identical_data(shape):
    options = {"noise": 0.3, "imbalance": 4, "label_noise": 0.1}
    one, same, other = (make_dataset(shape, 60, **options, seed=seed) for seed in (7, 7, 8))
    assert np.array_equal(one.points, same.points)
    assert np.array_equal(one.labels, same.labels)
    assert not np.array_equal(one.points, other.points)
    assert one.points.shape == (60, 2)
    assert one.labels.dtype.kind == "i"


def test_imbalance_is_the_number_of_negatives_per_positive():
    for ratio, positives in [(1, 500), (9, 100), (999, 1), (1e6, 1), (1 / 9, 900), (1e-6, 999)]:
        assert make_dataset("blobs", 1000, imbalance=ratio).labels.sum() == positives


def test_label_noise_flips_exactly_its_share():
    clean, noisy = (make_dataset("moons", 200, label_noise=share) for share in (0, 0.15))
    assert np.array_equal(clean.points, noisy.points)
    assert np.sum(clean.labels != noisy.labels) == 30


def test_without_noise_points_lie_on_their_shapes():
    circles = make_dataset("circles", 100, noise=0)
    assert np.allclose(np.hypot(*circles.points.T), np.where(circles.labels == 1, 0.45, 1.1))
    blobs = make_dataset("blobs", 10, noise=0)
    assert len(np.unique(blobs.points, axis=0)) == 2
    for shape in SHAPES:
        assert np.abs(make_dataset(shape, 500, noise=0).points).max() <= 1.5


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: make_dataset("stars"), "^shape must be one of blobs, moons, circles, spirals, got stars$"),
        (lambda: make_dataset("blobs", 1), "^n must be an integer of at least 2, got 1$"),
        (lambda: make_dataset("blobs", noise=-0.5), r"^noise must be in \[0, inf\), got -0.5$"),
        (lambda: make_dataset("blobs", imbalance=-0.5), r"^imbalance must be in \(0, inf\), got -0.5$"),
        (lambda: make_dataset("blobs", label_noise=1.5), r"^label_noise must be in \[0, 1\], got 1.5$"),
        (lambda: HiddenLayerModel(width=0), "^width must be an integer of at least 1, got 0$"),
    ],
)
def test_invalid_arguments_raise(call, message):
    with pytest.raises(ValueError, match=message):
        call()


# --------------------------------------------------------------------------------------------------- models


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("name", LOSSES)
def test_backward_matches_central_differences_of_the_mean_loss(model, name):
    setup = TrainingSetup(make_dataset("moons", 30), model, LOSSES[name], seed=5)
    params = model.init(5) + 0.1 * np.random.default_rng(1).normal(size=model.init(5).shape)
    points, labels = setup.dataset

    def mean_loss(w):
        return setup.loss(model.forward(w, points), labels).value.mean()

    grad = model.backward(params, points, setup.loss(model.forward(params, points), labels).grad / 30)
    assert np.allclose(grad, central_difference(mean_loss, params), rtol=1e-7, atol=1e-9)


@pytest.mark.parametrize("model", MODELS)
def test_forward_takes_many_params_at_once(model):
    points = make_dataset("blobs", 9).points
    params = np.random.default_rng(0).normal(size=(4, 5, *model.init(0).shape))
    logits = model.forward(params, points)
    assert logits.shape == (4, 5, 9)
    assert np.allclose(logits[2, 3], model.forward(params[2, 3], points), rtol=1e-12, atol=1e-12)


def test_loss_surface_is_the_loss_at_each_pair_of_params():
    setup = TrainingSetup(make_dataset("blobs", 20))
    params, first, second = np.array([0.3, -0.2, 0.1]), np.linspace(-2, 2, 4), np.linspace(-1, 1, 3)
    surface = loss_surface(setup, params, (0, 2), first, second)
    assert surface.shape == (3, 4)
    at = np.array([first[3], -0.2, second[1]])
    assert surface[1, 3] == pytest.approx(measure(setup.model, at, setup.dataset, setup.loss).loss, rel=1e-14)


# ----------------------------------------------------------------------------------------------- optimizers


def test_adam_follows_the_path_of_pytorch():
    reference = json.loads(Path(__file__).with_name("adam_reference.json").read_text())
    adam, params = Adam(**SETTINGS), np.array(START)
    state = adam.init(params)
    assert len(reference["path"]) == 100
    for expected in reference["path"]:
        params, state = adam.step(params, valley_gradient(params), state)
        assert np.allclose(params, expected, rtol=0, atol=1e-12)


def test_momentum_with_a_constant_gradient():
    momentum, params = Momentum(learning_rate=0.1, momentum=0.9), np.array([1.0])
    velocity = momentum.init(params)
    for expected in (0.9, 0.9 - 0.19, 0.71 - 0.271):  # a gradient of 1 gives velocities 1, 1.9, 2.71
        params, velocity = momentum.step(params, np.array([1.0]), velocity)
        assert params == pytest.approx(expected)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_optimizers_modify_no_argument_and_accept_any_shape(optimizer):
    params, grad = np.ones((2, 3)), np.full((2, 3), 0.5)
    state = optimizer.init(params)
    first, after_one = optimizer.step(params, grad, state)
    again, _ = optimizer.step(params, grad, state)
    assert np.array_equal(first, again)
    assert np.all(params == 1)
    assert np.all(first < params)
    assert np.all(optimizer.step(first, grad, after_one)[0] < first)
    scalar = np.float64(1.0)
    assert optimizer.step(scalar, scalar, optimizer.init(scalar))[0] < 1


# ------------------------------------------------------------------------------------------------- training


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
@pytest.mark.parametrize("batch_size", [None, 7])
def test_a_run_repeats_and_resumes_bit_for_bit(optimizer, batch_size):
    def setup():
        data = make_dataset("moons", 40)
        return TrainingSetup(data, HiddenLayerModel(4), optimizer=optimizer, batch_size=batch_size, seed=3)

    straight, again = run_steps(20, setup()), run_steps(20, setup())
    resumed = run_steps(11, setup(), state=run_steps(9, setup()))
    for run in (again, resumed):
        assert run.step == 20
        assert np.array_equal(run.params, straight.params)
        assert run.measures == straight.measures
    before = straight.params.copy()
    next_state(setup(), straight)
    assert np.array_equal(straight.params, before)  # a state is never modified


def test_a_run_can_start_from_given_params():
    data = make_dataset("moons", 40)
    end = run_steps(10, TrainingSetup(data)).params
    assert np.array_equal(first_state(TrainingSetup(data, start=end)).params, end)


def test_an_epoch_of_batches_sees_every_example_once():
    seen = []

    class RecordingModel(LinearModel):
        def forward(self, params, points):
            seen.append(points[:, 0])
            return super().forward(params, points)

    setup = TrainingSetup(make_dataset("blobs", 10), RecordingModel(), batch_size=4)
    run_steps(6, setup)
    batches = [points for points in seen if len(points) < 10]
    assert [len(points) for points in batches] == [4, 4, 2] * 2
    first, second = (np.concatenate(batches[i : i + 3]) for i in (0, 3))
    assert sorted(first) == sorted(second) == sorted(setup.dataset.points[:, 0])
    assert first.tolist() != second.tolist()


@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize(
    ("shape", "model"), [("blobs", LinearModel()), ("circles", HiddenLayerModel(8)), ("moons", HiddenLayerModel(8))]
)
def test_every_loss_learns(name, shape, model):
    data = make_dataset(shape, 100, noise=0.05)
    setup = TrainingSetup(data, model, LOSSES[name], Adam(learning_rate=0.05))
    end = run_steps(150, setup)
    assert end.measures.loss < first_state(setup).measures.loss / 1.5
    assert end.measures.accuracy > 0.97


def test_gradient_descent_on_a_convex_loss_decreases_it_in_every_step():
    setup = TrainingSetup(make_dataset("moons", 100), optimizer=GradientDescent(learning_rate=0.3))
    losses = [state.measures.loss for state in islice(train(setup), 100)]
    assert np.all(np.diff(losses) < 0)
    assert losses[0] == pytest.approx(np.log(2))  # zero weights predict 1/2


def test_smoothing_bounds_the_params_on_separable_data():
    data = make_dataset("blobs", 50, noise=0.05)
    plain, smoothed = (
        run_steps(400, TrainingSetup(data, loss=LOSSES[name], optimizer=Momentum(learning_rate=1.0)))
        for name in ("cross-entropy", "smoothed")
    )
    assert np.linalg.norm(plain.params) > 2 * np.linalg.norm(smoothed.params)
    assert smoothed.measures.loss == pytest.approx(0.1985, abs=2e-3)  # H(0.05, 0.95) is the minimum of the loss


def test_positive_weight_moves_the_boundary_toward_the_majority():
    data = make_dataset("blobs", 300, noise=0.7, imbalance=20)
    weighted = partial(binary_cross_entropy_with_logits, pos_weight=20)
    positive_shares = []
    for loss in (binary_cross_entropy_with_logits, weighted):
        state = run_steps(200, TrainingSetup(data, loss=loss, optimizer=Adam(learning_rate=0.1)))
        positive_shares.append(np.mean(LinearModel().forward(state.params, data.points) > 0))
    assert positive_shares[1] > positive_shares[0]


def test_the_gradient_norm_is_of_the_mean_loss():
    setup = TrainingSetup(make_dataset("blobs", 20))
    state = run_steps(3, setup)
    logits = setup.model.forward(state.params, setup.dataset.points)
    grad = setup.model.backward(state.params, setup.dataset.points, setup.loss(logits, setup.dataset.labels).grad)
    assert state.grad_norm == pytest.approx(np.linalg.norm(grad / 20))
