"""Where in the course a thing can be seen: a page, its controls, and what it then says."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode


class Proof(NamedTuple):
    """A state of a lesson that proves something.

    page    file of the lesson
    values  control keys to their values, as the address writes them
    shows   words that the page then says
    """

    page: str
    values: Mapping[str, str]
    shows: str

    @property
    def address(self) -> str:
        """The way there, from the root of the course.

        >>> Proof("surprise", {"p": "0.125", "unit": "bits"}, "3.00 bits").address
        'surprise?p=0.125&unit=bits'
        """
        return f"{self.page}?{urlencode(self.values)}"
