"""Formulas of the lesson on focal loss."""

from typing import Final

from xent_ui.formulas.base import Symbols, colored, derivative, lines
from xent_ui.style.numbers import exact, tex
from xent_ui.style.theme import Role

SYMBOLS: Final = Symbols(
    formula=lambda: lines(
        [
            rf"{colored('focal', 'L')} &= -(1 - {colored('model', 'p')})^\gamma \, \ln {colored('model', 'p')}",
            rf"{derivative('focal', 'L', 'z')} &= {_slope(colored('model', 'p'))}",
        ]
    ),
    where=lambda: (
        rf"${colored('model', 'p')}$ is the probability given to the right answer, between 0 and 1; $\gamma$ is the "
        rf"focusing parameter, 0 or more; ${colored('focal', 'L')}$ is focal loss, 0 or more, in nats; "
        rf"$z = \ln \frac{{p}}{{1-p}}$ is the logit of the right answer. The size of the slope in $z$ is the pull."
    ),
)


def _slope(p: str) -> str:
    """Return the slope of focal loss in the logit of the right answer."""
    return rf"(1 - {p})^\gamma (\gamma\, {p} \ln {p} + {p} - 1)"


def focal_loss(p: float, gamma: float, value: float, grad: float) -> str:
    """Return focal loss and its slope in the logit if the right answer has probability p; value in nats."""
    q, g, prob = colored("model", exact(p)), exact(gamma), colored("model", "p")
    return lines(
        [
            rf"{colored('focal', 'L')} &= -(1 - {prob})^\gamma \, \ln {prob}",
            rf"&= -(1 - {q})^{{{g}}} \, \ln {q}",
            rf"&= {colored('focal', tex(value))}\;\text{{nats}}",
            rf"{derivative('focal', 'L', 'z')} &= {_slope(prob)}",
            rf"&= (1 - {q})^{{{g}}}",
            rf"&\quad \cdot ({g} \cdot {q} \ln {q} + {q} - 1)",
            rf"&= {colored('focal', tex(grad))}",
        ]
    )


def two_sides(
    alpha: float,
    gamma: float,
    *,
    object_p: float,
    background_p: float,
    windows: int,
    totals: tuple[float, float],
    share: float,
    is_loss: bool,
) -> str:
    """Return the loss of the object and the loss of all background windows, or their pulls on the logits.

    object_p, background_p  the probabilities given to the right answer
    totals                  of the object, and of all background windows together; losses in nats
    share                   the object's share of both
    is_loss                 the totals are losses, not pulls
    """
    a, n = exact(alpha), exact(windows)
    role: Role = "focal"
    the_object, the_rest = (colored(role, tex(total)) for total in totals)
    unit = r"\;\text{nats}" if is_loss else ""

    def factors(p: str, gamma: str, times: str) -> tuple[str, str]:
        pull = rf"(1 - {p}\\&\quad\quad - {gamma} {times} {p} \ln {p})"
        return rf"(1 - {p})^{{{gamma}}}", rf"(-\ln {p})" if is_loss else pull

    then = r"\\&\quad\; \cdot "  # in the next row
    symbols = (r"\," if is_loss else then).join(factors(colored("model", "p"), r"\gamma", r"\,"))
    of_object, of_background = (
        then.join(factors(colored("model", exact(p)), exact(gamma), r"\cdot")) for p in (object_p, background_p)
    )
    return lines(
        [
            rf"\text{{object}} &= \alpha\,{symbols}",
            rf"&= {a} \cdot {of_object}",
            rf"&= {the_object}{unit}",
            rf"\text{{background}} &= n\,(1 - \alpha)\,{symbols}",
            rf"&= {n} \cdot {exact(round(1 - alpha, 12))} \cdot {of_background}",
            rf"&= {the_rest}{unit}",
            r"\text{share} &= \frac{\text{object}}{\text{object} + \text{background}}",
            rf"&= {tex(share)}",
        ]
    )


def expected_focal(truth: float, report: float, gamma: float, *, value: float, grad: float) -> str:
    """Return the expected focal loss of a report, in nats, and its slope in the report's logit."""
    t, q, g = colored("truth", exact(truth)), colored("model", exact(report)), exact(gamma)
    p, name = colored("model", "p"), colored("truth", "t")
    return lines(
        [
            rf"{colored('focal', 'L')} &= -{name} (1 - {p})^\gamma \ln {p}",
            rf"&\quad - (1 - {name}) \, {p}^\gamma \ln (1 - {p})",
            rf"&= -{t} (1 - {q})^{{{g}}} \ln {q}",
            rf"&\quad - (1 - {t}) \cdot {q}^{{{g}}} \ln (1 - {q})",
            rf"&= {colored('focal', tex(value))}\;\text{{nats}}",
            rf"{derivative('focal', 'L', 'z')} &= {t} (1 - {q})^{{{g}}}",
            rf"&\quad \cdot ({g} \cdot {q} \ln {q} + {q} - 1)",
            rf"&\quad - (1 - {t}) \cdot {q}^{{{g}}}",
            rf"&\quad \cdot ({g} (1 - {q}) \ln (1 - {q})",
            rf"&\quad\quad - {q})",
            rf"&= {colored('focal', tex(grad))}",
        ]
    )
