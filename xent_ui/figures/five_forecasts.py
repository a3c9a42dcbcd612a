"""Five forecasts and their losses, the accuracy and the mean loss, compared with five earlier forecasts."""

from collections.abc import Callable

import numpy as np

from xent_ui.figures.base import Axis, Figure, Label, bars, label_trace, layout, on_axes, ring, segment
from xent_ui.style import theme
from xent_ui.style.numbers import exact_text, percent, text
from xent_ui.style.theme import Role


def five_forecasts(
    probs: np.ndarray,
    losses: np.ndarray,
    before: np.ndarray,
    *,
    accuracy: tuple[float, float],
    loss: tuple[float, float],
) -> Figure:
    """Return the forecasts above their losses on the left, and the accuracy above the mean loss on the right.

    probs           (5,)  the probability that each forecast gives to the outcome that occurred
    losses          (5,)  of the forecasts, in nats
    before          (5,)  the earlier probabilities, for comparison
    accuracy, loss  the accuracy and the mean loss, before and now
    """
    n = len(probs)
    number = np.arange(1, n + 1)
    loss_color, quiet, truth = (theme.color(role) for role in ("loss", "quiet", "truth"))
    earlier = {
        "type": "scatter",
        "mode": "markers",
        "x": number,
        "y": before,
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {"size": 11, "symbol": "diamond-open", "color": quiet},
    }
    upper = [
        segment([0.4, n + 0.6], [0.5, 0.5], "quiet"),
        earlier,
        {**ring(1, 0, "truth"), "x": number, "y": probs},
        label_trace(
            [
                Label(x, p + (0.11 if up else -0.11), exact_text(p), truth, f"{'top' if up else 'bottom'} center")
                for x, p in zip(number.tolist(), probs.tolist(), strict=True)
                for up in [0.5 <= p < 0.9 or p < 0.1]
            ]
        ),
    ]
    lower = [
        bars(number, losses, loss_color),
        label_trace(
            Label(x, height, text(height, 2), loss_color, "top center")
            for x, height in zip(number.tolist(), losses.tolist(), strict=True)
        ),
    ]
    examples = Axis("five examples", 0.4, n + 0.6, number.tolist(), [""] * n)
    plan = layout(examples, Axis("probability of the truth", 0, 1.08, (0, 0.5, 1), ("0", "½", "1")))
    loss_plan = layout(examples, Axis("loss (nats)", 0, 9, (0, 3, 6)))
    left, right, upper_half, lower_half = [0, 0.7], [0.84, 1], [0.46, 1], [0, 0.36]
    plan["margin"] = {**plan["margin"], "r": 14}
    plan["xaxis"] |= {"domain": left, "anchor": "y", "title": {"text": ""}}
    plan |= {
        "yaxis": {**plan["yaxis"], "domain": upper_half},
        "xaxis2": {**loss_plan["xaxis"], "domain": left, "anchor": "y2"},
        "yaxis2": {**loss_plan["yaxis"], "domain": lower_half, "anchor": "x2"},
    }
    traces = [*upper, *on_axes(lower, "x2", "y2")]
    means: list[tuple[str, float, tuple[float, float], Callable[[float], str], Role, list[float]]] = [
        ("accuracy", 1.25, accuracy, percent, "ink", upper_half),
        ("mean loss", 3.2, loss, text, "loss", lower_half),
    ]
    for k, (title, top, values, write, role, domain) in enumerate(means, start=3):
        was, now = values
        arrow, shown, color = "↑ " if now > top else "", min(now, 0.8 * top), theme.color(role)
        traces += on_axes(
            [
                bars([0], [shown], color),
                segment([-0.5, 0.5], [was, was], "quiet", width=3),
                label_trace([Label(0, shown, f"<b>{arrow}{write(now)}</b>", color, "top center")]),
            ],
            f"x{k}",
            f"y{k}",
        )
        whole = layout(Axis("", -0.6, 0.6, (0,), (f"was {write(was)}",)), Axis(title, 0, top))
        plan |= {
            f"xaxis{k}": {**whole["xaxis"], "domain": right, "anchor": f"y{k}"},
            f"yaxis{k}": {
                **whole["yaxis"],
                "domain": domain,
                "anchor": f"x{k}",
                "showticklabels": False,
                "showgrid": False,
            },
        }
    return Figure(traces, plan)
