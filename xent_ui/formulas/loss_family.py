"""Formulas of the lesson on the family of losses."""

from collections.abc import Callable, Sequence

from xent_ui.formulas.base import colored, lines
from xent_ui.style.numbers import exact, tex


def _split(terms: Sequence[str], join: str = " + ", each: int = 3) -> list[str]:
    """Terms of a sum, a few on each row."""
    rows = [join.join(terms[i : i + each]) for i in range(0, len(terms), each)]
    return [row if i == 0 else rf"&\qquad{join}{row}" for i, row in enumerate(rows)]


def _mean(symbol: str, factor: str, terms: Sequence[str], result: str, each: int) -> list[str]:
    first, *rest = _split(terms, each=each)
    rows = [rf"{symbol} &= {factor}\,\bigl[{first}", *rest]
    rows[-1] += rf"\bigr] = {result}"
    return rows


def one_price(error: str, price: float, houses: Sequence[float], delta: float, value: float, grad: float) -> str:
    """Mean loss of one price for all houses, and its slope."""
    c, n = colored("model", exact(price)), len(houses)
    off = [(price - y, rf"{c} - {exact(y)}") for y in houses]
    d = exact(delta)
    times = "" if delta == 1 else d
    kinds: dict[str, tuple[Callable[[float, str], str], str, Callable[[float, str], str]]] = {
        "squared": (lambda _, t: f"({t})^2", "2", lambda _, t: f"({t})"),
        "absolute": (lambda _, t: f"|{t}|", "1", lambda x, _: _sign(x)),
        "Huber": (
            lambda x, t: rf"\tfrac12({t})^2" if abs(x) <= delta else rf"{times}(|{t}| - \tfrac{{{d}}}{{2}})",
            "1",
            lambda x, t: f"({t})" if abs(x) <= delta else rf"({'' if x > 0 else '-'}{d})",
        ),
    }
    cost, factor, slope = kinds[error]
    loss, pull = colored("loss", tex(value)), colored("gradient", tex(grad))
    return lines(
        [
            *_mean(colored("loss", "L"), rf"\tfrac{{1}}{{{n}}}", [cost(x, t) for x, t in off], loss, 2),
            *_mean(
                rf"{colored('loss', 'L')}'",
                rf"\tfrac{{{factor}}}{{{n}}}",
                [slope(x, t) for x, t in off],
                pull,
                5 if error == "absolute" else 3,
            ),
        ]
    )


def _sign(x: float) -> str:
    return "0" if abs(x) < 1e-12 else "1" if x > 0 else "(-1)"


def of_margin(name: str, margin: float, value: float, grad: float) -> str:
    """A loss of a margin and its slope."""
    m = colored("model", exact(margin))
    loss, slope = colored("loss", tex(value)), colored("gradient", tex(grad))
    written = {
        "log loss": (rf"\ln(1 + e^{{-{m}}})", rf"-\frac{{1}}{{1 + e^{{{m}}}}}"),
        "hinge": (rf"\max(0,\; 1 - ({m}))", "-1" if margin < 1 else "0"),
        "squared hinge": (rf"\max(0,\; 1 - ({m}))^2", rf"-2 \max(0,\; 1 - ({m}))"),
    }
    cost, steep = written[name]
    same = "" if name == "hinge" else f" = {slope}"
    return lines(
        [
            rf"{colored('loss', 'L')} &= {cost} = {loss}",
            rf"{colored('loss', 'L')}' &= {slope if name == 'hinge' else steep}{same}",
        ]
    )


def pairs(scores: Sequence[float], value: float, grad: Sequence[float]) -> str:
    """Pairwise hinge over all pairs of a list, best first, and the slope of each score."""
    s = [exact(x) for x in scores]
    k = len(s)
    terms = [rf"({s[i]} - {_positive(s[j])})" for i in range(k) for j in range(i + 1, k)]
    rows = [r",\ ".join(terms[i : i + 3]) for i in range(0, len(terms), 3)]
    slopes = r",\ ".join(colored("gradient", tex(g)) for g in grad)
    return lines(
        [
            rf"{colored('loss', 'L')} &= \text{{mean of }} \max(0,\ 1 - \text{{lead}})",
            rf"\text{{leads}} &: {rows[0]}",
            *(rf"&\;\; {row}" for row in rows[1:]),
            rf"{colored('loss', 'L')} &= {colored('loss', tex(value))}",
            rf"\tfrac{{\partial L}}{{\partial s}} &= ({slopes})",
        ]
    )


def _positive(number: str) -> str:
    return f"({number})" if number.startswith("-") else number


def list_net(scores: Sequence[float], relevance: Sequence[float], value: float, grad: float) -> str:
    """ListNet: who comes first, as a distribution; the slope of the first item's score."""

    def share(values: Sequence[float]) -> str:
        powers = [f"e^{{{exact(x)}}}" for x in values]
        return rf"\frac{{{powers[0]}}}{{{' + '.join(powers)}}}"

    q, p = colored("model", "q"), colored("truth", "p")
    return lines(
        [
            rf"{colored('loss', 'L')} &= -\sum_i {p}_i \ln {q}_i = {colored('loss', tex(value))}\;\text{{nats}}",
            rf"{q}_A &= {share(scores)}",
            rf"{p}_A &= {share(relevance)}",
            rf"\tfrac{{\partial L}}{{\partial s_A}} &= {q}_A - {p}_A = {colored('gradient', tex(grad))}",
        ]
    )


def bet(
    most: float, n_bins: int, at: int, true: int, *, in_bins: tuple[float, float], squared: tuple[float, float]
) -> str:
    """Cross-entropy of a bet on bins, and squared error of the bin bet on; of each its value and its slope."""
    q = exact(most) if at == true else rf"\frac{{1 - {exact(most)}}}{{{n_bins - 1}}}"
    k, t = colored("model", exact(at)), colored("truth", exact(true))
    name = colored("model", "q")
    return lines(
        [
            rf"-\ln {name} &= -\ln {q} = {colored('loss', tex(in_bins[0]))}\;\text{{nats}}",
            rf"\text{{slope}} &= -\frac{{1}}{{{name}}} = {colored('gradient', tex(in_bins[1]))}",
            rf"({k} - {t})^2 &= {colored('loss', tex(squared[0]))}",
            rf"\text{{slope}} &= 2 ({k} - {t}) = {colored('gradient', tex(squared[1]))}",
        ]
    )
