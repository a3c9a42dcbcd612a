"""Open a lesson as its learner does, without a browser."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[2] / "app.py"


def open_lesson(name: str, **address: Any) -> AppTest:
    """The lesson at an address: ``open_lesson("surprise", p=0.125)`` is ``/surprise?p=0.125``."""
    app = AppTest.from_file(str(APP), default_timeout=60)
    app.switch_page(f"pages/{name}.py")
    for key, value in address.items():
        app.query_params[key] = str(value)
    app.run()
    assert not app.exception, app.exception[0].message
    return app


def is_solved(app: AppTest, task: str) -> bool:
    """Whether the page shows the challenge that begins with ``task`` as solved."""
    shown = [element.value for element in app.markdown if task in element.value]
    assert shown, f"no challenge {task!r} on the page"
    return any("check_circle" in text for text in shown)


def says(app: AppTest, words: str) -> bool:
    """Whether a sentence on the page contains these words."""
    return any(words in element.value for element in [*app.markdown, *app.caption])


def check_challenges(name: str, states: Mapping[str, Mapping[str, Any]]) -> None:
    """Each challenge is open at first and solved in the state that is given for it."""
    for task, state in states.items():
        assert not is_solved(open_lesson(name), task), f"{task!r} is solved before anything is done"
        assert is_solved(open_lesson(name, **state), task), f"{task!r} is not solved at {state}"
