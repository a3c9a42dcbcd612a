"""Open a lesson as its learner does, without a browser."""

from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

HOME = Path(__file__).parents[2] / "home.py"


def open_lesson(name: str, **address: Any) -> AppTest:
    """Open the lesson at an address: ``open_lesson("surprise", p=0.125)`` is ``/surprise?p=0.125``."""
    app = AppTest.from_file(str(HOME), default_timeout=60)
    app.switch_page(f"pages/{name}.py")
    for key, value in address.items():
        app.query_params[key] = str(value)
    app.run()
    assert not app.exception, app.exception[0].message
    return app


def is_solved(app: AppTest, task: str) -> bool:
    """Return whether the page shows the task that begins with ``task`` as solved."""
    shown = [element.value for element in app.markdown if task in element.value]
    assert shown, f"no task {task!r} on the page"
    return any("check_circle" in text for text in shown)


def says(app: AppTest, words: str) -> bool:
    """Return whether a sentence on the page contains these words."""
    return any(words in element.value for element in [*app.markdown, *app.caption])
