"""Figures of the lesson on likelihood: likelihood above cross-entropy, and products that underflow."""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from xent_core import Unit
from xent_ui.figures.base import (
    RINGED,
    Axis,
    Figure,
    GuessMark,
    Label,
    Trace,
    curve,
    guess_traces,
    label_trace,
    layout,
    on_axes,
    ring,
    segment,
    short,
)
from xent_ui.figures.table import Rows
from xent_ui.style import theme
from xent_ui.style.numbers import plain, text

LARGEST_LOSS = {Unit.BITS: 3.0, Unit.NATS: 2.1}
COIN = Axis("p, the coin's probability of heads", 0, 1, (0, 0.25, 0.5, 0.75, 1), ("0", "¼", "½", "¾", "1"))
# Sides of a ring, of which those come first on which a label does not reach into the other panel.
ABOVE = ("top right", "top left", "top center", "middle left", "middle right", "bottom left", "bottom right")
BELOW = ("middle right", "middle left", "bottom right", "bottom left", "bottom center")
LONGEST = 1200  # flips
UPPER, LOWER = (0.57, 1.0), (0.0, 0.47)  # the heights of two panels above each other
SMALLEST_POWER = -324  # of ten: the least positive float64 is 4.94 × 10⁻³²⁴
LEAST_POWER, LARGEST_SUM = -400.0, 900.0  # where the axes of the likelihood and of its −ln end


def likelihood_and_loss(
    probs: np.ndarray,
    share: np.ndarray,
    loss: np.ndarray,
    *,
    at: tuple[float, float, float],
    best: tuple[float, float],
    unit: Unit,
    guess: GuessMark | None = None,
    told_from: float = 0.0,
) -> Figure:
    """Return two panels: above, each coin's likelihood as a share of the largest; below, its loss per flip.

    probs, share, loss  (n)  the coins, their likelihood as a share of the best, their loss per flip in the unit shown
    at                  the learner's coin, its share and its loss per flip
    best                the best coin, which is the observed share of heads, and its loss per flip
    guess               of the likelihood of a coin
    told_from           the smallest p whose likelihood is drawn
    """
    coin, coin_share, coin_loss = at
    best_coin, least = best
    most = LARGEST_LOSS[unit]
    truth, model, purple = theme.color("truth"), theme.color("model"), theme.color("loss")
    marks, guess_labels = guess_traces(guess)
    if guess is not None and guess.true is not None:
        words = "truth" if theme.is_narrow() else "the truth:"
        guess_labels = [guess_labels[1]._replace(text=f"{words} {text(guess.true)}"), guess_labels[0]]
    told = probs >= told_from
    above = [curve(probs[told], share[told], "model", name=""), *marks]
    labels = [
        Label(best_coin, 1.22, f"share of heads: {short(best_coin)}", truth, ("middle right", "middle left"), gap=8)
    ]
    if coin >= told_from:
        above.append(ring(coin, coin_share, "model"))
        if guess is None or guess.true is None or coin != guess.x:  # there the label of the truth says the number
            digits = 1 if theme.is_narrow() and coin_share < 1e-4 else 3
            words = f"<b>{text(coin_share, digits)}</b>"
            labels.append(Label(coin, coin_share, words, model, ("top left", *ABOVE), gap=RINGED))
    shown = min(coin_loss, most)
    words = f"<b>{'↑ ' if coin_loss > most else ''}{text(coin_loss)}</b>"
    below = [
        curve(probs, np.where(loss <= most, loss, np.nan), "loss", name="", whole=(probs, loss)),
        ring(coin, shown, value=coin_loss),
        label_trace(
            [
                Label(coin, shown, words, purple, (BELOW if coin_loss > most else ()) + ABOVE + BELOW, gap=RINGED),
                Label(best_coin, least, f"least {text(least)}", purple, "bottom right", gap=8, optional=True),
            ]
        ),
    ]
    upper = Axis("likelihood", 0, 1.35, (0, 1), ("0", "best"))
    lower = Axis(f"loss ({unit.symbol})", -0.12 * most, 1.04 * most, range(int(most) + 1))
    both_panels = [*LOWER, np.nan, *UPPER]
    behind = segment([best_coin] * 5, both_panels, "truth", dash="solid")
    named = [*above, label_trace([*labels, *guess_labels])]
    names = {"y2": "likelihood (share of the largest)"}
    found = {"p, the observed share of heads": [best_coin], f"least loss ({unit.symbol})": [least]}
    return _two_panels(behind, named, below, COIN, upper, lower, names=names, rows=[Rows("best coin", found)])


def underflow(
    flips: np.ndarray, powers: np.ndarray, sums: np.ndarray, *, at: tuple[int, float, float], lost_below: float
) -> Figure:
    """Return two panels above one axis of flips: a likelihood that falls until float64 has no number, and its −ln.

    flips       (k)
    powers      (k)  log₁₀ of their likelihood as float64 stores it, −∞ where it stores 0
    sums        (k)  −ln of their likelihood as a sum, in nats
    at          the current number of flips, their likelihood as float64 stores it, and its −ln as a sum
    lost_below  the power of ten below which float64 stores 0
    """
    n, product, total = at
    quiet, model, purple = theme.color("quiet"), theme.color("model"), theme.color("loss")
    words = f"<b>{text(total)} nats</b>"
    height = float(np.log10(product)) if product else LEAST_POWER
    middle = (LEAST_POWER + lost_below) / 2
    above = [
        _band(LEAST_POWER, lost_below),
        segment([0, LONGEST], [lost_below] * 2, "quiet", name="float64 stores 0 below", dash="solid", width=1.5),
        curve(
            flips, np.where(np.isfinite(powers), powers, np.nan), "model", name="", whole=(flips, powers), dash="solid"
        ),
        ring(n, height, "model", value=height if product else -math.inf),
        label_trace(
            [
                Label(n, height, f"<b>{plain(product, 3)}</b>", model, ABOVE[:2], gap=RINGED, also=((n, -25),))
                if product
                else Label(n, middle, "<b>↓ 0</b>", model, ("middle right", "middle left"), gap=RINGED),
                Label(
                    0,
                    middle,
                    "no number here",
                    quiet,
                    ("middle right", "middle left"),
                    gap=10,
                    also=((LONGEST, middle),),
                ),
            ]
        ),
    ]
    below = [
        curve(flips, sums, "loss", name=""),
        ring(n, total),
        label_trace(
            [
                Label(
                    n,
                    total,
                    words,
                    purple,
                    ("bottom right", "middle right", "top left"),
                    gap=RINGED,
                    also=((n, total + 260),),
                )
            ]
        ),
    ]
    powers_of_ten = Axis(
        "likelihood", LEAST_POWER, 50, (0, -100, -200, SMALLEST_POWER), ("1", "10⁻¹⁰⁰", "10⁻²⁰⁰", "10⁻³²⁴")
    )
    title = "−ln (nats)" if theme.is_narrow() else "−ln likelihood (nats)"
    return _two_panels(
        segment([n, n], [0, 1], "quiet", dash="solid"),
        above,
        below,
        Axis("flips", 0, LONGEST, (0, 400, 800, 1200), ("0", "400", "800", "1,200")),
        powers_of_ten,
        Axis(title, -100, LARGEST_SUM, (0, 300, 600, 900)),
        left=84,
        names={"y2": "log₁₀ of the likelihood"},
    )


def _band(low: float, high: float) -> Trace:
    """Return a band over all flips in which nothing can be drawn."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [0, LONGEST, LONGEST, 0],
        "y": [low, low, high, high],
        "fill": "toself",
        "fillcolor": theme.faded(theme.color("quiet"), 0.05),
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _two_panels(
    behind: Trace,
    above: list[Trace],
    below: list[Trace],
    x: Axis,
    upper: Axis,
    lower: Axis,
    *,
    left: int = 0,
    names: Mapping[str, str],
    rows: Sequence[Rows] = (),
) -> Figure:
    """Return a figure of two panels above one axis.

    behind       what runs through both panels, from 0 at the bottom to 1 at the top
    left         the margin in px, if it is not the usual one
    names, rows  as of ``Figure``
    """
    whole, first, second = layout(x, Axis("", 0, 1)), layout(x, upper), layout(x, lower)
    if left:
        whole["margin"]["l"] = left
    for each in (first, second):
        each["xaxis"] |= {"showticklabels": False, "title": {"text": ""}}
    return Figure(
        [behind, *on_axes(above, "x2", "y2"), *on_axes(below, "x3", "y3")],
        {
            **whole,
            "xaxis": {**whole["xaxis"], "showline": False},
            "yaxis": {**whole["yaxis"], "visible": False},
            "xaxis2": {**first["xaxis"], "anchor": "y2"},
            "yaxis2": {**first["yaxis"], "domain": list(UPPER), "anchor": "x2"},
            "xaxis3": {**second["xaxis"], "anchor": "y3"},
            "yaxis3": {**second["yaxis"], "domain": list(LOWER), "anchor": "x3"},
        },
        tall=True,
        names=names,
        rows=rows,
    )
