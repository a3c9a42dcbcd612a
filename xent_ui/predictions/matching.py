"""Which columns of a learner's file are called like its labels, with a common beginning or ending or without."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

from xent_ui.predictions.columns import canonical

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

    def belongs(self, name: str) -> bool:
        """Return whether a column has the same beginning and ending, and something in between."""
        written = _plain(name)
        long_enough = len(written) > len(self.prefix) + len(self.suffix)
        return long_enough and written.startswith(self.prefix) and written.endswith(self.suffix)

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
    attempts = [_match(labels, names, united) for united in (str, _united)]
    stripped = {label: BEFORE_LABELS.sub("", label, count=1) for label in labels}
    if labels and all(BEFORE_LABELS.match(label) for label in labels) and all(stripped.values()):
        found = _match(list(stripped.values()), names, str)
        again = {label: found.columns[short] for label, short in stripped.items() if short in found.columns}
        attempts.append(found._replace(columns=again))
    return max(attempts, key=lambda found: len(found.columns))


def _match(labels: Sequence[str], names: Sequence[str], united: type[str] | object) -> Match:
    """Return the columns that are called like labels, after both were written in one way."""
    in_one_way = _united if united is _united else str
    wanted = {label: in_one_way(canonical(label)) for label in labels}
    written = {name: in_one_way(_plain(name)) for name in names}
    if len(set(wanted.values())) < len(wanted) or len(set(written.values())) < len(written):
        wanted, written = {label: label.strip() for label in labels}, {name: name.strip() for name in names}
    by_text = {text: name for name, text in written.items()}
    best, best_count = ("", ""), sum(text in by_text for text in wanted.values())
    if best_count < len(wanted):
        for (prefix, suffix), count in _affixes(wanted.values(), written.values()).most_common(1):
            if count > best_count:
                best = prefix, suffix
    prefix, suffix = best
    columns = {
        label: by_text[prefix + text + suffix] for label, text in wanted.items() if prefix + text + suffix in by_text
    }
    return Match(columns, prefix, suffix)


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


def _plain(name: str) -> str:
    """Return the name of a column in small letters, and a number that ends with ".0" without it."""
    return canonical(name)


def _united(text: str) -> str:
    """Return a text with one underscore for all that is neither letter nor digit, as R and others rename columns."""
    return re.sub(r"\W+", "_", text).strip("_")
