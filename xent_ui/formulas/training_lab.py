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
    """Return rows for ``lines``: the loss that a run minimizes, its gradient norm, and the length of its next step.

    The length of the step is computed from the printed gradient norm, so that it can be checked by hand.
    """
    printed = tex(grad_norm, 4)
    norm = colored("gradient", rf"\lVert\nabla L_{name}\rVert")
    rows = [
        rf"{colored(role, f'L_{name}')} &= {colored(role, tex(loss, 4))},\;\; {norm} = {colored('gradient', printed)}"
    ]
    if optimizer == "descent":
        step = tex(rate * float(f"{grad_norm:.4g}"))
        return [*rows, rf"\lVert\Delta w_{name}\rVert &= {exact(rate)} \times {colored('gradient', printed)} = {step}"]
    return [*rows, rf"{RULE[optimizer]},\;\; \eta = {exact(rate)}"]


def mean_of_five(probs: Sequence[float], value: float, grads: Sequence[float]) -> str:
    """Return the mean of −ln p over five forecasts, and its slope in the forecast with the largest loss."""
    worst = min(range(len(probs)), key=lambda i: probs[i])
    n, p, lowest = len(probs), colored("truth", "p"), colored("truth", exact(probs[worst]))
    slope = colored("gradient", r"\partial L")
    terms = [rf"\ln {colored('truth', exact(prob))}" for prob in probs]
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
