"""Formulas of the lesson on the learner's own predictions."""

from typing import Final

from xent_ui.formulas.base import Symbols, colored, lines
from xent_ui.style import theme
from xent_ui.style.numbers import exact, tex

SYMBOLS: Final = Symbols(
    formula=lambda: rf"{colored('loss', 'L')} = \frac{{1}}{{n}}\sum_{{i=1}}^{{n}} -\ln {colored('model', 'p_i')}",
    where=lambda: (
        rf"${colored('model', 'p_i')}$ is the probability, from 0 to 1, that the model gave to the true class of row "
        "$i$, "
        rf"$n$ is the number of rows, and ${colored('loss', 'L')}$ is the log loss in nats: 0 for a model that is "
        "certain and right in every row, ∞ if it gave a true class the probability 0."
    ),
)


def row_loss(p: float, smallest: float, n: int, *, value: float, grad: float, log_loss: float) -> str:
    """Write the loss of one row, the log loss, and its slope in the probability of the row's label.

    p         the probability of the row's label
    smallest  the value to which smaller probabilities are clipped; 0 for no clipping
    n         the number of rows
    value     the loss of the row in nats
    grad      the slope of the log loss in p
    log_loss  the mean loss of all rows
    """
    # Logits can give a finite loss while the probability is too small for a float.
    is_too_small = p == 0 and value < float("inf")
    number = colored("model", rf"e^{{-{tex(value)}}}" if is_too_small and not smallest else exact(p))
    loss, total, slope = colored("loss", "L_i"), colored("loss", "L"), colored("gradient", r"\partial L")
    symbol = r"\max(p, \varepsilon)" if smallest else "p"
    apart = r"\\[4pt]&" if theme.is_narrow() else ""
    indented = rf"{apart}\qquad " if apart else ""
    argument = rf"\max({number}, {indented}{exact(smallest)})" if smallest else number
    slope_now = (
        colored("gradient", "0")
        if smallest > p
        else rf"-\frac{{1}}{{{n} \cdot {number}}} {apart}= {colored('gradient', tex(grad))}"
    )
    return lines(
        [
            rf"{loss} &= -\ln {colored('model', symbol)}",
            rf"&= -\ln {argument} {apart}= {colored('loss', tex(value))}\;\text{{nats}}",
            rf"{total} &= \frac{{1}}{{{n}}} \sum {loss} = {colored('loss', tex(log_loss))}\;\text{{nats}}",
            rf"\frac{{{slope}}}{{\partial {colored('model', 'p')}}} &= {slope_now}",
        ]
    )


def recall_and_precision(n_found: int, n_missed: int, n_false_alarms: int) -> str:
    """Write the recall and the precision of a class."""
    n_true, n_called = n_found + n_missed, n_found + n_false_alarms
    recall, precision = _share(n_found, n_true), _share(n_found, n_called)
    return lines(
        [
            rf"\text{{recall}} &= \frac{{{n_found}}}{{{n_found} + {n_missed}}} = {recall}",
            rf"\text{{precision}} &= \frac{{{n_found}}}{{{n_found} + {n_false_alarms}}} = {precision}",
        ]
    )


def _share(part: int, whole: int) -> str:
    return tex(part / whole) if whole else r"\text{none}"
