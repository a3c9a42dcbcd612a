"""Formulas of the lesson on cross-entropy and squared error."""

from xent_core import ValueAndGrad
from xent_ui.formulas.base import lines, wear
from xent_ui.style.numbers import exact, tex
from xent_ui.style.theme import Role


def two_slopes(z: float, p: float, y: int, ours: ValueAndGrad, theirs: ValueAndGrad, *, wrt: str) -> str:
    """Value and slope of both losses at logit z, whose probability is p; slopes in z or in p."""
    prob = wear("model", "p")
    if wrt == "z":
        our_rule, their_rule = rf"{prob} - {y}", rf"2\,({prob} - {y})\,{prob}\,(1-{prob})"
    else:
        our_rule = rf"-\frac{{1}}{{{prob}}}" if y == 1 else rf"\frac{{1}}{{1-{prob}}}"
        their_rule = rf"2\,({prob} - {y})"
    log = rf"-\ln {prob}" if y == 1 else rf"-\ln(1-{prob})"
    return lines(
        [
            _probability(z) + rf" = {wear('model', tex(p))}",
            rf"{wear('loss', 'C')} &= {log} = {wear('loss', tex(float(ours.value)))}",
            rf"{_slope('gradient', 'C', wrt)} &= {our_rule} = {wear('gradient', tex(float(ours.grad)))}",
            rf"{wear('ink', 'S')} &= ({prob} - {y})^2 = {wear('ink', tex(float(theirs.value)))}",
            rf"{_slope('ink', 'S', wrt)} &= {their_rule} = {wear('ink', tex(float(theirs.grad)))}",
        ]
    )


def first_step(start: float, rate: float, ours: float, theirs: float) -> str:
    """The first step of the race for a truth of 1, and the logits after it, by cross-entropy and squared error."""
    prob = wear("model", "p")
    stride = rf"{exact(start)} - {exact(rate)} \times"
    return lines(
        [
            _probability(start),
            rf"{wear('loss', 'z')} &\leftarrow {stride} ({prob} - 1) = {wear('loss', tex(ours, 4))}",
            rf"{wear('ink', 'z')} &\leftarrow {stride} 2\,({prob} - 1)\,{prob}\,(1-{prob})",
            rf"&= {wear('ink', tex(theirs, 4))}",
        ]
    )


def _probability(z: float) -> str:
    return rf"{wear('model', 'p')} &= \frac{{1}}{{1+e^{{{exact(-z)}}}}}"


def _slope(role: Role, name: str, wrt: str) -> str:
    return wear(role, rf"\frac{{d{name}}}{{d{wrt}}}")
