"""The data of a figure as tables, made from its own traces, so that a table and its picture cannot disagree.

A trace that shows data carries ``Data``, which never leaves the server; a trace without is decoration, such as a drop
line. There is one table for each pair of axes and each set of places along the horizontal one, and one with the marked
points of each pair of axes. What a figure draws as an image, as dots that lie anywhere, or in scales of its own, it
brings as ``Rows``.

While a guess is open, a figure leaves out or cuts off the traces that give it away, and so do its tables.
"""

import csv
import html
import io
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from xent_ui.figures.placement import Trace
from xent_ui.style.numbers import digits_apart, text

if TYPE_CHECKING:
    from xent_ui.figures.base import Figure

Cell = float | int | str | None
MOST_ROWS: Final = 5000  # of a table
NOTHING: Final = "–"  # in a cell that has no value
_TAG: Final = re.compile(r"<[^>]*>")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # with which a spreadsheet begins a formula


class Data(NamedTuple):
    """What a trace shows: a column of a table beside that of its places, or a row with a marked point.

    name     of what it shows, such as "model q" or "here"; if it is empty, the title of its axis says enough
    x, y     the values, where the trace has others because it is cut off or has scales of its own; None takes those
             of the trace, NaN means none
    more     what else is known of a point, by the names of the columns
    is_line  whether it is a straight line that marks a place on one of its axes
    """

    name: str = ""
    x: Any = None
    y: Any = None
    more: Mapping[str, Any] = MappingProxyType({})
    is_line: bool = False


class Rows(NamedTuple):
    """Data that a figure does not draw as places on axes: columns of equal length by their names with units."""

    title: str
    columns: Mapping[str, Any]


class Table(NamedTuple):
    """A title, the names of the columns with their units, and rows of plain numbers and texts; None is an empty cell.

    note  says how many of the rows are here if it is a sample
    """

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    note: str = ""


class _Column(NamedTuple):
    axes: tuple[str, str]
    across: str  # the name of the column of places
    shown: str  # what the vertical axis shows
    name: str
    places: list[Cell]
    values: list[Cell]


class _Point(NamedTuple):
    axes: tuple[str, str]
    name: str
    at: dict[str, Cell]  # by the names of the columns, with None for what it does not have


def tables(figure: "Figure") -> list[Table]:
    """Return the data of a figure: the marked points of each pair of axes, its ``Rows``, then its curves."""
    columns: list[_Column] = []
    points: list[_Point] = []
    for trace in figure.traces:
        if (data := trace.get("data")) is None:
            continue
        found = _read(trace, data, _title(figure, "x", trace), _title(figure, "y", trace))
        if isinstance(found, _Point):
            points.append(found)
        else:
            columns.append(found)
    rows = [_of_rows(each) for each in figure.rows if all(len(values) for values in each.columns.values())]
    return [*_of_points(points), *rows, *_of_columns(columns)]


def sampled(table: Table, most: int = 25) -> Table:
    """Return a table with at most ``most`` rows: the first, the last, and evenly spaced ones between them.

    >>> few = sampled(Table("squares", ("n", "n²"), [(n, n * n) for n in range(101)]), most=3)
    >>> few.rows, few.note
    ([(0, 0), (50, 2500), (100, 10000)], '3 of 101 rows, evenly spaced.')
    """
    n = len(table.rows)
    if n <= most:
        return table
    kept = [table.rows[round(i * (n - 1) / (most - 1))] for i in range(most)]
    return table._replace(rows=kept, note=f"{most} of {n:,} rows, evenly spaced.")


def written(table: Table) -> list[tuple[str, ...]]:
    """Return the rows of a table as texts: numbers to the digits that matter, infinity as ∞."""
    return [tuple(map(_written, row)) for row in table.rows]


def csv_text(found: Iterable[Table]) -> str:
    """Return tables as CSV, one below the other; if there are several, each has a line with its title above it.

    Numbers have all their digits, infinity is inf. A text with which a spreadsheet would begin a formula stands in
    quotation marks.
    """
    whole = list(found)
    file = io.StringIO()
    writer = csv.writer(file)
    for number, table in enumerate(whole):
        if len(whole) > 1:
            writer.writerows([[], [_harmless(table.title)]] if number else [[_harmless(table.title)]])
        writer.writerow(map(_harmless, table.columns))
        writer.writerows([_in_file(cell) for cell in row] for row in table.rows)
    return file.getvalue()


def plain_words(label: str) -> str:
    """Return a text of a figure without markup and line breaks.

    >>> plain_words("mean Huber loss<br>($100,000)²"), plain_words("<b>a</b> &lt; b")
    ('mean Huber loss ($100,000)²', 'a < b')
    """
    return " ".join(html.unescape(_TAG.sub("", label.replace("<br>", " "))).split())


def _title(figure: "Figure", which: str, trace: Trace) -> str:
    """Return what the axis of a trace shows; an x-axis without a title is read at another one with its range."""
    ref, axes = trace.get(f"{which}axis", which), figure.plan
    if ref in figure.names:
        return figure.names[ref]
    mine = axes[f"{which}axis{ref[1:]}"]
    if not mine.get("visible", True):
        return ""
    alike = (
        axis
        for key, axis in axes.items()
        if which == "x" and key.startswith("xaxis") and axis.get("visible", True) and axis["range"] == mine["range"]
    )
    titles = (plain_words(axis.get("title", {}).get("text", "")) for axis in (mine, *alike))
    return next(filter(None, titles), "")


def _read(trace: Trace, data: Data, x_title: str, y_title: str) -> _Column | _Point:
    """Return what a trace shows as a column beside its places, or as a point."""
    axes = (trace.get("xaxis", "x"), trace.get("yaxis", "y"))
    x, y = _values(trace, "x", data.x), _values(trace, "y", data.y)
    more = {name: _cell(value) for name, value in data.more.items()}
    if data.is_line:
        is_vertical = len(set(trace["x"]) - {None}) == 1
        at = {x_title: x[0] if is_vertical else None, y_title: None if is_vertical else y[0]}
        return _Point(axes, data.name, at | more)
    if trace["mode"] == "markers" and len(x) == len(y) == 1:
        return _Point(axes, data.name, {x_title: x[0], y_title: y[0]} | more)
    header = f"{data.name}: {y_title}" if data.name and y_title else data.name or y_title
    return _Column(axes, x_title, y_title, header, x, y)


def _values(trace: Trace, which: str, given: Any) -> list[Cell]:
    """Return the given values, or else the coordinates of a trace, as plain values."""
    if given is None:
        given = trace[which] if which in trace else trace["x0"] + trace["dx"] * np.arange(len(trace["y"]))
    return [_cell(each) for each in _each(given)]


def _each(given: Any) -> Sequence[Any]:
    """Return values one by one; float32 numbers without the digits that they do not have."""
    if isinstance(given, int | float | np.generic):
        return [given]
    if isinstance(given, np.ndarray) and given.dtype == np.float32:
        return [float(f"{each:.7g}") for each in given.tolist()]
    return given.tolist() if isinstance(given, np.ndarray) else list(given)


def _cell(value: Any) -> Cell:
    if isinstance(value, np.float32):
        value = float(f"{value:.7g}")
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, str):
        return plain_words(value) or value
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return value if isinstance(value, int) else float(value) + 0.0  # −0 is 0


def _of_points(points: Sequence[_Point]) -> Iterator[Table]:
    """Yield a table with the marked points of each pair of axes; what no point has is no column."""
    for pair in dict.fromkeys(each.axes for each in points):
        mine = [each for each in points if each.axes == pair]
        names = dict.fromkeys(name for each in mine for name in each.at if name)
        known = [name for name in names if any(each.at.get(name) is not None for each in mine)]
        rows: list[tuple[Cell, ...]] = [(each.name, *(each.at.get(name) for name in known)) for each in mine]
        rows = [row for row in rows if any(cell is not None for cell in row[1:])]
        if rows:
            yield Table(f"Marked points: {', '.join(known)}", ("point", *known), rows)


def _of_columns(columns: Sequence[_Column]) -> Iterator[Table]:
    """Yield a table with the columns of each pair of axes that have the same places."""
    groups: dict[tuple[tuple[str, str], str, tuple[Cell, ...]], list[_Column]] = {}
    for each in columns:
        groups.setdefault((each.axes, each.across, tuple(each.places)), []).append(each)
    for (_, across, places), group in groups.items():
        rows = [
            row
            for row in zip(places, *(each.values for each in group), strict=True)
            if row[0] is not None and any(value is not None for value in row[1:])
        ]
        if rows:
            shown = group[0].name if len(group) == 1 else group[0].shown
            yield Table(_sentence(f"{shown} by {across}"), (across, *(each.name for each in group)), rows)


def _of_rows(rows: Rows) -> Table:
    columns = [[_cell(each) for each in _each(values)] for values in rows.columns.values()]
    return Table(_sentence(rows.title), tuple(map(plain_words, rows.columns)), list(zip(*columns, strict=True)))


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:] if len(words.partition(" ")[0]) > 1 else words


def _written(cell: Cell) -> str:
    if cell is None:
        return NOTHING
    if isinstance(cell, str):
        return cell
    if math.isfinite(cell) and abs(cell) < 1e5 and cell == round(cell):
        return f"{round(cell):,}".replace("-", "−")
    # A probability below 1 must not look like 1.
    return text(cell, digits_apart(cell, 1.0) if 0.99 < cell < 1 else 3)


def _harmless(words: str) -> str:
    return f"“{words}”" if words.startswith(_FORMULA) else words


def _in_file(cell: Cell) -> str:
    if cell is None:
        return ""
    return _harmless(cell) if isinstance(cell, str) else repr(cell)
