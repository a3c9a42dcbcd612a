"""A learner's CSV file as a table, or a sentence that says what is wrong with it; and tables as CSV to download.

A file that cannot be read raises ``BadFile``, which names row, column and rule. Rows are numbered as in a spreadsheet:
the header is row 1.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import pandas as pd

from xent_ui.style.words import quoted, visible

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
FORMULA: Final = ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠")  # spreadsheets accept full-width signs too


class BadFile(ValueError):
    """Raised for a file that cannot be read; the message is a sentence that says why.

    rule    the rule that is broken
    row     the first row that breaks it, counting the header as row 1; None if the whole file breaks it
    column  the name of the column as written in the file; None if the whole row breaks the rule
    rows    how many rows break the rule
    offers  settings with which the file could be read
    """

    def __init__(
        self, rule: str, *, row: int | None = None, column: str | None = None, rows: int = 1, offers: Sequence[str] = ()
    ):
        where = [] if row is None else [f"Row {row:,}"]
        where += [] if column is None else [f"column {quoted(column)}"]
        more = {1: "", 2: " One more row breaks this rule."}.get(rows, f" {rows - 1:,} more rows break this rule.")
        super().__init__(f"{', '.join(where)}: {rule}{more}" if where else rule + more)
        self.rule, self.row, self.column, self.rows, self.offers = rule, row, column, rows, tuple(offers)


def is_number(text: str) -> bool:
    """Return whether a text is a number as written in CSV files.

    >>> is_number("-0.5e3"), is_number("nan"), is_number("1,5")
    (True, False, False)
    """
    return NUMBER.fullmatch(text) is not None


def header(data: bytes) -> list[str]:
    """Return the names of the columns.

    Raises  BadFile  anything is wrong with the file or its header; other rows are not checked
    """
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
        for separator, name in SEPARATORS.items():
            if separator in names[0]:
                raise BadFile(
                    f"columns must be separated by commas, got {name}. Save the file again with commas, "
                    "and with points in its numbers.",
                    row=1,
                    column=names[0],
                )
        raise BadFile("there must be at least two columns: a label, and predictions.", row=1, column=names[0])
    for number, name in enumerate(names, start=1):
        if not name:
            raise BadFile(
                f"column {number} must have a name. pandas writes its index like this: save with index=False.", row=1
            )
        if is_number(name) and (not name.isdigit() or all(map(is_number, names))):
            raise BadFile("the first row must name the columns, got a number.", row=1, column=name)
    repeated = [name for name, count in Counter(names).items() if count > 1]
    if repeated:
        raise BadFile("two columns have this name; each may stand once.", row=1, column=repeated[0])
    return names


def table(data: bytes, names: Sequence[str], *, text: str) -> pd.DataFrame:
    """Return all rows below the header, indexed by their row in the file.

    names   the names of the columns, from ``header``
    text    the column to read as text; any other column is read as numbers if all its cells are numbers
    Raises  BadFile  too many rows, or a row with more cells than the header
    """
    data = data.rstrip(b"\r\n\t ")
    _same_width(data, names, rows=2)  # pandas would silently drop extra cells of the first row
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
    """Return a few rows around the given one as text, as far as they can be read, to show beside an error."""
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
    names = [name + "\u200b" * names[:i].count(name) for i, name in enumerate(names)]  # Streamlit needs unique names
    return pd.DataFrame(rows, columns=names, index=list(records)[1:])


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, with an apostrophe before it if needed.

    >>> safe_cell("=1+1"), safe_cell("cat"), safe_cell(" @x")
    ("'=1+1", 'cat', "' @x")
    """
    return "'" + text if text.lstrip().startswith(FORMULA) or text.startswith(("\t", "\r", "\n")) else text


def safe(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with no cell and no column name that a spreadsheet would take for a formula."""
    columns = {
        safe_cell(str(name)): column if column.dtype.kind in "fiub" else [safe_cell(str(cell)) for cell in column]
        for name, column in frame.items()
    }
    return pd.DataFrame(columns)


def to_csv(frame: pd.DataFrame) -> bytes:
    """Return a table as CSV in UTF-8, with every text in quotation marks and no formulas."""
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


def _bad_byte(data: bytes, position: int, rule: str) -> BadFile:
    before = data[:position]
    row, commas = before.count(b"\n") + 1, before[before.rfind(b"\n") + 1 :].count(b",")
    names = data.split(b"\n", 1)[0].decode("utf-8-sig", errors="replace").split(",")
    column = names[commas].strip() if row > 1 and commas < len(names) else str(commas + 1)
    return BadFile(rule.replace("{byte}", f"0x{data[position]:02x}"), row=row, column=column)


def _records(data: bytes) -> Iterator[list[str]]:
    return csv.reader(io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig", newline=""), strict=True)


def _same_width(data: bytes, names: Sequence[str], rows: int | None = None) -> None:
    """Raise BadFile for the first row with more cells than the header, or with a misplaced quotation mark.

    rows  how many rows to check; all by default
    """
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
