"""The questions on the lesson Your predictions."""

from typing import Final

import numpy as np

from xent_core import Unit, surprise
from xent_ui.self_test.questions.check import Check, Compute, Pick
from xent_ui.self_test.questions.interview import SCREEN
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong
from xent_ui.style.numbers import exact_text


def _mean_of_four(rng: np.random.Generator) -> Draft:
    sure, wrong = (round(float(p), 2) for p in (rng.integers(85, 100) / 100, rng.integers(1, 16) / 100))
    rows = np.array([sure, sure, sure, wrong])
    losses = surprise(rows).value
    value = float(losses.mean())
    return Draft(
        asks=f"A model gives the true class {exact_text(sure)} in three rows and {exact_text(wrong)} in a fourth. "
        "What is its log loss over the four rows, in nats?",
        answer=value,
        because="The log loss is the mean of −ln of the four probabilities.",
        wrong=(
            Wrong(
                float(surprise(rows.mean()).value),
                "You averaged the probabilities. It is the losses that are averaged.",
            ),
            Wrong(float(losses.sum()), "That is the sum of the four losses. The log loss is their mean."),
            Wrong(float(losses[3]), "That is the loss of the worst row alone."),
            Wrong(float(1 - rows.mean()), "That is 1 minus the mean probability. The loss of a row is −ln of it."),
        ),
        unit=Unit.NATS,
    )


CHECKS: Final[tuple[Check, ...]] = (
    Compute("four_rows", Kind("Log loss of four rows", "likelihood", SCREEN, _mean_of_four)),
    Pick(
        "worse_than_shares",
        "On balanced data of two classes, a model has a log loss of 0.9 nats and an accuracy of 80 %. What does that "
        "tell you?",
        right="Its probabilities are worse than answering 50 % each time, though its decisions are good.",
        because="Answering 50 % costs ln 2 = 0.693 nats. A loss of 0.9 with 80 % right comes from confident mistakes.",
        wrong={
            "Nothing is wrong: a model with an accuracy of 80 % has a good log loss.": "Accuracy looks only at which "
            "side of ½ a probability is on. The loss looks at the probability itself.",
            "The accuracy must have been computed wrongly, since the two cannot both be true.": "They can: 20 % "
            "confident mistakes at 5 nats each cost 1 nat on average.",
            "Its threshold is wrong, and another one would lower the log loss.": "A threshold changes decisions. The "
            "log loss has no threshold in it.",
        },
    ),
    Pick(
        "where_to_fit",
        "Why is the temperature fitted on one half of the rows and judged on the other?",
        right="A number always suits the rows that it was fitted on.",
        because="Only rows that it was not fitted on show what it does to new rows.",
        wrong={
            "Half of the rows are enough, which saves time.": "Fitting takes a moment. Judged on the same rows, the "
            "temperature would look better than it is.",
            "The two halves need temperatures of their own.": "There is one temperature. The second half only judges "
            "it.",
            "The classes must be balanced before fitting.": "The halves are random; nothing is balanced.",
        },
    ),
)
