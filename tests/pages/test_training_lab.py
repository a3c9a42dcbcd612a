import numpy as np
import pytest

from tests.pages.helpers import check_challenges, is_solved, open_lesson, says
from xent_ui.experiments.training_runs import LOSSES, Run, Settings, Task, examples, run, unseen

SPIRALS = Task("spirals", 0.3, units=16, taught_wrong=False)
ADAM = {"opt_a": "Adam", "rate_a": "0.1", "shape": "spirals", "noise": 0.3, "units": 16, "start": "fresh"}


def test_each_challenge_has_a_state_that_solves_it():
    check_challenges(
        "training_lab",
        {
            "Taught wrong, get squared error past 95 %": {"rate_b": 10, "made": 200},
            "Find a moment when one run has the lower loss": {**ADAM, "on": "1,000 unseen", "made": 220},
            "Get all five right, and still pay more": dict.fromkeys(("f1", "f2", "f3", "f4", "f5"), 0.505),
            "Pay less than half, with no more right": {"f1": 0.999, "f2": 0.999, "f3": 0.999, "f4": 0.49, "f5": 0.49},
        },
    )


@pytest.mark.parametrize(
    ("task", "name", "state"),
    [
        (
            "With a line, get 90 % of the circles right",
            "line",
            {"shape": "circles", "units": "none: a line", "noise": 0},
        ),
        ("Get all five right and pay more than 0.7", "dear", dict.fromkeys(("f1", "f2", "f3", "f4", "f5"), 0.501)),
    ],
)
def test_the_impossible_is_seen_through_not_found(task, name, state):
    page = open_lesson("training_lab", **state, made=400)
    assert not is_solved(page, task)
    page.toggle(key=f"forbidden_training_lab_{name}").set_value(True).run()
    assert is_solved(page, task)


def test_no_line_gets_more_than_about_70_percent_of_the_circles():
    # "a line ends near 70 %": every direction, every place
    data = examples(Task("circles", 0.0, units=0))
    angles = np.linspace(0, 2 * np.pi, 73)
    along = data.points @ np.stack([np.cos(angles), np.sin(angles)])
    says_one = along[..., np.newaxis] > np.linspace(-1.5, 1.5, 121)
    assert 0.66 < np.mean(says_one == data.labels[:, np.newaxis, np.newaxis], axis=0).max() < 0.74


def test_cross_entropy_beats_squared_error_from_the_confidently_wrong_start():
    # "After 200 steps cross-entropy gets 99 % right. And squared error?": 75 %
    page = open_lesson("training_lab", made=200)
    assert says(page, "A, cross-entropy: 99.3 % right, cross-entropy 0.0696")
    assert says(page, "B, squared error: 75.3 % right, cross-entropy 1.98")
    start = open_lesson("training_lab")
    assert says(start, "A, cross-entropy: 1.33 % right, cross-entropy 7.49")
    assert says(start, "B, squared error: 1.33 % right, cross-entropy 7.49")


def test_the_numbers_of_the_two_cards():
    # "the loss nearly triples, from 0.673 to 1.92, while accuracy rises from 60 to 80 %"
    page = open_lesson("training_lab", f1=0.51, f2=0.51, f3=0.51, f4=0.51, f5=0.001)
    assert says(page, "Now 80 % are right, at 1.92 nats on average; before, 60 % were, at 0.673.")
    # "from step 20 to step 220 its loss on unseen examples rises from 0.417 to 0.497, its accuracy from 81.5 to 83.4 %"
    for step, loss, accuracy in ((20, "0.417", "81.5"), (220, "0.497", "83.4")):
        page = open_lesson("training_lab", **ADAM, on="1,000 unseen", made=step)
        assert says(page, f"A, cross-entropy: {accuracy} % right, cross-entropy {loss}")


def test_step_and_progress_are_shown():
    assert says(open_lesson("training_lab", made=120), "Step 120 of 400.")


@pytest.mark.parametrize("address", [{"opt_a": "Nadam"}, {"loss_b": "<script>"}, {"made": "401"}, {"shape": ""}])
def test_an_address_that_is_no_value_shows_the_default(address):
    key = next(iter(address))
    fresh, page = open_lesson("training_lab"), open_lesson("training_lab", **address)
    kind = "slider" if key == "made" else "selectbox"
    assert getattr(page, kind)(key=key).value == getattr(fresh, kind)(key=key).value


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_opens_by_its_address(loss):
    assert says(open_lesson("training_lab", loss_a=loss, by="each its own", made=10), f"A, {loss}:")


# --------------------------------------------------------------------------------------------------- the runs


def test_a_run_is_the_same_to_the_last_bit_however_it_is_watched():
    settings = Settings(SPIRALS, "focal", "momentum", 0.1, batch=16)
    straight, there_and_back = (Run(settings.setup(), unseen(SPIRALS)) for _ in range(2))
    straight.params(60)
    for step in (7, 60, 3, 41):
        there_and_back.params(step)
    for step in (0, 3, 41, 60):
        assert np.array_equal(straight.params(step), there_and_back.params(step))
        assert straight.grad_norm(step) == there_and_back.grad_norm(step)


def test_both_runs_of_a_comparison_share_data_and_start():
    ours, theirs = (run(Settings(Task(), name, "descent", 1.0)) for name in ("cross-entropy", "squared error"))
    assert np.array_equal(ours.params(0), theirs.params(0))
    assert ours.setup.dataset is theirs.setup.dataset
    assert run(Settings(Task(), "cross-entropy", "descent", 1.0)) is ours


def test_the_unseen_are_none_of_the_examples():
    task = Task()
    assert not set(map(tuple, examples(task).points)) & set(map(tuple, unseen(task).points))
    assert len(unseen(task).labels) == 1000
