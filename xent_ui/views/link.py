"""Links to a page in a given state, as people share them: the controls, and what else an address can ask for."""

from collections.abc import Iterable, Mapping
from typing import Final, Literal
from urllib.parse import urlencode

Mode = Literal["", "lesson", "present"]

RESERVED: Final = ("picture", "hide", "mode", "shown", "embed", "embed_options")  # no control has such a key
MODES: Final[tuple[Mode, ...]] = ("lesson", "present")
ANSWERS: Final = "answers"  # among the names that ``hide`` takes beside those of controls


def link(
    page: str,
    values: Mapping[str, str] | None = None,
    *,
    picture: str = "",
    hide: Iterable[str] = (),
    mode: Mode = "",
    shown: bool = False,
    embed: bool = False,
) -> str:
    """Return the address of a page in a state, relative to the root of the course.

    Without ``shown`` it is a link for a class: a link neither shows an answer nor locks a guess nor solves a task.

    page     the file of the page, without .py
    values   values of controls by key, as the address writes them; ``Picture.write`` returns those of a picture
    picture  the name of the picture at which the page opens
    hide     the keys of controls to hide, and "answers"
    mode     "lesson" for the lesson without the rest of the course, "present" for a projector
    shown    show the answers of open guesses
    embed    for a frame within another page

    >>> link("surprise", {"p": "0.125"}, picture="one_event", hide=["unit", "answers"], mode="lesson")
    'surprise?p=0.125&picture=one_event&hide=unit,answers&mode=lesson'
    """
    query = dict(values or {})
    asked = {
        "picture": picture,
        "hide": ",".join(hide),
        "mode": mode,
        "shown": "1" if shown else "",
        "embed": "true" if embed else "",
    }
    query |= {name: text for name, text in asked.items() if text}
    return f"{page}?{urlencode(query, safe=',')}" if query else page
