"""Formulas of the lesson on cross-entropy and squared error."""

from xent_core import ValueAndGrad
from xent_ui.formulas.base import colored, derivative, lines, sigmoid_at
from xent_ui.style.numbers import exact, tex


def two_slopes(
    z: float, p: float, y: int, cross_entropy: ValueAndGrad, squared_error: ValueAndGrad, *, wrt: str
) -> str:
    """Return value and slope of both losses at logit z, whose probability is p.

    wrt  "z" or "p": what the slopes are taken in
    """
    prob = colored("model", "p")
    if wrt == "z":
        ce_slope, se_slope = rf"{prob} - {y}", rf"2\,({prob} - {y})\,{prob}\,(1-{prob})"
    else:
        ce_slope = rf"-\frac{{1}}{{{prob}}}" if y == 1 else rf"\frac{{1}}{{1-{prob}}}"
        se_slope = rf"2\,({prob} - {y})"
    ce_value, ce_grad = tex(float(cross_entropy.value)), colored("gradient", tex(float(cross_entropy.grad)))
    log = rf"-\ln {prob}" if y == 1 else rf"-\ln(1-{prob})"
    return lines(
        [
            _probability(z) + rf" = {colored('model', tex(p))}",
            rf"{colored('loss', 'C')} &= {log} = {colored('loss', ce_value)}",
            rf"{derivative('gradient', 'C', wrt)} &= {ce_slope} = {ce_grad}",
            rf"{colored('ink', 'S')} &= ({prob} - {y})^2 = {colored('ink', tex(float(squared_error.value)))}",
            rf"{derivative('ink', 'S', wrt)} &= {se_slope} = {colored('ink', tex(float(squared_error.grad)))}",
        ]
    )


def first_step(start: float, rate: float, ce_logit: float, se_logit: float) -> str:
    """Return the first step of gradient descent for a truth of 1, with the logit after it for both losses."""
    prob = colored("model", "p")
    update = rf"{exact(start)} - {exact(rate)} \times"
    return lines(
        [
            _probability(start),
            rf"{colored('loss', 'z')} &\leftarrow {update} ({prob} - 1) = {colored('loss', tex(ce_logit, 4))}",
            rf"{colored('ink', 'z')} &\leftarrow {update} 2\,({prob} - 1)\,{prob}\,(1-{prob})",
            rf"&= {colored('ink', tex(se_logit, 4))}",
        ]
    )


def _probability(z: float) -> str:
    return rf"{colored('model', 'p')} &= {sigmoid_at(z)}"
