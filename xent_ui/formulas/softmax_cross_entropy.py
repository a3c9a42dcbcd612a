"""Formulas of the lesson on softmax cross-entropy, with each class in the color of its bar."""

from collections.abc import Sequence

from xent_ui.formulas.base import colored, lines, wear_class
from xent_ui.style.numbers import exact, tex


def softmax_loss(names: Sequence[str], logits: Sequence[float], label: int, value: float, grad: Sequence[float]) -> str:
    """Return the loss in nats and its slope in each logit, and the same gradient as a line of code."""
    powers = [wear_class(i, f"e^{{{exact(z)}}}") for i, z in enumerate(logits)]
    share = wear_class(label, _of("p", names[label]))
    right = _bracketed(wear_class(label, exact(logits[label])), logits[label])
    rows = [
        *_sum("Z", powers, per_line=4 if len(powers) < 5 else 3),
        rf"{colored('loss', 'L')} &= -\ln {share} = \ln Z - {right}",
        rf"&= {colored('loss', tex(value))}\;\text{{nats}}",
    ]
    for i, (name, power, slope) in enumerate(zip(names, powers, grad, strict=True)):
        logit, target = wear_class(i, _of("z", name)), colored("truth", "1" if i == label else "0")
        share = rf"\tfrac{{{power}}}{{Z}}"
        rows.append(rf"\tfrac{{\partial L}}{{\partial {logit}}} &= {share} - {target} = {wear_class(i, tex(slope))}")
    rows.append(rf"\textstyle\sum (p - y) &= 1 - {colored('truth', '1')} = 0")
    return rf"\begin{{array}}{{l}}{lines(rows)}\\[12pt]{_as_code(logits, label, grad)}\end{{array}}"


def _as_code(logits: Sequence[float], label: int, grad: Sequence[float]) -> str:
    """Return the gradient as a line of code, with the numbers of each class in its color."""
    arguments = ", ".join(wear_class(i, f"{z:g}") for i, z in enumerate(logits))
    result = ", ".join(wear_class(i, f"{round(g, 2) + 0.0:.2f}") for i, g in enumerate(grad))  # + 0.0: no -0.00
    return lines(
        [
            rf"&\texttt{{softmax([{arguments}])}}",
            rf"&\texttt{{ - one\_hot({wear_class(label, str(label))}, {len(logits)})}}",
            rf"&\texttt{{= [{result}]}}",
        ]
    )


def softmax_share(name: str, logits: Sequence[float], of: int, shift: float, temperature: float, share: float) -> str:
    """Return the probability of one class from all logits, shifted and divided by the temperature."""
    c, t = ("" if shift == 0 else ("+" if shift > 0 else "") + exact(shift)), exact(temperature)

    def power(i: int) -> str:
        z = exact(logits[i]) + c
        return wear_class(i, f"e^{{{z}}}" if temperature == 1 else f"e^{{({z})/{t}}}")

    symbol = wear_class(of, _of("p", name))
    return lines(
        [
            rf"{symbol} &= \frac{{e^{{(z+c)/T}}}}{{\sum_j e^{{(z_j+c)/T}}}} = \frac{{{power(of)}}}{{Z}}",
            rf"&= {wear_class(of, tex(share))}",
            *_sum("Z", [power(i) for i in range(len(logits))], per_line=4 if (shift, temperature) == (0, 1) else 2),
        ]
    )


def _sum(symbol: str, terms: Sequence[str], *, per_line: int) -> list[str]:
    """Return a sum with so many terms per line, for the width of a phone."""
    first, *others = [" + ".join(terms[i : i + per_line]) for i in range(0, len(terms), per_line)]
    return [f"{symbol} &= {first}", *(rf"&\quad + {line}" for line in others)]


def _of(symbol: str, name: str) -> str:
    return rf"{symbol}_\text{{{name}}}"


def _bracketed(symbol: str, number: float) -> str:
    return f"({symbol})" if number < 0 else symbol
