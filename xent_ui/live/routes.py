"""The routes of the course: GET /view answers a picture, GET /assets a script, GET /xent_core.zip the library.

All work below any base path. Browsers and proxies may keep pictures and scripts forever, because their addresses
contain the version of what they answer.
"""

import json
from functools import lru_cache
from typing import Any, Final
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from xent_ui.live import archive, assets
from xent_ui.live.room import chosen, room
from xent_ui.live.version import VERSION
from xent_ui.views.base import Picture, pictures

LONGEST: Final = 8192  # bytes of a query
KEPT: Final = 1024  # answers, most of 3 to 20 kB
FLAGS: Final = ("dark", "locked", "narrow", "shown")


class NoView(Exception):
    """Raised when a request cannot be answered with a picture; holds the HTTP status and a sentence that says why."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def view(lesson: str, name: str, query: str) -> bytes:
    """Return a picture as JSON: figure, caption, formula, handles and solved tasks.

    query   the controls of the picture that are not at their default, as the page's address writes them; also dark=1
            for a dark background, narrow=1 for a stage narrower than 480 px, shown=1 to show the answer to the
            picture's question, locked=1 for a locked guess
    Raises  NoView  an unknown lesson, picture, control or value; a picture that only a session can draw
    """
    picture, values, flags = _asked(lesson, name, query)
    return _drawn(lesson, name, tuple(picture.write(values).items()), **flags)


def room_for(lesson: str, name: str, query: str) -> bytes:
    """Return as JSON the captions and formulas for which a picture needs room.

    query   the controls that are not sliders; also narrow=1 for a stage narrower than 480 px
    Raises  NoView  as ``view`` does
    """
    picture, values, flags = _asked(lesson, name, query)
    needed = room(picture, tuple(chosen(picture, values).items()), narrow=flags["narrow"])
    return json.dumps(needed._asdict(), ensure_ascii=False, separators=(",", ":")).encode()


def _asked(lesson: str, name: str, query: str) -> tuple[Picture, dict[str, Any], dict[str, bool]]:
    """Return the picture, the values of its controls and the flags that a request names.

    Raises  NoView  an unknown lesson, picture, control or value; a picture that only a session can draw
    """
    if len(query) > LONGEST:
        raise NoView(400, f"The query has {len(query):,} bytes; up to {LONGEST:,} are read.")
    try:
        picture = pictures(lesson)[name]
    except KeyError:
        raise NoView(404, "There is no picture of that name.") from None
    given = parse_qsl(query, keep_blank_values=True, errors="replace")
    if len({key for key, _ in given}) < len(given):
        raise NoView(400, "A control is given twice.")
    texts = dict(given)
    flags = {flag: texts.pop(flag, "0") for flag in FLAGS}
    if not set(flags.values()) <= {"0", "1"}:
        raise NoView(400, "dark, locked, narrow and shown are 0 or 1.")
    try:
        values = picture.parse(texts)
    except KeyError as unknown:
        raise NoView(400, f"This picture has no control {str(unknown.args[0])[:40]!r}.") from None
    except ValueError as refused:
        raise NoView(400, str(refused)) from None
    if picture.needs_session(values):
        raise NoView(404, "This picture shows what only a learner's session knows; it is drawn on its page.")
    return picture, values, {flag: text == "1" for flag, text in flags.items()}


@lru_cache(maxsize=KEPT)
def _drawn(
    lesson: str, name: str, state: tuple[tuple[str, str], ...], dark: bool, locked: bool, narrow: bool, shown: bool
) -> bytes:
    """Return a picture as JSON; the cache holds one entry per state, however the query was written."""
    picture = pictures(lesson)[name]
    view = picture(picture.parse(dict(state)), shown=shown, locked=locked, dark=dark, narrow=narrow)
    answered = {
        "figure": view.figure.to_dict(),
        "caption": view.caption,
        "formula": view.formula,
        "handles": [vars(handle) for handle in view.handles],
        "solved": {name: bool(done) for name, done in view.solved.items()},
    }
    return json.dumps(answered, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def answer_view(request: Request) -> Response:
    """Answer GET /view/<version>/<lesson>/<name>?<controls>, and the room of that picture with /room after its name."""
    version, _, rest = request.path_params["path"].partition("/")
    lesson, _, name = rest.partition("/")
    try:
        if version != VERSION:
            raise NoView(404, "This picture belongs to another version of the course; reload the page.")
        query = request.scope["query_string"].decode(errors="replace")  # request.url fails on bytes that are not UTF-8
        name, is_room = name.removesuffix("/room"), name.endswith("/room")
        body, status, caching = (room_for if is_room else view)(lesson, name, query), 200, assets.FOREVER
    except NoView as refused:
        body, status, caching = json.dumps({"error": str(refused)}).encode(), refused.status, "no-store"
    headers = {"Cache-Control": caching, "X-Content-Type-Options": "nosniff"}
    return Response(body, status, headers=headers, media_type="application/json")


ROUTES: Final = [
    Route(f"{base}/{path}", answer, methods=["GET"])
    for base in ("", "/{base:path}")
    for path, answer in (
        ("assets/{path:path}", assets.answer),
        ("view/{path:path}", answer_view),
        (archive.NAME, archive.answer),
    )
]
