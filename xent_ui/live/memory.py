"""What is kept of a learner's work: in the learner's own browser, and nowhere on the server.

The browser keeps one record in its localStorage, and the session holds a copy of it. A component without any looks
(scripts/memory.js) reports to the session what the browser keeps, and keeps what the session has to tell. A browser may
have several tabs open, each with a session of its own, and messages may cross or arrive late. So records are joined by
rules that give the same result in every order:

- Of two records of different epochs, the newer one counts. "Forget everything" begins a new epoch.
- Marks of what was earned are united, so none is ever lost.
- Of two values of one name, the one with the higher count of changes is kept; of two with equal counts, the later one.
"""

import json
import re
import secrets
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple, TypeVar, cast

import streamlit as st

from xent_ui.live import session, widgets
from xent_ui.live.component import component

T = TypeVar("T")

MARK: Final = re.compile(r"[A-Za-z0-9_./?:-]{1,100}", re.ASCII)  # also what a name looks like
MOST: Final = 2000  # marks, and as many names
LONGEST: Final = 100_000  # characters of one value as JSON
_LARGEST: Final = 2**53  # whole numbers below it are exact in JavaScript
_RECORD, _COMPONENT = "record_of_learner", "memory"
# On two lines, because Streamlit takes one line with a bracket for the name of a file.
CSS: Final = """
[class*="st-key-memory"]
{ display: none; }
"""


class Value(NamedTuple):
    """A value that is kept, and what decides whether it is newer than another.

    changes  how often it had been changed, as far as the session that wrote it knew
    at       when it was written, in milliseconds
    text     the value as JSON
    """

    changes: int
    at: int
    text: str

    def is_newer(self, than: "Value | None") -> bool:
        """Return whether this value replaces the other one."""
        return than is None or self[:2] > than[:2]


class Report(NamedTuple):
    """What the browser reports.

    epoch   when everything was last forgotten, in milliseconds; 0 for never
    opened  the epoch when this session began
    marks   what was earned
    values  what is kept by name
    kept    whether the browser can keep anything
    """

    epoch: int
    opened: int
    marks: frozenset[str]
    values: Mapping[str, Value]
    kept: bool


@dataclass
class _Record:
    """The copy of the browser's record that a session holds.

    session  identifies the session
    epoch    when everything was last forgotten; None while the session has not heard from the browser
    mine     names of values that this session has set and the browser has not reported back
    news     marks and names that were added since the page's own component was drawn
    kept     whether the browser can keep anything
    """

    session: str = field(default_factory=lambda: secrets.token_hex(8))
    epoch: int | None = None
    marks: set[str] = field(default_factory=set)
    values: dict[str, Value] = field(default_factory=dict)
    mine: set[str] = field(default_factory=set)
    news: set[tuple[str, str]] = field(default_factory=set)
    kept: bool = True

    def empty(self, epoch: int) -> None:
        """Begin a new epoch, in which nothing has been kept yet."""
        self.epoch = epoch
        for each in (self.marks, self.values, self.mine, self.news):
            each.clear()

    def message(self, marks: Iterable[str], names: Iterable[str]) -> dict[str, Any]:
        """Return a message to the browser with these marks and the values of these names."""
        values = {name: list(self.values[name]) for name in sorted(names)}
        return {"epoch": self.epoch, "marks": sorted(marks), "values": values}

    def unsent(self) -> dict[str, Any] | None:
        """Return a message with the news; None if there is no news."""
        if not self.news:
            return None
        return self.message(*([name for kind, name in self.news if kind == wanted] for wanted in ("mark", "value")))


def recall(name: str, default: T) -> T:
    """Return what is kept under a name, as JSON; ``default`` if nothing is, or the browser has not reported it yet.

    Whoever asks must check what is returned: a learner can write anything into the own browser.
    """
    found = _record().values.get(name)
    return default if found is None else cast(T, json.loads(found.text))


def remember(name: str, value: Any) -> None:
    """Keep a value under a name.

    Call it for what the learner has done, not for what a page begins with: a page may run before the browser has
    reported what it keeps.

    Raises  ValueError  the value cannot be written as JSON, or it is longer than LONGEST
    """
    record = _record()
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    if not MARK.fullmatch(name) or len(text) > LONGEST:
        raise ValueError(f"{name!r} is no name, or its value has more than {LONGEST:,} characters")
    before = record.values.get(name)
    if before is not None and before.text == text:
        return
    record.values[name] = Value(before.changes + 1 if before else 1, _now(), text)
    record.mine.add(name)
    record.news.add(("value", name))


def earn(*marks: str) -> None:
    """Keep that tasks were solved, guesses made or checks answered, by their marks.

    Raises  ValueError  not a mark
    """
    record = _record()
    for mark in set(marks) - record.marks:
        if not MARK.fullmatch(mark):
            raise ValueError(f"{mark!r} is no mark")
        record.marks.add(mark)
        record.news.add(("mark", mark))


def earned(marks: Iterable[str] | None = None) -> frozenset[str]:
    """Return the marks of what was earned so far; only those among ``marks``, if given."""
    all_marks = frozenset(_record().marks)
    return all_marks if marks is None else all_marks & frozenset(marks)


def is_kept() -> bool:
    """Return whether the browser keeps what it is told; some private windows do not."""
    return _record().kept


def forget_everything() -> None:
    """Forget all that is kept, in the browser and in this session; for callbacks of buttons outside a picture."""
    record = _record()
    _forget(record, max(_now(), (record.epoch or 0) + 1))


def start_page() -> None:
    """Draw the component that tells the session what the browser keeps, and the browser what the session has to tell.

    Every page calls this before it draws anything that may be earned, once in each full run.
    """
    record = _record()
    record.news.clear()
    told = record.message(record.marks, record.mine)
    known = {name: value[:2] for name, value in record.values.items()}
    component("memory", html="", css=CSS)(
        key=_COMPONENT,
        data=told | {"session": record.session, "versions": known, "kept": record.kept},
        on_report_change=_heard,
    )


def end_page() -> None:
    """Tell the browser what was earned while the page ran. Every page calls this last, once in each full run."""
    end_fragment("page")


def end_fragment(name: str) -> None:
    """Tell the browser what was earned since the last full run, for a fragment without a component of its own.

    name  identifies the fragment on its page
    """
    news = unsent()
    if news is not None:
        component("memory", html="", css=CSS)(key=f"{_COMPONENT}_{name}", data={"news": news})


def unsent() -> dict[str, Any] | None:
    """Return what a component in a fragment should pass to ``keep`` of memory.js; None if there is nothing.

    A fragment runs without the component of its page. What it earns after this call is told in its next run.
    """
    return _record().unsent()


def _record() -> _Record:
    if _RECORD not in st.session_state:
        st.session_state[_RECORD] = _Record()
    return st.session_state[_RECORD]


def _now() -> int:
    return time.time_ns() // 1_000_000


def _forget(record: _Record, epoch: int) -> None:
    """Begin a new epoch. What pages keep in the session goes too, or the next run would earn the same again."""
    record.empty(epoch)
    session.forget_everything()
    widgets.start_page("")  # as if every page was newly opened: nothing on it was moved by hand


def _heard() -> None:
    """Take in what the browser reports."""
    report, record = understood(st.session_state[_COMPONENT].get("report")), _record()
    if report is None:
        return
    record.kept = report.kept
    if record.epoch is None:
        record.epoch = report.opened
    if report.epoch < record.epoch:
        return  # sent before everything was forgotten
    if report.epoch > record.epoch:
        _forget(record, report.epoch)
    record.marks |= report.marks
    for name, value in report.values.items():
        if value.is_newer(record.values.get(name)):
            record.values[name] = value
            record.mine.discard(name)


def understood(report: Any) -> Report | None:
    """Return a report of the browser without what cannot be right; None if it is no report at all."""
    if not isinstance(report, Mapping) or not all(_is_count(report.get(key)) for key in ("epoch", "opened")):
        return None
    marks, values = report.get("marks"), report.get("values")
    if not isinstance(marks, Collection) or not isinstance(values, Mapping) or max(len(marks), len(values)) > MOST:
        return None
    return Report(
        report["epoch"],
        report["opened"],
        frozenset(mark for mark in marks if _is_name(mark)),
        {name: value for name, given in values.items() if _is_name(name) and (value := _value(given)) is not None},
        report.get("kept") is not False,
    )


def _is_count(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _LARGEST


def _is_name(value: Any) -> bool:
    return isinstance(value, str) and MARK.fullmatch(value) is not None


def _value(given: Any) -> Value | None:
    """Return a value as the browser reports it; None if it cannot be right."""
    if not isinstance(given, list) or len(given) != 3 or not all(map(_is_count, given[:2])):
        return None
    text = given[2]
    if not isinstance(text, str) or len(text) > LONGEST or not _is_json(text):
        return None
    return Value(*given)


def _is_json(text: str) -> bool:
    """Return whether a text is JSON that can be read, and written to a page."""
    try:
        json.dumps(json.loads(text, parse_constant=_refuse), ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return False
    return True


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")
