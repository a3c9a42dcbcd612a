import numpy as np
import pytest

from tests.figures.helpers import sent_bytes
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
    assert {tuple(trace.marker.color) for axis in ("y", "y2") for trace in bars(figure, axis)} == {colors}
    assert sent_bytes(figure) < 9_500


def test_stacked_probabilities_end_at_1_and_stacked_gradients_cancel():
    figure = picture()
    _, shares = bars(figure)
    assert shares.base[-1] + shares.y[-1] == pytest.approx(1, abs=1e-4)
    _, slopes = bars(figure, "y2")
    ends = np.array(slopes.base) + np.array(slopes.y)
    assert ends.max() == pytest.approx(-ends.min(), abs=1e-4)


def test_arrows_point_against_the_gradient():
    arrows = next(trace for trace in picture().data if getattr(trace, "mode", None) == "markers")
    assert arrows.marker.symbol[0] == "triangle-up"
    assert set(arrows.marker.symbol[1:]) == {"triangle-down"}
    assert arrows.y[0] == pytest.approx(0.763, abs=1e-3)


def labels(figure):
    return [text for trace in figure.data if getattr(trace, "mode", None) == "text" for text in trace.text]


def test_probabilities_and_slopes_are_hidden_where_they_answer_the_question():
    hidden = picture(guess=GuessMark(0, 0.2), told=False)
    assert not bars(hidden)
    assert not bars(hidden, "y2")
    assert set(labels(hidden)) == {"y = 1", "<b>1</b>", "guess<br> ", "<br><b>?</b>"}
    assert len(bars(picture(guess=GuessMark(0, 0.2)), "y2")) == 2


@pytest.mark.parametrize(("guessed", "said"), [(0.2, {"guess<br> ", "<br>truth"}), (-1.0, {"<br>guess", "truth<br> "})])
def test_the_labels_of_a_locked_guess_point_away_from_each_other(guessed, said):
    assert said <= set(labels(picture(guess=GuessMark(0, guessed, -0.982))))


@pytest.mark.parametrize("lead", [0.0, 1.0, 2.0, 3.0, 8.0])
def test_no_line_crosses_the_number_of_the_right_class_and_no_label_covers_it(lead):
    z = np.array([lead, 0.0, 0.0])
    figure = softmax_over_gradient(NAMES[:3], softmax(z), softmax(z) - one_hot(0, 3), label=0)
    uprights = [
        trace
        for trace in figure.data
        if getattr(trace, "mode", None) == "lines"
        and (trace.yaxis or "y") == "y"
        and trace.line.width
        and len(set(trace.y)) > 1
    ]
    assert not uprights
    above = next(t for t in figure.data if getattr(t, "mode", None) == "text" and (t.yaxis or "y") == "y")
    height = dict(zip(above.text, above.y, strict=True))
    at = height[f"{softmax(z)[0]:.3f}"]
    assert abs(height["y = 1"] - at) > 0.25  # one line of text on a phone
    assert "bottom center" not in above.textposition, "in a bar that is narrower than the number, it cannot be read"


def test_a_step_is_named_at_the_likeliest_wrong_class():
    lower = next(t for t in picture().data if getattr(t, "mode", None) == "text" and t.yaxis == "y2")
    at = list(lower.text).index("step")
    assert (lower.x[at], lower.y[at]) == (1, pytest.approx(-0.644 - 0.08, abs=1e-3))


def test_axes_have_titles_and_names_of_classes():
    figure = picture()
    assert figure.layout.yaxis.title.text == "probability p"
    assert figure.layout.yaxis2.title.text == "slope p − y"
    assert figure.layout.xaxis.ticktext == (*NAMES[:4], "sum")


def test_a_shift_moves_the_logits_only():
    before, after = (shifted_logits(NAMES[:4], Z[:4] + c, softmax(Z[:4] + c)) for c in (0, 5))
    assert list(bars(before)[0].y) != list(bars(after)[0].y)
    assert list(bars(before, "y2")[0].y) == pytest.approx(list(bars(after, "y2")[0].y))
