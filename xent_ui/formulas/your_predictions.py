"""Formulas of the lesson on the learner's own predictions."""

from xent_ui.formulas.base import colored, lines
from xent_ui.style.numbers import exact, tex


def row_of_bill(right: float, least: float, n: int, *, value: float, grad: float, log_loss: float) -> str:
    """What one row costs, how the log loss feels it, and the log loss.

    right     probability given to what was true
    least     below it a probability counts as this much; 0 leaves it alone
    n         rows
    value     nats that the row costs
    grad      slope of the log loss in that probability
    log_loss  mean over all rows
    """
    p = colored("model", exact(right))
    loss, total, slope = colored("loss", r"\ell"), colored("loss", "L"), colored("gradient", r"\partial L")
    said = r"\max(p, \varepsilon)" if least else "p"
    given = rf"\max({p}, {exact(least)})" if least else p
    slopes = "0" if least > right else rf"-\frac{{1}}{{{n} \cdot {p}}} = {colored('gradient', tex(grad))}"
    return lines(
        [
            rf"{loss} &= -\ln {colored('model', said)}",
            rf"&= -\ln {given} = {colored('loss', tex(value))}\;\text{{nats}}",
            rf"{total} &= \frac{{1}}{{{n}}} \sum {loss} = {colored('loss', tex(log_loss))}\;\text{{nats}}",
            rf"\frac{{{slope}}}{{\partial {colored('model', 'p')}}} &= {slopes}",
        ]
    )


def found(found_: int, missed: int, alarms: int) -> str:
    """How many of a class are found, and how often yes is right."""
    are, said = found_ + missed, found_ + alarms
    recall, precision = colored("truth", _share(found_, are)), colored("model", _share(found_, said))
    return lines(
        [
            rf"\text{{found of those there are}} &= \frac{{{found_}}}{{{found_} + {missed}}} = {recall}",
            rf"\text{{right of those called so}} &= \frac{{{found_}}}{{{found_} + {alarms}}} = {precision}",
        ]
    )


def _share(part: int, whole: int) -> str:
    return tex(part / whole) if whole else r"\text{none}"
