"""Read a learner's predictions from a CSV file.

Nothing is guessed: a file that breaks a rule raises ``BadFile``, with row, column and rule, and with settings that the
learner can choose to have it read anyway.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, NamedTuple

import numpy as np
import pandas as pd

from xent_ui.experiments.prediction_scores import Predictions, Scale
from xent_ui.predictions import csv_table
from xent_ui.predictions.csv_table import BadFile
from xent_ui.style.words import quoted

MOST_CLASSES: Final = 1_000
SUM_TOLERANCE: Final = 1e-4  # probabilities are often written with few digits
LABEL_NAMES: Final = ("label", "y")
NO_VALUE: Final = ("nan", "na", "n/a", "null", "none", "#n/a", "-", "?")


class Choice(NamedTuple):
    """How to read a file.

    label      the column with the labels
    columns    one column with the probability of class 1, or one column per class, named like the labels
    scale      whether the numbers are probabilities or logits
    normalize  whether to divide each row by its sum
    leave_out  whether to leave out rows that cannot be read
    prefix     what to remove from the beginning of the column names
    """

    label: str
    columns: tuple[str, ...]
    scale: Scale = "probabilities"
    normalize: bool = False
    leave_out: bool = False
    prefix: str = ""


def suggest(names: Sequence[str]) -> Choice | None:
    """Return how to read a file with these columns; None if no column is called label or y.

    >>> suggest(["y", "p"])
    Choice(label='y', columns=('p',), scale='probabilities', normalize=False, leave_out=False, prefix='')
    >>> suggest(["label", "cat", "dog"]).columns, suggest(["a", "b"])
    (('cat', 'dog'), None)
    """
    label = next((name for called in LABEL_NAMES for name in names if name.casefold() == called), None)
    if label is None:
        return None
    others = tuple(name for name in names if name != label)
    return Choice(label, ("p",) if label == "y" and "p" in others else others)


def read(data: bytes, choice: Choice | None = None) -> Predictions:
    """Return the predictions in a file.

    data    the bytes of the file
    choice  how to read it; as suggested by default
    Raises  BadFile  the file breaks a rule
    """
    names = csv_table.header(data)
    choice = choice or suggest(names)
    if choice is None:
        raise BadFile("no column is called label or y. Choose the one that says what is true.", row=1)
    _must_fit(names, choice)
    table = _Table(csv_table.table(data, names, text=choice.label), choice)
    n = len(table.frame)
    if n < 2:
        raise BadFile(f"there must be at least two rows to score, one to fit on and one to judge on; got {n}.", row=2)
    is_good = np.ones(n, dtype=bool)
    for error, broken in table.broken_rules():
        is_good &= ~broken
        if not choice.leave_out or is_good.sum() < 2:  # too few rows would be left to score
            raise error
    return table.predictions(is_good)


def common_prefix(names: Sequence[str], labels: Sequence[str]) -> str:
    """Return the prefix that all names share, if the labels are the names without it; else an empty text.

    >>> common_prefix(["p_cat", "p_dog"], ["dog", "cat"]), common_prefix(["cat", "dog"], ["fox"])
    ('p_', '')
    """
    shortest = min(names, key=len)
    for length in range(len(shortest) - 1, 0, -1):
        prefix = shortest[:length]
        if all(name.startswith(prefix) for name in names) and set(labels) <= {name[length:] for name in names}:
            return prefix
    return ""


def offered_prefix(data: bytes, choice: Choice) -> str:
    """Return the prefix that all column names of a file share, if the labels do not have it; else an empty text."""
    frame = csv_table.table(data, csv_table.header(data), text=choice.label)
    return common_prefix(choice.columns, frame[choice.label].fillna("").str.strip().unique())


def _must_fit(names: Sequence[str], choice: Choice) -> None:
    for name in (choice.label, *choice.columns):
        if name not in names:
            raise BadFile("there is no such column.", row=1, column=name)
    if choice.label in choice.columns:
        raise BadFile("a column cannot be label and prediction at once.", row=1, column=choice.label)
    if not choice.columns:
        raise BadFile("at least one column must hold predictions.", row=1)
    if len(choice.columns) > MOST_CLASSES:
        raise BadFile(f"at most {MOST_CLASSES:,} classes can be scored, got {len(choice.columns):,}.", row=1)


class _Table:
    """The rows of a file, read according to a choice, and the rules that they must follow."""

    def __init__(self, frame: pd.DataFrame, choice: Choice):
        self.frame, self.choice = frame, choice
        self.columns = list(choice.columns)
        self.is_binary = len(self.columns) == 1
        self.numbers = np.column_stack([_numbers(frame[name]) for name in self.columns])
        self.written = frame[choice.label].fillna("").str.strip()
        self.classes = (
            ("0", "1") if self.is_binary else tuple(name.removeprefix(choice.prefix) for name in self.columns)
        )
        self.labels = self._labels()

    def _labels(self) -> np.ndarray:
        """Return the index of each label among the classes; −1 if it is none of them."""
        index = pd.Index(self.classes)
        if not index.is_unique:
            raise BadFile("two columns would have one name.", row=1, column=self.classes[0])
        written = self.written.replace({"0.0": "0", "1.0": "1"}) if self.is_binary else self.written
        return np.asarray(index.get_indexer(pd.Index(written)))

    def predictions(self, is_good: np.ndarray) -> Predictions:
        """Return the predictions in the good rows."""
        scores = self.numbers[is_good]
        if self.choice.normalize:
            scores = scores / scores.sum(axis=1, keepdims=True)
        return Predictions(
            rows=self.frame.index.to_numpy()[is_good],
            labels=self.labels[is_good],
            classes=self.classes,
            scores=scores[:, 0] if self.is_binary else scores,
            scale=self.choice.scale,
            left_out=int((~is_good).sum()),
        )

    def broken_rules(self) -> Iterator[tuple[BadFile, np.ndarray]]:
        """Yield for each broken rule an error that names the first row, and which rows break it, (n,) of bool."""
        for broken, rule, offers in self._rules():
            is_broken = np.asarray(broken.any(axis=1))
            if is_broken.any():
                first = int(is_broken.argmax())
                yield self._error(broken, first, rule, offers, int(is_broken.sum())), is_broken

    def _error(self, broken: np.ndarray, row: int, rule: Any, offers: Sequence[str], rows: int) -> BadFile:
        """Return the error for a row that breaks a rule.

        broken  which cells break it, (n, K); which rows, (n, 1), if the rule is not about single cells
        row     the first row that breaks the rule
        rows    how many rows break it
        """
        offers = [*offers] if self.choice.leave_out else [*offers, "leave_out"]
        row_of_file = int(self.frame.index[row])
        if callable(rule):  # about the label or the whole row
            column, sentence = rule(row)
            return BadFile(sentence, row=row_of_file, column=column, rows=rows, offers=offers)
        column = self.columns[int(broken[row].argmax())]
        cell = self.frame[column].iloc[row]
        return BadFile(_about(cell, rule), row=row_of_file, column=column, rows=rows, offers=offers)

    def _rules(self) -> Iterator[tuple[np.ndarray, str | Callable[[int], tuple[str | None, str]], tuple[str, ...]]]:
        """Yield each rule, most important first: where it is broken, its sentence, and settings that would avoid it."""
        label, numbers, choice = self.choice.label, self.numbers, self.choice
        is_empty = self.frame[[label, *self.columns]].isna().all(axis=1).to_numpy()[:, None]
        unlabeled = (self.written == "").to_numpy()[:, None]
        yield is_empty, lambda row: (None, "the row is empty."), ()
        yield unlabeled & ~is_empty, lambda row: (label, "the label is missing."), ()
        yield np.isnan(numbers) & ~is_empty, "a prediction must be a number", ()
        yield np.isinf(numbers), "a prediction must be a finite number", ()
        prefix = not self.is_binary and not choice.prefix and common_prefix(self.columns, self.written.unique())
        yield (
            (self.labels < 0)[:, None] & ~unlabeled,
            lambda row: (label, self._no_class(row)),
            ("drop_prefix",) if prefix else (),
        )
        if choice.scale == "logits":
            return
        if choice.normalize:
            yield numbers < 0, "what is normalized must not be negative", ("logits",)
        else:
            divide = not self.is_binary and not (numbers < 0).any()
            yield (
                (numbers < 0) | (numbers > 1),
                "a probability must be in [0, 1]",
                ("logits", "normalize") if divide else ("logits",),
            )
        if not self.is_binary:
            sums = numbers.sum(axis=1)
            wrong = sums <= 0 if choice.normalize else np.abs(sums - 1) > SUM_TOLERANCE
            rule = "what is normalized must have a sum above 0" if choice.normalize else "probabilities must sum to 1"
            yield (
                wrong[:, None],
                lambda row: (None, f"the row's {rule}, got {sums[row]:.6g}."),
                ("logits",) if choice.normalize else ("logits", "normalize"),
            )

    def _no_class(self, row: int) -> str:
        got = quoted(self.written.iloc[row])
        if self.is_binary:
            return f"the label must be 0 or 1, got {got}."
        known = ", ".join(quoted(name, 20) for name in self.classes[:5]) + (", …" if len(self.classes) > 5 else "")
        return f"the label must be the name of a column ({known}), got {got}."


def _numbers(column: pd.Series) -> np.ndarray:
    """Return a column as numbers, with NaN for each cell that is not a number."""
    if column.dtype.kind in "fiu":
        return column.to_numpy(dtype=np.float64)
    text = column.astype("string").str.strip()
    read = pd.to_numeric(text.where(text.str.fullmatch(r"[-+.\deE]+|-?inf").fillna(False)), errors="coerce")
    return read.to_numpy(dtype=np.float64, na_value=np.nan)


def _about(cell: Any, rule: str) -> str:
    """Return a sentence with the rule about a number and what is wrong with this cell."""
    text = "" if pd.isna(cell) else str(cell).strip()
    if not text or text.casefold() in NO_VALUE:
        return "the prediction is missing" + (f": it says {quoted(text)}." if text else ".")
    hint = ""
    if text.startswith(("=", "@", "+")):
        hint = " This is a spreadsheet formula: save values."
    elif text.endswith("%"):
        hint = " Write 50 % as 0.5."
    elif re.fullmatch(r"-?\d*,\d+", text):
        hint = " Write it with a point."
    return f"{rule}, got {quoted(text)}.{hint}"
