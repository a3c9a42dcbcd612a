"""Two training runs side by side: what each model predicts in the plane, and four measures against the step.

A run has the color of the loss that it minimizes. The lines of run A are solid and its last values are dots; the lines
of run B are dashed and its last values rings. A circle is an example of class 1, a diamond of class 0.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from xent_core import sigmoid
from xent_core.datasets import Dataset
from xent_ui.figures import plane
from xent_ui.figures.base import (
    SIZE,
    Axis,
    Figure,
    GuessMark,
    Label,
    Trace,
    as_float32,
    guess_traces,
    label_trace,
    layout,
    on_axes,
    ring,
)
from xent_ui.figures.table import Rows
from xent_ui.style import theme
from xent_ui.style.numbers import percent, text
from xent_ui.style.theme import Role

ROLES: dict[str, Role] = {  # of losses; the hinge is neither the −log of a probability nor compared elsewhere
    "cross-entropy": "loss",
    "squared error": "squared",
    "focal": "focal",
    "smoothed": "loss",
    "hinge": "ink",
}
DASHES = ("solid", "dash")


class RunAtStep(NamedTuple):
    """The data that the figure shows of one run at one step.

    name     the name of its loss
    logits   the predicted log-odds at each point of ``plane.PLANE``
    tracks   for each measure, its values at every stride-th step so far and, last, at this step, (m,); NaN where a
             value is hidden
    """

    name: str
    logits: np.ndarray
    tracks: Mapping[str, np.ndarray]

    @property
    def role(self) -> Role:
        """The role whose color the run has."""
        return ROLES[self.name]

    @property
    def current(self) -> dict[str, float]:
        """The value of each measure at this step."""
        return {measure: float(track[-1]) for measure, track in self.tracks.items()}


class Panel(NamedTuple):
    """How one measure is plotted against the step.

    low, high  the ends of its axis
    ticks      labels by value
    log_scale  whether the axis is logarithmic
    digits     the number of significant digits in the heading
    """

    measure: str
    heading: str
    low: float
    high: float
    ticks: Mapping[float, str]
    log_scale: bool = False
    digits: int = 3

    def beyond(self, value: float) -> str:
        """Return an arrow to the side on which a value lies outside the panel, or nothing."""
        return "↑" if value > self.high else "↓" if value < self.low else ""

    def curve(self, values: np.ndarray) -> np.ndarray:
        """Return the heights of values, and NaN for those outside the panel, which are not drawn."""
        with np.errstate(invalid="ignore"):
            return np.where((values >= self.low) & (values <= self.high), self.height(values), np.nan)

    def height(self, values: Any) -> np.ndarray:
        """Return the heights of values in the panel: 0 at its low end, 1 at its high end."""
        inside = np.clip(values, self.low, self.high)
        if self.log_scale:
            return np.log10(inside / self.low) / np.log10(self.high / self.low)
        return (inside - self.low) / (self.high - self.low)


COLUMNS = (  # each of two panels, the upper one first
    (
        Panel("loss", "loss", 0.02, 14, {10: "10", 1: "1", 0.1: "0.1"}, log_scale=True),
        Panel("calibration", "ECE", 0, 1, {1: "1", 0.5: "0.5", 0: "0"}, digits=2),
    ),
    (
        Panel("accuracy", "accuracy", 0, 1, {1: "100 %", 0.5: "50 %", 0: "0 %"}, digits=2),
        Panel("gradient", "‖∇L‖", 1e-5, 20, {1: "1", 1e-2: "0.01", 1e-4: "0.0001"}, log_scale=True, digits=2),
    ),
)
SYMBOLS = {"": "circle", "↑": "triangle-up", "↓": "triangle-down"}  # of the last value, by where it lies
UNITS = 1000  # units of the vertical axis per panel: whole numbers are shorter in JSON
OFFSET = 1.75  # of the upper panel above the lower one, in heights of a panel
HEADING = 1.36  # height of a heading above the foot of its panel
TOP = 3.3  # of the upper heading
DOMAINS = ((0.0, 0.485), (0.515, 1.0))


def width() -> float:
    """Return the length of the x-axis in lengths of a run: the names of the ticks stand beyond the last step."""
    return 1.45 if theme.is_narrow() else 1.25


def two_runs(
    runs: Sequence[RunAtStep],
    data: Dataset,
    *,
    step: int,
    last: int,
    stride: int,
    loss_name: str,
    guess: GuessMark | None = None,
) -> Figure:
    """Return both models' predictions with the data on top, and below them the measures of both runs.

    step       the step that is shown
    last       the last step of the runs
    stride     the number of steps between two values of a track
    loss_name  the heading of the plot of losses
    guess      of an accuracy, at a step
    """
    traces: list[Trace] = []
    titles, images = [], []
    plan = layout(Axis("", 0, 1), Axis("", 0, 1))
    base_x, base_y = ({k: v for k, v in plan.pop(axis).items() if k != "title"} for axis in ("xaxis", "yaxis"))
    plan["margin"] = {**plan["margin"], "l": 12, "r": 12, "t": 28, "b": 46}
    bare = {"showticklabels": False, "showgrid": False, "showline": False}
    for i, (domain, panels) in enumerate(zip(DOMAINS, COLUMNS, strict=True)):
        suffix, middle = ("", "2")[i], sum(domain) / 2
        plan |= {
            f"xaxis{suffix}": {
                **base_x,
                "range": [0, width() * last],
                "domain": domain,
                "anchor": f"y{suffix}",
                "tickvals": [0, last / 2, last],
                "ticktext": ["0", f"{last // 2} steps", f"{last}"],
            },
            f"yaxis{suffix}": {
                **base_y,
                **bare,
                "range": [-0.06 * UNITS, TOP * UNITS],
                "domain": (0, 0.5),
                "anchor": f"x{suffix}",
            },
        }
        column = _column(panels, runs, step=step, last=last, stride=stride, loss_name=loss_name)
        if i == 1 and guess is not None:
            marks, (label, *_) = guess_traces(guess, drawn=_in_upper_panel(guess, panels[0]))
            if theme.is_narrow():  # so that a guess of 100 % stays off the heading
                marks = [
                    mark | {"marker": mark["marker"] | {"size": 9}} if "marker" in mark else mark for mark in marks
                ]
            words = "<b>?</b>" if guess.true is None else "guess"
            column += [*marks, label_trace([label._replace(text=words, optional=theme.is_narrow())])]
        traces += on_axes(column, f"x{suffix}", f"y{suffix}")
        images += plane.images(runs[i].logits, data, x=middle, y=1, width=domain[1] - domain[0], height=0.485)
        titles.append(
            {
                "text": f"<b>{'AB'[i]}</b>  {runs[i].name}",
                "font": {"color": theme.color(runs[i].role)},
                "showarrow": False,
                "x": middle,
                "y": 1,
                "xref": "paper",
                "yref": "paper",
                "xanchor": "center",
                "yanchor": "bottom",
            }
        )
    plan |= {"annotations": titles, "images": images, "shapes": _progress_bar(step / last)}
    rows = _rows(runs, data, step=step, stride=stride, loss_name=loss_name)
    return Figure(traces, plan, tall=True, rows=rows, names={"x2": "step", "y2": "accuracy"})


def _rows(runs: Sequence[RunAtStep], data: Dataset, *, step: int, stride: int, loss_name: str) -> list[Rows]:
    """Return the measures of both runs at this step and so far, the examples, and the predictions in the plane."""
    panels = [panel for column in COLUMNS for panel in column]
    names = [loss_name if panel.measure == "loss" else panel.heading for panel in panels]
    whole = [f"{letter}, {run.name}" for letter, run in zip("AB", runs, strict=True)]
    tracks = {
        f"{run}: {name}": each.tracks[panel.measure][:-1]
        for panel, name in zip(panels, names, strict=True)
        for run, each in zip(whole, runs, strict=True)
    }
    now = {run: [each.current[panel.measure] for panel in panels] for run, each in zip(whole, runs, strict=True)}
    x, y = plane.PLANE.T
    predictions = {
        f"{run}: probability of class 1": sigmoid(each.logits) for run, each in zip(whole, runs, strict=True)
    }
    x_of_data, y_of_data = data.points.T
    return [
        Rows(f"both runs at step {step}", {"measure": names, **now}),
        Rows("both runs so far", {"step": np.arange(0, step + 1, stride), **tracks}),
        Rows("examples", {"x₁": x_of_data, "x₂": y_of_data, "class": data.labels}),
        Rows("predictions in the plane", {"x₁": x, "x₂": y, **predictions}),
    ]


def _progress_bar(share: float) -> list[dict[str, Any]]:
    """Return a bar along the lower edge of the figure, filled up to a share of the run."""
    bar = {
        "type": "rect",
        "xref": "paper",
        "yref": "paper",
        "ysizemode": "pixel",
        "yanchor": 0,
        "y0": -44,
        "y1": -37,
        "x0": 0,
        "line": {"width": 0},
    }
    colors = theme.faded(theme.color("quiet"), 0.25), theme.color("quiet")
    return [{**bar, "x1": end, "fillcolor": color} for end, color in zip((1, share), colors, strict=True)]


def _column(
    panels: Sequence[Panel], runs: Sequence[RunAtStep], *, step: int, last: int, stride: int, loss_name: str
) -> list[Trace]:
    """Return two panels, one above the other, with the tracks of both runs so far and their current values.

    Each run is one line through both panels, with a break between them, because few traces are drawn faster.
    """
    quiet = theme.color("quiet")
    grid_y: list[float | None] = []
    headings, names = [], []
    heights: list[list[np.ndarray]] = [[], []]  # of each run: in the upper panel, then in the lower one
    current: list[tuple[float | None, str]] = []  # height and symbol of the last value in each panel
    for panel, offset in zip(panels, (OFFSET, 0), strict=True):
        words = _heading(panel, runs, loss_name)
        headings.append(Label(0, UNITS * (HEADING + offset), words, quiet, ("middle right",), gap=0))
        for value, name in list(panel.ticks.items())[:: 2 if theme.is_narrow() else 1]:
            y = round(UNITS * (offset + float(panel.height(value))))
            grid_y += [y, y, None]
            names.append(Label(width() * last, y, name, quiet, ("middle left",), gap=0))
        for run, in_panels in zip(runs, heights, strict=True):
            track = run.tracks[panel.measure]
            in_panels.append(np.round(UNITS * (offset + panel.curve(track[:-1]))))
            height = None if np.isnan(track[-1]) else round(UNITS * (offset + float(panel.height(track[-1]))))
            current.append((height, SYMBOLS[panel.beyond(track[-1])]))
    steps = np.arange(0, step + 1, stride, dtype=np.int16)
    lines = [
        {
            "type": "scatter",
            "mode": "lines",
            "hoverinfo": "skip",
            "x": np.concatenate([steps, steps[-1:], steps]),
            "y": as_float32(np.concatenate([upper, [np.nan], lower])),
            "line": {"color": theme.color(run.role), "width": 3, "dash": dash},
        }
        for (upper, lower), run, dash in zip(heights, runs, DASHES, strict=True)
    ]
    colors = [theme.color(run.role) for run in runs] * 2
    grid = {
        "type": "scatter",
        "mode": "lines",
        "x": [0, last, None] * (len(grid_y) // 3),
        "y": grid_y,
        "hoverinfo": "skip",
        "line": {"color": theme.color("grid"), "width": 1},
    }
    rings = {
        **ring(0, 0, name=None),
        "x": [step] * 4,
        "y": [height for height, _ in current],
        "marker": {
            "size": 11,
            "color": [colors[0], "rgba(0,0,0,0)"] * 2,
            "line": {"width": 3, "color": colors},
            "symbol": [symbol for _, symbol in current],
        },
    }
    return [grid, *lines, rings, label_trace(headings), label_trace(names, size=SIZE - 1)]


def _in_upper_panel(guess: GuessMark, panel: Panel) -> GuessMark:
    """Return a guess with its values as heights in the upper panel."""
    true = None if guess.true is None else UNITS * (OFFSET + float(panel.height(guess.true)))
    return GuessMark(guess.x, UNITS * (OFFSET + float(panel.height(guess.guessed))), true)


def _heading(panel: Panel, runs: Sequence[RunAtStep], loss_name: str) -> str:
    """Return the heading of a panel: its measure, and the current values in the colors of their runs."""
    values = [run.current[panel.measure] for run in runs]
    shown = ["?" if np.isnan(value) else f"{panel.beyond(value)}{_written(panel, value)}" for value in values]
    name = loss_name if panel.measure == "loss" else panel.heading
    if theme.is_narrow():
        shown = [f"&lt;{panel.low:g}" if each.startswith("↓") else each for each in shown]
        name = name.replace(" (nats)", ", nats")
    colored = "\u2002".join(
        f'<span style="color:{theme.color(run.role)}"><b>{number}</b></span>'
        for run, number in zip(runs, shown, strict=True)
    )
    return f"{name}\u2002{colored}"


def _written(panel: Panel, value: float) -> str:
    digits = min(panel.digits, 2) if theme.is_narrow() else panel.digits
    return percent(value, digits) if panel.measure == "accuracy" else text(value, digits)
