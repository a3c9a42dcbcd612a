"""The menu in the sidebar, and links between pages."""

from typing import Final

import streamlit as st
from streamlit.errors import StreamlitAPIException

from xent_ui.course.table import (
    ACCESSIBILITY,
    FORMULA_SHEET,
    GLOSSARY,
    LINKS,
    PRIVACY,
    PROGRESS,
    REFERENCE,
    TEACHERS,
    WELCOME,
    parts,
)
from xent_ui.live.component import component

YOURS: Final = "Your progress"
TERMS: Final = "Glossary"
FORMULAS: Final = "Formula sheet"
FUNCTIONS: Final = "Reference"
FOR_TEACHERS: Final = "For teachers"
HTML: Final = '<nav class="xent-menu" aria-label="Lessons"></nav>'
CSS: Final = """
.xent-menu { font-size: 0.94rem; line-height: 1.35; }
.xent-menu p { font-size: 0.82rem; opacity: 0.8; margin: 1.1rem 0 0.2rem; padding: 0 0.5rem; }
.xent-menu ul { list-style: none; margin: 0; padding: 0; }
.xent-menu li { margin: 0; padding: 0; }
.xent-menu a {
  display: block; min-height: 24px; padding: 0.22rem 0.5rem; border-radius: 0.4rem;
  color: inherit; text-decoration: none;
}
.xent-menu a:hover { background: color-mix(in srgb, currentColor 8%, transparent); }
.xent-menu a[aria-current=page] { background: color-mix(in srgb, currentColor 10%, transparent); font-weight: 600; }
"""


def draw(page: str) -> None:
    """Draw the menu of all pages in the sidebar.

    page  the name of the open page, which is highlighted
    """
    groups = [("", [(WELCOME, "Xent Lab")])]
    groups += [(part, [(lesson.file, lesson.title) for lesson in lessons]) for part, lessons in parts().items()]
    look_up = [(GLOSSARY, TERMS), (FORMULA_SHEET, FORMULAS), (REFERENCE, FUNCTIONS), (TEACHERS, FOR_TEACHERS)]
    groups += [("Look up", look_up)]
    groups += [("Yours", [(PROGRESS, YOURS)])]
    groups += [("About", [(LINKS, "Links"), (ACCESSIBILITY, "Accessibility"), (PRIVACY, "Privacy")])]
    with st.sidebar:
        component("menu", html=HTML, css=CSS)(
            key="menu",
            data={
                "open": page,
                "parts": [
                    {
                        "name": part,
                        "lessons": [
                            {"file": file, "title": title, "address": "./" if file == WELCOME else file}
                            for file, title in lessons
                        ],
                    }
                    for part, lessons in groups
                ],
            },
        )


def link(path: str, label: str, *, icon: str | None = None) -> None:
    """Draw a link to a page of the course; plain text when a page runs by itself, as in tests, and knows no others."""
    try:
        st.page_link(path, label=label, icon=icon)
    except (StreamlitAPIException, KeyError):  # Streamlit 1.62 raises KeyError
        st.markdown(label)
