"""The formula of a picture while its guess is open: its shape is there, and no number that could answer the guess."""

import re

import pytest

from tests.views.helpers import ANSWERED, random_states
from xent_ui.formulas.base import COLOR, masked
from xent_ui.style.numbers import percent, tex, text

ASKED = {key: picture for key, picture in ANSWERED.items() if picture.question}


def numbers(formula: str) -> list[str]:
    """Return the numbers that can be read in a formula."""
    return re.findall(r"\d+(?:\.\d+)?", re.sub(rf"{COLOR}|\[\d+pt\]", "", formula))


@pytest.mark.parametrize("key", ASKED)
def test_a_masked_formula_shows_no_number_but_its_own_constants(key):
    picture = ASKED[key]
    for values in [{}, *random_states(picture, 12)]:
        formula = masked(picture(values, shown=True).formula)
        assert set(numbers(formula)) <= {"0", "1", "2"}, formula
        assert formula.count("{") == formula.count("}")


@pytest.mark.parametrize("key", ASKED)
def test_the_answer_of_an_open_guess_is_not_in_the_formula_of_its_page(key):
    picture = ASKED[key]
    answer = picture.question.read({picture.question.guess.key: picture.question.low}).answer
    written = {write(abs(answer), digits) for write in (text, tex) for digits in (2, 3, 4)} | {percent(abs(answer))}
    written -= {"1", "2"}  # these may be constants of the formula; the test above allows no others
    for values in [{}, *random_states(picture, 12)]:
        told, answered = picture(values).formula, picture(values, shown=True).formula
        if told == answered:
            continue  # a picture of another state than the one that is asked for
        shown = numbers(masked(answered, told=told))
        assert not written & set(shown), (written, shown)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (r"-\log_2 0.5 = 1.00\;\text{bits}", r"-\log_2 {?} = {?}\;\text{bits}"),
        (r"\textcolor{#0068A5}{1} = -2", r"\textcolor{#0068A5}{{?}} = {?}"),
        (r"(p - 1)^2 = 0.995", r"(p - 1)^2 = {?}"),
        (r"2\,(p - 1) = 1", r"2\,(p - 1) = {?}"),
        (r"\tfrac{1}{2} + \frac{1}{1+e^{-3.5}}", r"\tfrac{1}{2} + \frac{1}{1+e^{{?}}}"),
        (r"4.9 \times 10^{-324}", r"{?} \times {?}^{{?}}"),
        (r"a\\[4pt]2^{12} = 4{,}096", r"a\\[4pt]2^{{?}} = {?}"),
    ],
)
def test_what_is_masked_and_what_stays(formula, expected):
    assert masked(formula) == expected


def test_a_row_that_is_told_stays():
    told = r"\begin{aligned}p &= 0.25\end{aligned}"
    answered = r"\begin{aligned}p &= 0.25\\[4pt]L &= 3\end{aligned}"
    assert masked(answered, told=told) == r"\begin{aligned}p &= 0.25\\[4pt]L &= {?}\end{aligned}"
