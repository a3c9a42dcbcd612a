"""Formulas of the lesson on class weights."""

from typing import Final

from xent_ui.formulas.base import Symbols, colored, derivative, lines
from xent_ui.style.numbers import exact, tex

SYMBOLS: Final = Symbols(
    formula=lambda: (
        rf"{colored('loss', 'L')} = -\sum_{{k=1}}^{{K}} {colored('ink', 'w_k')}\, {colored('truth', 'y_k')} "
        rf"\ln {colored('model', 'p_k')}"
    ),
    where=lambda: (
        rf"${colored('ink', 'w_k')}$ is the weight of class $k$, a number above 0; ${colored('truth', 'y_k')}$ is "
        rf"the label, 1 for the right class and 0 for the others; ${colored('model', 'p_k')}$ is the model's "
        rf"probability of class $k$, from 0 to 1; $K$ is the number of classes; ${colored('loss', 'L')}$ is the loss "
        "of one example, 0 or more, in nats."
    ),
)


def weight_and_line(
    scheme: str, *, n_ill: int, imbalance: int, beta: float, gap: float, weight: float, threshold: float, line: float
) -> str:
    """Return the weight of the ill relative to the healthy under a scheme, and the decision boundary it leads to.

    scheme     "none", "inverse" or "effective"
    n_ill      the number of ill people; there are ``imbalance`` times as many healthy people
    threshold  the probability above which a person is called ill
    """
    n_healthy, n, b, d, cut = n_ill * imbalance, *map(exact, (imbalance, beta, gap, threshold))
    ratio = {
        "none": "1",
        "inverse": rf"\frac{{{n_healthy}}}{{{n_ill}}}",
        "effective": rf"\frac{{1 - {b}^{{{n_healthy}}}}}{{1 - {b}^{{{n_ill}}}}}",
    }[scheme]
    is_one = ratio == "1"
    w, tau = colored("ink", "w"), r"\tau"
    return lines(
        [
            rf"{w} &= \frac{{w_\text{{ill}}}}{{w_\text{{healthy}}}} = {ratio}"
            + ("" if is_one else rf" = {colored('ink', tex(weight))}"),
            rf"\text{{line}} &= \frac{{d}}{{2}} + \frac{{1}}{{d}} \ln \Bigl(\frac{{N}}{{{w}}} \cdot"
            rf" \frac{{{tau}}}{{1 - {tau}}}\Bigr)",
            rf"&= \frac{{{d}}}{{2}} + \frac{{1}}{{{d}}} \ln \Bigl({n}{'' if is_one else f' : {ratio}'}",
            rf"&\qquad \cdot \frac{{{cut}}}{{1 - {cut}}}\Bigr) = {tex(line)}",
        ]
    )


def weighted_cross_entropy(t: float, p: float, weight: float, *, value: float, grad: float, best: float) -> str:
    """Return the expected loss of the report p with a weight on class 1, its slope, and the best report.

    t            the true probability
    value, grad  the loss in nats and its slope in the logit of p
    best         the report with the smallest loss, where the slope is 0
    """
    truth, report, weight_now = colored("truth", exact(t)), colored("model", exact(p)), colored("ink", exact(weight))
    true, said, times = colored("truth", "t"), colored("model", "p"), colored("ink", "w")
    return lines(
        [
            rf"{colored('loss', 'L')} &= -{times}\,{true} \ln {said} - (1 - {true}) \ln (1 - {said})",
            rf"&= -{weight_now} \cdot {truth} \ln {report}",
            rf"&\quad - (1 - {truth}) \ln (1 - {report})",
            rf"&= {colored('loss', tex(value))}\;\text{{nats}}",
            rf"{derivative('gradient', 'L', 'z')} &= (1 - {true})\,{said} - {times}\,{true}\,(1 - {said})",
            rf"&= (1 - {truth}) \cdot {report}",
            rf"&\quad - {weight_now} \cdot {truth} \cdot (1 - {report})",
            rf"&= {colored('gradient', tex(grad))}",
            rf"{colored('model', 'p')}_\text{{best}} &= \frac{{{times}\,{true}}}{{{times}\,{true} + 1 - {true}}}",
            rf"&= \frac{{{weight_now} \cdot {truth}}}{{{weight_now} \cdot {truth} + 1 - {truth}}}"
            rf" = {colored('model', tex(best))}",
        ]
    )
