"""The questions on the lesson Focal loss."""

from typing import Final

import numpy as np

from xent_core import Unit, sigmoid_focal_loss
from xent_core.reweighting import log_odds
from xent_ui.self_test.questions.check import Check, Compute, Pick
from xent_ui.self_test.questions.interview import ENGINEER
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong
from xent_ui.style.numbers import exact_text, text


def _loss_of_one_example(rng: np.random.Generator) -> Draft:
    p, gamma = int(rng.integers(5, 91)) / 100, float(rng.integers(1, 4))
    focal, plain = (float(sigmoid_focal_loss(log_odds(p), 1, gamma=each).value) for each in (gamma, 0.0))
    return Draft(
        asks=f"A model gives the right answer the probability p = {exact_text(p)}. What is the focal loss with "
        f"γ = {gamma:g}, without α, in nats?",
        answer=focal,
        because=f"It is (1 − p)^γ · (−ln p) = {text((1 - p) ** gamma)} × {text(plain)}.",
        wrong=(
            Wrong(plain, "That is cross-entropy, which is the case γ = 0. Multiply it by (1 − p)^γ."),
            Wrong(p**gamma * plain, "You multiplied by p^γ, which would shrink the hard examples. It is (1 − p)^γ."),
            Wrong((1 - p) ** gamma, "That is the factor alone. Multiply it by the cross-entropy, −ln p."),
            Wrong(gamma * (1 - p) * plain, "γ is an exponent, not a factor."),
            Wrong(float(Unit.BITS.of(focal)), "That is the answer in bits. Take the natural logarithm."),
        ),
        page="focal_loss",
        values={"pt": f"{p:g}", "gamma": f"{gamma:g}"},
        unit=Unit.NATS,
        seen=f"focal loss is {text(focal)} nats",
    )


CHECKS: Final[tuple[Check, ...]] = (
    Pick(
        "alpha",
        "In a detector with focal loss, γ = 2 and α = 0.25. Which class does α multiply, and why is it below ½?",
        right="The rare class; focusing alone already favors it.",
        because="Focusing takes nearly all weight from the easy background, so α and γ are chosen together.",
        wrong={
            "The common class; it needs the smaller weight.": "The common class, background, is multiplied by 1 − α, "
            "which is 0.75 here.",
            "Both classes; it makes the whole loss smaller.": "Each class has its own weight: α for the object and "
            "1 − α for the background.",
            "The rare class; objects should count less than background.": "The aim is the opposite. With γ = 2, the "
            "object has nearly all of the loss in spite of α = 0.25.",
        },
    ),
    Pick(
        "proper",
        "A model is trained to its optimum with focal loss, γ = 2. What does it say for cases of which 80 % are "
        "positive?",
        right="Less than 80 %, but more than 50 %.",
        because="Focal loss is not a proper score: its best report is less sure than the true probability.",
        wrong={
            "Exactly 80 %, as with cross-entropy.": "That would make focal loss a proper score. The lowest point of "
            "its expected loss lies closer to ½.",
            "More than 80 %, since hard cases count for more.": "The factor makes sure answers count for less, so "
            "there is less to gain by being sure.",
            "Less than 50 %, so that the order of cases changes.": "The best report stays on the side of the truth, "
            "and a higher true probability still gets a higher report.",
        },
    ),
    Compute("loss", Kind("Focal loss of one example", "focal", ENGINEER, _loss_of_one_example)),
)
