"""Plans for teaching with the course, read from ``plans.toml``: what the class does when, and with which links.

A plan has a name, a title, a goal and sessions. A session has a title, minutes and steps. A step has

minutes    how long it takes; a step of homework has ``homework = true`` instead
says       what the teacher says
do         what the class does
link       optional: a lesson, and if wanted a picture, values of its controls, what to hide, and a mode
worksheet  optional, instead of a link: lessons and a seed

A link neither shows an answer nor solves a task, so it can be handed out before the lesson.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from xent_ui.course.table import FILES, WORKSHEET
from xent_ui.teaching.worksheet import SEED, read_lessons
from xent_ui.views.base import pictures_of
from xent_ui.views.link import ANSWERS, MODES, Mode, link

FILE: Final = Path(__file__).with_name("plans.toml")


class ClassLink(NamedTuple):
    """The state of a lesson that a class opens.

    picture  the picture at which the page opens; empty for the top of the page
    values   values of controls by key, as an address writes them
    hide     keys of controls to hide, and "answers"
    mode     "lesson" for the screens of students, "present" for the projector
    """

    lesson: str
    picture: str = ""
    values: Mapping[str, str] = MappingProxyType({})
    hide: tuple[str, ...] = ()
    mode: Mode = "lesson"

    @property
    def address(self) -> str:
        """The address, relative to the root of the course."""
        return link(self.lesson, self.values, picture=self.picture, hide=self.hide, mode=self.mode)


class SheetLink(NamedTuple):
    """A worksheet for a class."""

    lessons: tuple[str, ...]
    seed: int

    def address(self, *, with_key: bool = False) -> str:
        """Return the address for the class, or for the teacher with the key, relative to the root of the course."""
        values = {"lessons": ",".join(self.lessons), "seed": str(self.seed)}
        return link(WORKSHEET, values | {"key": "1"}) if with_key else link(WORKSHEET, values, hide=[ANSWERS])


class Step(NamedTuple):
    """A step of a session; ``minutes`` is 0 for homework."""

    minutes: int
    says: str
    do: str
    opens: ClassLink | SheetLink | None

    @property
    def is_homework(self) -> bool:
        """Whether the class does it at home."""
        return self.minutes == 0


class Session(NamedTuple):
    """What a class does in one sitting, and then at home."""

    title: str
    minutes: int
    steps: tuple[Step, ...]


class Plan(NamedTuple):
    """A plan for one or more sittings."""

    name: str
    title: str
    goal: str
    sessions: tuple[Session, ...]

    @property
    def links(self) -> list[ClassLink]:
        """The links to lessons, in order."""
        opened = (step.opens for session in self.sessions for step in session.steps)
        return [each for each in opened if isinstance(each, ClassLink)]


@cache
def plans() -> tuple[Plan, ...]:
    """Return the plans of the course."""
    return read(tomllib.loads(FILE.read_text("utf-8")))


def read(content: Mapping[str, Any]) -> tuple[Plan, ...]:
    """Return plans from the content of a file.

    Raises  ValueError  something is missing or wrong; the message is a sentence
            KeyError    a field is missing
    """
    return tuple(
        Plan(each["name"], each["title"], each["goal"], tuple(_session(session) for session in each["session"]))
        for each in content["plan"]
    )


def _session(session: Mapping[str, Any]) -> Session:
    steps = tuple(_step(step) for step in session["step"])
    spent = sum(step.minutes for step in steps)
    if spent != session["minutes"]:
        raise ValueError(f"The steps of “{session['title']}” take {spent} minutes, not {session['minutes']}.")
    return Session(session["title"], session["minutes"], steps)


def _step(step: Mapping[str, Any]) -> Step:
    if set(step) - {"minutes", "homework", "says", "do", "link", "worksheet"} or {"link", "worksheet"} <= set(step):
        raise ValueError(f"A step has fields that do not belong together: {', '.join(step)}.")
    minutes = 0 if step.get("homework") else step["minutes"]
    if not step.get("homework") and minutes < 1:
        raise ValueError(f"A step takes {minutes} minutes: {step['do']}")
    opens: ClassLink | SheetLink | None = None
    if "link" in step:
        opens = _class_link(step["link"])
    elif "worksheet" in step:
        opens = _sheet_link(step["worksheet"])
    return Step(minutes, step["says"], step["do"], opens)


def _class_link(fields: Mapping[str, Any]) -> ClassLink:
    """Return a checked link: all that it names exists, so none of it would be ignored."""
    found = ClassLink(**{**fields, "hide": tuple(fields.get("hide", ()))})
    where = f"The link to {found.lesson}"
    if found.lesson not in FILES:
        raise ValueError(f"{where} leads to no lesson.")
    if found.mode not in MODES:
        raise ValueError(f"{where} has the unknown mode {found.mode!r}.")
    shown = pictures_of(found.lesson)
    if found.picture and found.picture not in shown:
        raise ValueError(f"{where} opens at {found.picture!r}, which is none of its pictures.")
    controls = {key: each.controls[key] for each in shown.values() for key in each.own_keys}
    for key in found.values:
        if key not in controls:
            raise ValueError(f"{where} sets {key!r}, which is none of its controls.")
        controls[key].parse(found.values[key])
    for key in found.hide:
        if key != ANSWERS and key not in controls:
            raise ValueError(f"{where} hides {key!r}, which is none of its controls.")
    return found


def _sheet_link(fields: Mapping[str, Any]) -> SheetLink:
    lessons = read_lessons(",".join(fields["lessons"]))
    if sorted(lessons) != sorted(fields["lessons"]):
        raise ValueError(f"A worksheet names a lesson that does not exist: {', '.join(fields['lessons'])}.")
    return SheetLink(tuple(lessons), SEED.parse(str(fields["seed"])))
