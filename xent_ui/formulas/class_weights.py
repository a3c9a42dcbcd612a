"""Formulas of the lesson on class weights."""

from xent_ui.formulas.base import colored, lines
from xent_ui.style.numbers import exact, tex


def weight_and_line(
    scheme: str, *, n_ill: int, imbalance: int, beta: float, gap: float, weight: float, line: float
) -> str:
    """Return the weight of the ill relative to the healthy under a scheme, and the decision boundary it leads to.

    scheme     "none", "inverse" or "effective"
    n_ill      the number of ill people; there are ``imbalance`` times as many healthy people
    """
    n_healthy, n, b, d = n_ill * imbalance, exact(imbalance), exact(beta), exact(gap)
    ratio, per_weight = {
        "none": ("1", n),
        "inverse": (rf"\frac{{{n_healthy}}}{{{n_ill}}}", rf"\frac{{{n} \cdot {n_ill}}}{{{n_healthy}}}"),
        "effective": (
            rf"\frac{{1 - {b}^{{{n_healthy}}}}}{{1 - {b}^{{{n_ill}}}}}",
            rf"\frac{{{n}\,(1 - {b}^{{{n_ill}}})}}{{1 - {b}^{{{n_healthy}}}}}",
        ),
    }[scheme]
    w = colored("model", "w")
    return lines(
        [
            rf"{w} &= \frac{{w_\text{{ill}}}}{{w_\text{{healthy}}}} = {ratio}"
            + (rf" = {colored('model', tex(weight))}" if scheme != "none" else ""),
            rf"\text{{line}} &= \frac{{d}}{{2}} + \frac{{1}}{{d}} \ln \frac{{N}}{{{w}}}",
            rf"&= \frac{{{d}}}{{2}} + \frac{{1}}{{{d}}} \ln {per_weight} = {tex(line)}",
        ]
    )


def weighted_cross_entropy(p: float, q: float, weight: float, *, value: float, grad: float, best: float) -> str:
    """Return the expected loss of the report q with a weight on class 1, its slope, and the best report.

    p            the true probability
    value, grad  the loss in nats and its slope in the logit of q
    best         the report with the smallest loss, where the slope is 0
    """
    t, r, w = colored("truth", exact(p)), colored("loss", exact(q)), colored("model", exact(weight))
    true, said, times = colored("truth", "p"), colored("loss", "q"), colored("model", "w")
    return lines(
        [
            rf"L &= -{times}\,{true} \ln {said} - (1 - {true}) \ln (1 - {said})",
            rf"&= -{w} \cdot {t} \ln {r}",
            rf"&\quad - (1 - {t}) \ln (1 - {r}) = {colored('loss', tex(value))}\;\text{{nats}}",
            rf"\frac{{dL}}{{dz}} &= (1 - {true})\,{said} - {times}\,{true}\,(1 - {said})",
            rf"&= (1 - {t}) \cdot {r} - {w} \cdot {t} \cdot (1 - {r})",
            rf"&= {colored('gradient', tex(grad))}",
            rf"{said}_\text{{best}} &= \frac{{{times}\,{true}}}{{{times}\,{true} + 1 - {true}}}"
            rf" = \frac{{{w} \cdot {t}}}{{{w} \cdot {t} + 1 - {t}}} = {colored('model', tex(best))}",
        ]
    )
