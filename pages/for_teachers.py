"""For teachers: the course in class, plans made of links, and a guide to each lesson."""

import streamlit as st

from xent_ui.course import frame, menu, print_button
from xent_ui.course.prose import prose
from xent_ui.course.table import LINKS, TEACHERS, WORKSHEET
from xent_ui.teaching import handout

frame.frame("For teachers · Xent Lab", page=TEACHERS)
st.title("For teachers", anchor=False)
st.markdown(":gray[Afterwards you can give a lesson on cross-entropy, and hand it to your class as one link.]")
prose(
    "You need five minutes: choose a plan below, open its first link, and read the guide to that lesson. **Every guess "
    "is still open when your students follow a link, and nothing is solved.** They need a browser, no account and "
    "no installation, and what they do stays in their own browser."
)
print_button.draw()

with st.container(key="in_class"):
    st.header("The course in class", anchor=False)
    prose(
        "**The guess.** Read the question of the page aloud, and let everybody set the slider and press “Lock in my "
        "guess” before anybody speaks. The picture hides its answer until a guess is locked in, “Show me” is pressed "
        "or a control is moved by hand. So ask for the guess first, and for the dragging afterwards."
    )
    prose(
        "**The picture.** “Present”, at the top of a lesson, shows one picture with its controls on the whole screen. "
        "Move slowly, stop at round numbers, and let the class say what comes next before you go on."
    )
    prose(
        "**Tasks.** Some cannot be done. Every open task has the button “This cannot be done”: it solves an impossible "
        "task and gives the reason, and of any other it says that it can be done. Ask for the reason before you press "
        "it."
    )
    prose(
        "**Misconceptions.** The cards near the end of a page are made for a show of hands. After the vote, “Show me "
        "in the picture” sets the controls to a counterexample. Let one student of each side speak first."
    )
    prose(
        "**At the end** stand “Remember”, the facts of the lesson in a few sentences, and “Check yourself”, three "
        "questions that are marked at once, each wrong answer with its reason."
    )

    st.header("Links for your class", anchor=False)
    prose(
        "The address of a page holds the state of its controls. “Share”, at the top of a lesson, makes of it a link "
        "for your class, a QR code or a frame for a learning platform. You can hide controls that you do not need "
        "yet, hide all answers, and show one lesson without the rest of the course. A value that a control does not "
        "have is ignored, so a mistyped link shows the page as it is at first."
    )
    menu.link(f"pages/{LINKS}.py", "All that a link can say", icon=":material/link:")

    st.header("On paper", anchor=False)
    prose(
        "Every lesson prints as a handout, and this page does, too. A worksheet has other numbers for each random "
        "seed, and its answer key is made from the same pictures and questions as the lessons."
    )
    menu.link(f"pages/{WORKSHEET}.py", "Make a worksheet with its key", icon=":material/assignment:")

    st.header("What is kept of your students", anchor=False)
    prose(
        "Solved tasks, guesses and grades are kept in each student's own browser. You do not see them, and the server "
        "writes none of them to its disk. “Your progress” carries them to another browser as a link, a code or a "
        "file. On shared computers, end the lesson with “Forget everything” on that page; a private window does the "
        "same when it is closed."
    )

with st.container(key="plans"):
    st.header("Plans", anchor=False)
    prose(
        "Each link opens a lesson in the state that the plan needs, without the menu, ready to be handed out. The "
        "answer to its guess stands beside it for you, and is not in the link."
    )
    handout.draw_plan(handout.choose_plan())

with st.container(key="guides"):
    st.header("A guide to each lesson", anchor=False)
    prose(
        "The minutes in a guide are for a class that does everything; the minutes on the welcome page are for one "
        "person alone. The links to solutions show answers, so keep them to yourself."
    )
    for lesson in handout.choose_lessons():
        handout.draw_guide(lesson)
frame.end_frame()
