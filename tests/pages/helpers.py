"""Open a lesson as its learner does, without a browser."""

import json
import re
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

HOME = Path(__file__).parents[2] / "home.py"
PAGES = sorted(path.stem for path in (HOME.parent / "pages").glob("*.py"))  # all but the welcome page
TEXTS = {"markdown", "caption", "latex", "title", "header", "subheader"}
FOLDED = {"expander", "expandable", "popover", "tab", "status"}  # whose content is shown after a click


def open_lesson(name: str, **address: Any) -> AppTest:
    """Open the lesson at an address: ``open_lesson("surprise", p=0.125)`` is ``/surprise?p=0.125``."""
    app = AppTest.from_file(str(HOME), default_timeout=60)
    app.switch_page(f"pages/{name}.py")
    for key, value in address.items():
        app.query_params[key] = str(value)
    app.run()
    assert not app.exception, app.exception[0].message
    return app


def sent(app: AppTest, key: str) -> list[dict[str, Any]]:
    """Return what the page, without its sidebar, sends to its components in the browser, of those that get this key."""
    data = [json.loads(element.proto.json) for element in app.main.get("bidi_component") if element.proto.json]
    return [each for each in data if key in each]


def in_address(app: AppTest, name: str) -> str:
    """Return the text of a parameter of the address; empty if it is not there. Streamlit 1.62 returns it in a list."""
    found = app.query_params.get(name, "")
    return found if isinstance(found, str) else found[-1]


def is_solved(app: AppTest, task: str) -> bool:
    """Return whether the page shows the task that begins with ``task`` as solved."""
    shown = [element.value for element in app.markdown if task in element.value]
    assert shown, f"no task {task!r} on the page"
    return any("check_circle" in text for text in shown)


def says(app: AppTest, words: str) -> bool:
    """Return whether a sentence on the page contains these words; links and emphasis do not count."""
    return any(plain(words) in plain(element.value) for element in [*app.markdown, *app.caption])


def visible_elements(app: AppTest) -> list[Any]:
    """Return the elements with text that a page shows without a click, in order; the sidebar is left out."""
    found: list[Any] = []

    def walk(block: Any) -> None:
        for child in block.children.values():
            if hasattr(child, "children"):
                if child.type not in FOLDED:
                    walk(child)
            elif child.type in TEXTS:
                found.append(child)

    walk(app.main)
    return found


def visible_text(app: AppTest) -> str:
    """Return the text that a page shows without a click, as Markdown, one element per paragraph."""
    return "\n\n".join(element.value for element in visible_elements(app))


def plain(markdown: str) -> str:
    """Return Markdown without links, emphasis and line breaks, to compare sentences.

    >>> plain("**A [bit](glossary#bit \\"a unit\\")**  \\nis `1` bit.")
    'A bit is 1 bit.'
    """
    text = re.sub(r'\[([^\[\]]*)\]\([^()\s]*(?: "(?:[^"\\]|\\.)*")?\)', r"\1", markdown)
    return re.sub(r"[^\S\u202f]+", " ", re.sub(r"[*`_]", "", text)).strip()
