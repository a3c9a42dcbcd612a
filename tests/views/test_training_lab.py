"""The pictures of the training lab: what solves their tasks, and what they say."""

import numpy as np
import pytest

from tests.figures.helpers import labels
from tests.views.helpers import run as run_code
from tests.views.helpers import without_colors
from xent_core.training import LOSSES
from xent_ui.controls.declarations import Choice
from xent_ui.experiments.training_runs import Problem, Settings, training_data, training_run, unseen_data
from xent_ui.style.numbers import tex
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


def test_the_best_line_gets_about_70_percent_of_the_circles_and_cross_entropy_less():
    # "At noise 0.2 even the best line gets only about 70 % right, and cross-entropy ends near 55 %."
    best, ends = [], []
    angles = np.linspace(0, 2 * np.pi, 73)
    for seed in range(1, 21):
        problem = Problem("circles", 0.2, seed=seed, units=0, mislabeled_start=False)
        data = training_data(problem)
        along = data.points @ np.stack([np.cos(angles), np.sin(angles)])
        says_one = along[..., np.newaxis] > np.linspace(-2, 2, 161)
        best.append(np.mean(says_one == data.labels[:, np.newaxis, np.newaxis], axis=0).max())
        run = training_run(Settings(problem, "cross-entropy", "descent", 1.0))
        ends.append(run.measures(LAST, on="seen", by="cross-entropy").accuracy)
    assert np.mean(best) == pytest.approx(0.7, abs=0.02)
    assert max(best) < 0.75
    assert np.mean(ends) == pytest.approx(0.55, abs=0.02)
    assert max(ends) < 0.65


@pytest.mark.parametrize("noise", [0.0, 0.2, 0.6])
def test_no_line_gets_90_percent_of_the_circles(noise):
    values = {"shape": "circles", "units": 0, "noise": noise, "made": LAST, "loss_b": "hinge"}
    for seed in range(1, 6):
        assert not two_runs(values | {"seed": seed}).solved["line"]


def accuracies(loss, step, *, mislabeled):
    problems = [Problem(seed=seed, mislabeled_start=mislabeled) for seed in range(1, 21)]
    runs = [training_run(Settings(problem, loss, "descent", 1.0)) for problem in problems]
    return np.array([run.measures(step, on="seen", by="cross-entropy").accuracy for run in runs])


def test_what_the_loss_changes_from_a_wrong_start_and_hardly_from_a_fresh_one():
    # "At this start it is 26 to 330 times as long, depending on the random seed"
    problems = [Problem(seed=seed) for seed in range(1, 21)]
    lengths = [
        np.array([training_run(Settings(problem, loss, "descent", 1.0)).grad_norm(0) for problem in problems])
        for loss in ("cross-entropy", "squared error")
    ]
    ratio = lengths[0] / lengths[1]
    assert (round(ratio.min()), round(ratio.max(), -1)) == (26, 330)
    # "so cross-entropy turns around at once"
    from_wrong = [accuracies(loss, 200, mislabeled=True) for loss in ("cross-entropy", "squared error")]
    assert (from_wrong[0] > from_wrong[1]).all()
    # "From a fresh start both losses end with much the same accuracy: 90 % or more after 400 steps"
    fresh = [accuracies(loss, LAST, mislabeled=False) for loss in ("cross-entropy", "squared error")]
    assert min(map(np.min, fresh)) >= 0.9
    assert np.abs(fresh[0] - fresh[1]).max() < 0.07


def test_cross_entropy_beats_squared_error_from_the_confidently_wrong_start():
    # "After 200 steps with the right labels, cross-entropy gets 99 % right.": and squared error 75.3 %
    caption = two_runs({"made": 200}, shown=True).caption
    assert "A, cross-entropy: 99.3 % right, cross-entropy 0.0696 nats" in caption
    assert "B, squared error: 75.3 % right, cross-entropy 1.98 nats" in caption
    for start in (
        "A, cross-entropy: 1.33 % right, cross-entropy 7.49 nats",
        "B, squared error: 1.33 % right, cross-entropy 7.49 nats",
    ):
        assert start in two_runs().caption
    guess = two_runs.question.read({"guess_training_lab": 50}, locked=True)
    assert guess.answer == pytest.approx(100 * 113 / 150)
    assert "75.3" in guess.verdict, "it used to say 75.0 % beside a caption with 75.3 %"


@pytest.mark.parametrize("swap", [False, True])
@pytest.mark.parametrize("made", [48, 190, 200, 201, 400])
def test_no_link_gives_away_how_many_squared_error_gets_right(made, swap):
    values = {"made": made} | ({"loss_a": "squared error", "loss_b": "cross-entropy"} if swap else {})
    view = two_runs(values)
    assert "squared error: ? right" in view.caption
    assert "cross-entropy: ?" not in view.caption, "only what is asked is hidden"
    (heading,) = [words for words in labels(view.figure) if words.startswith("accuracy")]
    assert "<b>?</b>" in heading


def test_no_name_of_a_number_is_left_undefined():
    # The formula used to show Adam's symbols, which no page explains.
    for optimizer in ("descent", "momentum", "Adam"):
        formula = two_runs({"opt_a": optimizer}).formula
        assert r"\hat" not in formula
        assert "v" not in without_colors(formula).replace(r"\lVert", "").replace(r"\rVert", "")


@pytest.mark.parametrize("optimizer", ["descent", "momentum", "Adam"])
@pytest.mark.parametrize("per_step", [1, 50, 150])
def test_the_length_of_the_next_step_is_that_of_the_step(optimizer, per_step):
    # With fewer examples per step, it used to be the learning rate times the gradient over all examples.
    problem = Problem()
    run = training_run(Settings(problem, "cross-entropy", optimizer, 0.3, per_step))
    length = float(np.linalg.norm(run.params(11) - run.params(10)))
    formula = without_colors(two_runs({"opt_a": optimizer, "rate_a": 0.3, "per_step": per_step, "made": 10}).formula)
    (row,) = [row for row in formula.split(r"\\[4pt]") if row.startswith(r"\lVert\Delta w_A")]
    assert row.removesuffix(r"\end{aligned}").rsplit("= ", 1)[1] == tex(length)
    assert (r"\times" in row.replace(r"\times 10", "")) == (optimizer == "descent" and per_step == 150)


def test_the_numbers_of_the_two_cards():
    # "the loss nearly triples, from 0.673 to 1.92, while accuracy rises from 60 to 80 %"
    caption = five_forecasts(AFTER).caption
    assert caption == ("Now 80 % are right, with a mean loss of 1.92 nats; before, 60 % were right, with 0.673 nats.")
    # "from step 20 to step 220 its loss on unseen examples rises from 0.417 to 0.497 nats, and its accuracy from 81.5
    # to 83.4 %": it overfits, for its loss on its own examples falls
    for step, loss, accuracy in ((20, "0.417", "81.5"), (220, "0.497", "83.4")):
        caption = two_runs(BOTH_RISE | {"made": step}).caption
        assert f"A, cross-entropy: {accuracy} % right, cross-entropy {loss} nats" in caption
    problem = Problem("spirals", BOTH_RISE["noise"], 1, 1, 16, mislabeled_start=False)
    run = training_run(Settings(problem, "cross-entropy", "Adam", BOTH_RISE["rate_a"]))
    seen = [run.measures(step, on="seen", by="cross-entropy").loss for step in (20, 220)]
    assert seen[1] < seen[0]
    # "becomes surer of the answers that it gets wrong"
    unseen = unseen_data(problem)
    costs = []
    for step in (20, 220):
        logits = run.setup.model.forward(run.params(step), unseen.points)
        wrong = (logits > 0) != unseen.labels
        costs.append(np.abs(logits[wrong]).mean())
    assert costs[1] > 1.5 * costs[0]


def test_one_sure_mistake_costs_more_than_the_other_four():
    # "A forecast that moves from 0.4 to 0.001 changes no verdict, and then costs more than the other four together."
    assert -np.log(0.001) > -4 * np.log(0.51)
    assert all(each < 0.5 for each in (BEFORE["f5"], AFTER["f5"]))


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
    left = run_code(view.code.numpy)
    expected = -(4 * np.log(0.51) + np.log(0.001)) / 5
    assert left["value"] == pytest.approx(expected)
    assert "1.92" in view.caption
    assert f"{expected:.2f}" == "1.92"
    np.testing.assert_allclose(left["grad"], [-1 / (5 * p) for p in AFTER.values()])
