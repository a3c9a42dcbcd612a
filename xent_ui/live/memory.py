"""What is kept of a learner's work: in the learner's own browser, and nowhere on the server.

The browser keeps one record in its localStorage, and the session holds a copy of it (record.py). An invisible component
(scripts/memory.js) reports to the session what the browser keeps, and keeps what the session has to tell. Several tabs
may be open, each with a session of its own; record.py says how their records are joined.
"""

from collections.abc import Iterable
from typing import Any, Final, TypeVar, cast

import streamlit as st

from xent_ui.live import session, widgets
from xent_ui.live.component import component
from xent_ui.live.record import Record, understood

T = TypeVar("T")

_RECORD, _COMPONENT = "record_of_learner", "memory"
# On two lines, because Streamlit takes one line with a bracket for the name of a file.
CSS: Final = """
[class*="st-key-memory"]
{ display: none; }
"""


def recall(name: str, default: T) -> T:
    """Return what is kept under a name, as JSON; ``default`` if nothing is, or the browser has not reported it yet.

    Whoever asks must check what is returned: a learner can write anything into the own browser.
    """
    return cast(T, _record().get(name, default))


def remember(name: str, value: Any) -> None:
    """Keep a value under a name.

    Call it for what the learner has done, not for what a page begins with: a page may run before the browser has
    reported what it keeps.

    Raises  ValueError  the value cannot be written as JSON, or as JSON it is longer than 100,000 characters
    """
    _record().set(name, value)


def earn(*marks: str) -> None:
    """Keep that tasks were solved, guesses made or checks answered, by their marks.

    Call it for what the learner has just done. What merely still stands on a page would be earned again after the
    learner has forgotten everything in another tab.
    """
    for mark in marks:
        _record().earn(mark)


def earned(marks: Iterable[str] | None = None) -> frozenset[str]:
    """Return the marks of what was earned so far; only those among ``marks``, if given."""
    all_marks = frozenset(_record().marks)
    return all_marks if marks is None else all_marks & frozenset(marks)


def exported() -> str:
    """Return all values that are kept, in one line of text for a file."""
    return _record().exported()


def bring(text: str) -> int:
    """Keep the values in a text from ``exported`` that are newer than those kept here; return how many these are.

    A text that is none holds no values.
    """
    return _record().bring(text)


def is_kept() -> bool:
    """Return whether the browser keeps what it is told; in some private windows it does not."""
    return _record().kept


def forget_everything() -> None:
    """Forget all that is kept, in the browser and in this session; for callbacks of buttons outside a fragment."""
    _record().forget()
    _forget_session()


def start_page() -> None:
    """Draw the component that tells the session what the browser keeps, and the browser what the session has to tell.

    Every page calls this once in each full run, before it draws anything that may be earned. What the browser has to
    report then interrupts the run early.
    """
    component("memory", html="", css=CSS)(key=_COMPONENT, data=_record().all_to_tell(), on_report_change=_heard)


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


def _record() -> Record:
    if _RECORD not in st.session_state:
        st.session_state[_RECORD] = Record()
    record: Record = st.session_state[_RECORD]
    return record


def _heard() -> None:
    """Take in what the browser reports."""
    report = understood(st.session_state[_COMPONENT].get("report"))
    if report is not None and _record().hear(report):
        _forget_session()


def _forget_session() -> None:
    """Forget what pages keep in the session, or their next run would earn the same again."""
    session.forget_everything()
    widgets.start_page("")  # as if the page was newly opened: nothing on it was moved by hand
