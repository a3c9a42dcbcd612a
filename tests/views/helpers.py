"""What tests of views share: the pictures of the course, states of them, checks, and ways to run their code."""

import json
import random
import re
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from typing import Any

from xent_ui.views.base import LESSONS, Picture, View, pictures

torch_is_here = True
try:
    import torch
except ImportError:
    torch_is_here = False

PICTURES = {picture.key: picture for lesson in sorted(LESSONS) for picture in pictures(lesson).values()}
ANSWERED = {key: picture for key, picture in PICTURES.items() if not picture.needs_data}


RUNS = 12  # the most training runs that tests of one picture make


def random_state(picture: Picture, rng: random.Random) -> dict[str, Any]:
    """Return a random value for every control; states that need a session are drawn only if the picture always does."""
    while True:
        values = {key: rng.choice(control.every_value) for key, control in picture.controls.items()}
        if picture.needs_data or not picture.needs_session(values):
            return values


def random_states(picture: Picture, count: int) -> Iterator[dict[str, Any]]:
    """Yield ``count`` random states, the same in every call; if states need training runs, they share a few runs."""
    rng = random.Random(picture.key)
    runs = [random_state(picture, rng) for _ in range(min(RUNS, count))]
    for number in range(count):
        run = {key: runs[number % len(runs)][key] for key in picture.slow}
        yield random_state(picture, rng) | run


def evenly_spread(values: Any, most: int) -> list[Any]:
    """Return at most ``most`` of the values, evenly spread, including the first and the last."""
    if len(values) <= most:
        return list(values)
    return [values[round(i * (len(values) - 1) / (most - 1))] for i in range(most)]


def walk(picture: Picture, most: int) -> Iterator[dict[str, Any]]:
    """Yield states in which one control at a time goes through its range while the others keep their defaults.

    A control that is shown only at certain values of others is varied at such values. States that need a session are
    left out.

    most  the largest number of values per control
    """
    for key, control in picture.controls.items():
        shown_at = {other: allowed[-1] for other, allowed in control.conditions}
        for value in evenly_spread(control.every_value, most):
            if picture.needs_data or not picture.needs_session(picture.settle(shown_at | {key: value})):
                yield shown_at | {key: value}


def check(view: View) -> None:
    """Check that a view can be sent: JSON without NaN or infinity, a caption, LaTeX with matching braces."""
    json.dumps(view.figure.to_dict(), allow_nan=False)
    assert view.caption.strip(), "no caption"
    assert view.formula.count("{") == view.formula.count("}")
    for name, done in view.solved.items():
        assert isinstance(done, bool), f"{name} is {done!r}, which is not a bool"


def run(code: str) -> dict:
    """Run a program and return its variables."""
    variables: dict = {}
    with redirect_stdout(StringIO()):
        exec(compile(code, "<code shown on a page>", "exec"), variables)
    return variables


def tensors(variables: dict) -> list:
    """Return the tensors of a PyTorch program in which it computes gradients."""
    return [
        each for each in variables.values() if isinstance(each, torch.Tensor) and each.is_leaf and each.requires_grad
    ]


def without_colors(formula: str) -> str:
    """Return a formula without its colors."""
    return re.sub(r"\\textcolor\{[^}]*\}\{([^{}]*)\}", r"\1", formula)
