"""Formulas of the lesson on entropy."""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from xent_core import Unit
from xent_ui.formulas.base import LOG, Symbols, colored, lines
from xent_ui.style.numbers import digits_that_add, exact, tex

NEGATIVE_LOG: Final = r"-\log p(x)"
SYMBOLS: Final = Symbols(
    formula=lambda: (
        rf"{colored('entropy', 'H(p)')} = -\sum_x {colored('truth', 'p(x)')} \, \log {colored('truth', 'p(x)')}"
    ),
    where=lambda: (
        rf"${colored('truth', 'p(x)')}$ is the probability of the outcome $x$, from 0 to 1, and all of them add up to "
        "1; "
        rf"${colored('loss', NEGATIVE_LOG)}$ is the surprise of $x$; and ${colored('entropy', 'H(p)')}$ is the "
        "entropy, from 0 to log K for K outcomes, in bits for base 2 and in nats for base e."
    ),
)


def entropy(names: Sequence[str], p: np.ndarray, value: float, grad: np.ndarray, unit: Unit) -> str:
    """Return H = −Σ p log p with its terms, and its slope in the first probability; value and grad in nats.

    An outcome with p = 0 has no term, because p log p tends to 0.
    """
    log = LOG[unit]
    terms = {
        k: rf"-{colored('truth', exact(share))}\,{log} {colored('truth', exact(share))}"
        for k, share in enumerate(map(float, p))
        if share
    }
    first = float(p[0])
    symbol = colored("truth", f"p_{names[0]}")
    slope = colored("gradient", tex(unit.of(float(grad[0]))))
    equation = (
        rf"= -{log} {colored('truth', exact(first))} - {per_unit(unit)} = {slope}"
        if first
        else rf"= -{log} {symbol} - {per_unit(unit)} \to {slope} \quad\text{{as }} {symbol} \to 0"
    )
    return lines(
        [
            rf"{colored('entropy', 'H(p)')} &= -\textstyle\sum {colored('truth', 'p')}\,{log} {colored('truth', 'p')}",
            *rows_of_terms(terms, p),
            rf"&= {colored('entropy', tex(unit.of(value)))}\;\text{{{unit.symbol}}}",
            rf"\frac{{\partial {colored('entropy', 'H')}}}{{\partial {symbol}}} &{equation}",
        ]
    )


def binary_entropy(p: float, value: float, slope: float, unit: Unit) -> str:
    """Return H(p) of two outcomes and its slope log((1 − p)/p); value and slope in nats."""
    log = LOG[unit]
    first, second = colored("truth", exact(p)), colored("truth", exact(1 - p))
    terms = [rf"-{each}\,{log} {each}" for each, share in ((first, p), (second, 1 - p)) if share]
    value_of_slope = colored("gradient", tex(unit.of(slope)))
    equation = (
        rf"= {log}\frac{{{second}}}{{{first}}} = {value_of_slope}"
        if 0 < p < 1
        else rf"\to {value_of_slope} \quad\text{{as }} p \to {first}"
    )
    return lines(
        [
            rf"{colored('entropy', 'H')} &= {''.join(terms)}",
            rf"&= {colored('entropy', tex(unit.of(value)))}\;\text{{{unit.symbol}}}",
            rf"\frac{{d{colored('entropy', 'H')}}}{{dp}} &= {log} \frac{{1-p}}{{p}} {equation}",
        ]
    )


def mean_word_length(p: np.ndarray, lengths: np.ndarray, mean: float, floor: float) -> str:
    """Return the mean length of a code word, Σ p ℓ, which is less than one bit above H; both in bits."""
    entropy, mean_length = colored("entropy", "H(p)"), r"\bar\ell"
    digits = digits_that_add(floor, mean - floor)
    terms = {
        k: rf"+{colored('truth', exact(float(share)))} \times {length}"
        for k, (share, length) in enumerate(zip(p, lengths, strict=True))
        if share
    }
    return lines(
        [
            rf"{mean_length} &= \textstyle\sum {colored('truth', 'p')} \times \ell",
            *rows_of_terms(terms, p),
            rf"&= {tex(mean, digits)}\;\text{{bits}}",
            rf"{entropy} &\le {mean_length} < {entropy} + 1,\quad {entropy} = {colored('entropy', tex(floor, digits))}",
        ]
    )


def block_length(per_letter: float, n: int, floor: float) -> str:
    """Return that a Huffman code for blocks of n letters is less than 1/n bit per letter above H; both in bits."""
    entropy, digits = colored("entropy", "H(p)"), digits_that_add(floor, per_letter - floor)
    above = "1" if n == 1 else rf"\tfrac{{1}}{{{n}}}"
    return lines(
        [
            rf"{entropy} &\le \tfrac{{1}}{{n}}\,\bar\ell_n < {entropy} + \tfrac{{1}}{{n}}",
            rf"{colored('entropy', tex(floor, digits))} &\le {tex(per_letter, digits)} "
            rf"< {colored('entropy', tex(floor, digits))} + {above}\;\text{{bits}}",
        ]
    )


def per_unit(unit: Unit) -> str:
    """Return the constant in the derivative of x log x: 1 in nats, 1/ln 2 in bits."""
    return "1" if unit is Unit.NATS else r"\tfrac{1}{\ln 2}"


def rows_of_terms(terms: Mapping[int, str], *numbers: np.ndarray) -> list[str]:
    """Return the terms of a sum in rows that fit a phone: two terms per row if their numbers are short, else one.

    terms    by outcome, each with its sign
    numbers  arrays of the numbers in the terms, by outcome
    """
    rows: list[list[int]] = []
    for k in terms:
        if rows and len(rows[-1]) == 1 and _width(numbers, rows[-1][0]) + _width(numbers, k) <= 8:
            rows[-1].append(k)
        else:
            rows.append([k])
    joined = ["".join(terms[k] for k in row) for row in rows]
    return [rf"&= {joined[0].removeprefix('+')}", *(rf"&\quad {row}" for row in joined[1:])]


def _width(numbers: Sequence[np.ndarray], k: int) -> int:
    """Return the approximate width of the numbers of a term, in characters."""
    shown = [exact(float(each[k])) for each in numbers]
    return sum(2 if "tfrac" in each else len(each) for each in shown)
