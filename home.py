"""The welcome page: a first picture to drag, four ways into the course, and its map."""

import streamlit as st

from xent_ui.course import frame, menu
from xent_ui.course.prose import linked, prose
from xent_ui.course.table import FORMULA_SHEET, LESSON, LESSONS, TEACHERS, WELCOME, WORKSHEET, minutes, named, parts
from xent_ui.exercises.tasks import tasks
from xent_ui.live import memory
from xent_ui.live.show import show
from xent_ui.style.numbers import counted
from xent_ui.views.welcome import rain

INTERVIEW = ["cross_entropy", "likelihood", "softmax_cross_entropy", "ce_vs_mse", "numerics", "choose_the_loss"]

frame.frame("Xent Lab", page=WELCOME)
st.title("How surprised are you?", anchor=False)
prose(
    "Yesterday you said how likely rain was, and today it rains. **The less likely you called what happens, the more "
    "surprised you should be. That surprise, averaged, is cross-entropy,** the number that nearly every classifier and "
    "language model is trained to make small. Drag the slider, and see how many coins in a row would have to show "
    "heads to surprise you as much."
)
solved = [mark.split("/")[0] for mark in memory.earned() if "/" in mark]
next_lesson = next((lesson for lesson in LESSONS if lesson.kind == LESSON and lesson.file not in solved), LESSONS[-1])
verb = "Go on with" if set(solved) - {WELCOME} else "Begin with"
with st.container(key="begin"):
    menu.link(next_lesson.path, f"{verb} **{next_lesson.title}**", icon=":material/arrow_forward:")
show(
    rain,
    tasks,
    saw=linked(
        "An event of probability 1/2 is as surprising as one coin flip that comes up heads, one of 1/4 as two heads "
        "in a row, and one of 1/8 as three. Each head is worth one bit of surprise."
    ),
)

st.header("Four ways in", anchor=False)
with st.container(key="doors"):
    learn, teach, interview, score = st.columns(4, gap="small", border=True)
with learn:
    prose(
        f"**Learn from the start.** {counted(len(LESSONS), 'lesson')}, {minutes(LESSONS)} minutes in all, from the "
        "surprise of one event to the calibration of a network. Guess first, then drag, then read why."
    )
    menu.link(LESSONS[0].path, LESSONS[0].title, icon=":material/arrow_forward:")
with teach:
    prose(
        "**Teach a class.** Choose a plan and hand out its links: every guess is open, and nothing is solved. Let "
        "everybody lock in a guess, then drag the picture on the projector. There is a guide to each lesson, and a "
        "worksheet with its key."
    )
    menu.link(f"pages/{TEACHERS}.py", menu.FOR_TEACHERS, icon=":material/school:")
    menu.link(f"pages/{WORKSHEET}.py", "Worksheet", icon=":material/assignment:")
    menu.link(f"pages/{FORMULA_SHEET}.py", menu.FORMULAS, icon=":material/print:")
with interview:
    to_read = [named(file) for file in INTERVIEW]
    prose(
        f"**Interview in two hours.** Read these {len(to_read)} lessons, {minutes(to_read)} minutes in all, and spend "
        "the rest of the time on the questions that candidates are asked."
    )
    for lesson in [*to_read, named("interview")]:
        menu.link(lesson.path, lesson.title, icon=":material/arrow_forward:")
with score:
    prose(
        "**Score my own predictions.** Bring a CSV file with labels and predicted probabilities, and see its log "
        "loss, its worst examples and its calibration. Your file stays in the memory of this server and is gone when "
        "you close or reload the tab."
    )
    lesson = named("your_predictions")
    menu.link(lesson.path, lesson.title, icon=":material/arrow_forward:")

st.header("The map", anchor=False)
prose(
    "Each lesson builds on the ones before it. The pictures, their captions and their formulas are computed while you "
    "drag, by a NumPy library whose code you can read at the end of each lesson. What you solve is kept in this "
    "browser on this device; the page Your progress takes it elsewhere."
)
for part, group in parts().items():
    st.subheader(f"{part} · {minutes(group)} min", anchor=False)
    for lesson in group:
        name, goal = st.columns([5, 8], vertical_alignment="center")
        done = solved.count(lesson.file)
        with name:
            icon = ":material/check_circle:" if done else ":material/radio_button_unchecked:"
            menu.link(lesson.path, lesson.title, icon=icon)
        finished = f" · **{done} solved**" if done else ""
        goal.caption(f"{lesson.goal[0].upper()}{lesson.goal[1:]} · {lesson.minutes} min{finished}")
frame.end_frame()
