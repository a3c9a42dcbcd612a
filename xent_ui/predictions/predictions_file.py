"""Read a learner's predictions from a file.

The columns and the scale of the numbers are told from the file itself, and what was understood is said. Where the file
does not decide, ``BadFile`` asks, with row, column and rule, and with the readings that the learner can choose.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from xent_ui.experiments.prediction_scores import Predictions
from xent_ui.predictions import columns as named
from xent_ui.predictions.bad_file import BadFile, Offer
from xent_ui.predictions.choice import Choice, Written
from xent_ui.predictions.csv_layout import is_number
from xent_ui.predictions.csv_table import read_table
from xent_ui.predictions.facts import Facts
from xent_ui.predictions.roles import LABEL_CONTROL, PREDICTIONS_CONTROL, Roles
from xent_ui.predictions.scales import Scale, scale
from xent_ui.predictions.understanding import roles
from xent_ui.style.words import quoted

NO_VALUE: Final = ("nan", "na", "n/a", "null", "none", "#n/a", "-", "?")
NOT_A_NUMBER: Final = "a prediction must be a number"
LOGITS: Final = Offer("These are logits", {"scale": "logits"})
PERCENT: Final = Offer("These are percentages", {"scale": "percent"})
NORMALIZE: Final = Offer("Divide each row by its sum", {"normalize": True})
LEAVE_OUT: Final = Offer("Score the other rows", {"leave_out": True})

# Where a rule is broken, (n, K) or (n, 1); its sentence about a cell, or a function that gives for a row the column and
# the sentence; and what would mend it.
_Rule = tuple[np.ndarray, str | Callable[[int], tuple[str | None, str]], tuple[Offer, ...]]


@dataclass(frozen=True)
class Reading:
    """Predictions, and how they were read from a file.

    predictions  the predictions and the labels
    names        all columns of the file
    label        the column with the labels, or the first of several
    columns      the columns with predictions
    scale        as what their numbers are written
    left_out     why each other column is left out
    sentences    how the file was read, for the learner
    """

    predictions: Predictions
    names: tuple[str, ...]
    label: str
    columns: tuple[str, ...]
    scale: Written
    left_out: dict[str, str] = field(default_factory=dict)
    sentences: tuple[str, ...] = ()


def read(data: bytes, choice: Choice | None = None) -> Predictions:
    """Return the predictions in a file; ``understand`` says how they were read."""
    return understand(data, choice).predictions


def understand(data: bytes, choice: Choice | None = None) -> Reading:
    """Return the predictions in a file, and how they were read.

    data    the bytes of the file
    choice  what the learner says about it
    Raises  BadFile  the file breaks a rule, or does not decide how it is to be read
    """
    choice = choice or Choice()
    table = read_table(data, choice.header)
    facts = Facts(table)
    try:
        return _understood(facts, table.sentences, choice)
    except BadFile as error:
        error.names = facts.names
        raise


def _understood(facts: Facts, said: tuple[str, ...], choice: Choice) -> Reading:
    """Return the predictions in a table, and how they were read.

    said  sentences about how the table was read
    """
    _must_fit(facts, choice)
    if facts.n < 2:
        raise BadFile(
            f"there must be at least two rows to score, one to fit on and one to judge on; got {facts.n}.", row=2
        )
    found = roles(facts, choice)
    written = scale(facts, found.columns, has_sums=not found.is_binary and found.truth is None)
    chosen = choice.scale or ("probabilities" if choice.normalize else None)
    if chosen is not None and chosen != written.written:
        written = Scale(chosen, "")
    rows = _Rows(facts, found, written.written, choice)
    good = rows.good()
    sentences = [*said, *found.said, _left_out(found), written.evidence, *rows.notes(good)]
    return Reading(
        rows.predictions(good),
        facts.names,
        found.label,
        found.columns,
        written.written,
        found.left_out,
        tuple(sentence for sentence in sentences if sentence),
    )


def _left_out(found: Roles) -> str:
    if not found.left_out:
        return ""
    shown = [f"{quoted(name, 24)} ({reason})" for name, reason in list(found.left_out.items())[:8]]
    more = len(found.left_out) - len(shown)
    return f"Left out: {', '.join(shown)}{f' and {more:,} more' if more else ''}."


def _must_fit(facts: Facts, choice: Choice) -> None:
    """Raise BadFile if the learner has chosen columns that do not exist, or do not go together."""
    for name in (*([] if choice.label is None else [choice.label]), *(choice.columns or ())):
        if name not in facts.names:
            raise BadFile("there is no such column.", row=1, column=name)
    if choice.label in (choice.columns or ()):
        raise BadFile("a column cannot be label and prediction at once.", row=1, column=choice.label)
    if choice.columns == ():
        raise BadFile("at least one column must hold predictions.", row=1)


class _Rows:
    """The rows of a file, and the rules that they must follow."""

    def __init__(self, facts: Facts, found: Roles, written: Written, choice: Choice):
        self.facts, self.roles, self.written, self.choice = facts, found, written, choice
        self.columns = list(found.columns)
        self.has_sums = not found.is_binary and found.truth is None
        self.numbers = facts.matrix(found.columns)
        if written == "percent":
            self.numbers = self.numbers / 100
        elif written == "logarithms":
            self.numbers = np.exp(self.numbers)
        self.labels = facts.frame[found.label]

    @property
    def in_unit(self) -> bool:
        """Whether the numbers must be probabilities."""
        return self.written != "logits"

    def predictions(self, good: np.ndarray) -> Predictions:
        """Return the predictions in the good rows."""
        scores, labels, rows = self.numbers[good], self.roles.labels[good], self.facts.frame.index.to_numpy()[good]
        if self.choice.normalize and self.has_sums and self.in_unit:
            scores = scores / scores.sum(axis=1, keepdims=True)
        if self.in_unit:
            scores = np.clip(scores, 0, 1)
        several: dict[str, Any] = {}
        classes = self.roles.classes
        if self.roles.truth is not None:
            n_tags = len(classes)
            several = {"tags": classes, "tag": np.tile(np.arange(n_tags), len(rows))}
            scores, labels, rows = scores.ravel(), self.roles.truth[good].ravel(), np.repeat(rows, n_tags)
            classes = ("0", "1")
        elif self.roles.is_binary:
            scores = scores[:, 0]
        return Predictions(
            rows=rows,
            labels=labels,
            classes=classes,
            scores=scores,
            scale="probabilities" if self.in_unit else "logits",
            left_out=int((~good).sum()),
            **several,
        )

    def good(self) -> np.ndarray:
        """Return which rows follow all rules, (n,) of bool.

        Raises  BadFile  a row breaks a rule, and the learner has not chosen to leave such rows out
        """
        good = np.ones(self.facts.n, dtype=bool)
        for broken, rule, offers in self._rules():
            is_broken = np.asarray(broken.any(axis=1))
            if is_broken.any():
                good &= ~is_broken
                has_enough = good.sum() >= 2  # rows left to score
                if not self.choice.leave_out or not has_enough:
                    mends = (*offers, LEAVE_OUT) if has_enough and not self._is_about_all_rows(offers) else offers
                    raise self._error(broken, int(is_broken.argmax()), rule, mends, int(is_broken.sum()))
        return good

    def _is_about_all_rows(self, offers: tuple[Offer, ...]) -> bool:
        """Return whether leaving out rows is no answer: it was chosen already, or what labels mean is in question."""
        return self.choice.leave_out or any({"numbering", "positive"} & offer.changes.keys() for offer in offers)

    def notes(self, good: np.ndarray) -> list[str]:
        """Return sentences about rounding in the good rows."""
        numbers = self.numbers[good]
        if not self.in_unit:
            masks = int(np.isneginf(numbers).sum())
            return [f"−inf marks a class that is masked, in {masks:,} cells."] if masks else []
        notes = []
        beyond = int(((numbers < 0) | (numbers > 1)).sum())
        if beyond:
            notes.append(f"{beyond:,} numbers are below 0 or above 1 by rounding and are taken as 0 or 1.")
        if self.has_sums and not self.choice.normalize:
            off = float(np.abs(numbers.sum(axis=1) - 1).max(initial=0))
            if off > 1e-9:
                notes.append(f"Some rows sum to 1 only up to {off:.1g}, which is rounding; they are taken as they are.")
        if np.isin(numbers, (0, 1)).all() and len(numbers) >= 20:
            notes.append("Every number is exactly 0 or 1: are these decisions instead of probabilities?")
        return notes

    def _error(self, broken: np.ndarray, row: int, rule: Any, offers: tuple[Offer, ...], rows: int) -> BadFile:
        """Return the error for a row that breaks a rule.

        broken  which cells break it, (n, K); which rows, (n, 1), if the rule is not about single cells
        row     the first row that breaks the rule
        rows    how many rows break it
        """
        row_of_file = int(self.facts.frame.index[row])
        if callable(rule):  # about the label or the whole row
            column, sentence = rule(row)
            return BadFile(sentence, row=row_of_file, column=column, rows=rows, offers=offers)
        column = self.columns[int(broken[row].argmax())]
        cell = self.facts.frame[column].iloc[row]
        return BadFile(_about(cell, rule), row=row_of_file, column=column, rows=rows, offers=offers)

    def _rules(self) -> Iterator[_Rule]:
        """Yield each rule, most important first: where it is broken, its sentence, and what would mend it."""
        numbers, label = self.numbers, self.roles.label
        written = self.facts.frame[[label, *self.columns]]
        is_empty = (written == "").all(axis=1).to_numpy()[:, None]
        yield is_empty, lambda row: (None, "the row is empty."), ()
        if self.roles.truth is None:
            unlabeled = (self.labels == "").to_numpy()[:, None]
            yield unlabeled & ~is_empty, lambda row: (label, "the label is missing."), ()
        else:
            unlabeled = np.zeros((self.facts.n, 1), dtype=bool)
        yield np.isnan(numbers) & ~is_empty, NOT_A_NUMBER, ()
        infinite = np.isinf(numbers) if self.in_unit else np.isposinf(numbers)
        mends = (LOGITS,) if self.in_unit and not np.isposinf(numbers).any() else ()
        yield infinite, "a prediction must be a finite number", mends
        no_class = np.asarray(self.roles.labels < 0)[:, None] & ~unlabeled
        yield no_class, lambda row: (label, self._no_class(row)), self.roles.offers
        if not self.in_unit:
            masked = np.asarray(np.isneginf(numbers).all(axis=1, keepdims=True) & self.has_sums)
            yield masked, lambda row: (None, "every class of the row is masked with −inf."), ()
            return
        yield from self._rules_of_probabilities()

    def _rules_of_probabilities(self) -> Iterator[_Rule]:
        numbers, rounding = self.numbers, named.ROUNDING
        divides = self.choice.normalize and self.has_sums
        if divides:
            yield numbers < -rounding, "what is normalized must not be negative", (LOGITS,)
        else:
            total = self._common_total()
            if total is not None:
                sentence = f"the numbers of the row sum to {total:.6g}, as in every row; probabilities sum to 1."
                yield np.ones((len(numbers), 1), dtype=bool), lambda row: (None, sentence), (NORMALIZE,)
                return
            is_negative = bool((numbers < -rounding).any())
            may_be_logits = is_negative or not bool((numbers == np.round(numbers))[numbers > 1].all())
            may_be_percent = not (is_negative or self.has_sums or self.written == "percent" or numbers.max() > 100)
            mends = (
                *((LOGITS,) if may_be_logits else ()),
                *((NORMALIZE,) if self.has_sums and not is_negative else ()),
                *((PERCENT,) if may_be_percent else ()),
            )
            yield (numbers < -rounding) | (numbers > 1 + rounding), "a probability must be in [0, 1]", mends
        if not self.has_sums:
            return
        sums = numbers.sum(axis=1)
        tolerance = self.facts.tolerance(self.columns, percent=self.written == "percent")
        wrong = sums <= 0 if divides else np.abs(sums - 1) > tolerance
        rule = "what is normalized must have a sum above 0" if divides else "probabilities must sum to 1"
        mends = () if divides else (NORMALIZE,)
        hint = "" if divides else f" If a column is no class, choose {PREDICTIONS_CONTROL}."
        yield wrong[:, None], lambda row: (None, f"the row's {rule}, got {sums[row]:.6g}.{hint}"), mends

    def _common_total(self) -> float | None:
        """Return what every row sums to, as counts of votes do, if that is neither 1 nor 100; otherwise None."""
        if not self.has_sums or self.written != "probabilities" or not np.isfinite(self.numbers).all():
            return None
        sums = self.numbers.sum(axis=1)
        is_total = self.numbers.min() >= 0 and sums[0] > 1.5 and np.allclose(sums, sums[0], rtol=1e-9, atol=0)
        return float(sums[0]) if is_total and len(sums) > 2 else None

    def _no_class(self, row: int) -> str:
        got, classes = quoted(self.labels.iloc[row]), self.roles.classes
        if self.roles.is_binary and classes == ("0", "1"):
            return f"the label must be 0 or 1, got {got}."
        if self.roles.is_binary:
            return f"the label must be {quoted(classes[0])} or {quoted(classes[1])}, got {got}."
        known = ", ".join(quoted(name, 20) for name in classes[:5]) + (", …" if len(classes) > 5 else "")
        return (
            f"the label must be the name of a column ({known}), got {got}. If another column holds the labels, choose "
            f"it under {LABEL_CONTROL}."
        )


def _about(text: str, rule: str) -> str:
    """Return a sentence with the rule about a number and what is wrong with the text of this cell."""
    if not text or text.casefold() in NO_VALUE:
        return "the prediction is missing" + (f": it says {quoted(text)}." if text else ".")
    hint = ""
    if text.startswith(("=", "@", "+")):
        hint = " This is a spreadsheet formula: save values."
    elif text.endswith("%"):
        hint = " Write 50\u202f% as 0.5."
    elif re.fullmatch(r"-?\d*,\d+", text):
        hint = " Write it with a point: this comma may stand before decimals or between thousands."
    elif re.fullmatch(r"-?[\d.,]*,[\d.,]*", text):
        hint = " Leave out what separates thousands, and write a point before decimals."
    elif is_number(text) and rule == NOT_A_NUMBER:
        hint = " Most numbers of its column have a decimal comma."
    return f"{rule}, got {quoted(text)}.{hint}"
