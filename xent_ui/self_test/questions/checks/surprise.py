"""The questions on the lesson Surprise."""

from typing import Final

import numpy as np

from xent_core import Unit, surprise
from xent_ui.self_test.questions.check import Check, Compute, Pick
from xent_ui.self_test.questions.interview import SCREEN
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong
from xent_ui.style.numbers import exact_text


def _two_independent(rng: np.random.Generator) -> Draft:
    a, b = (round(float(p), 2) for p in rng.choice(np.arange(5, 96, 5) / 100, 2, replace=False))
    of_a, of_b = (float(Unit.BITS.of(surprise(p).value)) for p in (a, b))
    either = float(Unit.BITS.of(surprise(a + b - a * b).value))
    return Draft(
        asks=f"Two independent events of probabilities {exact_text(a)} and {exact_text(b)} both happen. How many bits "
        "of surprise do they carry together?",
        answer=of_a + of_b,
        because="The probabilities multiply, so the surprises add.",
        wrong=(
            Wrong(of_a * of_b, "You multiplied the surprises. It is the probabilities that multiply."),
            Wrong((of_a + of_b) / 2, "That is the mean of the two surprises. Together they carry the sum."),
            Wrong(
                (of_a + of_b) * float(np.log(2)), "That is the answer in nats. A bit is ln 2 nats, so divide by ln 2."
            ),
            Wrong(max(of_a, of_b), "That is the rarer event alone. The other one adds its own surprise."),
            Wrong(either, "That is the surprise of *at least one* of them happening."),
        ),
        page="surprise",
        values={"a": exact_text(a), "b": exact_text(b)},
        unit=Unit.BITS,
    )


CHECKS: Final[tuple[Check, ...]] = (
    Pick(
        "halves",
        "An event becomes half as likely. What happens to its surprise?",
        right="It grows by 1 bit.",
        because="−log₂(p/2) = −log₂ p + 1, whatever p is.",
        wrong={
            "It doubles.": "That is true only from 1/2 to 1/4, where 1 bit becomes 2. From 1/4 to 1/8 it grows from 2 "
            "to 3.",
            "It becomes half as large.": "A less likely event is more surprising, not less.",
            "That depends on how likely it was.": "The probability halves by the same factor everywhere, and the "
            "logarithm turns a factor into a constant step.",
        },
    ),
    Pick(
        "malignant",
        "A model called a scan 70 % benign and 30 % malignant. The tumor is malignant. What is its loss?",
        right="−log 0.3",
        because="The loss is the surprise of what happened, and that had probability 0.3.",
        wrong={
            "−log 0.7": "That would be the loss if the tumor were benign.",
            "log 0.3": "The logarithm of a probability is negative or 0. The minus sign makes a loss of it.",
            "1 − 0.3 = 0.7": "That is the probability that the model gave to the other outcome. It is not a number of "
            "bits or nats, and it does not add over independent examples.",
        },
    ),
    Compute("independent", Kind("Two independent events", "expected_surprise", SCREEN, _two_independent)),
)
