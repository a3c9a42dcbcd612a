"""Formulas of the lesson on numerics."""

from collections.abc import Sequence
from decimal import Decimal

from xent_ui.formulas.base import colored, lines
from xent_ui.style.numbers import exact, tex


def huge(x: Decimal, digits: int = 3) -> str:
    r"""A number that may be larger or smaller than any float.

    >>> huge(Decimal("1.97e434")), huge(Decimal("22026.47"))
    ('1.97 \\times 10^{434}', '22026')
    """
    if 1e-4 <= abs(x) < 1e5:
        return tex(float(x), digits)
    mantissa, power = f"{x:.{digits - 1}e}".split("e")
    return rf"{mantissa} \times 10^{{{int(power)}}}"


def two_logits(z: float, power: Decimal, value: Decimal, grad: Decimal, *, sure: bool) -> str:
    """Cross-entropy of softmax (z, 0) when the sure or the other class is right, and its slope in z.

    power  e^z, exactly; value and grad to enough digits
    """
    name, number = colored("model", "z"), colored("model", exact(z))
    loss, slope = colored("loss", "L"), rf"\frac{{d{colored('loss', 'L')}}}{{d{name}}}"
    right, before, sign, way = (name, "", "-", "") if sure else ("0", rf"{number} + ", "", "-")
    return lines(
        [
            rf"{loss} &= -\ln \frac{{e^{{{right}}}}}{{e^{{{name}}} + e^0}}, \quad e^{{{number}}} = {huge(power)}",
            rf"&= {before}\ln(1 + e^{{-{number}}}) = {colored('loss', huge(value))}\;\text{{nats}}",
            rf"{slope} &= {sign}\frac{{1}}{{1 + e^{{{way}{number}}}}}"
            rf" = {colored('gradient', huge(grad))}",
        ]
    )


def logsumexp(logits: Sequence[float], shift: float, value: float, grads: Sequence[float]) -> str:
    """ln of the sum of e^z by way of a shift, and its gradient, which is softmax."""
    c = colored("truth", exact(shift))
    powers = " + ".join(rf"e^{{{exact(z)}-{c}}}" for z in logits)
    name = r"\mathrm{LSE}"
    sums = r"\Sigma"
    return lines(
        [
            rf"{colored('loss', name)} &= {colored('truth', 'c')} + \ln {sums}, \quad {sums} = \textstyle\sum_i e^{{z_i - "
            rf"{colored('truth', 'c')}}}",
            rf"{sums} &= {powers}",
            rf"{colored('loss', name)} &= {c} + \ln {sums} = {colored('loss', tex(value, 6))}",
            *(
                rf"\frac{{\partial {colored('loss', name)}}}{{\partial z_{i}}} &= \frac{{e^{{{exact(z)}-{c}}}}}{{{sums}}}"
                rf" = {colored('gradient', tex(g))}"
                for i, (z, g) in enumerate(zip(logits, grads, strict=True), 1)
            ),
        ]
    )


def clipped(z: float, y: int, value: Decimal, grad: Decimal, *, clip: float, most: float) -> str:
    """The exact loss and its slope at z, and the most that a clipped probability can cost."""
    name, against = colored("model", "z"), colored("model", exact(-z if y else z))
    loss, sign, away, back = (colored("loss", "L"), "-", "-", "") if y else (colored("loss", "L"), "", "", "-")
    return lines(
        [
            rf"{loss} &= \ln(1 + e^{{{away}{name}}}) = \ln(1 + e^{{{against}}})",
            rf"&= {colored('loss', huge(value))}\;\text{{nats}}",
            rf"\frac{{d{loss}}}{{d{name}}} &= {sign}\frac{{1}}{{1 + e^{{{back}{name}}}}}"
            rf" = {sign}\frac{{1}}{{1 + e^{{{colored('model', exact(z if y else -z))}}}}}"
            rf" = {colored('gradient', huge(grad))}",
            rf"{colored('excess', 'L')}_{{\text{{clipped}}}} &\le -\ln {exact(clip)} = {colored('excess', tex(most))}",
        ]
    )
