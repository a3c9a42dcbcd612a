"""Your progress: what is guessed and solved, what is left, and a way to take it along."""

import streamlit as st

from xent_ui.course import frame as lessons
from xent_ui.course import menu
from xent_ui.course.table import HOME, PROGRESS
from xent_ui.exercises import checks, progress
from xent_ui.self_test import proof_link as doors

lessons.frame(f"{menu.YOURS} · Xent Lab", here=PROGRESS)
st.title(menu.YOURS)

DONE, OPEN = ":green[:material/check_circle:]", ":material/radio_button_unchecked:"
ARRIVED = "done"  # a link brings progress under this name


def take(code: str) -> None:
    """Add what a code says is done, or say why it is not read."""
    try:
        brought = progress.decode(code)
    except progress.BadCode as refused:
        st.warning(
            f"{refused} Nothing was taken from it; you start fresh, with what this tab knows.",
            icon=":material/link_off:",
        )
        return
    checks.add_progress(solved={mark for mark in brought if "/" in mark}, guessed={m for m in brought if "/" not in m})
    were = "task was" if len(brought) == 1 else "tasks were"
    st.success(f"{len(brought)} {were} brought along.", icon=":material/check_circle:")


if ARRIVED in st.query_params:
    take(st.query_params[ARRIVED])
    del st.query_params[ARRIVED]
file = st.session_state.get("progress_file")
if file is not None:
    take(file.getvalue()[: progress.LONGEST + 1].decode("ascii", errors="replace"))

done = checks.solved_challenges() | checks.guessed_pages()
everything = progress.tasks()
marks = {task.mark for of in everything.values() for task in of}
st.markdown(
    f"**{len(done & marks)} of {len(marks)}** predictions and challenges. They are remembered until you close this "
    "tab, and stored nowhere. To go on elsewhere, take them along."
)
code = progress.encode(done)
with st.expander("Take it along", icon=":material/qr_code_2:", expanded=bool(done & marks)):
    link, as_file = st.columns(2, gap="large")
    with link:
        st.caption("As a link")
        st.code(f"{doors.here()}/{PROGRESS}?{ARRIVED}={code}", language=None, wrap_lines=True)
    with as_file:
        st.caption("As a file")
        st.download_button(
            "Save",
            f"{code}\n",
            "xent_lab_progress.txt",
            "text/plain",
            icon=":material/download:",
            on_click="ignore",
            key="save_progress",
        )
        st.file_uploader("Bring a saved file back", type="txt", key="progress_file", max_upload_size=1)

titles = {lesson.file: lesson for lesson in lessons.LESSONS}
for page, tasks in everything.items():
    lesson = titles.get(page)
    ready = sum(task.mark in done for task in tasks)
    name, left = st.columns([4, 9], gap="large")
    with name:
        icon = ":material/check_circle:" if ready == len(tasks) else ":material/radio_button_unchecked:"
        menu.link(lesson.path if lesson else HOME, lesson.title if lesson else "Welcome", icon=icon)
        st.caption(f"{ready} of {len(tasks)}")
    rows = [(task.mark in done, f"*Guess:* {task.asks}" if not task.name else task.asks) for task in tasks]
    left.markdown("  \n".join(f"{DONE if ok else OPEN} {asks}" for ok, asks in rows))
