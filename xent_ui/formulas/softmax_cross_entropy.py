"""Formulas of the lesson on softmax cross-entropy: each class in the color of its bar."""

from collections.abc import Sequence

from xent_ui.formulas.base import colored, lines, wear_class
from xent_ui.style.numbers import exact, tex


def softmax_loss(names: Sequence[str], logits: Sequence[float], label: int, value: float, grad: Sequence[float]) -> str:
    """Loss in nats and its slope in each logit, at these logits."""
    powers = [wear_class(i, f"e^{{{exact(z)}}}") for i, z in enumerate(logits)]
    share = wear_class(label, _of("p", names[label]))
    right = _bracketed(wear_class(label, exact(logits[label])), logits[label])
    rows = [
        *_sum("Z", powers, a_line=4 if len(powers) < 5 else 3),
        rf"{colored('loss', 'L')} &= -\ln {share} = \ln Z - {right}",
        rf"&= {colored('loss', tex(value))}\;\text{{nats}}",
    ]
    for i, (name, power, slope) in enumerate(zip(names, powers, grad, strict=True)):
        logit, target = wear_class(i, _of("z", name)), colored("truth", "1" if i == label else "0")
        share = rf"\tfrac{{{power}}}{{Z}}"
        rows.append(rf"\tfrac{{\partial L}}{{\partial {logit}}} &= {share} - {target} = {wear_class(i, tex(slope))}")
    return lines([*rows, rf"\textstyle\sum (p - y) &= 1 - {colored('truth', '1')} = 0"])


def as_code(logits: Sequence[float], label: int, grad: Sequence[float]) -> str:
    """The same gradient as a line of code, each class's numbers in its color."""
    given = ", ".join(wear_class(i, f"{z:g}") for i, z in enumerate(logits))
    told = ", ".join(wear_class(i, f"{g:.2f}") for i, g in enumerate(grad))
    return lines(
        [
            rf"&\texttt{{softmax([{given}])}}",
            rf"&\texttt{{ - one\_hot({wear_class(label, str(label))}, {len(logits)})}}",
            rf"&\texttt{{= [{told}]}}",
        ]
    )


def softmax_share(name: str, logits: Sequence[float], of: int, shift: float, temperature: float, share: float) -> str:
    """The probability of one class from all logits, shifted and divided by the temperature."""
    c, t = ("" if shift == 0 else ("+" if shift > 0 else "") + exact(shift)), exact(temperature)

    def power(i: int) -> str:
        z = exact(logits[i]) + c
        return wear_class(i, f"e^{{{z}}}" if temperature == 1 else f"e^{{({z})/{t}}}")

    mine = wear_class(of, _of("p", name))
    return lines(
        [
            rf"{mine} &= \frac{{e^{{(z+c)/T}}}}{{\sum_j e^{{(z_j+c)/T}}}} = \frac{{{power(of)}}}{{Z}}",
            rf"&= {wear_class(of, tex(share))}",
            *_sum("Z", [power(i) for i in range(len(logits))], a_line=4 if (shift, temperature) == (0, 1) else 2),
        ]
    )


def _sum(symbol: str, terms: Sequence[str], *, a_line: int) -> list[str]:
    """A sum over as many lines as a phone needs."""
    first, *rest = [" + ".join(terms[i : i + a_line]) for i in range(0, len(terms), a_line)]
    return [f"{symbol} &= {first}", *(rf"&\quad + {more}" for more in rest)]


def _of(symbol: str, name: str) -> str:
    return rf"{symbol}_\text{{{name}}}"


def _bracketed(symbol: str, number: float) -> str:
    return f"({symbol})" if number < 0 else symbol
