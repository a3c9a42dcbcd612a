"""What every figure is made of: axes with fixed ranges, few traces, and labels beside the things they name.

A figure is a function from arrays to one ``Figure``, which holds traces and a layout as plotly.js takes them. Building
Plotly's Python class would take most of the server's time for a picture. Ranges and margins are fixed, because in the
browser most of the time goes into layout. There is no legend: a ``Label`` is placed at the thing it names.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from xent_ui.figures.placement import Label, Trace, placed
from xent_ui.figures.table import Data, Rows
from xent_ui.style import theme
from xent_ui.style.numbers import exact_text, text
from xent_ui.style.theme import DASH, FONT, Role

SIZE = 16  # of text, in px: large enough to be read from the back of a classroom
RINGED = 13  # px between the middle of a ring or a diamond and its words
FRACTIONS = {0.125: "⅛", 0.25: "¼", 0.375: "⅜", 0.5: "½", 0.625: "⅝", 0.75: "¾", 0.875: "⅞", 1 / 3: "⅓", 2 / 3: "⅔"}
MARGIN = {"l": 66, "r": 24, "t": 18, "b": 56, "autoexpand": False, "pad": 0}
BELOW, BESIDE = 5, 9  # px between an axis and the names of its ticks, which a ring on the axis needs

if TYPE_CHECKING:
    import plotly.graph_objects as go


class Axis(NamedTuple):
    """One axis: its title with the unit, its range, and the values at its ticks with their names."""

    title: str
    low: float
    high: float
    ticks: Sequence[float] = ()
    names: Sequence[str] = ()


class GuessMark(NamedTuple):
    """A learner's guess on a figure: where on the x-axis, the guessed value and, once committed, the true one."""

    x: float
    guessed: float
    true: float | None = None


def as_float32(values: Any) -> np.ndarray:
    """Return values as float32, which takes half the bytes and is still a thousand times finer than a pixel."""
    return np.asarray(values, dtype=np.float32)


def shows(trace: Trace, name: str | None, **more: Any) -> Trace:
    """Return a trace that says what it shows, so that it stands in the tables of its figure.

    name  of what it shows; None says that the trace is decoration
    more  as of ``table.Data``
    """
    unsaid = {key: value for key, value in trace.items() if key != "data"}
    return unsaid if name is None else {**unsaid, "data": Data(name, **more)}


def curve(
    x: Any,
    y: Any,
    role: Role,
    *,
    name: str | None = None,
    whole: tuple[Any, Any] | None = None,
    width: float = 3.5,
    dash: str | None = None,
) -> Trace:
    """Return a line in the color and dash of its role.

    name   of what it shows, as of ``shows``
    whole  x and y of the data, if the line is cut off at the ends of its axes
    """
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": as_float32(x),
        "y": as_float32(y),
        "hoverinfo": "skip",
        # plotly.js would leave out points up to a pixel away from their chord, and a bend would have corners.
        "line": {
            "color": theme.color(role),
            "width": width,
            "dash": dash or DASH.get(role, "solid"),
            "simplify": False,
        },
    }
    return shows(line, name, **dict(zip("xy", whole or (x, y), strict=True)))


def ring(
    x: float,
    y: float,
    role: Role = "loss",
    *,
    name: str | None = "here",
    value: float | None = None,
    more: Mapping[str, float] = MappingProxyType({}),
) -> Trace:
    """Return a ringed dot, which marks the current state.

    name   of the point, as of ``shows``
    value  the value on the vertical axis, if it lies beyond the end of the axis; NaN if its height means nothing
    more   what else is known of the point, as of ``table.Data``
    """
    dot = {
        "type": "scatter",
        "mode": "markers",
        "x": [x],
        "y": [y],
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {"size": 17, "color": theme.color("paper"), "line": {"width": 5, "color": theme.color(role)}},
    }
    return shows(dot, name, y=value, more=more)


def bars(x: Any, heights: Any, colors: str | Sequence[str], *, width: float = 0.6, **more: Any) -> Trace:
    """Return vertical bars at x."""
    return {
        "type": "bar",
        "x": x,
        "y": as_float32(heights),
        "width": width,
        "marker": {"color": colors},
        "hoverinfo": "skip",
        **more,
    }


def hatching(role: Role = "excess", *, saved: bool = False) -> Trace:
    """Return the hatching that means excess, as ``pattern`` of a bar's marker or ``fillpattern`` of an area.

    saved  lean the other way, which means the opposite: bits that are saved

    Hatching means nothing else. Text cannot be read on it, so labels stand beside it.
    """
    return {
        "shape": "\\" if saved else "/",
        "fgcolor": theme.color(role),
        "bgcolor": theme.faded(theme.color(role), 0.12),
        "fillmode": "replace",
        "size": 9,
        "solidity": 0.3,
    }


def torn_top(x: float, top: float, *, width: float = 0.6, share: float = 0.035) -> Trace:
    """Return a zigzag of paper across a bar that ends at the top of its axis because its value lies beyond it.

    The bar's label says the value with an arrow: ``f"↑ {text(value)}"``.

    x, width  the middle of the bar and its width
    top       the end of the axis, at which the bar is cut off
    share     the height of the zigzag as a share of the axis from 0
    """
    across = x + np.linspace(-width / 2, width / 2, 9)
    zigzag = top * (1 - share * (2 + np.arange(9) % 2))
    return {
        "type": "scatter",
        "mode": "lines",
        "x": across,
        "y": zigzag,
        "hoverinfo": "skip",
        "line": {"color": theme.color("paper"), "width": 5},
    }


def beyond(x: float, top: float, role: Role = "loss", *, value: float, name: str | None = "here") -> Trace:
    """Return an arrowhead at the end of an axis, in place of the ring of a value that lies beyond it.

    Its label says the value with an arrow: ``f"↑ {text(value)}"``.

    name  of the point, as of ``shows``
    """
    mark = ring(x, top, role, name=name, value=value)
    return mark | {"marker": {"symbol": "triangle-up", "size": 15, "color": theme.color(role)}}


def cut_off(x: Any, y: Any, top: float) -> tuple[np.ndarray, np.ndarray]:
    """Return a line without its parts above the end of an axis, which it reaches where it leaves; ∞ is far above.

    >>> x, y = cut_off([0, 1, 2], [2, 6, np.inf], top=4)
    >>> x.tolist(), y.tolist()
    ([0.0, 0.5, 1.0, 2.0], [2.0, 4.0, nan, nan])
    """
    x, y = np.asarray(x, dtype=float), np.minimum(np.asarray(y, dtype=float), 1e6 * top)
    over = y > top
    at = np.flatnonzero(over[1:] != over[:-1])
    crossing = x[at] + (top - y[at]) / (y[at + 1] - y[at]) * (x[at + 1] - x[at])
    return np.insert(x, at + 1, crossing), np.insert(np.where(over, np.nan, y), at + 1, top)


def segment(
    x: Sequence[float],
    y: Sequence[float],
    role: Role,
    *,
    name: str | None = None,
    value: float | None = None,
    dash: str = "dot",
    width: float = 2,
) -> Trace:
    """Return a thin line between points, such as a drop line, a gap or a floor.

    name   of what a horizontal or vertical line marks, as of ``shows``
    value  that of a horizontal line, if it lies beyond the end of the axis
    """
    line = {
        "type": "scatter",
        "mode": "lines",
        "x": list(x),
        "y": list(y),
        "hoverinfo": "skip",
        "line": {"color": theme.color(role), "width": width, "dash": dash},
    }
    return shows(line, name, y=value, is_line=True)


def label_trace(labels: Iterable[Label], *, size: int = SIZE) -> Trace:
    """Return labels as one trace, whose texts the ``Figure`` places where they touch nothing.

    Texts of a trace are drawn faster than annotations.
    """
    return {
        "type": "scatter",
        "mode": "text",
        "hoverinfo": "skip",
        "cliponaxis": False,
        "labels": list(labels),
        "textfont": {"size": size, "family": FONT},
    }


def guess_traces(guess: GuessMark | None, *, drawn: GuessMark | None = None) -> tuple[list[Trace], list[Label]]:
    """Return the traces and labels of a guess: an open diamond and, once committed, its gap to the truth.

    drawn  where they stand, if the axis ends before the guess or has a scale of its own
    """
    if guess is None:
        return [], []
    said, true = (guess.guessed, guess.true) if drawn else (None, None)
    guess = drawn or guess
    quiet = theme.color("quiet")
    diamond: Trace = {
        "type": "scatter",
        "mode": "markers",
        "x": [guess.x],
        "y": [guess.guessed],
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {"size": 15, "symbol": "diamond-open", "color": quiet, "line": {"width": 3}},
        "data": Data("your guess", y=said),
    }
    if guess.true is None:
        return [diamond], [Label(guess.x, guess.guessed, "your guess <b>?</b>", quiet, gap=RINGED)]
    gap = segment([guess.x, guess.x], [guess.guessed, guess.true], "quiet", width=3)
    truth = {
        **shows(diamond, "the truth", y=true),
        "y": [guess.true],
        "marker": {"size": 11, "symbol": "diamond", "color": quiet},
    }
    return [gap, diamond, truth], [
        Label(guess.x, guess.guessed, "your guess", quiet, gap=RINGED),
        Label(guess.x, guess.true, "the truth", quiet, "bottom right", gap=RINGED),
    ]


def short(p: float, room: int = 4) -> str:
    """Return a probability for a narrow space: exact where that is short, else to two digits.

    room  the largest number of characters

    >>> short(0.125), short(0.35), short(1 / 64), short(0.123), short(24 / 47)
    ('⅛', '0.35', '1/64', '0.12', '0.51')
    """
    if p in FRACTIONS:
        return FRACTIONS[p]
    whole = round(1 / p) if p else 0
    shown = f"1/{whole}" if whole > 8 and p == 1 / whole else exact_text(p)
    return shown if len(shown) <= room else text(p, 2)


def evenly_spaced(trace: Trace) -> Trace:
    """Return a curve over evenly spaced values of x without sending each of them to the browser."""
    x = trace.pop("x")
    return {**trace, "x0": float(x[0]), "dx": float(x[1] - x[0])}


def on_axes(traces: Iterable[Trace], x: str, y: str) -> list[Trace]:
    """Return traces on another pair of axes of the figure, such as x2 and y2."""
    return [{**trace, "xaxis": x, "yaxis": y} for trace in traces]


def layout(x: Axis, y: Axis, **more: Any) -> dict[str, Any]:
    """Return the whole layout as one dict; ``more`` adds entries or replaces them."""
    return {
        "margin": dict(MARGIN),
        "showlegend": False,
        "hovermode": False,
        "dragmode": False,
        "uirevision": "fixed",
        "bargap": 0,
        "barmode": "overlay",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": FONT, "size": SIZE, "color": theme.color("ink")},
        "xaxis": _axis(x, grid=False),
        "yaxis": _axis(y, grid=True),
        **more,
    }


def _axis(axis: Axis, *, grid: bool) -> dict[str, Any]:
    quiet = theme.color("quiet")
    drawn: dict[str, Any] = {
        "title": {"text": axis.title, "standoff": 6, "font": {"color": quiet, "size": SIZE}},
        "range": [axis.low, axis.high],
        "fixedrange": True,
        "automargin": False,
        "zeroline": False,
        "showgrid": grid,
        "gridcolor": theme.color("grid"),
        "tickfont": {"color": quiet, "size": SIZE - 1},
        "showline": not grid,
        "linecolor": quiet,
        "ticks": "",
        "ticklabelstandoff": BESIDE if grid else BELOW,
    }
    if len(axis.ticks):
        drawn |= {"tickvals": list(axis.ticks)}
        if len(axis.names):
            drawn |= {"ticktext": list(axis.names)}
    return drawn


class Figure:
    """Traces and a layout as dicts, as plotly.js takes them, with every label at its place.

    traces  with the data that they show, and with labels that have no place yet
    plan    the layout
    tall    whether the figure is shown higher than others, as one with several panels needs it
    rows    what the figure shows otherwise than by places on its axes
    names   of axes such as "y2" for the columns of its tables, with their units, where titles do not say it
    """

    def __init__(
        self,
        traces: Iterable[Trace],
        layout: dict[str, Any],
        *,
        tall: bool = False,
        rows: Sequence[Rows] = (),
        names: Mapping[str, str] = MappingProxyType({}),
    ):
        self.traces, self.plan, self._narrow = list(traces), layout, theme.is_narrow()
        self.tall, self.rows, self.names = tall, rows, names

    @cached_property
    def _figure(self) -> dict[str, Any]:
        """The dicts; labels are placed only when the figure is needed, because some callers want only the caption."""
        sent = [{key: value for key, value in trace.items() if key != "data"} for trace in self.traces]
        return {"data": placed(sent, self.plan, tall=self.tall, narrow=self._narrow), "layout": self.plan}

    def to_dict(self) -> dict[str, Any]:
        """Return the figure as JSON for plotly.js, with its arrays as bytes."""
        return {part: _as_json(each) for part, each in self._figure.items()}

    @cached_property
    def plotly(self) -> "go.Figure":
        """The figure as an object of Plotly's class, which tests use because it rejects names that plotly.js lacks."""
        import plotly.graph_objects as go  # slow to import, so only tests do it

        return go.Figure(self._figure)

    @property
    def data(self) -> Any:
        """The traces as Plotly's class has them."""
        return self.plotly.data

    @property
    def layout(self) -> Any:
        """The layout as Plotly's class has it."""
        return self.plotly.layout


def _as_json(value: Any) -> Any:
    """Return a value as JSON: an array of numbers as a typed array of plotly.js, and NaN, which is a gap, as null."""
    if isinstance(value, dict):
        return {key: _as_json(each) for key, each in value.items()}
    if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and not value.ndim):
        value = value.item()
    if isinstance(value, np.ndarray) and value.dtype.kind in "iuf":
        narrow = value.astype(np.int32) if value.dtype.kind in "iu" and value.itemsize == 8 else value
        packed = {"dtype": f"{narrow.dtype.kind}{narrow.itemsize}", "bdata": b64encode(narrow.tobytes()).decode()}
        return packed if value.ndim == 1 else {**packed, "shape": ", ".join(map(str, value.shape))}
    if isinstance(value, list | tuple | np.ndarray):
        return [_as_json(each) for each in value]
    return None if isinstance(value, float) and value != value else value
