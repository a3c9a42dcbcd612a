"""Formulas of the lesson on cross-entropy and squared error."""

from collections.abc import Sequence
from typing import Final

from xent_core import ValueAndGrad
from xent_ui.formulas.base import Symbols, colored, derivative, lines, sigmoid_at
from xent_ui.style.numbers import counted, exact, tex

CE, SE = r"L_\text{CE}", r"L_\text{SE}"
SYMBOLS: Final = Symbols(
    formula=lambda: lines(
        [
            rf"{derivative('loss', CE, 'z')} &= {colored('model', 'p')} - {colored('truth', 'y')}",
            rf"{derivative('squared', SE, 'z')} &= 2\,({colored('model', 'p')} - {colored('truth', 'y')})\,"
            rf"{colored('model', 'p')}\,(1-{colored('model', 'p')})",
        ]
    ),
    where=lambda: (
        rf"${colored('truth', 'y')}$ is the label, 0 or 1; ${colored('model', 'p')} = \sigma(z)$ is the model's "
        rf"probability of 1, from its logit $z$, any number; ${colored('loss', CE)}$ is binary cross-entropy, 0 or "
        rf"more, in nats; ${colored('squared', SE)} = {{(p - y)^2}}$ is squared error, from 0 to 1."
    ),
)


def two_slopes(
    z: float, p: float, y: int, cross_entropy: ValueAndGrad, squared_error: ValueAndGrad, *, wrt: str
) -> str:
    """Return value and slope of both losses at logit z, whose probability is p.

    wrt  "z" or "p": what the slopes are taken in
    """
    prob, label = colored("model", "p"), colored("truth", f"{y}")
    if wrt == "z":
        ce_slope, se_slope = rf"{prob} - {label}", rf"2\,({prob} - {label})\,{prob}\,(1-{prob})"
    else:
        ce_slope = rf"-\frac{{1}}{{{prob}}}" if y == 1 else rf"\frac{{1}}{{1-{prob}}}"
        se_slope = rf"2\,({prob} - {label})"
    ce_value, ce_grad = tex(float(cross_entropy.value)), colored("loss", tex(float(cross_entropy.grad)))
    log = rf"-\ln {prob}" if y == 1 else rf"-\ln(1-{prob})"
    se_value = tex(float(squared_error.value))
    return lines(
        [
            _probability(z) + rf" = {colored('model', tex(p))}",
            rf"{colored('loss', CE)} &= {log} = {colored('loss', ce_value)}\;\text{{nats}}",
            rf"{derivative('loss', CE, wrt)} &= {ce_slope} = {ce_grad}",
            rf"{colored('squared', SE)} &= ({prob} - {label})^2 = {colored('squared', se_value)}",
            rf"{derivative('squared', SE, wrt)} &= {se_slope} = {colored('squared', tex(float(squared_error.grad)))}",
        ]
    )


def steps_to_right(start: float, rate: float, ce_logit: float, arrivals: Sequence[int | None], *, most: int) -> str:
    """Return the rule of gradient descent for a label of 1, and how many steps each loss needs to get right.

    The first step is written with its numbers for cross-entropy only, because the lesson asks for squared error's.

    ce_logit  the logit after the first step on cross-entropy
    arrivals  the first step after which p > ½, of cross-entropy and of squared error; None if there is none
    most      the largest number of steps
    """
    prob, eta, label = colored("model", "p"), r"\eta", colored("truth", "y")
    reached = [f"not within {most} steps" if each is None else f"after {counted(each, 'step')}" for each in arrivals]
    ce_right, se_right = (
        rf"{prob} &> \tfrac12 \text{{ {when} ({name})}}"
        for when, name in zip(reached, ("cross-entropy", "squared error"), strict=True)
    )
    return lines(
        [
            _probability(start),
            rf"{colored('loss', 'z')} &\leftarrow z - {eta}\,({prob} - {label})",
            rf"&= {exact(start)} - {exact(rate)} \times ({prob} - 1) = {colored('loss', tex(ce_logit, 4))}",
            ce_right,
            rf"{colored('squared', 'z')} &\leftarrow z - {eta} \cdot 2\,({prob} - {label})\,{prob}\,(1-{prob})",
            se_right,
        ]
    )


def expected_squared_error(truth: float, least: float) -> str:
    """Return the expected squared error of reporting the true probability of yes, where it is least."""
    t, number = colored("truth", "t"), colored("truth", exact(truth))
    return lines(
        [
            rf"&\phantom{{{{}}={{}}}} {t}\,(1-{t})^2 + (1-{t})\,{t}^2",
            rf"&= {t}\,(1-{t})",
            rf"&= {number} \times (1 - {number}) = {colored('squared', tex(least))}",
        ]
    )


def _probability(z: float) -> str:
    return rf"{colored('model', 'p')} &= {sigmoid_at(z)}"
