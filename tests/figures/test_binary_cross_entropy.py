import numpy as np
import pytest

from tests.figures.helpers import label_text
from xent_core import Unit, binary_cross_entropy, binary_cross_entropy_with_logits
from xent_core.naive import clipped_binary_cross_entropy
from xent_ui.figures import binary_cross_entropy as figures
from xent_ui.figures.base import GuessMark
from xent_ui.style import theme

P = np.linspace(0, 1, 251)


def branches(p, y, unit=Unit.BITS, **more):
    spam, ham = (unit.of(binary_cross_entropy(P, t).value) for t in (1, 0))
    loss = binary_cross_entropy(p, y)
    at = (p, float(unit.of(loss.value)), float(unit.of(loss.grad)))
    return figures.branches(P, spam, ham, label=y, at=at, axis=figures.PROBABILITY, unit=unit, **more)


def test_both_branches_are_there_and_one_is_true():
    figure = branches(0.9, 0)
    assert "it is spam" in label_text(figure)
    assert "it is not spam" in label_text(figure)
    assert [figure.data[i].line.dash for i in (0, 1)] == ["dot", "solid"]
    assert "<b>3.32</b>" in label_text(figure)


def levels(figure):
    """Return the height of each label by its words."""
    labels = next(trace for trace in figure.data if "text" in trace.mode)
    return dict(zip(labels.text, labels.y, strict=True))


@pytest.mark.parametrize(("p", "y"), [(0.04, 0), (0.0, 0), (0.96, 1), (1.0, 1)])
@pytest.mark.parametrize("unit", list(Unit))
def test_a_small_loss_is_written_above_the_axis_and_not_among_its_ticks(p, y, unit):
    for narrow in (False, True):
        with theme.using(dark=False, narrow=narrow):
            labels = next(trace for trace in branches(p, y, unit).data if "text" in trace.mode)
        places = dict(zip(labels.text, labels.textposition, strict=True))
        assert next(side for words, side in places.items() if words.startswith("<b>")).startswith("top")


def test_a_guess_above_the_axis_is_an_arrow():
    assert "your guess" in label_text(branches(0.9, 1, guess=GuessMark(0.99, 4.0)))
    assert "↑" not in label_text(branches(0.9, 1, guess=GuessMark(0.99, 4.0)))
    above = branches(0.9, 1, guess=GuessMark(0.99, 30.0))
    assert levels(above)["↑ your guess <b>?</b>"] == figures.CEILING[Unit.BITS]
    assert "the truth" in label_text(branches(0.9, 1, guess=GuessMark(0.99, 30.0, 6.64)))


def test_the_current_loss_is_not_drawn_while_it_is_the_answer():
    figure = figures.branches(
        P, 3 * P, 3 * P, label=0, at=None, axis=figures.PROBABILITY, unit=Unit.BITS, guess=GuessMark(0.99, 6.0)
    )
    assert not [trace for trace in figure.data if trace.mode == "markers" and trace.marker.size == 17]


@pytest.mark.parametrize("z", [-10.0, -2.0, 0.0, 2.0, 10.0])
def test_the_sigmoid_is_labeled_with_the_probability(z):
    line = np.linspace(-10, 10, 201)
    figure = figures.sigmoid_curve(line, 1 / (1 + np.exp(-line)), at=(z, 1 / (1 + np.exp(-z))))
    assert " %" in label_text(figure)
    assert "100 %" not in label_text(figure)


@pytest.mark.parametrize(("p", "y"), [(0.0, 1), (1.0, 0), (0.0, 0), (1.0, 1)])
@pytest.mark.parametrize("unit", list(Unit))
def test_an_infinite_loss_at_either_end_is_labeled(p, y, unit):
    figure = branches(p, y, unit)
    assert ("↑ ∞" in label_text(figure)) == (p != y)


def test_the_slope_touches_the_curve():
    figure = branches(0.5, 1)
    x, y = next((trace.x, trace.y) for trace in figure.data if trace.line.dash == "dashdot")
    assert (y[1] - y[0]) / (x[1] - x[0]) == pytest.approx(float(Unit.BITS.of(binary_cross_entropy(0.5, 1).grad)))
    assert np.interp(0.5, x, y) == pytest.approx(1)


def test_a_batch_has_a_bar_for_each_mail_and_the_mean():
    probs, labels = np.array([0.9, 1.0]), np.array([1, 0])
    costs = Unit.BITS.of(binary_cross_entropy(probs, labels).value)
    figure = figures.batch(("one", "two"), probs, labels, costs, mean=float(costs.mean()), unit=Unit.BITS)
    bar = next(trace for trace in figure.data if trace.type == "bar")
    assert bar.x[0] == pytest.approx(0.152, abs=1e-3)
    assert "→ ∞" in label_text(figure)
    assert "mean → ∞" in label_text(figure)


def test_the_line_of_an_infinite_mean_does_not_cross_the_losses():
    probs, labels = np.array([0.0, 0.9]), np.array([1, 1])
    losses = Unit.BITS.of(binary_cross_entropy(probs, labels).value)
    for mean in (float(losses[1]), np.inf):
        figure = figures.batch(["a", "b"], probs, labels, losses, mean=mean, unit=Unit.BITS)
        lines = [t for t in figure.data if t.type == "scatter" and t.xaxis == "x2" and t.line.dash == "dash"]
        assert len(lines) == (mean < 7)
    assert "<b>mean → ∞</b>" in label_text(figure)


def test_clipping_labels_both_slopes():
    z = np.linspace(-40, 5, 226)
    exact, clipped = binary_cross_entropy_with_logits(z, 1), clipped_binary_cross_entropy(z, 1)
    figure = figures.clipping(z, exact.value, clipped.value, at=-20.0, exact_at=(20.0, -1.0), clipped_at=(16.118, 0.0))
    assert "exact <b>20.0</b>, slope <b>−1.00</b>" in label_text(figure)
    assert "clipped <b>16.1</b>, slope <b>0</b>" in label_text(figure)


def test_a_loss_beyond_the_axis_of_the_batch_is_torn_and_none_else():
    probs, labels = np.array([0.0, 0.01, 0.9]), np.array([1, 1, 1])
    for unit in Unit:
        losses = unit.of(binary_cross_entropy(probs, labels).value)
        figure = figures.batch(["a", "b", "c"], probs, labels, losses, mean=np.inf, unit=unit)
        bar = next(trace for trace in figure.data if trace.type == "bar")
        top = figures.LARGEST_OF_BATCH[unit]
        assert bar.x[0] == top
        assert bar.x[1] == pytest.approx(losses[1], rel=1e-6)  # what p = 0.01 costs is drawn as it is
        zigzags = [t for t in figure.data if t.type == "scatter" and t.mode == "lines" and t.xaxis == "x2"]
        assert [round(float(np.mean(t.y))) for t in zigzags] == [2]  # the row of the first mail
        assert "→ ∞" in label_text(figure)


def test_the_tangent_stays_on_the_axis():
    for p, y in ((0.0, 0), (1.0, 1), (0.02, 0)):
        x = next(trace.x for trace in branches(p, y).data if trace.line.dash == "dashdot")
        assert min(x) >= 0
        assert max(x) <= 1
