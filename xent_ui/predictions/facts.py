"""What the cells of a learner's table say about its columns, each computed when it is first needed."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final

import numpy as np
import pandas as pd

from xent_ui.predictions import columns
from xent_ui.predictions.csv_table import Table

VECTOR: Final = r"[\[(]\s*[-+.\deE,\s]+[\])]"
NUMBERED: Final = re.compile(r"(\d+):(.+)")  # Weka writes the number of a class before its name
SUM_TOLERANCE: Final = 1e-4  # of probabilities, which are often written with few digits
WIDEST_TOLERANCE: Final = 0.02
NEARLY_ALL: Final = 0.99  # the share of rows that must show something before it is believed of all


class Facts:
    """The columns of a table as numbers and as labels."""

    def __init__(self, table: Table) -> None:
        """Take a table; a column of vectors, and a distribution of Weka, become one column per class."""
        self.frame = _from_weka(_expanded(table.frame))
        self.names = tuple(map(str, self.frame.columns))
        self.n = len(self.frame)
        self.numbers = cache(self._numbers)
        self.values = cache(self._values)

    def _numbers(self, name: str) -> np.ndarray:
        """Return a column as numbers, (n,), with NaN for each cell that is none."""
        return columns.numbers(self.frame[name])

    def _values(self, name: str) -> tuple[str, ...]:
        """Return the texts that stand in a column, without empty ones, in the order of their first appearance."""
        return tuple(text for text in self.frame[name].unique() if text)

    def indices(self, name: str, index: Mapping[str, int]) -> np.ndarray:
        """Return the index of each text of a column, (n,); −1 for a text that has none."""
        codes, texts = pd.factorize(self.frame[name])
        return np.array([index.get(text, -1) for text in texts], dtype=np.intp)[codes]

    def matrix(self, names: Sequence[str]) -> np.ndarray:
        """Return several columns as numbers, (n, K)."""
        return np.column_stack([self.numbers(name) for name in names]) if names else np.empty((self.n, 0))

    def finite(self, name: str) -> np.ndarray:
        """Return the finite numbers of a column."""
        numbers = self.numbers(name)
        return numbers[np.isfinite(numbers)]

    def is_numeric(self, name: str) -> bool:
        """Return whether at least half of the cells of a column that are not empty are numbers."""
        filled = int((self.frame[name] != "").sum())
        return 0 < filled <= 2 * int((~np.isnan(self.numbers(name))).sum())

    def is_whole(self, name: str) -> bool:
        """Return whether all numbers of a column are whole."""
        finite = self.finite(name)
        return self.is_numeric(name) and bool((finite == np.round(finite)).all())

    def is_0_or_1(self, name: str) -> bool:
        """Return whether a column holds nothing but 0 and 1, or False and True, no and yes, …"""
        truth = columns.truth_of(self.values(name))
        return bool(truth) and bool((self.frame[name] != "").all())

    def truth(self, name: str) -> np.ndarray:
        """Return a column of 0 and 1, or False and True, no and yes, … as 0 and 1, (n,)."""
        truth = columns.truth_of(self.values(name)) or {}
        return self.frame[name].map({text: int(one) for text, one in truth.items()}).to_numpy(dtype=np.intp)

    def is_decision(self, name: str, labels: Sequence[str]) -> bool:
        """Return whether a column holds a label in each row, as a model's decision does."""
        own = {columns.canonical(value) for value in self.values(name)}
        known = {columns.canonical(label) for label in labels}
        if not own:
            return False
        if not self.is_numeric(name):
            return own <= known or columns.says_decision(name)
        return columns.says_decision(name) and self.is_whole(name) and (own <= known or own <= {"0", "1"})

    def reason(self, name: str, labels: Sequence[str]) -> str:
        """Return why a column is no prediction, in words."""
        if self.is_decision(name, labels):
            return "what the model decided"
        if not self.is_numeric(name):
            return "text" if self.values(name) else "empty"
        numbers = self.finite(name)
        if not numbers.any():
            return "all zeros"
        if self.is_whole(name) and len(numbers) == self.n and (np.diff(numbers) == 1).all():
            return "row numbers"
        if self.is_whole(name) and numbers.max() > 1:
            return "whole numbers"
        return "no prediction, by its name" if columns.is_other(name) else "no class is called like it"

    def tolerance(self, names: Sequence[str], *, percent: bool = False) -> float:
        """Return how far the sum of these columns may be from 1 by rounding to the decimals that are written.

        percent  whether the numbers are written as percentages
        """
        decimals = max(columns.decimals_written(self.frame[name]) for name in names) + 2 * percent
        rounding = 0.5 * 10.0**-decimals * len(names) if decimals >= 2 else 0.0
        return min(WIDEST_TOLERANCE, max(SUM_TOLERANCE, 1.01 * rounding))

    def total(self, names: Sequence[str]) -> float:
        """Return 1 or 100 if nearly all rows of these columns sum to that, and no number is negative; otherwise 0."""
        for total in (1.0, 100.0):
            if self.share_with_sum(names, total) >= NEARLY_ALL:
                return total
        return 0.0

    def share_with_sum(self, names: Sequence[str], total: float) -> float:
        """Return the share of the rows of these columns without negative numbers that sum to this total."""
        numbers = self.matrix(names)
        numbers = numbers[~np.isnan(numbers).any(axis=1)]
        if not numbers.size:
            return 0.0
        tolerance = self.tolerance(names, percent=total == 100) * total
        fits = (np.abs(numbers.sum(axis=1) - total) <= tolerance) & (numbers >= -columns.ROUNDING).all(axis=1)
        return float(fits.mean())


def _expanded(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table in which each column of vectors, such as "[0.1, 0.9]", is one column per entry."""
    parts = []
    for name in frame.columns:
        column = frame[name]
        if len(column) and column.iloc[0][:1] in ("[", "(") and column.str.fullmatch(VECTOR).all():
            entries = column.str.strip("[]() \n").str.split(r"[,\s]+", regex=True).tolist()
            if len({len(entry) for entry in entries}) == 1:
                names = [f"{name} {number}" for number in range(len(entries[0]))]
                parts.append(pd.DataFrame(entries, columns=names, index=frame.index, dtype="str"))
                continue
        parts.append(column)
    return pd.concat(parts, axis=1) if any(isinstance(part, pd.DataFrame) for part in parts) else frame


def _from_weka(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table of Weka with plain labels, and the columns of its distribution called like the classes."""
    if not {"actual", "predicted"} <= set(map(str.casefold, frame.columns)):
        return frame
    numbered = [
        name
        for name in frame.columns
        if name.casefold() in ("actual", "predicted") and frame[name].str.fullmatch(NUMBERED.pattern).all()
    ]
    if not numbered:
        return frame
    known: dict[str, str] = {}
    for name in numbered:
        found = [NUMBERED.fullmatch(value) for value in frame[name].unique()]
        known |= {match[1]: match[2] for match in found if match}
    renamed = {f"distribution {number}": f"distribution {known.get(number, number)}" for number in _counted(frame)}
    plain = {name: frame[name].str.replace(r"^\d+:", "", regex=True) for name in numbered}
    plain |= {name: frame[name].str.removeprefix("*") for name in renamed}
    return frame.assign(**plain).rename(columns=renamed)


def _counted(frame: pd.DataFrame) -> list[str]:
    return [name.removeprefix("distribution ") for name in frame.columns if name.startswith("distribution ")]
