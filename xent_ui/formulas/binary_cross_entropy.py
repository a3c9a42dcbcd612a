"""Formulas of the lesson on binary cross-entropy."""

from collections.abc import Sequence

from xent_core import Unit, ValueAndGrad
from xent_ui.formulas.base import LOG, colored, lines
from xent_ui.style.numbers import exact, tex


def both_branches(p: float, y: int, loss: ValueAndGrad, unit: Unit, *, z: float | None = None) -> str:
    """Return the loss with both branches, one of them switched off, and its slope.

    loss  in nats
    z     the logit, where the model gives one: the slope is in z then, else in p
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
        # The common form (p - y) / (p (1 - p)) would be 0 / 0 for a certain answer that is right; each branch is not.
        counts = rf"-\frac{{1}}{{{model}{ln2}}}" if y else rf"\frac{{1}}{{(1-{model}){ln2}}}"
        rows += [
            rf"{_slope('p')} &= -\frac{{{label}}}{{{prob}{ln2}}} + \frac{{1-{label}}}{{(1-{prob}){ln2}}}",
            rf"&= {counts} = {slope}",
        ]
    else:
        over = rf"{prob}-{truth}" if unit is Unit.NATS else rf"\frac{{{prob}-{truth}}}{{\ln 2}}"
        rows.insert(0, rf"{prob} &= {_sigmoid(z)}")
        rows.append(rf"{_slope('z')} &= {over} = {slope}")
    return lines(rows)


def mean_of_batch(probs: Sequence[float], labels: Sequence[int], mean: float, unit: Unit) -> str:
    """Return the mean over a batch, one line per mail: −log of the probability that the model gave to the truth."""
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
    """Return value and slope at logit z of a mail that is spam, exact and with p held at least clip from 0 and 1."""
    is_clipped = float(clipped.grad) == 0
    clipped_prob = colored("model", "p")
    if is_clipped:
        clipped_prob = exact(clip) if z < 0 else rf"1-{exact(clip)}"
    prob = colored("model", "p")
    value, slope = colored("loss", tex(float(exact_loss.value))), colored("gradient", tex(float(exact_loss.grad)))
    return lines(
        [
            rf"{prob} &= {_sigmoid(z)}",
            rf"{colored('loss', 'L')} &= -\ln {prob} = {value}",
            rf"{_slope('z')} &= {prob}-1 = {slope}",
            rf"L_{{\text{{clip}}}} &= -\ln({clipped_prob}) = {tex(float(clipped.value))}",
            rf"\frac{{dL_{{\text{{clip}}}}}}{{dz}} &= {tex(float(clipped.grad))}",
        ]
    )


def _sigmoid(z: float) -> str:
    return rf"\frac{{1}}{{1+e^{{{exact(0 - z)}}}}}"  # 0 - z, because -z is -0 at z = 0


def _slope(wrt: str) -> str:
    return colored("gradient", rf"\frac{{dL}}{{d{wrt}}}")


def _mean() -> str:
    return colored("loss", r"\bar L")
