"""Figures of the lesson on likelihood: likelihood above cross-entropy, and products that underflow."""

import numpy as np

from xent_core import Unit
from xent_ui.figures.base import (
    GAP,
    Axis,
    Figure,
    GuessMark,
    Label,
    curve,
    guess_traces,
    label_trace,
    layout,
    on_axes,
    ring,
    segment,
    short,
)
from xent_ui.style import theme
from xent_ui.style.numbers import text

LARGEST_LOSS = {Unit.BITS: 3.0, Unit.NATS: 2.1}
COIN = Axis("p, the coin's probability of heads", 0, 1, (0, 0.25, 0.5, 0.75, 1), ("0", "¼", "½", "¾", "1"))
LONGEST, MOST = 1200, 1000.0  # where the axes of flips and of total surprise (in nats) end


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
    truth, model = theme.color("truth"), theme.color("model")
    side_of_best = "middle left" if best_coin > 0.5 else "middle right"
    # The sides of the point on which the upper and the lower curve leave room for a label.
    outer, inner = ("left", "right") if coin <= best_coin else ("right", "left")
    if not 0.15 < coin < 0.85:  # a label must not be cut off at the edge
        outer = inner = "right" if coin < 0.5 else "left"
    marks, guess_labels = guess_traces(guess)
    if guess is not None and (guess.true is None or guess.guessed > guess.true):  # to its right is the curve
        guess_labels[0] = guess_labels[0]._replace(text=f"{guess_labels[0].text.strip()}{GAP}", side="middle left")
    told = probs >= told_from
    above = [
        segment([best_coin, best_coin], [0, 1.25], "truth", dash="solid", width=2),
        curve(probs[told], share[told], "model"),
    ]
    labels = [Label(best_coin, 1.18, f"{GAP}share of heads: {short(best_coin)}{GAP}", truth, side_of_best)]
    is_at_truth = False
    if guess is not None and guess.true is not None:
        guess_labels[1] = guess_labels[1]._replace(text=f"{GAP}the truth: {text(guess.true)}")
        is_at_truth = abs(coin - guess.x) < 0.12 and abs(coin_share - guess.true) < 0.2
    if coin >= told_from:
        above.append(ring(coin, coin_share, "model"))
    if coin >= told_from and not is_at_truth:  # there the label of the truth says the number
        labels.append(
            Label(
                coin,
                coin_share + 0.13 * (1 if coin_share < 0.85 else -1),
                f"{GAP}<b>{text(coin_share)}</b>{GAP}",
                model,
                f"middle {outer}",
            )
        )
    shown = min(coin_loss, most)
    below = [
        segment([best_coin, best_coin], [least, most], "truth", dash="solid", width=2),
        curve(probs, np.where(loss <= most, loss, np.nan), "loss"),
        ring(coin, shown),
        label_trace(
            [
                Label(
                    coin,
                    shown + 0.13 * most * (1 if shown < 0.8 * most else -1),
                    f"{GAP}<b>{'↑ ' if coin_loss > most else ''}{text(coin_loss)}</b>{GAP}",
                    theme.color("loss"),
                    f"middle {inner}",
                ),
                Label(
                    min(max(best_coin, 0.13), 0.9),
                    least - 0.02 * most,
                    f"least {text(least)}",
                    theme.color("loss"),
                    "bottom center",
                ),
            ]
        ),
    ]
    upper = layout(COIN, Axis("likelihood", 0, 1.3, (0, 1), ("0", "best")))
    lower = layout(COIN, Axis(f"loss ({unit.symbol})", -0.3 * most / 2, most, (0, 1, 2)))
    upper["yaxis"] |= {"domain": [0.56, 1]}
    upper["xaxis"] |= {"showticklabels": False, "title": {"text": ""}}
    lower["xaxis"] |= {"showline": False}
    return Figure(
        [*above, *marks, label_trace([*labels, *guess_labels]), *on_axes(below, "x2", "y2")],
        {
            **upper,
            "xaxis2": {**lower["xaxis"], "anchor": "y2"},
            "yaxis2": {**lower["yaxis"], "domain": [0, 0.5], "anchor": "x2"},
        },
    )


def underflow(flips: np.ndarray, total: np.ndarray, *, at: tuple[float, float], limit: float, product: float) -> Figure:
    """Return −ln of the likelihood of growing numbers of flips, and the line above which float64 stores it as 0.

    flips, total  (k)  numbers of flips and −ln of their likelihood, in nats
    at            the current number of flips and −ln of their likelihood
    limit         where that line lies, in nats
    product       the likelihood as float64 stores it
    """
    n, total_now = at
    traces = [
        segment([0, LONGEST], [limit, limit], "ink", dash="dash"),
        segment([n, n], [0, total_now], "quiet"),
        curve(flips, total, "loss"),
        ring(n, total_now),
        label_trace(
            [
                Label(0, limit - 40, "stored as 0 above this line", theme.color("quiet")),
                Label(0, 950, f"<b>likelihood: {text(product)}</b>", theme.color("model")),
                Label(0, 870, f"<b>−ln likelihood: {text(total_now)} nats</b>", theme.color("loss")),
            ]
        ),
    ]
    return Figure(
        traces,
        layout(
            Axis("flips", 0, LONGEST, (0, 400, 800, 1200)),
            Axis("−ln likelihood (nats)", 0, MOST, (0, 250, 500, 750, 1000)),
        ),
    )
