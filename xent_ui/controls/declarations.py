"""The kinds of controls. Each knows its key, which is its URL parameter, its values, and how an address writes them.

Every kind has

parse(text)   the value that an address writes this way; ValueError with a sentence for anything else
write(value)  how an address writes a value: the name of an option, a number without superfluous zeros
every_value   its values in order, for tests; of a text, the values of its examples
when(...)     the same control, shown only while other controls have given values
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any, Final, Generic, Literal, Self, TypeVar

import numpy as np

from xent_ui.controls.handles import Handle

T = TypeVar("T")
Conditions = tuple[tuple[str, tuple[Any, ...]], ...]

LARGEST_WEIGHT: Final = 100


@dataclass(frozen=True, kw_only=True)
class Conditional:
    """The base of every control: it may be shown only while other controls have given values."""

    conditions: Conditions = ()

    def when(self, **values: Iterable[Any]) -> Self:
        """Return this control, shown only while each named control has one of the given values.

        >>> Slider("delta", "Huber's δ", 0.1, 3.0, 1.0, 0.1).when(error=["Huber"]).conditions
        (('error', ('Huber',)),)
        """
        added = tuple((key, tuple(allowed)) for key, allowed in values.items())
        return replace(self, conditions=(*self.conditions, *added))

    def is_shown(self, values: Mapping[str, Any]) -> bool:
        """Return whether the control is shown while the other controls have these values."""
        return all(values.get(key) in allowed for key, allowed in self.conditions)


@dataclass(frozen=True)
class Slider(Conditional):
    """A number from low to high in equal steps; a whole number if the step is an int."""

    key: str
    label: str
    low: float
    high: float
    default: float
    step: float
    format: str | None = None
    help: str | None = None

    def number(self, value: float) -> float:
        """Return the value as an int if the step is one, else as a float without binary rounding noise or -0."""
        return round(float(value), 9) + 0.0 if isinstance(self.step, float) else int(value)

    def parse(self, text: str) -> float:
        """Read a number between low and high.

        >>> Slider("p", "How likely?", 0.0, 1.0, 0.5, 0.01).parse("0.25")
        0.25
        """
        try:
            value = float(text) if text.isascii() and "_" not in text else np.nan
        except ValueError:
            value = np.nan
        whole = isinstance(self.step, float) or value == round(value) if isfinite(value) else False
        if not whole or not self.low <= value <= self.high:
            kind = "a number" if isinstance(self.step, float) else "a whole number"
            raise ValueError(f"{self.key} must be {kind} from {self.low:g} to {self.high:g}.")
        return self.number(value)

    def write(self, value: float) -> str:
        """Write a number with up to 12 significant digits and no superfluous zeros.

        >>> Slider("p", "How likely?", 0.0, 1.0, 0.5, 0.01).write(1.0)
        '1'
        """
        return f"{value:.12g}"

    @property
    def every_value(self) -> Sequence[float]:
        """All numbers on the grid."""
        steps = round((self.high - self.low) / self.step)
        return [self.number(self.low + i * self.step) for i in range(steps + 1)]

    def handle(self, axis: str, at: float | None = None) -> Handle:
        """Return the slider as a handle along an axis in its own units; ``at`` is its place on the other axis."""
        return Handle(self.key, axis, low=self.low, high=self.high, step=self.step, at=at)


@dataclass(frozen=True)
class _Named(Conditional, Generic[T]):
    """A control with named values; an address holds the name."""

    key: str
    label: str
    options: Mapping[T, str]
    default: T
    help: str | None = None

    def parse(self, text: str) -> T:
        """Read a name.

        >>> Choice("y", "Label", {1: "y = 1", 0: "y = 0"}, 1).parse("y = 0")
        0
        """
        for value, name in self.options.items():
            if name == text:
                return value
        raise ValueError(f"{self.key} must be one of: {', '.join(self.options.values())}.")

    def write(self, value: T) -> str:
        """Write the name of a value."""
        return self.options[value]

    @property
    def every_value(self) -> Sequence[T]:
        """All values in order."""
        return list(self.options)


@dataclass(frozen=True)
class Steps(_Named[T]):
    """A slider over named values, which need not be evenly spaced."""

    def handle(self, axis: str) -> Handle:
        """Return the slider as a handle along an axis that shows its values."""
        return Handle(self.key, axis, values=tuple(float(value) for value in self.options))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Choice(_Named[T]):
    """One of a few named values: buttons side by side, pills on several rows, or a menu that opens."""

    look: Literal["buttons", "pills", "menu"] = "buttons"

    def parse(self, text: str) -> T:
        """Read a name. Streamlit writes a choice that was deselected as an empty text, which means the default."""
        return super().parse(text) if text else self.default


@dataclass(frozen=True)
class Toggle(Conditional):
    """Something that is on or off."""

    key: str
    label: str
    default: bool = False
    help: str | None = None

    def parse(self, text: str) -> bool:
        """Read "true" or "false".

        >>> Toggle("undo", "Undo the weight").parse("true")
        True
        """
        if text.lower() not in ("true", "false"):
            raise ValueError(f"{self.key} must be true or false.")
        return text.lower() == "true"

    def write(self, value: bool) -> str:
        """Write "true" or "false"."""
        return str(value).lower()

    @property
    def every_value(self) -> Sequence[bool]:
        """Off, then on."""
        return [False, True]


@dataclass(frozen=True)
class Text(Conditional, Generic[T]):
    """A line of text that stands for a value, such as a scoring rule.

    read      returns the value that a text stands for, or raises ValueError with a sentence that says why it cannot
    text_of   returns the text that stands for a value
    examples  texts that can be read, for tests
    """

    key: str
    label: str
    default_text: str
    read: Callable[[str], T]
    text_of: Callable[[T], str]
    examples: tuple[str, ...] = ()
    help: str | None = None

    @property
    def default(self) -> T:
        """The value that the text stands for at first."""
        return self.read(self.default_text)

    def parse(self, text: str) -> T:
        """Read the value that a text stands for."""
        return self.read(text)

    def write(self, value: T) -> str:
        """Write the text that stands for a value."""
        return self.text_of(value)

    @property
    def every_value(self) -> Sequence[T]:
        """The values that the default text and the examples stand for."""
        return [self.read(text) for text in (self.default_text, *self.examples)]


@dataclass(frozen=True)
class Number(Conditional):
    """A whole number from 1 to high, typed or stepped."""

    key: str
    label: str
    high: int
    default: int = 1
    help: str | None = None

    def parse(self, text: str) -> int:
        """Read a whole number.

        >>> Number("round", "Round", 999).parse("12")
        12
        """
        readable = text.isascii() and text.isdecimal() and len(text) <= len(str(self.high))
        if not readable or not 1 <= int(text) <= self.high:
            raise ValueError(f"{self.key} must be a whole number from 1 to {self.high}.")
        return int(text)

    def write(self, value: int) -> str:
        """Write the number."""
        return str(value)

    @property
    def every_value(self) -> Sequence[int]:
        """1 to high."""
        return range(1, self.high + 1)


Control = Slider | Steps[Any] | Choice[Any] | Toggle | Text[Any] | Number


@dataclass(frozen=True)
class Sliders:
    """Several sliders whose values a picture takes as one array; sliders that are not shown are left out."""

    members: tuple[Slider, ...]

    def combine(self, values: Sequence[float]) -> np.ndarray:
        """Return the values of the sliders that are shown as an array."""
        return np.array(values, dtype=float)


class Distribution(Sliders):
    """Sliders, one per outcome, that set the weights of a distribution; a probability is a weight's share of their sum.

    key         the keys of the sliders are key1, key2, ...
    outcomes    the labels of the sliders
    defaults    the weights at first
    counted_by  the key of a control that says how many outcomes there are; without it all are shown
    """

    def __init__(self, key: str, outcomes: Sequence[str], defaults: Sequence[int], *, counted_by: str | None = None):
        sliders = [
            Slider(f"{key}{i}", outcome, 0, LARGEST_WEIGHT, default, 1)
            for i, (outcome, default) in enumerate(zip(outcomes, defaults, strict=True), 1)
        ]
        if counted_by:
            counts = [tuple(range(i, len(sliders) + 1)) for i in range(1, len(sliders) + 1)]
            sliders = [slider.when(**{counted_by: count}) for slider, count in zip(sliders, counts, strict=True)]
        super().__init__(tuple(sliders))
        object.__setattr__(self, "key", key)

    key: str

    @staticmethod
    def shares(weights: np.ndarray) -> np.ndarray:
        """Return the distribution that weights set, along the last axis; if all are 0, it is uniform."""
        whole = weights.sum(axis=-1, keepdims=True)
        return np.divide(weights, whole, out=np.full(weights.shape, 1 / weights.shape[-1]), where=whole > 0)

    def settings(self, weights: Iterable[float]) -> dict[str, int]:
        """Return weights as values of the sliders, by key, for presets."""
        return {f"{self.key}{i}": int(weight) for i, weight in enumerate(weights, 1)}

    def handles(
        self, weights: np.ndarray, axis: str, at: Sequence[float], place: Callable[[np.ndarray], Any] | None = None
    ) -> list[Handle]:
        """Return the sliders as handles on a picture, each at its place ``at`` on the other axis.

        place  returns where a probability stands on the axis; without it, the axis shows probabilities
        """
        settings = np.arange(LARGEST_WEIGHT + 1.0)
        handles = []
        for i, weight in enumerate(weights):
            others = float(weights.sum() - weight)
            if others <= 0:  # the only weight above 0 has probability 1, whatever it is
                continue
            if place is None:
                stops: tuple[float, ...] = ()
            else:
                on_axis = np.clip(np.asarray(place(settings / (settings + others))), -999, 999)
                stops = tuple(on_axis.round(3).tolist())
            handles.append(
                Handle(
                    f"{self.key}{i + 1}",
                    axis,
                    high=LARGEST_WEIGHT,
                    stops=stops,
                    among=0 if stops else others,
                    at=float(at[i]),
                )
            )
        return handles
