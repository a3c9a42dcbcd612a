"""Five forecasts and their losses, the accuracy and the mean loss, compared with five earlier forecasts."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from xent_ui.figures.base import (
    RINGED,
    SIZE,
    Axis,
    Figure,
    Label,
    Trace,
    bars,
    label_trace,
    layout,
    on_axes,
    ring,
    segment,
)
from xent_ui.figures.table import Rows
from xent_ui.style import theme
from xent_ui.style.numbers import PERCENT_SIGN, digits_apart, exact_text, percent, text
from xent_ui.style.theme import Role

LOSSES = Axis("", 0, 8.6, (0, 2, 4, 6), ("0", "2", "4", "6"))  # the loss of 0.001 is 6.91
SHARES = Axis("", 0, 1.25, (0, 0.5, 1), ("0", f"50{PERCENT_SIGN}", f"100{PERCENT_SIGN}"))
PROBABILITIES = Axis("", -0.24, 1.25, (0, 0.5, 1), ("0", "½", "1"))
UPPER, LOWER = [0.54, 1], [0, 0.42]  # shares of the height


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
    is_narrow = theme.is_narrow()
    left, right = ([0, 0.62], [0.87, 1]) if is_narrow else ([0, 0.68], [0.84, 1])
    n, size = len(probs), 12 if is_narrow else SIZE
    number = np.arange(1, n + 1)
    examples = Axis("" if is_narrow else "five examples", 0.4, n + 0.6, number.tolist(), [""] * n)
    was, now = zip(accuracy, loss, strict=True)
    mean_was, mean_now = (text(each, digits_apart(*loss)) for each in loss)
    panels = (
        (left, UPPER, examples._replace(title=""), PROBABILITIES, _forecasts(probs, before, size)),
        (left, LOWER, examples, LOSSES, _losses(number.tolist(), losses.tolist(), size)),
        (right, UPPER, _was(percent(was[0])), SHARES, _measure(was[0], now[0], percent(now[0]), "ink", size)),
        (right, LOWER, _was(mean_was), LOSSES, _measure(was[1], now[1], mean_now, "loss", size)),
    )
    titles = ("probability of the truth", "loss (nats)", "accuracy", "mean loss (nats)")
    if is_narrow:
        titles = ("probability", "loss (nats)", "accuracy", "mean (nats)")
    traces: list[Trace] = []
    plan: dict[str, Any] = {}
    for k, ((columns, rows, x, y, drawn), title) in enumerate(zip(panels, titles, strict=True), start=1):
        part = "" if k == 1 else str(k)
        whole = layout(x, y._replace(title=title))
        plan = plan or {key: value for key, value in whole.items() if key not in ("xaxis", "yaxis")}
        plan[f"xaxis{part}"] = {**whole["xaxis"], "domain": columns, "anchor": f"y{part}"}
        plan[f"yaxis{part}"] = {**whole["yaxis"], "domain": rows, "anchor": f"x{part}"}
        traces += on_axes(drawn, f"x{part}", f"y{part}")
    plan["margin"] = {**plan["margin"], "l": 58, "r": 18, "b": 50}
    known = [
        Rows(
            "five forecasts",
            {
                "forecast": number,
                "probability of the truth": probs,
                "probability before": before,
                "loss (nats)": losses,
            },
        ),
        Rows("all five", {"measure": ["accuracy", "mean loss (nats)"], "before": was, "now": now}),
    ]
    return Figure(traces, plan, tall=True, rows=known)


def _was(words: str) -> Axis:
    return Axis("", -0.6, 0.6, (0,), (f"was {words}",))


def _forecasts(probs: np.ndarray, before: np.ndarray, size: int) -> list[Trace]:
    """Return rings at the forecasts, which can be dragged, and diamonds at the earlier ones."""
    number = np.arange(1, len(probs) + 1)
    earlier = {
        "type": "scatter",
        "mode": "markers",
        "x": number,
        "y": before,
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {"size": 11, "symbol": "diamond-open", "color": theme.color("quiet")},
    }
    labels = [
        Label(x, p, exact_text(p), theme.color("model"), ("top center", "bottom center"), RINGED, theme.is_narrow())
        for x, p in zip(number.tolist(), probs.tolist(), strict=True)
    ]
    return [
        segment([0.4, len(probs) + 0.6], [0.5, 0.5], "quiet"),
        earlier,
        {**ring(1, 0, "model", name=None), "x": number, "y": probs},
        label_trace(labels, size=size),
    ]


def _losses(number: Sequence[int], losses: Sequence[float], size: int) -> list[Trace]:
    """Return a bar for each loss, with its value on top."""
    color = theme.color("loss")
    labels = [
        Label(x, height, text(height, 1 if height < 0.01 else 2), color, ("top center",))
        for x, height in zip(number, losses, strict=True)
    ]
    return [bars(number, losses, color), label_trace(labels, size=size)]


def _measure(was: float, now: float, words: str, role: Role, size: int) -> list[Trace]:
    """Return a bar for a measure of all five, with its value on top, and a line where it was."""
    label = Label(0, max(was, now), f"<b>{words}</b>", theme.color(role), ("top center",))
    return [
        bars([0], [now], theme.color(role)),
        segment([-0.5, 0.5], [was, was], "quiet", width=3),
        label_trace([label], size=size),
    ]
