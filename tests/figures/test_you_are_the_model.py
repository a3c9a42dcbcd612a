"""The figures of you-are-the-model as functions."""

import numpy as np
import pytest

from tests.figures.helpers import labels, sent_bytes
from xent_ui.figures.you_are_the_model import costs, reliability, rescaled, stakes
from xent_ui.style import theme
from xent_ui.views.you_are_the_model import Answers

PROBS = np.linspace(0.01, 0.99, 61)
SOME = Answers((0.9, 0.2, 0.7, 0.5, 0.99, 0.01, 0.6, 0.6, 0.3, 0.8, 0.95, 0.1), (True, False, False) * 4)
TEMPERATURES = np.geomspace(0.2, 5, 61)


@pytest.mark.parametrize("truth", [None, True, False])
def test_both_costs_are_labeled_until_the_truth_is_known(truth):
    shown = stakes(PROBS, -np.log2(PROBS), -np.log2(1 - PROBS), at=(0.8, 0.322, 2.32), truth=truth)
    said = " ".join(labels(shown))
    assert ("0.322" in said) == (truth is not False)
    assert ("2.32" in said) == (truth is not True)
    assert shown.layout.xaxis.title.text == "how likely you think it is"


def test_the_costliest_answer_is_marked_and_all_costs_fit():
    shown = costs(SOME.bits, right=SOME.right, costliest=SOME.costliest, mean=SOME.mean)
    colors = shown.data[0].marker.color
    assert [i for i, each in enumerate(colors) if each == theme.color("loss")] == [SOME.costliest]
    assert shown.layout.yaxis.range[1] > SOME.bits.max()


def test_reliability_counts_every_answer_that_leans():
    curve, low, high = SOME.reliability()
    assert curve.count.sum() == 11
    shown = reliability(curve, low, high)
    assert sum(int(word.split(" of ")[1]) for word in labels(shown)) == 11


def test_rescaled_costs_stay_on_the_axis_and_the_figure_is_small():
    means = SOME.mean_bits_at(TEMPERATURES)
    for t in (0.2, 1.0, 5.0):
        shown = rescaled(
            TEMPERATURES, means, at=(t, float(SOME.mean_bits_at(t))), best=(2.0, float(means.min())), mean=SOME.mean
        )
        top = shown.layout.yaxis.range[1]
        assert all(np.nanmax(trace.y) <= top for trace in shown.data)
        assert sent_bytes(shown) < 9000


def test_a_cost_beyond_the_axis_is_an_arrow():
    sure_and_wrong = Answers((0.01,) * 12, (True,) * 12)
    means = sure_and_wrong.mean_bits_at(TEMPERATURES)
    shown = rescaled(TEMPERATURES, means, at=(0.2, float(means[0])), best=(5.0, float(means[-1])), mean=6.64)
    assert means[0] > 7
    assert any(word.startswith("<b>↑ ") for word in labels(shown))
    assert "triangle-up" in [trace.marker.symbol for trace in shown.data]
    line = next(trace for trace in shown.data if trace.line.color == theme.color("loss"))
    assert np.nanmax(line.y) == shown.layout.yaxis.range[1]  # it is drawn up to the end of the axis


def test_the_best_temperature_is_no_waste():
    means = SOME.mean_bits_at(TEMPERATURES)
    shown = rescaled(TEMPERATURES, means, at=(1.0, 1.44), best=(2.0, float(means.min())), mean=1.44)
    assert theme.color("excess") not in str(shown.to_dict())
