"""Addresses of headings, such as ``glossary#logit``."""

from xent_ui.live.component import component


def keep_in_view() -> None:
    """Keep the heading that the address names in view until the page is complete. Call this once, on a long page.

    Streamlit scrolls to the heading when it draws it, but formulas above it become taller afterwards.
    """
    component("anchor", html="<div></div>")(key="anchor")
