import numpy as np
import pytest

from tests.figures.helpers import labels
from xent_core import ValueAndGrad
from xent_ui.figures.base import GuessMark
from xent_ui.figures.loss_family import Items, bets, margins, one_price, ranking
from xent_ui.style import theme

X = np.linspace(0, 12, 25)
BEST = {"squared": 4.16, "absolute": 3.0, "Huber": 2.95}


def picture_of_prices(guess=None, loss=12.0):
    return one_price(
        X, X**2, at=(6.0, loss, 3.68), most=40.0, houses=(2, 2.4, 3, 3.4, 10), best=BEST, chosen="squared", guess=guess
    )


def test_the_best_prices_and_the_slope_are_hidden_until_the_guess_is_locked():
    hidden, shown = picture_of_prices(GuessMark(0, 6.0)), picture_of_prices(GuessMark(0, 6.0, 4.16))
    assert not any("4.16" in word or "slope" in word for word in labels(hidden))
    assert "your guess" in hidden.layout.yaxis3.ticktext
    assert any("slope +3.68" in word for word in labels(shown))
    assert "<b>4.16</b>" in labels(shown)
    assert [list(trace.x) for trace in shown.data if trace.marker.symbol == "diamond"] == [[4.16]]


def rows_of(figure):
    plan = figure.to_dict()["layout"]
    (rows,) = [
        axis["tickvals"] for axis in plan.values() if isinstance(axis, dict) and "houses" in axis.get("ticktext", ())
    ]
    return tuple(rows)


def test_a_guess_has_a_row_of_its_own():
    # On a phone, the words "your guess" used to lie on the name of the castle.
    figure = picture_of_prices(GuessMark(0, 6.0))
    assert rows_of(figure) == (4, 3, 2, 1, 0)
    assert list(figure.layout.yaxis3.ticktext)[1] == "your guess"
    (mark,) = [trace for trace in figure.data if trace.marker.symbol == "diamond-open"]
    assert list(mark.y) == [3]
    assert rows_of(picture_of_prices()) == (3, 2, 1, 0)


def test_a_loss_beyond_the_axis_is_an_arrow_at_its_edge():
    assert any("↑ 99.0" in word for word in labels(picture_of_prices(loss=99.0)))


def test_the_chosen_loss_of_a_margin_has_the_color_of_a_loss():
    sweep = np.linspace(-3, 3, 7)
    flat = ValueAndGrad(np.ones(7), -np.ones(7)), ValueAndGrad(np.array(9.0), np.array(-1.0))
    shown = margins(-1.0, sweep, dict.fromkeys(("log loss", "hinge", "squared hinge"), flat), chosen="hinge")
    colored = [trace for trace in shown.data if trace.line.color == theme.color("loss")]
    assert [trace.line.dash for trace in colored] == ["dash"]
    assert "<b>↑ 9.00</b>" in labels(shown)


@pytest.mark.parametrize("move", [0.5, -0.5])
def test_an_arrow_points_where_the_loss_moves_an_item(move):
    shown = ranking(Items("AB", np.array([1.0, 0.0]), np.array([move, 0.0])))
    arrows = [trace for trace in shown.data if trace.line.color == theme.color("gradient")]
    assert len(arrows) == 1
    assert (arrows[0].x[1] - arrows[0].x[0]) * move > 0
    assert arrows[0].marker.symbol == ("triangle-right" if move > 0 else "triangle-left")


def test_pairs_without_a_lead_are_joined_and_the_gauge_has_its_own_axes():
    items = Items("AB", np.array([0.0, 1.0]), np.zeros(2))
    joined = ranking(items, missing=[(0, 1, 2.0)])
    pairs = [trace for trace in joined.data if trace.mode == "lines"]
    assert [(list(trace.x), trace.line.width) for trace in pairs] == [([0, 1], 1.5 + 0.6 * 2)]
    assert "2.00 too little" in labels(joined)
    gauged = ranking(items, first=np.array([0.3, 0.7]), parts=(0.9, 0.5))
    assert {trace.yaxis for trace in gauged.data if trace.type == "bar"} == {"y2"}


def test_the_favored_bin_is_labeled_in_both_panels():
    shown = bets(np.arange(12), np.full(12, 3.6), np.arange(12.0) ** 2, at=2, true=3, ticks=(0, 2, 4, 6))
    assert {"<b>3.60</b>", "<b>4.00</b>"} <= set(labels(shown))
    rings = [trace.marker.line.color for trace in shown.data if trace.mode == "markers" and trace.marker.line.width]
    assert rings == [theme.color("loss"), theme.color("squared")]
    assert shown.layout.yaxis3.title.text == "squared error (bins²)"


def test_losses_of_prices_have_units():
    assert picture_of_prices().layout.yaxis2.title.text == "mean squared error<br>($100,000)²"


@pytest.mark.parametrize("price", [0.0, 6.0, 12.0])
def test_a_tangent_stays_within_the_axes_and_has_the_slope(price):
    shown = one_price(
        X, X**2, at=(price, 12.0, -7.0), most=40.0, houses=(2, 10), best=BEST, chosen="absolute", guess=None
    )
    (tangent,) = [trace for trace in shown.data if trace.line.color == theme.color("gradient")]
    (left, right), (start, end) = tangent.x, tangent.y
    assert 0 <= left < right <= 12
    assert min(start, end) >= -1e-5
    assert max(start, end) <= 40
    assert (end - start) / (right - left) == pytest.approx(-7.0, rel=1e-5)


def test_a_loss_beyond_the_axis_has_no_tangent_at_its_edge():
    shown = picture_of_prices(loss=99.0)
    assert not any(trace.line.color == theme.color("gradient") for trace in shown.data)


def test_squared_error_has_its_own_color():
    colors = {trace.line.color for trace in picture_of_prices().data if trace.mode == "lines"}
    assert theme.color("squared") in colors
    assert theme.color("loss") not in colors


def test_no_probability_of_an_item_is_rounded_to_none_or_all():
    # {:.0f} used to write 0 % and 100 % of other numbers.
    gauged = ranking(Items("AB", np.zeros(2), np.zeros(2)), first=np.array([0.9996, 0.0004]), parts=(0.9, 0.5))
    assert {"99.96\u202f%", "0.04\u202f%"} <= set(labels(gauged))


def test_an_arrow_begins_beside_its_dot_however_short_it_is():
    shown = ranking(Items("AB", np.array([1.0, 0.0]), np.array([0.02, -0.02])))
    arrows = [trace for trace in shown.data if trace.mode == "lines+markers"]
    plan = shown.layout
    px = (613 - plan.margin.l - plan.margin.r) / (plan.xaxis.range[1] - plan.xaxis.range[0])
    assert all(abs(arrow.x[0] - score) * px > 16 for arrow, score in zip(arrows, (1.0, 0.0), strict=True))
