"""The questions on the lesson Choose the loss."""

from typing import Final

import numpy as np

from xent_core import Unit, surprise
from xent_ui.self_test.questions.check import Check, Compute, Pick
from xent_ui.self_test.questions.interview import ENGINEER
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong
from xent_ui.views.choose_the_loss import least, n_classes


def _twice(rng: np.random.Generator) -> Draft:
    k = int(rng.choice(n_classes.every_value))
    value, p = least("twice", k), np.e / (np.e + k - 1)
    return Draft(
        asks=f"A program applies softmax and then a cross-entropy loss that applies softmax again. There are {k} "
        "exclusive classes. How low can its loss get, in nats?",
        answer=value,
        because=f"At best the second softmax sees a 1 and {k - 1} zeros. It makes e/(e + {k - 1}) of the 1, and the "
        "loss is minus the logarithm of that.",
        wrong=(
            Wrong(float(surprise(1 / k).value), f"That is ln {k}, the loss of an untrained model."),
            Wrong(0.0, "That is the limit of the right pairing. The second softmax never gives a class all of 1."),
            Wrong(float(p), "That is the largest probability the second softmax gives. Take minus its logarithm."),
            Wrong(value / np.log(2), "That is the answer in bits, and you were asked for nats."),
            Wrong(float(np.log(np.e + k - 1)), "That is the loss if the 1 stands on a wrong class."),
        ),
        page="choose_the_loss",
        values={"pairing": "softmax twice", "of": str(k), "lead": "10"},
        unit=Unit.NATS,
    )


CHECKS: Final[tuple[Check, ...]] = (
    Pick(
        "several_true",
        "A news article can be about politics, money and sports at the same time, or about none of them. Which pairing "
        "fits?",
        right="A sigmoid for each topic, and a binary cross-entropy for each",
        because="Each topic is a yes-or-no question of its own, and any number of the answers can be yes.",
        wrong={
            "One softmax over the topics, and categorical cross-entropy": "The probabilities of a softmax sum to 1, so "
            "two topics could not both be likely, and “none of them” could not be said.",
            "One sigmoid for all topics, and a single binary cross-entropy": "One sigmoid answers a single yes-or-no "
            "question, and there are three.",
            "A sigmoid for each topic, and categorical cross-entropy": "Categorical cross-entropy has a term only "
            "where a label is 1, so nothing would hold the other sigmoids down.",
        },
    ),
    Pick(
        "numbers_or_rows",
        "The labels of a classifier with 1,000 exclusive classes are class numbers such as 417. Which loss takes them?",
        right="Sparse categorical cross-entropy",
        because="It takes the number of the right class, and the result is that of categorical cross-entropy with a "
        "one-hot row.",
        wrong={
            "Categorical cross-entropy": "It takes one row of 1,000 numbers per example, so these labels must be made "
            "one-hot first.",
            "Binary cross-entropy for each class": "Exclusive classes share one softmax; with a sigmoid each, the "
            "probabilities need not sum to 1.",
            "Any of them, as the labels mean the same": "They mean the same, but a function that expects rows either "
            "stops with an error or reads the numbers as something else.",
        },
    ),
    Compute("floor_of_twice", Kind("The floor of softmax twice", "stability", ENGINEER, _twice)),
)
