"""Formulas of the lesson on perplexity."""

from typing import Final

from xent_ui.formulas.base import Symbols, colored, lines
from xent_ui.style.numbers import exact, tex

SYMBOLS: Final = Symbols(
    formula=lambda: (
        rf"{colored('loss', 'L')} = \frac{{1}}{{n}}\sum_{{i=1}}^{{n}} -\log_2 {colored('model', 'p_i')}"
        rf"\qquad \text{{perplexity}} = 2^{{{colored('loss', 'L')}}}"
    ),
    where=lambda: (
        rf"${colored('model', 'p_i')}$ is the probability, from 0 to 1, that the model gave to the token at place $i$ "
        rf"of $n$, and ${colored('loss', 'L')}$ is the loss in bits per token, 0 or more. Perplexity is 1 or more; "
        "from a loss in nats it is $e^L$."
    ),
)


def token(
    count: int,
    total: int,
    smoothing: float,
    kinds: int,
    n: int,
    *,
    bits: float,
    grad: float,
    mean: float,
    perplexity: float,
    hide_mean: bool = False,
) -> str:
    """Write the surprise of one token from its counts, and the bits per token and the perplexity of the text.

    count, total  how often the token follows its context in the training text, and how often the context occurs
    smoothing     the number added to every count
    kinds         the number of different tokens in the training text; one more stands for all others
    n             the number of tokens of the text
    bits          the surprise of the token
    grad          the slope of the mean in the token's probability, in bits
    mean          bits per token of the text
    hide_mean     leave out the numbers of the whole text
    """
    p, h, mean_h = colored("model", "p"), colored("loss", "h"), colored("loss", "L")
    slope, s = colored("gradient", r"\partial L"), exact(smoothing)
    part, whole = (f"{count}", f"{total}") if not smoothing else (f"{count}+{s}", rf"{total}+{s}\cdot({kinds}+1)")
    is_possible = count > 0 or smoothing > 0
    rows = [
        rf"{p} &= \frac{{{part}}}{{{whole}}}" if is_possible or total else f"{p} &= 0",
        rf"{h} &= -\log_2 {p} = {colored('loss', tex(bits))}\;\text{{bits}}",
    ]
    return lines(
        rows
        if hide_mean
        else [
            *rows,
            rf"{mean_h} &= \frac{{1}}{{{n}}}\sum {h} = {colored('loss', tex(mean))}\;\text{{bits}}",
            rf"\frac{{{slope}}}{{\partial {p}}} &= -\frac{{1}}{{{n}\,{p}\ln 2}} = {colored('gradient', tex(grad))}",
            rf"2^{{{mean_h}}} &= {colored('loss', tex(perplexity))}\text{{, the perplexity}}",
        ]
    )
