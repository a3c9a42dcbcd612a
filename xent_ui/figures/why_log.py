"""Where honesty ends up: the best report on a triangle of three outcomes, or on a line of two."""

from typing import Any, NamedTuple

import numpy as np

from xent_ui.figures.base import (
    GAP,
    SIZE,
    Axis,
    Figure,
    GuessMark,
    Label,
    Trace,
    curve,
    guess_traces,
    layout,
    light,
    segment,
    short,
    stand,
    words,
    you,
)
from xent_ui.style import theme

GUESS_AT = 0.04  # left of the triangle, where its side leaves room
ROOM = 0.64, 0.76  # the reports to the left, the price of one outcome to the right
STEPS = 20  # the triangle is covered with reports that are multiples of 1/20


class Prices(NamedTuple):
    """What an outcome costs at each q that was said of it."""

    q: np.ndarray
    values: np.ndarray


def triangle(
    belief: np.ndarray,
    best: np.ndarray,
    reports: np.ndarray,
    losses: np.ndarray,
    *,
    prices: Prices,
    guess: GuessMark | None = None,
) -> Figure:
    """Each report a dot, the darker the more it must be expected to cost; from what you believe to what pays best.

    belief, best     (3)  A is the height, C lies to the right
    reports, losses  (M, 3) and (M)
    guess            of the best report for A; while it is open only the belief is shown
    """
    truth, model, quiet, ink = (theme.color(role) for role in ("truth", "model", "quiet", "ink"))
    edge = segment([0, 0.5, 1, 0], [0, 1, 0, 0], "quiet", dash="solid", width=1.5)
    traces: list[Trace] = []
    labels = [
        Label(0.5, 1.01, "A", ink, "top center"),
        Label(-0.03, 0, "B", ink, "middle left"),
        Label(1.03, 0, "C", ink, "middle right"),
    ]
    marks, named = guess_traces(guess)
    labels += [label._replace(words="guess", y=label.y - 0.045, side="bottom center") for label in named[:1]]
    at, to = _place(belief), _place(best)
    if guess is None or guess.true is not None:
        x, y = _place(reports.T)
        traces.append(_heat(x, y, losses))
        moved = bool(np.abs(belief - best).max() > 1e-6)
        if moved:
            traces += [_arrow(at, to), _diamond(to)]
            said = ", ".join(short(share) for share in best)
            labels.append(Label(to[0], to[1], f"{GAP}say {said}{GAP}", model, _side(to, at)))
        name, side = ("you believe", _side(at, to)) if moved else ("honest", "top right")
        labels.append(Label(at[0], at[1], f"{GAP}{name}{GAP}", truth, side))
    else:
        labels.append(Label(at[0], at[1], f"{GAP}you believe", truth))
    plan = layout(Axis("", -0.09, 1.09, (-9,)), Axis("q for A", -0.04, 1.1, (0.5, 1), ("½", "1")))
    plan["xaxis"]["showline"] = False
    plan["yaxis"]["showgrid"] = False
    shown = [edge, *traces, you(at[0], at[1], "truth"), *marks, _haloed(words(labels, size=SIZE - 1))]
    return _with_price(shown, plan, prices)


def line(
    belief: float, best: float, losses: np.ndarray, at: tuple[float, float], *, reports: np.ndarray, prices: Prices
) -> Figure:
    """Expected loss against what is reported for the first of two outcomes.

    reports, losses  (n)
    at               the expected loss of honesty, and of the best report
    """
    bottom, top = _range(losses)
    truth, model = theme.color("truth"), theme.color("model")
    honest, least = (float(np.clip(each, bottom, top)) for each in at)
    moved = abs(belief - best) > 1e-6
    lift = 0.1 * (top - bottom)
    traces = [
        curve(reports, np.where(losses <= top, losses, np.nan), "loss"),
        segment([belief, belief], [bottom, honest], "truth", dash="solid"),
        you(belief, honest, "truth"),
    ]
    labels = [Label(belief, honest + lift, "you believe" if moved else "honest", truth, "top center")]
    if moved:
        traces.append(_diamond((best, least)))
        labels.append(Label(best, least + lift, f"say {short(best)}", model, "top left" if best > 0.5 else "top right"))
    upright = Axis("expected loss", bottom, top, _ticks(bottom, top))
    plan = layout(Axis("report q for A", 0, 1, (0, 0.5, 1), ("0", "½", "1")), upright)
    return _with_price([*traces, words(labels, size=SIZE - 1)], plan, prices)


def _with_price(traces: list[Trace], plan: dict, prices: Prices) -> Figure:
    bottom, top = _range(prices.values)
    seen = np.where((prices.values <= top) & (prices.values >= bottom), prices.values, np.nan)
    beside = layout(Axis("price of q", 0, 1, (0, 0.5, 1), ("0", "½", "1")), Axis("", bottom, top, _ticks(bottom, top)))
    return Figure(
        [*traces, *stand([curve(prices.q, seen, "loss")], "x2", "y2")],
        {
            **plan,
            "xaxis": {**plan["xaxis"], "domain": [0, ROOM[0]]},
            "xaxis2": {**beside["xaxis"], "domain": [ROOM[1], 1], "anchor": "y2"},
            "yaxis2": {**beside["yaxis"], "anchor": "x2"},
        },
    )


def _place(shares: np.ndarray) -> tuple[Any, Any]:
    """Where shares of A, B and C stand: A at the top, B to the left, C to the right."""
    return shares[2] + shares[0] / 2, shares[0]


def _side(here: tuple[float, float], other: tuple[float, float]) -> str:
    """Words keep away from the arrow."""
    return ("top" if here[1] >= other[1] else "bottom") + (" right" if here[0] < 0.45 else " left")


def _heat(x: np.ndarray, y: np.ndarray, losses: np.ndarray) -> Trace:
    """Dots, pale where little is lost; the dearest tenth and what is infinite are equally dark."""
    dear = np.quantile(losses, 0.9, method="lower")
    low, high = float(losses.min()), float(dear if np.isfinite(dear) else losses[np.isfinite(losses)].max())
    share = np.clip((losses - low) / (high - low), 0, 1) if high > low else np.zeros(len(losses))
    loss = theme.color("loss")
    return {
        "type": "scatter",
        "mode": "markers",
        "x": light(x),
        "y": light(y),
        "hoverinfo": "skip",
        "marker": {
            "size": 9,
            "color": light(share),
            "cmin": 0,
            "cmax": 1,
            "showscale": False,
            "colorscale": [[0, theme.faded(loss, 0.06)], [1, theme.faded(loss, 0.75)]],
        },
    }


def _arrow(at: tuple[float, float], to: tuple[float, float]) -> Trace:
    return curve([at[0], to[0]], [at[1], to[1]], "model", width=3)


def _diamond(place: tuple[float, float]) -> Trace:
    """What pays best to say."""
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [place[0]],
        "y": [place[1]],
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": {"size": 15, "symbol": "diamond", "color": theme.color("model")},
    }


def _haloed(trace: Trace) -> Trace:
    """Words that stay readable on dots."""
    halo = ", ".join([f"0 0 3px {theme.color('paper')}"] * 4)
    return {**trace, "textfont": {**trace["textfont"], "shadow": halo}}


def _range(values: np.ndarray) -> tuple[float, float]:
    """An axis for a price that may be infinite at its ends: what nine tenths of it need."""
    finite = values[np.isfinite(values)]
    low, high = float(finite.min()), float(np.quantile(finite, 0.95))
    high = high if high > low else low + 1
    pad = 0.08 * (high - low)
    return min(0.0, low - pad) if low < 0 or low < 0.5 * high else low - pad, high + 2 * pad


def _ticks(low: float, high: float) -> list[float]:
    """A few round values."""
    step = 10.0 ** np.floor(np.log10((high - low) / 2))
    step *= 5 if (high - low) / step > 10 else 2 if (high - low) / step > 4 else 1
    return np.round(np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step, 9).tolist()
