import numpy as np

from tests.figures.helpers import labels
from xent_core import reliability_curve
from xent_ui.figures.base import GuessMark
from xent_ui.figures.calibration import HIGHEST_SCORE, Parts, counts_and_gap, two_scores
from xent_ui.figures.your_predictions import TemperatureCurve, reliability_at_temperature

PROBS = np.repeat([0.05, 0.55, 0.95], [60, 10, 30])
CAME = np.concatenate([np.zeros(60), [1, 0] * 5, np.ones(18), np.zeros(12)]).astype(int)
CURVE = reliability_curve(PROBS, CAME)
LOSSES = TemperatureCurve(np.linspace(0.2, 5, 11), np.linspace(1, 0.4, 11), 0.8, 2.5, 0.5)


def test_labels_are_the_counts_of_the_fullest_and_the_last_bin_and_the_largest_gap():
    assert [label.text for label in counts_and_gap(CURVE)] == ["60", "30", "MCE 0.35"]


def test_an_open_guess_hides_the_dots_and_a_locked_one_shows_them(dark):
    extra = counts_and_gap(CURVE)
    hidden, shown = (
        reliability_at_temperature(CURVE, LOSSES, at=(1, 0.8), guess=GuessMark(0.95, 0.7, true), extra=extra)
        for true in (None, 0.6)
    )
    assert not any("MCE" in word for word in labels(hidden))
    assert any("MCE" in word for word in labels(shown))
    assert len(hidden.data) < len(shown.data)
    assert any("your guess" in word for word in labels(hidden))


def test_each_bar_of_the_waterfall_begins_where_the_one_above_ends():
    figure = two_scores(Parts("a", 0.22, 0.1, 0.02, 0.14), Parts("b", 0.22, 0, 0.03, 0.25))
    left, right = (trace for trace in figure.data if trace.type == "bar")
    assert left.x == (0.22, 0.1, 0.02, 0.14)
    assert np.allclose(left.base, [0, 0.12, 0.12, 0])
    assert right.xaxis == "x2"
    assert figure.layout.xaxis.range == (0, HIGHEST_SCORE)
    assert any("− resolution" in word for word in labels(figure))
