import numpy as np
import pytest

from tests.figures.helpers import labels, sent_bytes
from xent_ui.figures.label_formats import MOST_ROWS, LabelFormat, label_formats
from xent_ui.style import theme


def picture(n=8, target=(1.0, 0.0), losses=(6.9078, 6.9078, 6.9078)):
    n_bytes = (8 * n, 8000 * n, 8000 * n)
    names = (("Class number", "Number"), ("One-hot row", "One-hot"), ("Soft label", "Soft label"))
    rows = [LabelFormat(*each) for each in zip(*zip(*names, strict=True), n_bytes, losses, strict=True)]
    return label_formats(rows, classes=(207 + 389 * np.arange(n)) % 1000, n_classes=1000, target=target)


def strips(figure):
    return [trace for trace in figure.data if trace.type == "bar" and trace.xaxis in ("x3", "x4")]


@pytest.mark.parametrize("n", [1, 8, 32, 128])
def test_every_example_is_a_row_in_each_of_the_three_columns(n, dark):
    figure = picture(n)
    drawn = min(n, MOST_ROWS)
    columns = [trace for trace in figure.data if trace.type == "bar"]
    assert [trace.xaxis for trace in columns] == ["x2", "x3", "x4"]
    for trace in columns:
        assert list(trace.y) == [-i - 0.5 for i in range(drawn)]
    assert {f"{(207 + 389 * i) % 1000}" for i in range(drawn)} <= set(labels(figure))
    assert any(words == f"8 of {n}<br>rows drawn" for words in labels(figure)) == (n > MOST_ROWS)
    assert sent_bytes(figure) < 8_000


def test_a_strip_has_a_cell_for_each_class_and_the_cell_of_the_right_class_is_filled():
    figure = picture()
    for strip in strips(figure):
        assert {(base, base + length) for base, length in zip(strip.base, strip.x, strict=True)} == {(-0.5, 999.5)}
        assert tuple(figure.layout[f"xaxis{strip.xaxis[1:]}"].range) == (-0.5, 999.5)
    filled = [
        trace for trace in figure.data if trace.type == "scatter" and trace.xaxis in ("x3", "x4") and trace.line.width
    ]
    assert len(filled) == 2
    for cells in filled:
        assert list(cells.x[::3]) == [(207 + 389 * i) % 1000 for i in range(8)]
        assert list(cells.x[1::3]) == list(cells.x[::3])


def test_only_the_soft_label_is_tinted_and_by_the_share_that_it_spreads(dark):
    truth = theme.color("truth")
    # 0.3 spread over 1,000 classes: 0.7 + 0.3 / 1000 for the right one, 0.3 / 1000 for each other one
    hard, soft = strips(picture(target=(0.7003, 0.0003)))
    assert (hard.marker.color, soft.marker.color) == (theme.faded(truth, 0), theme.faded(truth, 0.3))
    assert "0.7003 in one cell,<br>0.0003 in 999" in labels(picture(target=(0.7003, 0.0003)))


def test_bytes_are_numbers_and_losses_are_dots_on_one_axis():
    figure = picture(losses=(0.0721, 0.0721, 2.92))
    assert {"<b>Class number</b><br>64 bytes", "<b>One-hot row</b><br>64,000 bytes"} <= set(labels(figure))
    (dots,) = [trace for trace in figure.data if getattr(trace, "mode", "") == "markers"]
    assert list(dots.x) == [0.0721, 0.0721, 2.92]
    assert figure.layout.xaxis.title.text == "loss (nats)"
    assert list(labels(figure)).count("<b>0.0721</b>") == 2


def test_the_loss_of_a_model_that_knows_nothing_is_marked():
    figure = picture()
    assert "ln 1,000 = 6.91 nats: knows nothing" in labels(figure)
    (line,) = [
        trace for trace in figure.data if trace.type == "scatter" and trace.mode == "lines" and trace.line.dash == "dot"
    ]
    assert list(line.x) == pytest.approx([np.log(1000)] * 2)


def test_names_are_shorter_on_a_phone():
    with theme.using(dark=False, narrow=True):
        assert picture().layout.yaxis.ticktext == ("Number", "One-hot", "Soft label")
