"""Formulas of the lesson on calibration."""

from xent_ui.formulas.base import colored, lines
from xent_ui.style.numbers import exact, tex


def one_bin(came: int, count: int, said: float, error: float, whole: int) -> list[str]:
    """Rows: the calibration error as a mean of gaps, and the gap of its last bin."""
    frequency = colored("truth", rf"\tfrac{{{came}}}{{{count}}}")
    confidence = colored("model", tex(said, 4))
    gap = colored("excess", tex(abs(came / count - float(f"{said:.4g}"))))
    return [
        rf"\text{{ECE}} &= \textstyle\sum_k \tfrac{{n_k}}{{{whole}}}\lvert\text{{came}}_k - \text{{said}}_k\rvert"
        rf" = {colored('excess', tex(error))}",
        rf"\text{{last bin}} &= \lvert {frequency} - {confidence} \rvert = {gap}",
    ]


def slope_in_temperature(temperature: float, value: float, grad: float, fitted: float) -> list[str]:
    """Rows: log loss at a temperature, its slope, and where the slope is 0."""
    t, now, at_best = colored("model", "T"), colored("model", exact(temperature)), colored("model", tex(fitted))
    slope = colored("gradient", "L") + colored("gradient", "'")
    return [
        rf"{colored('loss', 'L')}({t}) &= \tfrac{{1}}{{n}}\textstyle\sum_i \ell(z_i / {t})",
        rf"{colored('loss', 'L')}({now}) &= {colored('loss', tex(value))},\;\;"
        rf" {slope}({now}) = {colored('gradient', tex(grad))}",
        rf"{t}_\text{{fitted}} &= {at_best}",
    ]


def brier_of_constant(said: float, came: int, count: int, value: float, slope: float) -> str:
    """Brier score of one who always says the same: distance to the base rate, squared, and what nobody can help."""
    rate, c = colored("truth", rf"\tfrac{{{came}}}{{{count}}}"), colored("model", exact(said))
    return lines(
        [
            r"\text{Brier}(c) &= (c - b)^2 + b\,(1 - b)",
            rf"&= \big({c} - {rate}\big)^2 + {rate}\big(1 - {rate}\big)",
            rf"&= {colored('loss', tex(value))}",
            rf"\tfrac{{d}}{{dc}}\text{{Brier}} &= 2\,(c - b) = {colored('gradient', tex(slope))}",
        ]
    )
