"""A text that the learner pastes, for the model to read or to learn from. It is kept in the session only."""

from typing import Final

import streamlit as st

from xent_ui.experiments.reading import LONGEST_LEARNED, LONGEST_READ, Texts
from xent_ui.experiments.texts import SAMPLES, STORY
from xent_ui.live import session, widgets
from xent_ui.views.perplexity import YOURS, what_is_read

READ, LEARNED = "text_read", "text_learned"
_BOX: Final = "pasted"


def choose_texts() -> Texts | None:
    """Draw the choice of the text to read, and a box to paste a text into.

    Returns  the text to learn from and the text to read, built-in where none was pasted; None if nothing was pasted to
             learn from and a built-in text is chosen to read
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
    """Draw a button that opens the box to paste into."""
    with st.popover("Paste a text", icon=":material/content_paste:"):
        st.text_area(
            "Any text, in any language. It stays in the memory of this server until you close or reload this tab.",
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
    """Move the text from its box into the session; if it stayed in the box, every run would send it again."""
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
