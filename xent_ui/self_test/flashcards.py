"""Flash cards: when each question is asked again, by the scheduler FSRS, and the same cards as JSON.

Nothing here reads a clock. ``now`` is always passed, and carries the time zone of the learner, because a question that
is due in some days is due from the learner's midnight on.

Source: https://github.com/open-spaced-repetition/py-fsrs
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from fsrs import Card, Rating, Scheduler, State

from xent_ui.style.numbers import counted

MISSED, PARTLY, KNEW = "missed", "partly", "knew"
RATING: Final = {MISSED: Rating.Again, PARTLY: Rating.Hard, KNEW: Rating.Good}

SOON: Final = timedelta(minutes=10)  # until a question that was missed comes back
AHEAD: Final = timedelta(
    minutes=20
)  # what was missed and is due within this time is asked early if nothing else is left
YEAR: Final = timedelta(days=365)
CENTURY: Final = 36_525.0  # days; no memory is counted as more stable than this
SCHEDULER: Final = Scheduler(
    learning_steps=(SOON,), relearning_steps=(SOON,), maximum_interval=YEAR.days, enable_fuzzing=False
)


class Counts(NamedTuple):
    """How many questions are due until the learner's midnight, new, and due later; and when the next is due."""

    today: int
    new: int
    later: int
    next_due: datetime | None


def graded(card: Card | None, grade: str, now: datetime) -> Card:
    """Return the card of a question after an answer to it has been graded.

    card   the card so far; None for a new question
    grade  MISSED, PARTLY or KNEW
    """
    new = Card(card_id=0, due=now.astimezone(UTC))
    after, _ = SCHEDULER.review_card(card or new, RATING[grade], now.astimezone(UTC))
    after.stability = min(after.stability or 0, CENTURY)
    if after.state is State.Review:  # days are counted from midnight, so that the hour of an evening does not matter
        after.due = _midnight(after.due.astimezone(now.tzinfo)).astimezone(UTC)
        after.last_review = _midnight(now).astimezone(UTC)
    return after


def next_question(cards: Mapping[str, Card], ids: Sequence[str], now: datetime) -> str | None:
    """Return the question to ask next: the one that has been due the longest, else the first new one in this order.

    If there is neither, one that was missed and comes back within AHEAD; None if there is none of these.
    """
    soonest = soonest_question(cards, ids)
    if soonest and cards[soonest].due <= now:
        return soonest
    for each in ids:
        if each not in cards:
            return each
    missed = soonest_question(cards, [each for each in ids if cards[each].state is not State.Review])
    return missed if missed and cards[missed].due <= now + AHEAD else None


def soonest_question(cards: Mapping[str, Card], ids: Sequence[str]) -> str | None:
    """Return the question that has been asked and is due first; None if none has been asked."""
    return min((each for each in ids if each in cards), key=lambda each: cards[each].due, default=None)


def counts(cards: Mapping[str, Card], ids: Sequence[str], now: datetime) -> Counts:
    """Return how many of these questions are due today, are new, and are due later."""
    tomorrow = _midnight(now) + timedelta(days=1)
    asked = [cards[each].due for each in ids if each in cards]
    today = sum(due < tomorrow for due in asked)
    return Counts(today, len(ids) - len(asked), len(asked) - today, min(asked, default=None))


def until(due: datetime, now: datetime) -> str:
    """Return the time until a question is due, in words.

    >>> now = datetime(2026, 3, 1, 22, 0, tzinfo=UTC)
    >>> until(now + timedelta(minutes=9, seconds=1), now), until(datetime(2026, 3, 2, tzinfo=UTC), now)
    ('in 10 minutes', 'tomorrow')
    >>> until(now, now), until(now + timedelta(days=12), now)
    ('now', 'in 12 days')
    """
    days = (due.astimezone(now.tzinfo).date() - now.date()).days
    minutes = -((now - due) // timedelta(minutes=1))
    if minutes <= 0:
        return "now"
    if timedelta(minutes=minutes) <= AHEAD:
        return f"in {counted(minutes, 'minute')}"
    if days < 2:
        return "tomorrow" if days else "later today"
    return f"in {days} days"


def to_json(cards: Mapping[str, Card]) -> dict[str, dict[str, Any]]:
    """Return the cards, by question, as values that JSON can hold."""
    return {
        each: {
            "state": card.state.value,
            "stability": card.stability,
            "difficulty": card.difficulty,
            "due": card.due.isoformat(),
            "last_review": card.last_review and card.last_review.isoformat(),
        }
        for each, card in cards.items()
    }


def from_json(value: object, ids: Iterable[str]) -> dict[str, Card]:
    """Return the cards of these questions from what ``to_json`` returned.

    A browser can send anything, so a card with an impossible value is left out, and its question is new.
    """
    if not isinstance(value, Mapping):
        return {}
    read = {each: _card(value.get(each)) for each in ids}
    return {each: card for each, card in read.items() if card}


def _card(value: object) -> Card | None:
    """Return the card for a value from JSON; None if no grading leads to such a card."""
    if not isinstance(value, Mapping):
        return None
    due, reviewed = _time(value.get("due")), _time(value.get("last_review"))
    stability, difficulty = _number(value.get("stability"), 1e-3, CENTURY), _number(value.get("difficulty"), 1, 10)
    state = value.get("state")
    if due is None or reviewed is None or stability is None or difficulty is None:
        return None
    if type(state) is not int or state not in list(State) or not timedelta() < due - reviewed <= YEAR:
        return None
    step = None if state == State.Review else 0  # SCHEDULER has one step for what was missed
    return Card(0, State(state), step, stability, difficulty, due, reviewed)


def _number(value: object, low: float, high: float) -> float | None:
    """Return a number from low to high as a float; None for anything else. A browser may write 2.0 as 2."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
        return None
    return float(value)


def _time(text: object) -> datetime | None:
    """Return the time that a text stands for, in UTC; None if it is none with a zone in 2000 to 2199."""
    try:
        time = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    if time is None or time.tzinfo is None or not 2000 <= time.year < 2200:
        return None
    return time.astimezone(UTC)


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
