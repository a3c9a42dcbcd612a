"""Styles for pages that consist of tables: on a phone they scroll, and the formula sheet is printed on two pages."""

from pathlib import Path
from typing import Final

import streamlit as st

SCROLLING: Final = Path(__file__).with_name("tables.css")
PRINTED: Final = Path(__file__).with_name("formula_sheet.css")


def scroll_tables() -> None:
    """Let tables that are wider than the page scroll sideways."""
    st.html(SCROLLING)


def print_on_two_pages() -> None:
    """Print this page small, dark on white, so that its tables fit on two pages."""
    st.html(PRINTED)
