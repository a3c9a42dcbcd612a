"""Formulas of the lesson on cross-entropy and squared error."""

from xent_core import ValueAndGrad
from xent_ui.formulas.base import colored, lines
from xent_ui.style.numbers import exact, tex
from xent_ui.style.theme import Role


def two_slopes(z: float, p: float, y: int, ours: ValueAndGrad, theirs: ValueAndGrad, *, wrt: str) -> str:
    """Value and slope of both losses at logit z, whose probability is p; slopes in z or in p."""
    prob = colored("model", "p")
    if wrt == "z":
        our_rule, their_rule = rf"{prob} - {y}", rf"2\,({prob} - {y})\,{prob}\,(1-{prob})"
    else:
        our_rule = rf"-\frac{{1}}{{{prob}}}" if y == 1 else rf"\frac{{1}}{{1-{prob}}}"
        their_rule = rf"2\,({prob} - {y})"
    log = rf"-\ln {prob}" if y == 1 else rf"-\ln(1-{prob})"
    return lines(
        [
            _probability(z) + rf" = {colored('model', tex(p))}",
            rf"{colored('loss', 'C')} &= {log} = {colored('loss', tex(float(ours.value)))}",
            rf"{_slope('gradient', 'C', wrt)} &= {our_rule} = {colored('gradient', tex(float(ours.grad)))}",
            rf"{colored('ink', 'S')} &= ({prob} - {y})^2 = {colored('ink', tex(float(theirs.value)))}",
            rf"{_slope('ink', 'S', wrt)} &= {their_rule} = {colored('ink', tex(float(theirs.grad)))}",
        ]
    )


def first_step(start: float, rate: float, ours: float, theirs: float) -> str:
    """The first step of the race for a truth of 1, and the logits after it, by cross-entropy and squared error."""
    prob = colored("model", "p")
    stride = rf"{exact(start)} - {exact(rate)} \times"
    return lines(
        [
            _probability(start),
            rf"{colored('loss', 'z')} &\leftarrow {stride} ({prob} - 1) = {colored('loss', tex(ours, 4))}",
            rf"{colored('ink', 'z')} &\leftarrow {stride} 2\,({prob} - 1)\,{prob}\,(1-{prob})",
            rf"&= {colored('ink', tex(theirs, 4))}",
        ]
    )


def _probability(z: float) -> str:
    return rf"{colored('model', 'p')} &= \frac{{1}}{{1+e^{{{exact(-z)}}}}}"


def _slope(role: Role, name: str, wrt: str) -> str:
    return colored(role, rf"\frac{{d{name}}}{{d{wrt}}}")
