"""A page on a projector (``mode=present``), and a lesson within another page (``embed=true``).

On a projector a lesson shows one picture at a time, with its question and its controls, and is led by keys
(scripts/present.js, styles/present.css and styles/modes/). Nothing else is drawn than on the page: the rest is only out
of sight.
"""

from typing import Final

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from xent_ui.live import address, widgets
from xent_ui.live.component import component
from xent_ui.views.base import Picture, pictures_of

HTML: Final = """
<div class="xent-presentation">
  <p>
    <button type="button" data-does="previous" aria-label="Previous picture">‹</button>
    <span data-part="place" role="status"></span>
    <button type="button" data-does="next" aria-label="Next picture">›</button>
  </p>
  <button type="button" data-does="keys"><kbd>?</kbd> for keys</button>
  <dialog data-part="keys" aria-label="Keys">
    <p data-key="arrows"><kbd>←</kbd> <kbd>→</kbd> Move the control that you used last; at first, the first slider</p>
    <button type="button" data-does="play"><kbd>Space</kbd> Play or pause</button>
    <button type="button" data-does="reveal"><kbd>R</kbd> Reveal the answer to the guess</button>
    <button type="button" data-does="next"><kbd>N</kbd> Next picture</button>
    <button type="button" data-does="previous"><kbd>P</kbd> Previous picture</button>
    <button type="button" data-does="full"><kbd>F</kbd> Full screen, and back</button>
    <button type="button" data-does="leave"><kbd>Esc</kbd> Back to the lesson</button>
    <button type="button" data-does="keys"><kbd>?</kbd> Show or close this list</button>
  </dialog>
</div>
"""


def kind(page: str) -> str:
    """Return how a page is shown, the name of a file in styles/modes: on a projector or in a frame; "" if as usual.

    page  its name, as for ``frame.frame``
    """
    if address.mode() == "present":
        return "presentation" if pictures_of(page) else "presentation_page"
    return "framed" if st.context.is_embedded else ""


def draw(page: str) -> None:
    """Draw what a page on a projector or in a frame has besides its content; on any other page nothing.

    page  its name, as for ``frame.frame``
    """
    match kind(page):
        case "framed":
            component("framed", html="")(key="framed", data={})
        case "presentation" | "presentation_page" as key:
            pictures = pictures_of(page)
            if address.picture() in pictures:
                widgets.give_shared(pictures[address.picture()])
            data = {"lesson": page, "names": list(pictures), "framed": st.context.is_embedded}
            component("present", html=HTML)(
                key=key, data=data, on_turned_change=lambda: _turned(key, "turned"), on_left_change=lambda: _leave(key)
            )


def beside(picture: Picture) -> DeltaGenerator:
    """Return a container for what stands outside a picture on its page, but belongs to it on a projector too."""
    return st.container(key=f"with_{picture.key}")


def begin() -> None:
    """Put the open page on a projector; a callback."""
    st.query_params["mode"] = "lesson,present" if address.is_by_itself() else "present"


def _leave(key: str) -> None:
    """Show the page as before, within the course or by itself, at the picture that was shown last."""
    _turned(key, "left")
    if address.is_by_itself():
        st.query_params["mode"] = "lesson"
    else:
        st.query_params.pop("mode", None)


def _turned(key: str, trigger: str) -> None:
    """Remember the picture to which somebody turned: it draws the controls that it shares with others."""
    name = st.session_state[key].get(trigger)
    if name in pictures_of(widgets.open_page()):
        st.query_params["picture"] = name
