import numpy as np
import pytest

from tests.figures.helpers import sent_bytes
from xent_core import precision as fp
from xent_core.naive import clipped_binary_cross_entropy, naive_binary_cross_entropy, ulp_error
from xent_ui.figures.base import GuessMark
from xent_ui.figures.clipping import ROLES, Sweep, clip_or_not
from xent_ui.figures.numerics import BITS, FORMATS, WAYS, Answer, Window, lane, lanes, place, windows

BIG = [1, 5, 11, 12, 88, 89, 709, 710, 1000]


def nine(sure=0):
    z, truth = np.stack([BIG, np.zeros(len(BIG))], axis=-1), fp.exact_binary_cross_entropy(BIG, sure).value
    return {
        (name, way): Answer(values, fp.correct_bits(values, truth))
        for name in FORMATS
        for way, values in zip(WAYS, fp.cross_entropy_three_ways(z.astype(name), [sure, 1 - sure]), strict=True)
    }


def labels(figure):
    return [words for trace in figure.data if trace.type == "scatter" and trace.mode == "text" for words in trace.text]


def test_each_lane_says_what_its_program_prints():
    said = [words.strip() for words in labels(lanes(BIG, nine(), at=8))]
    assert [said.count(words) for words in ("✗ nan", "✗ ∞", "✓ 1000")] == [3, 3, 3]
    assert "✓ 88.0" in " ".join(labels(lanes(BIG, nine(), at=4)))


def test_a_lane_is_full_where_all_bits_are_right_and_broken_from_the_overflow_on():
    figure = lanes(BIG, nine(), at=0)
    area = next(t for t in figure.data if t.fill == "toself")  # float16, textbook
    assert max(area.y) == pytest.approx(lane(0, 0) + 0.92, abs=0.05)
    starts = list(next(t for t in figure.data if t.type == "bar").base)  # textbook, max off, textbook, …
    assert starts[::2] == pytest.approx(place([12, 89, 710]), abs=1e-6)


@pytest.mark.parametrize("sure", [0, 1])
def test_it_is_light(dark, sure):
    figure = lanes(BIG, nine(sure), at=3)
    assert sent_bytes(figure) < 12_000
    assert figure.layout.xaxis.title.text == "logit z of the sure class"


def test_the_guess_lies_on_the_lane_and_the_answer_waits():
    hidden = lanes(BIG, nine(), at=8, guess=GuessMark(5.0, 200))
    assert sum("textbook: ?" in words for words in labels(hidden)) == 2
    told = lanes(BIG, nine(), at=8, guess=GuessMark(5.0, 200, 89))
    gap = next(t for t in told.data if t.type == "scatter" and t.mode == "lines" and t.line.dash == "dot")
    assert list(gap.x) == pytest.approx(place([200, 89]))


def test_dots_outside_the_window_are_crosses():
    seen = [Window(*fp.exponent_range(name), 120.1, True) for name in FORMATS]
    figure = windows([20.0, 2.0, -118.0], seen)
    marks = [trace.marker.symbol for trace in figure.data if trace.mode == "markers"]
    assert marks == ["x-thin", "circle", "x-thin", "circle", "circle", "x-thin", *["circle"] * 3]
    assert any("= ∞" in words for words in labels(figure))
    assert sent_bytes(figure) < 9_000


@pytest.mark.parametrize("gradient", [False, True])
def test_clip_panels(gradient):
    z = np.arange(-50, 51)
    exact = np.asarray(fp.exact_binary_cross_entropy(z, 1)[gradient], dtype=float)
    f32 = z.astype(np.float32)
    rounded = naive_binary_cross_entropy(f32, 1)
    losses = [rounded, clipped_binary_cross_entropy(f32, 1), rounded]
    sweeps = [Sweep(loss[gradient], ulp_error(loss[gradient], exact)) for loss in losses]
    figure = clip_or_not(z, exact, sweeps, at=-30, here=[1, 2, np.inf, np.nan], gradient=gradient, yes=True)
    assert labels(figure)[-4:] == ["exact <b>1.00</b>", "from p <b>2.00</b>", "clipped p <b>∞</b>", "from z <b>nan</b>"]
    assert len(ROLES) == 3
    assert figure.layout.yaxis2.title.text == ("gradient dL/dz" if gradient else "loss (nats)")
    assert figure.layout.yaxis3.title.text == "error (ulps)"
    assert sent_bytes(figure) < 12_500
    assert set(BITS) == set(FORMATS)
