"""The questions on the lesson Softmax cross-entropy."""

from typing import Final

import numpy as np

from xent_core import Unit, softmax, sparse_softmax_cross_entropy, surprise
from xent_ui.self_test.questions.check import Check, Compute, Pick
from xent_ui.self_test.questions.interview import SCREEN
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong
from xent_ui.style.numbers import exact_text

NAMES: Final = ("cat", "dog", "fox")


def _loss_from_logits(rng: np.random.Generator) -> Draft:
    z, y = rng.integers(-6, 7, 3) / 2, int(rng.integers(3))
    p, loss = softmax(z), float(sparse_softmax_cross_entropy(z, y).value)
    others = [name for i, name in enumerate(NAMES) if i != y]
    listed = ", ".join(f"{name} {exact_text(float(each))}" for name, each in zip(NAMES, z, strict=True))
    return Draft(
        asks=f"The logits are {listed}, and it is a {NAMES[y]}. How large is the loss, in nats?",
        answer=loss,
        because=f"Softmax gives {NAMES[y]} the probability {p[y]:.4g}, and the loss is minus its natural logarithm.",
        wrong=(
            Wrong(float(Unit.BITS.of(loss)), "That is the answer in bits. For nats, take the natural logarithm."),
            Wrong(float(p[y]), f"That is the probability of {NAMES[y]}. The loss is minus its natural logarithm."),
            Wrong(-loss, "The logarithm of a probability is negative. The loss is minus that logarithm."),
            Wrong(float(p[y]) - 1, f"That is the slope in the logit of {NAMES[y]}, p − 1, and not the loss."),
            *(
                Wrong(float(surprise(p[NAMES.index(other)]).value), f"That is the loss if it were a {other}.")
                for other in others
            ),
        ),
        page="softmax_cross_entropy",
        values={"logits": "3", "right": NAMES[y]} | {f"z{i}": f"{each:g}" for i, each in enumerate(z, 1)},
        unit=Unit.NATS,
    )


CHECKS: Final[tuple[Check, ...]] = (
    Pick(
        "wrong_class",
        "It is a cat. Softmax gives cat 0.2, dog 0.7 and fox 0.1. What is the slope of the loss in the dog's logit?",
        right="+0.7",
        because="The slope is p − y = 0.7 − 0. Training steps against it, so the dog's logit falls.",
        wrong={
            "0": "The dog's term of the sum is 0, but its logit is in the denominator of the cat's probability.",
            "−0.7": "That has the wrong sign: a higher logit of dog makes the loss of the cat larger.",
            "−0.8": "That is the slope in the cat's logit, 0.2 − 1.",
        },
    ),
    Pick(
        "constant",
        "You add 5 to every logit. What happens to the probabilities?",
        right="They stay the same.",
        because="Every power of e is multiplied by e⁵, and so is their sum, so the factor cancels.",
        wrong={
            "They all grow by the factor e⁵.": "The powers of e do, but so does their sum, by which softmax divides.",
            "The largest one grows, the others shrink.": "That happens when the differences between logits grow, as "
            "with a temperature below 1. A constant leaves them as they are.",
            "They come closer to 1/K each.": "That happens when the differences between logits shrink, as with a "
            "temperature above 1. A constant leaves them as they are.",
        },
    ),
    Compute("loss_from_logits", Kind("Loss from three logits", "logits", SCREEN, _loss_from_logits)),
)
