"""Training runs: determined by their settings, shared by all learners, and independent of the order of requests."""

import sys
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import numpy as np
import pytest

from xent_core.training import LOSSES
from xent_ui.experiments import training_runs
from xent_ui.experiments.training_runs import Problem, Settings, TrainingRun, training_data, training_run, unseen_data

SPIRALS = Problem("spirals", 0.3, units=16, mislabeled_start=False)


def new_run(settings):
    return TrainingRun(settings.setup(), unseen_data(settings.problem))


def test_a_run_is_the_same_to_the_last_bit_in_whatever_order_its_steps_are_asked_for():
    settings = Settings(SPIRALS, "focal", "momentum", 0.1, batch_size=16)
    straight, back_and_forth = new_run(settings), new_run(settings)
    straight.params(60)
    for step in (7, 60, 3, 41):
        back_and_forth.params(step)
    for step in (0, 3, 41, 60):
        assert np.array_equal(straight.params(step), back_and_forth.params(step))
        assert straight.grad_norm(step) == back_and_forth.grad_norm(step)


def test_both_runs_of_a_comparison_share_data_and_start():
    ours, theirs = (
        training_run(Settings(Problem(), name, "descent", 1.0)) for name in ("cross-entropy", "squared error")
    )
    assert np.array_equal(ours.params(0), theirs.params(0))
    assert ours.setup.dataset is theirs.setup.dataset


def test_no_unseen_example_is_among_those_learned_from():
    problem = Problem()
    assert not set(map(tuple, training_data(problem).points)) & set(map(tuple, unseen_data(problem).points))
    assert len(unseen_data(problem).labels) == 1000


def test_a_run_can_be_continued_after_a_step_that_failed(monkeypatch):
    settings = Settings(SPIRALS, "cross-entropy", "descent", 0.3)
    run = new_run(settings)
    run.params(2)

    def fails(setup, state):
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(training_runs, "next_state", fails)
        with pytest.raises(MemoryError):
            run.params(5)
    assert np.array_equal(run.params(5), new_run(settings).params(5))


def test_shared_parameters_are_read_only():
    with pytest.raises(ValueError, match="read-only"):
        new_run(Settings(SPIRALS, "cross-entropy", "descent", 0.3)).params(1)[0] = 0


@pytest.fixture
def fast_switching():
    """Switch between threads a thousand times as often as usual, so that a race condition shows."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(usual / 1000)
    yield
    sys.setswitchinterval(usual)


def call_at_once(n, function):
    """Return the results of a function that n threads call at the same time, each with its index."""
    start = Barrier(n)

    def call(number):
        start.wait(timeout=10)
        return function(number)

    with ThreadPoolExecutor(n) as threads:
        return list(threads.map(call, range(n)))


def test_threads_that_ask_for_the_same_run_at_once_get_one_run(fast_switching):
    settings = Settings(Problem("circles", 0.15, seed=17), "cross-entropy", "Adam", 0.03)
    runs = call_at_once(8, lambda _: training_run(settings))
    assert len(set(map(id, runs))) == 1
    assert training_run(settings) is runs[0]


def test_threads_that_ask_one_run_for_steps_at_once_all_get_the_right_ones(fast_switching):
    settings = Settings(SPIRALS, "cross-entropy", "momentum", 0.1, batch_size=16)
    alone, shared = new_run(settings), new_run(settings)

    def ask(number):
        steps = np.random.default_rng(number).permutation(41)
        return {int(step): (shared.params(step), shared.measures(step, on="unseen", by="hinge")) for step in steps}

    for asked in call_at_once(6, ask):
        for step, (params, measured) in asked.items():
            assert np.array_equal(params, alone.params(step))
            assert measured == alone.measures(step, on="unseen", by="hinge")


def test_the_caches_are_bounded():
    caches = [each for each in vars(training_runs).values() if hasattr(each, "cache_info")]
    assert len(caches) == 4
    assert all(each.cache_info().maxsize == training_runs.REMEMBERED for each in caches)


@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_can_be_trained_with(loss):
    first, later = (
        training_run(Settings(Problem(mislabeled_start=False), loss, "Adam", 0.03)).measures(step, on="seen", by=loss)
        for step in (0, 30)
    )
    assert later.loss < first.loss
