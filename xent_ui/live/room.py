"""How much room a picture's caption and formula may need, so that the page keeps it and nothing below them jumps.

The browser lays the longest captions and the highest formulas that a drag can lead to into the cell of the current one,
as invisible ghosts (scripts/room.js). So the cell is as high as the highest of them at every width.
"""

import random
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final, NamedTuple

from xent_ui.controls.declarations import Slider, Steps
from xent_ui.formulas.base import COLOR
from xent_ui.views.base import Picture

STATES: Final = 16  # tried per picture; most take 3 to 10 ms
CAPTIONS, FORMULAS = 2, 3  # ghosts of each kind
SPARE: Final = " 0000"  # numbers may be a little longer at states that were not tried

_DIGITS: Final = re.compile(rf"(?P<own>{COLOR}|\[\d+pt\])|\d")


class Room(NamedTuple):
    """The captions and formulas for which a picture needs room, with all digits 0, so that they tell no answer."""

    captions: list[str]
    formulas: list[str]


def chosen(picture: Picture, values: Mapping[str, Any]) -> dict[str, str]:
    """Return, of the canonical query of a state, what a click or the keyboard has set: all but the sliders."""
    query = picture.write(values)
    return {key: text for key, text in query.items() if not isinstance(picture.controls[key], Slider | Steps)}


@lru_cache(maxsize=256)
def room(picture: Picture, query: tuple[tuple[str, str], ...], *, narrow: bool) -> Room:
    """Return the room of a picture for all states that its sliders can reach from those that were chosen.

    It is computed at the default of the sliders, at both ends of each, and at random states.

    query   what is ``chosen``
    narrow  whether the stage is narrower than 480 px
    """
    return room_with(None, picture, query, narrow=narrow)


def room_with(data: Any, picture: Picture, query: tuple[tuple[str, str], ...], *, narrow: bool) -> Room:
    """Return the room of a picture that needs ``data``, which only the session knows."""
    fixed = picture.parse(dict(query))
    views = [picture(values, shown=True, narrow=narrow, data=data) for values in _states(picture, fixed)]
    before = picture(fixed, narrow=narrow, data=data)  # while the guess is open, a caption may say other things
    captions = {re.sub(r"\d", "0", view.caption) + SPARE for view in (before, *views)}
    formulas = {_DIGITS.sub(lambda found: found["own"] or "0", view.formula) for view in views if view.formula}
    return Room(sorted(captions, key=len)[-CAPTIONS:], _highest(formulas))


def _highest(formulas: set[str]) -> list[str]:
    """Return the highest formulas, one for each structure of rows and fractions."""
    by_structure = {_structure(formula): formula for formula in sorted(formulas, key=len)}
    return [by_structure[each] for each in sorted(by_structure, key=sum)[-FORMULAS:]]


def _structure(formula: str) -> tuple[float, ...]:
    """Return the height of each row in lines, roughly: a fraction makes a row about twice as high."""
    return tuple(2.1 if r"\frac" in row else 1.1 if "frac" in row else 1 for row in formula.split(r"\\["))


def _states(picture: Picture, fixed: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield values of the controls: the fixed ones, ends of one slider at a time, and random states with many ends.

    Sliders whose values need training runs stay at their default.
    """
    rng = random.Random(picture.key)
    sliders = {
        key: control.every_value
        for key, control in picture.controls.items()
        if isinstance(control, Slider | Steps) and key in picture.own_keys - picture.slow
    }
    ends = [{key: value} for key, values in sliders.items() for value in (values[0], values[-1])]
    rng.shuffle(ends)
    yield dict(fixed)
    for moved in ends[: STATES // 2]:
        yield fixed | moved
    for _ in range(STATES - 1 - min(len(ends), STATES // 2) if sliders else 0):
        yield fixed | {key: _either(rng, values) for key, values in sliders.items()}


def _either(rng: random.Random, values: Any) -> Any:
    """Return an end of the values or any of them, each as likely."""
    return rng.choice((values[0], values[-1])) if rng.random() < 0.5 else rng.choice(values)
