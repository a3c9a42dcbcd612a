import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xent_core import Unit
from xent_ui.self_test.number_parser import NotANumber, number
from xent_ui.style.numbers import text

READ = {
    "0,693": 0.693,
    ".693": 0.693,
    ",693": 0.693,
    "0.693": 0.693,
    "693e-3": 0.693,
    "1e-1": 0.1,
    "1E-1": 0.1,
    "69.3%": 0.693,
    "69,3 %": 0.693,
    "69.3\u00a0%": 0.693,
    "69.3\u202f%": 0.693,
    "69.3\u2009%": 0.693,
    "ln 2": math.log(2),
    "ln2": math.log(2),
    "LN(2)": math.log(2),
    "-ln 0.5": math.log(2),
    "−ln 0,5": math.log(2),
    "log2 8": 3,
    "log₂ 8": 3,
    "log_2(8)": 3,
    "log10 100": 2,
    "log(e)": 1,
    "1/3": 1 / 3,
    "2^-3": 0.125,
    "2**3": 8,
    "-2^2": -4,
    "10^-3": 0.001,
    "√2": math.sqrt(2),
    "sqrt(2)/2": math.sqrt(0.5),
    "exp(-1)": math.exp(-1),
    "e^-1": math.exp(-1),
    " + 3 ": 3,
    "2·3": 6,
    "−0.998": -0.998,
    "2,303": 2.303,
    "ln 10": math.log(10),
    "ln(2)/2": math.log(2) / 2,
    "5.": 5,
    "1\u00a0000": 1000,
    "1\u2009234,5": 1234.5,
    "10 000": 10_000,
    "1 - 20%": 0.8,
    "1 + 50 %": 1.5,
    "(30 + 20)%": 0.5,
    "50 percent": 0.5,
    "50 per cent": 0.5,
    "12.5pct": 0.125,
    "ln 50%": math.log(0.5),
    "log(8, 2)": 3,
    "log(8; 2)": 3,
    "log(0,25; 2)": -2,
    "log2(8)": 3,
    "ld 8": 3,
    "log 0,5": math.log(0.5),
    "ln(0,5)": math.log(0.5),
    "ln(1/2)": math.log(1 / 2),
    "ln(2)^2": math.log(2) ** 2,
    "ln 2 + 1": math.log(2) + 1,
    "1/ln 2": 1 / math.log(2),
    "√2/2": math.sqrt(2) / 2,
    "3√4": 6,
    "exp -1": math.exp(-1),
    "e^ln 3": 3,
    "2ln2": 2 * math.log(2),
    "2 ln 2": 2 * math.log(2),
    "-0.5 log2(0.5)": 0.5,
    "2(3 + 4)": 14,
    "(1/2)(1/3)": 1 / 6,
    "2e": 2 * math.e,
    "about .7": 0.7,
    "approx. 0.7": 0.7,
    "ca. 0,7": 0.7,
    "~0.7": 0.7,
    "≈ 0.7": 0.7,
    "=0.7": 0.7,
    "= ~ 0.7": 0.7,
    "½": 0.5,
    "¼": 0.25,
    "¾": 0.75,
    "⅛": 0.125,
    "2½": 2.5,
    "2 ½": 2.5,
    "−⅓": -1 / 3,
    "ln ½": math.log(0.5),
    "10⁻³": 0.001,
    "2²": 4,
    "(1/2)³": 0.125,
    "e⁻¹": math.exp(-1),
    "1.2 x 10^-3": 0.0012,
    "1.2x10^-3": 0.0012,
    "1.2e-3": 0.0012,
    "1.20 × 10⁻³": 0.0012,
    "2·3·4": 24,
    "0.693...": 0.693,
    "0.693…": 0.693,
    "0.693.": 0.693,
    "—0.5": -0.5,
    "‒0.5": -0.5,
    "０．５": 0.5,
    "－１／２": -0.5,
    "٠٫٥": 0.5,
    "٣٠٪": 0.3,
    "۰٫۵": 0.5,
    "१/२": 0.5,
    "1⁄2": 0.5,
    "0.7\u200b": 0.7,
}
REFUSED = {
    "": "Nothing is typed",
    "   ": "Nothing is typed",
    "NaN": "finite",
    "inf": "finite",
    "-inf": "finite",
    "∞": "finite",
    "1" * 100_000: "100,000 characters",
    "<script>alert(1)</script>": "not understood",
    "1e999": "no finite",
    "9^9^9^9": "no finite",
    "1/0": "no finite",
    "ln 0": "does not exist",
    "ln(-1)": "does not exist",
    "(1": "bracket is not closed",
    "1)": "never opened",
    "1,2,3": "more than one comma or point; type",
    "1.2.3": "more than one comma or point; type",
    "1 2": "not expected after “1”; type",
    "0.5 = 0.5": "not expected",
    "log(8,2)": r"two ways; type log2\(8\)",
    "log(0,5)": "two ways",
    "ln(8, 2)": r"logarithm of 8 to base 2 is log2\(8\)",
    "ln 1/2": r"“ln 1/2” can be read in two ways; type ln\(1/2\) or ln\(1\)/2",
    "-ln 0.5/2": "two ways",
    "ln 2 * 3": "two ways",
    "ln 2 ln 3": "two ways",
    "1/2 ln 2": "“1/2 ln 2” can be read in two ways",
    "1/2e": "two ways",
    "lg 2": "“lg” is base 10 to some people and base 2 to others; type log10 or log2",
    "LG(2)": "type log10 or log2",
    "1.2e -3": "not understood",
    "q": "not understood",
    "x": "not understood",
    "about": "missing after “about”",
    "log2": r"missing after “log2”; type log2\(2\)",
    "2 +": "missing after “[+]”",
    "* 2": "missing before “[*]”; type a number such as",
    "× 2": "missing before “×”",
    "log₂": "missing after “log₂”; type",
    "[1]": "round brackets",
    "abc": "not understood",
    "__import__": "not understood",
    "0x10": "not understood",
    "(-8)^(1/3)": "root",
    "9**9**9": "no finite",
    "exp(1000)": "no finite",
    "1e13": "too large",
    "3 bits": "no unit",
    "%": "missing",
    "ln": r"missing after “ln”; type ln\(2\)",
    "e" * 41: "41 characters",
    "((((((((((((((((((((": "missing",
    "²": "missing before",
    "\x00": "not understood",
    "1,234.5": "more than one comma or point; type a number such as 1234.5",
}


@pytest.mark.parametrize(("typed", "meant"), READ.items())
def test_a_number_is_read_as_people_mean_it(typed, meant):
    assert number(typed) == pytest.approx(meant, rel=1e-12)


@pytest.mark.parametrize(("typed", "sentence"), REFUSED.items(), ids=lambda text: text[:12])
def test_anything_else_is_refused_with_a_sentence(typed, sentence):
    with pytest.raises(NotANumber, match=sentence) as refused:
        number(typed)
    assert len(str(refused.value)) < 160
    assert str(refused.value).endswith(".")


def test_a_unit_is_converted_to_the_one_asked_for():
    assert number("1 bit", Unit.NATS) == pytest.approx(math.log(2))
    assert number("0.693147 nats", Unit.BITS) == pytest.approx(1, rel=1e-5)
    assert number("ln 2 nats", Unit.NATS) == pytest.approx(math.log(2))
    assert number("3.32 (bits)", Unit.BITS) == pytest.approx(3.32)
    assert number("about 1.5 bits per letter", Unit.BITS) == pytest.approx(1.5)
    assert number("2 bits.", Unit.NATS) == pytest.approx(2 * math.log(2))


PIECES = [
    *READ,
    *REFUSED,
    *"0123456789.,%()+-*/^eqx√½²⁻ ",
    "ln",
    "log",
    "log2",
    "sqrt",
    "exp",
    "bits",
    "percent",
    "about",
]


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=50), st.lists(st.sampled_from(PIECES), max_size=12).map("".join)))
def test_any_text_is_a_finite_number_or_refused_with_a_sentence(typed):
    for unit in (None, Unit.BITS):
        said = ""
        try:
            assert math.isfinite(number(typed, unit))
        except NotANumber as refused:
            said = str(refused)
        assert not said or (said.endswith(".") and len(said) < 160)


@given(st.floats(-1e9, 1e9).filter(lambda x: x == 0 or abs(x) > 1e-9))
def test_what_the_course_writes_is_read(x):
    assert number(text(x)) == pytest.approx(x, rel=0.005)


@pytest.mark.parametrize("mark", [",", "٫", "．"])
@given(st.integers(0, 9999), st.integers(0, 999))
def test_a_number_means_the_same_in_other_scripts(mark, whole, thousandths):
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    written = f"{whole}.{thousandths:03}"
    assert number(written.replace(".", mark)) == number(written.translate(arabic).replace(".", mark)) == float(written)
