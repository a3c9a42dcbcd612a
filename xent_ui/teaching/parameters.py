"""All parameters of all addresses of the course, as a table made from the declarations of the controls."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from xent_ui.controls.declarations import Choice, Number, Slider, Steps, Text, Toggle
from xent_ui.course import menu
from xent_ui.course.table import LESSONS, PROGRESS, TEACHERS, WORKSHEET, named
from xent_ui.self_test import interview, numeric_practice
from xent_ui.self_test.progress import ARRIVED
from xent_ui.style import markdown
from xent_ui.teaching.worksheet import SEED
from xent_ui.views import you_are_the_model
from xent_ui.views.base import controls_of, pictures_of

MANY: Final = 9  # names of values: a control that has more of them is described by its ends


class Parameter(NamedTuple):
    """A parameter of an address.

    key      its name in the address
    sets     what it sets, as the page labels it; Markdown
    values   the values that it takes; Markdown
    default  the value that it has while the address does not name it, as the address would write it
    """

    key: str
    sets: str
    values: str
    default: str = ""


EVERYWHERE: Final = (
    Parameter(
        "mode",
        "How the page is shown",
        "`lesson`: by itself, without the menu; `present`: for a projector; `lesson,present`: for a projector, and by "
        "itself afterwards",
    ),
    Parameter("hide", "Controls to hide, and answers", "keys of controls and `answers`, with commas between them"),
    Parameter("shown", "Whether the answer to an open guess is shown", "`1`"),
    Parameter("code_…", "Whether a picture is shown as code, too; … is lesson and name of the picture", "`true`"),
    Parameter("embed", "Whether the page is in a frame of another page", "`true`"),
)

# Controls that belong to a page and not to one of its pictures.
_CONTROLS_OF_PAGES: Final[dict[str, list[Any]]] = {
    "you_are_the_model": [you_are_the_model.round_number],
    "interview": [
        interview.way,
        interview.theme_control,
        interview.level_control,
        interview.timer_control,
        numeric_practice.kind_control,
        numeric_practice.number_control,
        numeric_practice.reply_control,
    ],
}
_OTHERS: Final = {
    "interview": [Parameter(interview.ADDRESS, "The question", "the name of a question, as in its link")],
    "your_predictions": [Parameter("of", "The class to look for", "a class of your file", "")],
    PROGRESS: [Parameter(ARRIVED, "Steps to add to your progress", "a code from “Your progress”")],
    TEACHERS: [
        Parameter("plan", "The plan", "the name of a plan, as in the address after you choose it"),
        Parameter("lesson", "The guide", "the address of a lesson, or `all`", LESSONS[0].file),
    ],
    WORKSHEET: [
        Parameter("lessons", "The lessons", "addresses of lessons, with commas between them", LESSONS[0].file),
        Parameter(SEED.key, SEED.label, f"whole numbers from 1 to {SEED.high}", SEED.write(SEED.default)),
        Parameter(
            "key", "Whether the answer key is shown", "`1`; not with `hide=answers`, which leaves the sheet alone"
        ),
    ],
}
_TITLES: Final = {PROGRESS: menu.YOURS, TEACHERS: menu.FOR_TEACHERS, WORKSHEET: "Worksheet"}


def pages() -> list[str]:
    """Return the pages that have parameters of their own, in the order of the course."""
    return [page for page in dict.fromkeys((*(lesson.file for lesson in LESSONS), *_OTHERS)) if own(page)]


def own(page: str) -> list[Parameter]:
    """Return the parameters of a page that not every page has."""
    controls = controls_of(page)
    others = _CONTROLS_OF_PAGES.get(page, ())
    shown = list(pictures_of(page))
    names = [Parameter("picture", "The picture at which it opens", _any_of(shown))] if shown else []
    return [*(described(each, controls) for each in (*controls.values(), *others)), *names, *_OTHERS.get(page, ())]


def title_of(page: str) -> str:
    """Return the title of a page."""
    return _TITLES[page] if page in _TITLES else named(page).title


def table(rows: Iterable[Parameter]) -> str:
    """Return parameters as a table in Markdown.

    >>> print(table([Parameter("seed", "The random seed", "a whole number from 1", "1")]))
    | Parameter | What it sets | Values | Default |
    |---|---|---|---|
    | `seed` | The random seed | a whole number from 1 | `1` |
    """
    return markdown.table(
        ["Parameter", "What it sets", "Values", "Default"],
        ([f"`{row.key}`", row.sets, row.values, f"`{row.default}`" if row.default else "none"] for row in rows),
    )


def described(control: Any, controls: Mapping[str, Any]) -> Parameter:
    """Return a control as a row of the table.

    controls  all controls of its page, by key

    >>> described(Slider("a", "Probability of A", 0.02, 1.0, 0.5, 0.01), {})
    Parameter(key='a', sets='Probability of A', values='0.02 to 1 in steps of 0.01', default='0.5')
    """
    when = "".join(
        f"; only while `{key}` is {_any_of([controls[key].write(value) for value in values])}"
        for key, values in control.conditions
        if len(values) < len(controls[key].every_value)
    )
    return Parameter(control.key, control.label, _values(control) + when, control.write(control.default))


def _any_of(texts: Sequence[str]) -> str:
    """Return values of a control as words.

    >>> _any_of(["a"]), _any_of(["a", "b", "c"])
    ('`a`', '`a`, `b` or `c`')
    """
    *most, last = [f"`{text}`" for text in texts]
    return f"{', '.join(most)} or {last}" if most else last


def _values(control: Any) -> str:
    """Return the values of a control in words."""
    match control:
        case Slider():
            low, high, step = (control.write(each) for each in (control.low, control.high, control.step))
            return f"whole numbers from {low} to {high}" if control.step == 1 else f"{low} to {high} in steps of {step}"
        case Steps() | Choice():
            names = [f"`{name}`" for name in control.options.values()]
            if len(names) <= MANY:
                return ", ".join(names)
            return f"{len(names)} values, such as {', '.join(names[:: len(names) // 4])}"
        case Toggle():
            return "`true`, `false`"
        case Text():
            return "a text, such as " + ", ".join(f"`{each}`" for each in control.examples[:3])
        case Number():
            return f"whole numbers from 1 to {control.high}"
    raise TypeError(f"{control!r} is no control")
