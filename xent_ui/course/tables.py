"""Styles for pages that consist of tables: on a phone they scroll."""

from pathlib import Path
from typing import Final

import streamlit as st

SCROLLING: Final = Path(__file__).with_name("tables.css")


def scroll_tables() -> None:
    """Let tables that are wider than the page scroll sideways."""
    st.html(SCROLLING)
