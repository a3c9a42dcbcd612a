"""The welcome page: a first picture to drag, what the course is about, and its map."""

import streamlit as st

from xent_ui.course import frame, menu
from xent_ui.course.table import LESSONS, WELCOME, parts
from xent_ui.exercises.tasks import tasks
from xent_ui.live import memory
from xent_ui.live.show import show
from xent_ui.views.welcome import rain

frame.frame("Xent Lab", page=WELCOME)
st.title("How surprised are you?")
st.markdown("Yesterday you said how likely rain was. **It rains.** How many heads in a row would surprise you as much?")
show(rain, tasks)

minutes = sum(lesson.minutes for lesson in LESSONS)
st.markdown(
    "That number, averaged, is **cross-entropy**: what nearly every classifier and language model is trained to make "
    "small. Here you can drag it. Guess first, then drag; every picture follows, and every number on a page "
    "is computed as you look."
)
st.markdown(
    "The address of a page holds its state: copy it, and someone else sees what you see. What you solve is remembered "
    "until you close or reload this page, and stored nowhere."
)

st.header("The way through")
solved = [mark.split("/")[0] for mark in memory.earned() if "/" in mark]
next_lesson = next((lesson for lesson in LESSONS if lesson.file not in solved), None)
st.caption(f"{len(LESSONS)} lessons, {minutes} minutes in all. Each stands on the ones before it.")
if next_lesson:
    verb = "Go on with" if set(solved) - {WELCOME} else "Begin with"
    menu.link(next_lesson.path, f"{verb} **{next_lesson.title}**", icon=":material/arrow_forward:")
for part, group in parts().items():
    st.subheader(f"{part} · {sum(lesson.minutes for lesson in group)} min")
    for lesson in group:
        name, promise = st.columns([5, 8], vertical_alignment="center")
        done = solved.count(lesson.file)
        with name:
            icon = ":material/check_circle:" if done else ":material/radio_button_unchecked:"
            menu.link(lesson.path, lesson.title, icon=icon)
        finished = f" · **{done} solved**" if done else ""
        promise.caption(f"{lesson.goal} · {lesson.minutes} min{finished}")
