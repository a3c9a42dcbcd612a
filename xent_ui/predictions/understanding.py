"""What the columns of a learner's file are: the label, the predictions, and what is left out.

The names and the cells are evidence. Where they do not decide, ``BadFile`` asks, and offers the readings that are
possible.
"""

import re
from collections.abc import Sequence
from typing import Any, Final

from xent_ui.predictions import columns as named
from xent_ui.predictions.bad_file import BadFile
from xent_ui.predictions.class_columns import class_columns, numbered_columns
from xent_ui.predictions.facts import Facts
from xent_ui.predictions.matching import Match, match
from xent_ui.predictions.one_column import called_like_class_1, one_column
from xent_ui.predictions.refusals import are_real, must_not_be_regression
from xent_ui.predictions.roles import LABEL_CONTROL, MOST_CLASSES, Roles, may_be_prediction
from xent_ui.predictions.several_labels import label_block, labels_in_cells
from xent_ui.style.words import quoted

NAMELESS: Final = re.compile(r"column \d+")


def roles(facts: Facts, choice: Any) -> Roles:
    """Return what the columns are, as far as the learner has not chosen it by the evidence of the file.

    Raises  BadFile  there is no label, there are no predictions, or the evidence does not decide
    """
    if choice.label is not None:
        return _with_label(facts, choice.label, choice)
    hits = [name for name in facts.names if named.normal(name) in named.LABELS]
    errors = []
    for name in sorted(hits, key=lambda name: named.LABELS.index(named.normal(name))):
        try:
            return _with_label(facts, name, choice)
        except BadFile as error:
            errors.append(error)
    block = label_block(facts)
    if block is not None:
        return block
    if errors:
        raise errors[0]
    by_values = [name for name in facts.names if _is_label_by_values(facts, name)]
    if len(by_values) == 1:
        found = _with_label(facts, by_values[0], choice)
        found.said.append(f"{quoted(by_values[0])} is the label, because its values are the names of other columns.")
        return found
    raise BadFile(
        f"no column is called label or y. If one says what is true, choose it under {LABEL_CONTROL}. Predictions "
        "alone cannot be scored: the file also needs the true label of each row.",
        row=1,
    )


def _is_label_by_values(facts: Facts, name: str) -> bool:
    values = facts.values(name)
    if facts.is_numeric(name) or named.says_decision(name) or not 2 <= len(values) <= MOST_CLASSES:
        return False
    found = match(values, [other for other in facts.names if other != name and facts.is_numeric(other)])
    return len(found.columns) == len(values)


def _with_label(facts: Facts, label: str, choice: Any) -> Roles:
    """Return what the columns are if one of them holds the labels."""
    others = [name for name in facts.names if name != label]
    candidates = others if choice.columns is None else list(choice.columns)
    values = facts.values(label)
    if len(values) > MOST_CLASSES or are_real(facts, label, values):
        must_not_be_regression(facts, label, values)
    if choice.numbering is not None:
        return numbered_columns(facts, label, candidates, choice)
    found = _matched(facts, values, candidates)
    if len(found.columns) < len(values):
        several = labels_in_cells(facts, label, candidates)
        if several is not None:
            return several
    matched = [name for name in candidates if name in found.columns.values()]
    pool = matched if choice.columns is None else candidates
    if choice.columns is None:
        pool = [name for name in candidates if name in matched or may_be_prediction(facts, name, values, label)]
    if choice.positive is None and (len(matched) >= 2 or len(matched) == len(values) == 1 < len(pool)):
        return class_columns(facts, label, found, pool, matched, choice)
    if choice.positive is None and len(pool) >= 2 and not matched:
        preferred = called_like_class_1(facts, pool)
        if not preferred and (facts.total(pool) or len(values) > 2):
            return class_columns(facts, label, Match({}), pool, [], choice)
    if len(matched) == 1 and len(pool) >= 2 and choice.positive is None and facts.total(pool):
        return class_columns(facts, label, found, pool, matched, choice)
    return one_column(facts, label, values, pool, found, choice)


def _matched(facts: Facts, values: Sequence[str], candidates: Sequence[str]) -> Match:
    """Return the columns that are called like the labels, or like 0 and 1, no and yes, … where these stand for them."""
    candidates = [name for name in candidates if not NAMELESS.fullmatch(name)]
    found = match(values, candidates)
    if len(found.columns) == len(values):
        return found
    pair = named.truth_of(values)
    if pair is None:
        return found
    for names in named.TRUTHS:
        other = match(names, candidates)
        if len(other.columns) == 2:
            return Match({label: other.columns[names[int(truth)]] for label, truth in pair.items()}, *other[1:])
    return found
