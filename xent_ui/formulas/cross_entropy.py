"""Formulas of the lesson on cross-entropy."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from xent_core import Unit
from xent_ui.formulas.base import LOG, Symbols, colored, lines
from xent_ui.formulas.entropy import rows_of_terms
from xent_ui.style import theme
from xent_ui.style.numbers import digits_that_add, exact, tex

NAMED = {"KL(p‖q)": r"\mathrm{KL}(p\Vert q)", "KL(q‖p)": r"\mathrm{KL}(q\Vert p)", "JS": r"\mathrm{JS}(p, q)"}
KL: Final = r"D_{\mathrm{KL}}(p \Vert q)"
SYMBOLS: Final = Symbols(
    formula=lambda: lines(
        [
            rf"{colored('loss', 'H(p,q)')} &= -\textstyle\sum_x {colored('truth', 'p(x)')} \, "
            rf"\log {colored('model', 'q(x)')}",
            rf"&= {colored('entropy', 'H(p)')} + {colored('excess', KL)}",
        ]
    ),
    where=lambda: (
        rf"${colored('truth', 'p(x)')}$ is the true probability of the outcome $x$ and ${colored('model', 'q(x)')}$ "
        "the "
        rf"one that you believe, from 0 to 1. The cross-entropy, the entropy ${colored('entropy', 'H(p)')}$ and the KL "
        "divergence are 0 or more, in bits (base 2) or nats (base e)."
    ),
)


def cross_entropy(
    names: Sequence[str], p: np.ndarray, q: np.ndarray, parts: tuple[float, float, float], grad: np.ndarray, unit: Unit
) -> str:
    """Return H(p, q) = −Σ p log q with its terms, its two parts, and its slope in the first probability of the model.

    An outcome with p = 0 costs nothing and has no term.

    parts  H(p, q), H(p) and KL(p‖q) in nats
    grad   in nats
    """
    log = LOG[unit]
    digits = digits_that_add(*(unit.of(part) for part in parts[1:]))
    total, floor, excess = (tex(unit.of(part), digits) for part in parts)
    terms = {
        k: rf"-{colored('truth', exact(float(share)))}\,{log} {colored('model', exact(float(belief)))}"
        for k, (share, belief) in enumerate(zip(p, q, strict=True))
        if share
    }
    cost, kl = colored("loss", "H(p,q)"), colored("excess", r"D_{\mathrm{KL}}")
    slope = rf"\frac{{\partial {cost}}}{{\partial {colored('model', f'q_{names[0]}')}}}"
    model = colored("model", "q")
    then = r"\\[4pt]&= " if theme.is_narrow() else " = "
    reason = rf"&\;\text{{because }} -{log} {model} \to \infty \text{{ as }} {model} \to 0"
    return lines(
        [
            rf"{cost} &= -\textstyle\sum {colored('truth', 'p')}\,{log} {colored('model', 'q')}",
            *rows_of_terms(terms, p, q),
            rf"&= {colored('loss', total)}\;\text{{{unit.symbol}}}",
            *([reason] if np.isinf(parts[0]) else []),
            rf"&= {colored('entropy', 'H(p)')} + {kl}{then}{colored('entropy', floor)} + {colored('excess', excess)}",
            rf"{slope} &{_slope(names[0], float(p[0]), float(q[0]), float(grad[0]), unit)}",
        ]
    )


def _slope(name: str, p: float, q: float, grad: float, unit: Unit) -> str:
    """Return the slope −p/q with its value, or why it is 0 or infinite if p or q is 0."""
    truth, model = colored("truth", f"p_{name}"), colored("model", f"q_{name}")
    value, per_unit = colored("gradient", tex(unit.of(grad))), "" if unit is Unit.NATS else r"\,\ln 2"
    if p == 0:
        return rf"= {value} \quad\text{{because }} {truth} = 0"
    if q == 0:
        return rf"= -\frac{{{truth}}}{{{model}{per_unit}}} \to {value} \quad\text{{as }} {model} \to 0"
    return rf"= -\frac{{{colored('truth', exact(p))}}}{{{colored('model', exact(q))}{per_unit}}} = {value}"


def code_length(lengths: np.ndarray, p: np.ndarray, parts: tuple[float, float, float]) -> str:
    """Return the mean word length of a code built for q, and its two parts, H(p) and KL(p‖q); in bits.

    parts  the mean length, H(p) and KL(p‖q)
    """
    terms = {
        k: rf"+{colored('truth', exact(float(share)))} \times {length}"
        for k, (share, length) in enumerate(zip(p, lengths, strict=True))
    }
    digits = digits_that_add(*parts[1:])
    mean, floor, excess = (tex(part, digits) for part in parts)
    first, *others = rows_of_terms(terms, p)
    return lines(
        [
            rf"\bar\ell {first}",
            *others,
            rf"&= {mean}\;\text{{bits}} = {colored('entropy', floor)} + "
            f"{colored('excess', excess)}",
        ]
    )


def noisy_labels(
    labeled: int, others: int, q: float, parts: tuple[float, float, float], slope: float, unit: Unit
) -> str:
    """Return the mean loss of equal inputs, some labeled A and the others B, with its two parts and its slope in q.

    parts  the mean loss, its floor and the excess, in nats
    slope  in nats
    """
    log, digits = LOG[unit], digits_that_add(*(unit.of(part) for part in parts[1:]))
    total, floor, excess = (tex(unit.of(part), digits) for part in parts)
    a, b, n = (colored("truth", str(count)) for count in (labeled, others, labeled + others))
    first, second = colored("model", exact(q)), colored("model", exact(1 - q))
    model, per_unit = colored("model", "q"), "" if unit is Unit.NATS else r"\,\ln 2"
    then = r"\\[4pt]&= " if theme.is_narrow() else " = "
    return lines(
        [
            rf"{colored('loss', 'L')} &= -\tfrac{{1}}{{{n}}}\left({a}\,{log} {first} + {b}\,{log} {second}\right)",
            rf"&= {colored('loss', total)}\;\text{{{unit.symbol}}}",
            rf"&= {colored('entropy', 'H(p)')} + {colored('excess', KL)}{then}{colored('entropy', floor)}"
            rf" + {colored('excess', excess)}",
            rf"\frac{{d{colored('loss', 'L')}}}{{d{model}}} &= -\frac{{1}}{{{n}{per_unit}}}"
            rf"\left(\frac{{{a}}}{{{first}}} - \frac{{{b}}}{{{second}}}\right)"
            rf" = {colored('gradient', tex(unit.of(slope)))}",
        ]
    )


def divergences(values: dict[str, float], unit: Unit) -> str:
    """Return the definitions of both orders of KL and of JS, with their values in the unit shown."""
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
