"""Which columns of a learner's file are called like its labels, with a common beginning or ending or without."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from xent_ui.predictions.columns import BESIDE_CLASSES, DENIALS, NO_CLASSES, canonical, normal

BEFORE_LABELS: Final = re.compile(r"__label__|(?:label|class)[_ ]", re.IGNORECASE)


class Match(NamedTuple):
    """Columns that are called like labels.

    columns  the column of each label that has one
    prefix   what stands before the label in the names of these columns, in small letters
    suffix   what stands after it
    """

    columns: Mapping[str, str]
    prefix: str = ""
    suffix: str = ""

    @property
    def has_affix(self) -> bool:
        """Whether something stands beside the labels in the names of the columns."""
        return bool(self.prefix or self.suffix)

    def renamed(self, names: Mapping[str, str]) -> "Match":
        """Return the columns of labels that were matched under other names, where these have a column.

        names  of each label, the name under which it was matched
        """
        return self._replace(
            columns={label: self.columns[name] for label, name in names.items() if name in self.columns}
        )

    @property
    def is_about_classes(self) -> bool:
        """Whether what stands beside the labels says that they are classes."""
        return _beside(self.prefix, self.suffix) <= BESIDE_CLASSES

    def belongs(self, name: str) -> bool:
        """Return whether a column has the same beginning and ending, and something in between."""
        written = canonical(name)
        long_enough = len(written) > len(self.prefix) + len(self.suffix)
        return long_enough and written.startswith(self.prefix) and written.endswith(self.suffix)

    def names_a_class(self, name: str) -> bool:
        """Return whether a column that has this beginning and ending can be of a class that no row has."""
        is_set_apart = self.has_affix and _are_apart(self.prefix, self.suffix, are_numbers=False)
        return is_set_apart and self.belongs(name) and normal(self.stem(name)) not in NO_CLASSES

    def stem(self, name: str) -> str:
        """Return the name of a column without this beginning and ending."""
        if not self.belongs(name):
            return name
        return name.strip()[len(self.prefix) : len(name.strip()) - len(self.suffix)]


def match(labels: Sequence[str], names: Sequence[str]) -> Match:
    """Return the columns that are called like labels: as many as can be with one beginning and one ending.

    >>> match(["dog", "cat"], ["id", "p_cat", "p_dog"])
    Match(columns={'dog': 'p_dog', 'cat': 'p_cat'}, prefix='p_', suffix='')
    >>> dict(match(["1", "0"], ["id", "confidence(0)", "confidence(1)"]).columns)
    {'1': 'confidence(1)', '0': 'confidence(0)'}
    """
    return matches(labels, names)[0]


def matches(labels: Sequence[str], names: Sequence[str]) -> list[Match]:
    """Return all that give as many labels a column as can be, each with another beginning or ending.

    >>> [found.prefix for found in matches(["a", "b"], ["p_a", "p_b", "logit_a", "logit_b", "other_a"])]
    ['p_', 'logit_']
    """
    attempts = [_matches(labels, names, written) for written in (canonical, _united)]
    stripped = {label: BEFORE_LABELS.sub("", label, count=1) for label in labels}
    if labels and all(BEFORE_LABELS.match(label) for label in labels) and all(stripped.values()):
        found = _matches(list(stripped.values()), names, canonical)
        attempts.append([each.renamed(stripped) for each in found])
    return max(attempts, key=lambda found: len(found[0].columns))


def _matches(labels: Sequence[str], names: Sequence[str], written: Callable[[str], str]) -> list[Match]:
    """Return the columns that are called like labels, after both were written in one way."""
    wanted, own = {label: written(label) for label in labels}, {name: written(name) for name in names}
    if len(set(wanted.values())) < len(wanted) or len(set(own.values())) < len(own):
        wanted, own = {label: label.strip() for label in labels}, {name: name.strip() for name in names}
    by_text = {text: name for name, text in own.items()}
    counts = _affixes(wanted.values(), own.values())
    most = max(counts.values(), default=0)
    best = sorted((affix for affix, count in counts.items() if count == most), key=lambda affix: len("".join(affix)))
    best = [affix for affix in best if _beside(*affix).isdisjoint(DENIALS)]
    if most == 1:  # a label may stand in a name by chance, as "n" does in "prediction"
        are_numbers = all(text.lstrip("+-").isdigit() for text in wanted.values())
        best = [affix for affix in best if _are_apart(*affix, are_numbers=are_numbers)]
    return [
        Match(
            {label: by_text[start + text + end] for label, text in wanted.items() if start + text + end in by_text},
            start,
            end,
        )
        for start, end in best
    ] or [Match({})]


def _affixes(labels: Iterable[str], names: Iterable[str]) -> Counter[tuple[str, str]]:
    """Return how many labels each beginning and ending gives a column to."""
    found: Counter[tuple[str, str]] = Counter()
    wanted = set(labels)
    lengths = {len(label) for label in wanted}
    for name in names:
        pieces = {
            (name[:start], name[start + length :])
            for length in lengths
            for start in range(len(name) - length + 1)
            if name[start : start + length] in wanted
        }
        found.update(pieces)
    return found


def _beside(start: str, end: str) -> set[str]:
    """Return the words of a beginning and an ending."""
    return set(re.findall(r"[^\W_]+", f"{start} {end}"))


def _are_apart(start: str, end: str, *, are_numbers: bool) -> bool:
    """Return whether a beginning and an ending of a name are words of their own, or "p" and the like at a number."""
    if are_numbers:
        return _beside(start, end) <= BESIDE_CLASSES
    return (not start or not start[-1].isalnum()) and (not end or not end[0].isalnum())


def _united(text: str) -> str:
    """Return a text with one underscore for all that is neither letter nor digit, as R and others rename columns."""
    return re.sub(r"\W+", "_", canonical(text)).strip("_")
