"""`@view` turns a function of controls into a picture; a `View` is what the picture shows in one state.

A picture is a pure function: the same values of its controls give the same figure, caption, formula and solved tasks to
a page, to `GET /view`, to a test and to a benchmark. What only a session knows is an explicit argument `data`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from inspect import Parameter, signature
from pathlib import Path
from typing import Any, Final

from xent_ui.controls.declarations import Control, Sliders
from xent_ui.controls.handles import Handle, Play
from xent_ui.figures.base import Figure
from xent_ui.style import theme
from xent_ui.views.code import Code
from xent_ui.views.question import Question, Task

Argument = Control | Sliders | Question


@dataclass(frozen=True)
class View:
    """What a picture shows in one state of its controls.

    caption  the sentence that says what the figure shows now; plain text with ** and ` at most
    formula  LaTeX with the current numbers; empty while a guess hides it
    solved   for each task of the picture, whether this state solves it
    handles  the controls that can be dragged on the figure
    notes    Markdown that depends on the state, shown below the picture
    """

    figure: Figure
    caption: str
    formula: str = ""
    solved: Mapping[str, bool] = field(default_factory=dict)
    handles: Sequence[Handle] = ()
    play: Play | None = None
    code: Code | None = None
    notes: str = ""


class Picture:
    """A view function with the declarations of its controls, its question and its tasks."""

    def __init__(
        self,
        function: Callable[..., View],
        arguments: Mapping[str, Argument],
        tasks: Sequence[Task],
        session_only: Mapping[str, Sequence[Any]],
        slow: Sequence[str],
    ) -> None:
        """Register a view function of the module ``xent_ui.views.<lesson>``."""
        self.function = function
        self.arguments = dict(arguments)
        self.tasks = tuple(tasks)
        self.session_only = dict(session_only)
        self.slow = frozenset(slow)
        self.lesson = function.__module__.rpartition(".")[2]
        self.name = function.__name__
        self.key = f"{self.lesson}_{self.name}"
        self.__doc__ = function.__doc__
        self.question = next((each for each in arguments.values() if isinstance(each, Question)), None)
        data = signature(function).parameters.get("data")
        self.takes_data = data is not None
        self.needs_data = data is not None and data.default is Parameter.empty

    @property
    def title(self) -> str:
        """What the picture shows, in one sentence: the first line of its function's docstring."""
        return (self.__doc__ or self.name).splitlines()[0]

    @cached_property
    def controls(self) -> dict[str, Control]:
        """All controls of the picture by key, in order of declaration; the guess comes last."""
        flat: list[Control] = []
        for argument in self.arguments.values():
            if isinstance(argument, Sliders):
                flat.extend(argument.members)
            elif not isinstance(argument, Question):
                flat.append(argument)
        if self.question:
            flat.append(self.question.guess)
        return {control.key: control for control in flat}

    @property
    def own_keys(self) -> set[str]:
        """The keys of all controls but that of the guess."""
        return set(self.controls).difference(self.question_keys)

    @property
    def question_keys(self) -> list[str]:
        """The key of the guess, in a list; none for a picture without a question."""
        return [self.question.guess.key] if self.question else []

    def settle(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return a value for every control: its default if no value is given or the control is not shown."""
        settled: dict[str, Any] = {}
        for key, control in self.controls.items():
            settled[key] = values.get(key, control.default) if control.is_shown(settled) else control.default
        return settled

    def needs_session(self, values: Mapping[str, Any]) -> bool:
        """Return whether the picture at these values can only be drawn in a learner's session."""
        return self.needs_data or any(values[key] in only for key, only in self.session_only.items())

    def shown_keys(self, values: Mapping[str, Any]) -> list[str]:
        """Return the keys of the controls that are shown at these settled values."""
        return [key for key, control in self.controls.items() if control.is_shown(values)]

    def parse(self, query: Mapping[str, str]) -> dict[str, Any]:
        """Read the values of all controls from the query of an address.

        Raises  KeyError    a parameter is not a control of this picture
                ValueError  a control does not have this value; the message is a sentence for the reader
        """
        controls = self.controls
        return self.settle({key: controls[key].parse(text) for key, text in query.items()})

    def write(self, values: Mapping[str, Any]) -> dict[str, str]:
        """Return the canonical query of a state, with the controls that are shown and not at their default."""
        settled = self.settle(values)
        controls: dict[str, Any] = dict(self.controls)
        written = {key: controls[key].write(settled[key]) for key in self.shown_keys(settled)}
        return {key: text for key, text in written.items() if text != controls[key].write(controls[key].default)}

    def __call__(
        self,
        values: Mapping[str, Any] | None = None,
        *,
        shown: bool = False,
        locked: bool = False,
        dark: bool = False,
        narrow: bool = False,
        data: Any = None,
    ) -> View:
        """Return what the picture shows at these values of its controls; other controls are at their defaults.

        shown   whether the answer to its question is shown, by request or because a control was moved by hand
        locked  whether the guess among the values is locked in
        dark    whether to draw for a dark background
        narrow  whether to draw for a stage narrower than 480 px, such as a phone's
        data    what only the session knows, for a picture that needs it
        """
        settled = self.settle(values or {})
        passed = {name: self._argument(argument, settled, shown, locked) for name, argument in self.arguments.items()}
        if self.takes_data:
            passed["data"] = data
        with theme.using(dark=dark, narrow=narrow):
            view = self.function(**passed)
        declared = [task.name for task in self.tasks]
        if sorted(view.solved) != sorted(declared):
            raise TypeError(f"{self.key} declares the tasks {declared} and answers {sorted(view.solved)}")
        return view

    @staticmethod
    def _argument(argument: Argument, values: Mapping[str, Any], shown: bool, locked: bool) -> Any:
        if isinstance(argument, Sliders):
            return argument.combine([values[each.key] for each in argument.members if each.is_shown(values)])
        if isinstance(argument, Question):
            return argument.read(values, shown=shown, locked=locked)
        return values[argument.key]


def view(
    *,
    tasks: Sequence[Task] = (),
    session_only: Mapping[str, Sequence[Any]] | None = None,
    slow: Sequence[str] = (),
    **arguments: Argument,
) -> Callable[[Callable[..., View]], Picture]:
    """Turn a function into a picture. Each other keyword is a parameter of the function, with the control for it.

    tasks         the tasks; the function returns by name in ``View.solved`` whether each is solved
    session_only  by key of a control, the values at which the picture needs the ``data`` of a session
    slow          the keys of the controls of which each value needs a training run of its own
    """

    def register(function: Callable[..., View]) -> Picture:
        parameters = set(signature(function).parameters) - {"data"}
        if parameters != set(arguments):
            raise TypeError(f"{function.__name__} takes {sorted(parameters)}, but declares {sorted(arguments)}")
        return Picture(function, arguments, tasks, session_only or {}, slow)

    return register


LESSONS: Final = frozenset(
    path.stem
    for path in Path(__file__).parent.glob("*.py")
    if path.stem not in ("__init__", "base", "code", "link", "question")
)


def pictures(lesson: str) -> dict[str, Picture]:
    """Return the pictures of a lesson by name, in the order of its module.

    Raises  KeyError  there is no such lesson, or it has no pictures
    """
    if lesson not in LESSONS:
        raise KeyError(lesson)
    module = import_module(f"xent_ui.views.{lesson}")
    return {each.name: each for each in vars(module).values() if isinstance(each, Picture) and each.lesson == lesson}


def pictures_of(page: str) -> dict[str, Picture]:
    """Return the pictures of a page by name; for a page without pictures, an empty dict."""
    return pictures(page) if page in LESSONS else {}


def controls_of(page: str) -> dict[str, Control]:
    """Return the controls of all pictures of a page by key; for a page without pictures, an empty dict."""
    return {key: control for each in pictures_of(page).values() for key, control in each.controls.items()}
