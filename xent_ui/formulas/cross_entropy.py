"""Formulas of the lesson on cross-entropy."""

from collections.abc import Sequence

import numpy as np

from xent_core import Unit
from xent_ui.formulas.base import LOG, colored, lines
from xent_ui.formulas.entropy import rows_of_terms
from xent_ui.style.numbers import exact, tex

NAMED = {"KL(p‖q)": r"\mathrm{KL}(p\Vert q)", "KL(q‖p)": r"\mathrm{KL}(q\Vert p)", "JS": r"\mathrm{JS}(p, q)"}


def cross_entropy(
    names: Sequence[str], p: np.ndarray, q: np.ndarray, parts: tuple[float, float, float], grad: np.ndarray, unit: Unit
) -> str:
    """H(p, q) = −Σ p log q with its terms, its two parts, and its slope in the first belief.

    parts  H(p, q), H(p) and KL(p‖q) in nats; grad in nats
    """
    log = LOG[unit]
    whole, floor, excess = (tex(unit.of(part)) for part in parts)
    terms = {
        k: rf"-{colored('truth', exact(float(share)))}\,{log} {colored('model', exact(float(belief)))}"
        for k, (share, belief) in enumerate(zip(p, q, strict=True))
        if share
    }
    per_unit = "" if unit is Unit.NATS else r"\,\ln 2"
    first_p, first_q = colored("truth", exact(float(p[0]))), colored("model", exact(float(q[0])))
    cost, kl = colored("loss", "H(p,q)"), colored("excess", r"\mathrm{KL}")
    slope = rf"\frac{{\partial {cost}}}{{\partial {colored('model', f'q_{names[0]}')}}}"
    return lines(
        [
            rf"{cost} &= -\textstyle\sum {colored('truth', 'p')}\,{log} {colored('model', 'q')}",
            *rows_of_terms(terms, p, q),
            rf"&= {colored('loss', whole)}\;\text{{{unit.symbol}}}",
            rf"&= {colored('truth', 'H(p)')} + {kl} = {colored('truth', floor)} + {colored('excess', excess)}",
            rf"{slope} &= -\frac{{{first_p}}}{{{first_q}{per_unit}}}"
            rf" = {colored('gradient', tex(unit.of(float(grad[0]))))}",
        ]
    )


def wasted(lengths: np.ndarray, p: np.ndarray, parts: tuple[float, float, float]) -> str:
    """The mean length of a word of a code built for q, and its two parts; in bits."""
    terms = {
        k: rf"+{colored('truth', exact(float(share)))} \times {length}"
        for k, (share, length) in enumerate(zip(p, lengths, strict=True))
    }
    mean, floor, excess = map(tex, parts)
    return lines(
        [
            *[row.replace("&=", "L &=", 1) if i == 0 else row for i, row in enumerate(rows_of_terms(terms, p))],
            rf"&= {mean}\;\text{{bits}} = {colored('truth', floor)} + {colored('excess', excess)}",
        ]
    )


def divergences(values: dict[str, float], unit: Unit) -> str:
    """Both orders of KL and JS, defined and at this moment; values in the unit shown."""
    p, q, log = colored("truth", "p"), colored("model", "q"), LOG[unit]
    forward, reverse, middle = values.values()
    m = r"\tfrac{p+q}{2}"
    return lines(
        [
            rf"{NAMED['KL(p‖q)']} &= \textstyle\sum {p}\,{log}\tfrac{{{p}}}{{{q}}} = {colored('excess', tex(forward))}",
            rf"{NAMED['KL(q‖p)']} &= \textstyle\sum {q}\,{log}\tfrac{{{q}}}{{{p}}} = {colored('excess', tex(reverse))}",
            rf"{NAMED['JS']} &= \tfrac12\mathrm{{KL}}({p}\Vert {m}) + \tfrac12\mathrm{{KL}}({q}\Vert {m})",
            rf"&= {colored('excess', tex(middle))}\;\text{{{unit.symbol}}}",
        ]
    )
