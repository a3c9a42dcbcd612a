import numpy as np
import pytest

from tests.figures.helpers import labels, sent_bytes
from xent_core import precision as fp
from xent_core.naive import clipped_binary_cross_entropy, naive_binary_cross_entropy, ulp_error
from xent_ui.figures.base import GuessMark
from xent_ui.figures.clipping import Sweep, clip_or_not
from xent_ui.figures.numerics import BITS, FORMATS, WAYS, Answer, Window, lane, lanes, place, windows
from xent_ui.style import theme

LOGITS = [1, 5, 11, 12, 88, 89, 709, 710, 1000]


def nine_lanes(label_of_sure_class=0):
    z, truth = (
        np.stack([LOGITS, np.zeros(len(LOGITS))], axis=-1),
        fp.exact_binary_cross_entropy(LOGITS, label_of_sure_class).value,
    )
    return {
        (name, way): Answer(values, fp.correct_bits(values, truth))
        for name in FORMATS
        for way, values in zip(
            WAYS,
            fp.cross_entropy_three_ways(z.astype(name), [label_of_sure_class, 1 - label_of_sure_class]),
            strict=True,
        )
    }


def test_each_lane_is_labeled_with_what_its_program_prints():
    shown = [words.strip() for words in labels(lanes(LOGITS, nine_lanes(), at=8))]
    assert [shown.count(words) for words in ("✗ nan", "✗ ∞", "✓ 1000")] == [3, 3, 3]
    assert "✓ 88.0" in " ".join(labels(lanes(LOGITS, nine_lanes(), at=4)))


def test_a_lane_is_full_where_all_bits_are_right_and_empty_from_the_overflow_on():
    figure = lanes(LOGITS, nine_lanes(), at=0)
    area = next(t for t in figure.data if t.fillcolor == theme.faded(theme.color("loss"), 0.45))  # float16, textbook
    assert max(area.y) == pytest.approx(lane(0, 0) + 0.92, abs=0.05)
    right = [x for x, y in zip(area.x, area.y, strict=True) if y > lane(0, 0) + 0.01]
    assert max(right) == pytest.approx(place(11)), "from z = 12 on no bit is right"


def test_nothing_in_the_lanes_is_hatched_and_empty_lanes_say_what_is_in_them():
    figure = lanes(LOGITS, nine_lanes(), at=0)
    assert "pattern" not in str(figure.to_dict())
    inside = [word for word in labels(figure) if word in ("nan", "∞")]
    # Of these logits, "max subtracted" is ∞ in float32 from 709 on, where there is no room for words, as in float64.
    assert inside == ["nan", "∞", "nan"]


def test_a_format_whose_window_goes_on_beyond_the_axis_says_how_far():
    in_formats = [Window(*fp.exponent_range(name), 120.1, True) for name in FORMATS]
    figure = windows([20.0, 2.0, 0.0], in_formats)
    assert {"← −745", "709 →"} <= set(labels(figure))
    outlines = [trace for trace in figure.data if trace.mode == "lines" and trace.line.width == 1.5]
    upright = [sum(a == b for a, b in zip(each.x, each.x[1:], strict=False) if a is not None) for each in outlines]
    assert upright == [2, 2, 0], "float64 is open at both edges"


@pytest.mark.parametrize("label_of_sure_class", [0, 1])
def test_the_lanes_are_small_when_sent(dark, label_of_sure_class):
    figure = lanes(LOGITS, nine_lanes(label_of_sure_class), at=3)
    assert sent_bytes(figure) < 12_000
    assert figure.layout.xaxis.title.text == "logit z of the sure class (the other has 0)"


def test_an_open_guess_hides_the_answer_and_a_locked_one_shows_the_gap():
    hidden = lanes(LOGITS, nine_lanes(), at=8, guess=GuessMark(5.0, 200))
    assert sum(words == "?" for words in labels(hidden)) == 1, "only float32 is asked about"
    assert any("guess <b>?</b>" in words for words in labels(hidden))
    shown = sum(words.strip() == "✗ nan" for words in labels(hidden))
    assert shown == 2, "float16 and float64 show what they answer"
    locked = lanes(LOGITS, nine_lanes(), at=8, guess=GuessMark(5.0, 200, 89))
    gap = next(t for t in locked.data if t.type == "scatter" and t.mode == "lines" and t.line.dash == "dot")
    assert list(gap.x) == pytest.approx(place([200, 89]))


def test_dots_outside_the_window_are_crosses_and_trouble_is_named():
    troubles = ("a power is ∞", "", "")
    in_formats = [
        Window(*fp.exponent_range(name), 120.1, not trouble, trouble)
        for name, trouble in zip(FORMATS, troubles, strict=True)
    ]
    figure = windows([20.0, 2.0, -118.0], in_formats)
    marks = [trace.marker.symbol for trace in figure.data if trace.mode == "markers"]
    assert marks == ["x-thin", "circle", "x-thin", "circle", "circle", "x-thin", *["circle"] * 3]
    assert sum("a power is ∞" in words for words in labels(figure)) == 1
    assert sent_bytes(figure) < 9_000


@pytest.mark.parametrize("gradient", [False, True])
def test_the_panels_of_the_clip_are_labeled(gradient):
    z = np.arange(-50, 51)
    exact = np.asarray(fp.exact_binary_cross_entropy(z, 1)[gradient], dtype=float)
    in_float32 = z.astype(np.float32)
    rounded = naive_binary_cross_entropy(in_float32, 1)
    losses = [rounded, clipped_binary_cross_entropy(in_float32, 1), rounded]
    sweeps = [Sweep(loss[gradient], ulp_error(loss[gradient], exact)) for loss in losses]
    figure = clip_or_not(
        z, exact, sweeps, at=-30, values_now=[1, 2, np.inf, np.nan], of_gradient=gradient, label_is_1=True
    )
    assert labels(figure)[-4:] == ["exact <b>1.00</b>", "from p <b>2.00</b>", "clipped p <b>∞</b>", "from z <b>nan</b>"]
    role = theme.color("gradient" if gradient else "loss")
    thick = [trace for trace in figure.data if trace.mode == "lines" and trace.line.width == 9]
    assert [trace.line.color for trace in thick] == [theme.faded(role, 0.72)], "the exact curve has its role"
    assert not any(trace.line.color == theme.color("truth") for trace in figure.data)
    assert figure.layout.yaxis2.title.text == ("gradient dL/dz" if gradient else "loss (nats)")
    assert figure.layout.yaxis3.title.text == "error (ulps)"
    assert sent_bytes(figure) < 12_500
    assert set(BITS) == set(FORMATS)
