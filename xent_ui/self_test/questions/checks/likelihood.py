"""The questions on the lesson Likelihood."""

from typing import Final

import numpy as np

from xent_core import Unit, binary_cross_entropy, entropy
from xent_core.sampling import likelihood
from xent_ui.self_test.questions.check import Check, Compute, Pick
from xent_ui.self_test.questions.interview import SCREEN
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong
from xent_ui.style.numbers import counted, exact_text


def _loss_per_flip(rng: np.random.Generator) -> Draft:
    heads, tails = (int(count) for count in rng.choice(np.arange(1, 10), 2, replace=False))
    p, n = int(rng.integers(2, 19)) / 20, heads + tails
    loss = float(binary_cross_entropy(p, heads / n).value)
    swapped = float(binary_cross_entropy(1 - p, heads / n).value)
    return Draft(
        asks=f"You see {counted(heads, 'head')} and {counted(tails, 'tail')}. A coin gives heads a probability of "
        f"{exact_text(p)}. What is its loss per flip, in nats?",
        answer=loss,
        because="Each head costs −ln p and each tail −ln(1 − p); the loss per flip is their mean.",
        wrong=(
            Wrong(loss * n, f"That is the loss of all {n} flips together. Divide by {n}."),
            Wrong(float(Unit.BITS.of(loss)), "That is the answer in bits. For nats, take natural logarithms."),
            Wrong(swapped, "You swapped p and 1 − p: a head costs −ln p, and a tail −ln(1 − p)."),
            Wrong(
                float(likelihood([p, 1 - p], [heads, tails])),
                "That is the likelihood. Take minus its logarithm, divided by the number of flips.",
            ),
            Wrong(
                float(entropy([heads / n, tails / n]).value),
                "That is the loss of the best coin, the entropy of the observed shares.",
            ),
        ),
        page="likelihood",
        values={"came": str(heads), "missed": str(tails), "theta": f"{p:g}", "unit": "nats"},
        unit=Unit.NATS,
    )


CHECKS: Final[tuple[Check, ...]] = (
    Pick(
        "not_a_belief",
        "You saw 7 heads and 3 tails. A fair coin has the likelihood 0.5¹⁰ = 0.000977. What does that mean?",
        right="A fair coin gives this sequence that probability.",
        because="A likelihood is the probability of the data, given the coin.",
        wrong={
            "The coin is a fair one with that probability.": "That would be the probability of the coin, given the "
            "flips. To compute it you need a prior, too.",
            "A fair coin gives 7 heads in any order that probability.": "There are 120 such orders, so that "
            "probability is 120 · 0.000977 = 0.117. The likelihood is that of this order.",
            "The next flip shows heads with that probability.": "That probability is p itself, 0.5 for a fair coin.",
        },
    ),
    Pick(
        "order",
        "On the same data, model A has a larger likelihood than model B. What do you know about their cross-entropy?",
        right="That of A is smaller.",
        because="Minus the logarithm turns the order around, and both are divided by the same number of examples.",
        wrong={
            "That of A is larger.": "Minus the logarithm turns the order around: a larger likelihood has a smaller "
            "−log.",
            "That of A is 0.": "It is 0 only if A gave every label a probability of 1.",
            "Nothing, without the number of examples.": "Both are divided by the same number, which changes no order.",
        },
    ),
    Compute("loss_per_flip", Kind("Loss per flip of a coin", "likelihood", SCREEN, _loss_per_flip)),
)
