"""Draw the tasks of a picture: open, solved, or impossible on purpose.

Every open task has the button "This cannot be done", so that the button gives no impossible task away.
"""

from typing import Final

import streamlit as st

from xent_ui.live import memory
from xent_ui.views.base import Picture, View
from xent_ui.views.question import Task

OPEN: Final = ":material/radio_button_unchecked:"
DONE: Final = ":green[:material/check_circle:]"
_SAID: Final = "called_impossible"


def tasks(picture: Picture, view: View, *, counts: bool) -> None:
    """Draw the tasks of a picture.

    counts  the learner, not a link, has set the state of the picture, so tasks that the view solves are recorded
    """
    with st.container(key=f"tasks_{picture.key}"):
        for task in picture.tasks:
            mark = f"{picture.lesson}/{task.name}"
            if counts and view.solved[task.name]:
                memory.earn(mark)
            _task(task, mark, done=mark in memory.earned())


def _task(task: Task, mark: str, *, done: bool) -> None:
    """Draw one task. What is said of it is a paragraph of its own, which print.css leaves out."""
    if done:
        st.markdown(f"{DONE} {task.words}\n\n{task.because or ':gray[Done.]'}")
        return
    if mark in st.session_state.get(_SAID, ()):  # said of a task that can be done
        st.markdown(f"{OPEN} {task.words}\n\n**It can be done.**")
        return
    st.markdown(f"{OPEN} {task.words}")
    key = f"impossible_{mark.replace('/', '_')}"
    st.button("This cannot be done", key=key, type="tertiary", on_click=_say_impossible, args=(task, mark))


def _say_impossible(task: Task, mark: str) -> None:
    """Solve an impossible task; of any other, remember that the learner was wrong."""
    if task.because:
        memory.earn(mark)
    else:
        st.session_state[_SAID] = {*st.session_state.get(_SAID, ()), mark}
