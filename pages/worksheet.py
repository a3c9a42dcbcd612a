"""A worksheet with its answer key, to print: lessons and a seed decide it."""

import streamlit as st

from xent_ui.course import frame, menu, print_button
from xent_ui.course.prose import prose
from xent_ui.course.table import TEACHERS, WORKSHEET
from xent_ui.live import address
from xent_ui.teaching import sheet
from xent_ui.teaching.plans import SheetLink

frame.frame("Worksheet · Xent Lab", page=WORKSHEET)
with st.container(key="choose_sheet"):
    st.title("Worksheet", anchor=False)
    if address.hides_answers():
        chosen = sheet.choose()
    else:
        st.markdown(
            ":gray[Afterwards you can print questions on any lessons, with numbers of their own, and the answers.]"
        )
        prose(
            "Choose lessons and a random seed, then print the page. The same lessons and the same seed always give the "
            "same sheet, and another seed gives other numbers. **The questions and the answer key are made from the "
            "pictures and the questions of the lessons.**"
        )
        chosen = sheet.choose()
        if chosen.lessons:
            for_class = SheetLink(tuple(chosen.lessons), chosen.seed).address()
            prose(
                f"Your class gets [this sheet by itself]({for_class}): a page without the answers and without the "
                "switch for the key. It keeps nobody from changing its address to that of this page."
            )
        menu.link(f"pages/{TEACHERS}.py", "For teachers: guides and plans", icon=":material/school:")
    print_button.draw()
sheet.draw(chosen)
frame.end_frame()
