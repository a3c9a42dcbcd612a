"""What a browser keeps for the course, by its names there: the page "Privacy" shows it, and a test checks it."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from xent_ui.style import markdown

COURSE, STREAMLIT = "Xent Lab", "Streamlit"


class Kept(NamedTuple):
    """Something that a browser keeps.

    name  as the browser shows it; … stands for a part that differs between pages or hosts, and may be empty
    by    who keeps it
    what  what it is for
    """

    name: str
    by: str
    what: str


COOKIES: Final = (
    Kept(
        "_streamlit_xsrf",
        STREAMLIT,
        "A random number that protects against requests that another site makes in your name. It is gone when you "
        "close the browser.",
    ),
)
LOCAL_STORAGE: Final = (
    Kept(
        "xent-lab 1 …",
        COURSE,
        "Your progress: solved tasks, guesses, answered questions, rounds and grades. It is there as soon as you have "
        "solved or answered something. The end of the name is the folder of the course on its host.",
    ),
    Kept("stActiveTheme-…", STREAMLIT, "Whether a page is light or dark, one for each page that you have opened."),
    Kept("stSidebarCollapsed-…", STREAMLIT, "Whether the menu is folded, once you have folded or unfolded it."),
    Kept("sidebarWidth", STREAMLIT, "How wide the menu is, once you have dragged its edge."),
)


def table(kept: Iterable[Kept]) -> str:
    """Return a table in Markdown with what is kept, by whom and what for."""
    return markdown.table(["name", "kept by", "what it is"], ([f"`{each.name}`", each.by, each.what] for each in kept))


def entry(name: str, kept: Iterable[Kept]) -> Kept | None:
    """Return the entry that a name in a browser belongs to; None if it belongs to none.

    >>> entry("stActiveTheme-/surprise-v2", LOCAL_STORAGE).by
    'Streamlit'
    >>> entry("sidebarWidths", LOCAL_STORAGE) is None
    True
    """
    return next((each for each in kept if _pattern(each.name).fullmatch(name)), None)


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(".*".join(map(re.escape, name.split("…"))))
