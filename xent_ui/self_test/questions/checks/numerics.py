"""The questions on the lesson Numerics."""

from typing import Final

import numpy as np

from xent_core import Unit, binary_cross_entropy_with_logits
from xent_core.naive import clipped_binary_cross_entropy
from xent_ui.self_test.questions.check import Check, Compute, Pick
from xent_ui.self_test.questions.interview import ENGINEER
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong
from xent_ui.views.numerics import CLIPS

POWERS: Final = {1e-4: 4, 1e-7: 7, 1e-8: 8, 1e-12: 12, 1e-15: 15}


def _capped(rng: np.random.Generator) -> Draft:
    clip, power = list(POWERS.items())[int(rng.integers(len(POWERS)))]
    z = -int(rng.integers(6, 51))
    value = float(clipped_binary_cross_entropy(float(z), 1.0, clip=clip).value)
    exact = float(binary_cross_entropy_with_logits(float(z), 1.0).value)
    cap = float(-np.log(clip))
    is_capped = exact > cap
    return Draft(
        asks=f"A program clips p to [{CLIPS[clip]}, 1 − {CLIPS[clip]}] before it takes the logarithm. A model's logit "
        "is "
        f"{z}, and the truth is y = 1. Which loss does the program report, in float64 and in nats?".replace("-", "−"),
        answer=value,
        because=f"σ(z) is about e to the power of {z}, which is {'below' if is_capped else 'above'} the clip, so the "
        f"loss is {'−ln of the clip' if is_capped else 'the exact one, ln(1 + e^−z)'}.".replace("-", "−"),
        wrong=(
            Wrong(exact, "That is the exact loss. The clip caps it."),
            Wrong(cap, "That is the cap. This probability is above the clip, so nothing caps the loss."),
            Wrong(float(power), "That is minus the logarithm of the clip in base 10. A nat has base e."),
            Wrong(float(Unit.BITS.of(value)), "That is the answer in bits, and you were asked for nats."),
            Wrong(float(np.exp(-value)), "That is the probability after clipping. Take minus its logarithm."),
        ),
        page="numerics",
        values={"far": str(z), "y": "y = 1", "format": "float64", "hold": CLIPS[clip], "measure": "the loss"},
        unit=Unit.NATS,
    )


CHECKS: Final[tuple[Check, ...]] = (
    Pick(
        "infinite_power",
        "A program computes the softmax of (1000, 0) as e^z divided by the sum of both powers, in float64. What is its "
        "first probability?",
        right="nan",
        because="e^1000 overflows to ∞, the sum is ∞ as well, and ∞/∞ is nan.",
        wrong={
            "1": "That is the right answer, and what the program gives once it subtracts the maximum first.",
            "∞": "The power is ∞, but it is then divided by a sum that is ∞, too.",
            "0": "That is the second probability: 1/∞ is 0.",
        },
    ),
    Pick(
        "after_the_shift",
        "In float32, the maximum is subtracted from the logits (200, 0), softmax is computed, and then −ln of its "
        "second probability. What comes out?",
        right="∞, because the small probability underflows",
        because="e^−200 is about 10⁻⁸⁷, far below the smallest float32, so it is stored as 0, and −ln 0 is ∞.",
        wrong={
            "200, because nothing overflows any more": "Nothing overflows, but the second probability underflows to 0. "
            "In logs the answer would be 200.",
            "nan, because ∞ is divided by ∞": "That happens without the shift. With it, the largest power is 1.",
            "0, because the probability is rounded": "The probability is rounded to 0. Minus its logarithm is not 0.",
        },
    ),
    Compute("capped", Kind("The loss from a clipped probability", "clipping", ENGINEER, _capped)),
)
