import math

import pytest

from xent_core import Unit
from xent_ui.self_test.number_parser import NotANumber, number

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
    "(1": "missing at the end",
    "1,2,3": "not expected",
    "1 2": "not expected",
    "abc": "not understood",
    "__import__": "not understood",
    "0x10": "not understood",
    "(-8)^(1/3)": "root",
    "3 bits": "no unit",
    "%": "missing",
    "ln": "missing",
    "١": "not understood",
    "e" * 41: "41 characters",
    "((((((((((((((((((((": "missing",
    "\x00": "not understood",
    "1,234.5": "not expected",
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
