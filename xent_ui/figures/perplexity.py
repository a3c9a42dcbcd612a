"""A text as tiles that fill with surprise; its surprise from beginning to end; a text known against a new one."""

import html
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from xent_ui.figures.base import (
    GAP,
    Axis,
    Figure,
    GuessMark,
    Label,
    Trace,
    curve,
    guess_traces,
    layout,
    segment,
    stand,
    words,
    you,
)
from xent_ui.style import theme
from xent_ui.style.numbers import text

ROWS, COLUMNS = 7, 24
TOP = 10.0  # bits
HEIGHT = 88  # of a tile that is full, in hundredths of a row
NAMED = {" ": "·", "\n": "↵", "\t": "⇥", "\u00a0": "·"}


class Tile(NamedTuple):
    """Where a token stands: its row, where it begins, how wide it is; and which of the tokens it is."""

    row: int
    start: float
    width: float
    token: int


def shown(token: str, most: int = 16) -> str:
    """A token as a label: a blank, a control character, a lone accent can be seen, and nothing is taken for markup.

    >>> shown("a"), shown("\\n"), shown("\\x07"), shown("\\u0301"), shown("\\u202e"), shown("<b>")
    ('a', '↵', '␇', '◌́', '□', '&lt;b&gt;')
    """
    if token in NAMED:
        return NAMED[token]
    letters = [_letter(letter) for letter in token[: most + 1]]
    if letters and unicodedata.category(token[0])[0] == "M":
        letters.insert(0, "◌")
    return html.escape("".join(letters[:most]) + ("…" if len(token) > most else ""), quote=False)


def _letter(letter: str) -> str:
    if letter in NAMED:
        return NAMED[letter]
    if unicodedata.category(letter)[0] != "C":
        return letter
    return chr(0x2400 + ord(letter)) if ord(letter) < 32 else "□"


def tiles(tokens: Sequence[str], first: int) -> list[Tile]:
    """As many tokens from the first on as fill the rows; a tile is as wide as its token needs."""
    placed: list[Tile] = []
    row, at = 0, 0.0
    for index in range(first, len(tokens)):
        width = _width(tokens[index])
        if at + width > COLUMNS + 1e-9:
            row, at = row + 1, 0.0
        if row == ROWS:
            break
        placed.append(Tile(row, at, width, index))
        at += width
    return placed


def board(tokens: Sequence[str], at: int) -> list[Tile]:
    """The tiles about the token you are at. They stay where they are while you go along a row."""
    steady = at - at % COLUMNS
    if len(tokens) and max(map(len, tokens[max(0, at - COLUMNS) : at + COLUMNS])) > 1:
        steady = at - at % 8
    for here in (steady, at):
        first, room = here, 2.0 * COLUMNS
        while first > 0 and room >= _width(tokens[first - 1]):
            first -= 1
            room -= _width(tokens[first])
        placed = tiles(tokens, first - first % COLUMNS if here == steady and steady % COLUMNS == 0 else first)
        if placed and placed[-1].token >= at:
            break
    return placed


def _width(token: str) -> float:
    return 1.0 if len(token) == 1 else min(float(COLUMNS), 1 + 0.8 * min(len(token), 17))


def read_text(
    tokens: Sequence[str],
    bits: np.ndarray,
    strip: np.ndarray,
    *,
    at: int,
    mean: float,
    perplexity: float,
    guess: GuessMark | None = None,
) -> Figure:
    """Above, tokens as tiles that fill with surprise; below, the surprise from the beginning to the end.

    tokens, bits  (n)   what was read, and how surprising each was
    strip         (m)   the mean surprise of each of m stretches of the whole
    at            the token you are at
    mean          bits a token, over the whole
    """
    marks, labels = guess_traces(guess)
    open_ = guess is not None and guess.true is None
    loss, ink = theme.color("loss"), theme.color("ink")
    place = 100 * (at + 0.5) / max(1, len(tokens))
    below: list[Trace] = marks
    if not open_:
        height = min(mean, TOP)
        x = np.linspace(0, 100, len(strip)) if len(strip) > 1 else np.array([0.0, 100.0])
        y = np.minimum(strip if len(strip) > 1 else np.repeat(strip, 2), TOP)
        line = f"<b>{'↑ ' if mean > TOP else ''}{text(mean)} bits</b> = perplexity {text(perplexity)}"
        labels = [Label(100, TOP, line, loss, "bottom left")]
        if guess:
            labels.append(Label(guess.x, TOP, "your guess", theme.color("quiet"), "bottom center"))
        below = [
            curve(x, y, "loss", width=2),
            segment([0, 100], [height, height], "loss", dash="dash", width=3),
            *marks,
            segment([place, place], [0, TOP], "ink"),
            you(place, min(_at(bits, at), TOP)),
        ]
    plan = layout(
        Axis("from the beginning to the end", 0, 100, (0, 50, 100), ("0", "half", "end")),
        Axis("bits", 0, TOP, (0, 5, 10)),
    )
    plan["yaxis"]["domain"] = [0, 0.24]
    bare = {"visible": False, "fixedrange": True}
    board = _board(tokens, bits, at, ink, hide=open_) if len(tokens) else []
    return Figure(
        [*below, words(labels), *stand(board, "x2", "y2")],
        {
            **plan,
            "margin": {**plan["margin"], "l": 52, "r": 8, "t": 6},
            "xaxis2": {**bare, "range": [0, 10 * COLUMNS], "anchor": "y2"},
            "yaxis2": {**bare, "range": [-100 * ROWS, 5], "anchor": "x2", "domain": [0.4, 1]},
        },
    )


def _at(bits: np.ndarray, at: int) -> float:
    return float(bits[at]) if len(bits) else 0.0


def _board(tokens: Sequence[str], bits: np.ndarray, at: int, ink: str, *, hide: bool) -> list[Trace]:
    placed = board(tokens, at)
    middle = _whole(10 * (tile.start + tile.width / 2) for tile in placed)
    widths = [round(10 * tile.width - 1.2, 1) for tile in placed]
    level = _whole(0 if hide else HEIGHT * min(float(bits[tile.token]), TOP) / TOP for tile in placed)
    rows = range(placed[-1].row + 1)
    bar: Trace = {"type": "bar", "hoverinfo": "skip"}
    ring = next(tile for tile in placed if tile.token == at)
    left, right = 10 * ring.start + 0.2, 10 * (ring.start + ring.width) - 0.2
    foot, head = -100 * ring.row - 98, -100 * ring.row - 2
    return [
        {
            **bar,
            "x": [5 * COLUMNS] * len(rows),
            "width": 10 * COLUMNS,
            "base": [-100 * row - 94 for row in rows],
            "y": [HEIGHT] * len(rows),
            "marker": {"color": theme.faded(theme.color("quiet"), 0.1)},
        },
        {
            **bar,
            "x": middle,
            "width": widths[0] if len(set(widths)) == 1 else widths,
            "base": [-100 * tile.row - 94 for tile in placed],
            "y": level,
            "marker": {"color": theme.faded(theme.color("loss"), 0.55)},
        },
        {
            "type": "scatter",
            "mode": "text",
            "hoverinfo": "skip",
            "x": middle,
            "y": _whole(-100 * tile.row - 50 for tile in placed),
            "text": [shown(tokens[tile.token]) for tile in placed],
            "textposition": "middle center",
            "textfont": {"color": ink, "size": 16},
        },
        {
            "type": "scatter",
            "mode": "lines",
            "hoverinfo": "skip",
            "x": [left, right, right, left, left],
            "y": [foot, foot, head, head, foot],
            "line": {"color": ink, "width": 2.5},
        },
    ]


def _whole(values: Iterable[float]) -> np.ndarray:
    """Whole numbers in two bytes each: tenths of a column, hundredths of a row. A third of what they take as text."""
    return np.round(list(values)).astype(np.int16)


def old_and_new(orders: Sequence[int], old: Sequence[float], new: Sequence[float], *, at: int, top: float) -> Figure:
    """Bits a token against the order: on the text it learned from, and on the one it reads."""
    truth, model = theme.color("truth"), theme.color("model")
    here = orders.index(at)

    def held(bits: Sequence[float]) -> list[float]:
        return [min(value, top) for value in bits]

    def said(value: float) -> str:
        return ("↑ " if value > top else "") + text(value)

    gap, side = (GAP, "right") if at <= (orders[0] + orders[-1]) / 2 else ("", "left")
    back = "" if gap else GAP
    labels = [
        Label(at, 1.16 * top, f"{gap}new text <b>{said(new[here])}</b>{back}", model, f"middle {side}"),
        Label(at, 1.07 * top, f"{gap}learned text <b>{said(old[here])}</b>{back}", truth, f"middle {side}"),
    ]
    return Figure(
        [
            curve(orders, held(old), "truth"),
            curve(orders, held(new), "model"),
            segment([at, at], [0, 1.2 * top], "quiet"),
            you(at, held(old)[here], "truth"),
            you(at, held(new)[here], "model"),
            words(labels),
        ],
        layout(
            Axis("looked at together, the order", 0.6, max(orders) + 0.4, list(orders)),
            Axis("bits a token", 0, top * 1.2, np.arange(0, top + 1, 2).tolist()),
        ),
    )
