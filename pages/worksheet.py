"""A worksheet with its answer key, to print: lessons and a seed decide it."""

import streamlit as st

from xent_ui.course import frame, menu, print_button
from xent_ui.course.prose import prose
from xent_ui.course.table import TEACHERS, WORKSHEET
from xent_ui.teaching import sheet

frame.frame("Worksheet · Xent Lab", page=WORKSHEET)
with st.container(key="choose_sheet"):
    st.title("Worksheet", anchor=False)
    st.markdown(":gray[Afterwards you can print questions on any lessons, with numbers of their own, and the answers.]")
    prose(
        "Choose lessons and a random seed, then print the page. The same lessons and the same seed always give the "
        "same sheet, and another seed gives other numbers. **The questions and the answer key are made from the "
        "pictures and the questions of the lessons.** Without the key, the page holds no answers, so you can also send "
        "its address to your class."
    )
    chosen = sheet.choose()
    print_button.draw()
    menu.link(f"pages/{TEACHERS}.py", "For teachers: guides and plans", icon=":material/school:")
sheet.draw(chosen)
frame.end_frame()
