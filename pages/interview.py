"""Interview: questions that candidates are asked, each with the state of a lesson that proves its answer."""

import streamlit as st

from xent_ui.course import frame
from xent_ui.live import widgets
from xent_ui.self_test import interview, numeric_practice

frame.begin(
    __file__,
    "Your interview is tomorrow at ten, and it opens with “What is cross-entropy?” A good answer feels familiar when "
    "you read it, but that does not mean that you can give it. **You know an answer when you can say it before you "
    "read it.** So say yours first, then compare, and open the picture that proves it.",
)
with st.container(horizontal=True, gap="small"):
    chosen = widgets.draw(interview.way)
    questions = [] if chosen == "numbers" else interview.draw_filters()
match chosen:
    case "browse":
        st.markdown("**Read the question, say your answer aloud, and then look.**")
        interview.browse(questions)
    case "drill":
        st.markdown("**Say your answer aloud, look, and grade yourself.**")
        interview.flash_cards(questions)
    case _:
        st.markdown("**Solve the problem, and check your answer.**")
        numeric_practice.numbers()
frame.end(__file__)
