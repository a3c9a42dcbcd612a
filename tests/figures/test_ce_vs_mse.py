import numpy as np
import pytest

from tests.figures.helpers import label_text, sent_bytes
from xent_core import binary_cross_entropy_with_logits, sigmoid, sigmoid_squared_error
from xent_ui.figures import ce_vs_mse as figures
from xent_ui.figures.base import GuessMark

Z = np.linspace(-10, 10, 201)


def slopes(y, **more):
    ours, theirs = binary_cross_entropy_with_logits(Z, y), sigmoid_squared_error(Z, y)
    at = (-6.0, float(ours.grad[40]), float(theirs.grad[40]))
    return figures.slopes(Z, ours.grad, theirs.grad, at=at, wrt="z", label=y, **more)


def test_the_two_slopes_at_minus_six():
    figure = slopes(1)
    assert "cross-entropy <b>−0.998" in label_text(figure)
    assert "squared error <b>−0.00492" in label_text(figure)
    assert figure.layout.yaxis.title.text == "slope of the loss in z"


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


@pytest.mark.parametrize("truth", np.arange(0.05, 0.96, 0.05).round(2).tolist())
def test_the_names_of_expected_losses_do_not_cover_their_least_values(truth):
    p = np.linspace(0.002, 0.998, 250)
    ce = -truth * np.log(p) - (1 - truth) * np.log(1 - p)
    se = truth * (1 - p) ** 2 + (1 - truth) * p**2
    lowest = float(ce.min()), float(se.min())
    figure = figures.honesty(p, ce, se, truth=truth, best=(truth, truth), lowest=lowest)
    texts = next(trace for trace in figure.data if trace.mode == "text")
    boxes = []
    for x, words, side in zip(texts.x, texts.text, texts.textposition, strict=True):
        width = 0.034 * len(words.replace("<b>", "").replace("</b>", ""))  # of the axis, on a phone
        boxes.append((x - width, x) if side.endswith("left") else (x, x + width))
    for number, name in ((1, 3), (2, 4)):
        (a, b), (c, d) = boxes[number], boxes[name]
        assert b <= c or d <= a or abs(texts.y[number] - texts.y[name]) > 0.3


@pytest.mark.parametrize(("middle", "words"), [((0.5, 0.4), "not convex"), ((0.3, 0.4), "below its chord")])
def test_the_cut_says_whether_the_chord_lies_below(middle, words):
    weights = np.linspace(-8, 8, 41)
    figure = figures.surface(
        weights,
        np.ones((41, 41)),
        np.ones(41),
        height=0.0,
        chord=(-1, 4),
        ends=(0.4, 0.4),
        middle=middle,
        loss="squared error",
    )
    assert words in label_text(figure)
    assert sent_bytes(figure) < 20_000
