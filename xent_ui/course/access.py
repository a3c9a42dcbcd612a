"""What every page has for people who use a keyboard or a screen reader: a way past the menu, and boxes that scroll.

scripts/access.js does it in the browser, styles/access.css shows where the keyboard is.
"""

from xent_ui.live.component import component


def draw(page: str) -> None:
    """Draw it. Every page calls this once, before it draws anything else.

    page  the name of the open page; when it changes, the focus goes to the title of the new page
    """
    component("access", html="")(key="access", data={"page": page})
