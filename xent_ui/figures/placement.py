"""Where the labels of a figure stand: each has candidates in order, and stands at the first one that is free.

A place is free if the text there lies within the picture, off the names of the ticks, and touches no other label, no
line, no marker and no bar. It must be free at each size at which browsers show the figure: a figure is drawn once on
the server for all of them. If no place is free, an optional label is left out, and another one stands where it touches
least.

Texts are measured with the widths of the letters of the course's font, and pixels are computed as plotly.js does.
"""

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

import numpy as np

Trace = dict[str, Any]

AROUND: Final = (
    "middle right",
    "top right",
    "bottom right",
    "top center",
    "bottom center",
    "top left",
    "middle left",
    "bottom left",
)
FARTHER: Final = (0, 9, 20)  # px by which a label may stand farther from its point than it would like to
CLEAR: Final = 2  # px that stay free around a text
INSIDE: Final = np.array([0.5, 0.5, -0.5, -0.5])  # px that a point is away from the edges of a bar in which it lies
EDGE: Final = 3  # px that stay free at the edge of the picture
LINE: Final = 1.3  # from one line of a text to the next, in sizes of its font
FAR_APART: Final = 10_000  # px
TICKS: Final = 20  # px that the names of ticks take below an axis
TITLE: Final = 24  # px that the title of an axis takes

# The sizes in px at which browsers show a picture: wide beside its controls on laptops, above them on tablets; narrow
# on phones. A tall picture is higher.
WIDE: Final = ((613, 403), (740, 425))
WIDE_TALL: Final = ((613, 475), (740, 519))
NARROW: Final = ((358, 304), (328, 288))
NARROW_TALL: Final = ((358, 371), (328, 352))

# The width of letters in thousandths of the size of Source Sans; a letter that is not here is as wide as a digit.
_LETTERS: Final = {
    20: "\u202f",
    250: " |',.:;ijl·’I",
    300: "!f()[]{}-°",
    350: "t/\\r⁰¹²³⁴⁵⁶⁷⁸⁹⁻₀₁₂₃",
    410: '‖ℓ*?sz"“”',
    460: "xεcτvyŷJY–γFLkλ",
    550: "VXθES∂ATZhouΣbdnpqσβαμ√CPR",
    600: "KBπΔ▲▼●&D✓G→←↑↓",
    660: "UHNOQ",
    760: "wM∞¼W",
    820: "⅛¾⅞⅓—½%⅜⅝⅔m@",
    1000: "…\u2003",
}
_WIDTH: Final = {letter: width / 1000 for width, letters in _LETTERS.items() for letter in letters}
_AXIS: Final = re.compile(r"[xy]axis\d*")
_GROWN: Final = np.array([-CLEAR, -CLEAR, CLEAR, CLEAR])
_TAG: Final = re.compile(r"<[^>]*>")


class Label(NamedTuple):
    """A text on a figure, and where it may stand.

    x, y      the point it belongs to
    side      the side of the point on which it stands, as plotly.js names them: if it is a text, this side is tried
              first and then all others; if it is a tuple, only these sides are tried, in order
    gap       px between the point and the text; 13 clears a ring
    optional  leave the label out where no place is free
    also      other points that it names just as well, such as both ends of a line; tried in order
    """

    x: float
    y: float
    text: str
    color: str
    side: str | tuple[str, ...] = "middle right"
    gap: float = 3
    optional: bool = False
    also: tuple[tuple[float, float], ...] = ()

    @property
    def sides(self) -> tuple[str, ...]:
        """All sides on which it may stand, in order."""
        if isinstance(self.side, tuple):
            return self.side
        return (self.side, *(side for side in AROUND if side != self.side))

    @property
    def is_fixed(self) -> bool:
        """Whether there is only one place for it."""
        return len(self.sides) == 1 and not self.optional and not self.also


class _Place(NamedTuple):
    x: float
    y: float
    side: str
    gap: float


class _Scenes:
    """What stands in the way of labels: boxes and lines in px, at all sizes of a figure at once.

    The sizes are laid out beside each other, far enough apart that nothing of one reaches into the next.
    """

    def __init__(self, traces: Sequence[Trace], layout: Mapping[str, Any], sizes: Sequence[tuple[int, int]]) -> None:
        self.layout = layout
        margin, size = layout["margin"], np.array(sizes, dtype=float)
        shift = np.arange(len(sizes)) * FAR_APART
        # px = origin + share * span, with shares of the plot from its lower left corner
        origin = np.column_stack([shift + margin["l"], size[:, 1] - margin["b"]])
        span = np.column_stack([size[:, 0] - margin["l"] - margin["r"], -(size[:, 1] - margin["t"] - margin["b"])])
        self.origin, self.span = np.tile(origin, 2)[:, None], np.tile(span, 2)[:, None]
        self.bounds = np.column_stack([shift + EDGE, 0 * shift + EDGE, shift + size[:, 0] - EDGE, size[:, 1] - EDGE])
        bars = [self._pixels(self._bars_of(trace)).reshape(-1, 4) for trace in traces if trace["type"] == "bar"]
        marks = [pair for trace in traces for pair in self._markers_of(trace)] + list(self._ticks())
        boxes = [(self._pixels(shares) + more).reshape(-1, 4) for shares, more in marks]
        self.bars = sum(map(len, bars))  # the first boxes are bars
        self.boxes = np.concatenate([*bars, *boxes, np.empty((0, 4))])
        self.boxes[:, [1, 3]] = np.sort(self.boxes[:, [1, 3]])
        self.boxes[:, [0, 2]] = np.sort(self.boxes[:, [0, 2]])
        lines = [self._pixels(self._lines_of(trace)).reshape(-1, 4) for trace in traces]
        self.lines = np.concatenate([*lines, np.empty((0, 4))])
        self.low = np.minimum(self.lines[:, :2], self.lines[:, 2:])
        self.high = np.maximum(self.lines[:, :2], self.lines[:, 2:])

    def _pixels(self, shares: np.ndarray) -> np.ndarray:
        """Return rows x, y, x, y of shares of the plot in px at each size."""
        return self.origin + self.span * shares

    def _share(self, ref: str, values: Any) -> np.ndarray:
        """Return values on an axis such as "x2" as shares of the plot."""
        axis = self.layout[_axis_name(ref)]
        values = np.asarray(values, dtype=float)
        if axis.get("type") == "log":
            values = np.log10(np.where(values > 0, values, np.nan))
        (low, high), (first, last) = axis["range"], axis.get("domain", (0, 1))
        return first + (values - low) / (high - low) * (last - first)

    def _corners(self, trace: Trace, *corners: Any) -> np.ndarray:
        """Return x, y, x, y on the axes of a trace as rows of shares, without those that are not numbers."""
        refs = (trace.get("xaxis", "x"), trace.get("yaxis", "y")) * 2
        shares = [np.atleast_1d(self._share(ref, values)) for ref, values in zip(refs, corners, strict=True)]
        rows = np.stack(np.broadcast_arrays(*shares), axis=-1)
        return rows[np.isfinite(rows).all(axis=1)]

    def _ticks(self) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield the strips left of and below each panel in which the names of ticks and the title stand."""
        for name, axis in self.layout.items():
            if not _AXIS.fullmatch(name) or not axis.get("visible", True) or not axis.get("showticklabels", True):
                continue
            across = self.layout[_axis_name(axis.get("anchor") or ("y" if name[0] == "x" else "x"))]
            (first, last), (start, _) = axis.get("domain", (0, 1)), across.get("domain", (0, 1))
            apart = axis.get("ticklabelstandoff", 0) + (TITLE if axis.get("title", {}).get("text") else 0)
            if name[0] == "x":
                half = _widest(axis) / 2  # of the names at both ends
                yield np.array([[first, start, last, start]]), np.array([-half, 0, half, TICKS + apart])
            else:
                yield np.array([[start, last, start, first]]), np.array([-_widest(axis) - 4 - apart, -8, 0, 8])

    def _bars_of(self, trace: Trace) -> np.ndarray:
        """Return the bars of a trace as shares of the plot."""
        low, high, before, after = _bars(trace)
        sides = (low, before, high, after) if trace.get("orientation") == "h" else (before, low, after, high)
        return self._corners(trace, *sides)

    def _markers_of(self, trace: Trace) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield the markers of a trace as shares of the plot and px to add."""
        marker = trace.get("marker", {})
        if trace["type"] == "scatter" and "markers" in trace.get("mode", "") and marker.get("opacity") != 0:
            place = self._corners(trace, *(_x_of(trace), trace["y"]) * 2)
            half = (np.max(marker.get("size", 6)) + np.max(marker.get("line", {}).get("width", 0))) / 2
            yield place, np.array([-half, -half, half, half])

    def _lines_of(self, trace: Trace) -> np.ndarray:
        """Return the lines of a trace as shares of the plot."""
        line = trace.get("line", {})
        if trace["type"] != "scatter" or "lines" not in trace.get("mode", "") or not line.get("width", 2):
            return np.empty((0, 4))
        x, y = np.asarray(_x_of(trace)), np.asarray(trace["y"])
        if line.get("shape") == "hv":
            x, y = np.repeat(x, 2)[1:], np.repeat(y, 2)[:-1]
        return self._corners(trace, x[:-1], y[:-1], x[1:], y[1:])

    def point(self, trace: Trace, x: float, y: float) -> np.ndarray:
        """Return a point on the axes of a trace in px at each size, as rows x, y, x, y."""
        shares = [float(self._share(trace.get(f"{axis}axis", axis), value)) for axis, value in (("x", x), ("y", y))]
        return self._pixels(np.array([shares * 2]))[:, 0]

    def add(self, boxes: np.ndarray) -> None:
        """Let a label that has been placed stand in the way of the next ones."""
        self.boxes = np.concatenate([self.boxes, boxes])

    def cost(self, points: np.ndarray, shapes: np.ndarray) -> np.ndarray:
        """Return for each shape around the points how much of it is covered or outside; 0 means that it is free.

        A bar in which the point lies does not stand in the way.
        """
        texts = points[:, None] + (shapes + _GROWN)
        rooms = np.concatenate([texts[..., :2].min(axis=1), texts[..., 2:].max(axis=1)], axis=1)
        outside = np.maximum(self.bounds[:, None, :2] - texts[..., :2], 0) + np.maximum(
            texts[..., 2:] - self.bounds[:, None, 2:], 0
        )
        cost = 40 * outside.sum(axis=-1)
        for i, room in enumerate(rooms):
            cost[i] += self._covered(texts[i], room, points[i])
        return cost.sum(axis=0)

    def _covered(self, texts: np.ndarray, room: np.ndarray, point: np.ndarray) -> np.ndarray:
        """Return the area of boxes and the length of lines within each text; nothing outside the room touches any."""
        total = np.zeros(len(texts))
        all_boxes, left, top, right, bottom = self.boxes, *room
        near = (all_boxes[:, 0] < right) & (all_boxes[:, 2] > left)
        near &= (all_boxes[:, 1] < bottom) & (all_boxes[:, 3] > top)
        if near.any():
            inner = all_boxes[: self.bars] + INSIDE
            around = (inner[:, :2] < point[:2]) & (inner[:, 2:] > point[2:])
            near[: self.bars] &= ~around.all(axis=1)
            boxes = all_boxes[near]
            shared = np.minimum(texts[:, None, 2:], boxes[:, 2:]) - np.maximum(texts[:, None, :2], boxes[:, :2])
            shared = np.maximum(shared, 0)
            total += (shared[..., 0] * shared[..., 1]).sum(axis=1)
        near = (self.low[:, 0] < right) & (self.high[:, 0] > left) & (self.low[:, 1] < bottom) & (self.high[:, 1] > top)
        if near.any():
            total += 8 * _length_within(texts, self.lines[near])
        return total


def _length_within(texts: np.ndarray, lines: np.ndarray) -> np.ndarray:
    """Return how many px of lines run through each text (Liang and Barsky's way to clip a line)."""
    start, step = lines[:, :2], lines[:, 2:] - lines[:, :2]
    step = np.where(step == 0, 1e-9, step)
    one = (texts[:, None, :2] - start) / step
    other = (texts[:, None, 2:] - start) / step
    enters = np.maximum(np.minimum(one, other).max(axis=-1), 0)
    leaves = np.minimum(np.maximum(one, other).min(axis=-1), 1)
    return (np.maximum(leaves - enters, 0) * np.hypot(step[:, 0], step[:, 1])).sum(axis=1)


def placed(traces: Sequence[Trace], layout: Mapping[str, Any], *, tall: bool, narrow: bool) -> list[Trace]:
    """Return traces in which each trace of labels (``base.label_trace``) has become texts at their places."""
    waiting = [(trace, label) for trace in traces for label in trace.get("labels", ())]
    if not waiting:
        return [trace for trace in traces if "labels" not in trace]
    sizes = (NARROW_TALL if tall else NARROW) if narrow else (WIDE_TALL if tall else WIDE)
    scenes = _Scenes([trace for trace in traces if "labels" not in trace], layout, sizes)
    order = sorted(range(len(waiting)), key=lambda i: (not waiting[i][1].is_fixed, waiting[i][1].optional))
    places = {i: _first_free(*waiting[i], scenes) for i in order}
    numbers = iter(range(len(waiting)))
    whole: list[Trace] = []
    for trace in traces:
        if "labels" not in trace:
            whole.append(trace)
            continue
        mine = [(label, places[next(numbers)]) for label in trace["labels"]]
        whole.append(_texts(trace, [(label, place) for label, place in mine if place]))
    return whole


def _first_free(trace: Trace, label: Label, scenes: _Scenes) -> _Place | None:
    """Return the first place that is free at all sizes; else the one that touches least, or None if optional.

    In order: how much farther from the point, which point, which side.
    """
    size, at = trace["textfont"]["size"], [(label.x, label.y), *label.also]
    points = [scenes.point(trace, *at[0])]
    least, best = np.inf, (0, 0, 0)
    if not label.is_fixed and np.isfinite(points[0]).all():
        for farther, nth in itertools.product(range(len(FARTHER)), range(len(at))):
            if nth == len(points):
                points.append(scenes.point(trace, *at[nth]))
            costs = scenes.cost(points[nth], _shapes(label.text, size, label.sides, label.gap + FARTHER[farther]))
            side = int(costs.argmin())  # the first of those that are free
            if costs[side] < least:
                least, best = costs[side], (farther, nth, side)
            if least == 0:
                break
        if least > 0 and label.optional:
            return None
    farther, nth, side = best
    gap = label.gap + FARTHER[farther]
    scenes.add(points[nth] + _shapes(label.text, size, label.sides, gap)[side])
    return _Place(*at[nth], label.sides[side], gap)


@lru_cache(maxsize=4096)
def _shapes(text: str, size: float, sides: tuple[str, ...], gap: float) -> np.ndarray:
    """Return the box of a text on each of its sides."""
    return np.array([_shape(text, size, side, gap) for side in sides])


@lru_cache(maxsize=4096)
def width_of(text: str, size: float) -> float:
    """Return the width of a text in px, that of its longest line; tags such as <b> are not counted.

    >>> width_of("<b>2 bits</b>", 16) == width_of("2 bits", 16) * 1.06
    True
    """
    lines = [_TAG.sub("", line) for line in text.split("<br>")]
    widest = max(sum(_WIDTH.get(letter, 0.5) for letter in line) for line in lines)
    return widest * size * (1.06 if "<b>" in text else 1)


def _shape(text: str, size: float, side: str, gap: float) -> tuple[float, float, float, float]:
    """Return the box of a text around its point as plotly.js draws it: left, top, right, bottom in px."""
    lines = text.count("<br>")
    width, height = width_of(text, size), (lines * LINE + 1) * size
    vertical, horizontal = side.split(" ")
    left = {"left": -gap - width, "center": -width / 2, "right": gap}[horizontal]
    first = 0.75 * size + {"top": -gap - height, "middle": -height / 2, "bottom": gap}[vertical]  # of the baselines
    return left, first - 0.72 * size, left + width, first + lines * LINE * size + 0.22 * size


def _texts(trace: Trace, shown: Sequence[tuple[Label, _Place]]) -> Trace:
    """Return a trace of texts. plotly.js keeps a text off its marker, so markers that are not seen make the gaps."""
    drawn = {key: value for key, value in trace.items() if key != "labels"}
    return drawn | {
        "mode": "markers+text",
        "x": [place.x for _, place in shown],
        "y": [place.y for _, place in shown],
        "text": [label.text for label, _ in shown],
        "textposition": [place.side for _, place in shown],
        "marker": {"opacity": 0, "size": [max(0.0, 1.6 * (place.gap - 1)) for _, place in shown]},
        "textfont": trace["textfont"] | {"color": [label.color for label, _ in shown]},
    }


def _axis_name(ref: str) -> str:
    return f"{ref[0]}axis{ref[1:]}"


def _widest(axis: Mapping[str, Any]) -> float:
    """Return the width of the widest name of a tick in px."""
    names = axis.get("ticktext") or [f"{value:g}" for value in axis.get("tickvals", (100,))]
    return max((width_of(str(name), axis["tickfont"]["size"]) for name in names), default=0)


def _bars(trace: Trace) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return of each bar where it begins and ends along its length, and across it."""
    lengths, across = (trace["x"], trace["y"]) if trace.get("orientation") == "h" else (trace["y"], trace["x"])
    base, middle = np.asarray(trace.get("base", 0), dtype=float), np.asarray(across, dtype=float)
    half = np.asarray(trace.get("width", 0.8), dtype=float) / 2
    return base, base + np.asarray(lengths, dtype=float), middle - half, middle + half


def _x_of(trace: Trace) -> Any:
    """Return the horizontal positions of a trace, which may be given as a start and a step."""
    return trace["x"] if "x" in trace else trace["x0"] + trace["dx"] * np.arange(len(trace["y"]))
