"""What the columns of a learner's file are if there is one for each class."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from xent_ui.predictions import columns as named
from xent_ui.predictions.bad_file import BadFile, Offer
from xent_ui.predictions.choice import Choice
from xent_ui.predictions.facts import Facts
from xent_ui.predictions.matching import Match
from xent_ui.predictions.refusals import nothing_to_score
from xent_ui.predictions.roles import (
    MOST_CLASSES,
    PREDICTIONS_CONTROL,
    Roles,
    left_out,
    listed_names,
    may_be_prediction,
)
from xent_ui.predictions.scales import scale
from xent_ui.style.words import quoted

FEW: Final = 0.25  # the share of rows that must sum up before the other rows are called wrong


def class_columns(facts: Facts, label: str, found: Match, pool: list[str], matched: list[str], choice: Choice) -> Roles:
    """Return what the columns are if there is one for each class."""
    values = facts.values(label)
    columns = pool if choice.columns is not None else _complete(facts, label, found, pool, matched)
    if len(columns) < 2:
        raise nothing_to_score(facts, label, values)
    if len(columns) > MOST_CLASSES:
        raise BadFile(f"at most {MOST_CLASSES:,} classes can be scored, got {len(columns):,}.", row=1)
    of_column = {column: value for value, column in found.columns.items()}
    if not found.columns:
        found = common_beginning(columns)
    classes = tuple(of_column.get(column) or found.stem(column) for column in columns)
    classes = classes if len(set(classes)) == len(classes) else tuple(columns)
    place = {value: columns.index(column) for value, column in found.columns.items() if column in columns}
    missing = [value for value in values if value not in place]
    _must_begin_with_0(label, values, columns, found, choice)
    said = _renamed(place, columns)
    absent = [name for name in columns if name not in of_column] if of_column else []
    if absent:
        said.append(f"No row has the label of {listed_names(absent)}.")
    return Roles(
        label,
        tuple(columns),
        classes,
        facts.indices(label, place),
        left_out=left_out(facts, (label, *columns), values),
        said=said,
        offers=_numberings(missing, columns),
    )


def _must_begin_with_0(label: str, values: Sequence[str], columns: Sequence[str], found: Match, choice: Choice) -> None:
    """Raise BadFile if the columns are numbered from 0, and the labels may as well be numbered from 1."""
    numbers = [found.stem(column) for column in columns]
    from_0 = [str(number) for number in range(len(columns))]
    labels = {named.canonical(value) for value in values}
    if len(columns) > 2 and numbers == from_0 and labels <= set(from_0[1:]) and choice.columns is None:
        raise BadFile(
            f"no row has the label 0. Say whether 1 is {quoted(columns[1])} or the first column, {quoted(columns[0])}.",
            column=label,
            offers=[
                Offer(f"1 is {columns[1]}", {"label": label, "numbering": 0}),
                Offer(f"1 is {columns[0]}", {"label": label, "numbering": 1}),
            ],
        )


def _renamed(place: dict[str, int], columns: Sequence[str]) -> list[str]:
    """Return a sentence that says which label stands for which column, if their names do not say it."""
    unlike = {
        value: columns[index]
        for value, index in place.items()
        if named.canonical(value) not in named.canonical(columns[index])
        and named.normal(value) not in named.normal(columns[index])
    }
    if not unlike or any("__" in value for value in unlike):
        return []
    pairs = ", ".join(f"{quoted(value)} is {quoted(column)}" for value, column in sorted(unlike.items()))
    return [f"Labels and columns are called differently: {pairs}."]


def _complete(facts: Facts, label: str, found: Match, pool: list[str], matched: list[str]) -> list[str]:
    """Return the columns of classes: those called like labels, and those that complete them.

    Raises  BadFile  the numbers do not tell whether another column is a class
    """
    pool = [name for name in pool if name in matched or found.belongs(name)]
    if len(matched) > 1 and facts.total(matched):
        are_numbers = all(named.canonical(name).isdigit() for name in matched)
        return [name for name in pool if name in matched or _is_class_without_rows(facts, found, name, are_numbers)]
    others = [name for name in facts.names if found.belongs(name) and _may_be_class(facts, label, name)]
    with_others = [name for name in facts.names if name in pool or name in others]
    for columns in (pool, with_others):
        kept = [name for name in columns if not matched or name in matched or facts.finite(name).any()]
        if len(kept) > 1 and facts.total(kept):
            return kept
    shares = [[facts.share_with_sum(columns, total) for columns in (pool, matched)] for total in (1, 100)]
    if any(of_pool > max(FEW, of_matched) for of_pool, of_matched in shares):
        return pool  # all but some rows sum up, and these will be named
    unknown = [name for name in pool if name not in matched]
    certain = [name for name in unknown if facts.reason(name, ()) in ("row numbers", "whole numbers")]
    likely = [name for name in pool if name not in certain]
    if (
        not matched
        or len(likely) < 2
        or len(certain) == len(unknown)
        or scale(facts, likely, has_sums=True).written != "logits"
    ):
        return likely if matched and len(likely) > 1 else pool
    doubtful = [name for name in unknown if name not in certain and not found.names_a_class(name)]
    if not doubtful:
        return likely
    raise BadFile(
        f"{listed_names(doubtful)} {'holds' if len(doubtful) == 1 else 'hold'} numbers, and no row has "
        f"{'it' if len(doubtful) == 1 else 'one of them'} as its label. Choose {PREDICTIONS_CONTROL}.",
        column=doubtful[0],
        offers=[
            Offer("Leave out " + listed_names(doubtful), {"label": label, "columns": tuple(matched)}),
            Offer(
                "Every one is a class" if len(doubtful) > 1 else "It is a class",
                {"label": label, "columns": tuple(name for name in pool if name not in certain)},
            ),
        ],
    )


def _is_class_without_rows(facts: Facts, found: Match, name: str, are_numbers: bool) -> bool:
    """Return whether a column holds only zeros and is called like the classes, as that of one without rows is.

    are_numbers  whether the classes are called by numbers alone
    """
    is_alike = found.has_affix or (are_numbers and named.canonical(name).isdigit())
    return is_alike and not facts.finite(name).any()


def _may_be_class(facts: Facts, label: str, name: str) -> bool:
    """Return whether a column may be a class although it is called like something else."""
    return name != label and facts.is_numeric(name) and not facts.is_decision(name, facts.values(label))


def common_beginning(names: Sequence[str]) -> Match:
    """Return what all names begin and end with, up to the last sign that is neither a letter nor a digit."""
    plain = [named.canonical(name) for name in names]
    shortest = min(map(len, plain))
    prefix = next((plain[0][:k] for k in range(shortest - 1, 0, -1) if len({n[:k] for n in plain}) == 1), "")
    while prefix and prefix[-1].isalnum():
        prefix = prefix[:-1]
    return Match({}, prefix)


def _numberings(missing: Sequence[str], columns: Sequence[str]) -> tuple[Offer, ...]:
    """Return the offers for labels that may number the columns."""
    if not missing or not all(named.canonical(value).isdigit() for value in missing):
        return ()
    numbers = [int(named.canonical(value)) for value in missing]
    return tuple(
        Offer(f"The labels number the columns: {first} is {columns[0]}", {"numbering": first})
        for first in (0, 1)
        if min(numbers) >= first and max(numbers) < first + len(columns)
    )


def numbered_columns(facts: Facts, label: str, candidates: Sequence[str], choice: Choice) -> Roles:
    """Return what the columns are if the labels number them, as the learner has said."""
    values = facts.values(label)
    pool = [name for name in candidates if choice.columns is not None or may_be_prediction(facts, name, values, label)]
    columns = pool if choice.columns is not None or not pool else _complete(facts, label, Match({}), pool, [])
    if len(columns) < 2:
        raise nothing_to_score(facts, label, values)
    stem = common_beginning(columns).stem
    numbers = facts.numbers(label) - choice.numbering
    fits = np.isin(numbers, np.arange(len(columns)))
    return Roles(
        label,
        tuple(columns),
        tuple(map(stem, columns)),
        np.where(fits, np.nan_to_num(numbers), -1).astype(np.intp),
        left_out=left_out(facts, (label, *columns), values),
        said=[f"The labels number the columns: {choice.numbering} is {quoted(columns[0])}."],
    )
