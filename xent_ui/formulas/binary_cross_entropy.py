"""Formulas of the lesson on binary cross-entropy."""

from collections.abc import Sequence

from xent_core import Unit, ValueAndGrad
from xent_ui.formulas.base import LOG, colored, lines
from xent_ui.style.numbers import exact, tex


def both_branches(p: float, y: int, loss: ValueAndGrad, unit: Unit, *, z: float | None = None) -> str:
    """The loss with both branches, one of them switched off, and its slope in p, or in z where z is given."""
    log, name = LOG[unit], rf"\;\text{{{unit.symbol}}}"
    prob, label = colored("model", "p"), colored("truth", "y")
    model, truth = prob if z is not None else colored("model", exact(p)), colored("truth", str(y))
    ln2 = "" if unit is Unit.NATS else r"\,\ln 2"
    value, slope = colored("loss", tex(unit.of(float(loss.value)))), colored("gradient", tex(unit.of(float(loss.grad))))
    rows = [
        rf"{colored('loss', 'L')} &= -{label}\,{log} {prob} - (1-{label})\,{log}(1-{prob})",
        rf"&= -{truth}\cdot{log} {model}",
        rf"&\quad\; - (1-{truth})\cdot{log}(1-{model})",
        rf"&= {value}{name}",
    ]
    if z is None:
        rows += [
            rf"{_slope('p')} &= \frac{{{prob}-{label}}}{{{prob}\,(1-{prob}){ln2}}}",
            rf"&= \frac{{{model}-{truth}}}{{{model}\,(1-{model}){ln2}}} = {slope}",
        ]
    else:
        over = rf"\frac{{{prob}-{truth}}}{{\ln 2}}" if ln2 else rf"{prob}-{truth}"
        rows.insert(0, rf"{prob} &= \frac{{1}}{{1+e^{{{exact(-z)}}}}}")
        rows.append(rf"{_slope('z')} &= {over} = {slope}")
    return lines(rows)


def mean_of_batch(probs: Sequence[float], labels: Sequence[int], mean: float, unit: Unit) -> str:
    """The mean over the batch, one line a mail: −log of what the model gave to the truth."""
    log = LOG[unit]
    terms = [
        rf"{log} {colored('model', exact(p))}" if y else rf"{log}(1-{colored('model', exact(p))})"
        for p, y in zip(probs, labels, strict=True)
    ]
    return lines(
        [
            rf"{_mean()} &= -\tfrac{{1}}{{{len(terms)}}}\,\big({terms[0]}",
            *(rf"&\qquad + {term}" for term in terms[1:-1]),
            rf"&\qquad + {terms[-1]}\big)",
            rf"&= {colored('loss', tex(mean))}\;\text{{{unit.symbol}}}",
        ]
    )


def clipped_slopes(z: float, clip: float, exact_loss: ValueAndGrad, clipped: ValueAndGrad) -> str:
    """Value and slope at logit z of a mail that is spam, exact and with p held at clip or above."""
    prob = rf"\frac{{1}}{{1+e^{{{exact(-z)}}}}}"
    kept = float(clipped.grad) == 0
    held = exact(clip) if kept and z < 0 else rf"1-{exact(clip)}" if kept else colored("model", "p")
    return lines(
        [
            rf"{colored('model', 'p')} &= {prob}",
            rf"{colored('loss', 'L')} &= -\ln {colored('model', 'p')} = {colored('loss', tex(float(exact_loss.value)))}",
            rf"{_slope('z')} &= {colored('model', 'p')}-1 = "
            rf"{colored('gradient', tex(float(exact_loss.grad)))}",
            rf"L_{{\text{{clip}}}} &= -\ln({held}) = {tex(float(clipped.value))}",
            rf"\frac{{dL_{{\text{{clip}}}}}}{{dz}} &= {tex(float(clipped.grad))}",
        ]
    )


def _slope(wrt: str) -> str:
    return colored("gradient", rf"\frac{{dL}}{{d{wrt}}}")


def _mean() -> str:
    return colored("loss", r"\bar L")
