"""A round of you_are_the_model on paper: its statements, room for a probability beside each, and what it costs."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from xent_ui.self_test.questions.facts import Fact, drawn
from xent_ui.style import markdown
from xent_ui.style.numbers import percent, text
from xent_ui.views.you_are_the_model import bits_of, round_number

GIVEN: Final = (1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 99)  # percentages whose costs are printed

ASKS: Final = (
    "Beside each statement, write how likely you think it is to be true, from 1 to 99\u202f%. Then learn which of them "
    "are true. A statement that is true costs you −log₂ of the probability that you wrote, and one that is false −log₂ "
    "of what is left to 100\u202f%. Add the costs up: the smallest sum wins."
)


class PaperRound(NamedTuple):
    """A round that is played on paper."""

    number: int

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The statements, in the order in which they are asked."""
        return drawn(self.number)


def of_sheet(seed: int) -> PaperRound:
    """Return the round of a worksheet: the one with the number of the sheet, as long as there are rounds.

    >>> of_sheet(12).number, of_sheet(1002).number
    (12, 1)
    """
    return PaperRound((seed - 1) % round_number.high + 1)


def statements(facts: Sequence[Fact]) -> str:
    """Return a table of statements in Markdown, with room for a probability and its cost."""
    rows = [[str(number), fact.statement, "", "", ""] for number, fact in enumerate(facts, 1)]
    rows.append(["", "**Sum**", "", "", ""])
    return markdown.table(["No.", "Statement", "How likely, in %", "True?", "Bits"], rows)


def price_list() -> str:
    """Return what probabilities cost if they were given to what is so."""
    prices = (f"{percent(each / 100)}\u00a0**{text(bits_of(each / 100, true=True))}**" for each in GIVEN)
    return f"Bits by the probability that you gave to what is so: {', '.join(prices)}."


def solution(facts: Sequence[Fact]) -> str:
    """Return for each statement whether it is true, and why."""
    return "\n".join(
        f"{number}. **{'True' if fact.true else 'False'}.** {fact.because}" for number, fact in enumerate(facts, 1)
    )
