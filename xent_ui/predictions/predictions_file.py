"""A learner's predictions, read from a CSV file by rules that are said when they are broken.

Nothing is guessed: what breaks a rule raises ``BadFile`` with row, column and rule, and with what the learner may
choose instead. No Streamlit here.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

import numpy as np
import pandas as pd

from xent_ui.predictions import csv_table
from xent_ui.predictions.csv_table import BadFile, quoted

MOST_CLASSES: Final = 1_000
SUM_TOLERANCE: Final = 1e-4
LABEL_NAMES: Final = ("label", "y")
SAMPLE: Final = Path(__file__).with_name("sample_predictions.csv")
NO_VALUE: Final = ("nan", "na", "n/a", "null", "none", "#n/a", "-", "?")

Scale = Literal["probabilities", "logits"]


class Choice(NamedTuple):
    """How to read a file.

    label      the column that says what is true
    columns    one: the probability of class 1. More: one a class, called as the labels are
    scale      what the numbers are
    normalize  divide each row by its sum
    leave_out  score the rows that can be read, without the others
    prefix     dropped from the names of the columns
    """

    label: str
    columns: tuple[str, ...]
    scale: Scale = "probabilities"
    normalize: bool = False
    leave_out: bool = False
    prefix: str = ""


@dataclass(frozen=True)
class Predictions:
    """What a model said, and what was true.

    rows      (n,)  row of each example in the file
    labels    (n,)  index of the true class
    classes   K names; "0" and "1" for one column
    scores    (n,)  of class 1, or (n, K)
    scale     what the scores are
    left_out  how many rows of the file are missing here
    """

    rows: np.ndarray
    labels: np.ndarray
    classes: tuple[str, ...]
    scores: np.ndarray
    scale: Scale
    left_out: int = 0


def suggest(names: Sequence[str]) -> Choice | None:
    """How a file with these columns would be read; None where no column is called label or y.

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
    """The predictions in a file, or BadFile.

    data    the bytes of the file
    choice  which columns to read, as what; by default as suggested
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
    fine = np.ones(n, dtype=bool)
    for error, rows in table.broken_rules():
        fine &= ~rows
        if not choice.leave_out or fine.sum() < 2:  # without these rows there would be nothing left to score
            raise error
    return table.predictions(fine)


def common_prefix(names: Sequence[str], labels: Sequence[str]) -> str:
    """What all names begin with, if what follows is what the labels say.

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
    """The common beginning of the columns that the labels of a file leave out."""
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
    """The rows of a file in the light of a choice, and the rules that they may break."""

    def __init__(self, frame: pd.DataFrame, choice: Choice):
        self.frame, self.choice = frame, choice
        self.columns = list(choice.columns)
        self.binary = len(self.columns) == 1
        self.numbers = np.column_stack([_numbers(frame[name]) for name in self.columns])
        self.written = frame[choice.label].fillna("").str.strip()
        self.classes = ("0", "1") if self.binary else tuple(name.removeprefix(choice.prefix) for name in self.columns)
        self.labels = self._labels()

    def _labels(self) -> np.ndarray:
        """The index of each label among the classes; −1 where it is none of them."""
        index = pd.Index(self.classes)
        if not index.is_unique:
            raise BadFile("two columns would have one name.", row=1, column=self.classes[0])
        written = self.written.replace({"0.0": "0", "1.0": "1"}) if self.binary else self.written
        return np.asarray(index.get_indexer(pd.Index(written)))

    def predictions(self, fine: np.ndarray) -> Predictions:
        """The rows that are fine."""
        scores = self.numbers[fine]
        if self.choice.normalize:
            scores = scores / scores.sum(axis=1, keepdims=True)
        return Predictions(
            rows=self.frame.index.to_numpy()[fine],
            labels=self.labels[fine],
            classes=self.classes,
            scores=scores[:, 0] if self.binary else scores,
            scale=self.choice.scale,
            left_out=int((~fine).sum()),
        )

    def broken_rules(self) -> Iterator[tuple[BadFile, np.ndarray]]:
        """Each rule that some rows break, as an error that names the first, and all of them, (n,) of bool."""
        for broken, rule, offers in self._rules():
            rows = np.asarray(broken.any(axis=1))
            if rows.any():
                row = int(rows.argmax())
                yield self._error(broken, row, rule, offers, int(rows.sum())), rows

    def _error(self, broken: np.ndarray, row: int, rule: Any, offers: Sequence[str], rows: int) -> BadFile:
        """The error of the first row that breaks a rule; broken is (n, K), or (n, 1) where no number is at fault."""
        offers = [*offers] if self.choice.leave_out else [*offers, "leave_out"]
        where = int(self.frame.index[row])
        if callable(rule):  # about the label or the whole row
            column, said = rule(row)
            return BadFile(said, row=where, column=column, rows=rows, offers=offers)
        column = self.columns[int(broken[row].argmax())]
        cell = self.frame[column].iloc[row]
        return BadFile(_about(cell, rule), row=where, column=column, rows=rows, offers=offers)

    def _rules(self) -> Iterator[tuple[np.ndarray, str | Callable[[int], tuple[str | None, str]], tuple[str, ...]]]:
        """What is broken where, the rule, and the offers, in the order in which one would want to know."""
        label, numbers, choice = self.choice.label, self.numbers, self.choice
        nothing = self.frame[[label, *self.columns]].isna().all(axis=1).to_numpy()[:, None]
        unlabeled = (self.written == "").to_numpy()[:, None]
        yield nothing, lambda row: (None, "the row is empty."), ()
        yield unlabeled & ~nothing, lambda row: (label, "the label is missing."), ()
        yield np.isnan(numbers) & ~nothing, "a prediction must be a number", ()
        yield np.isinf(numbers), "a prediction must be a finite number", ()
        prefix = not self.binary and not choice.prefix and common_prefix(self.columns, self.written.unique())
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
            divide = not self.binary and not (numbers < 0).any()
            yield (
                (numbers < 0) | (numbers > 1),
                "a probability must be in [0, 1]",
                ("logits", "normalize") if divide else ("logits",),
            )
        if not self.binary:
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
        if self.binary:
            return f"the label must be 0 or 1, got {got}."
        known = ", ".join(quoted(name, 20) for name in self.classes[:5]) + (", …" if len(self.classes) > 5 else "")
        return f"the label must be the name of a column ({known}), got {got}."


def _numbers(column: pd.Series) -> np.ndarray:
    """A column as numbers; nan where a cell is none."""
    if column.dtype.kind in "fiu":
        return column.to_numpy(dtype=np.float64)
    text = column.astype("string").str.strip()
    read = pd.to_numeric(text.where(text.str.fullmatch(r"[-+.\deE]+|-?inf").fillna(False)), errors="coerce")
    return read.to_numpy(dtype=np.float64, na_value=np.nan)


def _about(cell: Any, rule: str) -> str:
    """A rule about a number, and what is wrong with this cell."""
    text = "" if pd.isna(cell) else str(cell).strip()
    if not text or text.casefold() in NO_VALUE:
        return "the prediction is missing" + (f": it says {quoted(text)}." if text else ".")
    hint = ""
    if text.startswith(("=", "@", "+")):
        hint = " This is a spreadsheet formula: save values."
    elif text.endswith("%"):
        hint = " Write 50 % as 0.5."
    elif re.fullmatch(r"-?\d*,\d+", text):
        hint = " Write it with a point."
    return f"{rule}, got {quoted(text)}.{hint}"
