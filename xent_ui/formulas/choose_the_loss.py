"""Formulas of the lesson on choosing the loss."""

from collections.abc import Sequence
from typing import Final

from xent_ui.formulas.base import Symbols, colored, lines
from xent_ui.style.numbers import exact, tex


def _two_pairings() -> str:
    y, p = colored("truth", "y_k"), colored("model", "p_k")
    return lines(
        [
            rf"\text{{one of K classes: }}\; {colored('model', 'p')} &= \mathrm{{softmax}}(z)",
            rf"{colored('loss', 'L')} &= -\textstyle\sum_k {y} \ln {p}",
            rf"\text{{any of K classes: }}\; {p} &= \mathrm{{sigmoid}}(z_k)",
            rf"{colored('loss', 'L')} &= -\textstyle\sum_k \bigl[{y} \ln {p}",
            rf"&\quad + (1 - {y}) \ln(1 - {p})\bigr]",
        ]
    )


SYMBOLS: Final = Symbols(
    formula=_two_pairings,
    where=lambda: (
        rf"$z_k$ are the logits, any numbers, ${colored('model', 'p_k')}$ the model's probabilities, from 0 to 1, "
        rf"${colored('truth', 'y_k')}$ the labels, 0 or 1, and ${colored('loss', 'L')}$ is the loss, 0 or more nats."
    ),
)


def one_of(logits: Sequence[float], value: float, grads: Sequence[float]) -> str:
    """Return softmax cross-entropy and its slopes if the first class is right; value in nats."""
    z = [colored("model", exact(each)) for each in logits]
    powers = " + ".join(rf"e^{{{each}}}" for each in z)
    return lines(
        [
            rf"{colored('loss', 'L')} &= -\ln \frac{{e^{{{colored('model', 'z_1')}}}}}"
            rf"{{\sum_k e^{{{colored('model', 'z_k')}}}}}",
            rf"&= -\ln \frac{{e^{{{z[0]}}}}}{{{powers}}}",
            rf"&= {colored('loss', tex(value))}\;\text{{nats}}",
            *_slopes(grads),
        ]
    )


def each_of(logits: Sequence[float], target: Sequence[float], value: float, grads: Sequence[float]) -> str:
    """Return the sum of the binary cross-entropies of all logits, and its slopes; value in nats."""
    exponents = [exact(0 - z if y else z) for z, y in zip(logits, target, strict=True)]  # -z would write 0 as -0
    terms = [rf"\ln(1 + e^{{{colored('model', exponent)}}})" for exponent in exponents]
    name = colored("model", "z") if len(terms) == 1 else colored("model", "z_k")
    many = "" if len(terms) == 1 else r"\textstyle\sum_k "
    return lines(
        [
            rf"{colored('loss', 'L')} &= {many}\ln(1 + e^{{\mp {name}}}), "
            rf"\quad {colored('truth', 'y')} = 1 \text{{ or }} 0",
            rf"&= {terms[0]}",
            *(rf"&\quad + {term}" for term in terms[1:]),
            rf"&= {colored('loss', tex(value))}\;\text{{nats}}",
            *_slopes(grads),
        ]
    )


def _slopes(grads: Sequence[float]) -> list[str]:
    """Return the row p - y with the slopes in each logit."""
    row = r",\; ".join(colored("gradient", tex(g)) for g in grads)
    return [
        rf"\frac{{\partial {colored('loss', 'L')}}}{{\partial {colored('model', 'z')}}} &= {colored('model', 'p')} - "
        rf"{colored('truth', 'y')}",
        rf"&= {row if len(grads) == 1 else '(' + row + ')'}",
    ]


WRONG_LOSSES = {
    "twice": r"-\ln \mathrm{softmax}(\mathrm{softmax}(z))_y",
    "sigmoids": r"\textstyle\sum_k \ln(1 + e^{\mp z_k}),\;\; y_k = 1 \text{ or } 0",
    "shared": r"-\textstyle\sum_{k \in y} \ln \mathrm{softmax}(z)_k",
    "read": r"-\tfrac{K-1}{K} \ln p_0 - \tfrac{1}{K} \ln p_1",
    "rounded": r"-\ln \mathrm{round}(p_y, 2)",
}


def wrong_pairing(kind: str, lead: float, k: int, value: float, grad: float) -> str:
    """Return what a wrong pairing computes, and its slope in the logit of the right answer.

    kind         a key of WRONG_LOSSES
    lead, k      how far the logit of the right answer lies above the others, which are equal, and the number of classes
    value, grad  the wrong loss in nats, and its slope
    """
    d, others, wrong = colored("model", exact(lead)), exact(k - 1), r"L_\text{wrong}"
    p = rf"\frac{{e^{{{d}}}}}{{e^{{{d}}} + {others}}}"
    with_numbers = {
        "twice": [rf"-\ln \frac{{e^{{p}}}}{{e^{{p}} + {others}\,e^{{(1-p)/{others}}}}}", rf"\quad p = {p}"],
        "sigmoids": [
            rf"\ln\Bigl(1 + \frac{{1}}{{u\,e^{{{d}}}}}\Bigr) + {others} \ln(1 + u)",
            r"u = e^{z_\text{others}}",
            rf"\phantom{{u}} = \frac{{2}}{{{exact(k - 2)} + "
            rf"\sqrt{{{exact(k - 2)}^2 + 4 \cdot {others}\,e^{{{d}}}}}}}",
        ],
        "shared": [rf"-2 \ln \frac{{e^{{{d}}}}}{{2e^{{{d}}} + {exact(k - 2)}}}"],
        "read": [rf"\ln(e^{{{d}}} + {others})"],
        "rounded": [rf"-\ln \mathrm{{round}}\Bigl({p}, 2\Bigr)"],
    }[kind]
    slope = {
        "twice": rf"-\tfrac{{{exact(k)}}}{{{others}}}\,p(1-p)(1-e^{{-{wrong}}})",
        "sigmoids": rf"-\frac{{1}}{{1 + u\,e^{{{d}}}}}",
        "shared": rf"\frac{{2e^{{{d}}}}}{{2e^{{{d}}} + {exact(k - 2)}}} - 1",
        "read": p,
        "rounded": r"\text{flat}",
    }[kind]
    first, *more = with_numbers
    return lines(
        [
            rf"{wrong} &= {WRONG_LOSSES[kind]}",
            rf"&= {first}",
            *(rf"&{row}" for row in more),
            rf"&= {tex(value)}\;\text{{nats}}",
            rf"\frac{{\partial {wrong}}}{{\partial z_y}} &= {slope}",
            rf"&= {tex(grad)}",
        ]
    )
