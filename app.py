"""The server of the course, started by ``streamlit run app.py``. It serves home.py and the lessons in pages/."""

import streamlit as st

from xent_ui.live.routes import ROUTES

app = st.App("home.py", routes=ROUTES)
