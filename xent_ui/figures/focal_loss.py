"""The figures of the lesson on focal loss: its value and pull, shares of the loss of a detector, and reports."""

from typing import NamedTuple

import numpy as np

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
    ring,
    segment,
)
from xent_ui.figures.panels import two_panels, within
from xent_ui.figures.table import Data, Rows
from xent_ui.style import theme
from xent_ui.style.numbers import exact_text, percent, text

MOST_LOSS, MOST_PULL, MOST_EXPECTED_LOSS = 4.0, 1.5, 0.8
RIGHT_ANSWER = Axis(
    "probability p, given to the right answer", 0, 1, (0, 0.25, 0.5, 0.75, 1), ("0", "¼", "½", "¾", "1")
)
COLUMNS, ROWS, MOST_WINDOWS = 45, 25, 1000
LEFT_OUT = COLUMNS * ROWS - MOST_WINDOWS  # windows in the middle of the field that make room for the object
INK = 18_000  # the area of all dots of a field together, in square pixels


class Curves(NamedTuple):
    """A loss and the absolute value of its slope in the logit, at many probabilities or at one."""

    loss: np.ndarray
    pull: np.ndarray


def loss_and_pull(
    probs: np.ndarray,
    plain: Curves,
    focal: Curves,
    *,
    at: tuple[float, Curves, Curves],
    guess: GuessMark | None = None,
    pull_from: float = 0.0,
) -> Figure:
    """Return two panels: above, the losses; below, their pulls.

    probs         (n)  probabilities given to the right answer
    plain, focal  (n)  cross-entropy and focal loss there
    at            the learner's probability, and both losses there
    pull_from     the probability from which on the pull of focal loss is drawn
    """
    p, plain_now, focal_now = at
    quiet, plain_color, focal_color = (theme.color(role) for role in ("quiet", "loss", "focal"))
    marks, _ = guess_traces(guess)
    names = ("cross-entropy", "focal loss")
    whole = [(probs, each.loss) for each in (plain, focal)]
    top = [curve(probs, np.minimum(plain.loss, MOST_LOSS + 1), "loss", name=names[0], whole=whole[0], width=2)]
    low = [curve(probs, plain.pull, "loss", name=names[0], width=2)]
    above = [Label(1, MOST_LOSS * 0.93, f"cross-entropy {text(float(plain_now.loss))}", plain_color, "middle left")]
    below = [Label(1, MOST_PULL * 0.93, f"cross-entropy {text(float(plain_now.pull))}", plain_color, "middle left")]
    shown = min(float(focal_now.loss), MOST_LOSS)
    top += [
        curve(probs, np.minimum(focal.loss, MOST_LOSS + 1), "focal", name=names[1], whole=whole[1]),
        segment([p, p], [0, min(float(plain_now.loss), MOST_LOSS)], "quiet"),
        ring(p, shown, "focal", name=None),
    ]
    above.append(Label(1, MOST_LOSS * 0.75, f"<b>focal {text(float(focal_now.loss))}</b>", focal_color, "middle left"))
    known, is_known = probs >= pull_from, p >= pull_from
    low += [
        _stronger_pull(probs[known], plain.pull[known], focal.pull[known]),
        curve(probs[known], focal.pull[known], "focal", name=names[1]),
        segment([p, p], [0, max(float(plain_now.pull), float(focal_now.pull) if is_known else 0)], "quiet"),
        *([ring(p, float(focal_now.pull), "focal", name=None)] if is_known else []),
    ]
    number = f"<b>focal {text(float(focal_now.pull))}</b>" if is_known else "focal"
    below.append(Label(1, MOST_PULL * 0.75, number, focal_color, "middle left"))
    if guess is not None:
        guessed = " <b>?</b>" if guess.true is None else f" {text(guess.guessed)}"
        below.append(Label(1, MOST_PULL * 0.57, f"◇ your guess{guessed}", quiet, "middle left"))
    return two_panels(
        RIGHT_ANSWER,
        (Axis("loss (nats)", 0, MOST_LOSS, (0, 1, 2, 3, 4)), [*top, label_trace(above)]),
        (
            Axis("pull |dL/dz|", 0, MOST_PULL, (0, 0.5, 1, 1.5), ("0", "½", "1", "1½")),
            [*low, *marks, label_trace(below)],
        ),
        rows=[
            Rows(
                "losses at this probability",
                {
                    "loss": names,
                    "probability p": [p, p],
                    "loss (nats)": [plain_now.loss, focal_now.loss],
                    "pull |dL/dz|": [plain_now.pull, focal_now.pull if is_known else None],
                },
            )
        ],
    )


def _stronger_pull(probs: np.ndarray, plain: np.ndarray, focal: np.ndarray) -> Trace:
    """Return the area between the pulls where focal loss pulls harder than cross-entropy."""
    more = focal > plain
    area = curve(
        np.concatenate([probs[more], probs[more][::-1]]),
        np.concatenate([focal[more], plain[more][::-1]]),
        "focal",
        width=0,
    )
    return {**area, "fill": "toself", "fillcolor": theme.faded(theme.color("focal"), 0.2)}


def field(shares: tuple[float, float], *, windows: int, what: str) -> Figure:
    """Return a field of windows with one object in it; the area of each dot is its share of the total.

    shares   of the object and of all background windows; they sum to 1
    windows  the number of background windows, at most MOST_WINDOWS
    what     the name of the total, such as "loss"
    """
    of_object, of_background = shares
    x, y = _windows(windows)
    background, target = theme.class_color(0), theme.class_color(1)
    dot = {"type": "scatter", "mode": "markers", "hoverinfo": "skip", "cliponaxis": False}
    traces = [
        {
            **dot,
            "x": x,
            "y": y,
            "marker": {
                "size": _diameter(of_background / windows),
                "color": background,
                "line": {"width": 0.7, "color": theme.faded(background, 0.35)},
            },
        },
        {
            **dot,
            "x": [COLUMNS // 2],
            "y": [ROWS // 2],
            "marker": {
                "size": _diameter(of_object),
                "color": target,
                "opacity": 0.9,
                "line": {"width": 2, "color": theme.color("paper")},
            },
        },
        label_trace(
            [
                Label(
                    0,
                    ROWS + 1.2,
                    f"{windows:,} × background: <b>{percent(of_background)}</b>",
                    background,
                    "middle right",
                ),
                Label(
                    COLUMNS - 1, -2.2, f"one object: <b>{percent(of_object)}</b> of the {what}", target, "middle left"
                ),
            ]
        ),
    ]
    plan = layout(Axis("", -1, COLUMNS), Axis("", -3.2, ROWS + 2.2))
    bare = {"visible": False}
    return Figure(
        traces,
        {
            **plan,
            "margin": {**plan["margin"], "l": 12, "r": 12, "t": 6, "b": 6},
            "xaxis": {**plan["xaxis"], **bare},
            "yaxis": {**plan["yaxis"], **bare},
        },
        rows=[
            Rows(
                "shares of the total",
                {
                    "windows": ["background", "one object"],
                    "number of windows": [windows, 1],
                    f"share of the {what}": [of_background, of_object],
                },
            )
        ],
    )


def _diameter(share: float) -> float:
    """Return the diameter in pixels of a dot with this share of the area INK."""
    return float(np.sqrt(share * INK * 4 / np.pi))


def _windows(n: int) -> tuple[np.ndarray, np.ndarray]:
    """Return the columns and the rows of the n background windows nearest to the object."""
    columns, rows = np.meshgrid(np.arange(COLUMNS), np.arange(ROWS))
    distance = np.hypot(columns - COLUMNS // 2, 1.25 * (rows - ROWS // 2)).ravel()
    order = np.argsort(distance, kind="stable")[LEFT_OUT : LEFT_OUT + n]
    return columns.ravel()[order].astype(np.uint8), rows.ravel()[order].astype(np.uint8)


def report_curve(
    reports: np.ndarray,
    expected: np.ndarray,
    plain: np.ndarray,
    *,
    truth: float,
    gamma: float,
    best: tuple[float, float],
    at: tuple[float, float],
) -> Figure:
    """Return the expected loss of each report, with marks at the truth, the best report and the learner's.

    reports          (n)  from 0 to 1
    expected, plain  (n)  their expected losses under focal loss and under cross-entropy
    truth, gamma     the true probability, and the focusing parameter
    best, at         a report and its expected loss: the best one, and the learner's
    """
    shown = min(at[1], MOST_EXPECTED_LOSS)
    plain_color, model, focal_color = (theme.color(role) for role in ("loss", "model", "focal"))
    traces = [
        curve(*within(reports, plain, 0, MOST_EXPECTED_LOSS), "loss", name="γ = 0", whole=(reports, plain), width=2),
        curve(
            *within(reports, expected, 0, MOST_EXPECTED_LOSS),
            "focal",
            name=f"focal loss, γ = {exact_text(gamma)}",
            whole=(reports, expected),
        ),
        segment([truth, truth], [0, MOST_EXPECTED_LOSS], "truth", name="truth", dash="solid", width=3),
        segment([best[0], best[0]], [0, best[1]], "model", dash="dash", width=3),
        {
            "type": "scatter",
            "mode": "markers",
            "x": [best[0]],
            "y": [best[1]],
            "hoverinfo": "skip",
            "marker": {"size": 13, "symbol": "triangle-down", "color": model},
            "data": Data("best report"),
        },
        ring(at[0], shown, "focal", value=at[1]),
    ]
    named = [_places(reports, losses) for losses in (expected, plain)]
    over = "↑ " if at[1] > MOST_EXPECTED_LOSS else ""
    labels = [
        Label(at[0], shown, f"<b>{over}{text(at[1])}</b>", focal_color, "top left", RINGED, also=_up(at[0])),
        Label(*best, f"best {text(best[0])}", model, "top center", RINGED, also=_up(best[0])[::-1]),
        Label(
            truth,
            MOST_EXPECTED_LOSS,
            f"truth {exact_text(truth)}",
            theme.color("truth"),
            "bottom right",
            also=_up(truth),
        ),
        Label(*named[0][0], f"γ = {exact_text(gamma)}", focal_color, "top right", also=named[0][1:]),
    ]
    if gamma:
        labels.append(Label(*named[1][0], "γ = 0", plain_color, "top right", also=named[1][1:]))
    probability = Axis("what the model says, p", 0, 1, RIGHT_ANSWER.ticks, RIGHT_ANSWER.names)
    cost = Axis("expected loss (nats)", 0, MOST_EXPECTED_LOSS + 0.1, (0, 0.2, 0.4, 0.6, 0.8))
    return Figure([*traces, label_trace(labels)], layout(probability, cost))


def _up(x: float) -> tuple[tuple[float, float], ...]:
    """Return places along a vertical line, from its upper end to the axis."""
    return tuple((x, share * MOST_EXPECTED_LOSS) for share in (0.9, 0.75, 0.6, 0.45, 0.3, 0.15, 0.04))


def _places(reports: np.ndarray, losses: np.ndarray) -> tuple[tuple[float, float], ...]:
    """Return places along a curve at which its name may stand, from the left."""
    seen = np.flatnonzero(losses < MOST_EXPECTED_LOSS)
    return tuple((float(reports[i]), float(losses[i])) for i in seen[:: max(1, len(seen) // 12)])
