"""The questions on the lesson You are the model."""

from typing import Final

import numpy as np

from xent_core import Unit, surprise
from xent_ui.self_test.questions.check import Check, Compute, Pick
from xent_ui.self_test.questions.interview import SCREEN
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong
from xent_ui.style.numbers import percent


def _right_and_wrong(rng: np.random.Generator) -> Draft:
    right, wrong = (round(float(p), 2) for p in (rng.integers(60, 96) / 100, rng.integers(60, 100) / 100))
    bits = Unit.BITS.of(surprise(np.array([right, 1 - wrong])).value)
    value = float(bits.sum())
    return Draft(
        asks=f"You call two statements true, one with {percent(right)} and one with {percent(wrong)}. The first is "
        "true, the second is false. How many bits do the two answers cost you together?",
        answer=value,
        because=f"You gave {percent(right)} to what is true of the first, and {percent(1 - wrong)} of the second.",
        wrong=(
            Wrong(
                float(Unit.BITS.of(surprise(np.array([right, wrong])).value).sum()),
                "The second statement is false, and to that you gave 1 minus your probability.",
            ),
            Wrong(float(bits.mean()), "That is the mean. Together the two cost their sum."),
            Wrong(
                float(bits[1]), "That is the second answer alone. A right answer costs bits, too, unless it had 100 %."
            ),
            Wrong(value * float(np.log(2)), "That is the answer in nats. A bit is ln 2 nats, so divide by ln 2."),
        ),
        unit=Unit.BITS,
    )


CHECKS: Final[tuple[Check, ...]] = (
    Compute("two_answers", Kind("Two answers of yours", "expected_surprise", SCREEN, _right_and_wrong)),
    Pick(
        "always_half",
        "Somebody answers every statement with 50 %. What do twelve answers cost, and what do they say?",
        right="12 bits, whatever is true, and nothing about any statement.",
        because="Each answer costs −log₂ ½ = 1 bit, true or false. To pay less on average, you must know something "
        "and say so.",
        wrong={
            "0 bits, because no answer is wrong.": "A probability of 50 % for what is true is a surprise of 1 bit "
            "each time.",
            "6 bits, because half of the answers are right.": "An even chance costs 1 bit for each statement, true or "
            "false.",
            "That depends on how many of them are true.": "With 50 % the truth gets ½ in either case, so it does not "
            "matter.",
        },
    ),
    Pick(
        "bolder",
        "You believe that a statement is true with 80 %. Which answer has the smallest expected cost?",
        right="80 %, what you believe.",
        because="Log loss is a proper scoring rule: by your own belief, every other answer costs more on average.",
        wrong={
            "100 %, because it costs nothing if you are right.": "If you are wrong, and by your belief you are in one "
            "case of five, it costs infinitely many bits.",
            "50 %, because it is the safe answer.": "It costs 1 bit for sure; by your belief, 80 % costs 0.722 bits "
            "on average.",
            "90 %, because boldness is rewarded.": "It costs less if you are right and more if you are wrong: 0.786 "
            "bits on average, against 0.722 for 80 %.",
        },
    ),
)
