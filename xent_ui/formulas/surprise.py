"""Formulas of the lesson on surprise."""

from typing import Final

from xent_core import Unit
from xent_ui.formulas.base import LOG, Symbols, class_colored, colored, lines
from xent_ui.style import theme
from xent_ui.style.numbers import exact, tex

SYMBOLS: Final = Symbols(
    formula=lambda: rf"{colored('loss', 'h(x)')} = -\log {colored('truth', 'P(x)')}",
    where=lambda: (
        rf"${colored('truth', 'P(x)')}$ is the probability of the event $x$, from 0 to 1, and "
        f"${colored('loss', 'h(x)')}$ "
        "is its surprise, also called self-information: 0 or more, because a number up to 1 has a logarithm of at most "
        "0. The logarithm to base 2 gives bits, the natural logarithm gives nats, and 1 nat is 1.4427 bits."
    ),
)


def surprise(p: float, value: float, grad: float, unit: Unit) -> str:
    """Return h = −log p and its slope; value in nats, grad in nats per unit of probability."""
    log, name = LOG[unit], rf"\;\text{{{unit.symbol}}}"
    per_unit = "" if unit is Unit.NATS else r"\,\ln 2"
    slope = rf"\frac{{d{colored('loss', 'h')}}}{{d{colored('truth', 'p')}}}"
    rows = (
        (
            rf"{colored('loss', 'h')} &= -{log} {colored('truth', 'p')}",
            rf"= -{log} {colored('truth', exact(p))} = {colored('loss', tex(unit.of(value)))}{name}",
        ),
        (
            rf"{slope} &= -\frac{{1}}{{{colored('truth', 'p')}{per_unit}}}",
            rf"= -\frac{{1}}{{{colored('truth', exact(p))}{per_unit}}} = {colored('gradient', tex(unit.of(grad)))}",
        ),
    )
    if theme.is_narrow():
        return lines([part for symbols, numbers in rows for part in (symbols, f"&{numbers}")])
    return lines([f"{symbols} {numbers}" for symbols, numbers in rows])


def product_of_events(a: float, b: float, value: float, unit: Unit) -> str:
    """Return −log(a·b) = −log a − log b for two independent events; value in the unit shown."""
    log = LOG[unit]
    p, q, h = class_colored(0, exact(a)), class_colored(1, exact(b)), colored("loss", tex(value))
    return lines(
        [rf"&-{log}({p} \times {q})", rf"&\quad = -{log} {p} - {log} {q}", rf"&\quad = {h}\;\text{{{unit.symbol}}}"]
    )
