"""The questions on the lesson In code."""

from typing import Final

import numpy as np

from xent_core import Unit, sparse_softmax_cross_entropy
from xent_ui.self_test.questions.check import Check, Compute, Pick
from xent_ui.self_test.questions.interview import ENGINEER
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong


def _in_one_step(rng: np.random.Generator) -> Draft:
    high = int(rng.integers(13, 200)) * 10
    low = int(rng.integers(1, high // 10 - 10)) * 10  # at least 110 below, where a softmax in float32 is 0
    value = float(sparse_softmax_cross_entropy(np.array([[high, low]], dtype=float), np.array([1])).value[0])
    return Draft(
        asks=f"CrossEntropyLoss gets the logits ({high}, {low}) and the label 1, so the second class is right. What "
        "does it return, in nats, to three digits?",
        answer=value,
        because=f"The softmax of the second class is about e to the −{high - low}, so its −ln is {high - low}. The "
        "library never computes the softmax itself, which float32 would round to 0.",
        wrong=(
            Wrong(0.0, "That is the loss if the first class is right. Class numbers begin at 0, so 1 is the second."),
            Wrong(float(high), "That is the larger logit. Only the difference of the logits counts."),
            Wrong(-value, "That is the log-probability. The loss is minus that."),
            Wrong(
                100.0, "BCELoss clamps its logarithms at −100. CrossEntropyLoss works with logits and clamps nothing."
            ),
            Wrong(float(high + low), "That is the sum of the logits. Only their difference counts."),
        ),
        unit=Unit.NATS,
    )


CHECKS: Final[tuple[Check, ...]] = (
    Compute("in_one_step", Kind("Loss of two large logits", "stability", ENGINEER, _in_one_step)),
    Pick(
        "which_loss",
        "Your network ends in a linear layer with one output per example, for a yes-or-no question. Which loss fits "
        "in PyTorch?",
        right="BCEWithLogitsLoss",
        because="A linear layer gives a logit, and BCEWithLogitsLoss takes logits, one for each yes-or-no question.",
        wrong={
            "BCELoss": "It takes probabilities. A logit may lie outside 0 to 1, and then it raises an error.",
            "CrossEntropyLoss": "It takes one logit for each class. With a single logit the softmax is always 1 and "
            "the loss 0.",
            "NLLLoss": "It takes log-probabilities, one for each class, not a logit.",
        },
    ),
    Pick(
        "order",
        "Why does log_softmax(z) keep what log(softmax(z)) loses?",
        right="It never forms the small probability, which would be rounded to 0.",
        because="log_softmax(z) = z − logsumexp(z) works with logits all the way, so −200 stays −200.",
        wrong={
            "It computes in a number format with more digits.": "It uses the same format. It orders the steps "
            "differently.",
            "It clips the probabilities before taking the logarithm.": "Nothing is clipped. A clip would lose the "
            "value, too.",
            "It adds a small number to avoid the logarithm of 0.": "Nothing is added. That would change every value a "
            "little.",
        },
    ),
)
