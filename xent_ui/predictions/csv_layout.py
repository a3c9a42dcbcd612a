"""Where the cells of a learner's text are: what separates them, and where its header stands."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from xent_ui.predictions.bad_file import BadFile

SEPARATORS: Final = {
    ",": "comma-separated",
    ";": "semicolon-separated",
    "\t": "tab-separated",
    "|": "bar-separated",
    " ": "space-separated",
}
NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?(\s*%)?")
COMMA_NUMBER: Final = re.compile(r"[+-]?\d*,\d+([eE][+-]?\d+)?(\s*%)?")
HEAD: Final = 2**18  # characters in which the separator is looked for
LOOKED_AT: Final = 200  # rows of them


class Layout(NamedTuple):
    """Where the cells of a text are.

    separator   between two cells
    said        whether the file names its separator in its first line
    head        the first records, with the header if there is one
    skipped     the number of lines before ``head``
    has_quotes  whether the second line begins with a quotation mark
    has_words   whether words stand above the header
    """

    separator: str
    said: bool
    head: list[list[str]]
    skipped: int
    has_quotes: bool
    has_words: bool = False


def is_number(text: str) -> bool:
    """Return whether a text is a number as written in CSV files.

    >>> is_number("-0.5e3"), is_number("nan"), is_number("1,5")
    (True, False, False)
    """
    return NUMBER.fullmatch(text) is not None


def layout_of(text: str) -> Layout:
    """Return where the cells of a text are: the separator that gives rows of one width, most of them numbers."""
    skipped = len(text) - len(text.lstrip("\n"))
    said = re.match(r'"?sep=(.)"?\n', text[skipped:])
    if said:
        skipped += 1
    start = after_lines(text, skipped)
    has_quotes = text.startswith('\n"', text.find("\n", start))
    if said and said[1] in SEPARATORS:
        return Layout(said[1], True, _head(text, start, said[1]), skipped, has_quotes)
    heads = {separator: _head(text, start, separator, strict=False) for separator in SEPARATORS}
    ranked = [separator for separator, head in heads.items() if head and _worth(head)[0] > 0]
    best = max(ranked, key=lambda separator: _worth(heads[separator]), default=",")
    head = _head(text, start, best)
    n_words = _lines_of_words(head)
    return Layout(best, False, head[n_words:], skipped + n_words, has_quotes, has_words=n_words > 0)


def _lines_of_words(head: list[list[str]], most: int = 10) -> int:
    """Return how many lines of words stand above the header, as in spreadsheets, or as comments."""
    for place, record in enumerate(head[:most]):
        if sum(map(bool, record)) > 1:
            below = [each for each in head[place + 1 :] if any(each)]
            is_header = all(record) and not any(map(is_number, record)) and all(len(b) == len(record) for b in below)
            is_plain = not any("\n" in cell for words in head[:place] for cell in words)
            return place if is_header and is_plain and below else 0
    return 0


def _worth(head: list[list[str]]) -> tuple[float, ...]:
    """Return how well a separator suits: rows of one width, numbers among their cells, and many of them."""
    rows = [row for row in head if any(row)]
    body = rows[1:] or rows
    width, count = Counter(map(len, body)).most_common(1)[0]
    if width < 2:
        return (0.0,)
    cells = [cell for row in body for cell in row]
    numbers = sum(is_number(cell) or COMMA_NUMBER.fullmatch(cell) is not None for cell in cells) / len(cells)
    evenness = {width: 2.0, width - 1: 1.0}.get(len(rows[0]), 0.0) if count == len(body) else 0.0  # R
    return (1.0, evenness, round(numbers, 2), float(width))


def _head(text: str, start: int, separator: str, *, strict: bool = True) -> list[list[str]]:
    """Return the first records of a text from a place on.

    strict  whether to raise BadFile for a quotation mark out of place in the first record, or else to return nothing
    """
    end = start + HEAD
    part = text[start:end] if len(text) <= end else text[start : max(text.rfind("\n", start, end), 0)]
    part = part or text[start:].split("\n", 1)[0]
    records: list[list[str]] = []
    try:
        for record in islice(records_of(part, separator), LOOKED_AT):
            records.append(record)
    except csv.Error:
        if not records and strict:
            raise BadFile("a quotation mark is out of place or never closed.", row=1) from None
    return records


def records_of(text: str, separator: str) -> Iterator[list[str]]:
    """Return the records of a text, with no blanks around their cells."""
    lines: Iterator[str] = (line + "\n" for line in text.removesuffix("\n").split("\n"))
    if separator == " ":
        lines = (line.strip() + "\n" for line in lines)
    for record in csv.reader(lines, delimiter=separator, skipinitialspace=True, strict=True):
        yield [cell.strip() for cell in record]


def after_lines(text: str, lines: int) -> int:
    """Return where a text goes on after so many lines."""
    place = 0
    for _ in range(lines):
        place = text.index("\n", place) + 1
    return place
