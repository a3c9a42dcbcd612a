"""The parts of the Brier scores of two forecasters, and labels for a reliability diagram."""

from typing import NamedTuple

import numpy as np

from xent_core import ReliabilityCurve
from xent_ui.figures.base import Axis, Figure, Label, Trace, label_trace, layout, on_axes, segment
from xent_ui.figures.reliability import TALLEST_COUNT
from xent_ui.style import theme
from xent_ui.style.numbers import text

HIGHEST_SCORE = 0.3  # where the axis of Brier scores ends


class Parts(NamedTuple):
    """A Brier score and its parts: score = uncertainty - resolution + reliability."""

    name: str
    uncertainty: float
    resolution: float
    reliability: float
    score: float


def counts_and_gap(curve: ReliabilityCurve) -> list[Label]:
    """Return labels for the counts of the fullest bin and of the last one, and for the largest gap."""
    quiet, excess = theme.color("quiet"), theme.color("excess")
    middle, most = (curve.edges[1:] + curve.edges[:-1]) / 2, curve.count.max(initial=1)
    labeled = {int(np.argmax(curve.count)), len(middle) - 1}
    labels = [
        Label(
            min(0.93, max(0.07, float(middle[i]))),
            TALLEST_COUNT * float(curve.count[i] / most) + 0.05,
            f"{int(curve.count[i])}",
            quiet,
            "middle center",
        )
        for i in sorted(labeled)
        if curve.count[i]
    ]
    gaps = np.nan_to_num(np.abs(curve.confidence - curve.frequency))
    worst = int(np.argmax(gaps))
    confidence, frequency = float(curve.confidence[worst]), float(curve.frequency[worst])
    distance, side = (-0.07, "bottom center") if frequency < confidence else (0.07, "top center")
    largest = f"MCE {text(float(gaps[worst]), 2)}"
    return [*labels, Label(min(0.9, max(0.1, confidence)), frequency + distance, largest, excess, side)]


def two_scores(left: Parts, right: Parts) -> Figure:
    """Return a waterfall chart of a Brier score for each of two forecasters."""
    plan = layout(Axis("", 0, HIGHEST_SCORE, (0, 0.1, 0.2), ("0", "0.1", "0.2")), Axis("", -0.75, 4.1))
    base_x, base_y = plan.pop("xaxis"), plan.pop("yaxis")
    plan["margin"] = {**plan["margin"], "l": 14, "r": 14, "t": 30, "b": 34}
    traces: list[Trace] = []
    titles = []
    for i, (parts, domain) in enumerate(zip((left, right), ((0, 0.48), (0.52, 1)), strict=True)):
        suffix = ("", "2")[i]
        traces += on_axes(_waterfall(parts), f"x{suffix}", f"y{suffix}")
        plan |= {
            f"xaxis{suffix}": {**base_x, "domain": domain, "anchor": f"y{suffix}"},
            f"yaxis{suffix}": {**base_y, "anchor": f"x{suffix}", "showticklabels": False, "showgrid": False},
        }
        titles.append(
            {
                "text": f"<b>{parts.name}</b>",
                "x": domain[0],
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


def _waterfall(parts: Parts) -> list[Trace]:
    """Return four bars, one below the other, each of which begins where the one above it ends."""
    quiet, truth, excess, loss = (theme.color(role) for role in ("quiet", "truth", "excess", "loss"))
    unresolved = parts.uncertainty - parts.resolution
    rows = [
        ("uncertainty", 0.0, parts.uncertainty, quiet, ""),
        ("− resolution", unresolved, parts.resolution, truth, "/"),
        ("+ reliability", unresolved, parts.reliability, excess, "x"),
        ("= Brier score", 0.0, parts.score, loss, ""),
    ]
    heights = [3.0, 2.0, 1.0, 0.0]
    bars: Trace = {
        "type": "bar",
        "orientation": "h",
        "y": heights,
        "x": [length for _, _, length, _, _ in rows],
        "base": [start for _, start, *_ in rows],
        "width": 0.36,
        "hoverinfo": "skip",
        "marker": {"color": [row[3] for row in rows], "pattern": {"shape": [row[4] for row in rows]}},
    }
    labels = [
        Label(0, height + 0.42, f"{name}\u2002<b>{text(length)}</b>", color, "middle right")
        for height, (name, _, length, color, _) in zip(heights, rows, strict=True)
    ]
    connections = [
        segment([x, x], [top, bottom], "grid", dash="solid", width=2)
        for x, top, bottom in ((parts.uncertainty, 3, 2), (unresolved, 2, 1), (parts.score, 1, 0))
    ]
    return [bars, *connections, label_trace(labels)]
