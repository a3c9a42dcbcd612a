"""Why a file cannot be scored at all: no probability for every class, or labels that are numbers to predict."""

from collections.abc import Sequence
from typing import Final

from xent_ui.predictions import columns as named
from xent_ui.predictions.bad_file import BadFile
from xent_ui.predictions.facts import Facts
from xent_ui.predictions.matching import match
from xent_ui.predictions.roles import LABEL_CONTROL, MOST_CLASSES, PREDICTIONS_CONTROL
from xent_ui.style.words import quoted

MANY: Final = 20  # different whole numbers; labels that number classes rarely have more
EXPORTS: Final = (
    "Write the probability of every class into the file: `model.predict_proba(X)` in scikit-learn and XGBoost, "
    '`logits.softmax(-1)` in PyTorch, `model.predict(x)` in Keras, `predict(model, data, type = "prob")` in R.'
)


def nothing_to_score(facts: Facts, label: str, values: Sequence[str], column: str = "") -> BadFile:
    """Return the error for a file without a probability for every class."""
    others = [name for name in facts.names if name != label]
    decisions = [name for name in others if facts.is_decision(name, values) or name == column]
    confidences = [
        name
        for name in others
        if name not in decisions and facts.is_numeric(name) and not named.is_other(name) and not facts.is_whole(name)
    ]
    if len(values) > 2 and confidences and facts.is_numeric(label) and facts.finite(confidences[0]).max() > 1:
        must_not_be_regression(facts, label, values)
    if len(values) > 2 and confidences:
        return BadFile(
            f"there are {len(values):,} labels and one number per row, {quoted(confidences[0])}. That can only be the "
            "confidence in the class that the model decided for; scoring needs one column for every class. " + EXPORTS,
            column=confidences[0],
        )
    if decisions:
        return BadFile(
            f"it holds only the class that the model decided for, so the probabilities are missing. {EXPORTS}",
            column=decisions[0],
        )
    return BadFile(
        f"no column holds predictions: at least one column must hold probabilities or logits. {EXPORTS} If there is "
        f"one, choose it under {PREDICTIONS_CONTROL}.",
        row=1,
    )


def are_real(facts: Facts, label: str, values: Sequence[str]) -> bool:
    """Return whether the labels are numbers with decimals, or more different whole numbers than classes usually are."""
    if not facts.is_numeric(label):
        return False
    if not facts.is_whole(label):
        return True
    return len(values) > MANY and not match(values, [name for name in facts.names if name != label]).columns


def must_not_be_regression(facts: Facts, label: str, values: Sequence[str]) -> None:
    """Raise BadFile for labels that are numbers to predict, or more classes than can be scored."""
    numbers = facts.finite(label)
    if not facts.is_numeric(label):
        raise BadFile(
            f"there are {len(values):,} different labels; at most {MOST_CLASSES:,} classes can be scored. Choose the "
            f"label under {LABEL_CONTROL}.",
            column=label,
        )
    example = next((value for value in values if not named.canonical(value).lstrip("+-").isdigit()), values[0])
    if not facts.is_whole(label) and numbers.min() >= 0 and numbers.max() <= 1:
        raise BadFile(
            f"it holds fractions such as {quoted(example)}, and scoring needs labels that are certain: 0 or 1, or the "
            f"name of a class. If another column holds the labels, choose it under {LABEL_CONTROL}. If these are "
            "numbers to predict, use squared or absolute error, as in the lesson “The family of losses”.",
            column=label,
        )
    raise BadFile(
        f"it holds numbers to predict, such as {quoted(example)}: this is regression, and cross-entropy scores "
        "probabilities of classes. For numbers, use squared or absolute error, as in the lesson “The family of "
        f"losses”. If another column holds labels, choose it under {LABEL_CONTROL}.",
        column=label,
    )
