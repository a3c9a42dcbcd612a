"""Formulas of the lesson on calibration."""

from xent_ui.formulas.base import colored, lines
from xent_ui.style.numbers import exact, tex


def calibration_error(came: int, count: int, confidence: float, error: float, n: int) -> list[str]:
    """Return rows: the calibration error as a weighted mean of gaps, and the gap of the last bin.

    came        the number of forecasts in the last bin that came true
    count       the number of forecasts in the last bin
    confidence  the mean of these forecasts
    error       the calibration error over all bins
    n           the number of all forecasts
    """
    frequency = colored("truth", rf"\tfrac{{{came}}}{{{count}}}")
    printed = colored("model", tex(confidence, 4))
    gap = colored("excess", tex(abs(came / count - float(f"{confidence:.4g}"))))
    return [
        rf"\text{{ECE}} &= \textstyle\sum_k \tfrac{{n_k}}{{{n}}}\lvert\text{{came}}_k - \text{{said}}_k\rvert"
        rf" = {colored('excess', tex(error))}",
        rf"\text{{last bin}} &= \lvert {frequency} - {printed} \rvert = {gap}",
    ]


def loss_at_temperature(temperature: float, value: float, grad: float, fitted: float) -> list[str]:
    """Return rows: the log loss at a temperature, its slope there, and the temperature that minimizes it."""
    t, number, best = colored("model", "T"), colored("model", exact(temperature)), colored("model", tex(fitted))
    slope = colored("gradient", "L") + colored("gradient", "'")
    return [
        rf"{colored('loss', 'L')}({t}) &= \tfrac{{1}}{{n}}\textstyle\sum_i \ell(z_i / {t})",
        rf"{colored('loss', 'L')}({number}) &= {colored('loss', tex(value))},\;\;"
        rf" {slope}({number}) = {colored('gradient', tex(grad))}",
        rf"{t}_\text{{fitted}} &= {best}",
    ]


def brier_of_constant(forecast: float, came: int, n: int, value: float, slope: float) -> str:
    """Return the Brier score of a constant forecast: its squared distance from the base rate plus the uncertainty.

    came  the number of the n forecasts that came true
    """
    rate, c = colored("truth", rf"\tfrac{{{came}}}{{{n}}}"), colored("model", exact(forecast))
    return lines(
        [
            r"\text{Brier}(c) &= (c - b)^2 + b\,(1 - b)",
            rf"&= \big({c} - {rate}\big)^2 + {rate}\big(1 - {rate}\big)",
            rf"&= {colored('loss', tex(value))}",
            rf"\tfrac{{d}}{{dc}}\text{{Brier}} &= 2\,(c - b) = {colored('gradient', tex(slope))}",
        ]
    )
