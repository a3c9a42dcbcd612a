"""Surprise in coins: the number of heads in a row that would be equally surprising."""

import numpy as np

from xent_ui.figures.base import RINGED, Axis, Figure, Label, label_trace, layout, ring, segment
from xent_ui.figures.table import Rows
from xent_ui.style import theme
from xent_ui.style.numbers import percent, plain

COINS = 8
SIZE = 58  # of a coin, in px: four of them fit a phone
ROWS, LINE = (0.76, 0.46), 0.14  # heights of the rows of coins and of the line of chances


def coins(chance: float, bits: float) -> Figure:
    """Return a row of coins, one filled per bit of surprise, above the chance of the event.

    chance  of the event that happened, in (0, 1]
    bits    its surprise
    """
    loss, truth = theme.color("loss"), theme.color("truth")
    filled = np.clip(bits - np.arange(COINS), 0, 1)
    positions = {
        "type": "scatter",
        "mode": "markers",
        "hoverinfo": "skip",
        "cliponaxis": False,
        "x": [0.125, 0.375, 0.625, 0.875] * 2,
        "y": [ROWS[0]] * 4 + [ROWS[1]] * 4,
    }
    diameters = (SIZE * np.sqrt(filled)).round(1).tolist()  # the filled area is the share
    heads = "1 head" if bits == 1 else f"{plain(bits, 3)} heads in a row"
    labels = [
        Label(0.5, 1.0, f"<b>{heads}</b>" if bits > 0 else "<b>no surprise at all</b>", loss, "middle center"),
        Label(chance, LINE, f"<b>{percent(chance)}</b>", truth, ("top center", "top right", "top left"), RINGED),
    ]
    traces = [
        {
            **positions,
            "marker": {"size": SIZE, "opacity": 1, "color": theme.color("grid"), "line": {"width": 2, "color": loss}},
        },
        {**positions, "marker": {"size": diameters, "opacity": 1, "color": loss, "line": {"width": 0}}},
        segment([0, 1], [LINE, LINE], "grid", dash="solid", width=6),
        segment([0, chance], [LINE, LINE], "truth", dash="solid", width=6),
        ring(chance, LINE, "truth", name=None),
        label_trace(labels, size=18),
    ]
    plan = layout(
        Axis("the chance you gave it", 0, 1, (0, 0.25, 0.5, 0.75, 1), ("0", "25 %", "50 %", "75 %", "100 %")),
        Axis("", 0, 1.05, (-1,)),
    )
    plan["yaxis"] |= {"showgrid": False}
    plan["xaxis"] |= {"showline": False}
    plan["margin"] |= {"l": 26, "r": 26}
    known = {"the chance you gave it": [chance], "surprise, in heads in a row (bits)": [bits]}
    return Figure(traces, plan, rows=[Rows("surprise in coins", known)])
