"""Your progress: what is done and what is left, where it is kept, and how to take it elsewhere or delete it."""

import streamlit as st

from xent_ui.course import frame, menu
from xent_ui.course.table import HOME, LESSONS, PROGRESS, WELCOME
from xent_ui.exercises.tasks import DONE, OPEN
from xent_ui.live import address, memory, session
from xent_ui.self_test import progress
from xent_ui.self_test.progress import ARRIVED, CHECK, GUESS, TASK
from xent_ui.style.numbers import counted

PAGES = {WELCOME: (HOME, "Welcome")} | {lesson.file: (lesson.path, lesson.title) for lesson in LESSONS}
KINDS = {GUESS: "*Guess:* ", TASK: "", CHECK: "*Check:* "}
NOTICE, GOOD, BAD = "notice_on_progress", "good", "bad"

frame.frame(f"{menu.YOURS} · Xent Lab", page=PROGRESS)
st.title(menu.YOURS, anchor=False)
notices = st.empty()


def take(text: str, values: str = "") -> None:
    """Add the steps that a code names and the values of a file, and note that; or note why the code is not read."""
    try:
        brought = progress.decode(text)
    except progress.BadCode as refused:
        session.put(NOTICE, (BAD, f"{refused} Nothing was added."))
        return
    memory.earn(*brought)
    verb = "is" if len(brought) == 1 else "are"
    words = f"{counted(len(brought), 'step')} from elsewhere {verb} in your progress now."
    if memory.bring(values):
        words += " Guesses, rounds and grades were taken from the file where they are newer than those here."
    session.put(NOTICE, (GOOD, words))


if ARRIVED in st.query_params:
    take(st.query_params[ARRIVED])
    del st.query_params[ARRIVED]

everything = progress.everything()
marks = [todo.mark for todos in everything.values() for todo in todos]
count = st.empty()
if memory.is_kept():
    st.markdown(
        "Your progress is kept in this browser: it is still here after you reload the page, open another tab, or close "
        "the window and come back. So are your rounds of *You are the model* and your grades in the interview. The "
        "server writes nothing to its disk. A private window deletes all of it when you close the window."
    )
else:
    st.markdown(
        "This browser does not let the course keep anything, as in some private windows. Your progress lasts until you "
        "close or reload this tab. To keep it, save it as a file below."
    )

with st.expander("Take it elsewhere", icon=":material/qr_code_2:"):
    st.markdown(
        "The link holds a code that names the guesses that you made, the tasks that you solved and the questions that "
        "you answered. The file holds more: what you guessed, your rounds of *You are the model* and your interview "
        "grades."
    )
    out, back = st.columns(2, gap="large")
    with back, st.form("bring", clear_on_submit=True, border=False):
        pasted = st.text_input("Paste a code, or a link with one", key="pasted_code", autocomplete="off")
        file = st.file_uploader("Or choose a saved file", type="txt", key="progress_file", max_upload_size=1)
        if st.form_submit_button("Add it to what is kept here"):
            if pasted:
                take(pasted)
            if file:
                take(*progress.text_of_file(file.getvalue()).split("\n", 1))
            if not pasted and not file:
                session.put(NOTICE, (BAD, "Paste a code or choose a file first."))
    code = progress.encode(memory.earned())
    with out:
        st.caption("Open this link in another browser:")
        st.code(f"{address.course_address()}/{PROGRESS}?{ARRIVED}={code}", language=None, wrap_lines=True)
        st.download_button(
            "Save as a file",
            f"{code}\n{memory.exported()}\n",
            "xent_lab_progress.txt",
            "text/plain",
            icon=":material/download:",
            on_click="ignore",
            key="save_progress",
        )

with st.popover("Forget everything", icon=":material/delete:"):
    st.markdown(
        "This deletes your progress, your guesses, your rounds of *You are the model* and your interview grades from "
        "this browser, in all its tabs. It cannot be undone."
    )
    if st.button("Yes, forget everything", key="forget_everything", type="primary", on_click=memory.forget_everything):
        session.put(NOTICE, (GOOD, "Everything is forgotten."))

if session.get(NOTICE):  # kept for the next run, which follows at once when the browser reports what it has kept
    kind, words = session.get(NOTICE)
    (notices.success if kind == GOOD else notices.warning)(words)
done = memory.earned(marks)
count.markdown(
    f"**{len(done)} of {len(marks)}** steps are done: guesses made, tasks solved, and questions answered under "
    "“Check yourself”."
)
for page, todos in everything.items():
    path, title = PAGES[page]
    ready = sum(todo.mark in done for todo in todos)
    name, left = st.columns([4, 9], gap="large")
    with name:
        icon = ":material/check_circle:" if ready == len(todos) else ":material/radio_button_unchecked:"
        menu.link(path, title, icon=icon)
        st.caption(f"{ready} of {len(todos)}")
    rows = [f"{DONE if todo.mark in done else OPEN} {KINDS[todo.kind]}{todo.asks}" for todo in todos]
    left.markdown("  \n".join(rows))
frame.end_frame()
