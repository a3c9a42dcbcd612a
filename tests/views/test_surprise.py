"""The pictures of the lesson on surprise: what solves their tasks, and what they say."""

import re
from decimal import Decimal

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


def test_two_surprises_end_to_end_are_as_long_as_that_of_both_and_fit_the_axis():
    for a, b in ((0.02, 0.02), (1.0, 1.0), (0.5, 0.25)):
        figure = two_events({"a": a, "b": b}).figure
        of_a, of_b, of_both = (t for t in figure.data if t.type == "bar")
        assert of_a.base[0] == of_both.base[0] == 0
        assert of_b.base[0] == pytest.approx(of_a.x[0], abs=1e-6)
        assert of_b.base[0] + of_b.x[0] == pytest.approx(of_both.x[0], abs=1e-5)
        assert of_both.x[0] == pytest.approx(-np.log2(a * b), abs=1e-5)
        assert figure.layout.xaxis2.range[1] >= of_both.x[0]
        assert not [t for t in (of_a, of_b, of_both) if t.marker.pattern.shape], "hatching means excess"


def test_the_area_of_both_is_the_product():
    figure = two_events({"a": 0.5, "b": 0.25}).figure
    both = next(t for t in figure.data if t.mode == "lines" and max(t.x) == 0.5 and max(t.y) == 0.25)
    assert max(both.x) * max(both.y) == 0.125
    assert "both: 0.125" in str(figure.to_dict())


def test_surprises_that_are_written_add_up():
    # Written to 3 digits each, 0.152 + 0.0439 = 0.196, but 0.1520 + 0.0439 = 0.1959.
    for a, b in ((0.9, 0.97), (0.37, 0.94), (0.5, 0.25)):
        of_a, of_b, of_both = map(
            Decimal,
            re.search(r"add: ([\d.]+) \+ ([\d.]+) = ([\d.]+) bits", two_events({"a": a, "b": b}).caption).groups(),
        )
        coarsest = max(10 ** each.as_tuple().exponent for each in (of_a, of_b, of_both))
        assert abs(float(of_a + of_b - of_both)) <= coarsest / 2 + 1e-9


@pytest.mark.parametrize("unit", list(Unit))
@pytest.mark.parametrize("heads", [0.01, 0.1, 0.5, 0.9, 0.99])
def test_the_axis_of_the_mean_is_used_and_stands_still_while_flips_are_added(heads, unit):
    tops = {long_run({"heads": heads, "n": n, "unit": unit}).figure.layout.yaxis.range[1] for n in (0, 1, 60, 500)}
    assert len(tops) == 1
    share = float(unit.of(entropy([heads, 1 - heads]).value)) / tops.pop()
    assert 0.25 <= share <= 0.5


def test_a_mean_beyond_its_axis_is_an_arrow():
    # Seed 1, 99 % heads: the axis ends at 0.2, and a first tails would carry 6.64 bits.
    for n in range(1, 200):
        view = long_run({"heads": 0.99, "n": n})
        assert ("↑" in str(view.figure.to_dict())) == (float(re.search(r"surprise is ([\d.]+)", view.caption)[1]) > 0.2)
