"""Likelihood as a hill and cross-entropy as the valley under it; and where a product of chances runs out of digits."""

import numpy as np

from xent_core import Unit
from xent_ui.figures import base as draw
from xent_ui.figures.base import GAP, Axis, Figure, GuessMark, Label, curve, layout, segment, short, stand, words, you
from xent_ui.style import theme
from xent_ui.style.numbers import text

DEEPEST = {Unit.BITS: 3.0, Unit.NATS: 2.1}
COIN = Axis("the coin's chance of heads, θ", 0, 1, (0, 0.25, 0.5, 0.75, 1), ("0", "¼", "½", "¾", "1"))
LONGEST, MOST = 1200, 1000.0  # flips, and nats of surprise in all


def hill_and_valley(
    theta: np.ndarray,
    share: np.ndarray,
    loss: np.ndarray,
    *,
    at: tuple[float, float, float],
    best: tuple[float, float],
    unit: Unit,
    guess: GuessMark | None = None,
) -> Figure:
    """Above, the likelihood of every coin as a share of the best coin's; below, the mean surprise of each flip.

    theta, share, loss  (n)  the coins, their likelihood as a share of the best, their mean −log in the unit shown
    at                  your coin, its share and its mean surprise
    best                the best coin and its mean surprise
    """
    here, height, depth = at
    low = DEEPEST[unit]
    top, floor = best
    truth, model, purple = theme.color("truth"), theme.color("model"), theme.color("loss")
    left = top > 0.5
    mark = "middle left" if left else "middle right"
    downhill, inwards = ("left", "right") if here <= top else ("right", "left")  # where each curve leaves room
    if not 0.15 < here < 0.85:
        downhill = inwards
    marks, said = draw.guess_traces(guess)
    above = [segment([top, top], [0, 1.25], "truth", dash="solid", width=2)]
    labels = [Label(top, 1.18, f"{GAP}what came: {short(top)}{GAP}", truth, mark)]
    if guess is None or guess.true is not None:
        above += [curve(theta, share, "model"), you(here, height, "model")]
        labels.append(
            Label(
                here,
                height + 0.13 * (1 if height < 0.85 else -1),
                f"{GAP}<b>{text(height)}</b>{GAP}",
                model,
                f"middle {downhill}",
            )
        )
    shown = min(depth, low)
    below = [
        segment([top, top], [floor, low], "truth", dash="solid", width=2),
        curve(theta, np.where(loss <= low, loss, np.nan), "loss"),
        you(here, shown),
        words(
            [
                Label(
                    here,
                    shown + 0.13 * low * (1 if shown < 0.8 * low else -1),
                    f"{GAP}<b>{'↑ ' if depth > low else ''}{text(depth)}</b>{GAP}",
                    purple,
                    f"middle {inwards}",
                ),
                Label(top, floor - 0.02 * low, f"least {text(floor)}", purple, "bottom center"),
            ]
        ),
    ]
    plan = layout(COIN, Axis("likelihood", 0, 1.3, (0, 1), ("0", "best")))
    under = layout(COIN, Axis(f"−log, a flip ({unit.symbol})", -0.3 * low / 2, low, (0, 1, 2)))
    plan["yaxis"] |= {"domain": [0.56, 1]}
    plan["xaxis"] |= {"showticklabels": False, "title": {"text": ""}}
    under["xaxis"] |= {"showline": False}
    return Figure(
        [*above, *marks, words([*labels, *said]), *stand(below, "x2", "y2")],
        {
            **plan,
            "xaxis2": {**under["xaxis"], "anchor": "y2"},
            "yaxis2": {**under["yaxis"], "domain": [0, 0.5], "anchor": "x2"},
        },
    )


def out_of_digits(
    flips: np.ndarray, total: np.ndarray, *, at: tuple[float, float], end: float, product: float
) -> Figure:
    """The surprise of all flips together, and the line beyond which their likelihood is 0 to a computer.

    at       how many flips, and their surprise in all
    end      −ln of the smallest number that a computer has
    product  the likelihood as a computer has it
    """
    n, here = at
    purple, quiet = theme.color("loss"), theme.color("quiet")
    traces = [
        segment([0, LONGEST], [end, end], "ink", dash="dash"),
        segment([n, n], [0, here], "quiet"),
        curve(flips, total, "loss"),
        you(n, here),
        words(
            [
                Label(0, end - 40, "above, every product is 0", quiet),
                Label(0, 950, f"<b>L = {text(product)}</b>", theme.color("model")),
                Label(0, 870, f"<b>−ln L = {text(here)}</b>", purple),
            ]
        ),
    ]
    return Figure(
        traces,
        layout(
            Axis("flips", 0, LONGEST, (0, 400, 800, 1200)),
            Axis("surprise in all (nats)", 0, MOST, (0, 250, 500, 750, 1000)),
        ),
    )
