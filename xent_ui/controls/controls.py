"""Every control that lessons share, declared once. Its key is its URL parameter.

A control is called where its value is needed: it draws itself beside the picture and returns its value, the one
under the hand while it is held. A value in the address that is not one of its values is dropped by Streamlit.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from inspect import signature
from typing import Any, Final, Generic, TypeVar

import numpy as np
import streamlit as st

from xent_core import Unit
from xent_ui.live import show as live

T = TypeVar("T")
WRAPPED: Final[dict[str, Any]] = {"wrap": True} if "wrap" in signature(st.pills).parameters else {}  # not in 1.62

LARGEST_WEIGHT: Final = 100


@dataclass(frozen=True)
class Slider:
    """A number in [low, high] on a grid of steps."""

    key: str
    label: str
    low: float
    high: float
    default: float
    step: float
    format: str | None = None
    help: str | None = None

    def __call__(self) -> float:
        """Draw the slider and return its value."""
        return self._held(live.committed(self.key, self._draw, self.default))

    def _draw(self) -> float:
        with live.side():
            return st.slider(
                self.label,
                self._as(self.low),
                self._as(self.high),
                self._as(self.default),
                self.step,
                format=self.format,
                key=self.key,
                help=self.help,
                bind="query-params",
            )

    def shared(self) -> float:
        """Its value, where the page has drawn it outside of this picture, which still follows it."""
        drawn = live.committed(self.key, lambda: st.session_state.get(self.key, self.default), self.default)
        return self._held(drawn)

    def _held(self, committed: float) -> float:
        value = self._as(min(self.high, max(self.low, live.preview(self.key, committed))))
        live.note(self.key, moved=value != self.default)
        return value

    def _as(self, number: float) -> float:
        """An int where the steps are whole, else a float free of the dust of binary steps."""
        return round(float(number), 9) if isinstance(self.step, float) else int(number)

    def handle(self, axis: str, at: float | None = None) -> live.Handle:
        """This control as something to drag on the picture, along an axis in its own units; at, on the other."""
        return live.Handle(self.key, axis, low=self.low, high=self.high, step=self.step, at=at)


@dataclass(frozen=True)
class Steps(Generic[T]):
    """A slider over values that are not evenly spaced: key, label, value to what it is called."""

    key: str
    label: str
    options: Mapping[T, str]
    default: T
    help: str | None = None

    def __call__(self) -> T:
        """Draw the slider and return its value."""
        return self._held(live.committed(self.key, self._draw, self.default, list(self.options)))

    def _draw(self) -> T:
        with live.side():
            return st.select_slider(
                self.label,
                list(self.options),
                self.default,
                format_func=self.options.__getitem__,
                key=self.key,
                help=self.help,
                bind="query-params",
            )

    def shared(self) -> T:
        """Its value, where the page has drawn it outside of this picture, which still follows it."""
        return self._held(
            live.committed(
                self.key, lambda: st.session_state.get(self.key, self.default), self.default, list(self.options)
            )
        )

    def _held(self, committed: T) -> T:
        values = list(self.options)
        held = live.preview(self.key, values.index(committed))
        value = values[min(len(values) - 1, max(0, int(held)))]
        live.note(self.key, moved=value != self.default)
        return value

    def handle(self, axis: str) -> live.Handle:
        """This control as something to drag on the picture, along an axis in its own units."""
        return live.Handle(self.key, axis, values=tuple(self.options))


@dataclass(frozen=True)
class Choice(Generic[T]):
    """One of a few: value to what it is called."""

    key: str
    label: str
    options: Mapping[T, str]
    default: T
    help: str | None = None

    def __call__(self) -> T:
        """Draw the choice and return its value."""
        value = live.committed(self.key, self._chosen, self.default, list(self.options))
        live.note(self.key, moved=value != self.default)
        return value

    def shared(self) -> T:
        """Its value, where another picture of the page has drawn it."""
        return live.committed(
            self.key, lambda: st.session_state.get(self.key) or self.default, self.default, list(self.options)
        )

    def _chosen(self) -> T:
        with live.side():
            chosen = self._draw()
        return self.default if chosen is None else chosen

    def _draw(self) -> T | None:
        return st.segmented_control(
            self.label,
            list(self.options),
            default=self.default,
            format_func=self.options.__getitem__,
            key=self.key,
            help=self.help,
            bind="query-params",
        )


@dataclass(frozen=True)
class Pills(Choice[T]):
    """One of several, on as many rows as their names need."""

    def _draw(self) -> T | None:
        return st.pills(
            self.label,
            list(self.options),
            default=self.default,
            format_func=self.options.__getitem__,
            key=self.key,
            help=self.help,
            bind="query-params",
            **WRAPPED,
        )


@dataclass(frozen=True)
class Menu(Choice[T]):
    """One of many, folded up until it is opened."""

    def _draw(self) -> T | None:
        values = list(self.options)
        return st.selectbox(
            self.label,
            values,
            values.index(self.default),
            format_func=self.options.__getitem__,
            key=self.key,
            help=self.help,
            bind="query-params",
        )


@dataclass(frozen=True)
class Toggle:
    """Something that is on or off."""

    key: str
    label: str
    default: bool = False
    help: str | None = None

    def __call__(self) -> bool:
        """Draw the toggle and return whether it is on."""
        on = live.committed(self.key, self._draw, self.default)
        live.note(self.key, moved=on != self.default)
        return on

    def _draw(self) -> bool:
        with live.side():
            return st.toggle(self.label, self.default, key=self.key, help=self.help, bind="query-params")


@dataclass(frozen=True)
class Typed(Generic[T]):
    """A line of text that means something; while it cannot be read, the last one that could stays.

    read  from text to meaning; a ValueError says in a sentence why it cannot be read
    """

    key: str
    label: str
    default: str
    read: Callable[[str], T]
    help: str | None = None

    def __call__(self) -> T:
        """Draw the line and return what it means."""
        last = f"last_{self.key}"
        with live.side():
            text = live.committed(self.key, self._draw, self.default)
        live.note(self.key, moved=text != self.default)
        try:
            meaning = self.read(text)
        except ValueError as error:
            with live.side():
                st.warning(str(error))
            return self.read(st.session_state.get(last, self.default))
        st.session_state[last] = text
        return meaning

    def _draw(self) -> str:
        return st.text_input(self.label, self.default, key=self.key, help=self.help, bind="query-params")


@dataclass(frozen=True)
class Number:
    """Which of many: a whole number from 1 to high, typed or stepped."""

    key: str
    label: str
    high: int
    help: str | None = None

    def __call__(self) -> int:
        """Draw the field and return its value."""
        # Bound by hand: Streamlit 1.67 fails on an address with a whole number too large for a float.
        written = st.query_params.get(self.key, "")
        if self.key not in st.session_state:
            known = written.isascii() and written.isdecimal() and len(written) <= len(str(self.high))
            st.session_state[self.key] = min(self.high, max(1, int(written))) if known else 1
        with live.side():
            value = st.number_input(self.label, 1, self.high, step=1, key=self.key, help=self.help)
        if value != 1:
            st.query_params[self.key] = str(value)
        elif written:
            del st.query_params[self.key]
        live.note(self.key, moved=value != 1)
        return value


@dataclass(frozen=True)
class Distribution:
    """Sliders, one an outcome, that stay a distribution: each sets a weight, and the weights share 1 among them."""

    key: str
    outcomes: tuple[str, ...]
    defaults: tuple[int, ...]

    def __call__(self, k: int | None = None) -> np.ndarray:
        """Draw sliders for the first k outcomes (all by default) and return their shares, (k,) summing to 1."""
        return self.shares(self.weights(k))

    def weights(self, k: int | None = None) -> np.ndarray:
        """Draw sliders for the first k outcomes, in two columns when they are many, and return their weights."""
        sliders = self.sliders(len(self.outcomes) if k is None else k)
        if len(sliders) <= 3:
            return np.array([slider() for slider in sliders], dtype=float)
        return np.array(side_by_side(*sliders), dtype=float)

    @staticmethod
    def shares(weights: np.ndarray) -> np.ndarray:
        """Weights as a distribution, along the last axis; nothing but zeros shares evenly."""
        whole = weights.sum(axis=-1, keepdims=True)
        return np.divide(weights, whole, out=np.full(weights.shape, 1 / weights.shape[-1]), where=whole > 0)

    def settings(self, shares: Sequence[float]) -> dict[str, int]:
        """These weights as values of the sliders, for presets."""
        return {f"{self.key}{i + 1}": int(share) for i, share in enumerate(shares)}

    def handles(
        self, weights: np.ndarray, axis: str, at: Sequence[float], place: Callable[[np.ndarray], Any] | None = None
    ) -> list[live.Handle]:
        """Each slider as something to drag on the picture, at its place on the other axis.

        place  where a share stands on the axis; without it the axis shows shares
        """
        settings = np.arange(LARGEST_WEIGHT + 1.0)
        handles = []
        for i, weight in enumerate(weights):
            others = weights.sum() - weight
            if others > 0 and place is None:
                name, among = f"{self.key}{i + 1}", float(others)
                handles.append(live.Handle(name, axis, high=LARGEST_WEIGHT, among=among, at=float(at[i])))
            elif others > 0 and place is not None:
                stops = np.clip(np.asarray(place(settings / (settings + others))), -999, 999).round(3)
                handles.append(live.Handle(f"{self.key}{i + 1}", axis, stops=tuple(stops.tolist()), at=float(at[i])))
        return handles

    def sliders(self, k: int) -> list[Slider]:
        """Its first k sliders, for a page that draws them among others."""
        named = zip(self.outcomes[:k], self.defaults, strict=False)
        return [
            Slider(f"{self.key}{i + 1}", outcome, 0, LARGEST_WEIGHT, default, 1)
            for i, (outcome, default) in enumerate(named)
        ]


def side_by_side(*controls: Callable[[], Any]) -> list[Any]:
    """Draw controls in two columns, on a phone too, and return their values."""
    if live.is_replayed():
        return [control() for control in controls]
    with live.side(), st.container(key=f"pairs_{getattr(controls[0], 'key', '')}"):
        columns = st.columns(2)
    values = []
    for i, control in enumerate(controls):
        with live.inside(columns[i % 2]):
            values.append(control())
    return values


def set_values(values: Mapping[str, Any]) -> None:
    """Move controls to given values, by key; for the callbacks of buttons."""
    for key, value in values.items():
        st.session_state[key] = value
    live.look_at(values)


def presets(states: Mapping[str, Mapping[str, Any]]) -> None:
    """Buttons in one row that each move controls to a named state."""
    key = f"preset_{'_'.join(states)}"
    if live.is_replayed():
        return
    with live.side():
        st.pills(
            "Set the controls to",
            list(states),
            key=key,
            label_visibility="collapsed",
            on_change=_preset,
            args=(key, states),
            **WRAPPED,
        )


def _preset(key: str, states: Mapping[str, Mapping[str, Any]]) -> None:
    chosen = st.session_state[key]
    st.session_state[key] = None  # a button, not a choice that stays
    if chosen is not None:
        set_values(states[chosen])


probability: Final = Slider("p", "How likely it was, *p*", 0.001, 1.0, 0.5, 0.001, "%.3f")
logit: Final = Slider("z", "Logit *z*", -10.0, 10.0, -2.0, 0.1, "%.1f")
label: Final = Choice("y", "What is true, *y*", {1: "y = 1", 0: "y = 0"}, 1)
unit: Final = Choice("unit", "Unit", {Unit.BITS: "bits", Unit.NATS: "nats"}, Unit.BITS)
temperature: Final = Slider("cool", "Temperature, *T*", 0.2, 5.0, 1.0, 0.05, "%.2f")
seed: Final = Slider("seed", "Another series of chance", 1, 20, 1, 1)
