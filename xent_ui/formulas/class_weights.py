"""Formulas of the lesson on class weights."""

from xent_ui.formulas.base import colored, lines
from xent_ui.style.numbers import exact, tex

WEIGHT = r"w"


def weight_and_line(
    scheme: str, *, rare: int, imbalance: int, beta: float, gap: float, weight: float, line: float
) -> str:
    """What a scheme weighs class 1 with, over class 0, and where that puts the line.

    scheme     "none", "inverse" or "effective"
    rare       how many examples class 1 has; class 0 has `imbalance` times as many
    """
    many, n, b, d = rare * imbalance, exact(imbalance), exact(beta), exact(gap)
    ratio, per_weight = {
        "none": ("1", n),
        "inverse": (rf"\frac{{{many}}}{{{rare}}}", rf"\frac{{{n} \cdot {rare}}}{{{many}}}"),
        "effective": (
            rf"\frac{{1 - {b}^{{{many}}}}}{{1 - {b}^{{{rare}}}}}",
            rf"\frac{{{n}\,(1 - {b}^{{{rare}}})}}{{1 - {b}^{{{many}}}}}",
        ),
    }[scheme]
    w = colored("model", WEIGHT)
    return lines(
        [
            rf"{w} &= \frac{{w_\text{{ill}}}}{{w_\text{{healthy}}}} = {ratio}"
            + (rf" = {colored('model', tex(weight))}" if scheme != "none" else ""),
            rf"\text{{line}} &= \frac{{d}}{{2}} + \frac{{1}}{{d}} \ln \frac{{N}}{{{w}}}",
            rf"&= \frac{{{d}}}{{2}} + \frac{{1}}{{{d}}} \ln {per_weight} = {tex(line)}",
        ]
    )


def weighted_cross_entropy(p: float, q: float, weight: float, value: float, grad: float, best: float) -> str:
    """What a report costs on average with class 1 weighed, its slope in the logit, and where that is 0."""
    t, r, w = colored("truth", exact(p)), colored("loss", exact(q)), colored("model", exact(weight))
    true, said, times = colored("truth", "p"), colored("loss", "q"), colored("model", WEIGHT)
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
