"""The record of a learner: how it is joined with what a browser reports, and what is not believed."""

import itertools
import json

import pytest

from xent_ui.live.record import LONGEST, MOST, Record, Value, understood


def report(epoch=0, opened=0, marks=(), kept=True, **values):
    """Return what a browser reports; a value is given as (changes, at, what is kept)."""
    texts = {name: [changes, at, json.dumps(kept)] for name, (changes, at, kept) in values.items()}
    heard = understood({"epoch": epoch, "opened": opened, "marks": list(marks), "values": texts, "kept": kept})
    assert heard
    return heard


def state(record):
    return record.epoch, record.marks, {name: record.get(name, None) for name in record.values}


def test_what_is_set_is_kept_as_a_copy():
    record, cards = Record(), {"a": [1, 2]}
    record.set("cards", cards)
    cards["a"].append(3)
    record.get("cards", None)["a"].append(4)
    assert record.get("cards", None) == {"a": [1, 2]}
    assert record.get("no such name", "default") == "default"


def test_marks_are_united_and_news_until_they_are_told():
    record = Record()
    record.earn("surprise")
    assert record.unsent() == {"epoch": None, "marks": ["surprise"], "values": {}}
    assert record.hear(report(marks=["entropy/bits"])) is False
    assert record.marks == {"surprise", "entropy/bits"}
    assert record.all_to_tell()["marks"] == ["entropy/bits", "surprise"]
    assert record.unsent() is None
    record.earn("surprise")
    assert record.unsent() is None, "it was earned before"
    record.earn("surprise?halves")
    assert record.unsent() == {"epoch": 0, "marks": ["surprise?halves"], "values": {}}


def test_a_value_is_told_until_the_browser_has_a_newer_one():
    record = Record()
    record.set("round", 1)
    record.set("round", 2)
    changes, _, text = record.all_to_tell()["values"]["round"]
    assert (changes, text) == (2, "2")
    assert record.all_to_tell()["values"], "nobody has confirmed it"
    record.hear(report(round=(3, 0, "other")))
    told = record.all_to_tell()
    assert told["values"] == {}
    assert told["versions"] == {"round": (3, 0)}
    assert record.get("round", None) == "other"


def test_the_same_value_again_is_no_change():
    record = Record()
    record.set("round", [1])
    record.all_to_tell()
    record.set("round", [1])
    assert record.unsent() is None
    assert record.values["round"].changes == 1


def test_a_session_that_has_not_heard_cannot_overwrite_what_was_changed_more_often():
    record = Record()
    record.set("round", "first run of the page")
    record.hear(report(round=(7, 5, "weeks of work")))
    assert record.get("round", None) == "weeks of work"


def test_of_two_equally_often_changed_values_the_later_one_is_kept():
    assert Value(2, 20, "1").is_newer(Value(2, 10, "2"))
    assert not Value(2, 10, "1").is_newer(Value(2, 20, "2"))
    assert Value(3, 10, "1").is_newer(Value(2, 20, "2"))


def test_reports_in_any_order_give_the_same_record():
    reports = [
        report(epoch=0, marks=["a"], x=(9, 9, "old epoch")),
        report(epoch=5, marks=["b"], x=(1, 1, "one")),
        report(epoch=5, marks=["c"], x=(2, 1, "two"), y=(1, 1, "y")),
        report(epoch=5, marks=["b", "d"], x=(2, 3, "three")),
    ]
    ends = []
    for order in itertools.permutations(reports):
        record = Record(epoch=0)
        for each in order:
            record.hear(each)
        ends.append(state(record))
    assert all(end == ends[0] for end in ends)
    assert ends[0] == (5, {"b", "c", "d"}, {"x": "three", "y": "y"})


def test_what_was_earned_before_the_browser_reported_is_not_lost():
    record = Record()
    record.earn("by_a_link")
    heard = report(epoch=77, opened=77, marks=["long_ago"])
    assert record.hear(heard) is False, "everything was forgotten before this session began"
    assert record.marks == {"by_a_link", "long_ago"}


def test_forgetting_in_another_tab_empties_a_session_that_never_heard_before():
    record = Record()
    record.earn("surprise")
    assert record.hear(report(epoch=99, opened=0)) is True
    assert state(record) == (99, set(), {})
    assert record.unsent() is None


def test_a_report_from_before_the_forgetting_is_ignored():
    record = Record()
    record.hear(report(marks=["surprise"], x=(1, 1, 1)))
    record.forget()
    assert record.epoch > 0
    record.hear(report(marks=["surprise"], x=(2, 2, 2)))
    assert record.marks == set()
    assert record.get("x", None) is None


def test_forgetting_twice_in_a_moment_begins_two_epochs():
    record = Record()
    record.forget()
    first = record.epoch
    record.forget()
    assert record.epoch > first


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, "x" * LONGEST, object()])
def test_what_cannot_be_kept_is_refused(value):
    with pytest.raises((ValueError, TypeError)):
        Record().set("x", value)


@pytest.mark.parametrize("name", ["", "with space", "a" * 101, "ä", "<b>", "a\n"])
def test_a_name_or_mark_is_plain_letters(name):
    with pytest.raises(ValueError, match="is no"):
        Record().set(name, 1)
    with pytest.raises(ValueError, match="is no mark"):
        Record().earn(name)


def test_what_is_brought_replaces_what_is_older_and_is_told():
    here, elsewhere = Record(), Record()
    for turn in range(3):
        elsewhere.set("card/a", turn)
    elsewhere.set("card/b", "only there")
    here.set("card/a", "once")
    assert here.bring(elsewhere.exported()) == 2
    assert (here.get("card/a", None), here.get("card/b", None)) == (2, "only there")
    assert set(here.unsent()["values"]) == {"card/a", "card/b"}
    assert elsewhere.bring(here.exported()) == 0, "it has all of that already"


@pytest.mark.parametrize(
    "text", ["", "not JSON", "[]", "3", '{"x": 1}', '{"x": [1, 1, "["]}', '{"<b>": [1, 1, "1"]}', "[" * 9999, "NaN"]
)
def test_a_text_that_holds_no_values_brings_none(text):
    record = Record()
    record.set("x", "kept")
    assert record.bring(text) == 0
    assert state(record) == (None, set(), {"x": "kept"})


GOOD = {"epoch": 1, "opened": 0, "marks": ["a"], "values": {"x": [1, 1, "1"]}, "kept": True}


@pytest.mark.parametrize(
    "change",
    [
        {"epoch": -1},
        {"epoch": True},
        {"epoch": 2**53},
        {"epoch": None},
        {"opened": "0"},
        {"marks": None},
        {"marks": "abc"},
        {"marks": ["a"] * (MOST + 1)},
        {"values": []},
        {"values": {str(i): [1, 1, "1"] for i in range(MOST + 1)}},
    ],
)
def test_what_is_no_report_is_ignored(change):
    assert understood(GOOD)
    assert understood(GOOD | change) is None
    for other in (None, 3, "text", [], [GOOD]):
        assert understood(other) is None


@pytest.mark.parametrize(
    "value",
    [
        None,
        "1",
        [1, 1],
        [1, 1, 1],
        [1, 1, None],
        [-1, 1, "1"],
        [1, True, "1"],
        [1, 1.5, "1"],
        [1, 1, "not JSON"],
        [1, 1, "NaN"],
        [1, 1, "1e999"],
        [1, 1, '"\\ud800"'],
        [1, 1, "[" * 50_000],
        [1, 1, "[" * 40_000 + "]" * 40_000],
        [1, 1, '"' + "x" * LONGEST + '"'],
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_value_that_cannot_be_right_is_left_out(value):
    heard = understood(GOOD | {"values": {"x": value, "y": [1, 1, "2"]}})
    assert heard
    assert set(heard.values) == {"y"}


def test_marks_and_names_that_cannot_be_right_are_left_out():
    heard = understood(GOOD | {"marks": ["a", 1, None, "<b>", "\ud800", ["x"]], "values": {"<b>": [1, 1, "1"]}})
    assert heard
    assert heard.marks == {"a"}
    assert heard.values == {}
