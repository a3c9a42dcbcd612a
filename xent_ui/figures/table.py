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
    """What a trace shows: one column of a table beside that of its places, or a row with a marked point.

    name            of what it shows, such as "model q" or "here"; if it is empty, the title of its axis says enough
    x, y            the values, where the trace has others because it is cut off or has places of its own; None takes
                    those of the trace
    x_name, y_name  of the columns, with their units, where the axes have no titles or titles of more than one thing
    """

    name: str = ""
    x: Any = None
    y: Any = None
    x_name: str = ""
    y_name: str = ""


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
    name: str
    places: list[Cell]
    values: list[Cell]


class _Point(NamedTuple):
    axes: tuple[str, str]
    name: str
    at: dict[str, Cell]  # by the names of the columns


def tables(figure: "Figure") -> list[Table]:
    """Return the data of a figure: curves and bars of each pair of axes, then its marked points, then its ``Rows``."""
    columns: list[_Column] = []
    points: list[_Point] = []
    for trace in figure.traces:
        if (data := trace.get("data")) is None:
            continue
        x, y = _axis(figure.plan, "x", trace), _axis(figure.plan, "y", trace)
        axes = (trace.get("xaxis", "x"), trace.get("yaxis", "y"))
        found = _read(trace, data, x, y, axes)
        if isinstance(found, _Point):
            points += [found] if found.at else []
        elif found.values:
            columns.append(found)
    pairs = dict.fromkeys([*(each.axes for each in columns), *(each.axes for each in points)])
    whole = [table for pair in pairs for table in _of_axes(pair, columns, points)]
    return whole + [_of_rows(rows) for rows in figure.rows if any(len(each) for each in rows.columns.values())]


def sampled(table: Table, most: int = 25) -> Table:
    """Return a table with at most ``most`` rows: the first, the last, and evenly spaced ones between them.

    >>> sampled(Table("squares", ("n", "n²"), [(n, n * n) for n in range(101)]), most=3)
    Table(title='squares', columns=('n', 'n²'), rows=[(0, 0), (50, 2500), (100, 10000)], note='3 of 101 rows.')
    """
    n = len(table.rows)
    if n <= most:
        return table
    kept = [table.rows[round(i * (n - 1) / (most - 1))] for i in range(most)]
    return table._replace(rows=kept, note=f"{most} of {n:,} rows.")


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


def _axis(plan: Mapping[str, Any], which: str, trace: Trace) -> dict[str, Any]:
    """Return the axis of a trace with its title; one without has that of another one with the same range."""
    mine = plan[f"{which}axis{trace.get(f'{which}axis', which)[1:]}"]
    if _title(mine) or not mine.get("visible", True):
        return mine
    alike = (
        other["title"]
        for key, other in plan.items()
        if key.startswith(f"{which}axis") and other.get("range") == mine.get("range") and _title(other)
    )
    return {**mine, "title": next(alike, {"text": ""})}


def _title(axis: Mapping[str, Any]) -> str:
    return plain_words(axis.get("title", {}).get("text", "")) if axis.get("visible", True) else ""


def _read(
    trace: Trace, data: Data, x_axis: dict[str, Any], y_axis: dict[str, Any], axes: tuple[str, str]
) -> _Column | _Point:
    """Return what a trace shows as a column beside its places, or as a point."""
    x, y = _values(trace, data, "x"), _values(trace, data, "y")
    x_name, y_name = data.x_name or _title(x_axis), data.y_name or _title(y_axis)
    is_bar = trace["type"] == "bar"
    drawn_x, drawn_y = (list(trace.get(which, ())) for which in "xy")
    if not is_bar and len(drawn_x) == 2 and len(drawn_y) == 2 and "lines" in trace.get("mode", ""):
        if drawn_x[0] == drawn_x[1]:  # a vertical line stands for its place
            return _Point(axes, data.name, _named((x_name, x[0])))
        if drawn_y[0] == drawn_y[1]:
            return _Point(axes, data.name, _named((y_name, y[0])))
    if not is_bar and len(x) == len(y) == 1:
        return _Point(axes, data.name, _named((x_name, x[0]), (y_name, y[0])))
    if trace.get("orientation") == "h":
        return _Column(axes, y_name, _header(data, x_name, data.x_name), _categories(y, y_axis), x)
    return _Column(axes, x_name, _header(data, y_name, data.y_name), _categories(x, x_axis) if is_bar else x, y)


def _header(data: Data, title: str, given: str) -> str:
    """Return the name of a column of values: the given one, or that of the data and what its axis shows."""
    if given or not data.name or data.name == title:
        return title
    return f"{data.name}: {title}" if title else data.name


def _named(*pairs: tuple[str, Cell]) -> dict[str, Cell]:
    """Return the coordinates of a point that have a meaning, by their names."""
    return {name: value for name, value in pairs if name and value is not None}


def _values(trace: Trace, data: Data, which: str) -> list[Cell]:
    """Return the coordinates of a trace as plain values, or those that its data has instead."""
    given = data.x if which == "x" else data.y
    if given is None:
        given = trace[which] if which in trace else trace["x0"] + trace["dx"] * np.arange(len(trace["y"]))
    return [_cell(each) for each in _flat(given)]


def _flat(given: Any) -> Sequence[Any]:
    if isinstance(given, str | int | float | np.generic):
        return [given]
    if isinstance(given, np.ndarray) and given.dtype == np.float32:
        return [float(f"{each:.7g}") for each in given.tolist()]
    return given.tolist() if isinstance(given, np.ndarray) else list(given)


def _cell(value: Any) -> Cell:
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, str):
        return plain_words(value)
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    return value if isinstance(value, int) else float(value) + 0.0  # −0 is 0


def _categories(places: list[Cell], axis: Mapping[str, Any]) -> list[Cell]:
    """Return the places of bars by the names of their ticks, if all of them have names."""
    names = dict(zip(axis.get("tickvals", ()), axis.get("ticktext", ()), strict=False))
    found = [plain_words(str(names.get(place, ""))) for place in places]
    return list(found) if all(found) else places


def _of_axes(pair: tuple[str, str], columns: list[_Column], points: list[_Point]) -> Iterator[Table]:
    """Yield the tables of a pair of axes: columns with the same places together, then the marked points."""
    groups: dict[tuple[str, tuple[Cell, ...]], list[_Column]] = {}
    for each in columns:
        if each.axes == pair:
            groups.setdefault((each.across, tuple(each.places)), []).append(each)
    for (across, places), group in groups.items():
        rows = [
            row
            for row in zip(places, *(each.values for each in group), strict=True)
            if row[0] is not None and any(value is not None for value in row[1:])
        ]
        if rows:
            names = (across, *(each.name for each in group))
            yield Table(_sentence(f"{', '.join(names[1:])} by {across}"), names, rows)
    mine = [each for each in points if each.axes == pair]
    if mine:
        names = tuple(dict.fromkeys(name for each in mine for name in each.at))
        marks: list[tuple[Cell, ...]] = [(each.name, *(each.at.get(name) for name in names)) for each in mine]
        yield Table(_sentence(f"marked points: {', '.join(names)}"), ("point", *names), marks)


def _of_rows(rows: Rows) -> Table:
    columns = [[_cell(each) for each in _flat(values)] for values in rows.columns.values()]
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
