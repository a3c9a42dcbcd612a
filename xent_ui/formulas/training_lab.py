"""Formulas of the training lab."""

from collections.abc import Sequence
from typing import Final

from xent_ui.formulas.base import Symbols, colored, lines
from xent_ui.style.numbers import exact, tex
from xent_ui.style.theme import Role

GRADIENT: Final = r"\nabla L"
NORM: Final = r"\lVert\nabla L\rVert"
SYMBOLS: Final = Symbols(
    formula=lambda: rf"w \leftarrow w + \Delta w, \qquad \Delta w = -\eta\,{colored('gradient', GRADIENT)}",
    where=lambda: (
        r"$w$ are the parameters, the numbers in a model that training changes; $\eta$, above 0, is the learning rate, "
        rf"and ${colored('gradient', GRADIENT)}$ the gradient of the mean loss $L$ (in nats for cross-entropy), of "
        rf"length ${colored('gradient', NORM)}$. The ECE says how far the probabilities are from how often they come "
        "true; 0 is best."
    ),
)


def next_step(
    name: str, minimized: str, role: Role, *, loss: float, grad_norm: float, step_length: float, rate: float | None
) -> list[str]:
    """Return rows for ``lines``: the loss that a run minimizes, its gradient norm, and the length of its next step.

    name, minimized  the letter of the run, and the name of the loss that it minimizes
    role             of this loss
    rate             the learning rate if the next step is this rate times the gradient, so that the length is computed
                     from the printed gradient norm and can be checked by hand; None for other steps
    """
    printed = colored("gradient", tex(grad_norm, 4))
    loss_name, norm = rf"\text{{{minimized}}}", rf"\lVert\nabla L_{name}\rVert"
    rows = [
        rf"{colored(role, loss_name)} &= {colored(role, tex(loss, 4))}",
        rf"{colored('gradient', norm)} &= {printed}",
    ]
    length = rf"\lVert\Delta w_{name}\rVert"
    if rate is None:
        return [*rows, rf"{length} &= {tex(step_length)}"]
    product = tex(rate * float(f"{grad_norm:.4g}"))
    return [*rows, rf"{length} &= {exact(rate)} \times {printed} = {product}"]


def mean_of_five(probs: Sequence[float], value: float, grads: Sequence[float]) -> str:
    """Return the mean of −ln p over five forecasts, and its slope in the forecast with the largest loss."""
    worst = min(range(len(probs)), key=lambda i: probs[i])
    n, p, lowest = len(probs), colored("model", "p"), colored("model", exact(probs[worst]))
    slope = colored("gradient", r"\partial L")
    terms = [rf"\ln {colored('model', exact(prob))}" for prob in probs]
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
