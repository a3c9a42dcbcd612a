"""Tables as CSV to download, in which no cell is a formula."""

import csv
from typing import Final

import pandas as pd

FORMULA: Final = ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠")  # spreadsheets accept full-width signs too


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
