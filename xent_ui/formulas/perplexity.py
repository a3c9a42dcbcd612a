"""Formulas of the lesson on perplexity."""

from xent_ui.formulas.base import colored, lines
from xent_ui.style.numbers import exact, tex


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
    hide: bool = False,
) -> str:
    """Surprise of one token from what was counted; bits a token and perplexity of the text.

    count, total  how often the token was met after those before it, and how often they were met
    smoothing     added to every count
    kinds         different tokens that were learned; one more stands for all others
    n             tokens of the text
    grad          slope of the mean in the token's probability, in bits
    hide          leaves out what is said of the whole text
    """
    q, h, mean_h, slope = (
        colored("model", "q"),
        colored("loss", "h"),
        colored("loss", "H"),
        colored("gradient", r"\partial H"),
    )
    s = exact(smoothing)
    part, whole = (f"{count}", f"{total}") if not smoothing else (f"{count}+{s}", rf"{total}+{s}\cdot({kinds}+1)")
    known = count > 0 or smoothing > 0
    rows = [
        rf"{q} &= \frac{{{part}}}{{{whole}}}" if known or total else f"{q} &= 0",
        rf"{h} &= -\log_2 {q} = {colored('loss', tex(bits))}\;\text{{bits}}",
    ]
    return lines(
        rows
        if hide
        else [
            *rows,
            rf"{mean_h} &= \frac{{1}}{{{n}}}\sum {h} = {colored('loss', tex(mean))}\;\text{{bits}}",
            rf"\frac{{{slope}}}{{\partial {q}}} &= -\frac{{1}}{{{n}\,{q}\ln 2}} = {colored('gradient', tex(grad))}",
            rf"2^{{{mean_h}}} &= {colored('model', tex(perplexity))}\text{{, the perplexity}}",
        ]
    )
