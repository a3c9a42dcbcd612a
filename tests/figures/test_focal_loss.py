import numpy as np
import pytest

from tests.figures.helpers import labels, sent_bytes
from xent_ui.figures.base import GuessMark
from xent_ui.figures.focal_loss import INK, MOST_EXPECTED_LOSS, MOST_WINDOWS, Curves, field, loss_and_pull, report_curve
from xent_ui.style import theme

P = np.linspace(0.01, 0.99, 99)
PLAIN = Curves(np.full(99, 2.0), np.full(99, 0.5))
FOCAL = Curves(np.full(99, 1.0), np.linspace(1, 0, 99))
AT_ONE_HALF = (0.5, Curves(np.array(2.0), np.array(0.5)), Curves(np.array(1.0), np.array(0.25)))


def lines(figure, color):
    return [trace for trace in figure.data if trace.mode == "lines" and trace.line.color == theme.color(color)]


def test_both_panels_share_the_axis_of_the_handle():
    shown = loss_and_pull(P, PLAIN, FOCAL, at=AT_ONE_HALF)
    assert shown.layout.xaxis.title.text == "probability p, given to the right answer"
    assert shown.layout.yaxis2.title.text == "loss (nats)"
    assert shown.layout.yaxis3.title.text == "pull |dL/dz|"
    assert {trace.yaxis for trace in shown.data} == {"y2", "y3"}
    assert shown.layout.yaxis.domain is None  # the whole height: where the handle takes hold


def test_the_pull_of_focal_loss_is_hidden_on_hard_examples_until_the_guess_is_locked():
    open_, done = (
        loss_and_pull(P, PLAIN, FOCAL, at=(0.1, *AT_ONE_HALF[1:]), guess=GuessMark(0.1, 0.75, true), pull_from=start)
        for true, start in ((None, 0.5), (1.1, 0.0))
    )
    assert list(lines(open_, "loss")[0].x) == list(lines(done, "loss")[0].x)
    assert [min(lines(figure, "focal")[-1].x) for figure in (open_, done)] == pytest.approx([0.5, 0.01])
    assert "focal" in labels(open_)
    assert "◇ your guess <b>?</b>" in labels(open_)
    assert "<b>focal 0.250</b>" in labels(done)
    assert not any("focal 0.250" in word for word in labels(open_))


def test_the_area_is_where_focal_pulls_harder():
    area = next(trace for trace in loss_and_pull(P, PLAIN, FOCAL, at=AT_ONE_HALF).data if trace.fill == "toself")
    assert max(area.x) < 0.5
    assert min(area.y) == 0.5


@pytest.mark.parametrize("share", [0.0, 0.2, 1.0])
def test_the_total_area_of_the_dots_is_constant(share):
    shown = field((share, 1 - share), windows=MOST_WINDOWS, what="loss")
    sizes = [(len(trace.x), trace.marker.size) for trace in shown.data if trace.mode == "markers"]
    assert sum(n * np.pi / 4 * size**2 for n, size in sizes) == pytest.approx(INK)
    assert sizes[0][0] == MOST_WINDOWS


def test_the_field_is_small_when_sent():
    assert sent_bytes(field((0.2, 0.8), windows=MOST_WINDOWS, what="loss")) < 6000


def test_report_curve_marks_truth_best_and_you():
    shown = report_curve(P, P**2 + 0.1, P**2 + 0.2, truth=0.8, gamma=2.0, best=(0.6, 0.1), at=(0.3, 5.0))
    assert "↑ 5.00" in "".join(labels(shown))
    assert any("best 0.600" in word for word in labels(shown))
    assert any("truth 0.8" in word for word in labels(shown))
    assert lines(shown, "truth")[0].line.dash == "solid"
    assert lines(shown, "model")[0].line.dash == "dash"
    assert shown.data[-2].y[0] == MOST_EXPECTED_LOSS


@pytest.mark.parametrize("truth", [0.5, 0.6, 0.8, 0.99])
@pytest.mark.parametrize("gamma", [0.5, 2.0, 5.0])
def test_both_curves_are_named_inside_the_picture(truth, gamma):
    losses, plain = (truth * (1 - P) ** g * -np.log(P) + (1 - truth) * P**g * -np.log(1 - P) for g in (gamma, 0.0))
    best = np.argmin(losses)
    shown = report_curve(P, losses, plain, truth=truth, gamma=gamma, best=(P[best], losses[best]), at=(0.5, losses[49]))
    heights = [
        y
        for trace in shown.data
        if trace.mode == "markers+text"
        for word, y in zip(trace.text, trace.y, strict=True)
        if "γ = " in word
    ]
    assert len(heights) == 2
    assert max(heights) < MOST_EXPECTED_LOSS
