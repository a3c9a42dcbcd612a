import numpy as np
import pytest

from tests.figures.helpers import label_text, sent_bytes
from xent_core import binary_cross_entropy_with_logits, sigmoid, sigmoid_squared_error
from xent_ui.figures import ce_vs_mse as figures
from xent_ui.figures.base import GuessMark
from xent_ui.style import theme

Z = np.linspace(-10, 10, 201)


def slopes(y, **more):
    ours, theirs = binary_cross_entropy_with_logits(Z, y), sigmoid_squared_error(Z, y)
    at = (-6.0, float(ours.grad[40]), float(theirs.grad[40]))
    return figures.slopes(Z, ours.grad, theirs.grad, at=at, wrt="z", label=y, **more)


def test_the_two_slopes_at_minus_six():
    figure = slopes(1)
    assert "cross-entropy <b>−0.998" in label_text(figure)
    assert "squared error <b>−0.00492" in label_text(figure)
    assert figure.layout.yaxis.title.text == "slope of the loss, per unit of z"


def test_an_open_guess_hides_the_answer_and_a_committed_one_shows_the_gap():
    hidden, shown = slopes(1, guess=GuessMark(-6, 0.5)), slopes(1, guess=GuessMark(-6, 0.5, 0.0049))
    assert "squared error" in label_text(hidden)
    assert "squared error <b>" not in label_text(hidden)
    assert min(hidden.data[2].x) == 0  # drawn from p = ½ on
    assert "your guess" in label_text(shown)
    assert list(shown.data[3].y) == [-0.5, -0.0049]  # the gap is drawn where the slope is: below 0


def test_the_figure_is_turned_by_180_degrees_when_the_truth_is_no():
    up, down = slopes(1).layout.yaxis.range, slopes(0).layout.yaxis.range
    assert up == pytest.approx((-down[1], -down[0]))


def test_a_slope_beyond_the_axis_is_an_arrow_with_its_number():
    figure = figures.slopes(Z, -1 / sigmoid(Z), 2 * sigmoid(Z) - 2, at=(-6.0, -404.4, -1.995), wrt="p", label=1)
    assert "↓ −404" in label_text(figure)


def test_tick_labels_are_the_probabilities_of_their_logits():
    for axis, places in ((figures.LOGITS, (-8, -4, 0, 4, 8)), (figures.TRACK, figures.TRACK.ticks)):
        for z, name in zip(places, axis.names, strict=True):
            share = name.split("<br>")[-1]
            said = 0.5 if share == "½" else float(share.strip(" %")) / 100
            assert float(sigmoid(float(z))) == pytest.approx(said, rel=0.15)


def test_a_runner_beyond_the_axis_is_drawn_at_its_end():
    lane = figures.Runner("cross-entropy", np.ones(97), np.array([-6.0, 14.0]), 0.999999)
    figure = figures.race([lane], step=1)
    assert "→" in label_text(figure)
    assert figure.data[4].x[0] == figures.TRACK.high


def test_the_probabilities_of_the_race_stand_in_one_column_with_equally_many_decimals():
    lanes = [figures.Runner(name, np.ones(97), np.array([-6.0]), p) for name, p in (("focal", 0.3), ("focal", 0.97125))]
    (texts,) = [trace for trace in figures.race(lanes, step=0).data if "text" in trace.mode]
    assert [words for words in texts.text if "focal" in words] == [
        "focal <b>30.00\u202f%</b>",
        "focal <b>97.12\u202f%</b>",
    ]
    assert {x for x, words in zip(texts.x, texts.text, strict=True) if "focal" in words} == {figures.TRACK.low}


def test_a_slope_ends_where_it_leaves_the_axis():
    slope_in_p = figures.slopes(Z, -1 / sigmoid(Z), 2 * sigmoid(Z) - 2, at=(0.0, -2.0, -1.0), wrt="p", label=1)
    assert np.nanmin(slope_in_p.data[1].y) == pytest.approx(-1.03 * 10)


def honesty(truth):
    p = np.linspace(0.002, 0.998, 250)
    ce = -truth * np.log(p) - (1 - truth) * np.log(1 - p)
    se = truth * (1 - p) ** 2 + (1 - truth) * p**2
    lowest = float(ce.min()), float(se.min())
    return figures.honesty(p, ce, se, truth=truth, best=(truth, truth), lowest=lowest)


def test_each_name_of_an_expected_loss_says_its_least_value_with_its_unit():
    said = label_text(honesty(0.8))
    assert "cross-entropy<br>least <b>0.500</b> nats" in said  # −0.8 ln 0.8 − 0.2 ln 0.2
    assert "squared error<br>least <b>0.160</b>" in said  # 0.8 × 0.2
    for truth in np.arange(0.05, 0.96, 0.05):
        assert np.nanmax(honesty(truth).data[1].y) <= 2


WEIGHTS = np.linspace(-8, 8, 41)
BOWL = 0.3 + (WEIGHTS[:, np.newaxis] ** 2 + WEIGHTS**2) / 400


def surface(along, **more):
    cut = WEIGHTS, 0.25 + 0.2 * np.cos(WEIGHTS / 4)
    given = {"height": 0.0, "chord": (-4.0, 4.0), "along": np.array(along), "loss": "squared error"} | more
    return figures.surface(WEIGHTS, BOWL, cut, **given)


@pytest.mark.parametrize(
    ("along", "words", "color"),
    [
        ([0.2, 0.32, 0.45, 0.4, 0.4], "<b>0.150</b> above the chord", "excess"),  # 0.45 − (0.2 + 0.4) / 2
        ([0.2, 0.2, 0.2, 0.3, 0.4], "<b>0.100</b> below the chord", "ink"),
    ],
)
def test_the_gap_at_the_middle_is_written_at_its_place(along, words, color):
    figure = surface(along)
    texts = next(trace for trace in figure.data if trace.type == "scatter" and "text" in trace.mode)
    which = list(texts.text).index(words)
    assert texts.x[which] == 0
    assert texts.textfont.color[which] == theme.color(color)
    (gap,) = [trace for trace in figure.data if trace.type == "scatter" and trace.line.width == 5]
    assert list(gap.x) == [0, 0]
    assert sorted(gap.y) == pytest.approx(sorted([along[2], 0.3]))
    assert sent_bytes(figure) < 20_000


def hatched(figure):
    """Return the area that is hatched, from its outline."""
    (outline,) = [trace for trace in figure.data if getattr(trace, "fillpattern", None) and trace.fillpattern.shape]
    x, y = np.asarray(outline.x, float), np.asarray(outline.y, float)
    return 0.5 * abs(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))


def test_what_is_hatched_lies_between_chord_and_surface_where_the_surface_is_higher():
    assert hatched(surface([0.2, 0.25, 0.25, 0.3, 0.4])) == pytest.approx(0, abs=1e-6)  # chord: 0.2 to 0.4 by 0.05
    # Over the chord 0.2, 0.25, 0.3, 0.35, 0.4 stand 0, 0.1, 0, −0.1, 0: one triangle, 4 wide and 0.1 high.
    assert hatched(surface([0.2, 0.35, 0.3, 0.25, 0.4])) == pytest.approx(4 * 0.1 / 2, rel=1e-5)


def test_the_axis_of_the_cut_is_fitted_to_it_in_steps_with_a_tick_at_each():
    low, high, ticks = figures.fitted(np.array([0.26, 0.58]), 0.1)
    assert (low, high) == pytest.approx((0.2, 0.6))
    assert ticks == [0.2, 0.3, 0.4, 0.5, 0.6]
    low, high, ticks = figures.fitted(np.array([0.95, 4.71]), 1.0)
    assert (low, high, ticks) == (0, 5, [0, 1, 2, 3, 4, 5])
    cut = surface([0.2, 0.3, 0.4, 0.4, 0.4]).layout.yaxis
    assert cut.domain[1] - cut.domain[0] > 0.6  # most of the height


def test_the_values_of_the_map_stand_on_its_contours():
    figure = surface([0.2, 0.3, 0.4, 0.4, 0.4])
    (texts,) = [
        trace for trace in figure.data if trace.type == "scatter" and "text" in trace.mode and trace.xaxis == "x2"
    ]
    assert list(texts.text) == ["0.4", "0.5"]  # the bowl is 0.3 only at its bottom
    for x, y, value in zip(texts.x, texts.y, texts.text, strict=True):
        assert 0.3 + (x**2 + y**2) / 400 == pytest.approx(float(value), abs=1e-3)
    (contours,) = [trace for trace in figure.data if trace.type == "contour"]
    level = 0.2 + 0.1 * np.arange(1, 4)  # in the picture's 16 bits
    drawn = np.arange(contours.contours.start, contours.contours.end + 1, contours.contours.size)
    assert drawn / 60_000 * 0.8 + 0.2 == pytest.approx(level)


def test_two_heights_are_written_so_that_they_differ_by_the_gap():
    assert figures.heights(0.54814, 0.41256, "squared error") == ("0.548", "0.413", "0.135")
    assert figures.heights(1.23404, 1.23456, "cross-entropy") == ("1.23404", "1.23456", "0.00052")
