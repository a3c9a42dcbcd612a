"""Your progress: what is guessed and solved, what is left, and a way to take it along."""

import streamlit as st

from xent_ui.course import frame, menu
from xent_ui.course.table import HOME, LESSONS, PROGRESS, WELCOME
from xent_ui.exercises import progress
from xent_ui.exercises.tasks import DONE, OPEN
from xent_ui.live import memory
from xent_ui.self_test.proof_link import course_address
from xent_ui.style.numbers import counted

ARRIVED = "done"  # a link brings progress under this name
PAGES = {WELCOME: (HOME, "Welcome")} | {lesson.file: (lesson.path, lesson.title) for lesson in LESSONS}

frame.frame(f"{menu.YOURS} · Xent Lab", page=PROGRESS)
st.title(menu.YOURS)


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
    memory.earn(*brought)
    verb = "was" if len(brought) == 1 else "were"
    st.success(f"{counted(len(brought), 'task')} {verb} brought along.", icon=":material/check_circle:")


if ARRIVED in st.query_params:
    take(st.query_params[ARRIVED])
    del st.query_params[ARRIVED]
what_arrived, count = st.container(), st.container()
everything = progress.everything()
marks = [todo.mark for todos in everything.values() for todo in todos]
with st.expander("Take it along", icon=":material/qr_code_2:", expanded=bool(memory.earned(marks))):
    link, as_file = st.columns(2, gap="large")
    with as_file:
        st.caption("As a file")
        save = st.container()
        file = st.file_uploader("Bring a saved file back", type="txt", key="progress_file", max_upload_size=1)
    if file is not None:
        with what_arrived:
            take(progress.text_of_file(file.getvalue()))
    code = progress.encode(memory.earned())
    with link:
        st.caption("As a link")
        st.code(f"{course_address()}/{PROGRESS}?{ARRIVED}={code}", language=None, wrap_lines=True)
    save.download_button(
        "Save",
        f"{code}\n",
        "xent_lab_progress.txt",
        "text/plain",
        icon=":material/download:",
        on_click="ignore",
        key="save_progress",
    )

done = memory.earned(marks)
count.markdown(
    f"**{len(done)} of {len(marks)}** predictions and challenges. They are remembered until you close or reload this "
    "tab, and stored nowhere. To go on elsewhere, take them along."
)
for page, todos in everything.items():
    path, title = PAGES[page]
    ready = sum(todo.mark in done for todo in todos)
    name, left = st.columns([4, 9], gap="large")
    with name:
        icon = ":material/check_circle:" if ready == len(todos) else ":material/radio_button_unchecked:"
        menu.link(path, title, icon=icon)
        st.caption(f"{ready} of {len(todos)}")
    rows = [(todo.mark in done, todo.asks if todo.name else f"*Guess:* {todo.asks}") for todo in todos]
    left.markdown("  \n".join(f"{DONE if ok else OPEN} {asks}" for ok, asks in rows))
