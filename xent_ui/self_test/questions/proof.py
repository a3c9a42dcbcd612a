"""Where in the course something can be seen: a picture of a lesson, values of its controls, and what it then shows."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from xent_ui.views.base import pictures
from xent_ui.views.link import link


class Proof(NamedTuple):
    """A state of a picture that proves something.

    page     the file of the lesson, without .py
    picture  the picture of that lesson, by the name of its function
    values   values of the lesson's controls by key, as the address writes them
    shows    words or a number that the picture then shows
    """

    page: str
    picture: str
    values: Mapping[str, str]
    shows: str

    @property
    def address(self) -> str:
        """The address of the state, relative to the root of the course, which opens the lesson at the picture.

        A link does not reveal the answer of an open guess, so where the lesson asks for one the address does.

        >>> Proof("surprise", "one_event", {"p": "0.125", "unit": "bits"}, "3.00 bits").address
        'surprise?p=0.125&unit=bits&picture=one_event&shown=1'
        """
        asks = any(picture.question for picture in pictures(self.page).values())
        return link(self.page, self.values, picture=self.picture, shown=asks)


def picture_with(page: str, keys: Iterable[str]) -> str:
    """Return the name of the picture of a lesson that has the most of these controls; of several, the first.

    >>> picture_with("surprise", ["a", "unit"]), picture_with("surprise", ["unit"])
    ('two_events', 'one_event')
    """
    wanted = set(keys)
    return max(found := pictures(page), key=lambda name: len(wanted & set(found[name].controls)))
