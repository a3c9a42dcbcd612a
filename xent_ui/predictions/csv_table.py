"""A learner's file as a table of text, however its columns are separated and its numbers are written.

A file that cannot be read raises ``BadFile``. Rows are numbered as in a spreadsheet: the header is usually row 1.
"""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import parquet

from xent_ui.predictions.bad_file import BadFile, Offer
from xent_ui.predictions.columns import LABELS, normal
from xent_ui.predictions.csv_layout import (
    COMMA_NUMBER,
    LOOKED_AT,
    SEPARATORS,
    Layout,
    after_lines,
    is_number,
    layout_of,
    records_of,
)
from xent_ui.predictions.file_text import NOT_CSV, FileText, read_text
from xent_ui.predictions.safe_csv import safe_cell
from xent_ui.style.words import visible

MOST_ROWS: Final = 200_000
MOST_COLUMNS: Final = 1_024
NO_HEADER: Final = Offer("The first row is data", {"header": False})
ROW_NAMES: Final = "row names"


@dataclass(frozen=True)
class Table:
    """The rows of a file as text, and how they were read.

    frame      one column of text per column of the file, indexed by the row in the file
    sentences  how the file was read, where that is not comma-separated UTF-8 with a header
    """

    frame: pd.DataFrame
    sentences: tuple[str, ...] = ()


def read_table(data: bytes, header: bool | None = None) -> Table:
    """Return the rows of a file.

    header  whether the first row names the columns; None if the file itself is to tell
    Raises  BadFile  the file is no table, or a row has more cells than the header
    """
    file = read_text(data)
    return _from_parquet(file) if file.parquet else _from_text(file, header)


def _from_parquet(file: FileText) -> Table:
    try:
        # Not by pandas.read_parquet, which takes one column for the index and reads integers with gaps as fractions.
        table = parquet.read_table(io.BytesIO(file.parquet))
    except (pa.ArrowException, OSError):
        raise BadFile("The file is a Parquet file that cannot be read. Export it as CSV.") from None
    _must_have_room(table.num_columns, table.num_rows, first_row=2)
    columns = {name: _as_text(column) for name, column in zip(table.column_names, table.columns, strict=True)}
    if len(columns) < table.num_columns:
        _no_name_twice(table.column_names)
    frame = pd.DataFrame(columns, index=pd.RangeIndex(2, table.num_rows + 2), dtype="str")
    return Table(frame, (_sentence("a Parquet file", file),))


def _as_text(column: pa.ChunkedArray) -> list[str]:
    return ["" if value is None else str(value) for value in column.to_pylist()]


def _from_text(file: FileText, header: bool | None) -> Table:
    text = file.text.rstrip("\n\t ") + "\n"
    layout = layout_of(text)
    names, has_header, notes = _names(layout, header)
    body, first_row = _body(text, layout, has_header)
    frame = _rows(body, layout.separator, names, first_row)
    frame, dropped = _without_empty_end(frame)
    columns = list(frame.columns)
    _must_have_room(len(columns), len(frame), first_row)
    how = SEPARATORS[layout.separator] + (" with decimal commas" if _has_decimal_commas(frame) else "")
    how += "" if has_header else ", without a header"
    is_plain = how == SEPARATORS[","] and not (layout.said or file.packing or file.encoding)
    sentences = [] if is_plain else [_sentence(how, file)]
    notes = [*(["What stands above the header is left out."] if layout.has_words else []), *notes]
    notes = [*notes, *(["Empty columns at the end are left out."] if dropped else [])]
    return Table(frame, (*sentences, *notes))


def _sentence(how: str, file: FileText) -> str:
    parts = [how, *([file.encoding] if file.encoding else []), *([file.packing] if file.packing else [])]
    return f"Read as {', '.join(parts)}."


# --- the header -------------------------------------------------------------------------------------------------------


def _names(layout: Layout, header: bool | None) -> tuple[list[str], bool, list[str]]:
    """Return the names of all columns, whether the first record holds them, and what is to be said about it."""
    first, *body = layout.head
    if len(first) > MOST_COLUMNS:
        raise BadFile(f"there are {len(first):,} columns; at most {MOST_COLUMNS:,} can be read.", row=1)
    if not any(first):
        raise BadFile("the first row must name the columns; it is empty.", row=1)
    body = [record for record in body if any(record)]
    width = len(first)
    first = [first[0].removeprefix("#").strip(), *first[1:]]
    if len(first) > 1 and not first[0] and layout.head[0][0] == "#":  # NumPy writes "# label p"
        first = first[1:]
        width -= 1
    if max([len(first), *map(len, body)]) < 2:
        raise BadFile("there must be at least two columns: a label, and predictions.", row=1, column=first[0])
    if header is None:
        _must_be_names(first, body)
    if header is False:
        width = max(width, *map(len, body)) if body else width
        return [f"column {number}" for number in range(1, width + 1)], False, []
    names, notes = first, []
    is_weka = normal(names[-1]) == "distribution"  # only the first column of several has a name
    if body and not is_weka and all(len(record) == width + 1 for record in body):
        if not any(record[-1] for record in body):
            names = [*first, ""]
        elif _are_row_names([record[0] for record in body], layout):
            names, notes = [ROW_NAMES, *first], ["The first column, which the header does not name, holds row names."]
    if is_weka and body:
        names = [*names, *[""] * (max(map(len, body)) - len(names))]
    names = _weka_names(names)
    names = [name or f"column {number}" for number, name in enumerate(names, start=1)]
    _no_name_twice(names)
    return names, True, notes


def _must_be_names(first: Sequence[str], body: Sequence[Sequence[str]]) -> None:
    """Raise BadFile if the first record looks like data."""
    if any(normal(name) in LABELS for name in first):
        return
    fractions = [name for name in first if is_number(name) and not name.isdigit()]
    numbers = [name for name in first if is_number(name) or COMMA_NUMBER.fullmatch(name)]
    again = [
        name
        for place, name in enumerate(first)
        if name and any(len(record) > place and record[place] == name for record in body)
    ]
    for found in (numbers if len(numbers) == len(first) else [], fractions, again):
        if found:
            got = "a number" if found is not again else "a value that stands in its column again"
            raise BadFile(
                f"the first row must name the columns, got {got}. If the file has no header, say so with "
                f"“{NO_HEADER.words}”.",
                row=1,
                column=found[0],
                offers=[NO_HEADER],
            )


def _are_row_names(cells: Sequence[str], layout: Layout) -> bool:
    """Return whether a column that the header does not name holds what R and pandas write there.

    That is 0, 1, 2, … or 1, 2, 3, … or other names. Between commas, numbers are names only in quotation marks, because
    "1,0,9" may be 1 and 0.9.
    """
    if not any(map(is_number, cells)):
        return len(set(cells)) == len(cells)
    is_counted = list(cells) in [[str(number + first) for number in range(len(cells))] for first in (0, 1)]
    return is_counted and (layout.separator != "," or layout.has_quotes)


def _weka_names(names: Sequence[str]) -> list[str]:
    """Return names in which the columns that follow Weka's "distribution" are called like it, with their number."""
    places = [place for place, name in enumerate(names) if normal(name) == "distribution"]
    if not places or any(names[places[0] + 1 :]):
        return list(names)
    start = places[0]
    return [*names[:start], *(f"distribution {number}" for number in range(1, len(names) - start + 1))]


def _no_name_twice(names: Sequence[str]) -> None:
    repeated = [name for name, count in Counter(names).items() if count > 1]
    if repeated:
        raise BadFile("two columns have this name; each may stand once.", row=1, column=repeated[0])


# --- the rows ---------------------------------------------------------------------------------------------------------


def _body(text: str, layout: Layout, has_header: bool) -> tuple[str, int]:
    """Return the text below the header, and the number of its first row."""
    start = after_lines(text, layout.skipped)
    if not has_header:
        return text[start:], layout.skipped + 1
    lines = (line + "\n" for line in text[start:].split("\n", MOST_COLUMNS))
    header = csv.reader(lines, delimiter=layout.separator, skipinitialspace=True, strict=True)
    next(header)
    return text[after_lines(text, layout.skipped + header.line_num) :], layout.skipped + 2


def _rows(body: str, separator: str, names: Sequence[str], first_row: int) -> pd.DataFrame:
    """Return all rows as text; a row with fewer cells ends with empty ones."""
    if not body.strip():
        return pd.DataFrame({name: pd.Series(dtype="str") for name in names})
    _same_width(body, separator, names, first_row, rows=2)  # pandas would silently drop extra cells of the first row
    try:
        frame = pd.read_csv(
            io.BytesIO(body.encode()),
            sep=r"\s+" if separator == " " else separator,
            header=None,
            names=list(names),
            index_col=False,
            dtype=str,
            na_filter=False,
            skipinitialspace=True,
            skip_blank_lines=False,
            low_memory=False,
            nrows=MOST_ROWS + 1,
        )
    except pd.errors.ParserError:
        _same_width(body, separator, names, first_row)
        raise BadFile("The file cannot be read as CSV.") from None
    frame.index = pd.RangeIndex(first_row, len(frame) + first_row)
    return frame.apply(lambda column: column.str.strip())


def _without_empty_end(frame: pd.DataFrame) -> tuple[pd.DataFrame, bool]:
    """Return a table without empty rows at its end, and without nameless empty columns there; also if there were any.

    Spreadsheets write such rows and columns, and a separator at the end of each row makes one.
    """
    n_columns = len(frame.columns)
    while n_columns > 1 and frame.columns[n_columns - 1] == f"column {n_columns}" and len(frame):
        if (frame.iloc[:, n_columns - 1] != "").any():
            break
        n_columns -= 1
    filled = np.flatnonzero((frame.iloc[-LOOKED_AT:] != "").any(axis=1))
    n_empty = 0 if len(frame) == 0 or not len(filled) else min(LOOKED_AT, len(frame)) - 1 - int(filled[-1])
    return frame.iloc[: len(frame) - n_empty, :n_columns], n_columns < len(frame.columns)


def _must_have_room(n_columns: int, n_rows: int, first_row: int) -> None:
    if n_columns > MOST_COLUMNS:
        raise BadFile(f"there are {n_columns:,} columns; at most {MOST_COLUMNS:,} can be read.", row=1)
    if n_rows > MOST_ROWS:
        raise BadFile(f"at most {MOST_ROWS:,} rows can be scored.", row=MOST_ROWS + first_row)


def _same_width(body: str, separator: str, names: Sequence[str], first_row: int, rows: int | None = None) -> None:
    """Raise BadFile for the first row with more cells than the header, or with a misplaced quotation mark.

    rows  how many rows to check; all by default
    """
    number = first_row - 1
    part = body if rows is None else "\n".join(body.split("\n", 4 * rows)[: 4 * rows])
    try:
        for number, record in enumerate(records_of(part, separator), start=first_row):
            if len(record) > len(names):
                raise BadFile(
                    f"a row must have as many cells as the header, {len(names)}; this one has {len(record)}. "
                    "Numbers are written with a point: a decimal comma would be one of the commas between columns.",
                    row=number,
                    column=names[-1],
                )
            if rows is not None and number >= first_row + rows - 1:
                return
    except csv.Error:
        if rows is None:
            raise BadFile("a quotation mark is out of place or never closed.", row=number + 1) from None


def _has_decimal_commas(frame: pd.DataFrame) -> bool:
    """Return whether most numbers with decimals have a comma before them."""
    cells = [cell for name in frame.columns for cell in frame[name].iloc[:LOOKED_AT]]
    commas = sum(COMMA_NUMBER.fullmatch(cell) is not None for cell in cells)
    return commas > sum("." in cell and is_number(cell) for cell in cells)


# --- to show beside an error ------------------------------------------------------------------------------------------


def preview(data: bytes, row: int | None = None, columns: int = 12) -> pd.DataFrame:
    """Return a few rows around the given one as text, as far as they can be read, to show beside an error."""
    try:
        file = read_text(data)
        text = file.text.rstrip("\n\t ") + "\n"
        layout = layout_of(text)
    except BadFile:
        return pd.DataFrame()
    if file.parquet or data.startswith(tuple(NOT_CSV)):
        return pd.DataFrame()
    offset = layout.skipped
    first = max(2, (row or 0) - 2)
    records: dict[int, list[str]] = {}
    try:
        for number, record in enumerate(records_of(text[after_lines(text, offset) :], layout.separator), offset + 1):
            if number == offset + 1 or first <= number:
                cells = [visible(cell[:30]) for cell in record[:columns]]
                records[number] = [cell if is_number(cell) else safe_cell(cell) for cell in cells]
            if number == first + 4:
                break
    except csv.Error:
        pass
    width = max(map(len, records.values()), default=0)
    if width == 0:
        return pd.DataFrame()
    names, *rows = ([*record, *[""] * (width - len(record))] for record in records.values())
    names = [name + "\u200b" * names[:i].count(name) for i, name in enumerate(names)]  # Streamlit needs unique names
    return pd.DataFrame(rows, columns=names, index=list(records)[1:])
