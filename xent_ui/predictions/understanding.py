"""What the columns of a learner's file are: the label, the predictions, and what is left out.

The names and the cells are evidence. Where they do not decide, ``BadFile`` asks, and offers the readings that are
possible.
"""

from collections.abc import Sequence
from typing import Final

from xent_ui.predictions import columns as named
from xent_ui.predictions.bad_file import BadFile, Offer
from xent_ui.predictions.choice import Choice
from xent_ui.predictions.class_columns import class_columns, numbered_columns
from xent_ui.predictions.facts import Facts
from xent_ui.predictions.matching import Match, match, matches
from xent_ui.predictions.one_column import called_like_class_1, one_column
from xent_ui.predictions.refusals import are_real, must_not_be_regression
from xent_ui.predictions.roles import (
    LABEL_CONTROL,
    MOST_CLASSES,
    NAMELESS,
    PREDICTIONS_CONTROL,
    Roles,
    listed_names,
    may_be_prediction,
)
from xent_ui.predictions.several_labels import label_block, labels_in_cells
from xent_ui.style.words import quoted

FEWEST: Final = 5  # rows in which a column must agree with the predictions to be called a decision


def roles(facts: Facts, choice: Choice) -> Roles:
    """Return what the columns are, as far as the learner has not chosen it by the evidence of the file.

    Raises  BadFile  there is no label, there are no predictions, or the evidence does not decide
    """
    if choice.label is not None:
        return _with_label(facts, choice.label, choice)
    hits = [name for name in facts.names if named.normal(name) in named.LABELS]
    found: dict[str, Roles] = {}
    errors = []
    for name in sorted(hits, key=lambda name: named.LABELS.index(named.normal(name))):
        try:
            found[name] = _with_label(facts, name, choice)
        except BadFile as error:
            errors.append(error)
    if found:
        found = _without_decisions(facts, found)
        first = next(iter(found.values()))
        _must_be_one_label(facts, [name for name in found if name not in first.columns])
        return first
    block = label_block(facts, choice.exclusive)
    if block is not None:
        return block
    if errors:
        raise errors[0]
    candidates = [name for name in facts.names if _may_be_label(facts, name)]
    if len(candidates) == 1:
        only = _with_label(facts, candidates[0], choice)
        only.said.append(f"{quoted(candidates[0])} is the label, because nothing else can be.")
        return only
    named_so = f"{listed_names(candidates)} may be. " if candidates else ""
    raise BadFile(
        f"no column is called label or y. {named_so}If one says what is true, choose it under {LABEL_CONTROL}. "
        "Predictions alone cannot be scored: the file also needs the true label of each row.",
        row=1,
        offers=[Offer(f"{name} is the label", {"label": name}) for name in candidates],
    )


def _without_decisions(facts: Facts, found: dict[str, Roles]) -> dict[str, Roles]:
    """Return the labels without those that say in each row what the predictions say: the model decided these."""
    decided = {name for name, roles in found.items() if _say_the_numbers(facts, roles)}
    return {name: roles for name, roles in found.items() if name not in decided} if len(decided) < len(found) else found


def _say_the_numbers(facts: Facts, found: Roles) -> bool:
    numbers = facts.matrix(found.columns)
    if found.is_binary:
        middle = 0.0 if (numbers < 0).any() else 0.5
        return facts.n >= FEWEST and bool(((numbers[:, 0] >= middle) == found.labels).all())
    return facts.n >= FEWEST and found.truth is None and bool((numbers.argmax(axis=1) == found.labels).all())


def _must_be_one_label(facts: Facts, hits: Sequence[str]) -> None:
    """Raise BadFile if several columns may be the label, no name is surer than the others, and they differ."""
    first = hits[0]
    is_sure = named.LABELS.index(named.normal(first)) < named.SURE_LABELS
    rivals = [
        name
        for name in hits[1:]
        if is_sure == (named.LABELS.index(named.normal(name)) < named.SURE_LABELS)
        and (facts.frame[name].map(named.canonical) != facts.frame[first].map(named.canonical)).any()
    ]
    if rivals:
        raise BadFile(
            f"{listed_names([first, *rivals])} may each be the label, and they differ. Choose one under "
            f"{LABEL_CONTROL}.",
            row=1,
            offers=[Offer(f"{name} is the label", {"label": name}) for name in (first, *rivals)],
        )


def _may_be_label(facts: Facts, name: str) -> bool:
    """Return whether a column that is not called like a label may yet be one, by the values in it."""
    values = facts.values(name)
    if named.says_decision(name) or len(values) < 2:
        return False
    if len(values) > MOST_CLASSES or (facts.is_numeric(name) and not facts.is_whole(name)):
        return False
    others = [other for other in facts.names if other != name]
    if all(NAMELESS.fullmatch(other) for other in facts.names):
        return _is_label_without_header(facts, name, others)
    numeric = [other for other in others if facts.is_numeric(other) and not facts.is_0_or_1(other)]
    numeric = [other for other in numeric if not NAMELESS.fullmatch(other)]
    found = match(values, numeric)
    if len(found.columns) == len(values):
        return not named.is_other(name) or not facts.is_numeric(name) or not found.has_affix
    if named.is_other(name):
        return False
    if facts.is_0_or_1(name) and len(called_like_class_1(name, numeric)) == 1:
        return True
    # What a model decided holds the same labels.
    return not facts.is_numeric(name) and any(
        named.says_decision(other) and not facts.is_numeric(other) and facts.is_decision(other, values)
        for other in others
    )


def _is_label_without_header(facts: Facts, name: str, others: Sequence[str]) -> bool:
    """Return whether a column of a file without a header can only be the label."""
    if len(others) == 1:
        return facts.is_0_or_1(name) and facts.is_numeric(others[0]) and not facts.is_whole(others[0])
    return facts.is_numeric(name) and facts.is_whole(name) and facts.total(others) > 0


def _with_label(facts: Facts, label: str, choice: Choice) -> Roles:
    """Return what the columns are if one of them holds the labels."""
    others = [name for name in facts.names if name != label]
    candidates = others if choice.columns is None else list(choice.columns)
    values = facts.values(label)
    if len(values) > MOST_CLASSES or are_real(facts, label, values):
        must_not_be_regression(facts, label, values)
    if choice.numbering is not None:
        return numbered_columns(facts, label, candidates, choice)
    found = _matched(facts, label, values, candidates)
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
        preferred = called_like_class_1(label, pool)
        if not preferred and (facts.total(pool) or len(values) > 2):
            return class_columns(facts, label, Match({}), pool, [], choice)
    if len(matched) == 1 and len(pool) >= 2 and choice.positive is None and facts.total(pool):
        return class_columns(facts, label, found, pool, matched, choice)
    return one_column(facts, label, values, pool, found, choice)


def _block(facts: Facts, label: str, found: Sequence[Match]) -> Match:
    """Return the columns that are called like labels, if there are several for each: those that are probabilities.

    Raises  BadFile  several are, and they differ
    """
    likely = [each for each in found if len(each.columns) > 1 and facts.total(list(each.columns.values()))]
    if len(found[0].columns) < 2 or len(likely) < 2:
        best = (likely or found)[0]
        are_numbers = all(named.canonical(value).lstrip("+-").isdigit() for value in best.columns)
        return best if likely or not are_numbers or best.is_about_classes else Match({})  # "run_0" and "run_1"
    columns = [tuple(name for name in facts.names if name in each.columns.values()) for each in likely]
    if len({facts.matrix(each).tobytes() for each in columns}) == 1:
        return likely[0]
    raise BadFile(
        f"there are several probabilities for each label: {listed_names([each[0] for each in columns])} belong to "
        f"different ones. Choose {PREDICTIONS_CONTROL}.",
        row=1,
        offers=[Offer(f"Score {', '.join(each[:4])}", {"label": label, "columns": each}) for each in columns],
    )


def _matched(facts: Facts, label: str, values: Sequence[str], candidates: Sequence[str]) -> Match:
    """Return the columns that are called like the labels, or like 0 and 1, no and yes, … where these stand for them."""
    candidates = [name for name in candidates if not NAMELESS.fullmatch(name)]
    found = _block(facts, label, matches(values, candidates))
    if len(found.columns) == len(values):
        return found
    pair = named.truth_of(values)
    if pair is None:
        return found
    for names in named.TRUTHS:
        other = _block(facts, label, matches(names, candidates))
        if len(other.columns) == 2:
            return other.renamed({label: names[int(truth)] for label, truth in pair.items()})
    if not found.columns:
        for names in named.TRUTHS:
            other = match([name for name in names if len(name) > 1 or name.isdigit()], candidates)
            if len(other.columns) == 1:  # such as "prob_no"
                return other.renamed({label: names[int(truth)] for label, truth in pair.items()})
    return found
