"""The copy of a browser's record that a session holds; see memory.py for how the two are kept alike.

Two sessions and the browser between them exchange messages that may cross or arrive late. So records are joined by
rules that give the same result in every order:

- Of two records of different epochs, the newer one counts. To forget everything is to begin a new epoch.
- Marks of what was earned are united, so none is ever lost.
- Of two values of one name, the one that was changed more often is kept; of two changed equally often, the later one.
"""

import json
import re
import secrets
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

NAME: Final = re.compile(r"[A-Za-z0-9_./?:-]{1,100}", re.ASCII)  # what a name and a mark look like
MOST: Final = 2000  # marks, and as many names
LONGEST: Final = 100_000  # characters of one value as JSON
_LARGEST: Final = 2**53  # whole numbers below it are exact in JavaScript


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
    """What a browser reports.

    epoch   when everything was last forgotten, in milliseconds; 0 for never
    opened  the epoch when the session began
    marks   what was earned
    values  what is kept, by name
    kept    whether the browser can keep anything
    """

    epoch: int
    opened: int
    marks: frozenset[str]
    values: Mapping[str, Value]
    kept: bool


@dataclass
class Record:
    """What a session knows of what the browser keeps, and what it has to tell the browser.

    session  identifies the session
    epoch    when everything was last forgotten; None while the session has not heard from the browser
    mine     names of values that this session has set and the browser has not replaced
    news     marks and names that were added since the page's own component was drawn
    kept     whether the browser can keep anything
    """

    session: str = field(default_factory=lambda: secrets.token_hex(8))
    epoch: int | None = None
    marks: set[str] = field(default_factory=set)
    values: dict[str, Value] = field(default_factory=dict)
    mine: set[str] = field(default_factory=set)
    news: tuple[set[str], set[str]] = field(default_factory=lambda: (set(), set()))
    kept: bool = True

    def earn(self, mark: str) -> None:
        """Add a mark.

        Raises  ValueError  not a mark
        """
        if not NAME.fullmatch(mark):
            raise ValueError(f"{mark!r} is no mark")
        if mark not in self.marks:
            self.marks.add(mark)
            self.news[0].add(mark)

    def set(self, name: str, value: Any) -> None:
        """Set the value of a name; the same value again is no change.

        Raises  ValueError  the value cannot be written as JSON, or it is longer than LONGEST
        """
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        if not NAME.fullmatch(name) or len(text) > LONGEST:
            raise ValueError(f"{name!r} is no name, or its value has more than {LONGEST:,} characters")
        before = self.values.get(name)
        if before is not None and before.text == text:
            return
        self.values[name] = Value(before.changes + 1 if before else 1, _now(), text)
        self.mine.add(name)
        self.news[1].add(name)

    def get(self, name: str, default: Any) -> Any:
        """Return the value of a name."""
        found = self.values.get(name)
        return default if found is None else json.loads(found.text)

    def forget(self, epoch: int | None = None) -> None:
        """Begin a new epoch, in which nothing has been kept yet; now, if no epoch is given."""
        self.epoch = max(_now(), (self.epoch or 0) + 1) if epoch is None else epoch
        for each in (self.marks, self.values, self.mine, *self.news):
            each.clear()

    def hear(self, report: Report) -> bool:
        """Take in a report, and return whether it made this record forget everything."""
        self.kept = report.kept
        if self.epoch is None:
            self.epoch = report.opened
        if report.epoch < self.epoch:
            return False  # sent before everything was forgotten
        forgets = report.epoch > self.epoch
        if forgets:
            self.forget(report.epoch)
        self.marks |= report.marks
        for name, value in report.values.items():
            if value.is_newer(self.values.get(name)):
                self.values[name] = value
                self.mine.discard(name)
        return forgets

    def exported(self) -> str:
        """Return all values as JSON in one line, for a file that ``bring`` reads.

        >>> here, elsewhere = Record(), Record()
        >>> here.set("round/5", [0.5, 0.9])
        >>> elsewhere.bring(here.exported()), elsewhere.get("round/5", None)
        (1, [0.5, 0.9])
        """
        return json.dumps({name: list(value) for name, value in sorted(self.values.items())})

    def bring(self, text: str) -> int:
        """Add the values in a text from ``exported`` that are newer than those here, and return how many these are."""
        values: Any = json.loads(text) if _is_json(text) else None
        heard = understood({"epoch": 0, "opened": 0, "marks": [], "values": values})
        newer = {
            name: value
            for name, value in (heard.values if heard else {}).items()
            if value.is_newer(self.values.get(name))
        }
        self.values |= newer
        self.mine |= newer.keys()
        self.news[1].update(newer)
        return len(newer)

    def all_to_tell(self) -> dict[str, Any]:
        """Return all that the component of a page needs; what was news until now is told with it.

        It needs all marks, the values that were set here, and which version of each value this record has.
        """
        for each in self.news:
            each.clear()
        return self._message(self.marks, self.mine) | {
            "session": self.session,
            "versions": {name: value[:2] for name, value in self.values.items()},
            "kept": self.kept,
        }

    def unsent(self) -> dict[str, Any] | None:
        """Return what was added since the component of the page was drawn; None if nothing was."""
        return self._message(*self.news) if any(self.news) else None

    def _message(self, marks: Iterable[str], names: Iterable[str]) -> dict[str, Any]:
        values = {name: list(self.values[name]) for name in sorted(names)}
        return {"epoch": self.epoch, "marks": sorted(marks), "values": values}


def understood(report: Any) -> Report | None:
    """Return a report of a browser without what cannot be right; None if it is no report at all."""
    if not isinstance(report, Mapping) or not all(_is_count(report.get(key)) for key in ("epoch", "opened")):
        return None
    marks, values = report.get("marks"), report.get("values")
    if not isinstance(marks, list) or not isinstance(values, Mapping) or max(len(marks), len(values)) > MOST:
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
    return isinstance(value, str) and NAME.fullmatch(value) is not None


def _value(given: Any) -> Value | None:
    """Return a value as a browser reports it; None if it cannot be right."""
    if not isinstance(given, list) or len(given) != 3 or not all(map(_is_count, given[:2])):
        return None
    text = given[2]
    if not isinstance(text, str) or len(text) > LONGEST or not _is_json(text):
        return None
    return Value(*given)


def _is_json(text: str) -> bool:
    """Return whether a text is JSON that can be read, and written to a page."""
    try:
        json.dumps(json.loads(text, parse_constant=_refuse), ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        return False
    return True


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def _now() -> int:
    return time.time_ns() // 1_000_000
