"""What a learner can say about a file of predictions."""

from typing import Literal, NamedTuple

Written = Literal["probabilities", "percent", "logits", "logarithms"]  # what the numbers of a file are


class Choice(NamedTuple):
    """What the learner says about a file; what is None is told from the file.

    label      the column with the labels
    columns    the columns with predictions: one for class 1, or one for each class
    scale      whether the numbers are probabilities, percentages or logits
    normalize  whether to divide each row by its sum
    leave_out  whether to leave out rows that cannot be read
    header     whether the first row names the columns
    positive   the label that a single column of predictions is about
    numbering  the label that stands for the first class, where labels number the columns
    exclusive  whether exactly one label is true of a row, where each has a column of 0 and 1
    """

    label: str | None = None
    columns: tuple[str, ...] | None = None
    scale: Written | None = None
    normalize: bool = False
    leave_out: bool = False
    header: bool | None = None
    positive: str | None = None
    numbering: int | None = None
    exclusive: bool | None = None
