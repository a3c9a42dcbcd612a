"""The menu in the sidebar and the ways from lesson to lesson."""

from typing import Final

import streamlit as st
from streamlit.errors import StreamlitAPIException

from xent_ui.browser import component as browser
from xent_ui.course.table import HOME, PROGRESS, parts

YOURS: Final = "Your progress"
HTML: Final = '<nav class="xent-menu" aria-label="Lessons"></nav>'
CSS: Final = """
.xent-menu { font-size: 0.94rem; line-height: 1.35; }
.xent-menu h2 { font: inherit; font-size: 0.82rem; opacity: 0.75; margin: 1.1rem 0 0.2rem; padding: 0 0.5rem; }
.xent-menu ul { list-style: none; margin: 0; padding: 0; }
.xent-menu li { margin: 0; padding: 0; }
.xent-menu a {
  display: block; padding: 0.22rem 0.5rem; border-radius: 0.4rem; color: inherit; text-decoration: none;
}
.xent-menu a:hover { background: color-mix(in srgb, currentColor 8%, transparent); }
.xent-menu a:focus-visible { outline: 2px solid var(--st-primary-color); }
.xent-menu a[aria-current=page] { background: color-mix(in srgb, currentColor 10%, transparent); font-weight: 600; }
"""


def draw(here: str) -> None:
    """The whole course in the sidebar; ``here`` is the file of this page, empty for the welcome page."""
    with st.sidebar:
        if not browser.published("menu.js"):
            _as_links()
            return
        groups = [("", [("", "Xent Lab")])]
        groups += [(part, [(lesson.file, lesson.title) for lesson in lessons]) for part, lessons in parts().items()]
        groups += [("Yours", [(PROGRESS, YOURS)])]
        browser.component("menu", html=HTML, css=CSS)(
            key="menu",
            data={
                "here": here,
                "parts": [
                    {"name": part, "lessons": [{"file": file, "title": title} for file, title in lessons]}
                    for part, lessons in groups
                ],
            },
        )


def _as_links() -> None:
    """The same menu as Streamlit's own links, where the browser's half was not put in place."""
    link(HOME, "**Xent Lab**", icon=":material/home:")
    for part, lessons in parts().items():
        st.caption(part)
        for lesson in lessons:
            link(lesson.path, lesson.title)
    link(f"pages/{PROGRESS}.py", YOURS)


def link(path: str, label: str, *, icon: str | None = None) -> None:
    """A link to a page of the course; plain words where a page runs by itself and has nowhere to go."""
    try:
        st.page_link(path, label=label, icon=icon)
    except (StreamlitAPIException, KeyError):  # Streamlit 1.62 has no error of its own for it
        st.markdown(label)
