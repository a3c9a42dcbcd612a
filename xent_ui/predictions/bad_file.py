"""Why a file cannot be scored, in a sentence for the learner who brought it, and what would mend that."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from xent_ui.style.words import quoted


class Offer(NamedTuple):
    """A button that says how a file is to be read.

    words    what stands on it
    changes  the fields of ``Choice`` that it sets
    """

    words: str
    changes: Mapping[str, Any]


class BadFile(ValueError):
    """Raised for a file that cannot be scored as it is; the message is a sentence that says why.

    rule    the rule that is broken
    row     the first row that breaks it, counting the header as row 1; None if the whole file breaks it
    column  the name of the column as written in the file; None if the rule is not about one column
    rows    how many rows break the rule
    offers  what the learner can say about the file so that it can be scored
    names   the columns of the file, as far as they are known
    """

    names: tuple[str, ...] = ()

    def __init__(
        self,
        rule: str,
        *,
        row: int | None = None,
        column: str | None = None,
        rows: int = 1,
        offers: Sequence[Offer] = (),
    ):
        where = [] if row is None else [f"Row {row:,}"]
        where += [] if column is None else [f"column {quoted(column)}"]
        more = {1: "", 2: " One more row breaks this rule."}.get(rows, f" {rows - 1:,} more rows break this rule.")
        place = ", ".join(where)
        super().__init__(f"{place[0].upper()}{place[1:]}: {rule}{more}" if place else rule + more)
        self.rule, self.row, self.column, self.rows, self.offers = rule, row, column, rows, tuple(offers)
