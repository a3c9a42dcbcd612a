import numpy as np
import pytest

from tests.figures.helpers import labels
from xent_ui.figures.class_weights import BAND, LEFT, RIGHT, BandGuess, Line, People, crowd, report_for_truth
from xent_ui.style import theme

HEALTHY, ILL = np.linspace(-2.5, 2.5, 90), np.array([1.0, 1.9, 2.1, 3.0])
PEOPLE = People(HEALTHY, ILL, 2.0)
CHANCE = np.linspace(0, 1, 31)


def drawn(x=1.5, *, weight=1.0, best=None, guess=None):
    return crowd(PEOPLE, weight=weight, line=Line(x, 12.0), best=best or Line(x, 12.0), guess=guess)


def dots(figure):
    """Return the four groups of dots: healthy and false alarms, then missed and found."""
    return [each for each in figure.data if each.mode == "markers" and each.marker.symbol is None][:4]


@pytest.mark.parametrize("narrow", [False, True])
def test_each_person_is_a_dot_at_the_test_result_and_no_two_dots_overlap(narrow):
    with theme.using(dark=False, narrow=narrow):
        figure = drawn(weight=9.0)
        px = (308 if narrow else 581) / (RIGHT - LEFT)
    well, alarms, missed, found = dots(figure)
    assert (len(well.x) + len(alarms.x), len(missed.x) + len(found.x)) == (90, 4)
    assert sorted([*well.x, *alarms.x]) == pytest.approx(HEALTHY, abs=0.051)
    assert sorted([*missed.x, *found.x]) == pytest.approx(ILL, abs=0.051)
    for left, right, size in ((well, alarms, well.marker.size), (missed, found, found.marker.size)):
        x, y = np.array([*left.x, *right.x]) * px, np.array([*left.y, *right.y])
        apart = np.hypot(x[:, None] - x, y[:, None] - y) + 1e9 * np.eye(len(x))
        assert apart.min() >= size - 0.01
    assert min([*missed.y, *found.y]) > max([*well.y, *alarms.y])


@pytest.mark.parametrize("weight", [1.0, 2.5, 100.0])
def test_the_area_of_an_ill_dot_is_its_weight_and_a_missed_one_is_as_large(weight):
    well, _, missed, found = dots(drawn(weight=weight))
    assert (found.marker.size / well.marker.size) ** 2 == pytest.approx(weight, rel=0.01)
    assert missed.marker.size + missed.marker.line.width == pytest.approx(found.marker.size, abs=0.02)


def test_false_alarms_are_ringed_and_missed_ones_empty_and_both_are_counted():
    figure = drawn(1.5)
    well, alarms, missed, found = dots(figure)
    assert (len(alarms.x), len(missed.x), len(found.x)) == (18, 1, 3)  # 18 = those of 90 above 1.5 of -2.5 to 2.5
    assert alarms.marker.line.color == theme.color("ink")
    assert well.marker.line.color == well.marker.color
    assert missed.marker.color == theme.color("paper")
    assert missed.marker.line.color == found.marker.color == theme.class_color(1)
    assert {"4 ill: <b>3 found</b>, 1 missed", "90 healthy: <b>18 false alarms</b>"} <= set(labels(figure))


def lines(figure):
    return [each for each in figure.data if each.mode == "lines" and each.line.width == 2.5]


def test_the_line_of_the_least_cost_is_marked_where_it_is_another_one():
    (line,) = lines(drawn(1.5))
    assert line.line.color == theme.color("ink")
    best, line = lines(drawn(1.5, best=Line(2.5, 8.0)))
    assert (best.x[0], best.line.color, best.line.dash) == (2.5, theme.color("model"), "dash")
    assert {"<b>line 1.50, cost 12.0</b>", "least cost 8.00"} <= set(labels(drawn(1.5, best=Line(2.5, 8.0))))
    assert "<b>line 1.50, least cost 12.0</b>" in labels(drawn(1.5))


@pytest.mark.parametrize(("x", "arrow"), [(14.1, "→"), (-5.5, "←")])
def test_a_line_beyond_the_picture_is_an_arrow_at_its_edge(x, arrow):
    figure = drawn(x)
    assert any(word.startswith(f"{arrow} <b>line {str(x).replace('-', '−')}") for word in labels(figure))
    assert not lines(figure)


def test_a_guess_is_as_many_diamonds_and_hides_the_ill_until_it_is_locked():
    n = np.sum((BAND[0] < HEALTHY) & (BAND[1] > HEALTHY)) + 2  # ill people: 1.9 and 2.1
    opened, locked = (drawn(guess=BandGuess(0.5, is_open)) for is_open in (True, False))
    for figure in (opened, locked):
        (diamonds,) = [each for each in figure.data if each.marker.symbol == "diamond"]
        assert len(diamonds.x) == round(0.5 * n)
        assert all(BAND[0] < x < BAND[1] for x in diamonds.x)
    assert [len(each.x) for each in dots(opened)][2:] == [1, 1]
    assert [len(each.x) for each in dots(locked)][2:] == [1, 3]
    assert any("your guess: 6 <b>?</b>" in word for word in labels(opened))
    assert any("the truth: 2" in word for word in labels(locked))


@pytest.mark.parametrize("report", [0.01, 0.48, 0.5, 0.98])
@pytest.mark.parametrize(("true", "best"), [(0.1, 0.5), (0.01, 0.01), (0.99, 0.999), (0.6, 0.1)])
def test_truth_best_and_you_are_all_named(true, best, report):
    shown = report_for_truth(CHANCE, CHANCE, at=(true, best, report))
    assert len([word for word in labels(shown) if word.startswith(("truth", "<b>best", "you"))]) == 3
    assert shown.layout.xaxis.title.text == "true probability t"
