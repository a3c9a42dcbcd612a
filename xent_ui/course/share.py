"""The popover "Share" of a lesson: links, code to embed, and the picture, its data and its code as files."""

from collections.abc import Mapping
from html import escape
from typing import Final, NamedTuple
from urllib.parse import urlsplit

import segno
import streamlit as st

from xent_ui.course.table import Lesson
from xent_ui.figures.table import csv_text, tables
from xent_ui.live import address, show
from xent_ui.live.code import in_numpy, in_torch
from xent_ui.live.component import component
from xent_ui.views.base import Picture, controls_of, pictures_of
from xent_ui.views.link import ANSWERS, RESERVED, Mode, link

STATE, CLASS, FRAME = "This state", "For a class", "In another page"
SAYS: Final = {
    STATE: "Whoever opens this link sees what you see now, with the answers that you see.",
    CLASS: "Everybody starts from the state that you see now. Guesses are open, and nothing is solved.",
    FRAME: "Paste this code into a page of your learning platform. Guesses are open, and nothing is solved.",
}
SHOWN_AS: Final[dict[Mode, str]] = {"": "In the course", "lesson": "By itself", "present": "On a projector"}
FRAMED: Final[dict[Mode, str]] = {"present": "One picture", "lesson": "The whole lesson"}
FRAME_HEIGHT: Final[dict[Mode, int]] = {"present": 640, "lesson": 900}  # px, until the lesson has told its height
THIS_MACHINE: Final = ("localhost", "127.0.0.1", "::1", "0.0.0.0")  # noqa: S104  (names, not an address to serve at)

_Pictures = dict[str, tuple[Picture, show.Drawn]]  # by name, with how each was last drawn

LINK: Final = """
<div class="xent-share xent-share-link">
  <div>
    <textarea data-part="text" readonly spellcheck="false"></textarea>
    <button type="button" data-part="copy">Copy</button>
    <span data-part="said" role="status"></span>
  </div>
  <button type="button" data-part="qr" aria-label="Enlarge the QR code"><img alt="QR code of the link"></button>
  <dialog data-part="large" aria-label="QR code of the link">
    <img alt="QR code of the link"><p data-part="address"></p><button type="button">Close</button>
  </dialog>
</div>
"""
FILES: Final = """
<div class="xent-share">
  <button type="button" data-saves="svg">SVG</button>
  <button type="button" data-saves="png">PNG</button>
  <button type="button" data-saves="csv" disabled>Data (CSV)</button>
  <button type="button" data-saves="numpy" disabled>NumPy code</button>
  <button type="button" data-saves="torch" disabled>PyTorch code</button>
  <span data-part="said" role="status"></span>
</div>
"""


class _Choices(NamedTuple):
    """What a teacher has chosen for a link: how to show the lesson, the picture to open at, and what to hide."""

    mode: Mode = ""
    picture: str = ""
    hide: tuple[str, ...] = ()


@st.fragment
def draw(lesson: Lesson) -> None:
    """Draw the button "Share" of a lesson, and the popover that it opens."""
    popover = st.popover(
        "Share", icon=":material/share:", type="tertiary", key=f"share_{lesson.file}", on_change="rerun"
    )
    if popover.open:  # its content depends on the state at the moment
        with popover:
            _contents(lesson)


def _contents(lesson: Lesson) -> None:
    key = f"share_{lesson.file}"
    kind = st.segmented_control(
        "Share", list(SAYS), default=STATE, key=f"{key}_kind", label_visibility="collapsed", required=True
    )
    st.markdown(SAYS[kind])
    drawn = _drawn(lesson.file)
    where = f"{address.course_address()}/"
    if kind == STATE:
        where += state_link(lesson.file)
    elif kind == CLASS:
        where += class_link(lesson.file, _choices(drawn, SHOWN_AS, f"{key}_class"))
    else:
        choices = _choices(drawn, FRAMED, f"{key}_frame")
        where += class_link(lesson.file, choices, embed=True)
    text = where if kind != FRAME else embed_code(where, lesson.question, height=FRAME_HEIGHT[choices.mode])
    component("share_link", html=LINK)(key=f"{key}_link", data={"text": text} | _qr(text, kind))
    if urlsplit(where).hostname in THIS_MACHINE:
        st.caption(
            "This address works on this machine only. Open the course by the machine's name or IP address to get a "
            "link for others."
        )
    if any(picture.takes_data for picture, _ in drawn.values()):
        st.caption("A file that you brought or a text that you pasted stays with you: no link holds it.")
    if drawn:
        _save(drawn, key)


def _drawn(page: str) -> _Pictures:
    """Return the pictures that the open page has drawn, by name, and how."""
    last = {name: (picture, show.drawn(picture)) for name, picture in pictures_of(page).items()}
    return {name: (picture, drawn) for name, (picture, drawn) in last.items() if drawn}


def _choices(drawn: _Pictures, modes: Mapping[Mode, str], key: str) -> _Choices:
    """Draw what one can choose for a class, and return it."""
    offered = [mode for mode in modes if drawn or mode != "present"]
    mode, opens_at, hide = offered[0], "", []
    how, where = st.columns(2)
    if len(offered) > 1:
        mode = how.segmented_control(
            "Show it", offered, default=offered[0], format_func=modes.__getitem__, key=f"{key}_mode", required=True
        )
    if len(drawn) > 1:
        titles = {"": "The top of the page"} | {name: picture.title for name, (picture, _) in drawn.items()}
        opens_at = where.selectbox("Open at", list(titles), format_func=titles.__getitem__, key=f"{key}_at")
    labels = hideable(drawn)
    if labels:
        which, answers = st.columns(2, vertical_alignment="bottom")
        hide = which.multiselect("Hide these controls", list(labels), format_func=labels.__getitem__, key=f"{key}_hide")
        if answers.toggle("Hide answers until a guess is locked in", key=f"{key}_answers"):
            hide = [*hide, ANSWERS]
    return _Choices(mode, opens_at, tuple(hide))


def hideable(drawn: _Pictures) -> dict[str, str]:
    """Return the labels of the controls that are on the page, by key; a guess cannot be hidden.

    A label that several controls have is told apart by the number of the picture, and of the control in a picture.
    """
    found = {
        key: (picture.controls[key].label.replace("*", ""), number)
        for number, (picture, last) in enumerate(drawn.values(), 1)
        for key in picture.shown_keys(picture.settle(last.values))
        if key in picture.own_keys
    }
    named: dict[str, str] = {}
    for key, (label, number) in found.items():
        words = label
        if len({at for other, at in found.values() if other == label}) > 1:
            words += f", picture {number}"
        same = [other for other in found if found[other] == found[key]]
        if len(same) > 1:
            words += f", {same.index(key) + 1} of {len(same)}"
        named[key] = words
    return named


def state_link(page: str) -> str:
    """Return the link to what the open page shows now, relative to the root of the course."""
    at = address.picture() if address.picture() in pictures_of(page) else ""
    shown = _is_an_answer_shown(page)
    return link(page, _state(page), picture=at, hide=address.hide(page), mode=address.mode(), shown=shown)


def _is_an_answer_shown(page: str) -> bool:
    """Return whether the answer to a question of the open page is shown."""
    return any(picture.question and not last.is_open for picture, last in _drawn(page).values())


def class_link(page: str, choices: _Choices, *, embed: bool = False) -> str:
    """Return the link with which a class starts from the present state, relative to the root of the course.

    It has neither the guess nor the code that the page shows.
    """
    values = {key: text for key, text in _state(page).items() if not key.startswith(("guess_", "code_"))}
    return link(page, values, picture=choices.picture, hide=choices.hide, mode=choices.mode, embed=embed)


def _state(page: str) -> dict[str, str]:
    """Return what the address holds beside what ``link`` adds, without values that a control does not have."""
    controls = controls_of(page)
    return {
        key: text
        for key, text in st.query_params.to_dict().items()
        if key not in RESERVED and (key not in controls or address.can_read(controls[key], text))
    }


def embed_code(framed: str, title: str, *, height: int) -> str:
    """Return HTML with a frame for another page, which is as high as the lesson in it if the page allows scripts.

    framed  the whole address, with embed=true
    title   what the frame holds, for people who do not see it
    height  in px, as long as no script sets it
    """
    return f"""<iframe src="{escape(framed)}" title="{escape(title)}" height="{height}"
  style="width: 100%; border: 0" allow="clipboard-write; fullscreen" loading="lazy"></iframe>
<script>
  addEventListener("message", ({{ data, source }}) => {{
    if (data?.xentLab !== "height") return;
    for (const frame of document.querySelectorAll("iframe"))
      if (frame.contentWindow === source) frame.height = data.height;
  }});
</script>"""


def _qr(text: str, kind: str) -> dict[str, str]:
    """Return the QR code of a link as an image: dark on white in both themes, as cameras expect it."""
    if kind == FRAME:
        return {}
    try:
        code = segno.make_qr(text, error="m")
    except segno.DataOverflowError:  # more than 2,300 characters
        return {}
    return {"qr": code.svg_data_uri(scale=4, border=4, dark="#000", light="#fff", nl=False)}


def _save(drawn: _Pictures, key: str) -> None:
    """Draw the choice of a picture, if there are several, and what can be saved of it."""
    titles = {name: picture.title for name, (picture, _) in drawn.items()}
    name = st.selectbox("Picture to save", list(titles), format_func=titles.__getitem__, key=f"{key}_save")
    picture, (view, _, is_open) = drawn[name]
    files = {"csv": csv_text(tables(view.figure))}
    if view.code and not is_open:  # the code would give the answer away
        files |= {"numpy": f"{in_numpy(view.code)}\n", "torch": f"{in_torch(view.code)}\n"}
    component("share_files", html=FILES)(
        key=f"{key}_files", data={"picture": picture.key, "name": f"{picture.lesson}_{picture.name}", "files": files}
    )
