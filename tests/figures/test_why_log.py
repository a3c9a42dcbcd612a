"""The triangle and the line of reports, and rules as formulas."""

import numpy as np
import pytest

from tests.style.test_theme import contrast
from xent_core import best_report, expected_loss, log_rule, one_sided_square_rule, zero_one_rule
from xent_ui.controls.expressions import parse
from xent_ui.figures.base import GuessMark
from xent_ui.figures.why_log import GUESS_AT, Prices, line, map_of_reports, place, pulls, triangle
from xent_ui.formulas.why_log import as_tex
from xent_ui.style import theme

BELIEF = np.array([0.6, 0.3, 0.1])
Q = np.linspace(0, 1, 201)
PAIRS = np.stack([Q, 1 - Q], axis=-1)


def words_of(figure):
    return [word for trace in scatters(figure) if "text" in trace.mode for word in trace.text]


def scatters(figure):
    return [trace for trace in figure.data if trace.type == "scatter"]


def triangle_of(rule, belief=BELIEF, guess=None, hidden=False):
    losses = expected_loss(rule, belief, map_of_reports())
    prices = Prices(Q, rule(PAIRS)[:, 0])
    return triangle(belief, best_report(rule, belief), losses, prices=prices, guess=guess, hidden=hidden)


def map_in(figure):
    return next((trace for trace in figure.data if trace.type == "contour"), None)


def test_the_line_leads_from_the_belief_to_the_best_report():
    figure = triangle_of(one_sided_square_rule)
    assert {"you believe", "say ⅔, ⅓, 0"} <= set(words_of(figure))
    arrow = next(trace for trace in scatters(figure) if trace.mode == "lines" and trace.line.dash == "dash")
    assert arrow.y[0] == pytest.approx(0.6)
    assert arrow.y[1] == pytest.approx(2 / 3, abs=1e-6)


def test_an_honest_rule_has_no_line():
    figure = triangle_of(log_rule)
    assert "honest" in words_of(figure)
    assert not any(trace.mode == "lines" and trace.line.dash == "dash" for trace in scatters(figure))


@pytest.mark.parametrize(("guess", "marked"), [(GuessMark(GUESS_AT, 0.5), True), (None, False)])
def test_an_open_guess_hides_the_best_report(guess, marked):
    figure = triangle_of(one_sided_square_rule, guess=guess, hidden=True)
    assert "you believe" in words_of(figure)
    assert ("guess <b>?</b>" in words_of(figure)) == marked
    assert not any(word.startswith("say") for word in words_of(figure))
    assert map_in(figure) is None


@pytest.mark.parametrize("rule", [log_rule, one_sided_square_rule, zero_one_rule, parse("3"), parse("exp(9*q) - 5")])
@pytest.mark.parametrize("belief", [BELIEF, np.array([1.0, 0.0, 0.0]), np.full(3, 1 / 3)])
def test_every_rule_has_a_finite_picture(rule, belief):
    figure = triangle_of(rule, belief)
    assert map_in(figure).z.dtype == np.uint8
    assert np.isfinite(figure.layout.yaxis2.range).all()


@pytest.mark.parametrize("rule", [log_rule, one_sided_square_rule, parse("q"), parse("3")])
def test_two_outcomes_on_a_line(rule):
    belief = np.array([0.7, 0.3])
    best = best_report(rule, belief)
    at = float(expected_loss(rule, belief, belief)), float(expected_loss(rule, belief, best))
    prices = Prices(Q, rule(PAIRS)[:, 0])
    figure = line(0.7, float(best[0]), expected_loss(rule, belief, PAIRS), at, reports=Q, prices=prices)
    assert figure.layout.yaxis.title.text == "expected loss"
    assert ("honest" in words_of(figure)) == np.array_equal(best, belief)


def line_of(rule, hidden=False):
    belief, prices = np.array([0.7, 0.3]), Prices(Q, rule(PAIRS)[:, 0])
    losses = expected_loss(rule, belief, PAIRS)
    return line(0.7, 1.0, losses, (0.42, 0.3), reports=Q, prices=prices, hidden=hidden)


def test_an_open_guess_hides_the_line():
    shown, hidden = line_of(parse("1 - q")), line_of(parse("1 - q"), hidden=True)
    assert "say 1" in words_of(shown)
    assert words_of(hidden) == ["you believe", "loss f(q)"]
    lines = [[trace for trace in scatters(figure) if trace.mode == "lines"] for figure in (shown, hidden)]
    assert [len(each) for each in lines] == [3, 1]  # the losses and the belief go, the price of one outcome stays


def test_no_tick_is_minus_zero():
    for axis in (line_of(log_rule).layout.yaxis, line_of(parse("1 - q")).layout.yaxis2):
        assert not any(np.signbit(tick) for tick in axis.tickvals if tick == 0)


@pytest.mark.parametrize(
    ("text", "tex"),
    [
        ("1 - (2 - 3)", r"1-\left(2-3\right)"),
        ("-log(2)*3", r"-\ln\left(2\right)\cdot 3"),
        ("(1 + 2)**2", r"\left(1+2\right)^{2}"),
        ("sqrt(2)/exp(-3)", r"\frac{\sqrt{2}}{e^{-3}}"),
        ("2*-3", r"2\cdot \left(-3\right)"),
        ("-2**2", "-2^{2}"),
        ("(-2)**2", r"\left(-2\right)^{2}"),
        ("(2**3)**4", r"\left(2^{3}\right)^{4}"),
        ("(1/2)**3", r"\left(\frac{1}{2}\right)^{3}"),
        ("exp(2)**3", r"\left(e^{2}\right)^{3}"),
        ("1e-7**2", r"\left(10^{-7}\right)^{2}"),
        ("log2(8)", r"\log_2\left(8\right)"),
        ("log10(2)", r"\log_{10}\left(2\right)"),
    ],
)
def test_rules_as_formulas(text, tex):
    assert as_tex(parse(text).tree) == tex


def test_each_outcome_has_a_dot_on_the_curve_of_pulls():
    figure = pulls(Q, -Q, dots={"A": (0.6, -0.6), "B, C": (0.2, -0.2)}, low=-1.2)
    dots = [trace for trace in scatters(figure) if trace.mode == "markers"]
    assert [(dot.x[0], dot.y[0]) for dot in dots] == [(0.6, -0.6), (0.2, -0.2)]
    assert {"A: −0.600", "B, C: −0.200"} <= set(words_of(figure))
    far = pulls(Q, -Q, dots={"A": (0.6, -np.inf)}, low=-1.2)
    assert "A: ↓ −∞" in words_of(far)


def test_the_map_reaches_the_edge_of_the_triangle():
    reports = map_of_reports()
    assert reports.sum(axis=-1) == pytest.approx(1)
    assert reports.min() >= 0
    x, y = place(np.moveaxis(reports, -1, 0))
    assert y[:, 0] == pytest.approx(np.linspace(0, 1, 41))
    assert x[0] == pytest.approx(np.linspace(0, 1, 81)), "at the bottom, no place is outside"
    assert x[20].min() == pytest.approx(0.25), "at half the height, the edge is a quarter inside"


@pytest.mark.parametrize("dark", [False, True])
def test_words_can_be_read_on_the_darkest_band(dark):
    with theme.using(dark=dark):
        figure = triangle_of(log_rule)
        darkest, ink = map_in(figure).colorscale[-1][1], theme.color("ink")
    (words,) = [trace for trace in scatters(figure) if "text" in trace.mode and "honest" in trace.text]
    assert words.textfont.color[list(words.text).index("honest")] == ink
    assert contrast(ink, darkest) >= 4.5


def test_the_map_is_palest_at_the_best_report_and_darkest_for_the_tenth_with_the_largest_losses():
    shares = map_in(triangle_of(log_rule)).z
    assert shares[24, 32] == 0  # A 0.6, x = C + A/2 = 0.4
    assert shares[0].min() == 200, "q = 0 for A costs infinitely much"


def test_a_narrow_picture_leaves_the_curve_out_and_gives_its_width_to_the_reports():
    with theme.using(dark=False, narrow=True):
        figures = [triangle_of(log_rule), line_of(log_rule)]
    for figure in figures:
        assert figure.layout.xaxis.domain is None, "the whole width"
        assert "xaxis2" not in figure.to_dict()["layout"]
    plan = figures[0].layout
    (left, right), margin = plan.xaxis.range, plan.margin
    assert (358 - margin.l - margin.r) / (right - left) > 220, "px from B to C"


def test_the_axes_of_the_logarithm_are_in_nats():
    prices = Prices(Q, log_rule(PAIRS)[:, 0], unit="nats")
    figure = line(0.7, 0.7, expected_loss(log_rule, np.array([0.7, 0.3]), PAIRS), (0.6, 0.6), reports=Q, prices=prices)
    assert figure.layout.yaxis.title.text == "expected loss (nats)"
    assert "loss f(q), nats" in words_of(figure)
    assert pulls(Q, -Q, dots={}, low=-1.2, unit="nats").layout.yaxis.title.text == "pull p · f′(p) (nats)"
    assert pulls(Q, -Q, dots={}, low=-1.2).layout.yaxis.title.text == "pull p · f′(p)"


def test_the_ticks_of_an_axis_have_the_same_number_of_decimals():
    assert list(line_of(parse("1 - q")).layout.yaxis2.ticktext) == ["0", "0.5", "1.0"]


def test_a_marked_loss_is_on_the_axis():
    losses = np.append(np.ones(200), 1000.0)
    prices = Prices(Q, Q)
    figure = line(1.0, 0.0, losses, (1000.0, 1.0), reports=Q, prices=prices)
    assert figure.layout.yaxis.range[1] > 1000
