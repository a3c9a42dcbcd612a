"""Formulas of the lesson on label smoothing."""

from xent_ui.formulas.base import colored, lines
from xent_ui.style.numbers import exact, plain, tex


def smoothed_loss(
    smoothing: float, n_classes: int, gap: float, *, target: float, value: float, grad: float, floor: float, best: float
) -> str:
    """Return target, loss, slope, floor and best logit gap if the right class's logit is ``gap`` above the others.

    target                     the target of the right class
    value, grad                the loss in nats and its slope in the right class's logit
    floor, best                the entropy of the target in nats, and the gap at which the loss reaches it
    """
    e, k, z, rest = exact(smoothing), str(n_classes), exact(gap), str(n_classes - 1)
    y, q, loss, slope = (
        colored("truth", "y"),
        colored("model", "q"),
        colored("loss", "L"),
        colored("gradient", r"\partial L"),
    )
    mass = rf"1-{e}+\tfrac{{{e}}}{{{k}}}"
    rows = [
        rf"{y} &= 1-ε+\tfrac{{ε}}{{K}} = {mass} = {colored('truth', plain(target))}",
        rf"{loss} &= \ln(e^{{z}} + K - 1) - {y}\,z",
        rf"&= \ln(e^{{{z}}} + {rest}) - ({mass})\cdot {z}",
        rf"&= {colored('loss', tex(value))}\;\text{{nats}}",
        rf"\frac{{{slope}}}{{\partial z}} &= {q} - {y} = \frac{{e^{{{z}}}}}{{e^{{{z}}} + {rest}}} - ({mass})",
        rf"&= {colored('gradient', tex(grad))}",
    ]
    if smoothing:
        share = rf"\tfrac{{{e}}}{{{k}}}"
        rows += [
            rf"{colored('truth', 'H')} &= -({mass})\ln({mass})",
            rf"&\quad - {rest}\cdot{share}\ln {share} = {colored('truth', tex(floor))}\;\text{{nats}}",
            rf"z^* &= \ln\!\left(1 + {k}\cdot\tfrac{{1-{e}}}{{{e}}}\right) = {tex(best)}",
        ]
    else:
        rows += [rf"{colored('truth', 'H')} &= 0\;\text{{nats}},\quad z^* = \infty"]
    return lines(rows).replace("ε", r"\varepsilon")


def ratio_of_smoothed(smoothing: float, n_classes: int, likely: float, unlikely: float, ratio: float) -> str:
    """Return the ratio of the smoothed probabilities of two wrong classes.

    likely, unlikely  their probabilities without smoothing
    """
    e, k, a, b = exact(smoothing), str(n_classes), colored("truth", exact(likely)), colored("truth", exact(unlikely))
    keep = f"(1-{e})"
    return lines(
        [
            rf"\frac{{{colored('model', 'y')}_\text{{dog}}}}{{{colored('model', 'y')}_\text{{lorry}}}}"
            rf" &= \frac{{{keep}\cdot {a} + {e}/{k}}}{{{keep}\cdot {b} + {e}/{k}}}",
            rf"&= {colored('model', tex(ratio))}",
        ]
    )
