"""Rules that a learner types: what they are worth, why others are refused, and the code that computes the same."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
        ("1 - q^2", 1 - Q**2, -2 * Q),
        ("q²", Q**2, 2 * Q),
        ("(1−q)²", (1 - Q) ** 2, 2 * (Q - 1)),
        ("q⁻¹", 1 / Q, -1 / Q**2),
        ("2q(1 - q)", 2 * Q * (1 - Q), 2 - 4 * Q),
        ("−ln q", -np.log(Q), -1 / Q),
        ("-log2(q)", -np.log2(Q), -1 / (Q * np.log(2))),
        ("-log10(q)", -np.log10(Q), -1 / (Q * np.log(10))),
        ("-log(q, 2)", -np.log2(Q), -1 / (Q * np.log(2))),
        ("e^-q", np.exp(-Q), -np.exp(-Q)),
        ("0,5 - 50% q", 0.5 - 0.5 * Q, np.full(99, -0.5)),
        ("½√q", np.sqrt(Q) / 2, 0.25 / np.sqrt(Q)),
        ("ｑ × ２", 2 * Q, np.full(99, 2.0)),
    ],
)
def test_value_and_slope(text, value, slope):
    rule = parse(text)
    np.testing.assert_allclose(rule(Q), value, rtol=1e-13)
    np.testing.assert_allclose(rule.slope(Q), slope, rtol=1e-12)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Nothing is typed yet; type numbers, q, log, sqrt, exp and signs, as in -log(q)."),
        ("   ", "Nothing is typed yet"),
        ("q" + " + q" * 30, "This has 121 characters; up to 80 are read."),
        ("p", "Character 1: “p” is not understood here; type numbers, q, log"),
        ("2p", "Character 2: “p” is not understood here"),
        ("qlog(q)", "Character 1: “qlog” is not"),
        ("__import__('os')", "Character 1: “__import__” is not"),
        ("q.real", "Character 2: “.” is not expected there"),
        ("[q]", "Character 1: “[” is not understood here; type round brackets."),
        ("q if q else q", "Character 3: “if” is not"),
        ("lambda: q", "Character 1: “lambda” is not"),
        ("0x10", "Character 2: “x” is not"),
        ("1j", "Character 2: “j” is not"),
        ("1_000", "Character 2: “_” is not"),
        ("q := 3", "Character 3: “:” is not"),
        ("1 2", "Character 3: “2” is not expected after “1”; type a sign between them, such as *."),
        ("q 2", "Character 3: “2” is not expected after “q”"),
        ("q bits", "Character 3: “bits” is not expected there"),
        ("~q", "Character 1: A value is missing before “~”;"),
        ("log", "Character 3: A value is missing after “log”; type log(2), for example."),
        ("log + 1", "Character 5: A value is missing after “log”"),
        ("log()", "Character 5: A value is missing before “)”;"),
        ("()", "Character 2: A value is missing before “)”;"),
        ("q + ", "Character 3: Something is missing after “+”;"),
        ("  (q", "Character 4: A bracket is not closed"),
        ("q)", "Character 2: “)” closes a bracket that was never opened"),
        ("* q", "Character 1: A value is missing before “*”;"),
        ("q // 2", "Character 4: A value is missing before “/”;"),
        ("\x00", "Character 1: “\x00” is not"),
        ("-log q/2", "Character 8: “log q/2” can be read in two ways; type log(q/2) or log(q)/2."),
        ("1/2q", "Character 2: “1/2q” can be read in two ways"),
        ("-log(8,2)*q", "Character 6: A comma in log( ) can be read in two ways"),
        ("lg(q)", "type log10 or log2"),
        ("log(q - 0.5)", "“log(q - 0.5)” is not a number at q = 0.001."),
        ("1 + sqrt(-q)", "“sqrt(-q)” is not a number at q = 0.001."),
        ("1/(q - 0.5)", "“1/(q - 0.5)” is too large at q = 0.5."),
        ("exp(exp(exp(9)))", "“exp(exp(9))” is too large at q = 0.001."),
        ("q * 1e999", "“1e999” is too large"),
        ("log(q)", "“log(q)” is −∞ at q = 0"),
        ("-1/(1-q)", "“-1/(1-q)” is −∞ at q = 1"),
        ("log(q) + q*log(q)", "“log(q) + q*log(q)” is −∞ at q = 0"),
        ("q**2/q**3", "“q**2/q**3” cannot be computed at q = 0."),
        ("1 -\n(q", "Character 6: A bracket is not closed"),
        ("log q", "“log q” is −∞ at q = 0"),
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
        ("-log2 q - log10(q)", "-np.log2(q) - np.log10(q)", "-torch.log2(q) - torch.log10(q)"),
        ("20% q²", "20 / 100 * q ** 2", "20 / 100 * q ** 2"),
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


PIECES = [
    *"0123456789.,;%()+-*/^eq√½²⁻ ",
    "ln",
    "log",
    "log2",
    "sqrt",
    "exp",
    "**",
    "1e999",
    "9**9",
    "-log(q)",
    "(1 - q)",
]


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=90), st.lists(st.sampled_from(PIECES), max_size=20).map("".join)))
def test_any_text_is_a_rule_or_refused_with_a_sentence(text):
    said = ""
    try:
        rule = parse(text)
        assert np.isfinite(rule(Q)).all()
        assert rule.slope(Q).shape == Q.shape
        assert rule.code("np")
        assert rule.code("torch")
    except ExpressionError as refused:
        said = str(refused)
    assert not said or said.endswith(".")
