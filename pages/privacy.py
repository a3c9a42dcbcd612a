"""Privacy: what the course keeps of whom, where, for how long, and how to delete it."""

import streamlit as st

from xent_ui.course import frame, menu
from xent_ui.course.privacy import COOKIES, LOCAL_STORAGE, table
from xent_ui.course.prose import prose
from xent_ui.course.table import PRIVACY, PROGRESS
from xent_ui.course.tables import scroll_tables

frame.frame("Privacy · Xent Lab", page=PRIVACY)
scroll_tables()
st.title("Privacy", anchor=False)
st.markdown(":gray[Afterwards you can say what the course knows of you, where that is kept, and how to delete it.]")
prose(
    "There are no accounts, no advertising and no counting of visits. **What you do in the course is kept in your own "
    "browser. The server works with it while your tab is open, and writes nothing about you to its disk.** Your "
    "browser asks no other host for anything: scripts, fonts and pictures all come from the address that you opened."
)

st.header("In your browser", anchor=False)
prose("There is one cookie. It belongs to Streamlit, the program that serves the course; the course sets none itself.")
st.markdown(table(COOKIES))
prose(
    "The browser's local storage holds what should still be there tomorrow. It stays on this device until you delete "
    "it or clear the data of this site; a private window deletes it when you close the window. Nothing is kept in "
    "session storage."
)
st.markdown(table(LOCAL_STORAGE))

st.header("On the server", anchor=False)
prose(
    "While your tab is open, the memory of the server holds a session: where your controls stand, a copy of your "
    "progress, and a file or a text that you bring. No other visitor can see it. After you close or reload the tab, "
    "Streamlit keeps the session for two more minutes, in case only the connection was lost; whoever runs the server "
    "can change this time. After that the session cannot be opened again, and its memory is freed, at the latest when "
    "the next session ends."
)
prose(
    "The server also remembers pictures and results that it has computed, so that it need not compute them twice. They "
    "are kept by the values of the controls, among them rules that somebody typed in *Why the logarithm*, and say "
    "nothing about who asked. A file or a text that you bring is never among them."
)
prose(
    "The course writes no log of visits. Whoever runs the server, and the networks in between, may keep one, as for "
    "any website: usually the time, your network address, the name of your browser and the addresses of the pages and "
    "pictures that it asked for. The address of a page holds the state of its controls, and with a link from *Your "
    "progress* your solved tasks too. Ask whoever gave you the link to the course what is logged and for how long."
)

st.header("In links and files", anchor=False)
prose(
    "A link that you share holds the state of the controls of one page. The link and the file that *Your progress* "
    "makes hold your progress; they go only where you send them. The links that a teacher hands out bring nothing back "
    "to the teacher."
)

st.header("Delete it", anchor=False)
prose(
    "“Forget everything” on the page *Your progress* deletes your progress from this browser, in all its tabs. What is "
    "left under its name then is the time at which you did so, which keeps an old tab from bringing it back. To delete "
    "that too, and what Streamlit keeps, clear the data of this site in the settings of your browser. Closing the tab "
    "ends the session."
)
menu.link(f"pages/{PROGRESS}.py", menu.YOURS, icon=":material/delete:")
frame.end_frame()
