"""Formulas of the lesson on likelihood."""

from typing import Final

from xent_core import Unit
from xent_ui.formulas.base import LOG, Symbols, colored, derivative, lines
from xent_ui.style.numbers import exact, tex

FLIPS, SHARE = r"\text{flips}", r"\bar y"


def _likelihood() -> str:
    return rf"P({FLIPS} \mid {colored('model', 'p')})"


def _symbols() -> str:
    p, share = colored("model", "p"), colored("truth", SHARE)
    return lines(
        [
            rf"{colored('loss', 'L')} &= -\tfrac1n \log {_likelihood()}",
            rf"&= -\big[\,{share} \log {p} + (1-{share}) \log (1-{p})\,\big]",
        ]
    )


SYMBOLS: Final = Symbols(
    formula=_symbols,
    where=lambda: (
        rf"${colored('model', 'p')}$ is the coin's probability of heads, from 0 to 1; "
        rf"${_likelihood()} = {colored('model', 'p')}^h (1-{colored('model', 'p')})^t$ is its likelihood, "
        rf"the probability of the flips if the coin has this ${colored('model', 'p')}$, from 0 to 1; $h$ and $t$ are "
        "the numbers of heads and tails; $n = h + t$; "
        rf"${colored('truth', SHARE)} = h/n$ is the observed share of heads; "
        rf"and ${colored('loss', 'L')}$ is the loss per flip, 0 or more, in bits or nats."
    ),
)


def three_views(p: float, counts: tuple[int, int], *, product: float, loss: float, grad: float, unit: Unit) -> str:
    """Return the likelihood, its −log, the mean of that per flip, and the slope of the mean.

    counts      the numbers of heads and of tails
    product     the likelihood of the coin p
    loss, grad  the mean −log per flip and its slope in p, in nats
    """
    heads, tails = counts
    n = heads + tails
    coin, log = colored("model", exact(p)), LOG[unit]
    symbol, mean = colored("model", "p"), colored("loss", "L")
    share = colored("truth", rf"\tfrac{{{heads}}}{{{n}}}")
    ln2 = "" if unit is Unit.NATS else r"\,\ln 2"
    return lines(
        [
            rf"{_likelihood()} &= {coin}^{{{heads}}} \times (1-{coin})^{{{tails}}}",
            rf"&= {colored('model', tex(product))}",
            rf"-{log} {_likelihood()} &= -\big({heads}\,{log} {coin}",
            rf"&\quad + {tails}\,{log}(1-{coin})\big)",
            rf"&= {colored('loss', tex(float(unit.of(loss)) * n))}\;\text{{{unit.symbol}}}",
            rf"{mean} &= -\tfrac{{1}}{{{n}}}\,{log} {_likelihood()}",
            rf"&= {colored('loss', tex(unit.of(loss)))}\;\text{{{unit.symbol}}}",
            rf"{derivative('gradient', 'L', 'p')} &= \frac{{{symbol} - {share}}}{{{symbol}(1-{symbol}){ln2}}}",
            rf"&= {colored('gradient', tex(unit.of(grad)))}",
        ]
    )
