"""A learner's CSV file as a table, or a sentence that says what is wrong with it; and tables down again.

What cannot be read raises ``BadFile``, which names row, column and rule. Rows are numbered as a spreadsheet does: the
header is row 1. pandas reads the numbers; no Streamlit here.
"""

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import pandas as pd

MOST_MEGABYTES: Final = 20
MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 1_024

NOT_CSV: Final = {
    b"PK\x03\x04": "a spreadsheet (.xlsx) or a zip archive",
    b"\xd0\xcf\x11\xe0": "an old spreadsheet (.xls)",
    b"\x1f\x8b": "compressed (.gz)",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"PAR1": "a Parquet file",
    b"\x93NUMPY": "a NumPy array (.npy)",
    b"\x80\x04": "a pickle",
    b"\x80\x05": "a pickle",
    b"{": "JSON",
    b"[": "JSON",
    b"<": "a web page or XML",
}
UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
SEPARATORS: Final = {";": "semicolons", "\t": "tabs", "|": "bars"}
NUMBER: Final = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
FORMULA: Final = ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠")  # noqa: RUF001  # full width counts too


class BadFile(ValueError):
    """Why a file was not read: a rule, where it is first broken, and what may be chosen instead.

    row     in the file, the header being 1; None where the whole file is meant
    column  its name, as it stands in the file; None where the whole row is meant
    rows    how many rows break this rule
    offers  what the learner may choose instead
    """

    def __init__(
        self, rule: str, *, row: int | None = None, column: str | None = None, rows: int = 1, offers: Sequence[str] = ()
    ):
        where = [] if row is None else [f"Row {row:,}"]
        where += [] if column is None else [f"column {quoted(column)}"]
        more = {1: "", 2: " One more row breaks this rule."}.get(rows, f" {rows - 1:,} more rows break this rule.")
        super().__init__(f"{', '.join(where)}: {rule}{more}" if where else rule + more)
        self.rule, self.row, self.column, self.rows, self.offers = rule, row, column, rows, tuple(offers)


def quoted(text: object, most: int = 40) -> str:
    r"""A piece of the learner's file inside a sentence: short, on one line, and inert in Markdown.

    >>> quoted("cat"), quoted("`x`\n=1"), quoted("")
    ('`cat`', "`'x'\\x0a=1`", 'nothing')
    """
    shown = visible(str(text)[: most + 1]).replace("`", "'")
    if len(shown) > most:
        shown = shown[: most - 1] + "…"
    return f"`{shown}`" if shown.strip() else "nothing"


def visible(text: str) -> str:
    r"""Text in which control characters and the like are written out.

    >>> visible("a\x07b\u202ec")
    'a\\x07b\\u202ec'
    """
    return "".join(
        letter
        if unicodedata.category(letter)[0] != "C"
        else f"\\x{ord(letter):02x}"
        if ord(letter) < 256
        else f"\\u{ord(letter):04x}"
        for letter in text
    )


def is_number(text: str) -> bool:
    """Whether text is a number as CSV files write it.

    >>> is_number("-0.5e3"), is_number("nan"), is_number("1,5")
    (True, False, False)
    """
    return NUMBER.fullmatch(text) is not None


def header(data: bytes) -> list[str]:
    """The names of the columns, once nothing is wrong with the file but perhaps its rows."""
    _must_be_text(data)
    try:
        names = [name.strip() for name in next(_records(data))]
    except csv.Error:
        raise BadFile("a quotation mark is out of place or never closed.", row=1) from None
    if len(names) > MOST_COLUMNS:
        raise BadFile(f"there are {len(names):,} columns; at most {MOST_COLUMNS:,} can be read.", row=1)
    if not any(names):
        raise BadFile("the first row must name the columns; it is empty.", row=1)
    if len(names) == 1:
        for mark, called in SEPARATORS.items():
            if mark in names[0]:
                raise BadFile(
                    f"columns must be separated by commas, got {called}. Save the file again with commas, "
                    "and with points in its numbers.",
                    row=1,
                    column=names[0],
                )
        raise BadFile("there must be at least two columns: a label, and predictions.", row=1, column=names[0])
    for place, name in enumerate(names, start=1):
        if not name:
            raise BadFile(
                f"column {place} must have a name. pandas writes its index like this: save with index=False.", row=1
            )
        if is_number(name) and (not name.isdigit() or all(map(is_number, names))):
            raise BadFile("the first row must name the columns, got a number.", row=1, column=name)
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise BadFile("two columns have this name; each may stand once.", row=1, column=twice[0])
    return names


def table(data: bytes, names: Sequence[str], *, text: str) -> pd.DataFrame:
    """All rows below the header, indexed by their row in the file.

    names  of the columns, from ``header``
    text   the column that is read as it is written; the others are numbers wherever they hold nothing else
    """
    data = data.rstrip(b"\r\n\t ")
    _same_width(data, names, rows=2)  # pandas would drop what the first row has too much
    try:
        frame = pd.read_csv(
            io.BytesIO(data),
            encoding="utf-8-sig",
            header=0,
            names=list(names),
            index_col=False,
            dtype={text: str},
            keep_default_na=False,
            na_values=[""],
            skip_blank_lines=False,
            low_memory=False,
            nrows=MOST_ROWS + 1,
        )
    except pd.errors.ParserError as error:
        _same_width(data, names)
        raise BadFile(f"The file cannot be read as CSV: {quoted(error, 120)}.") from None
    if len(frame) > MOST_ROWS:
        raise BadFile(f"at most {MOST_ROWS:,} rows can be scored.", row=MOST_ROWS + 2)
    frame.index = pd.RangeIndex(2, len(frame) + 2)
    return frame


def preview(data: bytes, row: int | None = None, columns: int = 12) -> pd.DataFrame:
    """A few rows as text, about this one, as far as they can be read: what a page shows beside an error."""
    first = max(2, (row or 0) - 2)
    records: dict[int, list[str]] = {}
    try:
        for number, record in enumerate(_records(data), start=1):
            if number == 1 or first <= number:
                cells = [visible(cell[:30]) for cell in record[:columns]]
                records[number] = [cell if is_number(cell) else safe_cell(cell) for cell in cells]
            if number == first + 4:
                break
    except (csv.Error, UnicodeDecodeError):
        pass
    width = max(map(len, records.values()), default=0)
    if width == 0 or data.startswith(tuple(NOT_CSV)) or b"\0" in data:
        return pd.DataFrame()
    names, *rows = ([*record, *[""] * (width - len(record))] for record in records.values())
    names = [name + "\u200b" * names[:place].count(name) for place, name in enumerate(names)]  # a table needs each once
    return pd.DataFrame(rows, columns=names, index=list(records)[1:])


def safe_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe goes before what would start one.

    >>> safe_cell("=1+1"), safe_cell("cat"), safe_cell(" @x")
    ("'=1+1", 'cat', "' @x")
    """
    return "'" + text if text.lstrip().startswith(FORMULA) or text.startswith(("\t", "\r", "\n")) else text


def safe(frame: pd.DataFrame) -> pd.DataFrame:
    """A table whose text cells and whose header no spreadsheet takes for formulas."""
    columns = {
        safe_cell(str(name)): column if column.dtype.kind in "fiub" else [safe_cell(str(cell)) for cell in column]
        for name, column in frame.items()
    }
    return pd.DataFrame(columns)


def to_csv(frame: pd.DataFrame) -> bytes:
    """A table as CSV in UTF-8: every text in quotation marks, no cell a formula."""
    return safe(frame).to_csv(index=False, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n").encode()


def _must_be_text(data: bytes) -> None:
    if not data.strip():
        raise BadFile("The file is empty. It must have a header and at least two rows.")
    if len(data) > MOST_MEGABYTES * 2**20:
        raise BadFile(f"The file must have at most {MOST_MEGABYTES} MB, got {len(data) / 2**20:.1f} MB.")
    if data.startswith(UTF_16):
        raise BadFile("The file must be in UTF-8, got UTF-16. Save it as CSV in UTF-8.")
    for start, kind in NOT_CSV.items():
        if data.startswith(start):
            raise BadFile(f"The file must be CSV; this is {kind}. Export it as CSV.")
    try:
        data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        rule = "the file must be in UTF-8, got byte {byte}. Save it as CSV in UTF-8."
        raise _bad_byte(data, error.start, rule) from None
    if b"\0" in data:
        raise _bad_byte(data, data.index(b"\0"), "the file must be text, got byte {byte}.")


def _bad_byte(data: bytes, place: int, rule: str) -> BadFile:
    before = data[:place]
    row, left = before.count(b"\n") + 1, before[before.rfind(b"\n") + 1 :].count(b",")
    names = data.split(b"\n", 1)[0].decode("utf-8-sig", errors="replace").split(",")
    column = names[left].strip() if row > 1 and left < len(names) else str(left + 1)
    return BadFile(rule.replace("{byte}", f"0x{data[place]:02x}"), row=row, column=column)


def _records(data: bytes) -> Iterator[list[str]]:
    return csv.reader(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline=""), strict=True)


def _same_width(data: bytes, names: Sequence[str], rows: int | None = None) -> None:
    """Say which row has more cells than the header, or where a quotation mark is wrong."""
    number = 0
    try:
        for number, record in enumerate(_records(data), start=1):
            if len(record) > len(names):
                raise BadFile(
                    f"a row must have as many cells as the header, {len(names)}; this one has {len(record)}. "
                    "Numbers are written with a point.",
                    row=number,
                    column=names[-1],
                )
            if number == rows:
                return
    except csv.Error:
        raise BadFile("a quotation mark is out of place or never closed.", row=number + 1) from None
