"""The pictures of the training lab: what solves their tasks, and what they say."""

import numpy as np
import pytest

from tests.views.helpers import run
from xent_core.training import LOSSES
from xent_ui.controls.declarations import Choice
from xent_ui.experiments.training_runs import Problem, training_data
from xent_ui.views.training_lab import AFTER, BEFORE, BOTH_RISE, LAST, five_forecasts, two_runs

FIVE = tuple(BEFORE)


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (two_runs, {"rate_b": 10.0, "made": 200}, "rescue"),
        (two_runs, {"loss_a": "squared error", "loss_b": "squared error", "rate_a": 10.0, "made": 200}, "rescue"),
        (two_runs, BOTH_RISE | {"made": 220}, "crossed"),
        (five_forecasts, dict.fromkeys(FIVE, 0.505), "all_right"),
        (five_forecasts, {"f1": 0.999, "f2": 0.999, "f3": 0.999, "f4": 0.49, "f5": 0.49}, "cheap"),
    ],
)
def test_what_solves_each_task(picture, values, task):
    assert picture(values).solved[task]


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (two_runs, {"shape": "circles", "units": 0, "noise": 0.0, "made": 400}, "line"),
        (five_forecasts, dict.fromkeys(FIVE, 0.501), "dear"),
    ],
)
def test_impossible_tasks_are_not_solved_in_the_closest_states(picture, values, task):
    assert not picture(values).solved[task]


def test_no_line_gets_more_than_about_70_percent_of_the_circles():
    # "a line ends near 70 %": every direction, every place
    data = training_data(Problem("circles", 0.0, units=0))
    angles = np.linspace(0, 2 * np.pi, 73)
    along = data.points @ np.stack([np.cos(angles), np.sin(angles)])
    says_one = along[..., np.newaxis] > np.linspace(-1.5, 1.5, 121)
    assert 0.66 < np.mean(says_one == data.labels[:, np.newaxis, np.newaxis], axis=0).max() < 0.74


def test_cross_entropy_beats_squared_error_from_the_confidently_wrong_start():
    # "After 200 steps cross-entropy gets 99 % right. And squared error?": 75 %
    caption = two_runs({"made": 200}).caption
    assert "A, cross-entropy: 99.3 % right, cross-entropy 0.0696" in caption
    assert "B, squared error: 75.3 % right, cross-entropy 1.98" in caption
    for start in (
        "A, cross-entropy: 1.33 % right, cross-entropy 7.49",
        "B, squared error: 1.33 % right, cross-entropy 7.49",
    ):
        assert start in two_runs().caption
    assert two_runs.question.read({"guess_training_lab": 50}, locked=True).answer == 75


def test_the_numbers_of_the_two_cards():
    # "the loss nearly triples, from 0.673 to 1.92, while accuracy rises from 60 to 80 %"
    caption = five_forecasts(AFTER).caption
    assert caption == "Now 80 % are right, at 1.92 nats on average; before, 60 % were, at 0.673."
    # "from step 20 to step 220 its loss on unseen examples rises from 0.417 to 0.497, its accuracy from 81.5 to 83.4 %"
    for step, loss, accuracy in ((20, "0.417", "81.5"), (220, "0.497", "83.4")):
        caption = two_runs(BOTH_RISE | {"made": step}).caption
        assert f"A, cross-entropy: {accuracy} % right, cross-entropy {loss}" in caption


def test_the_step_is_shown_and_played():
    view = two_runs({"made": 120, "speed": 20})
    assert view.caption.startswith("Step 120 of 400.")
    assert view.play.stops == (*range(0, LAST, 20), LAST)
    assert view.play.key == view.handles[0].key == "made"


def test_a_guess_is_drawn_at_the_step_it_is_about_and_disappears_once_a_control_is_moved():
    diamonds = {
        shown: [each for each in two_runs(shown=shown).figure.data if each.marker.symbol == "diamond-open"]
        for shown in (False, True)
    }
    assert [mark.x for mark in diamonds[False]] == [(200,)]
    assert not diamonds[True]


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_is_found_by_its_address(loss):
    values = two_runs.parse({"loss_a": loss, "by": "each its own", "made": "10"})
    assert f"A, {loss}:" in two_runs(values).caption


def test_labels_are_plain_american_english():
    labels = {key: control.label for key, control in two_runs.controls.items()}
    assert (labels["opt_a"], labels["opt_b"]) == ("Optimizer of A", "Optimizer of B")
    assert (labels["seed"], labels["per_step"], labels["speed"]) == (
        "Random seed",
        "Examples per step",
        "Steps per picture",
    )


def test_names_of_menus_are_their_addresses():
    for key in ("loss_a", "loss_b", "opt_a", "opt_b", "shape"):
        control = two_runs.controls[key]
        assert isinstance(control, Choice)
        assert all(control.write(value) == value for value in control.every_value)


def test_the_code_computes_the_mean_loss_of_the_five_and_not_their_five_losses():
    view = five_forecasts(AFTER)
    left = run(view.code.numpy)
    expected = -(4 * np.log(0.51) + np.log(0.001)) / 5
    assert left["value"] == pytest.approx(expected)
    assert "1.92" in view.caption
    assert f"{expected:.2f}" == "1.92"
    np.testing.assert_allclose(left["grad"], [-1 / (5 * p) for p in AFTER.values()])
