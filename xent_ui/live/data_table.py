"""What a picture shows as tables, for those who do not see it, or would rather read numbers."""

from html import escape
from typing import Final

import streamlit as st

from xent_ui.figures.base import Figure
from xent_ui.figures.table import Table, sampled, tables, written

MOST_ROWS: Final = 25  # of a table; "Share" saves all of them


def show_data(figure: Figure, *, key: str) -> None:
    """Draw a switch, and below it, while it is on, the data of a figure as tables.

    key  of the switch
    """
    if not st.toggle("Data as table", key=key):
        return
    found = [sampled(table, MOST_ROWS) for table in tables(figure)]
    words = "".join(_html(table, number) for number, table in enumerate(found, 1))
    st.html(f'<div class="xent-tables">{words or "<p>This picture shows no data yet.</p>"}</div>')


def _html(table: Table, number: int) -> str:
    """Return a table with its title, header cells and note, in a box that the keyboard can scroll."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.columns)
    rows = "".join(f"<tr>{_row(row)}</tr>" for row in written(table))
    note = f"<p>{escape(table.note)}</p>" if table.note else ""
    return (
        f'<div role="region" tabindex="0" aria-label="{escape(f"Table {number}: {table.title}")}"><table>'
        f"<caption>{escape(table.title)}</caption><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>{note}"
    )


def _row(cells: tuple[str, ...]) -> str:
    """Return the cells of a row; the first one says what the others are about."""
    first, *others = map(escape, cells)
    return f'<th scope="row">{first}</th>' + "".join(f"<td>{each}</td>" for each in others)
