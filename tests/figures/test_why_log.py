"""The triangle and the line of reports, and rules as formulas."""

import numpy as np
import pytest

from xent_core import best_report, expected_loss, log_rule, one_sided_square_rule, simplex_grid, zero_one_rule
from xent_ui.controls.expressions import parse
from xent_ui.figures.base import GuessMark
from xent_ui.figures.why_log import GUESS_AT, STEPS, Prices, line, pulls, triangle
from xent_ui.formulas.why_log import as_tex

BELIEF = np.array([0.6, 0.3, 0.1])
Q = np.linspace(0, 1, 201)
PAIRS = np.stack([Q, 1 - Q], axis=-1)


def words_of(figure):
    return [word.strip() for trace in figure.data if trace.mode == "text" for word in trace.text]


def triangle_of(rule, belief=BELIEF, guess=None, hidden=False):
    reports = simplex_grid(3, STEPS)
    losses = expected_loss(rule, belief, reports)
    prices = Prices(Q, rule(PAIRS)[:, 0])
    return triangle(belief, best_report(rule, belief), reports, losses, prices=prices, guess=guess, hidden=hidden)


def test_the_arrow_leads_from_the_belief_to_the_best_report():
    figure = triangle_of(one_sided_square_rule)
    assert {"you believe", "say ⅔, ⅓, 0"} <= set(words_of(figure))
    arrow = next(trace for trace in figure.data if trace.mode == "lines" and trace.line.dash == "dash")
    assert arrow.y[0] == pytest.approx(0.6)
    assert arrow.y[1] == pytest.approx(2 / 3, abs=1e-6)


def test_an_honest_rule_has_no_arrow():
    figure = triangle_of(log_rule)
    assert "honest" in words_of(figure)
    assert not any(trace.mode == "lines" and trace.line.dash == "dash" for trace in figure.data)


@pytest.mark.parametrize(("guess", "marked"), [(GuessMark(GUESS_AT, 0.5), True), (None, False)])
def test_an_open_guess_hides_the_best_report(guess, marked):
    figure = triangle_of(one_sided_square_rule, guess=guess, hidden=True)
    assert "you believe" in words_of(figure)
    assert ("guess <b>?</b>" in words_of(figure)) == marked
    assert not any(word.startswith("say") for word in words_of(figure))
    assert not any(trace.mode == "markers" and trace.marker.colorscale for trace in figure.data)


@pytest.mark.parametrize("rule", [log_rule, one_sided_square_rule, zero_one_rule, parse("3"), parse("exp(9*q) - 5")])
@pytest.mark.parametrize("belief", [BELIEF, np.array([1.0, 0.0, 0.0]), np.full(3, 1 / 3)])
def test_every_rule_has_a_finite_picture(rule, belief):
    figure = triangle_of(rule, belief)
    heat = next(trace for trace in figure.data if trace.mode == "markers" and trace.marker.colorscale)
    assert np.isfinite(heat.marker.color).all()
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
    lines = [[trace for trace in figure.data if trace.mode == "lines"] for figure in (shown, hidden)]
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
    dots = [trace for trace in figure.data if trace.mode == "markers"]
    assert [(dot.x[0], dot.y[0]) for dot in dots] == [(0.6, -0.6), (0.2, -0.2)]
    assert {"A: −0.600", "B, C: −0.200"} <= set(words_of(figure))
    far = pulls(Q, -Q, dots={"A": (0.6, -np.inf)}, low=-1.2)
    assert "A: ↓ −∞" in words_of(far)
