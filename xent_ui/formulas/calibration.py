"""Formulas of the lesson on calibration."""

from typing import Final

from xent_ui.formulas.base import Symbols, colored, lines
from xent_ui.style.numbers import exact, tex

ECE: Final = r"\mathrm{ECE}"
SAID: Final = r"\bar{p}_b"  # the mean probability in a bin
CAME_TRUE: Final = r"\bar{y}_b"  # the share of a bin that came true

SYMBOLS: Final = Symbols(
    formula=lambda: lines(
        [
            rf"{colored('excess', ECE)} &= \sum_b \tfrac{{n_b}}{{n}}\,"
            rf"\bigl|\,{colored('truth', CAME_TRUE)} - {colored('model', SAID)}\,\bigr|",
            rf"{colored('model', 'p')} &= \sigma(z / T)",
        ]
    ),
    where=lambda: (
        rf"$n_b$ of the $n$ examples are in bin $b$, ${colored('model', SAID)}$ is their mean probability and "
        rf"${colored('truth', CAME_TRUE)}$ the share that came true, both from 0 to 1. The "
        rf"${colored('excess', ECE)}$, expected calibration error, is the mean gap: from 0, the best, to "
        "1. $\\sigma$ is the sigmoid. The logits $z$ are divided by the temperature $T > 0$; $T = 1$ changes nothing."
    ),
)


def calibration_error(error: float, n: int) -> list[str]:
    """Return a row: the calibration error of n forecasts as a weighted mean of gaps."""
    gap = rf"\bigl|{colored('truth', CAME_TRUE)} - {colored('model', SAID)}\bigr|"
    return [rf"\mathrm{{ECE}} &= \textstyle\sum_b \tfrac{{n_b}}{{{n}}}\,{gap} = {colored('excess', tex(error))}"]


def gap_of_last_bin(came: int, count: int, confidence: float) -> list[str]:
    """Return a row: the gap of the last bin.

    came        the number of its forecasts that came true
    count       the number of its forecasts
    confidence  the mean of these forecasts
    """
    frequency = colored("truth", rf"\tfrac{{{came}}}{{{count}}}")
    printed = colored("model", tex(confidence, 4))
    gap = colored("excess", tex(abs(came / count - float(f"{confidence:.4g}"))))
    return [rf"\text{{last bin}} &= \bigl|\,{frequency} - {printed}\,\bigr| = {gap}"]


def loss_at_temperature(temperature: float, value: float, grad: float) -> list[str]:
    """Return rows: the log loss at a temperature, in nats, and its slope there."""
    t, number = colored("model", "T"), colored("model", exact(temperature))
    slope = colored("gradient", "L'")
    loss = colored("loss", "L")
    return [
        rf"p_i &= \sigma(z_i / {t})",
        rf"{loss}({t}) &= -\tfrac{{1}}{{n}}\textstyle\sum_i \bigl[y_i \ln p_i",
        r"&\qquad + (1 - y_i) \ln(1 - p_i)\bigr]",
        rf"{loss}({number}) &= {colored('loss', tex(value))}\;\text{{nats}}",
        rf"{slope}({number}) &= {colored('gradient', tex(grad))}",
    ]


def brier_of_constant(forecast: float, came: int, n: int, value: float, slope: float) -> str:
    """Return the Brier score of a constant forecast: its squared distance from the base rate plus the uncertainty.

    came  the number of the n forecasts that came true
    """
    rate, c = colored("truth", rf"\tfrac{{{came}}}{{{n}}}"), colored("model", exact(forecast))
    return lines(
        [
            rf"\text{{Brier}}({colored('model', 'c')}) &= ({colored('model', 'c')} - {colored('truth', 'b')})^2"
            rf" + {colored('truth', 'b')}\,(1 - {colored('truth', 'b')})",
            rf"&= \big({c} - {rate}\big)^2 + {rate}\big(1 - {rate}\big)",
            rf"&= {colored('squared', tex(value))}",
            rf"\tfrac{{d}}{{dc}}\text{{Brier}} &= 2\,(c - b) = {colored('gradient', tex(slope))}",
        ]
    )
