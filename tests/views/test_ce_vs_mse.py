"""The pictures of the lesson on cross-entropy and squared error: what solves their tasks, and what they say."""

import itertools
import re

import numpy as np
import pytest

from tests.views.helpers import run
from xent_core import sigmoid
from xent_core.datasets import make_dataset
from xent_core.optimizers import GradientDescent
from xent_core.training import LOSSES, TrainingSetup, descend, loss_surface, train
from xent_ui.views import ce_vs_mse as views
from xent_ui.views.ce_vs_mse import CE, SE, chord, honesty, race, slopes


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (slopes, {"z": -0.7}, "steepest"),
        (slopes, {"z": 0.7, "y": 0}, "steepest"),
        (slopes, {"z": -8.0}, "thousand"),
        (race, {"step": 220}, "arrive"),
        (race, {"eta": 20.0, "step": 14}, "hurry"),
        (chord, {"surface": SE, "from": -8.0, "w2": -2.0, "to": 1.0}, "bent"),
    ],
)
def test_what_solves_each_task(picture, values, task):
    assert picture(values).solved[task]


def test_squared_error_is_steepest_at_one_place():
    for y in (0, 1):
        solved = [z for z in slopes.controls["z"].every_value if slopes({"z": z, "y": y}).solved["steepest"]]
        assert solved == [-0.7 if y else 0.7]  # p = 1/3 or 2/3: z = ∓ ln 2 = ∓0.693


def test_what_does_not_solve_them():
    assert not slopes({"z": -6.0}).solved["thousand"]  # 0.998 / 0.00492 = 203
    assert not race({"z0": -2.0, "step": 220}).solved["arrive"]  # no confident mistake
    assert not race({"eta": 20.0, "step": 21}).solved["hurry"]
    assert not chord({"surface": CE, "from": -8.0, "w2": -2.0, "to": 1.0}).solved["bent"]


def test_cross_entropy_is_nowhere_steeper_than_1_in_z():
    for z, y in itertools.product((-10.0, 0.0, 10.0), (0, 1)):
        assert not slopes({"z": z, "y": y}).solved["steeper"]


def test_no_chord_of_the_sliders_lies_below_cross_entropy():
    points = make_dataset("blobs", 12, noise=0.7, label_noise=0.25, seed=8)
    grid = np.linspace(-8, 8, 65)  # every quarter: the ends of every chord and its middle
    surface = loss_surface(TrainingSetup(points), np.zeros(3), (0, 1), grid, np.linspace(-8, 8, 33))
    starts, ends = range(0, 33, 2), range(34, 65, 2)  # of chords: -8 to 0 and 0.5 to 8, in steps of a half
    for a, b in itertools.product(starts, ends):
        assert np.all(surface[:, (a + b) // 2] <= (surface[:, a] + surface[:, b]) / 2)


def test_the_slopes_at_minus_six_in_the_question():
    # "The model says z = −6, a chance of 0.25 %. Cross-entropy's slope there is 0.998 steep."
    said = slopes(locked=True).caption
    assert "where p = 0.247 %, the slope in z of cross-entropy is −0.998, that of squared error −0.00492" in said
    assert slopes.question.answer == pytest.approx(0.00492, abs=5e-6)


def test_the_answer_is_hidden_until_the_guess_is_locked():
    for wrt in ("z", "p"):
        view = slopes({"wrt": wrt})
        assert view.caption.endswith("that of squared error is for you to guess.")
        assert view.formula == ""
        assert view.code is None
        assert "squared error <b>" not in str(view.figure.to_dict())
        assert "squared error <b>" in str(slopes({"wrt": wrt}, shown=True).figure.to_dict())


def test_gradient_descent_on_squared_error_gets_stuck_on_a_plateau():
    # "from (−6.6, −1.6) descent at a rate of 1 is still at a loss of 0.53 after 500 steps, though 0.22 is to be had"
    points = make_dataset("blobs", 12, noise=0.7, label_noise=0.25, seed=8)
    setup, weights = TrainingSetup(points, loss=LOSSES[SE]), np.array([-6.6, -1.6, 0.0])
    for _ in range(500):
        grad = setup.loss(setup.model.forward(weights, points.points), points.labels).grad / 12
        weights = weights - setup.model.backward(weights, points.points, grad) * [1, 1, 0]
    axis = np.linspace(-8, 8, 161)
    surface = loss_surface(setup, np.zeros(3), (0, 1), axis, axis)
    reached = loss_surface(setup, np.zeros(3), (0, 1), weights[:1], weights[1:2]).item()
    assert (round(reached, 2), round(surface.min(), 2)) == (0.53, 0.22)


def test_squared_error_is_proper_and_as_accurate_as_cross_entropy():
    assert "cross-entropy is least at q = 70 %, squared error at q = 70 %" in honesty({"yes": 0.7}).caption
    # "cross-entropy gets 96 % right and squared error 96 %"
    assert (views.accuracy_after_200_steps(CE), views.accuracy_after_200_steps(SE)) == ("96 %", "96 %")


def test_the_state_of_the_first_card_shows_squared_error_keeping_up():
    # "From a start that is not confidently wrong it keeps up: see all three after 20 steps from 12 %"
    assert "From 11.9 %, after 20 steps" in race({"z0": -2.0, "eta": 1.0, "step": 20}).caption
    assert descend(LOSSES[SE], -2.0, 1, steps=20, optimizer=GradientDescent(1.0))[-1] > 0.5


def test_the_steps_of_the_race_are_those_of_gradient_descent():
    path = descend(LOSSES[SE], -6.0, 1, steps=300, optimizer=GradientDescent(1.0))
    assert np.argmax(path > 0) == 214  # cross-entropy needs 7
    assert np.argmax(descend(LOSSES[CE], -6.0, 1, steps=300) > 0) == 7
    p = float(sigmoid(path[100]))
    assert f"squared error {100 * p:.3g} %" in race({"step": 100}).caption


def test_counts_agree_with_their_nouns():
    assert "after 1 step: " in race({"step": 1}).caption
    assert "after 0 steps: " in race({"step": 0}).caption


@pytest.fixture
def descents(monkeypatch):
    """Record the calls of the optimizer, with the cache cleared before and after."""
    calls = []

    def counting(loss, *args, **options):
        calls.append(loss)
        return descend(loss, *args, **options)

    views.paths.cache_clear()
    monkeypatch.setattr(views, "descend", counting)
    yield calls
    views.paths.cache_clear()


def test_two_states_of_the_race_run_the_optimizer_once_for_each_loss(descents):
    race({"z0": -6.0, "step": 10})
    assert len(descents) == 3
    race({"z0": -3.0, "step": 200}, dark=True)
    assert len(descents) == 3, "another start and another step are on the same paths"
    race({"eta": 5.0})
    assert len(descents) == 6


def test_the_surface_and_the_accuracies_are_computed_once(monkeypatch):
    computed = []

    def counting(function):
        def counted(*args):
            computed.append(function.__name__)
            return function(*args)

        return counted

    views.losses_over_weights.cache_clear()
    views.accuracy_after_200_steps.cache_clear()
    monkeypatch.setattr(views, "loss_surface", counting(loss_surface))
    monkeypatch.setattr(views, "train", counting(train))
    for _ in range(2):
        chord()
        views.accuracy_after_200_steps(CE)
    assert computed.count("loss_surface") == 1 + 2 * 2  # the surface once; with each picture the cut and the chord
    assert computed.count("train") == 1


def test_cached_arrays_are_read_only():
    with pytest.raises(ValueError, match="read-only"):
        views.paths(CE, 1.0)[0, 0] = 0
    with pytest.raises(ValueError, match="read-only"):
        views.losses_over_weights(CE)[0, 0] = 0


@pytest.mark.parametrize("view", [slopes({"z": 0.0}, shown=True), race({"z0": 0.0})])
def test_no_formula_shows_a_negative_zero(view):
    assert "e^{0}" in view.formula
    assert "e^{-0}" not in view.formula


@pytest.mark.parametrize("wrt", ["z", "p"])
@pytest.mark.parametrize("y", [0, 1])
def test_the_code_prints_the_slopes_of_the_picture(y, wrt):
    view = slopes({"z": -1.5, "y": y, "wrt": wrt}, shown=True)
    told = re.search(r"of cross-entropy is (−?[\d.]+), that of squared error (−?[\d.]+)\.", view.caption)
    shown = [float(number.replace("−", "-")) for number in told.groups()]
    assert view.code.grad.tolist() == pytest.approx(shown, abs=5e-3)
    left = run(view.code.numpy)
    np.testing.assert_allclose(left["grad"], view.code.grad, rtol=1e-12)
    np.testing.assert_allclose(left["value"], view.code.value, rtol=1e-12)


@pytest.mark.parametrize("wrt", ["z", "p"])
def test_pytorch_agrees_at_every_logit(wrt):
    torch = pytest.importorskip("torch")
    for z, y in itertools.product(slopes.controls["z"].every_value[::5], (0, 1)):
        code = slopes({"z": z, "y": y, "wrt": wrt}, shown=True).code
        left = run(code.torch)
        assert isinstance(left[wrt], torch.Tensor)
        np.testing.assert_allclose(left["value"].detach().numpy(), code.value, rtol=1e-9)
        np.testing.assert_allclose(left[wrt].grad.numpy(), code.grad, rtol=1e-9)
        assert not code.differs
