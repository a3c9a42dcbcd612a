"""The pictures of the lesson on surprise: what solves their tasks, and what they say."""

import numpy as np
import pytest

from xent_core import Unit, entropy, surprise
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
    assert "23.7 bits" in one_event({"p": LOTTERY}, shown=True).caption  # log2(13,983,816) = 23.737
    assert "16.5 nats" in one_event({"p": LOTTERY, "unit": Unit.NATS}, shown=True).caption


def test_the_curve_is_hidden_until_the_guess_is_locked_or_the_picture_moved():
    hidden, shown = one_event(), one_event(shown=True)
    assert min(hidden.figure.data[1].x) >= 0.4, "only the curve of likely events is shown"
    assert min(shown.figure.data[1].x) < 0.001
    locked = one_event({"guess_surprise": 3.0}, locked=True)
    assert "the truth" in str(locked.figure.to_dict())


def test_one_flip_is_written_in_the_singular():
    assert long_run({"n": 1}).caption.startswith("After 1 flip of a coin with 90 % heads")
    assert long_run({"n": 0}).caption == "No flip yet."


def test_a_link_to_the_asked_event_does_not_show_its_surprise():
    view = one_event({"p": 0.05})
    assert "4.32" not in view.caption + view.formula + str(view.figure.to_dict())
    assert "4.32 bits" in one_event({"p": 0.05}, shown=True).caption  # -log2(1/20)


def test_what_the_cards_say_is_true():
    # "1/2 carries 1 bit, 1/4 carries 2, and 1/8 carries 3"
    for p, bits in ((1 / 2, 1), (1 / 4, 2), (1 / 8, 3)):
        assert Unit.BITS.of(surprise(p).value) == pytest.approx(bits)
    # "With 98 % heads it is 0.141 bits, but a single heads carries 0.029 bits and a single tails 5.64."
    assert Unit.BITS.of(entropy([0.98, 0.02]).value) == pytest.approx(0.141, abs=5e-4)
    assert Unit.BITS.of(surprise(0.98).value) == pytest.approx(0.029, abs=5e-4)
    assert Unit.BITS.of(surprise(0.02).value) == pytest.approx(5.64, abs=5e-3)


def test_the_loss_of_the_opening():
    assert Unit.BITS.of(surprise(0.3).value) == pytest.approx(1.74, abs=5e-3)  # "−log₂ 0.3 = 1.74 bits"


def test_a_fair_coin_does_not_wander():
    assert np.allclose(long_run({"heads": 0.5, "n": 200}).figure.data[1].y, 1)  # "each flip carries 1 bit"


def test_the_mean_does_not_begin_at_the_entropy():
    caption = long_run().caption  # it once began where the mean was the entropy
    assert "0.680 bits; its entropy is 0.469" in caption


def test_labels_of_two_events_have_room():
    for a, b in ((0.02, 0.02), (1.0, 1.0), (0.5, 0.25)):
        figure = two_events({"a": a, "b": b}).figure
        assert figure.layout.yaxis2.range[1] >= -np.log2(a * b)
