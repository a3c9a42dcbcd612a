"""The welcome page: a first slider, and the map of the course."""

import streamlit as st

from xent_ui import lessons

lessons.frame("Xent Lab")
st.title("How surprised are you?")
