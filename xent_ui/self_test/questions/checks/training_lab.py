"""The questions on the lesson Training lab."""

from typing import Final

import numpy as np

from xent_core import Unit, surprise
from xent_ui.self_test.questions.check import Check, Compute, Pick
from xent_ui.self_test.questions.interview import SCREEN
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong
from xent_ui.style.numbers import exact_text


def _mean_of_five(rng: np.random.Generator) -> Draft:
    probs = np.round(rng.choice(np.arange(2, 20) * 5, 5) / 100, 2)
    nats = surprise(probs).value
    mean = float(nats.mean())
    return Draft(
        asks="Five forecasts gave what then happened the probabilities "
        f"{', '.join(exact_text(float(p)) for p in probs[:4])} and {exact_text(float(probs[4]))}. What is their mean "
        "loss, in nats?",
        answer=mean,
        because="It is the mean of the five values of −ln p.",
        wrong=(
            Wrong(float(nats.sum()), "That is the sum of the five losses. Divide it by 5."),
            Wrong(
                float(surprise(probs.mean()).value),
                "That is the loss of the mean probability. Take the logarithm of each first, then the mean.",
            ),
            Wrong(float(Unit.BITS.of(mean)), "That is the mean in bits. A nat is 1.4427 bits."),
            Wrong(float(1 - probs.mean()), "That is the mean of 1 − p, not of −ln p."),
            Wrong(float(nats.max()), "That is the largest of the five losses alone."),
        ),
        page="training_lab",
        values={f"f{i}": f"{p:g}" for i, p in enumerate(probs, 1)},
        unit=Unit.NATS,
    )


CHECKS: Final[tuple[Check, ...]] = (
    Pick(
        "same_accuracy",
        "On the same unseen examples models A and B both get 90 % right. The log loss is 0.25 nats for A and 0.90 for "
        "B. What follows?",
        right="The probabilities of A are the better ones.",
        because="Log loss rates how much probability the right answers got, and accuracy only the verdicts.",
        wrong={
            "B gets more answers wrong than A does.": "Both get 90 % right, so they get equally many wrong. What "
            "differs is how sure the models were.",
            "One of the numbers must be a mistake.": "A few confident mistakes are enough to raise the loss, and the "
            "accuracy does not notice how confident they were.",
            "B was trained with squared error.": "The loss that is measured does not tell which one was minimized; "
            "either can be measured for any model.",
        },
    ),
    Pick(
        "overfitting",
        "A network's loss keeps falling on the examples that it learns from, and starts to rise on unseen ones. What "
        "is happening?",
        right="It learns accidents of its examples.",
        because="That is overfitting: what it learns last is true of its own examples only.",
        wrong={
            "The learning rate is far too small.": "Then the loss would fall slowly, and on both kinds of examples.",
            "The gradient has become almost 0.": "Then the loss would stand still on its own examples, too. It falls, "
            "so training still moves the parameters.",
            "Its accuracy on unseen ones must fall, too.": "It may, but it need not: loss and accuracy can both rise "
            "when a few answers become confidently wrong.",
        },
    ),
    Compute("mean_of_five", Kind("The mean loss of five forecasts", "metrics", SCREEN, _mean_of_five)),
)
