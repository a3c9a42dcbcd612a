"""The questions on the lesson Label smoothing."""

from typing import Final

import numpy as np

from xent_core import one_hot, smooth_labels
from xent_ui.self_test.questions.check import Check, Compute, Pick
from xent_ui.self_test.questions.interview import ENGINEER
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong
from xent_ui.style.numbers import plain


def _best_lead(rng: np.random.Generator) -> Draft:
    eps, k = int(rng.integers(1, 13)) * 5 / 100, int(rng.choice([2, 3, 4, 5, 10, 20]))
    target = smooth_labels(one_hot(0, k), eps)
    right, other = float(target[0]), float(target[1])
    best = float(np.log(right / other))
    return Draft(
        asks=f"Labels of {k} classes are smoothed with ε = {plain(eps)}, which is spread over all {k} classes. In the "
        "best answer all wrong classes have the same logit. By how much does the logit of the right class exceed it?",
        answer=best,
        because=f"The targets are {plain(right)} and {plain(other)}. Softmax reaches them when the logits differ by "
        "the logarithm of their ratio.",
        wrong=(
            Wrong(right / other, "That is the ratio of the two targets. The logits differ by its logarithm."),
            Wrong(
                float(np.log((1 - eps) / other)),
                "You took 1 − ε for the target of the right class, which gets its share of ε back.",
            ),
            Wrong(float(np.log2(right / other)), "That is the logarithm in base 2. Softmax uses powers of e."),
            Wrong(float(np.log(right / (1 - right))), "That is the log-odds of the right class, against all others."),
            Wrong(right - other, "That is the difference of the targets. Softmax compares their logarithms."),
            Wrong(float(np.log((1 - eps) / eps)), "That is ln((1 − ε)/ε), which forgets that ε is spread evenly."),
        ),
        page="label_smoothing",
        values={"eps": plain(eps), "classes": str(k)},
    )


CHECKS: Final[tuple[Check, ...]] = (
    Pick(
        "stops_above_zero",
        "A network is trained with smoothed labels. Its training loss stops falling well above 0. What is the first "
        "thing to compare it with?",
        right="The entropy of the smoothed labels",
        because="No model can reach a lower loss than that, so the training may be finished.",
        wrong={
            "0, the loss of a perfect model": "That is the lowest loss for hard labels that leave no doubt. A smoothed "
            "label has an entropy above 0, which no model can go below.",
            "ln K, the loss of a model that knows nothing": "A model at ln K has learned nothing, but a loss well "
            "above 0 can also be the best that smoothed labels allow.",
            "ε, the share that is spread over all classes": "ε is a share of the label, not a number of nats, and no "
            "loss has to stop there.",
        },
    ),
    Pick(
        "hard_floor",
        "Every label is hard, but equal examples do not always have the same label. What is the lowest mean loss that "
        "a model can reach on new examples?",
        right="The conditional entropy H(Y | X)",
        because="The best model gives each label its true probability, and what is left is the doubt about the label "
        "when the example is known.",
        wrong={
            "0, because a hard label has an entropy of 0": "Each single label has. But the model must give one answer "
            "to equal examples that have different labels, so it cannot be certain and right every time.",
            "The entropy H(Y) of the labels alone": "That is the lowest loss without looking at the examples. They "
            "tell the model something, so it can do better.",
            "The entropy of the smoothed labels": "No label is smoothed here, so nothing about ε limits the loss.",
        },
    ),
    Compute("best_lead", Kind("The best lead under label smoothing", "smoothing", ENGINEER, _best_lead)),
)
