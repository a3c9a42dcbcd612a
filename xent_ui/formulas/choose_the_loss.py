"""Formulas of the lesson on choosing the loss."""

from collections.abc import Sequence

from xent_ui.formulas.base import colored, lines
from xent_ui.style.numbers import exact, tex


def one_of(logits: Sequence[float], value: float, grads: Sequence[float]) -> str:
    """Softmax cross-entropy when the first class is right; value in nats."""
    z = [colored("model", exact(each)) for each in logits]
    powers = " + ".join(rf"e^{{{each}}}" for each in z)
    return lines(
        [
            rf"{colored('loss', 'L')} &= -\ln \frac{{e^{{{colored('model', 'z_1')}}}}}"
            rf"{{\sum_k e^{{{colored('model', 'z_k')}}}}}",
            rf"&= -\ln \frac{{e^{{{z[0]}}}}}{{{powers}}} = {colored('loss', tex(value))}\;\text{{nats}}",
            *_slopes(grads),
        ]
    )


def each_of(logits: Sequence[float], target: Sequence[float], value: float, grads: Sequence[float]) -> str:
    """Binary cross-entropy of each logit, summed; value in nats."""
    terms = [rf"\ln(1 + e^{{{colored('model', exact(-z if y else z))}}})" for z, y in zip(logits, target, strict=True)]
    name = colored("model", "z") if len(terms) == 1 else colored("model", "z_k")
    many = "" if len(terms) == 1 else r"\textstyle\sum_k "
    return lines(
        [
            rf"{colored('loss', 'L')} &= {many}\ln(1 + e^{{\mp {name}}}), \quad {colored('truth', 'y')} = 1 \text{{ or }} 0",
            rf"&= {terms[0]}",
            *(rf"&\quad + {term}" for term in terms[1:]),
            rf"&= {colored('loss', tex(value))}\;\text{{nats}}",
            *_slopes(grads),
        ]
    )


def _slopes(grads: Sequence[float]) -> list[str]:
    row = r",\; ".join(colored("gradient", tex(g)) for g in grads)
    return [
        rf"\frac{{\partial {colored('loss', 'L')}}}{{\partial {colored('model', 'z')}}} &= {colored('model', 'p')} - "
        rf"{colored('truth', 'y')} = {row if len(grads) == 1 else '(' + row + ')'}"
    ]


WRONG = {
    "twice": r"-\ln \mathrm{softmax}(\mathrm{softmax}(z))_y",
    "sigmoids": r"\textstyle\sum_k \ln(1 + e^{\mp z_k})",
    "shared": r"-\textstyle\sum_{k \in y} \ln \mathrm{softmax}(z)_k",
    "read": r"-\tfrac{K-1}{K} \ln p_0 - \tfrac{1}{K} \ln p_1",
    "rounded": r"-\ln \mathrm{round}(p_y, 2)",
}


def wrong_pairing(kind: str, lead: float, k: int, value: float, grad: float) -> str:
    """What the wrong pairing computes, at this lead of the right answer over K − 1 others."""
    a, others = colored("model", exact(lead)), exact(k - 1)
    p = rf"\frac{{e^{{{a}}}}}{{e^{{{a}}} + {others}}}"
    here = {
        "twice": rf"-\ln \frac{{e^{{p}}}}{{e^{{p}} + {others}\,e^{{(1-p)/{others}}}}},\quad p = {p}",
        "sigmoids": rf"\ln(1 + e^{{{colored('model', exact(-lead))}}}) + {others} \ln 2",
        "shared": rf"-2 \ln \frac{{e^{{{a}}}}}{{2e^{{{a}}} + {exact(k - 2)}}}",
        "read": rf"\ln(e^{{{a}}} + {others})",
        "rounded": rf"-\ln \mathrm{{round}}\Bigl({p}, 2\Bigr)",
    }[kind]
    slope = {
        "twice": rf"-\tfrac{{{exact(k)}}}{{{others}}}\,p(1-p)(1-e^{{-{colored('excess', 'L')}}})",
        "sigmoids": rf"-\frac{{1}}{{1 + e^{{{a}}}}}",
        "shared": rf"\frac{{2e^{{{a}}}}}{{2e^{{{a}}} + {exact(k - 2)}}} - 1",
        "read": p,
        "rounded": r"\text{flat}",
    }[kind]
    return lines(
        [
            rf"{colored('excess', 'L')} &= {WRONG[kind]}",
            rf"&= {here}",
            rf"&= {colored('excess', tex(value))}\;\text{{nats}}",
            rf"\frac{{\partial {colored('excess', 'L')}}}{{\partial z_y}} &= {slope} = {colored('gradient', tex(grad))}",
        ]
    )
