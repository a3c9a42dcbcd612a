import numpy as np

from tests.figures.helpers import labels
from xent_core import reliability_curve
from xent_ui.figures.base import GuessMark
from xent_ui.figures.calibration import (
    HIGHEST_LOSS,
    HIGHEST_SCORE,
    NAMED_FROM,
    LossCurve,
    Parts,
    losses_at_temperatures,
    reliability,
    two_scores,
)

PROBS = np.repeat([0.05, 0.55, 0.95], [60, 10, 30])
CAME = np.concatenate([np.zeros(60), [1, 0] * 5, np.ones(18), np.zeros(12)]).astype(int)
CURVE = reliability_curve(PROBS, CAME)
TEMPERATURES = np.linspace(0.2, 5, 11)
LOSSES = (
    LossCurve("held-out examples", np.linspace(2, 0.4, 11), 4.9, 0.4),
    LossCurve("training examples", np.linspace(0.1, 0.5, 11), 0.3, 0.1),
)


def test_labels_are_the_counts_of_the_fullest_and_the_last_bin_and_the_largest_gap(dark):
    assert {"60", "30", "MCE 0.35"} <= set(labels(reliability(CURVE)))


def test_an_open_guess_hides_dots_and_the_largest_gap_and_a_locked_one_shows_them():
    hidden = reliability(CURVE, guess=GuessMark(0.95, 0.7), hidden_above=0.9)
    shown = reliability(CURVE, guess=GuessMark(0.95, 0.7, 0.6))
    assert not any("MCE" in word for word in labels(hidden))
    assert [word.strip() for word in labels(hidden)][-1] == "guess <b>?</b>"
    assert {"guess", "truth"} <= {word.strip() for word in labels(shown)}
    close = reliability(CURVE, guess=GuessMark(0.95, 0.62, 0.6))
    assert "guess" not in {word.strip() for word in labels(close)}


def test_a_loss_beyond_the_axis_is_an_arrow_and_each_curve_is_named_on_its_own_side(dark):
    figure = losses_at_temperatures(TEMPERATURES, LOSSES, at=(0.2, 2.0), chosen=1)
    assert any("↑ 2.00" in word for word in labels(figure))
    assert any("T = 0.300" in word for word in labels(figure))
    sides = dict(zip(figure.data[-1].text, figure.data[-1].textposition, strict=True))
    assert (sides["held-out examples"], sides["training examples"]) == ("bottom left", "top left")
    assert np.nanmax(figure.data[0].y) <= HIGHEST_LOSS


def test_no_curve_crosses_its_name():
    # The name of the training examples stood across their rising curve.
    rising = LossCurve("training examples", np.linspace(0.1, 0.3, 11), 0.2, 0.1)
    falling = LossCurve("held-out examples", np.linspace(0.9, 0.4, 11), 5.0, 0.4)
    figure = losses_at_temperatures(TEMPERATURES, (falling, rising), at=(1.0, 0.8), chosen=0)
    height = dict(zip(figure.data[-1].text, figure.data[-1].y, strict=True))
    under = TEMPERATURES >= NAMED_FROM
    assert height["training examples"] <= rising.losses[under].min()
    assert height["held-out examples"] >= falling.losses[under].max()


def test_each_bar_of_the_waterfall_begins_where_the_one_above_ends():
    figure = two_scores(Parts("a", 0.22, 0.1, 0.02, 0.14), Parts("b", 0.22, 0, 0.03, 0.25))
    left, right = (trace for trace in figure.data if trace.type == "bar")
    assert left.x == (0.22, 0.1, 0.02, 0.14)
    assert np.allclose(left.base, [0, 0.12, 0.12, 0])
    assert right.xaxis == "x2"
    assert figure.layout.xaxis.range == (0, HIGHEST_SCORE)
    assert any("− resolution" in word for word in labels(figure))
