"""When a question is asked again, and cards as JSON that comes back from a browser."""

import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from fsrs import State

from xent_ui.self_test.flashcards import (
    CENTURY,
    KNEW,
    MISSED,
    PARTLY,
    SCHEDULER,
    counts,
    from_json,
    graded,
    next_question,
    soonest_question,
    to_json,
    until,
)

TOKYO = timezone(timedelta(hours=9))
EVENING = datetime(2026, 3, 1, 20, 30, tzinfo=TOKYO)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


def learned(grades, now=EVENING):
    """Return a card after these grades, each given when the card is due, in days at 20:30."""
    card = None
    for grade in grades:
        card = graded(card, grade, now)
        now = max(card.due.astimezone(now.tzinfo), now)
        if card.state is State.Review:
            now = now.replace(hour=20, minute=30)
    return card


def test_what_was_missed_comes_back_within_minutes_and_what_was_known_on_another_day():
    assert graded(None, MISSED, EVENING).due == EVENING + 10 * MINUTE
    assert graded(None, PARTLY, EVENING).due == EVENING + 15 * MINUTE
    assert graded(None, KNEW, EVENING).due == datetime(2026, 3, 1 + 2, tzinfo=TOKYO)


def test_a_question_is_due_from_midnight_where_the_learner_is():
    card = graded(None, KNEW, EVENING)
    assert next_question({"a": card}, ["a"], datetime(2026, 3, 2, 23, 59, tzinfo=TOKYO)) is None
    assert next_question({"a": card}, ["a"], datetime(2026, 3, 3, 0, 0, tzinfo=TOKYO)) == "a"


def test_the_hour_of_the_day_does_not_matter():
    """A learner who sits down at 20:30 on one day and at 8:00 on another is asked as after whole days."""
    early = datetime(2026, 3, 3, 8, 0, tzinfo=TOKYO)
    late = datetime(2026, 3, 3, 22, 0, tzinfo=TOKYO)
    card = graded(None, KNEW, EVENING)
    assert graded(card, KNEW, early) == graded(card, KNEW, late)


@pytest.mark.parametrize("grades", [[KNEW] * 2, [KNEW] * 4, [KNEW, PARTLY, KNEW, KNEW], [MISSED, KNEW, KNEW, KNEW]])
def test_a_question_comes_back_when_the_chance_of_knowing_it_is_90_percent(grades):
    card = learned(grades)
    assert card.state is State.Review
    assert SCHEDULER.get_card_retrievability(card, card.due) == pytest.approx(0.9, abs=0.01)


def test_the_first_time_after_a_miss_is_the_next_day_although_the_chance_is_lower_then():
    card = learned([MISSED, KNEW])
    assert until(card.due, EVENING) == "tomorrow"
    assert 0.7 < SCHEDULER.get_card_retrievability(card, card.due) < 0.8


def test_times_between_questions_grow_up_to_a_year():
    waits, card, now = [], None, EVENING
    for _ in range(8):
        card = graded(card, KNEW, now)
        waits.append((card.due.astimezone(TOKYO).date() - now.date()).days)
        now = card.due.astimezone(TOKYO).replace(hour=20)
    assert waits == sorted(waits)
    assert waits[0] == 2
    assert waits[-1] == 365


def test_a_missed_question_that_was_known_comes_back_in_minutes_and_then_sooner_than_before():
    known, missed = learned([KNEW, KNEW]), learned([KNEW, KNEW, MISSED])
    assert missed.due - missed.last_review == 10 * MINUTE
    assert graded(missed, KNEW, missed.due.astimezone(TOKYO)).stability < known.stability


def test_due_questions_come_first_then_new_ones_in_order_then_what_was_just_missed():
    longest, shorter = graded(None, MISSED, EVENING - 5 * DAY), graded(None, MISSED, EVENING - 2 * DAY)
    just = graded(None, MISSED, EVENING)
    cards = {"b": shorter, "c": just, "d": longest, "f": graded(None, KNEW, EVENING)}
    ids = list("abcdef")
    asked = []
    while (each := next_question(cards, ids, EVENING)) and each not in asked:
        asked.append(each)
        if each != "c":
            cards[each] = graded(cards.get(each), KNEW, EVENING)
    # d and b, graded again, are due tomorrow; a and e are new; c comes back in 10 minutes, and f in 2 days
    assert asked == ["d", "b", "a", "e", "c"]


def test_what_comes_back_later_is_not_asked_early():
    assert next_question({"a": graded(None, KNEW, EVENING)}, ["a"], EVENING) is None
    assert next_question({}, [], EVENING) is None


def test_a_filter_chooses_which_questions_are_asked_and_changes_no_card():
    cards = {"a": graded(None, MISSED, EVENING - DAY), "b": graded(None, MISSED, EVENING - 2 * DAY)}
    before = dict(cards)
    assert next_question(cards, ["a", "c"], EVENING) == "a"
    assert next_question(cards, ["c"], EVENING) == "c"
    assert next_question(cards, ["a", "b", "c"], EVENING) == "b"
    assert cards == before


def test_the_soonest_question_can_be_asked_before_it_is_due():
    cards = {"a": learned([KNEW, KNEW]), "b": graded(None, KNEW, EVENING), "c": graded(None, MISSED, EVENING)}
    assert soonest_question(cards, ["a", "b", "new"]) == "b"
    assert soonest_question(cards, ["new"]) is None


def test_counts_are_of_the_learners_day_and_of_the_questions_asked_for():
    cards = {
        "overdue": graded(None, MISSED, EVENING - 3 * DAY),
        "tonight": graded(None, MISSED, EVENING),  # due at 20:40
        "later": graded(None, KNEW, EVENING),  # in 2 days
        "filtered": graded(None, MISSED, EVENING),
    }
    found = counts(cards, ["overdue", "tonight", "later", "new", "newer"], EVENING)
    assert found[:3] == (2, 2, 1)
    assert found.next_due == EVENING - 3 * DAY + 10 * MINUTE
    assert counts({}, ["new"], EVENING) == (0, 1, 0, None)
    close_to_midnight = EVENING.replace(hour=23, minute=55)
    assert counts({"a": graded(None, MISSED, close_to_midnight)}, ["a"], close_to_midnight)[:3] == (0, 0, 1)


def test_times_are_told_in_words():
    assert until(EVENING - DAY, EVENING) == until(EVENING, EVENING) == "now"
    assert until(EVENING + MINUTE, EVENING) == "in 1 minute"
    assert until(EVENING + 14 * MINUTE + timedelta(seconds=1), EVENING) == "in 15 minutes"
    assert until(EVENING + 3 * 60 * MINUTE, EVENING) == "later today"
    assert until(EVENING.replace(hour=0) + DAY, EVENING) == "tomorrow"
    assert until(EVENING.replace(hour=0) + 9 * DAY, EVENING) == "in 9 days"


def test_cards_survive_json():
    cards = {"a": learned([KNEW, KNEW]), "b": learned([MISSED]), "c": learned([KNEW, MISSED]), "d": learned([PARTLY])}
    assert {card.state for card in cards.values()} == set(State)
    assert from_json(json.loads(json.dumps(to_json(cards))), cards) == cards


def test_whole_numbers_are_read_as_a_browser_writes_them():
    given = to_json({"a": learned([KNEW])}) | {}
    given["a"]["stability"] = 2  # JavaScript writes 2.0 this way
    assert from_json(given, ["a"])["a"].stability == 2.0


def test_questions_that_the_course_no_longer_has_are_left_out():
    assert from_json(to_json({"gone": learned([KNEW])}), ["a"]) == {}


@pytest.mark.parametrize("value", [None, [], "x", 7, {"a": None}, {"a": []}, {"a": {}}, {"a": {"due": 3}}])
def test_what_is_no_card_is_a_new_question(value):
    assert from_json(value, ["a"]) == {}


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": 0},
        {"state": 4},
        {"state": True},
        {"state": "2"},
        {"state": None},
        {"stability": 0},
        {"stability": -1},
        {"stability": 1e300},
        {"stability": float("nan")},
        {"stability": float("inf")},
        {"stability": 10**400},
        {"stability": True},
        {"stability": "2"},
        {"difficulty": 0.5},
        {"difficulty": 11},
        {"difficulty": None},
        {"due": None},
        {"due": "soon"},
        {"due": "2026-03-09T00:00:00"},
        {"due": "9999-12-31T23:59:59+00:00"},
        {"due": "0001-01-01T00:00:00+14:00"},
        {"due": "2027-03-09T00:00:00+00:00"},
        {"due": "2026-02-01T00:00:00+00:00"},
        {"last_review": None},
        {"last_review": 0},
        {"last_review": "2026-05-01T00:00:00+00:00"},
    ],
)
def test_a_card_that_no_grading_leads_to_is_a_new_question(wrong):
    given = to_json({"a": learned([KNEW])})
    assert from_json(given, ["a"])
    given["a"] |= wrong
    assert from_json(given, ["a"]) == {}


@pytest.mark.parametrize("grade", [MISSED, PARTLY, KNEW])
@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("stability", [1e-3, CENTURY])
@pytest.mark.parametrize("difficulty", [1, 10])
def test_every_card_that_is_read_can_be_graded(grade, state, stability, difficulty):
    times = {"due": "2026-03-09T00:00:00+00:00", "last_review": "2026-03-01T00:00:00+00:00"}
    given = {"state": state.value, "stability": stability, "difficulty": difficulty, **times}
    [card] = from_json({"a": given}, ["a"]).values()
    for now in (EVENING, EVENING - 400 * DAY, datetime(2150, 1, 1, tzinfo=UTC)):  # also after a clock was set back
        again = graded(card, grade, now)
        assert now < again.due <= now + 365 * DAY
        assert from_json(to_json({"a": again}), ["a"]), "it can be read again"
