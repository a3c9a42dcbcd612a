"""The pictures of the lesson on surprise: what solves their tasks, and what they say."""

import pytest

from xent_core import Unit
from xent_ui.views.surprise import LOTTERY, long_run, one_event, two_events


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (one_event, {"p": 0.125}, "three_bits"),
        (one_event, {"p": 1.0}, "certain"),
        (two_events, {"a": 0.25, "b": 0.25}, "four_bits"),
    ],
)
def test_what_solves_each_task(picture, values, task):
    assert picture(values).solved[task]


def test_the_lottery_is_24_bits():
    assert "23.7 bits" in one_event({"p": LOTTERY}).caption  # log2(13,983,816) = 23.737
    assert "16.5 nats" in one_event({"p": LOTTERY, "unit": Unit.NATS}).caption


def test_the_curve_is_hidden_until_the_guess_is_locked_or_the_picture_moved():
    assert len(one_event().figure.data) < len(one_event(shown=True).figure.data)
    locked = one_event({"guess_surprise": 3.0}, locked=True)
    assert "the truth" in str(locked.figure.to_dict())


def test_one_flip_is_written_in_the_singular():
    assert long_run({"n": 1}).caption.startswith("After 1 flip of a coin with 90 % heads")
    assert long_run({"n": 0}).caption == "No flip yet."
