import numpy as np
import pytest

from tests.figures.helpers import labels, sent_bytes
from xent_ui.figures.base import GuessMark
from xent_ui.figures.choose_the_loss import LARGEST_LOSS, LARGEST_SUM, Pair, output, pairing
from xent_ui.style import theme

PROBS, TARGET, COSTS = np.array([0.88, 0.731, 0.001]), np.array([1.0, 1, 0]), np.array([0.13, 0.31, 0.001])
LEAD = np.linspace(-10, 10, 201)


def test_the_loss_is_a_stack_of_its_terms(dark):
    figure = output(("cat", "dog", "fox"), PROBS, TARGET, COSTS)
    stack = [trace for trace in figure.data if trace.type == "bar" and trace.xaxis == "x2"]
    assert [trace.base[0] for trace in stack] == pytest.approx([0, 0.13, 0.44])
    assert "<b>0.441</b>" in labels(figure)
    assert {"<b>0.88</b>", "<b>0.73</b>", "<b><0.01</b>", "y = 1", "y = 0"} <= set(labels(figure))
    assert figure.layout.yaxis.title.text == "probability p"
    assert sent_bytes(figure) < 9_000


def test_a_loss_beyond_the_axis_has_a_torn_top_and_its_number():
    figure = output(("cat",), PROBS[:1], TARGET[:1], np.array([12.0]))
    assert "<b>↑ 12.0</b>" in labels(figure)
    (stack,) = [trace for trace in figure.data if trace.type == "bar" and trace.xaxis == "x2"]
    assert stack.y[0] == LARGEST_SUM
    (tear,) = [
        trace for trace in figure.data if trace.type == "scatter" and trace.xaxis == "x2" and trace.mode == "lines"
    ]
    assert tear.line.color == theme.LIGHT["paper"]
    assert LARGEST_SUM * 0.85 < min(tear.y) < max(tear.y) < LARGEST_SUM
    whole = output(("cat",), PROBS[:1], TARGET[:1], np.array([4.9]))
    assert not [trace for trace in whole.data if trace.type == "scatter" and trace.mode == "lines"]


def test_nothing_is_hatched():
    figure = output(("cat", "dog", "fox"), PROBS, TARGET, COSTS)
    assert not any(trace.marker.pattern.shape for trace in figure.data if trace.type == "bar")


@pytest.mark.parametrize("p", [0.001, 0.5, 0.9, 0.999])
def test_a_number_stands_in_the_column_of_its_bar_and_not_across_its_target(p):
    figure = output(("cat", "dog", "fox"), np.array([p, 0.5, 0.2]), TARGET, COSTS)
    texts = next(trace for trace in figure.data if trace.type == "scatter" and trace.mode == "markers+text")
    assert list(texts.x[:3]) == [0, 1, 2]
    assert set(texts.textposition[:3]) == {"top center"}
    assert texts.y[0] == (p if p < 0.86 else 1)


def test_the_stack_can_be_hidden_and_a_guess_has_a_place_of_its_own():
    names = ("cat", "dog", "fox")
    hidden = output(names, PROBS, TARGET, COSTS, hidden=True, guess=GuessMark(1, 2.0))
    assert not any(trace.type == "bar" and trace.xaxis == "x2" for trace in hidden.data)
    assert labels(hidden).count("<b>?</b>") == 2
    assert hidden.layout.xaxis2.ticktext == ("now", "guess")
    beside = output(names, PROBS, TARGET, COSTS, guess=GuessMark(1, 2.0))
    assert "<b>0.441</b>" in labels(beside)
    told = labels(output(names, PROBS, TARGET, COSTS, guess=GuessMark(1, 1.0, 2.08)))
    assert {"guess", "truth"} <= set(told)


@pytest.mark.parametrize(("wrong", "said"), [(0.838, "0.838"), (np.inf, "↑ ∞"), (13.0, "↑ 13.0")])
def test_a_wrong_pairing_beside_the_right_one(wrong, said):
    values = Pair(np.maximum(-LEAD, 0), np.full(201, wrong))
    figure = pairing(LEAD, values, values, at=3.0, now=(Pair(0.1, wrong), Pair(-0.13, -0.08)), floor=0.744)
    assert f"wrong pairing <b>{said}</b>" in labels(figure)
    assert "least: 0.744" in labels(figure)
    # The wrong loss is a loss, not what is wasted: it has no color of a role, and its dash tells it from the right one.
    dashed = [trace for trace in figure.data if trace.line.dash == "dash"]
    assert [trace.line.color for trace in dashed] == [theme.LIGHT["ink"]] * 2
    marks = [trace for trace in figure.data if trace.mode == "markers" and trace.yaxis == "y2"]
    assert [mark.marker.symbol for mark in marks] == [None, "triangle-up" if wrong > LARGEST_LOSS else None]
    assert figure.layout.yaxis3.title.text == "slope dL/dz"
    assert sent_bytes(figure) < 10_000


@pytest.mark.parametrize("at", [-10.0, 0.0, 10.0])
def test_two_losses_beyond_the_axis_stand_beside_each_other(at):
    values = Pair(np.full(201, 11.0), np.full(201, np.inf))
    figure = pairing(LEAD, values, values, at=at, now=(Pair(11.0, np.inf), Pair(-1.0, 0.0)), floor=0.0)
    right, wrong = (trace for trace in figure.data if trace.marker.symbol == "triangle-up")
    assert -10 <= right.x[0] < wrong.x[0] <= 10
    assert {"right pairing <b>↑ 11.0</b>", "wrong pairing <b>↑ ∞</b>"} <= set(labels(figure))
