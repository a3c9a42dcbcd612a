"""Formulas of the lesson on focal loss."""

from xent_ui.formulas.base import colored, lines
from xent_ui.style.numbers import exact, tex

FL = r"\mathrm{FL}"


def focal_loss(p: float, gamma: float, value: float, grad: float) -> str:
    """Return focal loss and its slope in the logit if the right answer has probability p; value in nats."""
    q, g = colored("model", exact(p)), exact(gamma)
    return lines(
        [
            rf"{colored('loss', FL)} &= -(1 - {colored('model', 'p')})^\gamma \, \ln {colored('model', 'p')}",
            rf"&= -(1 - {q})^{{{g}}} \, \ln {q} = {colored('loss', tex(value))}\;\text{{nats}}",
            rf"\frac{{d{colored('loss', FL)}}}{{dz}} &= (1 - {colored('model', 'p')})^\gamma "
            rf"(\gamma \, {colored('model', 'p')} \ln {colored('model', 'p')} + {colored('model', 'p')} - 1)",
            rf"&= (1 - {q})^{{{g}}} ({g} \cdot {q} \ln {q} + {q} - 1)",
            rf"&= {colored('gradient', tex(grad))}",
        ]
    )


def two_sides(
    alpha: float,
    gamma: float,
    *,
    object_p: float,
    background_p: float,
    windows: int,
    losses: tuple[float, float],
    pulls: tuple[float, float],
) -> str:
    """Return the loss of the object and the loss of all background windows, and their pulls on the logits.

    object_p, background_p  the probabilities given to the right answer
    losses, pulls           of the object, and of all background windows together; losses in nats
    """
    a, g, n = exact(alpha), exact(gamma), exact(windows)
    q, r = colored("model", exact(object_p)), colored("model", exact(background_p))
    the_object, the_rest = r"\text{object}", r"\text{the rest}"
    return lines(
        [
            rf"{the_object} &= -{a} (1 - {q})^{{{g}}} \ln {q} = {colored('loss', tex(losses[0]))}\;\text{{nats}}",
            rf"{the_rest} &= -{n} (1 - {a}) (1 - {r})^{{{g}}} \ln {r} = {colored('loss', tex(losses[1]))}",
            rf"\text{{its pull}} &= {a} (1 - {q})^{{{g}}}",
            rf"&\quad \cdot (1 - {q} - {g} \cdot {q} \ln {q}) = {colored('gradient', tex(pulls[0]))}",
            rf"\text{{all theirs}} &= {n} (1 - {a}) (1 - {r})^{{{g}}}",
            rf"&\quad \cdot (1 - {r} - {g} \cdot {r} \ln {r}) = {colored('gradient', tex(pulls[1]))}",
        ]
    )


def expected_focal(truth: float, report: float, gamma: float, *, value: float, grad: float) -> str:
    """Return the expected focal loss of a report, in nats, and its slope in the report's logit."""
    t, q, g = colored("truth", exact(truth)), colored("model", exact(report)), exact(gamma)
    p, name = colored("model", "q"), colored("truth", "p")
    return lines(
        [
            rf"{colored('loss', 'L')} &= -{name} (1 - {p})^\gamma \ln {p} - (1 - {name}) \, {p}^\gamma \ln (1 - {p})",
            rf"&= -{t} (1 - {q})^{{{g}}} \ln {q}",
            rf"&\quad - (1 - {t}) \cdot {q}^{{{g}}} \ln (1 - {q}) = {colored('loss', tex(value))}\;\text{{nats}}",
            rf"\frac{{d{colored('loss', 'L')}}}{{dz}} &= {t} (1 - {q})^{{{g}}} ({g} \cdot {q} \ln {q} + {q} - 1)",
            rf"&\quad - (1 - {t}) \cdot {q}^{{{g}}}",
            rf"&\quad\;\; \cdot ({g} (1 - {q}) \ln (1 - {q}) - {q}) = {colored('gradient', tex(grad))}",
        ]
    )
