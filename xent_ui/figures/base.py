"""What every figure is made of: axes that never move, few traces, labels on the thing itself.

A figure is a function from arrays to one ``Figure``: traces and a layout as plotly.js takes them, no ``update_*`` calls
(Plotly's Python class is most of the time of a move on the server). Ranges and margins are fixed, because in the
browser most of the time goes into layout. No legend: a ``Label`` stands where the thing is.
"""

from base64 import b64encode
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from xent_ui.style import theme
from xent_ui.style.numbers import exact_text, text
from xent_ui.style.theme import DASH, FONT, Role

SIZE = 16  # px: read from the back row
GAP = "\u2003"  # between a mark and its words; a plain space is dropped at the start of a label
EIGHTHS = {0.125: "⅛", 0.25: "¼", 0.375: "⅜", 0.5: "½", 0.625: "⅝", 0.75: "¾", 0.875: "⅞", 1 / 3: "⅓", 2 / 3: "⅔"}
MARGIN = {"l": 66, "r": 24, "t": 18, "b": 52, "autoexpand": False, "pad": 0}
Trace = dict[str, Any]

if TYPE_CHECKING:
    import plotly.graph_objects as go


class Axis(NamedTuple):
    """One axis: what it shows, with its unit, and the values that people know."""

    title: str
    low: float
    high: float
    ticks: Sequence[float] = ()
    names: Sequence[str] = ()


class Label(NamedTuple):
    """Words on the thing: where, what, in which color, on which side of the point."""

    x: float
    y: float
    words: str
    color: str
    side: str = "middle right"


class GuessMark(NamedTuple):
    """A learner's prediction on a picture: at x, guessed and (once committed) true."""

    x: float
    guessed: float
    true: float | None = None


def light(values: Any) -> np.ndarray:
    """float32: half the bytes on the wire, still a thousand times finer than a pixel."""
    return np.asarray(values, dtype=np.float32)


def curve(x: Any, y: Any, role: Role, *, width: float = 3.5, dash: str | None = None) -> Trace:
    """A line in the color and dash of its role."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": light(x),
        "y": light(y),
        "hoverinfo": "skip",
        "line": {"color": theme.color(role), "width": width, "dash": dash or DASH.get(role, "solid")},
    }


def you(x: float, y: float, role: Role = "loss") -> Trace:
    """Where you are: a ringed dot."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [x],
        "y": [y],
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {"size": 17, "color": theme.color("paper"), "line": {"width": 5, "color": theme.color(role)}},
    }


def bars(x: Any, heights: Any, colors: str | Sequence[str], *, width: float = 0.6, **more: Any) -> Trace:
    """Upright bars at x."""
    return {
        "type": "bar",
        "x": x,
        "y": light(heights),
        "width": width,
        "marker": {"color": colors},
        "hoverinfo": "skip",
        **more,
    }


def segment(x: Sequence[float], y: Sequence[float], role: Role, *, dash: str = "dot", width: float = 2) -> Trace:
    """A thin line between points: a drop line, a gap, a floor."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(x),
        "y": list(y),
        "hoverinfo": "skip",
        "line": {"color": theme.color(role), "width": width, "dash": dash},
    }


def words(labels: Iterable[Label], *, size: int = SIZE) -> Trace:
    """All labels of a figure as one trace: cheaper than annotations, and they stay where they are put."""
    rows = list(labels)
    return {
        "type": "scatter",
        "mode": "text",
        "hoverinfo": "skip",
        "cliponaxis": False,
        "x": [row.x for row in rows],
        "y": [row.y for row in rows],
        "text": [row.words for row in rows],
        "textposition": [row.side for row in rows],
        "textfont": {"color": [row.color for row in rows], "size": size, "family": FONT},
    }


def guess_traces(guess: GuessMark | None) -> tuple[list[Trace], list[Label]]:
    """A guess as an open diamond; once it is committed, the gap to the truth as well."""
    if guess is None:
        return [], []
    quiet = theme.color("quiet")
    diamond = {
        "type": "scatter",
        "mode": "markers",
        "x": [guess.x],
        "y": [guess.guessed],
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {"size": 15, "symbol": "diamond-open", "color": quiet, "line": {"width": 3}},
    }
    if guess.true is None:
        return [diamond], [Label(guess.x, guess.guessed, f"{GAP}your guess", quiet)]
    gap = segment([guess.x, guess.x], [guess.guessed, guess.true], "quiet", width=3)
    truth = {**diamond, "y": [guess.true], "marker": {"size": 11, "symbol": "diamond", "color": quiet}}
    return [gap, diamond, truth], [
        Label(guess.x, guess.guessed, f"{GAP}your guess", quiet),
        Label(guess.x, guess.true, f"{GAP}the truth", quiet, "bottom right"),
    ]


def short(p: float, room: int = 4) -> str:
    """A probability for a narrow place: exact where that is short, else to two digits.

    >>> short(0.125), short(0.35), short(1 / 64), short(0.123), short(24 / 47)
    ('⅛', '0.35', '1/64', '0.12', '0.51')
    """
    if p in EIGHTHS:
        return EIGHTHS[p]
    whole = round(1 / p) if p else 0
    shown = f"1/{whole}" if whole > 8 and p == 1 / whole else exact_text(p)
    return shown if len(shown) <= room else text(p, 2)


def stand(traces: Iterable[Trace], x: str, y: str) -> list[Trace]:
    """Traces on another pair of axes of the figure, such as x2 and y2."""
    return [{**trace, "xaxis": x, "yaxis": y} for trace in traces]


def layout(x: Axis, y: Axis, **more: Any) -> dict[str, Any]:
    """The whole layout as one dict; ``more`` adds to it or replaces."""
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
        "title": {"text": axis.title, "standoff": 8, "font": {"color": quiet, "size": SIZE}},
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
    }
    if len(axis.ticks):
        drawn |= {"tickvals": list(axis.ticks)}
        if len(axis.names):
            drawn |= {"ticktext": list(axis.names)}
    return drawn


class Figure:
    """One picture: traces and layout as dicts, sent to the browser as they are."""

    def __init__(self, traces: Iterable[Trace], layout: dict[str, Any]):
        self._whole = {"data": list(traces), "layout": layout}

    def to_dict(self) -> dict[str, Any]:
        """For plotly.js, with its arrays as bytes."""
        return {part: _sent(each) for part, each in self._whole.items()}

    @cached_property
    def plotly(self) -> "go.Figure":
        """The figure as an object of Plotly's class, which refuses names that plotly.js does not know: for tests."""
        import plotly.graph_objects as go  # imported on demand: it takes longer than all of the course

        return go.Figure(self._whole)

    @property
    def data(self) -> Any:
        """The traces as Plotly's class has them."""
        return self.plotly.data

    @property
    def layout(self) -> Any:
        """The layout as Plotly's class has it."""
        return self.plotly.layout


def _sent(value: Any) -> Any:
    """JSON for the browser: an array of numbers as plotly.js's typed array, NaN (a gap) as null."""
    if isinstance(value, dict):
        return {key: _sent(each) for key, each in value.items()}
    if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and not value.ndim):
        value = value.item()
    if isinstance(value, np.ndarray) and value.dtype.kind in "iuf":
        known = value.astype(np.int32) if value.dtype.kind in "iu" and value.itemsize == 8 else value
        packed = {"dtype": f"{known.dtype.kind}{known.itemsize}", "bdata": b64encode(known.tobytes()).decode()}
        return packed if value.ndim == 1 else {**packed, "shape": ", ".join(map(str, value.shape))}
    if isinstance(value, list | tuple | np.ndarray):
        return [_sent(each) for each in value]
    return None if isinstance(value, float) and value != value else value
