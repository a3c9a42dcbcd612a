"""Short texts to learn from and to read, and the text that a learner pasted, which stays in the session."""

from typing import Final, NamedTuple

import streamlit as st

from xent_ui.live import session
from xent_ui.live import show as live

MOST_READ: Final = 1_000_000  # characters
MOST_LEARNED: Final = 200_000

STORY: Final = """\
In the morning the fox came down to the river. The river was low and the stones were dry, and the fox walked over the \
stones to the other side. On the other side stood a house, and in the house lived an old man and a small grey cat. The \
cat sat at the window and watched the fox. The fox sat down by the water and watched the cat.

"What do you want?" asked the cat.

"I want to know what is in the house," said the fox. "I have seen the door and the window and the smoke over the roof, \
and I have never seen what is inside."

"There is a table in the house," said the cat, "and there is a chair, and there is a fire, and the old man sits in the \
chair by the fire and tells me stories in the evening."

"What are the stories about?" asked the fox.

"They are about foxes," said the cat. "In the stories the foxes are clever, and in the end they are always caught."

The fox thought about that. The sun came over the hill, and the water in the river was bright. Then the fox stood up \
and shook the dust out of its coat.

"Tell the old man," said the fox, "that I have a story for him. In my story the man sits in the house all day, and he \
tells the cat about the world, and the world sits at the river and waits for him to come out."

The cat told the old man the story in the evening. He looked at the fire for a long time. In the morning he took his \
coat and his stick, and he opened the door, and he walked down to the river with the cat. The stones were dry. The fox \
was not there. But on the other side of the water, where the path goes up the hill, there were marks in the dust, and \
the old man and the cat went over the stones and walked after them the whole day long.
"""
MORE: Final = """\
In the evening the old man and the cat came to the top of the hill. The fox sat on a stone and watched the sun go down.

"So you have come out of the house," said the fox.

"I have come to hear the end of the story," said the old man. "What does the man do when he comes to the river?"

"He walks over the stones," said the fox, "and then he tells the story himself."

The cat thought about that, and then it sat down by the fox, and they looked at the world, and it was large and bright.
"""
GERMAN: Final = """\
Am Abend kamen der alte Mann und die Katze oben auf dem Hügel an. Der Fuchs saß auf einem Stein und sah zu, wie die \
Sonne unterging. "Du bist also aus dem Haus gekommen", sagte der Fuchs. "Ich will das Ende der Geschichte hören", \
sagte der alte Mann.
"""
SAMPLES: Final = {"on": MORE, "german": GERMAN, "itself": STORY}


class Texts(NamedTuple):
    """What a model has learned from, and what it reads; the names say which texts they are."""

    learned: str
    read: str
    names: tuple[object, object]


def chosen(sample: str) -> Texts:
    """The story and one of the samples, or what the learner has pasted in the place of either."""
    learned, read = session.get("text_learned"), session.get("text_read")
    yours = sample == "yours" and read is not None
    return Texts(
        STORY if learned is None else learned[:MOST_LEARNED],
        read[:MOST_READ] if yours else SAMPLES.get(sample, MORE),
        (hash(learned), hash(read) if yours else sample),
    )


def paste(choice_key: str) -> None:
    """A place to paste a text of one's own, to be read or to be learned from."""
    if st.session_state.get(choice_key) == "yours" and session.get("text_read") is None:
        with live.side():
            st.caption("Paste a text first; until then the story goes on.")
    with live.side(), st.popover("Paste a text", icon=":material/content_paste:"):
        st.text_area(
            "Any text, in any language; it stays in this session.",
            key="pasted",
            height=200,
            help=f"{MOST_READ:,} characters are read, {MOST_LEARNED:,} learned.",
        )
        with st.container(horizontal=True, gap="small"):
            st.button("Read it", key="paste_read", on_click=_keep, args=("text_read", choice_key))
            st.button("Learn from it", key="paste_learn", on_click=_keep, args=("text_learned", None))
            if session.get("text_learned") is not None:
                st.button(
                    "Learn from the story again", key="paste_forget", on_click=session.forget, args=("text_learned",)
                )


def _keep(name: str, choice_key: str | None) -> None:
    """Take what was pasted out of its box: what stays in there would cross the wire with every move."""
    text = st.session_state.get("pasted") or ""
    if text.strip():
        session.put(name, text)
        st.session_state["pasted"] = ""
        if choice_key:
            st.session_state[choice_key] = "yours"
