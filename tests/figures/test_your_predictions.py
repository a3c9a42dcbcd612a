import numpy as np
import pytest

from tests.figures.helpers import label_text, sent_bytes
from xent_core import reliability_curve
from xent_ui.experiments.prediction_scores import TEMPERATURES, Predictions, Report, sample
from xent_ui.figures.base import Figure, GuessMark, label_trace, layout
from xent_ui.figures.reliability import FORECAST_AXIS, FREQUENCY_AXIS, reliability_diagram
from xent_ui.figures.table import tables
from xent_ui.figures.your_predictions import (
    RowLosses,
    TemperatureCurve,
    name_of,
    reliability_at_temperature,
    round_ticks,
    row_losses,
    share_text,
    threshold,
)

REPORT = sample().report


def drawn_losses(report=REPORT, *, n_worst=24, smallest=0.0, guess=None):
    losses, mean = report.clipped(smallest)
    rows = RowLosses(report.loss[report.worst_first], losses, mean, report.baseline)
    return row_losses(rows, n_worst=n_worst, share=float(report.cumulative_share()[n_worst - 1]), guess=guess)


def drawn_reliability(T=1.0):
    now = REPORT.at_temperature(T)
    losses = TemperatureCurve(
        TEMPERATURES, REPORT.losses_by_temperature, REPORT.log_loss_at(1), REPORT.temperature, REPORT.fitted.log_loss
    )
    return reliability_at_temperature(now.curve, losses, at=(T, now.log_loss), forecast="confidence")


def drawn_threshold(cut=0.5, name="fox"):
    return threshold(*REPORT.histograms(2, n_bins=40), cut=cut, counts=REPORT.confusion(2, cut), name=name)


def test_the_area_under_the_curve_is_the_log_loss():
    figure = drawn_losses()
    stairs = next(trace for trace in figure.data if trace.line.shape == "hv")
    area = np.sum(np.diff(stairs.x) * np.asarray(stairs.y)[:-1]) / 100
    assert area == pytest.approx(REPORT.log_loss, rel=0.02)  # drawn at 240 of 400 rows
    assert "24 worst rows:" in label_text(figure)
    assert "log loss <b>0.686</b>" in label_text(figure)


def test_the_answer_is_hidden_until_the_guess_is_locked():
    hidden = drawn_losses(guess=GuessMark(50, 0.7))
    assert "your guess <b>?</b>" in label_text(hidden)
    assert "log loss <b>0.686</b>" in label_text(hidden)
    assert not [trace for trace in hidden.data if trace.line.shape == "hv"]
    assert "your guess" in label_text(drawn_losses(guess=GuessMark(50, 0.7, 0.0975)))


@pytest.mark.parametrize("smallest", [0.0, 0.1])
def test_the_two_lines_are_named_at_their_ends_the_higher_one_above(smallest):
    figure = drawn_losses(smallest=smallest, n_worst=400)
    texts = figure.data[-1]
    places = dict(zip(texts.text, zip(texts.x, texts.y, texts.textposition, strict=True), strict=True))
    mean, shares = next(key for key in places if "log loss" in key), "class shares 1.06"
    assert places[mean][0] == places[shares][0] == 100
    assert places[mean][1] < places[shares][1]
    assert places[shares][2] in ("middle right", "top right")
    assert places[mean][2] in ("middle right", "bottom right")


def test_a_share_is_called_all_only_if_it_is_all():
    assert [share_text(share) for share in (0.796, 0.5, 0.9994, 0.9996, 1 - 1e-9, 1.0)] == [
        f"{shown}\u202f%" for shown in ("79.6", "50.0", "99.9", "over 99.9", "over 99.9", "100")
    ]


@pytest.mark.parametrize(
    "scores", [[[0, 1.0], [0.5, 0.5]], [[1.0, 0], [1.0, 0]], [[1e-300, 1.0], [0.5, 0.5]], [[0, 1.0], [0, 1.0]]]
)
def test_a_log_loss_beyond_the_axis_is_an_arrow(scores):
    report = Report(Predictions(np.array([2, 3]), np.array([0, 0]), ("a", "b"), np.array(scores), "probabilities"))
    figure = drawn_losses(report, n_worst=1)
    values = np.concatenate([np.asarray(trace.y, dtype=float) for trace in figure.data])
    assert np.isfinite(values).all()
    assert values.max() <= figure.layout.yaxis.range[1] * 1.1
    assert ("↑" in label_text(figure)) == (report.log_loss > 20)
    assert ("∞" in label_text(figure)) == np.isinf(report.log_loss)


def test_a_dot_of_the_diagram_is_a_bin():
    curve = reliability_curve([0.1, 0.15, 0.9, 0.9], [0, 1, 1, 1])
    traces, labels = reliability_diagram(curve)
    dots = traces[-1]
    np.testing.assert_allclose(dots["x"], [0.1, 0.15, 0.9])
    np.testing.assert_allclose(dots["y"], [0, 1, 1])
    assert dots["marker"]["size"][2] > dots["marker"]["size"][0]
    assert Figure([*traces, label_trace(labels)], layout(FORECAST_AXIS, FREQUENCY_AXIS)).data


def test_a_diagram_without_forecasts_is_empty():
    traces, _ = reliability_diagram(reliability_curve([], np.array([], dtype=int)))
    assert traces[-1]["x"] == []


@pytest.mark.parametrize("T", [0.2, 1.0, 2.0, 5.0])
def test_the_current_temperature_is_on_the_axes(T):
    figure = drawn_reliability(T)
    low, high = figure.layout.yaxis.range
    you = figure.data[3]
    assert you.x == (T,)
    assert low <= you.y[0] <= high
    assert "fitted: 2.15" in label_text(figure)
    assert figure.layout.xaxis.title.text == "temperature T"


def test_ticks_are_round_numbers():
    for low, high in ((0.45, 0.83), (0.0151, 0.03), (0, 87), (0, 4603), (1e-4, 1.3e-3)):
        ticks = round_ticks(low, high, 3)
        assert 1 <= len(ticks) <= 3
        assert all(low <= tick <= high and len(f"{tick:g}".lstrip("0.").rstrip("0")) <= 2 for tick in ticks)


@pytest.mark.parametrize("cut", [0.0, 0.31, 0.5, 0.95, 1.0])
def test_the_counts_stand_in_fixed_corners_beyond_the_bars(cut):
    figure = drawn_threshold(cut)
    for axis, side in (("yaxis2", "bottom"), ("yaxis3", "top")):
        (texts,) = [
            trace
            for trace in figure.data
            if trace.type == "scatter" and trace.text and f"yaxis{trace.yaxis[1:]}" == axis
        ]
        assert list(texts.x) == [0, 1]
        assert list(texts.textposition) == [f"{side} right", f"{side} left"]
        end, own = max(figure.layout[axis].range), [each for each in figure.data if each.yaxis == texts.yaxis]
        assert list(texts.y) == [end, end]
        assert max(np.max(trace.y) for trace in own if trace is not texts) <= 0.81 * end
        assert all(tick == int(tick) for tick in figure.layout[axis].tickvals)


@pytest.mark.parametrize("cut", [0.31, 0.5])
def test_the_bars_of_rows_at_or_above_the_threshold_are_strong(cut):
    bars = [trace for trace in drawn_threshold(cut).data if trace.type == "bar"]
    for trace in bars:
        x, width = np.asarray(trace.x), np.asarray(trace.width)
        strong = np.asarray(trace.marker.opacity) == 1
        assert (x - width / 2)[strong].min() >= cut
        assert (x + width / 2)[~strong].max() <= cut


def test_found_and_missed_are_labeled_on_either_side_of_the_threshold():
    words_ = label_text(drawn_threshold())
    assert all(
        part in words_
        for part in ("true positives <b>59</b>", "false negatives <b>28</b>", "false positives <b>24</b>")
    )


def test_the_name_of_a_class_has_no_markup():
    assert name_of("<b>x</b>") == "&lt;b&gt;x&lt;/b&gt;"
    assert len(name_of("x" * 100)) <= 16
    figure = drawn_threshold(name="a & <script>")
    assert "<script>" not in str(figure.to_dict())
    assert "Probability of a & <script>" in [table.title for table in tables(figure)]


@pytest.mark.parametrize("make", [drawn_losses, drawn_reliability, drawn_threshold])
def test_a_picture_is_small_when_sent(make, dark):
    assert sent_bytes(make()) < 9_000


def test_a_file_of_several_labels_has_predictions_and_base_rates():
    rows = RowLosses(np.array([3.0, 1.0]), np.array([3.0, 1.0]), 2.0, 0.5, "prediction", ("base rates", "rates"))
    figure = row_losses(rows, n_worst=1, share=0.75)
    assert "1 worst prediction:" in label_text(figure)
    assert "base rates 0.500" in label_text(figure)
    assert figure.layout.xaxis.title.text == "predictions, the largest loss first"
    assert figure.layout.yaxis.title.text == "loss of the prediction (nats)"
    infinite = rows._replace(loss=np.array([np.inf, 1.0]), clipped=np.array([np.inf, 1.0]), mean=np.inf)
    assert "∞ in 1 prediction" in label_text(row_losses(infinite, n_worst=1, share=1.0))


@pytest.mark.parametrize(
    ("fitted", "at_fitted", "words", "rows"),
    [
        (2.15, 0.578, "fitted: 2.15", [(2.15, 0.578)]),
        (np.inf, None, "fitted →", []),
        (0.0, None, "← fitted", []),
        (None, None, None, []),
    ],
)
def test_only_a_temperature_that_was_fitted_is_marked(fitted, at_fitted, words, rows):
    now = REPORT.uncooled
    losses = TemperatureCurve(TEMPERATURES, REPORT.losses_by_temperature, now.log_loss, fitted, at_fitted)
    figure = reliability_at_temperature(now.curve, losses, at=(1.0, now.log_loss), forecast="confidence")
    assert ("fitted" in label_text(figure)) == (words is not None)
    assert words is None or words in label_text(figure)
    assert [row for table in tables(figure) if table.title == "Fitted temperature" for row in table.rows] == rows
    values = np.concatenate([np.asarray(trace.x, dtype=float) for trace in figure.data])
    assert not np.isinf(values).any()
