"""Lengths in bits or nats as bars that lie one below the other under a picture, with their numbers at their ends."""

from collections.abc import Iterable, Sequence
from typing import Any

from xent_core import Unit
from xent_ui.figures.base import Axis, GuessMark, Label, Trace, guess_traces, torn_top
from xent_ui.style import theme


def tape(rows: Sequence[float], starts: Sequence[float], ends: Sequence[float], marker: Any) -> Trace:
    """Return bars that lie at given rows of the y-axis, from their starts to their ends."""
    lengths = [end - start for start, end in zip(starts, ends, strict=True)]
    return {
        "type": "bar",
        "orientation": "h",
        "x": lengths,
        "base": list(starts),
        "y": list(rows),
        "width": 0.8,
        "marker": marker,
        "hoverinfo": "skip",
    }


def torn_end(row: float, end: float, *, width: float = 0.8, share: float = 0.012) -> Trace:
    """Return a zigzag across a lying bar that is cut off at the end of its axis because its value lies beyond it.

    width, share  as of ``base.torn_top``
    """
    return _lying(torn_top(row, end, width=width, share=share))


def guess_across(guess: GuessMark | None) -> tuple[list[Trace], list[Label]]:
    """Return the traces and labels of a guess on a value axis that runs across; ``guess.x`` is its row."""
    traces, labels = guess_traces(guess)
    sides = ("middle right", "middle left", "top center")
    return [_lying(trace) for trace in traces], [
        label._replace(x=label.y, y=label.x, text=label.text.removeprefix("your "), side=sides)
        for label in labels
        if "guess" in label.text
    ]


def scale(unit: Unit, end: float, ticks: Iterable[int]) -> Axis:
    """Return an axis from 0 whose ticks are named with their unit."""
    shown = tuple(ticks)
    return Axis("", 0, end, shown, [measured(tick, unit) for tick in shown])


def measured(value: int, unit: Unit) -> str:
    """Return a whole number with its unit.

    >>> measured(0, Unit.BITS), measured(1, Unit.BITS), measured(2, Unit.NATS)
    ('0', '1 bit', '2 nats')
    """
    if not value:
        return "0"
    return f"{value} {unit.symbol.removesuffix('s') if value == 1 else unit.symbol}"


def outlined(color: str, opacity: float) -> dict[str, Any]:
    """Return the marker of bars with a tint of a color and lines of paper between them."""
    return {"color": theme.faded(color, opacity), "line": {"color": theme.color("paper"), "width": 1.5}}


def _lying(trace: Trace) -> Trace:
    return {**trace, "x": trace["y"], "y": trace["x"]}
