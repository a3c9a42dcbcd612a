import numpy as np
import pytest

from tests.figures.helpers import labels, sent_bytes
from xent_core import one_hot, softmax, softmax_cross_entropy
from xent_ui.figures.base import GuessMark
from xent_ui.figures.softmax_cross_entropy import shifted_logits, softmax_over_gradient
from xent_ui.style import theme

NAMES = ("cat", "dog", "fox", "cow", "bus", "jet")
Z = np.array([1.0, 2.0, 0.0, -1.0, 0.5, -2.0])


def picture(k=4, label=0, guess=None, **more):
    loss = softmax_cross_entropy(Z[:k], one_hot(label, k))
    return softmax_over_gradient(NAMES[:k], softmax(Z[:k]), loss.grad, label=label, guess=guess, **more)


def bars(figure, axis="y"):
    return [trace for trace in figure.data if trace.type == "bar" and (trace.yaxis or "y") == axis]


@pytest.mark.parametrize("k", [3, 4, 5, 6])
def test_each_class_has_one_color_in_every_bar(k, dark):
    figure = picture(k, label=2)
    colors = tuple(theme.class_color(i) for i in range(k))
    column, *others = bars(figure)
    assert column.marker.color == theme.faded(theme.color("truth"), 0.15)
    assert {tuple(trace.marker.color) for trace in [*others, *bars(figure, "y2")]} == {colors}
    assert sent_bytes(figure) < 9_500


def test_stacked_probabilities_end_at_1_and_stacked_gradients_cancel():
    figure = picture()
    *_, shares = bars(figure)
    assert shares.base[-1] + shares.y[-1] == pytest.approx(1, abs=1e-4)
    _, slopes = bars(figure, "y2")
    ends = np.array(slopes.base) + np.array(slopes.y)
    assert ends.max() == pytest.approx(-ends.min(), abs=1e-4)


def test_arrows_point_against_the_gradient():
    arrows = next(trace for trace in picture().data if getattr(trace, "mode", None) == "markers")
    assert arrows.marker.symbol[0] == "triangle-up"
    assert set(arrows.marker.symbol[1:]) == {"triangle-down"}
    assert arrows.y[0] == pytest.approx(0.763, abs=1e-3)


def test_probabilities_and_slopes_are_hidden_where_they_answer_the_question():
    hidden = picture(guess=GuessMark(0, 0.2), told=False)
    assert len(bars(hidden)) == 1, "the column of the label"
    assert not bars(hidden, "y2")
    assert set(labels(hidden)) == {"y = 1", "<b>1</b>", "guess <b>?</b>"}
    assert len(bars(picture(guess=GuessMark(0, 0.2)), "y2")) == 2


def placed(figure):
    """Return for each text where it stands: x, y and its side."""
    traces = [trace for trace in figure.data if "text" in (getattr(trace, "mode", "") or "")]
    return {
        text: (x, y, side)
        for trace in traces
        for text, x, y, side in zip(trace.text, trace.x, trace.y, trace.textposition, strict=True)
    }


@pytest.mark.parametrize("guessed", [0.2, -0.9, -1.0])
def test_a_locked_guess_and_the_truth_are_named_above_and_below_their_marks(guessed):
    found = placed(picture(guess=GuessMark(0, guessed, -0.982)))
    assert (found["guess"][1], found["truth"][1]) == (guessed, -0.982)
    assert {found["guess"][2], found["truth"][2]} == {"top center", "bottom center"}


@pytest.mark.parametrize("lead", [1.0, 2.0, 3.0, 8.0])
def test_the_number_of_the_right_class_stands_above_the_column_where_the_bar_almost_fills_it(lead):
    z = np.array([lead, 0.0, 0.0])
    p = softmax(z)
    found = placed(softmax_over_gradient(NAMES[:3], p, p - one_hot(0, 3), label=0))
    assert found[f"{p[0]:.3f}"][:2] == (0, pytest.approx(1 if p[0] > 0.8 else p[0], abs=1e-3))


@pytest.mark.parametrize("narrow", [False, True])
def test_a_step_is_named_at_the_arrow_of_the_likeliest_wrong_class_or_of_the_right_one(narrow):
    with theme.using(dark=False, narrow=narrow):
        assert placed(picture())["step"][:2] == (1, pytest.approx(-0.644, abs=1e-3))
        x, y, _ = placed(picture(6, label=1))["step"]
    assert (x, y) in [(0, pytest.approx(-0.205, abs=1e-3)), (1, pytest.approx(0.443, abs=1e-3))]


def test_axes_have_titles_and_names_of_classes():
    figure = picture()
    assert figure.layout.yaxis.title.text == "probability p"
    assert figure.layout.yaxis2.title.text == "slope p − y"
    assert figure.layout.xaxis.ticktext == (*NAMES[:4], "sum")


def shifted(c):
    return shifted_logits(NAMES[:4], Z[:4], c, softmax(Z[:4] + c))


def test_a_shift_moves_the_dots_and_their_line_and_keeps_distances_and_probabilities():
    before, after = shifted(0), shifted(5)
    dots = [next(t for t in each.data if getattr(t, "mode", "") == "markers").x for each in (before, after)]
    assert np.subtract(*dots[::-1]).tolist() == [5] * 4
    stems = [bars(each)[0] for each in (before, after)]
    assert list(stems[0].x) == list(stems[1].x) == Z[:4].tolist()
    assert stems[1].base == (5,) * 4
    assert "c = 5" in labels(after)
    assert list(bars(before, "y2")[0].x) == pytest.approx(list(bars(after, "y2")[0].x))


@pytest.mark.parametrize("c", [-10.0, 10.0])
def test_all_logits_lie_on_their_axis(c):
    low, high = shifted(c).layout.xaxis.range
    assert low < (Z[:4] + c).min()
    assert high > (Z[:4] + c).max()
