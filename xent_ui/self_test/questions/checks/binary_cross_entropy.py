"""The questions on the lesson Binary cross-entropy."""

from typing import Final

import numpy as np

from xent_core import Unit, binary_cross_entropy, squared_error
from xent_ui.self_test.questions.check import Check, Compute, Pick
from xent_ui.self_test.questions.interview import SCREEN
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong
from xent_ui.style.numbers import percent


def _one_mail(rng: np.random.Generator) -> Draft:
    p, y = int(rng.integers(3, 98)) / 100, int(rng.integers(2))
    loss, other = (float(binary_cross_entropy(p, label).value) for label in (y, 1 - y))
    return Draft(
        asks=f"A model calls a mail {percent(p)} spam. The label is y = {y}. How large is the binary cross-entropy, in "
        "nats?",
        answer=loss,
        because=f"With y = {y}, only −ln {'p' if y else '(1 − p)'} is left.",
        wrong=(
            Wrong(other, f"That is the loss for the other label, y = {1 - y}."),
            Wrong(float(Unit.BITS.of(loss)), "That is the answer in bits. For nats, take the natural logarithm."),
            Wrong(-loss, "The logarithm of a probability is negative. The loss is minus that logarithm."),
            Wrong(
                loss + other, "You added both terms. The label multiplies one of them by 0, so only the other counts."
            ),
            Wrong(abs(p - y), "That is the error, the size of p − y. The loss is a logarithm."),
            Wrong(float(squared_error(p, float(y)).value), "That is the squared error, (p − y)²."),
        ),
        page="binary_cross_entropy",
        values={"spam": f"{p:g}", "y": f"y = {y}", "unit": "nats"},
        unit=Unit.NATS,
    )


CHECKS: Final[tuple[Check, ...]] = (
    Pick(
        "zero_loss",
        "A mail has the label 1 or 0. When is its binary cross-entropy exactly 0?",
        right="If the model was certain and right.",
        because="Then the probability of what is true is 1, and −ln 1 = 0.",
        wrong={
            "Whenever the label is 0.": "With y = 0 the loss is −ln(1 − p), which is 0 only for p = 0.",
            "Whenever p is on the right side of ½.": "A right answer at 90 % still costs −ln 0.9 = 0.105 nats.",
            "If the model said exactly 50 %.": "That costs ln 2 = 0.693 nats, or 1 bit, whatever the label is.",
        },
    ),
    Pick(
        "slope_in_logit",
        "A spam mail (y = 1) has the logit −8. What is the slope of its loss in the logit, in nats per unit?",
        right="Almost −1",
        because="The sigmoid makes p nearly 0 of it, so the slope p − y is nearly 0 − 1.",
        wrong={
            "Almost 0": "That is p itself. The slope is p − y, and it is near 0 only where the answer is right.",
            "About 8": "That is about the loss, −ln p. Its slope in the logit is p − y.",
            "About −3000": "That is the slope in p, which is −1/p. In the logit the slope is p − y.",
        },
    ),
    Compute("one_mail", Kind("Binary cross-entropy of a mail", "two_classes", SCREEN, _one_mail)),
)
