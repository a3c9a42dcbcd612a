"""Rules that a learner types: what they are worth, why others are refused, and the code that computes the same."""

import numpy as np
import pytest

from xent_ui.controls.expressions import Expression, ExpressionError, is_affine_in_log, parse

Q = np.linspace(0.01, 0.99, 99)


@pytest.mark.parametrize(
    ("text", "value", "slope"),
    [
        ("-log(q)", -np.log(Q), -1 / Q),
        ("(1 - q)**2", (1 - Q) ** 2, -2 * (1 - Q)),
        ("1-q", 1 - Q, -np.ones(99)),
        ("  −log( q ) × 2 ", -2 * np.log(Q), -2 / Q),
        ("exp(-q)/2", np.exp(-Q) / 2, -np.exp(-Q) / 2),
        ("-sqrt(q)", -np.sqrt(Q), -0.5 / np.sqrt(Q)),
        ("1/q", 1 / Q, -1 / Q**2),
        ("2**-q", 2**-Q, -np.log(2) * 2**-Q),
        ("q**q", Q**Q, Q**Q * (np.log(Q) + 1)),
        ("-+-q", Q, np.ones(99)),
        ("3", np.full(99, 3.0), np.zeros(99)),
        (".5e1 - 1.", np.full(99, 4.0), np.zeros(99)),
        ("(q - 2)**3", (Q - 2) ** 3, 3 * (Q - 2) ** 2),
    ],
)
def test_value_and_slope(text, value, slope):
    rule = parse(text)
    np.testing.assert_allclose(rule(Q), value, rtol=1e-13)
    np.testing.assert_allclose(rule.slope(Q), slope, rtol=1e-12)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Nothing is written at character 1"),
        ("   ", "Nothing is written at character 1"),
        ("q" + " + q" * 30, "This has 121 characters; character 80 is the last"),
        ("1 ^ q", "Character 3, “^”: a power is written **."),
        ("q²", "Character 2, “²”: a square is written **2."),
        ("log(q, 2)", "Character 6, “,”: write a decimal point."),
        ("2q", "Character 2, “q”: a sign is missing before it; a product is written *."),
        ("(q)(q)", "Character 4, “(”: a sign is missing"),
        ("q(1)", "Character 2, “(”: a sign is missing"),
        ("ln(q)", "Character 1, “ln”: only q, log, sqrt and exp have names here."),
        ("p", "Character 1, “p”: only q"),
        ("__import__('os')", "Character 1, “__import__”: only q"),
        ("q.real", "Character 2, “.”: this sign is unknown here."),
        ("[q]", "Character 1, “[”: this sign"),
        ("q if q else q", "Character 3, “if”: only q"),
        ("lambda: q", "Character 1, “lambda”: only q"),
        ("0x10", "Character 2, “x”: only q"),
        ("1j", "Character 2, “j”: only q"),
        ("1_000", "Character 2, “_”: only q"),
        ("q := 3", "Character 3, “:”: this sign"),
        ("log", "Character 3, “g”: log wants its brackets, as in log(q)."),
        ("log q", "Character 5, “q”: log wants its brackets"),
        ("log + 1", "Character 5, “+”: log wants its brackets"),
        ("log()", "Character 5, “)”: a value is missing before it."),
        ("()", "Character 2, “)”: a value is missing before it."),
        ("q + ", "Character 3, “+”: a value is missing after it."),
        ("  (q", "Character 3, “(”: here it stops making sense."),
        ("q)", "Character 2, “)”: here it stops making sense."),
        ("* q", "Character 1, “*”: a value is missing before it."),
        ("q // 2", "Character 4, “/”: a value is missing before it."),
        ("\x00", "Character 1, “\x00”: this sign"),
        ("log(q - 0.5)", "“log(q - 0.5)” is not a number at q = 0.001."),
        ("1 + sqrt(-q)", "“sqrt(-q)” is not a number at q = 0.001."),
        ("1/(q - 0.5)", "“1/(q - 0.5)” is too large at q = 0.5."),
        ("exp(exp(exp(9)))", "“exp(exp(9))” is too large at q = 0.001."),
        ("q * 1e999", "“1e999” is too large"),
        ("log(q)", "“log(q)” is −∞ at q = 0"),
        ("-1/(1-q)", "“-1/(1-q)” is −∞ at q = 1"),
        ("log(q) + q*log(q)", "“log(q) + q*log(q)” is −∞ at q = 0"),
        ("q**2/q**3", "“q**2/q**3” cannot be computed at q = 0."),
        ("1 -\n(q", "Character 5, “(”: here it stops making sense."),
    ],
)
def test_a_broken_rule_is_refused_with_its_place(text, said):
    with pytest.raises(ExpressionError) as refusal:
        parse(text)
    assert said in str(refusal.value)


@pytest.mark.parametrize("text", ["9**9**9**9", "9**9**9**9**9**9*q", "-9**9**9", "(((9**9)**9)**9)**9", "9" * 80])
def test_towers_of_powers_do_not_hang(text):
    with pytest.raises(ExpressionError, match="too large"):
        parse(text)


def test_deep_brackets_are_read_or_refused():
    assert parse("(" * 39 + "q" + ")" * 39)(Q) is not None
    with pytest.raises(ExpressionError):
        parse("(" * 80)


@pytest.mark.parametrize(
    ("text", "end", "value"),
    [
        ("-log(q)", 0, np.inf),
        ("1/(1 - q)", 1, np.inf),
        ("-q*log(q)", 0, 0),
        ("q*log(q)", 0, 0),
        ("2 - (1 - q)*log(1 - q)", 1, 2),
        ("(1 - q)*log(1 - q)", 1, 0),  # and not the -4e-15 that it is at the last float before 1
        ("-log(q) - q*log(q)", 0, np.inf),
        ("q**q", 0, 1),
    ],
)
def test_an_end_has_its_value_or_its_limit(text, end, value):
    assert float(parse(text)(np.array(float(end)))) == pytest.approx(value, rel=1e-14, abs=0)


@pytest.mark.parametrize(
    ("text", "q", "slope"),
    [
        ("-q*log(q)", 0, np.inf),
        ("-(1 - q)*log(1 - q)", 1, -np.inf),
        ("(1 - q)**2", 1, 0),
        ("sqrt((q - 0.5)**2)", 0.5, np.nan),
    ],
)
def test_the_slope_at_an_end_and_at_a_kink(text, q, slope):
    np.testing.assert_equal(parse(text).slope(np.array([float(q)]))[0] + 0.0, slope)


def test_what_overflows_on_the_way_and_ends_finite_is_a_rule():
    assert parse("1/exp(exp(9))")(Q).tolist() == [0.0] * 99


def test_any_shape_and_nothing_written_to():
    q = np.full((2, 3), 0.5)
    assert parse("1")(q).shape == (2, 3)
    parse("-log(q)")(q)
    assert (q == 0.5).all()


@pytest.mark.parametrize(
    ("text", "numpy", "torch"),
    [
        ("2*exp(-q) - log(q)", "2 * np.exp(-q) - np.log(q)", "2 * torch.exp(-q) - torch.log(q)"),
        ("3", "3 + 0 * q", "3 + 0 * q"),
        ("q*log(q)", "np.where(q == 0, 0.0, q * np.log(q))", "torch.where(q == 0, 0.0, q * torch.log(q))"),
        ("log(2)*q", "np.log(2) * q", "torch.log(torch.as_tensor(2, dtype=torch.float64)) * q"),
        ("1/9**9**9**9 - q", "1 / float('inf') - q", "1 / float('inf') - q"),
        ("q/2**64", "q / 1.8446744073709552e+19", "q / 1.8446744073709552e+19"),
        (
            "-log(q) - q*log(q)",
            *(f'{x}.where(q == 0, float("inf"), -{x}.log(q) - q * {x}.log(q))' for x in ("np", "torch")),
        ),
    ],
)
def test_as_code(text, numpy, torch):
    rule = parse(text)
    assert isinstance(rule, Expression)
    assert rule.code("np") == numpy
    assert repr(rule) == f"lambda q: {numpy}"
    assert rule.code("torch") == torch


def test_space_of_any_kind_separates():
    assert parse("1\u00a0-\tq")(Q).tolist() == (1 - Q).tolist()


@pytest.mark.parametrize(
    ("text", "affine"),
    [("-log(q)", True), ("3", True), ("log(q)*1e-9 - 2*log(q)", True), ("1 - q", False), ("(1 - q)/1e10", False)],
)
def test_affine_in_log(text, affine):
    assert is_affine_in_log(parse(text)) is affine


def test_a_rule_is_read_once_and_what_cannot_be_read_every_time():
    assert parse("1 - q/3") is parse("1 - q/3")
    assert parse.cache_info().maxsize is not None, "what visitors type must not fill the memory"
    for _ in range(2):
        with pytest.raises(ExpressionError):
            parse("1 - q/")
