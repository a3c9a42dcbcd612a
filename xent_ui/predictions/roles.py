"""What the columns of a learner's file are, and words that errors about them share."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from xent_ui.predictions import columns as named
from xent_ui.predictions.bad_file import Offer
from xent_ui.predictions.facts import Facts
from xent_ui.style.words import listed, quoted

MOST_CLASSES: Final = 1_000
NAMELESS: Final = re.compile(r"column \d+")  # what a column without a name is called
LABEL_CONTROL: Final = "“Column with the true label”"
PREDICTIONS_CONTROL: Final = "“Columns with the predictions”"


@dataclass
class Roles:
    """What the columns of a file are.

    label     the name of the column with the labels, or of the first of several
    columns   the columns with predictions, one for each class or the only one
    classes   the names of the classes; of two if there is one column
    labels    (n,)  the index of each label, −1 if it is no class
    truth     (n, K)  whether each class is true of each row, where several may be; otherwise None
    left_out  why each other column is no prediction
    said      sentences about labels and classes
    offers    what can be said about labels that are no class
    """

    label: str
    columns: tuple[str, ...]
    classes: tuple[str, ...]
    labels: np.ndarray
    truth: np.ndarray | None = None
    left_out: dict[str, str] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    offers: tuple[Offer, ...] = ()

    @property
    def is_binary(self) -> bool:
        """Whether one column gives the probability of one of two classes."""
        return len(self.columns) == 1 and self.truth is None


def may_be_prediction(facts: Facts, name: str, values: Sequence[str], label: str) -> bool:
    """Return whether a column that is not called like a class may yet hold predictions."""
    if named.is_other(name) or name.startswith("column ") and facts.reason(name, values) == "row numbers":
        return False
    if not facts.is_numeric(name):
        return named.normal(name) in named.OF_CLASS_1[:20] and not facts.is_decision(name, values)
    return not facts.is_decision(name, values)


def left_out(facts: Facts, taken: Sequence[str], labels: Sequence[str]) -> dict[str, str]:
    """Return why each column is left out.

    taken   the columns that are not: those with labels and predictions
    labels  the labels
    """
    return {name: facts.reason(name, labels) for name in facts.names if name not in taken}


def listed_names(names: Sequence[str]) -> str:
    """Return names of columns or labels in a row of words."""
    return listed([quoted(name, 24) for name in names], most=4)
