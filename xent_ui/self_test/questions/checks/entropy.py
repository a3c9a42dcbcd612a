"""The questions on the lesson Entropy."""

from typing import Final

import numpy as np

from xent_core import Unit, entropy, surprise
from xent_ui.self_test.questions.check import Check, Compute, Pick
from xent_ui.self_test.questions.interview import SCREEN
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong
from xent_ui.style.numbers import percent


def _three_letters(rng: np.random.Generator) -> Draft:
    cuts = np.sort(rng.choice(np.arange(1, 20), 2, replace=False))
    weights = 5 * np.diff(cuts, prepend=0, append=20)
    p = weights / 100
    surprises = Unit.BITS.of(surprise(p).value)
    h = float(Unit.BITS.of(entropy(p).value))
    shares = [percent(float(share)) for share in p]
    return Draft(
        asks=f"A source sends A with probability {shares[0]}, B with {shares[1]} and C with {shares[2]}. What is its "
        "entropy in bits per letter?",
        answer=h,
        because="Each surprise, −log₂ p, is weighted by its probability p, and the three products are added.",
        wrong=(
            Wrong(float(surprises.sum()), "You added the surprises without weighting each by its probability."),
            Wrong(
                float(surprises.mean()), "That is the plain mean of the surprises, as if all three came equally often."
            ),
            Wrong(h * float(np.log(2)), "That is the answer in nats. A bit is ln 2 nats, so divide by ln 2."),
            Wrong(float(np.log2(3)), "That would be the entropy if all three letters were equally likely."),
            Wrong(-h, "Check the sign: log₂ p is negative or 0, so the surprise is −log₂ p."),
        ),
        page="entropy",
        values={"outcomes": "3", **{f"m{i}": f"{weight}" for i, weight in enumerate(weights, 1)}},
        unit=Unit.BITS,
    )


CHECKS: Final[tuple[Check, ...]] = (
    Pick(
        "largest",
        "Which of these distributions over four outcomes has the largest entropy?",
        right="25 %, 25 %, 25 %, 25 %",
        because="Nothing tells you which outcome to expect. All equally likely is always the most uncertain: log 4.",
        wrong={
            "97 %, 1 %, 1 %, 1 %": "Three outcomes are very surprising here, but they hardly ever come, so they add "
            "little to the mean.",
            "50 %, 50 %, 0 %, 0 %": "Two of the four outcomes never come and add nothing, so this is only a coin flip.",
            "100 %, 0 %, 0 %, 0 %": "You know for certain what will come, so nothing is left to learn: the entropy is "
            "0.",
        },
    ),
    Pick(
        "claim",
        "A source has an entropy of 2.3 bits per letter. A code without separators is said to need 2.1 bits per letter "
        "on average. Is that possible?",
        right="No, no such code needs fewer bits than the entropy.",
        because="The entropy is a floor for every code that can be read without separators.",
        wrong={
            "Yes, if it codes long blocks of letters.": "Longer blocks come closer to the entropy, but from above.",
            "Yes, Huffman's code is within one bit of the entropy.": "It is within one bit *above* the entropy, and "
            "never below.",
            "Yes, if the common letters get very short words.": "Short words use up the beginnings that others may "
            "have, so the rare letters then need longer words.",
        },
    ),
    Compute("three_letters", Kind("Entropy of three letters", "expected_surprise", SCREEN, _three_letters)),
)
