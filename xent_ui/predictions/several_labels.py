"""What the columns of a learner's file are if each label has a column, or several labels stand in one cell."""

from collections.abc import Sequence
from typing import Final

import numpy as np

from xent_ui.predictions import columns as named
from xent_ui.predictions.bad_file import BadFile, Offer
from xent_ui.predictions.facts import Facts
from xent_ui.predictions.matching import Match, match
from xent_ui.predictions.refusals import EXPORTS
from xent_ui.predictions.roles import MOST_CLASSES, Roles, left_out, listed_names

SEPARATORS_IN_CELLS: Final = r"\s*[;,|]\s*"


def labels_in_cells(facts: Facts, label: str, candidates: Sequence[str]) -> Roles | None:
    """Return what the columns are if a cell may hold several labels, such as "cat;dog"; otherwise None."""
    cells = facts.frame[label].str.strip("[]{}() ").str.replace(r"['\"]", "", regex=True)
    if not cells.str.contains(SEPARATORS_IN_CELLS, regex=True).any():
        return None
    lists = cells.str.split(SEPARATORS_IN_CELLS, regex=True)
    own = sorted({part for cell in lists for part in cell if part})
    found = match(own, candidates) if 2 <= len(own) <= MOST_CLASSES else Match({})
    if len(found.columns) < len(own) or not own:
        return None
    matched = found.columns.values()
    columns = [name for name in candidates if name in matched or (found.has_affix and found.belongs(name))]
    place = {value: columns.index(column) for value, column in found.columns.items()}
    truth = np.zeros((facts.n, len(columns)), dtype=np.intp)
    for row, cell in enumerate(lists):
        truth[row, [place[part] for part in cell if part]] = 1
    return _tagged(facts, label, columns, tuple(map(found.stem, columns)), truth, (label,))


def label_block(facts: Facts, exclusive: bool | None) -> Roles | None:
    """Return what the columns are if each class has a column of 0 and 1 for the truth; otherwise None.

    exclusive  whether exactly one label is true of a row; None if the file is to tell
    Raises     BadFile  the file does not tell, or the predictions are decisions
    """
    marks = [name for name in facts.names if facts.is_0_or_1(name)]
    numeric = [name for name in facts.names if facts.is_numeric(name) or facts.is_0_or_1(name)]
    groups: dict[str, list[str]] = {"": marks}
    for name in marks:
        for affix in _affixes_of(name):
            groups.setdefault(affix, []).append(name)
    best: tuple[Match, list[str], dict[str, str]] | None = None
    for affix, group in groups.items():
        stems = {name: _without(name, affix) for name in group}
        rest = [name for name in numeric if name not in group]
        found = match(list(stems.values()), rest) if len(set(stems.values())) == len(stems) >= 2 else Match({})
        if len(found.columns) == len(stems) >= 2 and (best is None or len(stems) > len(best[1])):
            best = found, group, stems
    if best is None:
        return None
    found, group, stems = best
    columns = [found.columns[stems[name]] for name in group]
    truth = np.column_stack([facts.truth(name) for name in group])
    classes = tuple(found.stem(column) for column in columns)
    if all(map(facts.is_0_or_1, columns)):
        raise BadFile(
            f"it holds only what the model decided, 0 or 1, so the probabilities are missing. {EXPORTS}",
            column=columns[0],
        )
    is_one_hot = bool((truth.sum(axis=1) == 1).all())
    numbers = facts.matrix(columns)
    within = bool(((numbers >= 0) & (numbers <= 1)).all())
    if is_one_hot and exclusive is None and not within and not facts.total(columns):
        raise BadFile(
            f"in each row exactly one of {listed_names(group)} is 1. Say whether a row always has one label, as with a "
            "softmax, or may have several, as with a sigmoid for each (multi-label).",
            row=1,
            offers=[
                Offer("A row has exactly one label", {"exclusive": True}),
                Offer("Each label is a yes-or-no question", {"exclusive": False}),
            ],
        )
    if is_one_hot and (exclusive or facts.total(columns)) and exclusive is not False:
        others = left_out(facts, (*group, *columns), classes)
        said = [f"The label is one-hot: in each row one of {listed_names(group)} is 1."]
        return Roles(group[0], tuple(columns), classes, truth.argmax(axis=1), left_out=others, said=said)
    return _tagged(facts, group[0], columns, classes, truth, group)


def _tagged(
    facts: Facts, label: str, columns: Sequence[str], classes: tuple[str, ...], truth: np.ndarray, group: Sequence[str]
) -> Roles:
    """Return what the columns are if several classes may be true of a row."""
    counts = truth.sum(axis=1)
    several, none = int((counts > 1).sum()), int((counts == 0).sum())
    rows = f"{several:,} of {facts.n:,} rows have several labels"
    rows += f" and {none:,} none" if none else ""
    said = (
        f"This is multi-label: {rows}, so each label is scored as a yes-or-no question of its own."
        if several or none
        else "This is multi-label: the numbers of a row do not sum to 1, so each label is scored as a yes-or-no "
        "question of its own."
    )
    others = left_out(facts, (*group, *columns), classes)
    return Roles(label, tuple(columns), classes, truth[:, 0], truth, others, [said])


def _affixes_of(name: str) -> list[str]:
    """Return the beginnings and the endings of a name that a sign sets apart, each with "…" for the rest."""
    parts = named.normal(name).split("_")
    starts = ["_".join(parts[:k]) + "_…" for k in range(1, len(parts))]
    return [*starts, *("…_" + "_".join(parts[k:]) for k in range(1, len(parts)))]


def _without(name: str, affix: str) -> str:
    start, _, end = affix.partition("…")
    written = named.normal(name) if affix else name
    return written.removeprefix(start).removesuffix(end)
