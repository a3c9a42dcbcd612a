"""The server of the course: ``streamlit run app.py``. Its pages are home.py and pages/."""

import streamlit as st

from xent_ui.live.routes import ROUTES

app = st.App("home.py", routes=ROUTES)
