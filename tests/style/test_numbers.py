"""How a number is written: a narrow no-break space before every percent sign, and no sign on a zero."""

import io
import re
import tokenize
from itertools import product
from pathlib import Path

import pytest

from xent_ui.style import numbers

ROOT = Path(__file__).parents[2]
PYTHON = [ROOT / "home.py", *(ROOT / "pages").glob("*.py"), *(ROOT / "xent_ui").rglob("*.py")]
TABLES = [*(ROOT / "xent_ui").rglob("*.toml"), ROOT / "tests" / "curriculum.toml"]
SCRIPTS = [*(ROOT / "xent_ui").rglob("*.js")]
DOCUMENTS = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]

# No space, a plain one or U+00A0, also as an escape; LaTeX writes \,\% and nothing else.
BEFORE_PERCENT = r"(?:[ \u00a0]|\\u00a0|\\xa0|&nbsp;|~)?"
WRONG = re.compile(rf"(?<=[0-9)}}\]]){BEFORE_PERCENT}%|^(?:[ \u00a0]|\\u00a0)%|^%$|[0-9)}}] ?\\%")
# What only a browser reads, and what a learner may type.
CSS = re.compile(r"(?:color-mix\([^%]*|[a-z-]*(?:width|height): *)[0-9]+%|\.style\.[a-z]+ = `[^`]*%`")
TYPED = {
    ("xent_ui/self_test/number_parser.py", "1 - 20%"),
    ("xent_ui/self_test/number_parser.py", "69.3 %"),
    ("xent_ui/predictions/predictions_file.py", "%"),
    ("xent_ui/predictions/safe_csv.py", "%"),
    ("xent_ui/predictions/columns.py", "%"),
}
GRAMMAR = "xent_ui/controls/arithmetic.py"
MODULO = re.compile(r"[)\]0-9] % [\w(]")  # inside the braces of an f-string


def strings(source):
    """Return the string literals of a Python source, without their quotes."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    kinds = {tokenize.STRING, getattr(tokenize, "FSTRING_MIDDLE", tokenize.STRING)}
    return [
        re.sub(r"""^[A-Za-z]*("{3}|'{3}|["'])(.*)\1$""", r"\2", t.string, flags=re.DOTALL)
        for t in tokens
        if t.type in kinds
    ]


def faults(words):
    """Return what stands around each percent sign of a text that no narrow no-break space precedes."""
    words = CSS.sub("", words)
    words = re.sub(r"\{[^{}]*\}", lambda braces: MODULO.sub("", braces[0]), words)
    return [words[max(0, found.start() - 30) : found.end() + 10] for found in WRONG.finditer(words)]


def words_of(path):
    """Return the pieces of a file in which a percent sign is one that is read."""
    source = path.read_text(encoding="utf-8")
    return strings(source) if path.suffix == ".py" else [source]


@pytest.mark.parametrize("path", [*PYTHON, *TABLES, *SCRIPTS, *DOCUMENTS], ids=lambda path: str(path.relative_to(ROOT)))
def test_a_narrow_space_stands_before_every_percent_sign(path):
    name = str(path.relative_to(ROOT))
    if name == GRAMMAR:
        pytest.skip("the grammar of what a learner types")
    found = [fault for words in words_of(path) for fault in faults(words)]
    typed = [text for where, text in TYPED if where == name]
    assert [
        fault for fault in found if not any(text == fault or len(text) > 1 and text in fault for text in typed)
    ] == []


@pytest.mark.parametrize("space", ["", " ", "\u00a0", "\\u00a0"])
def test_another_space_before_a_percent_sign_is_found(space):
    for words in (f"of 20{space}% of them", f"{{100 * p:g}}{space}%", f"{space}%", f"(30{space}% here)"):
        assert faults(words), words
    assert faults("{p:.0%}"), "Python's own format of a percentage leaves no space"
    assert not faults("20\u202f% and {share}\u202f%, \\u202f%")
    assert not faults("{n % 3} of {(a + 1) % 5}")


def test_the_formatter_writes_the_narrow_space():
    for p, digits in product([0.0, 1e-12, 1e-7, 0.05, 0.3415, 0.9999546, 1 - 1e-16, 1.0], [1, 2, 3, 4]):
        assert re.fullmatch(r"[^%\s]+( × 10[⁻⁰¹²³⁴-⁹]+)?\u202f%", numbers.percent(p, digits))


def test_zero_has_no_sign():
    for x in (0.0, -0.0):
        assert numbers.text(x) == numbers.plain(x) == numbers.tex(x) == numbers.exact(x) == numbers.exact_text(x) == "0"
        assert numbers.text(x, signed=True) == "0"
        assert numbers.percent(x) == "0\u202f%"
    for places in range(5):
        for x in (-0.0, -1e-17, -0.4 * 10**-places):
            assert numbers.fixed(x, places) == f"{0:.{places}f}"
            assert numbers.percents(x / 100, 0.123456789, places=places)[0] == f"{0:.{places}f}\u202f%"
        assert numbers.fixed(-0.6 * 10**-places, places) == f"−{10**-places:.{places}f}"


def test_significant_digits_never_round_to_zero():
    for exponent, lead, digits in product(range(-300, 300, 7), (1.0, 4.4444, 9.9999), (1, 2, 3, 5)):
        x = lead * 10.0**exponent
        assert re.search("[1-9]", numbers.text(-x, digits).partition("×")[0])


def test_percentages_beside_each_other_have_the_same_places():
    for probs in ([0.3415, 0.405, 0.16], [0.5, 0.25], [1 / 3, 2 / 3], [0.0, 1.0], [0.001, 0.999], [1e-7, 0.5]):
        for places in (0, 1, 2):
            written = [each.removesuffix("\u202f%") for each in numbers.percents(*probs, places=places)]
            shown = {len(each.partition(".")[2]) for each in written}
            assert len(shown) == 1
            for p, each in zip(probs, written, strict=True):
                assert abs(float(each) - 100 * p) <= 0.5 * 10.0 ** -max(places, *shown) + 1e-9
                assert (float(each) in (0, 100)) == (p in (0, 1)), "a rounded number never claims certainty"
