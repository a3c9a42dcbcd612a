import numpy as np

from tests.figures.helpers import labels
from xent_core import reliability_curve
from xent_ui.figures.base import GuessMark
from xent_ui.figures.calibration import (
    HIGHEST_LOSS,
    HIGHEST_SCORE,
    LossCurve,
    Parts,
    losses_at_temperatures,
    reliability,
    two_scores,
)
from xent_ui.views.calibration import three_parts

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
    assert "guess <b>?</b>" in labels(hidden)
    assert {"guess", "truth"} <= {word.strip() for word in labels(shown)}


def test_the_sizes_of_the_bins_have_an_axis_of_their_own():
    # The counts stood on the axis of the share that came true, where 1,122 was as high as 0.16.
    figure = reliability(CURVE)
    (sizes,) = [trace for trace in figure.data if trace.type == "bar"]
    assert sizes.yaxis == "y2"
    assert list(sizes.y)[0] == 60
    assert figure.layout.yaxis2.title.text == "examples"
    assert figure.layout.yaxis2.domain[1] < figure.layout.yaxis.domain[0]
    assert figure.layout.yaxis2.range[1] >= 2000, "all examples fit into one bin"


def test_a_loss_beyond_the_axis_is_an_arrow_and_each_curve_is_named_on_its_own_side(dark):
    figure = losses_at_temperatures(TEMPERATURES, LOSSES, at=(0.2, 2.0), chosen=1)
    assert any("↑ 2.00" in word for word in labels(figure))
    assert any("T = 0.300" in word for word in labels(figure))
    assert {"held-out examples", "training examples"} <= set(labels(figure))
    assert np.nanmax(figure.data[0].y) <= HIGHEST_LOSS


def test_each_bar_of_the_waterfall_begins_where_the_one_above_ends():
    figure = two_scores(Parts("a", 0.22, 0.1, 0.02, 0.14), Parts("b", 0.22, 0, 0.03, 0.25))
    left, right = ([each for each in figure.data if each.type == "bar" and each.xaxis == axis] for axis in ("x", "x2"))
    assert [bar.x[0] for bar in left] == [0.22, 0.1, 0.02, 0.14]
    assert np.allclose([bar.base[0] for bar in left], [0, 0.12, 0.12, 0])
    assert [bar.x[0] for bar in right] == [0.22, 0, 0.03, 0.25]
    assert any("− resolution" in word for word in labels(figure))


def test_only_reliability_which_is_wasted_is_hatched(dark):
    figure = two_scores(Parts("a", 0.22, 0.1, 0.02, 0.14), Parts("b", 0.22, 0, 0.03, 0.25))
    hatched = [bar.x[0] for bar in figure.data if bar.type == "bar" and bar.marker.pattern.shape]
    assert hatched == [0.02, 0.03]


def test_no_score_ends_beyond_the_axis():
    # Bars of 0.334 and 0.666 had the same length.
    for c in (0.0, 1.0):
        for score in [each for each in three_parts({"always": c}).figure.data if each.type == "bar"]:
            assert score.base[0] + score.x[0] < HIGHEST_SCORE
