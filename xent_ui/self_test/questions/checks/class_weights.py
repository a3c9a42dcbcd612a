"""The questions on the lesson Class weights."""

from typing import Final

import numpy as np

from xent_core.reweighting import reweighted
from xent_ui.self_test.questions.check import Check, Compute, Pick
from xent_ui.self_test.questions.interview import ENGINEER
from xent_ui.self_test.questions.problems import Draft, Kind, Wrong
from xent_ui.style.numbers import percent


def _undo_a_weight(rng: np.random.Generator) -> Draft:
    t, w = int(rng.integers(2, 51)) / 100, float(rng.choice([2, 4, 9, 24]))
    said = float(reweighted(t, w))
    return Draft(
        asks=f"A model was trained to its optimum with a weight of {w:g} on the positive class. It says "
        f"{percent(said, 4)}. What is the true probability?",
        answer=t,
        because="Its odds are the true odds times the weight: divide them by the weight, and turn them back into a "
        "probability.",
        wrong=(
            Wrong(said, "That is what the weighted model says. The weight is still in it."),
            Wrong(said / w, "You divided the probability by the weight. It is the odds that must be divided."),
            Wrong(float(reweighted(said, w)), "You multiplied the odds by the weight once more. Divide them."),
            Wrong(t / (1 - t), "Those are the true odds. Turn them into a probability."),
            Wrong(1 - t, "That is the probability of the negative class."),
        ),
        page="class_weights",
        values={"chance": f"{t:g}", "pos_weight": f"{w:g}", "undo": "true"},
        seen=percent(t),
    )


CHECKS: Final[tuple[Check, ...]] = (
    Pick(
        "line",
        "You give the rare positive class a larger weight than before. What happens to recall and precision?",
        right="Recall rises and precision falls.",
        because="The line moves toward the common class: the model finds more positives and alarms more negatives.",
        wrong={
            "Both rise, because the model learns the rare class better.": "The two groups overlap as before. A weight "
            "only moves the line between them.",
            "Recall falls and precision rises.": "That is what a smaller weight on the positive class does.",
            "Neither changes; only the probabilities do.": "The probabilities of the positive class rise, so more "
            "examples cross the threshold of ½.",
        },
    ),
    Pick(
        "library",
        "Which of these gives the positive class in PyTorch a weight of 9?",
        right="`BCEWithLogitsLoss(pos_weight=torch.tensor(9.0))`",
        because="`pos_weight` multiplies the term of the positive class; the negative class keeps the weight 1.",
        wrong={
            "`BCELoss(weight=torch.tensor(9.0))`": "This argument is a weight for each example. A single one "
            "multiplies the loss of both classes, which changes nothing in their ratio.",
            "`CrossEntropyLoss(weight=torch.tensor([9.0, 1.0]))`": "The weights are in the order of the classes, so "
            "this one gives 9 to class 0, the negative one.",
            "`BCEWithLogitsLoss(weight=torch.tensor(9.0))`": "Here, too, `weight` is a weight for each example. The "
            "one for the positive class is `pos_weight`.",
        },
    ),
    Compute("undo", Kind("Undo a class weight", "weights", ENGINEER, _undo_a_weight)),
)
