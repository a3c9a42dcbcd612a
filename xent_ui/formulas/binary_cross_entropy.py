"""Formulas of the lesson on binary cross-entropy."""

import math
from collections.abc import Sequence
from typing import Final

from xent_core import Unit, ValueAndGrad
from xent_ui.formulas.base import LOG, Symbols, colored, derivative, lines, sigmoid_at
from xent_ui.style.numbers import exact, tex

MEAN = r"\bar L"
SYMBOLS: Final = Symbols(
    formula=lambda: (
        rf"{colored('loss', 'L')} = -\big[\,{colored('truth', 'y')} \log {colored('model', 'p')}"
        rf" + (1-{colored('truth', 'y')}) \log (1-{colored('model', 'p')})\,\big]"
    ),
    where=lambda: (
        rf"${colored('truth', 'y')}$ is the label: 1 for spam, 0 for not spam; ${colored('model', 'p')}$ is the "
        rf"model's probability of spam, from 0 to 1; ${colored('loss', 'L')}$ is the loss, 0 or more, in bits "
        "(log₂) or nats (ln). These letters are new: so far, p was the truth and q the model. From here on the truth "
        "is a label y and the model's probability is p, as libraries write them."
    ),
)


def both_branches(p: float, y: int, loss: ValueAndGrad, unit: Unit, *, z: float | None = None) -> str:
    """Return the loss with both branches, of which the label switches one off, and its slope.

    loss  in nats
    z     the logit if the model gives one; the slope is in z then, else in p
    """
    log, name = LOG[unit], rf"\;\text{{{unit.symbol}}}"
    prob, label = colored("model", "p"), colored("truth", "y")
    model, truth = prob if z is not None else colored("model", exact(p)), colored("truth", str(y))
    value, slope = colored("loss", tex(unit.of(float(loss.value)))), colored("gradient", tex(unit.of(float(loss.grad))))
    rows = [
        rf"{colored('loss', 'L')} &= -\big({label}\,{log} {prob} + (1-{label})\,{log}(1-{prob})\big)",
        rf"&= -\big({truth}\cdot{log} {model}",
        rf"&\qquad + (1-{truth})\cdot{log}(1-{model})\big)",
        rf"&= {value}{name}",
    ]
    if z is None and p == y:  # the branch that is switched off is 0 times an infinite logarithm
        rows[3] += rf"\quad (0\cdot{log} 0 = 0)"
    if z is None:
        ln2 = "" if unit is Unit.NATS else r"\,\ln 2"
        # The common form (p - y) / (p (1 - p)) would be 0 / 0 for a certain answer that is right; these forms are not.
        fraction = rf"-\frac{{1}}{{{model}{ln2}}}" if y else rf"\frac{{1}}{{(1-{model}){ln2}}}"
        both = rf"-\frac{{{label}}}{{{prob}{ln2}}} + \frac{{1-{label}}}{{(1-{prob}){ln2}}}"
        rows += [rf"{derivative('gradient', 'L', 'p')} &= {both}", rf"&= {fraction} = {slope}"]
    else:
        difference = rf"{prob}-{truth}" if unit is Unit.NATS else rf"\frac{{{prob}-{truth}}}{{\ln 2}}"
        rows.insert(0, rf"{prob} &= {sigmoid_at(z)}")
        rows.append(rf"{derivative('gradient', 'L', 'z')} &= {difference} = {slope}")
    return lines(rows)


def sigmoid(z: float, p: float) -> str:
    """Return the probability of a logit, and the way back: the logarithm of the odds."""
    prob, power = colored("model", "p"), rf"e^{{{exact(z)}}}"
    digits = 3 if p < 0.5 else max(3, 2 - math.floor(math.log10(1 - p)))  # p < 1 must not be written as 1.00
    return lines(
        [
            rf"{prob} &= \sigma(z) = {sigmoid_at(z)} = {colored('model', tex(p, digits))}",
            rf"\frac{{{prob}}}{{1-{prob}}} &= {power} = {tex(math.exp(z))}",
            rf"\ln\frac{{{prob}}}{{1-{prob}}} &= z = {exact(z)}",
        ]
    )


def mean_of_batch(probs: Sequence[float], labels: Sequence[int], mean: float, unit: Unit) -> str:
    """Return the mean loss of a batch, with one line per mail: −log of the probability given to its label."""
    log = LOG[unit]
    terms = [
        rf"{log} {colored('model', exact(p))}" if y else rf"{log}(1-{colored('model', exact(p))})"
        for p, y in zip(probs, labels, strict=True)
    ]
    return lines(
        [
            rf"{colored('loss', MEAN)} &= -\tfrac{{1}}{{{len(terms)}}}\,\big({terms[0]}",
            *(rf"&\qquad + {term}" for term in terms[1:-1]),
            rf"&\qquad + {terms[-1]}\big)",
            rf"&= {colored('loss', tex(mean))}\;\text{{{unit.symbol}}}",
        ]
    )


def clipped_slopes(z: float, clip: float, exact_loss: ValueAndGrad, clipped: ValueAndGrad) -> str:
    """Return value and slope of the loss of a spam mail at logit z, exact and with p clipped to [clip, 1 − clip]."""
    is_clipped = float(clipped.grad) == 0
    clipped_prob = colored("model", "p")
    if is_clipped:
        clipped_prob = exact(clip) if z < 0 else rf"1-{exact(clip)}"
    prob = colored("model", "p")
    value, slope = colored("loss", tex(float(exact_loss.value))), colored("gradient", tex(float(exact_loss.grad)))
    return lines(
        [
            rf"{prob} &= {sigmoid_at(z)}",
            rf"{colored('loss', 'L')} &= -\ln {prob} = {value}",
            rf"{derivative('gradient', 'L', 'z')} &= {prob}-1 = {slope}",
            rf"L_{{\text{{clip}}}} &= -\ln({clipped_prob}) = {tex(float(clipped.value))}",
            rf"\frac{{dL_{{\text{{clip}}}}}}{{dz}} &= {tex(float(clipped.grad))}",
        ]
    )
