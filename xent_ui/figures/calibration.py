"""Two forecasters and the three parts of their Brier scores, and the words on a reliability diagram."""

from typing import NamedTuple

import numpy as np

from xent_core import ReliabilityCurve
from xent_ui.figures.base import Axis, Figure, Label, Trace, layout, segment, stand, words
from xent_ui.figures.reliability import FEET
from xent_ui.style import theme
from xent_ui.style.numbers import text

MOST = 0.3  # of a Brier score that is shown


class Parts(NamedTuple):
    """A Brier score and what it is made of: reliability - resolution + uncertainty."""

    name: str
    uncertainty: float
    resolution: float
    reliability: float
    score: float


def counts_and_gap(curve: ReliabilityCurve) -> list[Label]:
    """How many forecasts stand behind the tallest bar and the last, and the largest gap of all."""
    quiet, excess = theme.color("quiet"), theme.color("excess")
    middle, most = (curve.edges[1:] + curve.edges[:-1]) / 2, curve.count.max(initial=1)
    told = {int(np.argmax(curve.count)), len(middle) - 1}
    labels = [
        Label(
            min(0.93, max(0.07, float(middle[i]))),
            FEET * float(curve.count[i] / most) + 0.05,
            f"{int(curve.count[i])}",
            quiet,
            "middle center",
        )
        for i in sorted(told)
        if curve.count[i]
    ]
    gaps = np.nan_to_num(np.abs(curve.confidence - curve.frequency))
    worst = int(np.argmax(gaps))
    said, came = float(curve.confidence[worst]), float(curve.frequency[worst])
    below = came < said
    away, side = (-0.07, "bottom center") if below else (0.07, "top center")
    largest = f"MCE {text(float(gaps[worst]), 2)}"
    return [*labels, Label(min(0.9, max(0.1, said)), came + away, largest, excess, side)]


def two_scores(left: Parts, right: Parts) -> Figure:
    """Uncertainty, less resolution, plus reliability: a Brier score as a walk of three steps, for two forecasters."""
    plan = layout(Axis("", 0, MOST, (0, 0.1, 0.2), ("0", "0.1", "0.2")), Axis("", -0.75, 4.1))
    base_x, base_y = plan.pop("xaxis"), plan.pop("yaxis")
    plan["margin"] = {**plan["margin"], "l": 14, "r": 14, "t": 30, "b": 34}
    traces: list[Trace] = []
    titles = []
    for i, (parts, span) in enumerate(zip((left, right), ((0, 0.48), (0.52, 1)), strict=True)):
        tail = ("", "2")[i]
        traces += stand(_walk(parts), f"x{tail}", f"y{tail}")
        plan |= {
            f"xaxis{tail}": {**base_x, "domain": span, "anchor": f"y{tail}"},
            f"yaxis{tail}": {**base_y, "anchor": f"x{tail}", "showticklabels": False, "showgrid": False},
        }
        titles.append(
            {
                "text": f"<b>{parts.name}</b>",
                "x": span[0],
                "y": 1,
                "xref": "paper",
                "yref": "paper",
                "showarrow": False,
                "xanchor": "left",
                "yanchor": "bottom",
                "font": {"color": theme.color("ink")},
            }
        )
    return Figure(traces, {**plan, "annotations": titles})


def _walk(parts: Parts) -> list[Trace]:
    """Four bars, one under the other: each begins where the one above it ends."""
    quiet, truth, excess, loss = (theme.color(role) for role in ("quiet", "truth", "excess", "loss"))
    kept = parts.uncertainty - parts.resolution
    rows = [
        ("uncertainty", 0.0, parts.uncertainty, quiet, ""),
        ("− resolution", kept, parts.resolution, truth, "/"),
        ("+ reliability", kept, parts.reliability, excess, "x"),
        ("= Brier score", 0.0, parts.score, loss, ""),
    ]
    at = [3.0, 2.0, 1.0, 0.0]
    steps: Trace = {
        "type": "bar",
        "orientation": "h",
        "y": at,
        "x": [length for _, _, length, _, _ in rows],
        "base": [start for _, start, *_ in rows],
        "width": 0.36,
        "hoverinfo": "skip",
        "marker": {"color": [row[3] for row in rows], "pattern": {"shape": [row[4] for row in rows]}},
    }
    labels = [
        Label(0, height + 0.42, f"{name}\u2002<b>{text(length)}</b>", color, "middle right")
        for height, (name, _, length, color, _) in zip(at, rows, strict=True)
    ]
    ties = [
        segment([x, x], [up, down], "grid", dash="solid", width=2)
        for x, up, down in ((parts.uncertainty, 3, 2), (kept, 2, 1), (parts.score, 1, 0))
    ]
    return [steps, *ties, words(labels)]
