"""Two runs side by side: what each model says everywhere, and four measures against steps.

Run A wears the color of the loss, run B ink and a dash. A circle is an example of class 1, a diamond of class 0.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from xent_core.datasets import Dataset
from xent_ui.figures import plane
from xent_ui.figures.base import Axis, Figure, GuessMark, Label, Trace, guess_traces, layout, light, stand, words, you
from xent_ui.style import theme
from xent_ui.style.numbers import percent, text
from xent_ui.style.theme import Role

SIDES: tuple[Role, Role] = ("loss", "ink")  # run A, run B
DASHES = ("solid", "dash")


class Watched(NamedTuple):
    """One run at one moment.

    name     what tells it from the other
    logits   what the model says at each point of ``plane.PLANE``
    tracks   measure to its values at every so many steps made so far and, last, now (m,)
    """

    name: str
    logits: np.ndarray
    tracks: Mapping[str, np.ndarray]

    @property
    def now(self) -> dict[str, float]:
        """Each measure at this moment."""
        return {measure: float(track[-1]) for measure, track in self.tracks.items()}


class Panel(NamedTuple):
    """One measure against steps: its name, its ends, its ticks, whether it goes by powers of ten."""

    measure: str
    short: str
    low: float
    high: float
    ticks: Mapping[float, str]
    powers: bool = False
    digits: int = 3

    def height(self, values: Any) -> np.ndarray:
        """Where values stand: 0 at the low end of the panel, 1 at the high one."""
        inside = np.clip(values, self.low, self.high)
        if self.powers:
            return np.log10(inside / self.low) / np.log10(self.high / self.low)
        return (inside - self.low) / (self.high - self.low)


COLUMNS = (  # of two panels each, the upper one first
    (
        Panel("loss", "loss", 0.02, 14, {10: "10", 1: "1", 0.1: "0.1"}, powers=True),
        Panel("calibration", "ECE", 0, 1, {1: "1", 0.5: "0.5"}, digits=2),
    ),
    (
        Panel("accuracy", "accuracy", 0, 1, {1: "100 %", 0.5: "50 %"}),
        Panel("gradient", "‖∇L‖", 1e-5, 20, {1: "1", 1e-2: "0.01", 1e-4: "10⁻⁴"}, powers=True, digits=2),
    ),
)
FINE = 1000  # heights are counted in thousandths of a panel
LIFT = 1.62  # of the upper panel over the lower one, in heights of a panel
SPANS = ((0.0, 0.485), (0.515, 1.0))
ROOM = 1.25  # the panels go on after the last step, where their ticks stand


def two_runs(
    runs: Sequence[Watched], data: Dataset, *, made: int, last: int, stride: int, guess: GuessMark | None = None
) -> Figure:
    """Above, both models' surfaces with the data; below, loss, accuracy, calibration error and gradient of both.

    guess  of an accuracy, at a step
    """
    traces: list[Trace] = []
    titles, pictures = [], []
    plan = layout(Axis("", 0, 1), Axis("", 0, 1))
    base_x, base_y = ({k: v for k, v in plan.pop(axis).items() if k != "title"} for axis in ("xaxis", "yaxis"))
    plan["margin"] = {**plan["margin"], "l": 12, "r": 12, "t": 28, "b": 46}
    bare = {"showticklabels": False, "showgrid": False, "showline": False}
    for i, (span, panels) in enumerate(zip(SPANS, COLUMNS, strict=True)):
        tail, middle = ("", "2")[i], sum(span) / 2
        plan |= {
            f"xaxis{tail}": {
                **base_x,
                "range": [0, ROOM * last],
                "domain": span,
                "anchor": f"y{tail}",
                "tickvals": [0, last / 2, last],
                "ticktext": ["0", f"{last // 2} steps", f"{last}"],
            },
            f"yaxis{tail}": {
                **base_y,
                **bare,
                "range": [-0.04 * FINE, 2.98 * FINE],
                "domain": (0, 0.5),
                "anchor": f"x{tail}",
            },
        }
        own = _tracks(panels, runs, made=made, last=last, stride=stride)
        if i == 1 and guess is not None:
            marks, labels = guess_traces(_lifted(guess, panels[0]))
            own += [*marks, words(label._replace(side="middle right") for label in labels[:1])]
        traces += stand(own, f"x{tail}", f"y{tail}")
        pictures += plane.images(runs[i].logits, data, x=middle, y=1, width=span[1] - span[0], height=0.485)
        titles.append(
            {
                "text": f"<b>{'AB'[i]}</b>  {runs[i].name}",
                "font": {"color": theme.color(SIDES[i])},
                "showarrow": False,
                "x": middle,
                "y": 1,
                "xref": "paper",
                "yref": "paper",
                "xanchor": "center",
                "yanchor": "bottom",
            }
        )
    return Figure(traces, {**plan, "annotations": titles, "images": pictures, "shapes": _progress(made / last)})


def _progress(share: float) -> list[dict[str, Any]]:
    """A bar along the lower edge: how much of the run is made."""
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


def _tracks(panels: Sequence[Panel], runs: Sequence[Watched], *, made: int, last: int, stride: int) -> list[Trace]:
    """Two panels, one over the other: grid, the way of both runs so far, where they are, words."""
    quiet = theme.color("quiet")
    grid: list[float | None] = []
    labels = []
    heights: list[list[np.ndarray]] = [[], []]  # of each run: in the upper panel, in the lower one
    for panel, lift in zip(panels, (LIFT, 0), strict=True):
        grid += [FINE * lift, FINE * lift, None]
        labels.append(Label(0, FINE * (1.16 + lift), _headline(panel, runs), quiet))
        for tick, name in panel.ticks.items():
            at = round(FINE * (lift + float(panel.height(tick))))
            grid += [at, at, None]
            labels.append(Label(ROOM * last, at - 0.11 * FINE, name, quiet, "middle left"))
        for run, places in zip(runs, heights, strict=True):
            places.append(np.round(FINE * (lift + panel.height(run.tracks[panel.measure]))))
    steps = np.arange(0, made + 1, stride, dtype=np.int16)
    lines = [
        {
            "type": "scatter",
            "mode": "lines",
            "hoverinfo": "skip",
            "x": np.concatenate([steps, steps[-1:], steps]),
            "y": light(np.concatenate([upper[:-1], [np.nan], lower[:-1]])),  # not a number: the pen is lifted
            "line": {"color": theme.color(role), "width": 3, "dash": dash},
        }
        for (upper, lower), role, dash in zip(heights, SIDES, DASHES, strict=True)
    ]
    colors = [theme.color(role) for role in SIDES] * 2
    mesh = {
        "type": "scatter",
        "mode": "lines",
        "x": [0, ROOM * last, None] * (len(grid) // 3),
        "y": grid,
        "hoverinfo": "skip",
        "line": {"color": theme.color("grid"), "width": 1},
    }
    here = {
        **you(0, 0),
        "x": [made] * 4,
        "y": [int(places[i][-1]) for i in (0, 1) for places in heights],
        "marker": {"size": 11, "color": theme.color("paper"), "line": {"width": 3, "color": colors}},
    }
    return [mesh, *lines, here, words(labels)]


def _lifted(guess: GuessMark, panel: Panel) -> GuessMark:
    """A guess of a share, where it stands in the upper panel."""
    said, true = (
        None if share is None else FINE * (LIFT + float(panel.height(share))) for share in (guess.guessed, guess.true)
    )
    return GuessMark(guess.x, said or 0, true)


def _headline(panel: Panel, runs: Sequence[Watched]) -> str:
    """Which measure, and its values in the colors of their runs."""
    values = [run.now[panel.measure] for run in runs]
    shown = [percent(v) if panel.measure == "accuracy" else text(v, panel.digits) for v in values]
    inside = "\u2002".join(
        f'<span style="color:{theme.color(role)}"><b>{number}</b></span>'
        for role, number in zip(SIDES, shown, strict=True)
    )
    return f"{panel.short}\u2002{inside}"
