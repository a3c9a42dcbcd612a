"""Accessibility: what the course does for people who see, hear or move differently, how it was tested, what is left."""

import streamlit as st

from xent_ui.course import frame
from xent_ui.course.prose import prose
from xent_ui.course.table import ACCESSIBILITY

frame.frame("Accessibility · Xent Lab", page=ACCESSIBILITY)
st.title("Accessibility", anchor=False)
st.markdown(":gray[Afterwards you know how to use the course by keyboard, by ear or at 400 %, and what does not work.]")
prose(
    "The course is made of pictures that follow your hand. **You can use all of it without a mouse and without seeing "
    "the pictures.** We aim at level AA of the Web Content Accessibility Guidelines 2.2. The course meets them in "
    "part: what falls short is listed below."
)

st.header("How to use it", anchor=False)
prose(
    "**By keyboard.** Tab goes from one control to the next; the first stop of each page skips the menu. Arrows move a "
    "slider and choose among options, Space or Enter presses a button, Escape closes what a button opened. A handle on "
    "a picture does what its slider does. A frame shows where you are. Formulas and tables that are wider than the "
    "page are stops, too, and scroll with the arrows. In a window of up to 768 pixels the opened menu lies over the "
    "page: Tab then stays in the menu, and Escape folds it."
)
prose(
    "**By ear.** Each picture has a name, and its description is the sentence below it, which says what the picture "
    "shows now. When a move has come to rest, a screen reader says the new sentence once. It also says the answer to "
    "a guess, a solved task, the verdict on a card and the mark of your answer in “Check yourself” and in the "
    "interview's “With numbers”. “Data as table” shows the numbers of a picture as tables; a guess that is open stays "
    "open there. Formulas are written in MathML, too."
)
prose(
    "**In other colors and sizes.** Pages are light or dark as your system is. Where a color has a meaning, a dash, a "
    "hatching, a shape, a word or a place has it, too. In forced colors, pictures keep their own colors on a "
    "background that is light or dark as your system's. If your system asks for less motion, nothing slides or fades; "
    "a picture plays only when you press “Play”."
)

st.header("What was tested", anchor=False)
prose(
    "These tests run in Chromium before each version of the course:\n\n"
    "- axe-core 4.12.1, a program that looks for faults, finds nothing that it calls serious or critical on any page: "
    "light, dark, on a phone (390 × 844) and as on a projector.\n"
    "- Each page has one title, and its headings skip no level.\n"
    "- At 200 % and 400 % (windows of 640 × 360 and 320 × 256) no page scrolls sideways and no words of a control or a "
    "paragraph are cut off.\n"
    "- All that can be pressed is at least 24 × 24 pixels large, except links within a sentence.\n"
    "- A lesson can be gone through by keyboard from its title to the next lesson, with the focus in sight at each "
    "stop; so can the menu, a popover and the play bar. The focus stays in sight beside a picture that stays in view, "
    "too: on a phone, and at 1024 × 768 with the menu open. No button takes the focus with it when it goes away.\n"
    "- Name, description and announcements of pictures, announcements of results, tables of the data, forced colors "
    "and reduced motion.\n"
    "- With wider lines, letters and words (criterion 1.4.12) no button and no label of three pages is cut off.\n"
    "- Edges of fields, options and switches have a contrast of at least 3 : 1 in light and in dark.\n"
    "- Texts in pictures have a contrast of at least 4.5 : 1, and lines with a meaning of at least 3 : 1, in light and "
    "in dark; any two colors with a meaning can be told apart with each of the three common color-vision deficiencies."
)

st.header("What falls short", anchor=False)
prose(
    "- **Nobody has tested the course with a screen reader** by ear, nor with speech input or a switch. The tests "
    "above check what browsers tell such programs. Firefox and Safari were not tested either.\n"
    "- During a drag, a formula changes on the screen up to four times a second; a screen reader finds the new one "
    "only after the release.\n"
    "- The edge of a button that is not filled and the empty part of a slider's line are paler than 3 : 1. The words "
    "of the button and the dot of the slider are not.\n"
    "- “You are the model” and the interview's cards do not announce results. The focus goes to where they "
    "stand, or to the next step.\n"
    "- In the training lab, the numbers of run A and run B above a curve differ only in color and order: A comes "
    "first.\n"
    "- A table of data has up to 25 rows of each curve. “Share” saves all rows as a CSV file.\n"
    "- In forced colors, symbols in formulas lose their colors. Their letters stay.\n"
    "- The list of a drop-down menu, the field for a file and the tables of *Your predictions* that scroll are drawn "
    "by Streamlit as they are.\n"
    "- A printed page or a PDF of it has no descriptions of its pictures beyond the sentences beside them."
)

st.header("Tell us", anchor=False)
prose(
    "If something keeps you from learning here, tell whoever gave you the link to the course, with the address of the "
    "page and what you use. The address holds the state of the page, so others see what you saw. Whoever runs the "
    "course can bring it to its developers."
)
frame.end_frame()
