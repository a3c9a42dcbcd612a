"""What the table of files is made of: predictions, their losses by plain arithmetic, and what may come of a file.

Nothing here calls the course: the right number is computed from the arrays that are written into the file.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from math import exp, fsum, log, log1p
from typing import Any, NamedTuple


class Read(NamedTuple):
    """A file that is clear to a person: its log loss, what the reading must say, and columns that it leaves out."""

    name: str
    tool: str
    data: bytes
    log_loss: float
    says: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


class Asked(NamedTuple):
    """A file with more than one plausible reading.

    says      patterns that the question must contain
    losses    the log losses that its offers must lead to
    also      log losses that they may lead to; any other is a wrong number
    """

    name: str
    tool: str
    data: bytes
    says: tuple[str, ...]
    losses: tuple[float, ...]
    also: tuple[float, ...] = ()


class Refused(NamedTuple):
    """A file that cannot be scored: patterns that the sentence must contain, and log losses that offers may lead to."""

    name: str
    tool: str
    data: bytes
    says: tuple[str, ...]
    also: tuple[float, ...] = ()


ToolFile = Read | Asked | Refused

# Three classes. The fourth row is predicted wrongly, so that predicted classes are not the labels.
CLASSES = ("cat", "dog", "fox")
LABELS = (0, 1, 2, 1, 1, 2, 0)
NAMES = tuple(CLASSES[label] for label in LABELS)
PROBS = (
    (0.7013, 0.2104, 0.0883),
    (0.1327, 0.6402, 0.2271),
    (0.0519, 0.3188, 0.6293),
    (0.4416, 0.3905, 0.1679),
    (0.2852, 0.5237, 0.1911),
    (0.1764, 0.2093, 0.6143),
    (0.8271, 0.0946, 0.0783),
)
PREDICTED = tuple(CLASSES[row.index(max(row))] for row in PROBS)
LOGITS = (
    (2.137, -0.418, 0.302),
    (-1.264, 1.873, 0.155),
    (-0.731, 0.214, 1.496),
    (0.883, 0.517, -0.926),
    (-0.345, 1.108, -0.287),
    (0.061, -0.672, 2.318),
    (1.749, -1.053, -0.594),
)

# Two classes. The third and fifth rows are predicted wrongly at a threshold of 1/2.
TRUTH = (1, 0, 1, 1, 0, 0, 1)
P = (0.9137, 0.2284, 0.3459, 0.6671, 0.8105, 0.0743, 0.7318)
PAIRS = tuple((round(1 - p, 4), p) for p in P)
Z = (2.361, -1.217, -0.637, 0.695, 1.453, -2.522, 1.004)
THRESHOLDED = tuple(int(p > 0.5) for p in P)

# Three tags, of which a row may have several or none.
TAGS = ("rain", "wind", "snow")
GIVEN = ((1, 1, 0), (0, 1, 0), (0, 0, 0), (1, 0, 1), (1, 1, 1), (0, 0, 1))
TAG_PROBS = (
    (0.8132, 0.6217, 0.0419),
    (0.2745, 0.7381, 0.1126),
    (0.1093, 0.3574, 0.0867),
    (0.6658, 0.2239, 0.7914),
    (0.9127, 0.5483, 0.4361),
    (0.0752, 0.1948, 0.8806),
)
TAG_LOGITS = (
    (1.471, 0.497, -3.128),
    (-0.972, 1.036, -2.064),
    (-2.098, -0.587, -2.357),
    (0.689, -1.243, 1.333),
    (2.346, 0.194, -0.257),
    (-2.509, -1.419, 1.998),
)


def nll(probs: Iterable[Sequence[float]], labels: Sequence[int] = LABELS) -> float:
    """Return the mean of −log p of the label."""
    return fsum(-log(row[label]) for row, label in zip(probs, labels, strict=True)) / len(labels)


def nll_of_logits(logits: Iterable[Sequence[float]], labels: Sequence[int] = LABELS) -> float:
    """Return the mean of −log softmax(z) of the label."""
    return fsum(log(fsum(map(exp, z))) - z[label] for z, label in zip(logits, labels, strict=True)) / len(labels)


def bce(probs: Iterable[float], truth: Sequence[int] = TRUTH) -> float:
    """Return the mean of −log p where the truth is 1, and of −log(1 − p) where it is 0."""
    return fsum(-log(p if is_true else 1 - p) for p, is_true in zip(probs, truth, strict=True)) / len(truth)


def bce_of_logits(logits: Iterable[float], truth: Sequence[int] = TRUTH) -> float:
    """Return the mean of log(1 + exp(−z)) where the truth is 1, and of log(1 + exp(z)) where it is 0."""
    return fsum(log1p(exp(-z if is_true else z)) for z, is_true in zip(logits, truth, strict=True)) / len(truth)


def normalized(rows: Iterable[Sequence[float]]) -> list[list[float]]:
    """Return each row divided by its sum."""
    return [[value / fsum(row) for value in row] for row in rows]


def cells(rows: Iterable[Sequence[float]]) -> list:
    """Return all cells, row by row."""
    return [cell for row in rows for cell in row]


LOSS = nll(PROBS)
LOSS_OF_LOGITS = nll_of_logits(LOGITS)
BINARY_LOSS = bce(P)
BINARY_LOSS_OF_LOGITS = bce_of_logits(Z)
TAG_LOSS = bce(cells(TAG_PROBS), cells(GIVEN))
TAG_LOSS_OF_LOGITS = bce_of_logits(cells(TAG_LOGITS), cells(GIVEN))


def beside(*columns: Iterable) -> list[list]:
    """Return the rows of a table whose columns are given; a column of tuples is several columns."""
    return [
        [value for cell in row for value in (cell if isinstance(cell, tuple | list) else [cell])]
        for row in zip(*columns, strict=True)
    ]


def written(header: Sequence[str] | str, *columns: Iterable, comma: bool = False, **dialect: Any) -> str:
    """Return the text that Python's csv module writes; with decimal commas if wanted."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, **{"lineterminator": "\n"} | dialect)
    if header:
        writer.writerow(header.split(",") if isinstance(header, str) else header)
    writer.writerows(
        [str(cell).replace(".", ",") if comma and isinstance(cell, float) else cell for cell in row]
        for row in beside(*columns)
    )
    return sheet.getvalue()


def table(header: Sequence[str] | str, *columns: Iterable, **dialect: Any) -> bytes:
    """Return the same in UTF-8."""
    return written(header, *columns, **dialect).encode()
