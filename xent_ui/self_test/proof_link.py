"""What a page of questions needs of the browser: a way to the state that proves an answer, and time to think."""

from typing import Final
from urllib.parse import urlsplit

import streamlit as st

from xent_ui.browser import component as browser
from xent_ui.course.table import named
from xent_ui.self_test.questions.proof import Proof

DOOR: Final = '<a class="xent-door"></a>'
DOOR_CSS: Final = """
.xent-door {
  display: inline-block; padding: 0.3rem 0.9rem; border-radius: 0.5rem; text-decoration: none;
  color: inherit; border: 1px solid color-mix(in srgb, currentColor 25%, transparent);
}
.xent-door:hover { color: var(--st-primary-color); border-color: var(--st-primary-color); }
.xent-door:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
"""
TIMER: Final = '<div class="xent-timer"><span><b></b></span><output role="timer" aria-live="off"></output></div>'
TIMER_CSS: Final = """
.xent-timer { display: flex; align-items: center; gap: 0.8rem; font-variant-numeric: tabular-nums; }
.xent-timer span { flex: 0 1 14rem; height: 6px; border-radius: 3px; overflow: hidden;
  background: color-mix(in srgb, currentColor 14%, transparent); }
.xent-timer b { display: block; height: 100%; background: var(--st-primary-color); }
"""


def prove_it(proof: Proof, *, name: str) -> None:
    """A button that opens the lesson in the state that proves an answer, within the session."""
    label = f"Prove it: {named(proof.page).title}"
    if browser.published("door.js"):
        browser.component("door", html=DOOR, css=DOOR_CSS)(
            key=f"door_{name}", data={"address": proof.address, "label": label}
        )
    else:
        st.link_button(label, f"{here()}/{proof.address}", icon=":material/open_in_new:")


def time_to_think(seconds: int, *, of: str) -> None:
    """A countdown that starts anew with each question; without the browser's half, the time in words."""
    if browser.published("timer.js"):
        browser.component("timer", html=TIMER, css=TIMER_CSS)(key="timer", data={"seconds": seconds, "of": of})
    else:
        st.caption(f"Give yourself {seconds} seconds.")


def here() -> str:
    """Where the course lives: the address of its welcome page, without a slash at the end."""
    parts = urlsplit(st.context.url or "")
    folder = parts.path.rsplit("/", 1)[0]
    return f"{parts.scheme}://{parts.netloc}{folder}" if parts.netloc else ""
