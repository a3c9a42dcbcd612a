"""Every picture of the course, and states of it."""

import random
from collections.abc import Iterator
from typing import Any

from xent_ui.views.base import LESSONS, Picture, pictures

PICTURES = {picture.key: picture for lesson in sorted(LESSONS) for picture in pictures(lesson).values()}
ANSWERED = {key: picture for key, picture in PICTURES.items() if not picture.needs_data}


# Pictures whose state is a training run: so many runs, and the controls that only choose how a run is looked at.
COSTLY = {
    "training_lab_two_runs": (6, {"made", "on", "by", "speed", "guess_training_lab", "lock_training_lab"}),
    "label_smoothing_two_runs": (12, {"trained"}),
    "calibration_reliability": (3, {"cool", "bins", "guess_calibration", "lock_calibration"}),
}


def random_state(picture: Picture, rng: random.Random) -> dict[str, Any]:
    """A value for every control: one of its own, each as likely; no state that a built-in text cannot show."""
    while True:
        values = {key: rng.choice(control.every_value) for key, control in picture.controls.items()}
        if picture.needs_data or not picture.needs_session(values):
            return values


def random_states(picture: Picture, count: int) -> Iterator[dict[str, Any]]:
    """So many random states, always the same ones; where a state costs a training run, few runs are looked at often."""
    rng = random.Random(picture.key)
    runs, free = COSTLY.get(picture.key, (count, set()))
    bases = [random_state(picture, rng) for _ in range(min(runs, count))]
    for number in range(count):
        again = {key: rng.choice(picture.controls[key].every_value) for key in sorted(free & set(picture.controls))}
        yield bases[number % len(bases)] | again


def along(values: Any, most: int) -> list[Any]:
    """At most so many of the values, evenly spread, with the first and the last."""
    if len(values) <= most:
        return list(values)
    return [values[round(i * (len(values) - 1) / (most - 1))] for i in range(most)]


def walk(picture: Picture, most: int) -> Iterator[dict[str, Any]]:
    """Each control through its range, in at most so many values, while the others stand at their default.

    A control that is shown only while others stand at given values is walked there. States that need a session are
    left out.
    """
    for key, control in picture.controls.items():
        there = {other: allowed[-1] for other, allowed in control.conditions}
        for value in along(control.every_value, most):
            if picture.needs_data or not picture.needs_session(picture.settle(there | {key: value})):
                yield there | {key: value}
