"""Draw the tasks of a picture: open, solved, or impossible on purpose."""

from typing import Final

import streamlit as st

from xent_ui.live import session
from xent_ui.views.base import Picture, View
from xent_ui.views.question import Task

OPEN: Final = ":material/radio_button_unchecked:"
DONE: Final = ":green[:material/check_circle:]"


def tasks(picture: Picture, view: View, *, counts: bool) -> None:
    """Draw the tasks of a picture.

    counts  the learner, not a link, has set the state of the picture, so tasks that the view solves are recorded
    """
    for task in picture.tasks:
        mark = f"{picture.lesson}/{task.name}"
        if counts and view.solved[task.name]:
            session.earn(mark)
        if task.because:
            _impossible(task, mark)
        else:
            _task(task, done=mark in session.earned())


def _task(task: Task, *, done: bool) -> None:
    st.markdown(f"{DONE if done else OPEN} {task.words}")


def _impossible(task: Task, mark: str) -> None:
    """Draw a task that is mathematically impossible; the learner solves it by saying so."""
    key = f"forbidden_{mark.replace('/', '_')}"
    called_impossible = bool(st.session_state.get(key))
    if called_impossible:
        session.earn(mark)
    _task(task, done=mark in session.earned())
    st.toggle("This cannot be done", key=key, persist_state="session")
    if called_impossible:
        st.markdown(task.because)
