"""Formulas of the lesson on likelihood."""

from xent_core import Unit
from xent_ui.formulas.base import LOG, colored, lines
from xent_ui.style.numbers import exact, tex


def three_views(theta: float, counts: tuple[int, int], *, product: float, loss: float, grad: float, unit: Unit) -> str:
    """Return the likelihood, its −log, the mean of that per flip, and the slope of the mean.

    counts      the numbers of heads and of tails
    product     the likelihood of the coin theta
    loss, grad  the mean −log per flip and its slope in theta, in nats
    """
    heads, tails = counts
    n = heads + tails
    coin, log = colored("model", exact(theta)), LOG[unit]
    symbol, mean = colored("model", r"\theta"), colored("loss", "H")
    share = colored("truth", rf"\tfrac{{{heads}}}{{{n}}}")
    ln2 = "" if unit is Unit.NATS else r"\,\ln 2"
    slope = colored("gradient", r"\frac{dH}{d\theta}")
    return lines(
        [
            rf"{colored('model', 'L')} &= {coin}^{{{heads}}} \times (1-{coin})^{{{tails}}}",
            rf"&= {colored('model', tex(product))}",
            rf"-{log} {colored('model', 'L')} &= -\big({heads}\,{log} {coin}",
            rf"&\qquad + {tails}\,{log}(1-{coin})\big)",
            rf"&= {colored('loss', tex(float(unit.of(loss)) * n))}\;\text{{{unit.symbol}}}",
            rf"{mean} &= \tfrac{{1}}{{{n}}}(-{log} {colored('model', 'L')}) = {colored('loss', tex(unit.of(loss)))}",
            rf"{slope} &= \frac{{{symbol} - {share}}}{{{symbol}(1-{symbol}){ln2}}}"
            rf" = {colored('gradient', tex(unit.of(grad)))}",
        ]
    )
