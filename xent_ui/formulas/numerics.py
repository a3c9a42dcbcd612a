"""Formulas of the lesson on numerics."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from xent_ui.formulas.base import Symbols, colored, lines
from xent_ui.style.numbers import exact, tex

LSE: Final = r"\mathrm{LSE}"

SYMBOLS: Final = Symbols(
    formula=lambda: lines(
        [
            rf"{colored('loss', 'L')} &= -\ln p_y = {LSE}({colored('model', 'z')})"
            rf" - {colored('model', 'z_y')}",
            rf"{LSE}({colored('model', 'z')}) &= c + \ln \textstyle\sum_k e^{{{colored('model', 'z_k')} - c}}",
        ]
    ),
    where=lambda: (
        rf"${colored('model', 'z_k')}$ are the logits, any numbers, $y$ is the right class, and $p_y$ its probability "
        "by "
        rf"softmax. The loss ${colored('loss', 'L')}$ is 0 or more, in nats. ${LSE}$ is "
        "log-sum-exp: it is the same for every number $c$; computers do best with the largest logit as $c$."
    ),
)


def huge(x: Decimal, digits: int = 3) -> str:
    r"""Return a decimal, which may be beyond the range of floats, as LaTeX.

    >>> huge(Decimal("1.97e434")), huge(Decimal("22026.47"))
    ('1.97 \\times 10^{434}', '22026')
    """
    if 1e-4 <= abs(x) < 1e5:
        return tex(float(x), digits)
    mantissa, power = f"{x:.{digits - 1}e}".split("e")
    return rf"{mantissa} \times 10^{{{int(power)}}}"


def two_logits(z: float, power: Decimal, value: Decimal, grad: Decimal, *, sure_is_right: bool) -> str:
    """Write the cross-entropy of softmax(z, 0) and its slope in z.

    power          e^z
    value, grad    the cross-entropy in nats, and its slope in z
    sure_is_right  whether the class with the logit z is the right one
    """
    name, number = colored("model", "z"), colored("model", exact(z))
    loss, slope = colored("loss", "L"), rf"\frac{{d{colored('loss', 'L')}}}{{d{name}}}"
    right_logit, linear_part, sign, exponent_sign = (
        (name, "", "-", "") if sure_is_right else ("0", rf"{number} + ", "", "-")
    )
    return lines(
        [
            rf"{loss} &= -\ln \frac{{e^{{{right_logit}}}}}{{e^{{{name}}} + e^0}}, \quad e^{{{number}}} = {huge(power)}",
            rf"&= {linear_part}\ln(1 + e^{{-{number}}}) = {colored('loss', huge(value))}\;\text{{nats}}",
            rf"{slope} &= {sign}\frac{{1}}{{1 + e^{{{exponent_sign}{number}}}}}"
            rf" = {colored('gradient', huge(grad))}",
        ]
    )


def logsumexp(logits: Sequence[float], shift: float, value: float, grads: Sequence[float]) -> str:
    """Write the logarithm of the sum of e^z with a shift, and its gradient, which is softmax."""
    number, inputs = exact(shift), [colored("model", exact(z)) for z in logits]
    powers = [rf"e^{{{z}-{number}}}" if shift else rf"e^{{{z}}}" for z in inputs]
    slopes = [
        rf"\frac{{\partial {LSE}}}{{\partial {colored('model', f'z_{i}')}}} "
        rf"&= \frac{{{power}}}{{\Sigma}} = {colored('gradient', tex(grad))}"
        for i, (power, grad) in enumerate(zip(powers, grads, strict=True), 1)
    ]
    return lines(
        [
            rf"{LSE} &= c + \ln \Sigma, \quad \Sigma = \textstyle\sum_i e^{{{colored('model', 'z_i')} - c}}",
            rf"\Sigma &= {' + '.join(powers)}",
            rf"{LSE} &= {number} + \ln \Sigma = {tex(value, 6)}",
            *slopes,
        ]
    )


def clipped(z: float, y: int, value: Decimal, grad: Decimal, *, stored: float, most: float, in_format: str) -> str:
    """Write the exact loss and its slope at z, and the largest loss that a clipped probability can have in a format.

    stored  the smallest probability that the format leaves to the true class: the clip, or 1 - (1 - clip), as stored
    most    the largest loss, in nats
    """
    loss, name = colored("loss", "L"), colored("model", "z")
    in_loss, in_slope = ("-", "") if y else ("", "-")  # the signs of z in the two exponents
    minus = "-" if y else ""
    number_in_loss = colored("model", exact(0 - z if y else z))  # 0 - z, because -z is -0 at z = 0
    number_in_slope = colored("model", exact(z if y else 0 - z))
    least = rf"c_{{\text{{{in_format}}}}}" if y else rf"(1 - (1 - c)_{{\text{{{in_format}}}}})"
    return lines(
        [
            rf"{loss} &= \ln(1 + e^{{{in_loss}{name}}}) = \ln(1 + e^{{{number_in_loss}}})",
            rf"&= {colored('loss', huge(value))}\;\text{{nats}}",
            rf"\frac{{d{loss}}}{{d{name}}} &= {minus}\frac{{1}}{{1 + e^{{{in_slope}{name}}}}}"
            rf" = {minus}\frac{{1}}{{1 + e^{{{number_in_slope}}}}}",
            rf"&= {colored('gradient', huge(grad))}",
            rf"{colored('loss', 'L')}_{{\text{{clipped}}}} &\le -\ln {least}",
            rf"&= -\ln({tex(stored)}) = {colored('loss', tex(most))}\;\text{{nats}}",
        ]
    )
