import numpy as np
import pytest

from tests.figures.helpers import labels, sent_bytes
from xent_core.datasets import make_dataset
from xent_core.training import LOSSES
from xent_ui.figures.base import GuessMark
from xent_ui.figures.five_forecasts import five_forecasts
from xent_ui.figures.plane import CELLS
from xent_ui.figures.training_lab import COLUMNS, OFFSET, ROLES, UNITS, RunAtStep, two_runs
from xent_ui.style import theme

DATA = make_dataset("moons", 150)
STEPS = 21


def run_at_step(name, level):
    track = np.linspace(0.9, level, STEPS + 1)
    measures = ("loss", "accuracy", "calibration", "gradient")
    return RunAtStep(name, np.linspace(-3, 3, CELLS**2), dict.fromkeys(measures, track))


def picture(**more):
    runs = [run_at_step("cross-entropy", 0.1), run_at_step("squared error", 0.6)]
    return two_runs(runs, DATA, step=100, last=400, stride=5, loss_name="loss (nats)", **more)


def scattered(figure, mode):
    return [trace for trace in figure.data if trace.type == "scatter" and trace.mode == mode]


def test_both_planes_are_small_images_of_the_background_and_the_examples():
    images = picture().layout.images
    assert [image.source[:14] for image in images] == ["data:image/png", "data:image/svg"] * 2
    assert sum(len(image.source) for image in images) < 14_000


def test_both_runs_are_told_apart_by_dash_and_by_name():
    figure = picture()
    lines = [trace for trace in scattered(figure, "lines") if trace.line.dash]
    assert [trace.line.dash for trace in lines] == ["solid", "dash"] * 2
    assert [note.text for note in figure.layout.annotations] == ["<b>A</b>  cross-entropy", "<b>B</b>  squared error"]
    assert all(len(trace.y) == len(trace.x) == 2 * STEPS + 1 for trace in lines)
    assert np.isnan(lines[0].y[STEPS])


def test_the_last_values_of_both_runs_are_told_apart_without_their_colors():
    (marks, _) = scattered(picture(), "markers")
    a, b, *_ = marks.marker.color
    assert a == marks.marker.line.color[0], "a dot is run A"
    assert b == "rgba(0,0,0,0)", "a ring is run B, and a dot of A behind it is seen in it"
    assert marks.marker.color == (a, b, a, b)


def test_a_bar_shows_the_share_of_the_run():
    assert [shape.x1 for shape in picture().layout.shapes] == [1, 0.25]


def test_a_panel_places_its_ends_and_keeps_what_lies_beyond_inside():
    loss = COLUMNS[0][0]
    assert loss.height([loss.low, loss.high, 0, 1e9]).tolist() == [0, 1, 0, 1]
    assert COLUMNS[1][0].height([0, 0.5, 1]).tolist() == [0, 0.5, 1]


def test_headings_hold_both_numbers():
    shown = [word for word in labels(picture()) if word.startswith("accuracy")]
    assert len(shown) == 1
    assert "10 %" in shown[0]
    assert "60 %" in shown[0]


def test_a_hidden_value_is_a_question_mark_and_ends_its_curve():
    runs = [run_at_step("cross-entropy", 0.1), run_at_step("squared error", 0.6)]
    accuracy = np.where(np.arange(STEPS + 1) < 9, 0.5, np.nan)
    runs[1] = runs[1]._replace(tracks={**runs[1].tracks, "accuracy": accuracy})
    figure = two_runs(runs, DATA, step=100, last=400, stride=5, loss_name="loss (nats)")
    assert any(word.startswith("accuracy") and "<b>?</b>" in word for word in labels(figure))
    assert any(word.startswith("loss (nats)") for word in labels(figure))
    (line,) = [trace for trace in scattered(figure, "lines") if trace.line.dash == "dash" and trace.xaxis == "x2"]
    assert np.isfinite(line.y[:STEPS]).sum() == 9
    (dots,) = [trace for trace in scattered(figure, "markers") if trace.xaxis == "x2"]
    assert [y is None for y in dots.y] == [False, True, False, False]


def test_a_guess_is_drawn_in_the_accuracy_panel():
    figure = picture(guess=GuessMark(200, 0.5, 0.75))
    marks = [trace for trace in scattered(figure, "markers") if len(trace.x) == 1]
    assert [trace.y[0] for trace in marks] == [UNITS * (OFFSET + share) for share in (0.5, 0.75)]
    assert {trace.xaxis for trace in marks} == {"x2"}
    # On a phone, the words "your guess" used to lie on the names of the ticks.
    assert "guess" in labels(figure)
    assert "<b>?</b>" in labels(picture(guess=GuessMark(200, 0.5)))


def test_each_tick_stands_at_the_height_of_its_line():
    figure = picture()
    (grid,) = [trace for trace in figure.data if trace.xaxis == "x2" and trace.line.width == 1]
    names = next(trace for trace in figure.data if trace.xaxis == "x2" and "100 %" in (trace.text or ()))
    assert list(names.y) == list(grid.y[::3])
    assert [names.text[i] for i in range(3)] == ["100 %", "50 %", "0 %"]
    assert [y / UNITS - OFFSET for y in names.y[:3]] == [1, 0.5, 0]
    with theme.using(dark=False, narrow=True):
        assert "50 %" not in labels(picture())


@pytest.mark.parametrize("loss", LOSSES)
def test_a_run_has_the_color_of_the_loss_that_it_minimizes(loss):
    runs = [run_at_step("cross-entropy", 0.1), run_at_step(loss, 0.6)]
    figure = two_runs(runs, DATA, step=100, last=400, stride=5, loss_name="loss (nats)")
    lines = [trace.line.color for trace in scattered(figure, "lines") if trace.line.dash == "dash"]
    assert set(lines) == {theme.color(ROLES[loss])}
    assert figure.layout.annotations[1].font.color == theme.color(ROLES[loss])


def test_what_lies_beyond_a_panel_is_an_arrow_and_not_drawn_at_its_edge():
    runs = [run_at_step("cross-entropy", 0.1), run_at_step("squared error", 0.6)]
    runs[1] = runs[1]._replace(tracks={**runs[1].tracks, "loss": np.linspace(10, 30, STEPS + 1)})
    figure = two_runs(runs, DATA, step=100, last=400, stride=5, loss_name="loss (nats)")
    assert any("↑30.0" in words for words in labels(figure))
    (line,) = [trace for trace in scattered(figure, "lines") if trace.line.dash == "dash" and trace.xaxis == "x"]
    assert np.isfinite(line.y[:STEPS]).sum() == 5  # 10, 10.95, …, 13.8 of 20 values
    (rings,) = [trace for trace in scattered(figure, "markers") if trace.xaxis == "x"]
    assert rings.marker.symbol == ("circle", "triangle-up", "circle", "circle")


def test_a_picture_is_small(dark):
    assert sent_bytes(picture()) < 21_000


def test_five_forecasts_are_labeled_with_their_losses():
    probs, before = np.array([0.51, 0.51, 0.51, 0.51, 0.001]), np.array([0.6, 0.6, 0.6, 0.4, 0.4])
    losses = np.array([0.67, 0.67, 0.67, 0.67, 6.9])
    figure = five_forecasts(probs, losses, before, accuracy=(0.6, 0.8), loss=(0.673, 1.92))
    assert figure.layout.yaxis.title.text == "probability of the truth"
    assert figure.layout.yaxis2.title.text == "loss (nats)"
    bars = [trace for trace in figure.data if trace.type == "bar"]
    assert np.allclose(bars[0].y, losses, atol=1e-6)
    assert {"0.51", "0.001", "6.9", "<b>80 %</b>", "<b>1.92</b>"} <= set(labels(figure))
    assert figure.layout.xaxis4.ticktext == ("was 0.673",)


def test_losses_and_their_mean_are_drawn_on_one_scale_that_holds_the_largest():
    losses = -np.log(np.full(5, 0.001))
    figure = five_forecasts(np.full(5, 0.001), losses, np.full(5, 0.5), accuracy=(1, 0), loss=(0.7, losses[0]))
    assert "<b>6.91</b>" in labels(figure)
    assert figure.layout.yaxis2.range == figure.layout.yaxis4.range
    assert figure.layout.yaxis4.range[1] > losses[0]
    assert figure.tall
