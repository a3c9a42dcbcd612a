import numpy as np
import pytest

from tests.figures.helpers import sent_bytes
from xent_core import reliability_curve
from xent_ui.figures.base import Figure, GuessMark, layout, words
from xent_ui.figures.reliability import CAME_TRUE, SAID, reliability_diagram
from xent_ui.figures.your_predictions import Bill, Strip, bill, cooled, name_of, threshold
from xent_ui.predictions.predictions_file import SAMPLE, Predictions, read
from xent_ui.predictions.predictions_report import Report

REPORT = Report(read(SAMPLE.read_bytes()))


def said(fig):
    return " ".join(text for trace in fig.data if getattr(trace, "mode", None) == "text" for text in trace.text)


def drawn_bill(report=REPORT, *, worst=24, least=0.0, guess=None):
    losses, mean = report.clipped(least)
    parts = Bill(report.loss[report.order], losses, mean, report.baseline)
    return bill(parts, worst=worst, paid=float(report.paid()[worst - 1]), guess=guess)


def drawn_strip(T=1.0):
    now = REPORT.cooled(T, 10)
    strip = Strip(*REPORT.strip, REPORT.cooled_log_loss(1), REPORT.temperature, REPORT.cooled_log_loss(2))
    return cooled(now.curve, strip, at=(T, now.log_loss))


def drawn_threshold(cut=0.5, name="fox"):
    return threshold(*REPORT.spread(2, bins=40), cut=cut, counts=REPORT.confusion(2, cut), name=name)


def test_the_area_under_the_stairs_is_the_bill():
    fig = drawn_bill()
    stairs = next(trace for trace in fig.data if trace.line.shape == "hv")
    area = np.sum(np.diff(stairs.x) * np.asarray(stairs.y)[:-1]) / 100
    assert area == pytest.approx(REPORT.log_loss, rel=0.02)  # drawn at 240 of 400 rows
    assert "24 worst rows pay" in said(fig)
    assert "log loss 0.629" in said(fig)


def test_the_bill_keeps_its_answer_until_the_guess_is_locked():
    assert "0.629" not in said(drawn_bill(guess=GuessMark(35, 1.0)))
    assert "your guess" in said(drawn_bill(guess=GuessMark(35, 1.0, 0.629)))


@pytest.mark.parametrize(
    "scores", [[[0, 1.0], [0.5, 0.5]], [[1.0, 0], [1.0, 0]], [[1e-300, 1.0], [0.5, 0.5]], [[0, 1.0], [0, 1.0]]]
)
def test_a_bill_beyond_the_axis_is_an_arrow(scores):
    report = Report(Predictions(np.array([2, 3]), np.array([0, 0]), ("a", "b"), np.array(scores), "probabilities"))
    fig = drawn_bill(report, worst=1)
    values = np.concatenate([np.asarray(trace.y, dtype=float) for trace in fig.data])
    assert np.isfinite(values).all()
    assert values.max() <= fig.layout.yaxis.range[1] * 1.1
    assert ("↑" in said(fig)) == (report.log_loss > 20)
    assert ("∞" in said(fig)) == np.isinf(report.log_loss)


def test_a_dot_of_the_diagram_is_a_bin():
    curve = reliability_curve([0.1, 0.15, 0.9, 0.9], [0, 1, 1, 1])
    traces, labels = reliability_diagram(curve)
    dots = traces[-1]
    np.testing.assert_allclose(dots["x"], [0.1, 0.15, 0.9])
    np.testing.assert_allclose(dots["y"], [0, 1, 1])
    assert dots["marker"]["size"][2] > dots["marker"]["size"][0]
    assert Figure([*traces, words(labels)], layout(SAID, CAME_TRUE)).data


def test_a_diagram_of_nothing_is_empty_and_not_an_error():
    traces, _ = reliability_diagram(reliability_curve([], np.array([], dtype=int)))
    assert traces[-1]["x"] == []


@pytest.mark.parametrize("T", [0.2, 1.0, 2.0, 5.0])
def test_you_stand_on_the_strip_or_at_its_edge(T):
    fig = drawn_strip(T)
    low, high = fig.layout.yaxis.range
    you = fig.data[3]
    assert you.x == (T,)
    assert low <= you.y[0] <= high
    assert "fitted: 2.00" in said(fig)
    assert fig.layout.xaxis.title.text == "temperature"


def test_found_and_missed_stand_on_either_side_of_the_cut():
    words_ = said(drawn_threshold())
    assert all(part in words_ for part in ("found <b>38</b>", "missed <b>26</b>", "false alarms <b>22</b>"))


def test_the_name_of_a_class_is_words_not_markup():
    assert name_of("<b>x</b>") == "&lt;b&gt;x&lt;/b&gt;"
    assert len(name_of("x" * 100)) <= 16
    assert "<script>" not in str(drawn_threshold(name="<script>").to_dict())


@pytest.mark.parametrize("make", [drawn_bill, drawn_strip, drawn_threshold])
def test_a_picture_is_light(make, dark):
    assert sent_bytes(make()) < 9_000
