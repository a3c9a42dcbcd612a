"""The pictures of the lesson on cross-entropy and squared error: what solves their tasks, and what they say."""

import itertools
import re

import numpy as np
import pytest

from tests.figures.helpers import label_text, labels
from tests.views.helpers import run
from xent_core import binary_cross_entropy, sigmoid
from xent_core.datasets import make_dataset
from xent_core.optimizers import GradientDescent
from xent_core.training import LOSSES, TrainingSetup, descend, loss_surface, train
from xent_ui.self_test.questions.checks.ce_vs_mse import CHECKS
from xent_ui.self_test.questions.problems import problem
from xent_ui.style.numbers import percent, text
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
    # "at z = −6 the model says 0.25 %. Cross-entropy's slope there is −0.998."
    said = slopes(locked=True).caption
    assert "where p = 0.247 %, the slope in z of cross-entropy is −0.998, that of squared error −0.00492" in said
    assert slopes.question.answer == pytest.approx(0.00492, abs=5e-6)


def squared_error_curve(view):
    return next(trace for trace in view.figure.data if trace.mode == "lines" and trace.line.width == 3)


@pytest.mark.parametrize("wrt", ["z", "p"])
@pytest.mark.parametrize("y", [0, 1])
def test_an_open_guess_hides_squared_error_where_the_model_is_wrong_and_nothing_else(y, wrt):
    for z in (-6.0, -0.1, 0.1, 6.0):
        hidden, shown = (slopes({"z": z, "y": y, "wrt": wrt}, shown=shown) for shown in (False, True))
        is_wrong = z < 0 if y == 1 else z > 0
        assert (hidden.caption == shown.caption) is not is_wrong
        assert (hidden.formula == "") is is_wrong
        assert ("squared error <b>" in label_text(hidden.figure)) is not is_wrong
        assert "squared error <b>" in label_text(shown.figure)
        assert hidden.code is None
        known = np.array(squared_error_curve(hidden).x)
        assert len(known) == 101
        assert np.all(known >= 0 if y == 1 else known <= 0)
        assert len(squared_error_curve(shown).x) == 201
    asked = slopes()
    assert "your guess <b>?</b>" in label_text(asked.figure)
    assert asked.caption.startswith("At z = −6, where p = 0.247 %, the slope in z of cross-entropy is −0.998. ")


def test_no_link_shows_the_answer_while_the_guess_is_open():
    answer = re.compile(r"(?<![\d.])0\.00492|5\.995(?!\d)")  # 0.00492, and −6 + 0.00492 after the first step
    for z, y, wrt in itertools.product(slopes.controls["z"].every_value, (0, 1), ("z", "p")):
        view = slopes({"z": z, "y": y, "wrt": wrt})
        assert not answer.search(f"{view.caption} {view.formula} {label_text(view.figure)}"), (z, y, wrt)
    for rate, step in itertools.product(race.controls["eta"].every_value, (0, 1, 2, 3)):
        view = race({"eta": rate, "step": step})
        assert not answer.search(f"{view.caption} {view.formula} {label_text(view.figure)}"), (rate, step)


def test_gradient_descent_on_squared_error_gets_stuck_on_a_plateau():
    # "from the weights (−6.6, −1.6), 500 steps with a learning rate of 1 get no lower than 0.53, though 0.22 can be
    # reached"
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
    for t in honesty.controls["yes"].every_value:
        said = re.search(
            r"least at p = (.+?), with .+ nats, and .+ error at p = (.+?), with", honesty({"yes": t}).caption
        )
        assert said.groups() == (percent(t), percent(t))
    # "cross-entropy gets 96 % of these points right and squared error 96 %"
    assert (views.accuracy_after_200_steps(CE), views.accuracy_after_200_steps(SE)) == ("96 %", "96 %")


def test_the_squared_error_of_the_fourth_picture_is_that_of_the_page():
    # (p − y)² at p = 0.8: 0.04 in 80 % and 0.64 in 20 % of the cases
    view = honesty({"yes": 0.8})
    expected = 0.8 * 0.04 + 0.2 * 0.64
    assert expected == pytest.approx(0.16)
    assert view.caption.endswith(
        "least at p = 80 %, with 0.500 nats, and expected squared error at p = 80 %, with 0.160."
    )
    assert view.formula.endswith("{0.160}\\end{aligned}")
    for t in honesty.controls["yes"].every_value:
        assert f"with {text(t * (1 - t))}." in honesty({"yes": t}).caption


def test_the_state_of_the_first_card_shows_squared_error_slower_but_right():
    # "From p = 11.92 %, after 20 steps, squared error is at 81.96 % and cross-entropy at 94.36 %"
    caption = race({"z0": -2.0, "eta": 1.0, "step": 20}).caption
    assert "From p = 11.92 %, after 20 steps: cross-entropy 94.36 %, squared error 81.96 %" in caption


def test_the_state_of_the_second_card_shows_squared_error_steep_in_p():
    # "In p, before that factor comes in, squared error is steep, too: −2.00 at z = −6."
    assert slopes({"z": -6.0, "wrt": "p"}, shown=True).caption.endswith("that of squared error −2.00.")


def test_from_a_confident_mistake_cross_entropy_needs_far_fewer_steps_at_every_learning_rate():
    for rate in race.controls["eta"].every_value:
        for column in np.flatnonzero(views.STARTS <= -5):
            fast, slow = (np.argmax(views.paths(name, rate)[:, column] > 0) for name in (CE, SE))
            assert slow == 0 or slow >= 6 * fast  # 0: not within 300 steps
            assert fast > 0


def test_a_larger_learning_rate_helps_squared_error_from_minus_six():
    needs = [np.argmax(views.paths(SE, rate)[:, 20] > 0) or 301 for rate in race.controls["eta"].every_value]
    assert views.STARTS[20] == -6
    assert needs == sorted(needs, reverse=True)


def test_three_of_the_twelve_labels_are_wrong():
    clean = make_dataset("blobs", 12, noise=0.7, seed=8)
    assert np.sum(clean.labels != views.TWELVE_POINTS.labels) == 3


def test_the_numbers_of_the_chord_look_different_where_they_are():
    for w2, a, b in itertools.product((-8.0, -2.0, 8.0), (-8.0, -1.0, 0.0), (0.5, 1.0, 8.0)):
        for loss in (CE, SE):
            view = chord({"surface": loss, "w2": w2, "from": a, "to": b})
            surface, line = re.search(r" is ([\d.]+)(?: nats)?, and the chord is at ([\d.]+)", view.caption).groups()
            assert surface != line
            assert ("lies above its chord" in view.caption) is (float(surface) > float(line))
            gap = re.search(r"<b>([\d.]+)", next(words for words in labels(view.figure) if "the chord" in words))[1]
            assert float(gap) == pytest.approx(abs(float(surface) - float(line)))


def test_a_bowl_is_claimed_only_where_nothing_is_hatched():
    # The caption used to call a surface a bowl that lies above its chord elsewhere.
    partly = chord({"surface": SE})
    assert "lies below its chord there, but above it where it is hatched, so it is not convex." in partly.caption
    for w2, a, b in itertools.product((-8.0, -2.0, 3.0, 8.0), (-8.0, -3.0, 0.0), (0.5, 3.0, 8.0)):
        setup = TrainingSetup(views.TWELVE_POINTS, loss=LOSSES[SE])
        along = loss_surface(setup, np.zeros(3), (0, 1), np.linspace(a, b, 201), np.array([w2]))[0]
        above = np.max(along - np.linspace(along[0], along[-1], 201))
        caption = chord({"surface": SE, "w2": w2, "from": a, "to": b}).caption
        if above > 1e-5:
            assert "not convex" in caption
        elif above < 1e-9:
            assert caption.endswith("below its chord, as in a bowl.")
        assert chord({"w2": w2, "from": a, "to": b}).caption.endswith("below its chord, as in a bowl.")


def test_the_question_of_the_page_is_answered_by_its_picture():
    for number in range(1, 30):
        proof = problem(CHECKS[2].kind, number).proof
        picture = slopes(slopes.parse(proof.values), shown=True)
        assert f"that of squared error {proof.shows}." in picture.caption


def test_the_steps_of_the_race_are_those_of_gradient_descent():
    path = descend(LOSSES[SE], -6.0, 1, steps=300, optimizer=GradientDescent(1.0))
    # "From z = −6 with a learning rate of 1, cross-entropy needs 7 steps and squared error 214."
    assert np.argmax(path > 0) == 214
    assert np.argmax(descend(LOSSES[CE], -6.0, 1, steps=300) > 0) == 7
    for name, steps in (("cross-entropy", 7), ("squared error", 214)):
        assert rf"\textcolor{{#B65307}}{{p}} &> \tfrac12 \text{{ after {steps} steps ({name})}}" in race().formula
    assert r"\text{ not within 300 steps (squared error)}" in race({"eta": 0.1}).formula
    p = float(sigmoid(path[100]))
    assert f"squared error {100 * p:.2f} %" in race({"step": 100}).caption


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


def test_the_slope_of_cross_entropy_in_p_is_the_error_over_the_factor_of_squared_error():
    # "Cross-entropy's slope in p is (p − y) / (p(1 − p)), so exactly this factor cancels, and p − y is left."
    p = np.linspace(0.001, 0.999, 999)
    for y in (0, 1):
        assert binary_cross_entropy(p, y).grad == pytest.approx((p - y) / (p * (1 - p)))
