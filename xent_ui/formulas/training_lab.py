"""Formulas of the training lab."""

from collections.abc import Sequence

from xent_ui.formulas.base import colored, lines
from xent_ui.style.numbers import exact, tex
from xent_ui.style.theme import Role

RULE = {
    "descent": r"\Delta w &= -\eta\,\nabla L",
    "momentum": r"v &\leftarrow 0.9\,v + \nabla L,\quad \Delta w = -\eta\,v",
    "Adam": r"\Delta w &= -\eta\,\hat m \,/\, (\sqrt{\hat s} + 10^{-8})",
}


def next_step(name: str, role: Role, *, optimizer: str, rate: float, loss: float, grad_norm: float) -> list[str]:
    """The loss a run minimizes, how steep it is, and how far its next step goes; rows for ``lines``.

    The length of the step is worked out from the length of the gradient as it is written.
    """
    written = tex(grad_norm, 4)
    steep = colored("gradient", rf"\lVert\nabla L_{name}\rVert")
    rows = [
        rf"{colored(role, f'L_{name}')} &= {colored(role, tex(loss, 4))},\;\; {steep} = {colored('gradient', written)}"
    ]
    if optimizer == "descent":
        step = tex(rate * float(f"{grad_norm:.4g}"))
        return [*rows, rf"\lVert\Delta w_{name}\rVert &= {exact(rate)} \times {colored('gradient', written)} = {step}"]
    return [*rows, rf"{RULE[optimizer]},\;\; \eta = {exact(rate)}"]


def mean_of_five(probs: Sequence[float], value: float, grads: Sequence[float]) -> str:
    """The mean of −ln p over the forecasts, and its slope in the dearest of them."""
    worst = min(range(len(probs)), key=lambda i: probs[i])
    n, p, lowest = len(probs), colored("truth", "p"), colored("truth", exact(probs[worst]))
    slope = colored("gradient", r"\partial L")
    terms = [rf"\ln {colored('truth', exact(each))}" for each in probs]
    return lines(
        [
            rf"{colored('loss', 'L')} &= -\tfrac{{1}}{{{n}}}\big({terms[0]} + {terms[1]}",
            rf"&\quad + {' + '.join(terms[2:4])}",
            rf"&\quad + {terms[4]}\big)",
            rf"&= {colored('loss', tex(value))}\;\text{{nats}}",
            rf"{slope}/\partial {p}_{{{worst + 1}}} &= -\frac{{1}}{{{n}\,{p}_{{{worst + 1}}}}}"
            rf" = -\frac{{1}}{{{n} \times {lowest}}} = {colored('gradient', tex(grads[worst]))}",
        ]
    )
