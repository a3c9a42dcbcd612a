"""Two training runs side by side: what each model predicts in the plane, and four measures against the step.

Run A is drawn in the color of the loss, run B in ink and dashed. A circle is an example of class 1, a diamond of
class 0.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from xent_core.datasets import Dataset
from xent_ui.figures import plane
from xent_ui.figures.base import (
    GAP,
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
from xent_ui.style import theme
from xent_ui.style.numbers import percent, text
from xent_ui.style.theme import Role

ROLES: tuple[Role, Role] = ("loss", "ink")  # of run A and run B
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

    def height(self, values: Any) -> np.ndarray:
        """Return the heights of values in the panel: 0 at its low end, 1 at its high end."""
        inside = np.clip(values, self.low, self.high)
        if self.log_scale:
            return np.log10(inside / self.low) / np.log10(self.high / self.low)
        return (inside - self.low) / (self.high - self.low)


COLUMNS = (  # each of two panels, the upper one first
    (
        Panel("loss", "loss", 0.02, 14, {10: "10", 1: "1", 0.1: "0.1"}, log_scale=True),
        Panel("calibration", "ECE", 0, 1, {1: "1", 0.5: "0.5"}, digits=2),
    ),
    (
        Panel("accuracy", "accuracy", 0, 1, {1: "100 %", 0.5: "50 %"}, digits=2),
        Panel("gradient", "‖∇L‖", 1e-5, 20, {1: "1", 1e-2: "0.01", 1e-4: "10⁻⁴"}, log_scale=True, digits=2),
    ),
)
UNITS = 1000  # units of the vertical axis per panel: whole numbers are shorter in JSON
OFFSET = 1.62  # of the upper panel above the lower one, in heights of a panel
DOMAINS = ((0.0, 0.485), (0.515, 1.0))
WIDTH = 1.25  # of the x-axis, in lengths of a run; the labels of ticks are beyond the last step


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
                "range": [0, WIDTH * last],
                "domain": domain,
                "anchor": f"y{suffix}",
                "tickvals": [0, last / 2, last],
                "ticktext": ["0", f"{last // 2} steps", f"{last}"],
            },
            f"yaxis{suffix}": {
                **base_y,
                **bare,
                "range": [-0.04 * UNITS, 3.05 * UNITS],
                "domain": (0, 0.5),
                "anchor": f"x{suffix}",
            },
        }
        column = _column(panels, runs, step=step, last=last, stride=stride, loss_name=loss_name)
        if i == 1 and guess is not None:
            marks, (label, *_) = guess_traces(_in_upper_panel(guess, panels[0]))
            words = f"{GAP}<b>?</b>" if guess.true is None else f"{GAP}guess"  # on a phone there is room for no more
            column += [*marks, label_trace([label._replace(side="middle right", text=words)])]
        traces += on_axes(column, f"x{suffix}", f"y{suffix}")
        images += plane.images(runs[i].logits, data, x=middle, y=1, width=domain[1] - domain[0], height=0.485)
        titles.append(
            {
                "text": f"<b>{'AB'[i]}</b>  {runs[i].name}",
                "font": {"color": theme.color(ROLES[i])},
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
    return Figure(traces, plan, tall=True)


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
    colors = theme.faded(theme.color("quiet"), 0.25), theme.color("truth")
    return [{**bar, "x1": end, "fillcolor": color} for end, color in zip((1, share), colors, strict=True)]


def _column(
    panels: Sequence[Panel], runs: Sequence[RunAtStep], *, step: int, last: int, stride: int, loss_name: str
) -> list[Trace]:
    """Return two panels, one above the other, with the tracks of both runs so far and their current values.

    Each run is one line through both panels, with a break between them, because few traces are drawn faster.
    """
    quiet = theme.color("quiet")
    grid_y: list[float | None] = []
    labels = []
    heights: list[list[np.ndarray]] = [[], []]  # of each run: in the upper panel, then in the lower one
    for panel, offset in zip(panels, (OFFSET, 0), strict=True):
        grid_y += [UNITS * offset, UNITS * offset, None]
        labels.append(Label(0, UNITS * (1.22 + offset), _heading(panel, runs, loss_name), quiet))
        for value, name in panel.ticks.items():
            y = round(UNITS * (offset + float(panel.height(value))))
            grid_y += [y, y, None]
            labels.append(Label(WIDTH * last, y - 0.11 * UNITS, name, quiet, "middle left"))
        for run, in_panels in zip(runs, heights, strict=True):
            in_panels.append(np.round(UNITS * (offset + panel.height(run.tracks[panel.measure]))))
    steps = np.arange(0, step + 1, stride, dtype=np.int16)
    lines = [
        {
            "type": "scatter",
            "mode": "lines",
            "hoverinfo": "skip",
            "x": np.concatenate([steps, steps[-1:], steps]),
            "y": as_float32(np.concatenate([upper[:-1], [np.nan], lower[:-1]])),
            "line": {"color": theme.color(role), "width": 3, "dash": dash},
        }
        for (upper, lower), role, dash in zip(heights, ROLES, DASHES, strict=True)
    ]
    colors = [theme.color(role) for role in ROLES] * 2
    grid = {
        "type": "scatter",
        "mode": "lines",
        "x": [0, WIDTH * last, None] * (len(grid_y) // 3),
        "y": grid_y,
        "hoverinfo": "skip",
        "line": {"color": theme.color("grid"), "width": 1},
    }
    current = {
        **ring(0, 0),
        "x": [step] * 4,
        "y": [None if np.isnan(in_panels[i][-1]) else int(in_panels[i][-1]) for i in (0, 1) for in_panels in heights],
        "marker": {"size": 11, "color": theme.color("paper"), "line": {"width": 3, "color": colors}},
    }
    return [grid, *lines, current, label_trace(labels)]


def _in_upper_panel(guess: GuessMark, panel: Panel) -> GuessMark:
    """Return a guess with its values as heights in the upper panel."""
    true = None if guess.true is None else UNITS * (OFFSET + float(panel.height(guess.true)))
    return GuessMark(guess.x, UNITS * (OFFSET + float(panel.height(guess.guessed))), true)


def _heading(panel: Panel, runs: Sequence[RunAtStep], loss_name: str) -> str:
    """Return the heading of a panel: its measure, and the current values in the colors of their runs."""
    values = [run.current[panel.measure] for run in runs]
    shown = [
        "?" if np.isnan(v) else percent(v, panel.digits) if panel.measure == "accuracy" else text(v, panel.digits)
        for v in values
    ]
    name = loss_name if panel.measure == "loss" else panel.heading
    colored = "\u2002".join(
        f'<span style="color:{theme.color(role)}"><b>{number}</b></span>'
        for role, number in zip(ROLES, shown, strict=True)
    )
    return f"{name}\u2002{colored}"
