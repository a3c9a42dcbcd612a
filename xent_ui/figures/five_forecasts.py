"""Five forecasts: what each costs, how many are right, and what they cost together, against how it was before."""

from collections.abc import Callable

import numpy as np

from xent_ui.figures.base import Axis, Figure, Label, bars, layout, segment, stand, words, you
from xent_ui.style import theme
from xent_ui.style.numbers import exact_text, percent, text
from xent_ui.style.theme import Role


def five_forecasts(
    probs: np.ndarray,
    costs: np.ndarray,
    before: np.ndarray,
    *,
    accuracy: tuple[float, float],
    loss: tuple[float, float],
) -> Figure:
    """Left, the probability that each of five examples gives to its truth, and what that costs; right, both means.

    before          (5,)  the probabilities to compare with
    accuracy, loss  before and now
    """
    at, n = np.arange(1, len(probs) + 1), len(probs)
    purple, quiet, blue = (theme.color(role) for role in ("loss", "quiet", "truth"))
    hollow = {
        "type": "scatter",
        "mode": "markers",
        "x": at,
        "y": before,
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {"size": 11, "symbol": "diamond-open", "color": quiet},
    }
    upper = [
        segment([0.4, n + 0.6], [0.5, 0.5], "quiet"),
        hollow,
        {**you(1, 0, "truth"), "x": at, "y": probs},
        words(
            [
                Label(x, p + (0.05 if up else -0.05), exact_text(p), blue, f"{'top' if up else 'bottom'} center")
                for x, p in zip(at.tolist(), probs.tolist(), strict=True)
                for up in [0.5 <= p < 0.9 or p < 0.1]
            ]
        ),
    ]
    lower = [
        bars(at, costs, purple),
        words(Label(x, c, text(c, 2), purple, "top center") for x, c in zip(at.tolist(), costs.tolist(), strict=True)),
    ]
    examples = Axis("five examples", 0.4, n + 0.6, at.tolist(), [""] * n)
    plan = layout(examples, Axis("chance given to the truth", 0, 1.08, (0, 0.5, 1), ("0", "½", "1")))
    costing = layout(examples, Axis("cost (nats)", 0, 9, (0, 3, 6)))
    left, right, up, down = [0, 0.7], [0.84, 1], [0.46, 1], [0, 0.36]
    plan["margin"] = {**plan["margin"], "r": 14}
    plan["xaxis"] |= {"domain": left, "anchor": "y", "title": None}
    plan |= {
        "yaxis": {**plan["yaxis"], "domain": up},
        "xaxis2": {**costing["xaxis"], "domain": left, "anchor": "y2"},
        "yaxis2": {**costing["yaxis"], "domain": down, "anchor": "x2"},
    }
    traces = [*upper, *stand(lower, "x2", "y2")]
    means: list[tuple[str, float, tuple[float, float], Callable[[float], str], Role, list[float]]] = [
        ("accuracy", 1.25, accuracy, percent, "ink", up),
        ("mean cost", 3.2, loss, text, "loss", down),
    ]
    for k, (title, top, values, write, role, domain) in enumerate(means, start=3):
        was, now = values
        arrow, shown, color = "↑ " if now > top else "", min(now, 0.8 * top), theme.color(role)
        traces += stand(
            [
                bars([0], [shown], color),
                segment([-0.5, 0.5], [was, was], "quiet", width=3),
                words([Label(0, shown, f"<b>{arrow}{write(now)}</b>", color, "top center")]),
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
