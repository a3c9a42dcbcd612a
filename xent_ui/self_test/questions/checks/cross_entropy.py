"""The questions on the lesson Cross-entropy."""

from typing import Final

import numpy as np

from xent_core import Unit, cross_entropy, entropy, kl_divergence, surprise
from xent_ui.self_test.questions.check import Check, Compute, Pick
from xent_ui.self_test.questions.interview import SCREEN
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong
from xent_ui.style.numbers import percent


def _two_outcomes(rng: np.random.Generator) -> Draft:
    a, b = (int(weight) for weight in rng.choice(np.arange(5, 100, 5), 2, replace=False))
    p, q = (np.array([weight, 100 - weight]) / 100 for weight in (a, b))
    value = float(Unit.BITS.of(cross_entropy(p, q).value))
    return Draft(
        asks=f"Of two outcomes, A comes with probability {percent(a / 100)}, and a model gives A {percent(b / 100)}. "
        "What is the cross-entropy in bits?",
        answer=value,
        because="−p log₂ q for A, plus the same for the other outcome with 1 − p and 1 − q.",
        wrong=(
            Wrong(
                float(Unit.BITS.of(cross_entropy(q, p).value)),
                "You swapped the two. The truth p is the weight; the logarithm is of the model's q.",
            ),
            Wrong(float(Unit.BITS.of(entropy(p).value)), "That is the entropy H(p), the floor for every model."),
            Wrong(float(Unit.BITS.of(kl_divergence(p, q).value)), "That is KL(p‖q), the excess alone. Add H(p)."),
            Wrong(value * float(np.log(2)), "That is the answer in nats. A bit is ln 2 nats, so divide by ln 2."),
            Wrong(
                a / 100 * float(Unit.BITS.of(surprise(b / 100).value)),
                "That is the term of A only. The other outcome adds (1 − p) · −log₂(1 − q).",
            ),
            Wrong(
                float(Unit.BITS.of(surprise(q).value.mean())),
                "That weights both surprises with ½. Weight each with how often it comes.",
            ),
        ),
        page="cross_entropy",
        values={"p1": f"{a}", "p2": f"{100 - a}", "q1": f"{b}", "q2": f"{100 - b}"},
        unit=Unit.BITS,
    )


CHECKS: Final[tuple[Check, ...]] = (
    Pick(
        "floor",
        "For inputs that a model cannot tell apart, 70 % of the labels say A and 30 % say B. What is the lowest mean "
        "cross-entropy that it can reach on them?",
        right="The entropy of 70 : 30, about 0.88 bits",
        because="It is reached by saying 70 : 30. Whatever else the model says adds KL to this floor.",
        wrong={
            "0 bits, with enough training": "No answer fits both labels. A loss of 0 would need certainty that is "
            "always right.",
            "1 bit, because there are two labels": "That is what 50 : 50 costs. Saying 70 : 30 is better.",
            "−log₂ 0.7, about 0.51 bits": "That is the loss on the inputs labeled A alone. Those labeled B cost more.",
        },
    ),
    Pick(
        "same_minimum",
        "Why does it not matter whether training makes cross-entropy or KL(p‖q) small?",
        right="They differ by H(p), which no model changes.",
        because="H(p, q) = H(p) + KL(p‖q), so both are smallest at the same q, and their gradients are equal.",
        wrong={
            "Both are 0 for the best model.": "KL is 0 at q = p, but cross-entropy is H(p) there, which is 0 only if "
            "one outcome is certain.",
            "KL(p‖q) and KL(q‖p) are equal.": "They usually differ, and this question is about one direction only.",
            "They are equal if the model is good.": "They differ by H(p) for every model, also for the best one.",
        },
    ),
    Compute("two_outcomes", Kind("Cross-entropy of two outcomes", "expected_surprise", SCREEN, _two_outcomes)),
)
