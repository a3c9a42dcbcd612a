import numpy as np
import pytest

from tests.figures.helpers import labels, sent_bytes
from xent_ui.figures.base import GuessMark
from xent_ui.figures.choose_the_loss import Pair, output, pairing

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


def test_a_loss_beyond_the_axis_is_an_arrow():
    assert "<b>↑ 12.0</b>" in labels(output(("cat",), PROBS[:1], TARGET[:1], np.array([12.0])))


def test_the_stack_can_be_hidden_and_a_guess_has_a_place_of_its_own():
    names = ("cat", "dog", "fox")
    hidden = output(names, PROBS, TARGET, COSTS, hidden=True, guess=GuessMark(1, 2.0))
    assert not any(trace.type == "bar" and trace.xaxis == "x2" for trace in hidden.data)
    assert labels(hidden).count("<b>?</b>") == 2
    assert hidden.layout.xaxis2.ticktext == ("now", "guess")
    beside = output(names, PROBS, TARGET, COSTS, guess=GuessMark(1, 2.0))
    assert "<b>0.441</b>" in labels(beside)
    for guessed, sides in ((1.0, ("bottom center", "top center")), (2.3, ("top center", "bottom center"))):
        told = output(names, PROBS, TARGET, COSTS, guess=GuessMark(1, guessed, 2.08)).data[-1]
        side = dict(zip(told.text, told.textposition, strict=True))
        assert (side["guess"], side["truth"]) == sides


@pytest.mark.parametrize(("wrong", "said"), [(0.838, "0.838"), (np.inf, "↑ ∞"), (13.0, "↑ 13.0")])
def test_a_wrong_pairing_beside_the_right_one(wrong, said):
    values = Pair(np.maximum(-LEAD, 0), np.full(201, wrong))
    figure = pairing(LEAD, values, values, at=3.0, now=(Pair(0.1, wrong), Pair(-0.13, -0.08)), floor=0.744)
    assert f"wrong pairing <b>{said}</b>" in labels(figure)
    assert any("least" in words for words in labels(figure))
    assert figure.layout.yaxis3.title.text == "slope dL/dz"
    assert sent_bytes(figure) < 10_000
