import numpy as np
import pytest

from tests.figures.helpers import labels, sent_bytes
from xent_core import entropy, kl_divergence, one_hot, smooth_labels, softmax, sparse_softmax_cross_entropy, surprise
from xent_ui.figures.base import GuessMark
from xent_ui.figures.floor import floor_gauge
from xent_ui.figures.label_smoothing import Floor, Run, confidence_runs, loss_against_gap, teacher
from xent_ui.style import theme
from xent_ui.style.numbers import plain

GAPS = np.linspace(0, 12, 121)


def against_gap(gap=8.0, eps=0.1, k=10, guess=None):
    target = smooth_labels(one_hot(0, k), eps)

    def ahead(gaps):
        return np.concatenate([np.reshape(gaps, (-1, 1)), np.zeros((np.size(gaps), k - 1))], axis=1)

    probs = softmax(ahead(gap))[0]
    height = surprise(target).value
    floor = Floor(entropy(target).value, kl_divergence(target, probs).value, height[1] - height[0])
    smooth, hard = (sparse_softmax_cross_entropy(ahead(GAPS), 0, label_smoothing=e).value for e in (eps, 0))
    value = float(floor.entropy + floor.excess)
    return loss_against_gap(GAPS, (smooth, hard), at=(gap, value), floor=floor, target=target, probs=probs, guess=guess)


def test_the_curve_has_its_minimum_at_the_best_gap_and_touches_the_floor():
    lines = [trace for trace in against_gap().data if getattr(trace, "mode", None) == "lines"]
    curve = next(trace for trace in lines if trace.line.color == theme.color("loss"))
    assert GAPS[np.argmin(curve.y)] == pytest.approx(4.5)
    assert min(curve.y) == pytest.approx(0.5, abs=1e-3)


@pytest.mark.parametrize("k", [2, 10, 1000])
@pytest.mark.parametrize("eps", [0.0, 0.1, 1.0])
def test_strips_sum_to_1_and_every_figure_is_small_when_sent(k, eps, dark):
    figure = against_gap(eps=eps, k=k)
    strips = [trace for trace in figure.data if trace.orientation == "h"]
    for row in (0, 1):
        assert sum(sum(t.x) for t in strips if t.y[0] == row) == pytest.approx(1, abs=2e-4)
    assert sent_bytes(figure) < 9_500
    assert figure.layout.xaxis.title.text == "logit gap z: right class minus the others"
    assert figure.layout.yaxis.title.text == "loss (nats)"


def torn(figure):
    return [t for t in figure.data if t.type == "scatter" and t.line.color == theme.color("paper")]


def test_a_loss_beyond_the_axis_is_an_arrow_with_its_number_and_a_torn_bar():
    # ln(e^12 + 9) - 0.1 * 12 = 10.80
    figure = against_gap(12, 1.0, 10)
    assert any("↑ 10.8" in words for words in labels(figure))
    assert len(torn(figure)) == 1


@pytest.mark.parametrize("k", [2, 10, 20, 100, 1000])
def test_the_loss_of_equal_logits_and_every_floor_lie_on_the_axis(k):
    figure = against_gap(0, 1.0, k)
    assert figure.layout.yaxis.range[1] > np.log(k)
    assert not torn(figure)
    assert not any("↑" in words for words in labels(figure))


def test_a_tiny_excess_is_said_to_be_below_a_thousandth():
    assert "KL < 0.001" in labels(against_gap(4.5))


def curve_of_losses(figure):
    (found,) = [t for t in figure.data if getattr(t, "mode", "") == "lines" and t.line.color == theme.color("loss")]
    return found


def test_the_figure_hides_the_lowest_point_while_a_guess_is_open():
    hidden = against_gap(guess=GuessMark(4.5, 1.0))
    assert max(curve_of_losses(hidden).x) == 2
    assert not any(words.startswith(("H ", "KL ", "↑ KL ")) for words in labels(hidden))
    assert not any("0.7" in words for words in labels(hidden)), "the loss at a gap of 8"
    assert max(curve_of_losses(against_gap(guess=GuessMark(4.5, 1.0, 0.5))).x) == 12


def test_the_gauge_stacks_the_excess_on_the_floor():
    floor, excess = floor_gauge(0.5, 0.25, at=1, width=1, top=3).traces
    assert floor["y"] == [0.5]
    assert (excess["base"], list(excess["y"])) == ([0.5], [0.25])
    beyond = floor_gauge(2.0, np.inf, at=1, width=1, top=3)
    assert list(beyond.traces[1]["y"]) == [1]
    assert beyond.labels[1].text.endswith("↑ KL ∞")


def runs(sure, right, at=80):
    return confidence_runs([("hard labels", Run(np.arange(0, 81, 2), sure, right))], at=at, most=80)


def test_runs_show_only_the_steps_made():
    figure = runs(np.linspace(0.5, 0.9, 41), np.linspace(0.5, 0.8, 41), at=40)
    assert {max(trace.x) for trace in figure.data if trace.mode == "lines"} == {40}
    assert "confidence 70\u202f%" in labels(figure)
    assert "<b>hard labels</b>: 5 points too sure" in labels(figure)
    assert figure.layout.xaxis.title.text == "training steps"


def test_too_sure_and_too_modest_are_areas_of_different_colors_and_none_is_hatched(dark):
    figure = runs(np.linspace(0.5, 0.9, 41), np.full(41, 0.7))
    sure, modest = [trace for trace in figure.data if trace.fill == "toself"]
    assert sure.fillcolor == theme.faded(theme.color("model"), 0.25)
    assert modest.fillcolor == theme.faded(theme.color("truth"), 0.25)
    assert (min(sure.y), max(sure.y)) == pytest.approx((0.7, 0.9))
    assert (min(modest.y), max(modest.y)) == pytest.approx((0.5, 0.7))
    assert 40 in sure.x, "where the curves cross: half of 80 steps"
    assert all(trace.fillpattern.shape is None for trace in figure.data)


def test_the_smallest_probability_that_smoothing_leaves_is_labeled():
    seen = np.array([0.9, 0.09, 0.0099, 0.0001])
    figure = teacher(("cat", "dog", "fox", "truck"), seen, smooth_labels(seen, 0.1), least=0.025)
    assert figure.layout.yaxis.type == "log"
    assert any(words == "at least ε/K = 0.025" for words in labels(figure))
    assert not any("at least" in words for words in labels(teacher("abcd", seen, seen, least=0)))


def test_plain_numbers():
    assert (plain(0.91), plain(1 / 3), plain(1e-5)) == ("0.91", "0.3333", "1.00 × 10⁻⁵")
