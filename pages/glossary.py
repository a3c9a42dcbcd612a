"""The glossary: every term of the course, what it means and where it is taught."""

from itertools import groupby

import streamlit as st

from xent_ui.course import frame, menu, toolbar
from xent_ui.course.anchor import keep_in_view
from xent_ui.course.glossary import ENTRIES, Entry, linked
from xent_ui.course.table import GLOSSARY, named

frame.frame(f"{menu.TERMS} · Xent Lab", page=GLOSSARY)
toolbar.draw_title(menu.TERMS)


def described(entry: Entry) -> str:
    """Return as Markdown what an entry says below its heading."""
    lesson = named(entry.page)
    where = f":gray[Taught in] [{lesson.title}]({lesson.file})"
    also = f":gray[Also called {', '.join(entry.names)}.] " if entry.names else ""
    formula = rf"$\displaystyle {entry.formula}$" if entry.formula else ""
    parts = [linked(entry.definition, {entry.term}, page=""), formula, also + where]
    return "\n\n".join(part for part in parts if part)


groups = {
    letter: list(entries) for letter, entries in groupby(ENTRIES.values(), key=lambda entry: entry.term[0].upper())
}
st.markdown(
    f"Here are {len(ENTRIES)} terms, each explained in one or two sentences, with the lesson that teaches it. In a "
    "lesson, the first use of a term links to this page, and holding the pointer over it shows the definition."
)
st.markdown("**" + " · ".join(f"[{letter}](#{letter.lower()})" for letter in groups) + "**")
with st.container(key="terms"):  # print.css sets it in columns
    for letter, entries in groups.items():
        st.header(letter, anchor=letter.lower(), divider="gray")
        for entry in entries:
            st.subheader(entry.term, anchor=entry.slug)
            st.markdown(described(entry))
keep_in_view()
frame.end_frame()
