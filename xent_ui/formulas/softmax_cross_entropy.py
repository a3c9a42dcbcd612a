"""Formulas of the lesson on softmax cross-entropy, with each class in the color of its bar."""

from collections.abc import Sequence
from typing import Final

from xent_ui.formulas.base import Symbols, class_colored, colored, lines
from xent_ui.style import theme
from xent_ui.style.numbers import exact, tex

PARTIAL: Final = r"\partial L / \partial z_k"


def _symbols() -> str:
    p, y, loss = colored("model", "p_k"), colored("truth", "y_k"), colored("loss", "L")
    return (
        rf"\begin{{gathered}}{p} = \frac{{e^{{z_k}}}}{{\sum_j e^{{z_j}}}} \qquad {loss} = -\textstyle\sum_k {y} \ln {p}"
        rf"\\[4pt]{colored('gradient', PARTIAL)} = {p} - {y}\end{{gathered}}"
    )


SYMBOLS: Final = Symbols(
    formula=_symbols,
    where=lambda: (
        rf"$z_k$ is the logit of class $k$, any number; ${colored('model', 'p_k')}$ is its probability, from 0 to 1; "
        rf"${colored('truth', 'y_k')}$ is its label, 1 for the true class and 0 for all others; "
        rf"${colored('loss', 'L')}$ is the loss, 0 or more, in nats; and "
        rf"${colored('gradient', PARTIAL)}$ is its slope in logit $k$, from −1 to 1, in nats per unit."
    ),
)


def softmax_loss(names: Sequence[str], logits: Sequence[float], label: int, value: float, grad: Sequence[float]) -> str:
    """Return the loss in nats and its slope in each logit, and the gradient as a line of code."""
    powers = [class_colored(i, f"e^{{{exact(z)}}}") for i, z in enumerate(logits)]
    share = class_colored(label, _indexed("p", names[label]))
    right = _in_parentheses(class_colored(label, exact(logits[label])), logits[label])
    rows = [
        *_sum("Z", powers, per_line=4 if len(powers) < 5 else 3),
        rf"{colored('loss', 'L')} &= -\ln {share} = \ln Z - {right}",
        rf"&= {colored('loss', tex(value))}\;\text{{nats}}",
    ]
    for i, (name, power, slope) in enumerate(zip(names, powers, grad, strict=True)):
        logit, target = class_colored(i, _indexed("z", name)), colored("truth", "1" if i == label else "0")
        share = rf"\tfrac{{{power}}}{{Z}}"
        rows.append(rf"\tfrac{{\partial L}}{{\partial {logit}}} &= {share} - {target} = {class_colored(i, tex(slope))}")
    rows.append(rf"\textstyle\sum (p - y) &= 1 - {colored('truth', '1')} = 0")
    return rf"\begin{{array}}{{l}}{lines(rows)}\\[12pt]{_as_code(logits, label, grad)}\end{{array}}"


def _as_code(logits: Sequence[float], label: int, grad: Sequence[float]) -> str:
    """Return the gradient as lines of code, with the numbers of each class in its color; three in a row on a phone."""
    per_line = 3 if theme.is_narrow() else 6
    arguments = _rows([class_colored(i, f"{z:g}") for i, z in enumerate(logits)], per_line)
    result = _rows([class_colored(i, f"{round(g, 2) + 0.0:.2f}") for i, g in enumerate(grad)], per_line)  # no -0.00
    return lines(
        [
            *(rf"&\texttt{{{row}}}" for row in _enclosed("softmax([", arguments, "])")),
            rf"&\texttt{{ - one\_hot({class_colored(label, str(label))}, {len(logits)})}}",
            *(rf"&\texttt{{{row}}}" for row in _enclosed("= [", result, "]")),
        ]
    )


def _rows(items: Sequence[str], per_line: int) -> list[str]:
    return [", ".join(items[i : i + per_line]) for i in range(0, len(items), per_line)]


def _enclosed(before: str, rows: Sequence[str], after: str) -> list[str]:
    """Return rows of code between two brackets; all rows but the first are indented."""
    joined = [f"{before if i == 0 else '~~~~'}{row}," for i, row in enumerate(rows)]
    return [*joined[:-1], joined[-1].removesuffix(",") + after]


def softmax_share(name: str, logits: Sequence[float], of: int, shift: float, temperature: float, share: float) -> str:
    """Return the probability of one class from all logits, which are shifted and divided by the temperature."""
    c, t = ("" if shift == 0 else ("+" if shift > 0 else "") + exact(shift)), exact(temperature)

    def power(i: int) -> str:
        z = exact(logits[i]) + c
        return class_colored(i, f"e^{{{z}}}" if temperature == 1 else f"e^{{({z})/{t}}}")

    symbol = class_colored(of, _indexed("p", name))
    return lines(
        [
            rf"{symbol} &= \frac{{e^{{({_indexed('z', name)}+c)/T}}}}{{\sum_j e^{{(z_j+c)/T}}}} = "
            rf"\frac{{{power(of)}}}{{Z}}",
            rf"&= {class_colored(of, tex(share))}",
            *_sum("Z", [power(i) for i in range(len(logits))], per_line=4 if (shift, temperature) == (0, 1) else 2),
        ]
    )


def _sum(symbol: str, terms: Sequence[str], *, per_line: int) -> list[str]:
    """Return a sum as rows that fit a phone.

    per_line  the number of terms per row
    """
    first, *others = [" + ".join(terms[i : i + per_line]) for i in range(0, len(terms), per_line)]
    return [f"{symbol} &= {first}", *(rf"&\quad + {line}" for line in others)]


def _indexed(symbol: str, name: str) -> str:
    return rf"{symbol}_\text{{{name}}}"


def _in_parentheses(symbol: str, number: float) -> str:
    return f"({symbol})" if number < 0 else symbol
