import numpy as np
import pytest

from tests.pages.helpers import check_challenges, is_solved, open_lesson, says
from xent_core.datasets import make_dataset
from xent_core.optimizers import GradientDescent
from xent_core.training import LOSSES, TrainingSetup, descend, loss_surface


def test_each_challenge_has_a_state_that_solves_it():
    check_challenges(
        "ce_vs_mse",
        {
            "Find where squared error is steepest in z.": {"z": -0.7},
            "Make cross-entropy pull 1,000 times as hard": {"z": -8},
            "Play until squared error, too, is right.": {"step": 220},
            "get it there within 20 steps.": {"eta": "20", "step": 14},
            "Show that squared error's surface is no bowl": {"surface": "squared error", "from": -8, "w2": -2, "to": 1},
        },
    )


@pytest.mark.parametrize(
    ("name", "task", "state"),
    [
        ("steeper", "Make cross-entropy steeper than 1 in z.", {"z": -10}),
        ("bowl", "Find such a chord for cross-entropy.", {"from": -8, "w2": -2, "to": 8}),
    ],
)
def test_what_cannot_be_done_is_seen_through(name, task, state):
    page = open_lesson("ce_vs_mse", **state)
    assert not is_solved(page, task)
    page.toggle(key=f"forbidden_ce_vs_mse_{name}").set_value(True).run()
    assert is_solved(page, task)


def test_no_chord_of_the_sliders_lies_below_cross_entropy():
    points = make_dataset("blobs", 12, noise=0.7, label_noise=0.25, seed=8)
    weights = np.linspace(-8, 8, 33)
    surface = loss_surface(TrainingSetup(points), np.zeros(3), (0, 1), weights, weights)
    middle, ends = surface[:, 1:-1], (surface[:, 2:] + surface[:, :-2]) / 2
    assert np.all(middle <= ends)


def test_the_slopes_at_minus_six_of_the_prediction():
    # "The model says z = −6, a chance of 0.25 %. Cross-entropy's slope there is 0.998 steep."
    page = open_lesson("ce_vs_mse", lock_ce_vs_mse="true")
    assert says(page, "where p = 0.247 %, the slope in z of cross-entropy is −0.998, that of squared error −0.00492")
    assert says(page, "it is **0.00492**")


def test_until_the_guess_is_in_the_page_keeps_the_answer():
    page = open_lesson("ce_vs_mse")
    assert says(page, "that of squared error your guess")
    assert not any(r"\frac{dS}{dz}" in latex.value for latex in page.latex)


def test_the_shelf():
    # "from (−6.6, −1.6) descent at a rate of 1 is still at a loss of 0.53 after 500 steps, though 0.22 is to be had"
    points = make_dataset("blobs", 12, noise=0.7, label_noise=0.25, seed=8)
    setup, weights = TrainingSetup(points, loss=LOSSES["squared error"]), np.array([-6.6, -1.6, 0.0])
    for _ in range(500):
        slopes = setup.loss(setup.model.forward(weights, points.points), points.labels).grad / 12
        weights = weights - setup.model.backward(weights, points.points, slopes) * [1, 1, 0]
    axis = np.linspace(-8, 8, 161)
    surface = loss_surface(setup, np.zeros(3), (0, 1), axis, axis)
    there = loss_surface(setup, np.zeros(3), (0, 1), weights[:1], weights[1:2]).item()
    assert (round(there, 2), round(surface.min(), 2)) == (0.53, 0.22)


def test_fair_to_squared_error():
    page = open_lesson("ce_vs_mse", yes=0.7)
    assert says(page, "cross-entropy is least at q = 70 %, squared error at q = 70 %")
    assert says(page, "cross-entropy gets 96 % right and squared error 96 %")


def test_the_state_of_the_first_card_shows_squared_error_keeping_up():
    # "From a start that is not confidently wrong it keeps up: see all three after 20 steps from 12 %"
    page = open_lesson("ce_vs_mse")
    page.button_group(key="vote_cannot").set_value("I disagree").run()
    page.button(key="show_cannot").click().run()
    assert says(page, "From 11.9 %, after 20 steps")
    end = [descend(LOSSES[name], -2.0, 1, steps=20, optimizer=GradientDescent(1.0))[-1] for name in LOSSES]
    assert end[1] > 0.5


def test_the_steps_of_the_race_are_those_of_gradient_descent():
    way = descend(LOSSES["squared error"], -6.0, 1, steps=300, optimizer=GradientDescent(1.0))
    assert np.argmax(way > 0) == 214  # cross-entropy needs 7
    assert np.argmax(descend(LOSSES["cross-entropy"], -6.0, 1, steps=300) > 0) == 7
