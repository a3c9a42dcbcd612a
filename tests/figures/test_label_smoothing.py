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


def test_a_loss_beyond_the_axis_is_an_arrow_with_its_number():
    assert any("↑ 5.51" in words for words in labels(against_gap(2, 0.3, 1000)))


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


def test_runs_show_only_the_steps_made():
    run = Run(np.arange(0, 81, 2), np.linspace(0.5, 0.9, 41), np.linspace(0.5, 0.8, 41))
    figure = confidence_runs([("hard labels", run), ("smoothed", run)], at=40, most=80)
    assert len(figure.data) == 6
    assert max(figure.data[0].x) == 40
    assert " confidence 70 %" in labels(figure)
    assert figure.layout.xaxis.title.text == "training steps"


def test_the_smallest_probability_that_smoothing_leaves_is_labeled():
    seen = np.array([0.9, 0.09, 0.0099, 0.0001])
    figure = teacher(("cat", "dog", "fox", "truck"), seen, smooth_labels(seen, 0.1), least=0.025)
    assert figure.layout.yaxis.type == "log"
    assert any("ε/K = 0.025" in words for words in labels(figure))
    assert not any("at least" in words for words in labels(teacher("abcd", seen, seen, least=0)))


def test_plain_numbers():
    assert (plain(0.91), plain(1 / 3), plain(1e-5)) == ("0.91", "0.3333", "1.00 × 10⁻⁵")
