"""What the columns of a learner's file are if one holds the probability, or the logit, of one of two classes."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from xent_ui.predictions import columns as named
from xent_ui.predictions.bad_file import BadFile, Offer
from xent_ui.predictions.choice import Choice
from xent_ui.predictions.facts import Facts
from xent_ui.predictions.matching import Match
from xent_ui.predictions.refusals import EXPORTS, nothing_to_score
from xent_ui.predictions.roles import NAMELESS, PREDICTIONS_CONTROL, Roles, left_out, listed_names
from xent_ui.style.words import quoted

MOSTLY: Final = 0.5  # the share of rows that a pair of labels must explain
ENOUGH: Final = 20  # rows, before it counts that no probability is below 0.5


def called_like_class_1(label: str, pool: Sequence[str]) -> list[str]:
    """Return the columns that are called like the probability or the logit of class 1, the surest first.

    Also a column called like the label, such as "p_churn" beside "churn".
    """
    about_label = [
        name
        for name in pool
        if named.words(label) <= named.words(name) <= named.words(label) | named.BESIDE_CLASSES and name != label
    ]
    hits = [name for name in pool if named.normal(name) in named.OF_CLASS_1 and name not in about_label]
    return [*about_label, *sorted(hits, key=lambda name: named.OF_CLASS_1.index(named.normal(name)))]


def one_column(facts: Facts, label: str, values: Sequence[str], pool: list[str], found: Match, choice: Choice) -> Roles:
    """Return what the columns are if one of them holds the probability, or the logit, of one of two classes."""
    of_class = {column: value for value, column in found.columns.items() if column in pool}
    hits = called_like_class_1(label, pool)
    is_named = len(of_class) == 1 and (not hits or hits[0] in of_class or not facts.is_numeric(label))
    candidates = list(of_class) if is_named else hits or pool
    if len(pool) == 1:
        candidates = pool
    if not candidates:
        raise nothing_to_score(facts, label, values)
    if len(candidates) > 1 and candidates is pool:
        raise _several(label, [name for name in pool if not facts.is_0_or_1(name)] or pool)
    column = candidates[0]
    if is_named and choice.columns is None and _has_twins(column, found, pool):
        raise _several(label, pool)
    if choice.columns is None:
        _must_be_more_than_a_decision(facts, label, values, column, is_matched=column in of_class)
    positive = choice.positive or of_class.get(column)
    classes = _two_classes(facts, label, values, column, positive)
    place = {named.canonical(name): index for index, name in enumerate(classes)}
    pair = named.truth_of(values) if positive is None else None
    if pair is not None:
        index = {value: int(truth) for value, truth in pair.items()}
    else:
        index = {value: place[named.canonical(value)] for value in values if named.canonical(value) in place}
    offers = tuple(
        Offer(f"{column} is the probability of {value}", {"positive": value}) for value in values if len(values) == 2
    )
    return Roles(
        label,
        (column,),
        classes,
        facts.indices(label, index),
        left_out=left_out(facts, (label, column), values),
        said=[] if classes == ("0", "1") else [f"{quoted(column)} is about the label {quoted(classes[1])}."],
        offers=offers,
    )


def _several(label: str, pool: Sequence[str]) -> BadFile:
    return BadFile(
        f"several columns hold numbers: {listed_names(pool)}. Choose {PREDICTIONS_CONTROL}.",
        row=1,
        offers=[Offer(f"{name} is the prediction", {"label": label, "columns": (name,)}) for name in pool[:4]],
    )


def _has_twins(column: str, found: Match, pool: Sequence[str]) -> bool:
    """Return whether a column is one of several called alike but for a number, as "prob_1" and "prob_2" are."""
    if not found.stem(column).isdigit():
        return False
    return any(found.belongs(name) and found.stem(name).isdigit() for name in pool if name != column)


def _two_classes(facts: Facts, label: str, values: Sequence[str], column: str, positive: str | None) -> tuple[str, str]:
    """Return the names of the two classes, the one that the column is about last."""
    if positive is not None:
        rest = [value for value in values if named.canonical(value) != named.canonical(positive)]
        if len(rest) > 1:
            raise nothing_to_score(facts, label, values)
        return (rest[0] if rest else f"not {positive}"), positive
    pair = named.truth_of(values)
    if pair is not None:
        by_truth = {truth: value for value, truth in pair.items()}
        if set(map(named.canonical, values)) <= {"0", "1", "-1", "+1"} or len(values) < 2:
            return ("−1", "1") if "-1" in values and "0" not in values else ("0", "1")
        return by_truth["0"], by_truth["1"]
    share = np.isin(facts.frame[label].map(named.canonical), ("0", "1", "")).mean() if facts.n else 0.0
    if share >= MOSTLY:
        return "0", "1"  # the rows with another label are named one by one
    decided = _positive_by_decision(facts, label, values, column)
    if len(values) == 2 and decided is not None:
        return next(value for value in values if value != decided), decided
    if len(values) == 2:
        raise BadFile(
            f"it holds one number per row, and the labels are {listed_names(values)}. Say which of them it is about.",
            column=column,
            offers=[Offer(f"It is the probability of {value}", {"positive": value}) for value in values],
        )
    raise nothing_to_score(facts, label, values)


def _positive_by_decision(facts: Facts, label: str, values: Sequence[str], column: str) -> str | None:
    """Return the label that the model decided for in all rows above 0.5 and in no row below; None if there is none."""
    numbers = facts.numbers(column)
    for name in facts.names:
        if name in (label, column) or not facts.is_decision(name, values) or not set(facts.values(name)) <= set(values):
            continue
        for value in values:
            is_value = (facts.frame[name] == value).to_numpy()
            if (numbers[is_value] >= 0.5).all() and (numbers[~is_value] <= 0.5).all() and 0 < is_value.sum() < facts.n:
                return value
    return None


def _must_be_more_than_a_decision(
    facts: Facts, label: str, values: Sequence[str], column: str, *, is_matched: bool
) -> None:
    """Raise BadFile if a column holds only what the model decided, or how sure it was of that, or does not say which.

    is_matched  whether the column is called like a label
    """
    numbers = facts.finite(column)
    if named.says_decision(column) and facts.is_0_or_1(column):
        raise nothing_to_score(facts, label, values, column)
    written = named.normal(column)
    within = bool(len(numbers)) and bool((numbers >= 0.5).all()) and bool((numbers <= 1 + named.ROUNDING).all())
    decisions = [name for name in facts.names if name != column and name != label and facts.is_decision(name, values)]
    decided_both = any(len(facts.values(name)) > 1 for name in decisions)
    is_pipeline = named.normal(label) == "label" and written == "score" and not facts.is_numeric(label)
    if len(values) > 2 and named.truth_of(values) is None:
        return
    if within and (decided_both or is_pipeline or written in named.CONFIDENCES):
        raise BadFile(
            f"it never falls below 0.5, so it seems to be the confidence in the class that the model decided for. "
            f"To score a row, the probability of its true class is needed. {EXPORTS}",
            column=column,
        )
    is_known = named.words(column) <= named.BESIDE_CLASSES | {"1"} or column in called_like_class_1(label, [column])
    is_known = is_known or NAMELESS.fullmatch(column) is not None
    if not (is_known or is_matched or named.says_logits(column)) or column.lstrip().startswith("1-"):
        raise BadFile(
            "its name does not say what it is the probability of. Say which label it is about, or choose "
            f"{PREDICTIONS_CONTROL}.",
            column=column,
            offers=_about(column, values, both=True),
        )
    if (within and len(numbers) >= ENOUGH and len(values) > 1) or written in named.CONFIDENCES:
        raise BadFile(
            "say what it is the probability of: of one of the two labels, or of whatever the model decided for? "
            + ("It never falls below 0.5. " if within else "")
            + "A confidence in the decision alone cannot be scored.",
            column=column,
            offers=_about(column, values),
        )


def _about(column: str, values: Sequence[str], *, both: bool = False) -> list[Offer]:
    """Return offers that say which label a column is the probability of.

    both  whether it may also be the label that stands for 0
    """
    pair = named.truth_of(values)
    sure = [value for value in values if both or pair is None or pair[value] == "1"]
    return [Offer(f"It is the probability of {value}", {"columns": (column,), "positive": value}) for value in sure]
