"""Where in the course something can be seen: a lesson, values of its controls, and what the page then shows."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from xent_ui.views.base import pictures


class Proof(NamedTuple):
    """A state of a lesson that proves something.

    page    the file of the lesson, without .py
    values  values of its controls by key, as the address writes them
    shows   words that the page then shows
    """

    page: str
    values: Mapping[str, str]
    shows: str

    @property
    def address(self) -> str:
        """The address of the state, relative to the root of the course.

        A link does not reveal the answer of an open guess, so where the lesson asks for one the address does.

        >>> Proof("surprise", {"p": "0.125", "unit": "bits"}, "3.00 bits").address
        'surprise?p=0.125&unit=bits&shown=1'
        """
        asks = any(picture.question for picture in pictures(self.page).values())
        return f"{self.page}?{urlencode({**self.values, 'shown': '1'} if asks else self.values)}"
