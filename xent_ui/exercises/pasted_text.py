"""A text of the learner's own, to be read or to be learned from; it stays in the session and nowhere else."""

from typing import Final

import streamlit as st

from xent_ui.experiments.reading import LONGEST_LEARNED, LONGEST_READ, Texts
from xent_ui.experiments.texts import SAMPLES, STORY
from xent_ui.live import session, widgets
from xent_ui.views.perplexity import YOURS, what_is_read

READ, LEARNED = "text_read", "text_learned"
_BOX: Final = "pasted"


def choose_texts() -> Texts | None:
    """Draw the choice of what is read and a box to paste a text into.

    Returns  what was pasted, with a built-in text in the place of what was not; None where nothing pasted is in use
    """
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = widgets.draw(what_is_read)
        _box()
    learned, read = session.get(LEARNED), session.get(READ)
    if name == YOURS and read is None:
        st.caption("Paste a text first; until then the story goes on.")
    if learned is None and name != YOURS:
        return None
    if name != YOURS or read is None:
        read = SAMPLES.get(name, SAMPLES[what_is_read.default])
    if learned is None:
        learned = STORY
    return session.kept("texts", (learned, read), lambda: Texts(learned, read))


def _box() -> None:
    """Draw the box to paste into, folded up."""
    with st.popover("Paste a text", icon=":material/content_paste:"):
        st.text_area(
            "Any text, in any language; it stays in this session.",
            key=_BOX,
            height=200,
            help=f"{LONGEST_READ:,} characters are read, {LONGEST_LEARNED:,} learned.",
        )
        with st.container(horizontal=True, gap="small"):
            st.button("Read it", key="paste_read", on_click=_take, args=(READ,))
            st.button("Learn from it", key="paste_learn", on_click=_take, args=(LEARNED,))
            if session.get(LEARNED) is not None:
                st.button("Learn from the story again", key="paste_forget", on_click=_forget_learned)


def _take(name: str) -> None:
    """Take the text out of its box: what stays in there would be sent to the server with every move."""
    text = (st.session_state.get(_BOX) or "").strip()
    if not text:
        return
    session.put(name, text)
    st.session_state[_BOX] = ""
    if name == READ:
        widgets.set_values({what_is_read.key: YOURS})
    else:
        widgets.mark_moved(what_is_read.key)


def _forget_learned() -> None:
    session.forget(LEARNED)
    widgets.mark_moved(what_is_read.key)
