"""The reliability diagram: how often forecasts came true, plotted against how confident they were."""

import numpy as np

from xent_core import ReliabilityCurve
from xent_ui.figures.base import Axis, Label, Trace, segment
from xent_ui.figures.table import Rows
from xent_ui.style import theme

SHARES = (0, 0.25, 0.5, 0.75, 1)
SHARE_NAMES = ("0", "¼", "½", "¾", "1")
FORECAST_AXIS = Axis("forecast", 0, 1, SHARES, SHARE_NAMES)
FREQUENCY_AXIS = Axis("share that came true", 0, 1.04, SHARES, SHARE_NAMES)
LARGEST, SMALLEST = 22, 7  # diameters of the dots in px
TALLEST_COUNT = 0.16  # the height of the tallest bar of counts at the bottom of the diagram


def reliability_diagram(curve: ReliabilityCurve, *, labels: bool = True) -> tuple[list[Trace], list[Label]]:
    """Return the traces and labels of the diagram, for the axes FORECAST_AXIS and FREQUENCY_AXIS.

    Calibrated forecasts lie on the dashed diagonal. There is one dot per bin, joined to the diagonal by a thick line.
    The area of the dot is the number of forecasts, which a bar at the bottom shows as well.

    labels  whether the two sides of the diagonal are named
    """
    filled = curve.count > 0
    confidence, frequency, count = (np.asarray(x)[filled] for x in (curve.confidence, curve.frequency, curve.count))
    share = count / max(1, count.max(initial=0))
    middle, width = (curve.edges[1:] + curve.edges[:-1])[filled] / 2, float(curve.edges[1])
    gaps = {**segment([], [], "excess", dash="solid", width=5), **_gap_lines(confidence, frequency)}
    counts: Trace = {
        "type": "bar",
        "x": np.round(middle, 4).tolist(),
        "y": np.round(share * TALLEST_COUNT, 4).tolist(),
        "width": width * 0.92,
        "marker": {"color": theme.faded(theme.color("quiet"), 0.3)},
        "hoverinfo": "skip",
    }
    dots: Trace = {
        "type": "scatter",
        "mode": "markers",
        "x": np.round(confidence, 4).tolist(),
        "y": np.round(frequency, 4).tolist(),
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {
            "size": np.round(SMALLEST + (LARGEST - SMALLEST) * np.sqrt(share), 1).tolist(),
            "color": theme.color("truth"),
            "line": {"width": 2, "color": theme.color("paper")},
            "opacity": 1,
        },
    }
    names = [
        Label(0.02, 0.9, "more often than said", theme.color("quiet"), ("middle right",), optional=True),
        Label(1, 0.28, "less often", theme.color("quiet"), ("middle left",), optional=True, also=((1, 0.1), (1, 0.4))),
    ]
    diagonal = segment([0, 1], [0, 1], "model", dash="dash", width=2)
    return [counts, diagonal, gaps, dots], names if labels else []


def bins(curve: ReliabilityCurve) -> Rows:
    """Return the bins of a diagram that are not empty as rows of a table."""
    filled = curve.count > 0
    return Rows(
        "bins of a reliability diagram",
        {
            "from": curve.edges[:-1][filled],
            "to": curve.edges[1:][filled],
            "mean forecast": curve.confidence[filled],
            "share that came true": curve.frequency[filled],
            "number of forecasts": curve.count[filled].astype(int),
        },
    )


def _gap_lines(confidence: np.ndarray, frequency: np.ndarray) -> Trace:
    """Return vertical lines from the diagonal to each dot as one trace, with a break between two lines."""
    x, y = (np.full(3 * len(confidence), np.nan) for _ in range(2))
    x[0::3] = x[1::3] = y[0::3] = confidence
    y[1::3] = frequency
    return {"x": [_or_none(v) for v in x], "y": [_or_none(v) for v in y]}


def _or_none(value: float) -> float | None:
    return None if np.isnan(value) else round(float(value), 4)
