"""Cards with a common misconception: the learner votes, then sees a counterexample in a picture of the page."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from xent_ui.course.prose import linked
from xent_ui.live import widgets


def misconception(claim: str, *, because: str, shows: Mapping[str, Any], name: str) -> None:
    """Draw a card.

    claim    the misconception, as people say it
    because  why it is wrong, in a sentence or two
    shows    the counterexample: values that the button sets, by key of the control
    name     identifies the card on its page
    """
    with st.container(border=True, key=f"card_{name}"):  # print.css puts room to write into it
        st.markdown(f"**People say:** “{linked(claim)}”")
        vote = st.segmented_control(
            "Do you agree?",
            ["I agree", "I disagree"],
            key=f"vote_{name}",
            label_visibility="collapsed",
            persist_state="session",
        )
        if vote is not None:
            verdict = "Many people do, but it is wrong." if vote == "I agree" else "You are right."
            st.markdown(f"{verdict} {linked(because)}")
            st.button(
                "Show me in the picture",
                key=f"show_{name}",
                on_click=widgets.set_values,
                args=(shows,),
                icon=":material/visibility:",
            )
