"""Formulas of the lesson on the family of losses."""

from collections.abc import Callable, Sequence
from typing import Final

from xent_ui.formulas.base import Symbols, colored, lines
from xent_ui.style import theme
from xent_ui.style.numbers import exact, tex
from xent_ui.style.theme import Role

PARTIAL: Final = r"\partial L"
SQUARED: Final = r"L_\text{squared}"
SYMBOLS: Final = Symbols(
    formula=lambda: lines(
        [
            rf"{colored('squared', SQUARED)} &= ({colored('model', 'c')} - {colored('truth', 'y')})^2",
            rf"{colored('loss', 'L')}_\text{{absolute}} &= |{colored('model', 'c')} - {colored('truth', 'y')}|",
        ]
    ),
    where=lambda: (
        rf"${colored('truth', 'y')}$ is the true price and ${colored('model', 'c')}$ the predicted one, in hundred "
        rf"thousand dollars. ${colored('loss', 'L')}$ is the loss on one example, 0 or more, in the unit of the price "
        "or in its square."
    ),
)


def _mean(symbol: str, factor: str, terms: Sequence[str], result: str, per_row: int) -> list[str]:
    """Return rows of the equation symbol = factor · [sum of the terms] = result.

    per_row  the number of terms per row
    """
    first, *rest = (" + ".join(terms[i : i + per_row]) for i in range(0, len(terms), per_row))
    rows = [rf"{symbol} &= {factor}\bigl[{first}", *(rf"&\quad + {row}" for row in rest)]
    rows[-1] += rf"\bigr] = {result}"
    return rows


def one_price(error: str, price: float, houses: Sequence[float], delta: float, value: float, grad: float) -> str:
    """Return the mean loss of one price for all houses, and its slope."""
    c, n = colored("model", exact(price)), len(houses)
    residuals = [(price - y, rf"{c} - {exact(y)}") for y in houses]
    d = exact(delta)
    times_d = "" if delta == 1 else d
    kinds: dict[str, tuple[Callable[[float, str], str], str, Callable[[float, str], str]]] = {
        "squared": (lambda _, t: f"({t})^2", "2", lambda _, t: f"({t})"),
        "absolute": (lambda _, t: f"|{t}|", "1", lambda x, _: _sign(x)),
        "Huber": (
            lambda x, t: rf"\tfrac12({t})^2" if abs(x) <= delta else rf"{times_d}(|{t}| - \tfrac{{{d}}}{{2}})",
            "1",
            lambda x, t: f"({t})" if abs(x) <= delta else rf"({'' if x > 0 else '-'}{d})",
        ),
    }
    loss_term, factor, slope_term = kinds[error]
    role: Role = "squared" if error == "squared" else "loss"
    loss, slope = colored(role, tex(value)), colored("gradient", tex(grad))
    return lines(
        [
            *_mean(
                colored(role, SQUARED if error == "squared" else "L"),
                rf"\tfrac{{1}}{{{n}}}",
                [loss_term(x, t) for x, t in residuals],
                loss,
                1 if theme.is_narrow() and error == "Huber" else 2,
            ),
            *_mean(
                colored("gradient", "L'"),
                rf"\tfrac{{{factor}}}{{{n}}}",
                [slope_term(x, t) for x, t in residuals],
                slope,
                2 if theme.is_narrow() else 3,
            ),
        ]
    )


def _sign(x: float) -> str:
    """Return the sign of a number, as a term of a sum."""
    return "0" if abs(x) < 1e-12 else "1" if x > 0 else "(-1)"


def of_margin(name: str, margin: float, value: float, grad: float) -> str:
    """Return a loss of a margin and its slope."""
    m, minus_m = colored("model", exact(margin)), colored("model", exact(0.0 - margin))  # 0.0 - 0.0 is not -0
    number, slope_of = colored("model", in_parentheses(exact(margin))), colored("gradient", "L'")
    formula, slope = {
        "log loss": (rf"\ln(1 + e^{{{minus_m}}})", rf"-\frac{{1}}{{1 + e^{{{m}}}}} = "),
        "hinge": (rf"\max(0,\; 1 - {number})", ""),
        "squared hinge": (rf"\max(0,\; 1 - {number})^2", rf"-2 \max(0,\; 1 - {number}) = "),
    }[name]
    return lines(
        [
            rf"{colored('loss', 'L')} &= {formula} = {colored('loss', tex(value))}",
            rf"{slope_of} &= {slope}{colored('gradient', tex(grad))}",
        ]
    )


def pairs(scores: Sequence[float], value: float, grad: Sequence[float]) -> str:
    """Return the pairwise hinge loss of a list, the most relevant item first, and its slope in each score."""
    s = [exact(x) for x in scores]
    k = len(s)
    terms = [rf"({s[i]} - {in_parentheses(s[j])})" for i in range(k) for j in range(i + 1, k)]
    rows = [r",\ ".join(terms[i : i + 2]) for i in range(0, len(terms), 2)]
    slopes = [colored("gradient", tex(g)) for g in grad]
    per_row = 2 if theme.is_narrow() else k
    rows_of_slopes = [r",\ ".join(slopes[i : i + per_row]) for i in range(0, k, per_row)]
    return lines(
        [
            rf"{colored('loss', 'L')} &= \text{{mean of }} \max(0,\ 1 - \text{{lead}})",
            rf"\text{{leads}} &: {rows[0]}",
            *(rf"&\;\; {row}" for row in rows[1:]),
            rf"{colored('loss', 'L')} &= {colored('loss', tex(value))}",
            rf"{colored('gradient', PARTIAL)} / \partial s &= (" + r",\\[4pt]&\quad ".join(rows_of_slopes) + ")",
        ]
    )


def in_parentheses(number: str) -> str:
    """Return a number that can follow a minus sign: in parentheses if it is negative."""
    return f"({number})" if number.startswith("-") else number


def list_net(scores: Sequence[float], relevance: Sequence[float], value: float, grad: float) -> str:
    """Return the ListNet loss, the two probabilities that item A comes first, and the slope in A's score."""

    def share(values: Sequence[float]) -> str:
        powers = [f"e^{{{exact(x)}}}" for x in values]
        return rf"\frac{{{powers[0]}}}{{{' + '.join(powers)}}}"

    p, y = colored("model", "p"), colored("truth", "y")
    return lines(
        [
            rf"{colored('loss', 'L')} &= -\sum_i {y}_i \ln {p}_i = {colored('loss', tex(value))}\;\text{{nats}}",
            rf"{p}_A &= {share(scores)}",
            rf"{y}_A &= {share(relevance)}",
            rf"{colored('gradient', PARTIAL)} / \partial s_A &= {p}_A - {y}_A = {colored('gradient', tex(grad))}",
        ]
    )


def bet(favored: float, n_bins: int, at: int, true: int, *, value: float, squared: float) -> str:
    """Return the cross-entropy of a forecast over bins, in nats, and the squared error of its favored bin.

    favored   the probability of the favored bin; the others share the rest equally
    at, true  the favored bin and the true one
    """
    share = exact(favored) if at == true else rf"\frac{{1 - {exact(favored)}}}{{{n_bins - 1}}}"
    p = colored("model", rf"p_{{{true}}}")
    return lines(
        [
            rf"-\ln {p} &= -\ln {share}",
            rf"&= {colored('loss', tex(value))}\;\text{{nats}}",
            _squared_miss(at, true, squared),
        ]
    )


def bell(at: int, true: int, *, value: float, squared: float) -> str:
    """Return −ln of a bell curve with σ = 1 around one bin at another one, in nats, and the squared error.

    at, true  the bin in the middle of the bell and the true one
    """
    k, t = colored("model", exact(at)), colored("truth", exact(true))
    p = colored("model", rf"p({exact(true)})")
    return lines(
        [
            rf"-\ln {p} &= \frac{{({k} - {t})^2}}{{2 \cdot 1^2}} + \ln(1 \cdot \sqrt{{2\pi}})",
            rf"&= {colored('loss', tex(value))}\;\text{{nats}}",
            _squared_miss(at, true, squared),
        ]
    )


def _squared_miss(at: int, true: int, squared: float) -> str:
    """Return the squared error of a bin, as a row for ``lines``."""
    k, t = colored("model", exact(at)), colored("truth", exact(true))
    return rf"({k} - {t})^2 &= {colored('squared', tex(squared))}"
