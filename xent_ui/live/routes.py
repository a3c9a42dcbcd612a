"""A picture for a value under the hand, without a run of the page.

In the browser a run of Streamlit looks at every element of the page again; a drag needs one picture. The browser
says what the picture's controls stand at, and the page's own function draws it again with those values. Nothing is
kept: a preview is a function of what it is asked.
"""

import logging
import runpy
from functools import lru_cache
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from xent_ui.course.table import LESSONS, ROOT
from xent_ui.live import show as live
from xent_ui.style import theme

LARGEST = 20_000  # bytes of a question


class WithoutPage(logging.Filter):
    """Streamlit warns of every call outside of a run; here that is the point."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Drop that warning only."""
        return "missing ScriptRunContext" not in record.getMessage()


def quieten() -> None:
    """Keep Streamlit's warnings about calls outside of a run out of the log."""
    for name in ("scriptrunner_utils.script_run_context", "state.session_state_proxy"):
        logging.getLogger(f"streamlit.runtime.{name}").addFilter(WithoutPage())


@lru_cache(maxsize=64)
def pictures(page: str) -> dict[str, Any]:
    """The functions of a page's pictures by key, in the order of the page."""
    paths = {lesson.file: lesson.path for lesson in LESSONS} | {"app": "app.py"}
    return live.pictures_of(lambda: runpy.run_path(str(ROOT / paths[page])))


def preview(page: str, picture: str, state: dict[str, Any], *, dark: bool) -> dict[str, Any]:
    """Figure, sentence and formula of a page's picture at these values of its controls."""
    theme.use(dark=dark)
    return live.replay(pictures(page)[picture], picture, state)


async def answer(request: Request) -> Response:
    """POST {page, picture, state, dark}: the preview as JSON, or 400 where that is no question."""
    body = await request.body()
    if len(body) > LARGEST:
        return Response("that is no question", status_code=400)
    try:
        asked = await request.json()
        page, picture, state, dark = asked["page"], asked["picture"], dict(asked["state"]), bool(asked["dark"])
        drawn = await run_in_threadpool(preview, page, picture, state, dark=dark)
    except (KeyError, ValueError, TypeError, IndexError, UnicodeDecodeError) as error:
        return Response(f"that is no question: {type(error).__name__}", status_code=400)
    return JSONResponse(drawn)
