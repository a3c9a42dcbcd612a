"""Formulas of the lesson on label smoothing."""

from typing import Final

from xent_ui.formulas.base import Symbols, colored, lines
from xent_ui.style.numbers import exact, plain, tex

SMOOTHED: Final = r"y^{\text{smooth}}"
SYMBOLS: Final = Symbols(
    formula=lambda: lines(
        [
            rf"{colored('truth', SMOOTHED)} &= (1-\varepsilon)\,{colored('truth', 'y')} + \tfrac{{\varepsilon}}{{K}}",
            rf"{colored('loss', 'L')} &= -\textstyle\sum_k {colored('truth', SMOOTHED + '_k')}"
            rf" \ln {colored('model', 'p_k')}",
        ]
    ),
    where=lambda: (
        rf"${colored('truth', 'y')}$ is the one-hot label of $K$ classes, ${colored('truth', SMOOTHED)}$ the smoothed "
        rf"one, whose number for a class is called its target; $\varepsilon$ is from 0 to 1, "
        rf"${colored('model', 'p_k')}$ is the model's probability of class $k$, and ${colored('loss', 'L')}$ is the "
        "loss in nats, 0 or more."
    ),
)


def smoothed_loss(
    smoothing: float,
    n_classes: int,
    gap: float,
    *,
    target: float,
    value: float,
    grad: float,
    floor: float,
    digits: tuple[int, int],
    best: float,
) -> str:
    """Return target, loss, slope, floor and best logit gap if the right class's logit is ``gap`` above the others.

    target         the target of the right class
    value, grad    the loss in nats and its slope in the right class's logit
    floor          the entropy of the target in nats
    digits         to how many significant digits to write the floor, and to how many the loss
    best           the gap at which the loss reaches the floor
    """
    e, k, z, rest = exact(smoothing), str(n_classes), exact(gap), str(n_classes - 1)
    y, p = colored("truth", r"\text{target}"), colored("model", "p")
    loss, slope = colored("loss", "L"), colored("gradient", r"\partial L")
    digits_of_floor, digits_of_loss = digits
    mass = rf"1-{e}+\tfrac{{{e}}}{{{k}}}"
    rows = [
        rf"{y} &= 1-\varepsilon+\tfrac{{\varepsilon}}{{K}}",
        rf"&= {mass} = {colored('truth', plain(target))}",
        rf"{loss} &= \ln(e^{{z}} + K - 1) - {y}\cdot z",
        rf"&= \ln(e^{{{z}}} + {rest}) - {y}\cdot {z}",
        rf"&= {colored('loss', tex(value, digits_of_loss))}\;\text{{nats}}",
        rf"\frac{{{slope}}}{{\partial z}} &= {p} - {y}",
        rf"&= \frac{{e^{{{z}}}}}{{e^{{{z}}} + {rest}}} - {y}",
        rf"&= {colored('gradient', tex(grad))}",
    ]
    entropy = colored("entropy", rf"H({SMOOTHED})")
    if smoothing:
        share = rf"\tfrac{{{e}}}{{{k}}}"
        rows += [
            rf"{entropy} &= -{y}\cdot\ln {y}",
            rf"&\quad - {rest}\cdot{share}\ln {share}",
            rf"&= {colored('entropy', tex(floor, digits_of_floor))}\;\text{{nats}}",
            rf"\text{{best }} z &= \ln\frac{{{mass}}}{{{share}}} = {tex(best)}",
        ]
    else:
        rows += [rf"{entropy} &= 0\;\text{{nats}},\quad \text{{best }} z = \infty"]
    return lines(rows)


def ratio_of_smoothed(smoothing: float, n_classes: int, likely: float, unlikely: float, ratio: float) -> str:
    """Return the ratio of the probabilities that a perfect teacher gives to two wrong classes after smoothing.

    likely, unlikely  their probabilities without smoothing
    """
    e, k, a, b = exact(smoothing), str(n_classes), colored("truth", exact(likely)), colored("truth", exact(unlikely))
    keep = f"(1-{e})"
    return lines(
        [
            rf"\frac{{{colored('model', 'p')}_\text{{dog}}}}{{{colored('model', 'p')}_\text{{truck}}}}"
            rf" &= \frac{{{keep}\cdot {a} + {e}/{k}}}{{{keep}\cdot {b} + {e}/{k}}}",
            rf"&= {colored('model', tex(ratio))}",
        ]
    )
