"""The questions on the lesson Why the logarithm."""

from typing import Final

import numpy as np

from xent_core import entropy, expected_loss, linear_rule, one_sided_square_rule, quadratic_rule
from xent_ui.self_test.questions.check import Check, Compute, Pick
from xent_ui.self_test.questions.interview import ENGINEER
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong
from xent_ui.style.numbers import percent


def _honest_square(rng: np.random.Generator) -> Draft:
    cuts = np.sort(rng.choice(np.arange(1, 20), 2, replace=False))
    weights = 5 * np.diff(cuts, prepend=0, append=20)
    p = weights / 100
    shares = [percent(float(share)) for share in p]
    return Draft(
        asks=f"You believe A {shares[0]}, B {shares[1]}, C {shares[2]}, report just that, and lose (1 − q)² for the q "
        "of what happens. What is your expected loss?",
        answer=float(expected_loss(one_sided_square_rule, p, p)),
        because="Each outcome has the loss (1 − p)² and happens with probability p, so it is Σ p (1 − p)².",
        wrong=(
            Wrong(float(((1 - p) ** 2).sum()), "You added the three losses without weighting each by its probability."),
            Wrong(float(((1 - p) ** 2).mean()), "That is the plain mean, as if all three happened equally often."),
            Wrong(float(expected_loss(linear_rule, p, p)), "That is with the loss 1 − q. Here it is squared."),
            Wrong(float(entropy(p).value), "That is with the loss −ln q. Here it is (1 − q)²."),
            Wrong(float(expected_loss(quadratic_rule, p, p)), "That is the Brier loss, which looks at all of q."),
            Wrong(
                float((1 - p.max()) ** 2), "That is the loss if the likeliest outcome happens. Others may happen too."
            ),
        ),
        page="why_log",
        values={"rule": "square", "ways": "3", **{f"b{i}": f"{weight}" for i, weight in enumerate(weights, 1)}},
    )


CHECKS: Final[tuple[Check, ...]] = (
    Pick(
        "proper",
        "What does it mean that a loss is a proper scoring rule?",
        right="No report has a smaller expected loss than the honest one.",
        because="“Expected” is by your own belief: you cannot hope to gain by reporting anything else.",
        wrong={
            "An honest report has a loss of 0.": "Honesty can cost a lot if you are uncertain. With −log q, the honest "
            "report has the entropy of your belief as its expected loss.",
            "An honest report always loses less than a dishonest one.": "In a single case a lucky exaggeration may "
            "lose less. Only on average can it not win.",
            "The loss falls as the probability of what happens rises.": "1 − q does that as well, and its best report "
            "is 100 % for the likeliest outcome.",
        },
    ),
    Pick(
        "three_outcomes",
        "With three outcomes, which of these losses makes the honest report the best one for every belief?",
        right="−log q",
        because="Its slope is −1/q, so all pulls p · f′(p) are equal, whatever you believe.",
        wrong={
            "1 − q": "Its best report is 100 % for the likeliest outcome.",
            "(1 − q)²": "That one is honest with two outcomes only. With three, its pulls −2p(1 − p) usually differ.",
            "1/q": "It is steep where q is small, but too steep: its pulls −1/p are stronger for unlikely outcomes.",
        },
    ),
    Compute("honest_square", Kind("Honest under the square", "why_log", ENGINEER, _honest_square)),
)
