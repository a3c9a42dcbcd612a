"""A text as tiles filled in proportion to surprise, and bits per token of a learned and of a new text."""

import html
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import numpy as np

from xent_ui.figures.base import (
    Axis,
    Figure,
    GuessMark,
    Label,
    Trace,
    beyond,
    curve,
    cut_off,
    guess_traces,
    label_trace,
    layout,
    on_axes,
    ring,
    segment,
)
from xent_ui.figures.table import Rows
from xent_ui.style import theme
from xent_ui.style.numbers import text
from xent_ui.style.theme import Role

ROWS = 7
WIDE, NARROW = 24, 18  # columns of the board
TOP = 10.0  # bits: the largest surprise that the axes show
HEAD = 1.36  # the end of the axis of bits in TOP, with room for the result
HEIGHT = 88  # of a full tile, in hundredths of a row
HEAD_COMPARED = 1.18  # the end of the axis on which two texts are compared, as a multiple of its largest value
END = 1000  # the end of the text on the x-axis, which is in thousandths of the text
VISIBLE = {" ": "·", "\n": "↵", "\t": "⇥", "\u00a0": "·"}


class Tile(NamedTuple):
    """The place of a token on the board: its row, its start and width in columns, and the index of the token."""

    row: int
    start: float
    width: float
    token: int


def columns() -> int:
    """Return the number of columns of the board, each as wide as a letter needs."""
    return NARROW if theme.is_narrow() else WIDE


def visible_token(token: str, most: int = 16) -> str:
    """Return a token as a label without markup, in which spaces, control characters and lone accents can be seen.

    >>> [visible_token(token) for token in ("a", "\\n", "\\x07", "\\u0301", "\\u202e", "<b>")]
    ['a', '↵', '␇', '◌́', '□', '&lt;b&gt;']
    """
    if token in VISIBLE:
        return VISIBLE[token]
    letters = [_letter(letter) for letter in token[: most + 1]]
    if letters and unicodedata.category(token[0])[0] == "M":
        letters.insert(0, "◌")
    return html.escape("".join(letters[:most]) + ("…" if len(token) > most else ""), quote=False)


def _letter(letter: str) -> str:
    if letter in VISIBLE:
        return VISIBLE[letter]
    if unicodedata.category(letter)[0] != "C":
        return letter
    return chr(0x2400 + ord(letter)) if ord(letter) < 32 else "□"


def tiles(tokens: Sequence[str], first: int) -> list[Tile]:
    """Return tiles for as many tokens as fit into the rows, beginning with ``first``; long tokens have wide tiles."""
    placed: list[Tile] = []
    row, at = 0, 0.0
    for index in range(first, len(tokens)):
        width = _width(tokens[index])
        if at + width > columns() + 1e-9:
            row, at = row + 1, 0.0
        if row == ROWS:
            break
        placed.append(Tile(row, at, width, index))
        at += width
    return placed


def board(tokens: Sequence[str], at: int) -> list[Tile]:
    """Return the tiles around the current token; they stay in place while the current token moves along a row."""
    across = columns()
    steady = at - at % across
    if len(tokens) and max(map(_width, tokens[max(0, at - across) : at + across])) > 1:
        steady = at - at % 8
    for begin in (steady, at):
        first, room = begin, 2.0 * across
        while first > 0 and room >= _width(tokens[first - 1]):
            first -= 1
            room -= _width(tokens[first])
        placed = tiles(tokens, first - first % across if begin == steady and steady % across == 0 else first)
        if placed and placed[-1].token >= at:
            break
    return placed


def _width(token: str) -> float:
    """Return the width of a tile in columns; signs such as those of Chinese are wider than letters."""
    if len(token) == 1:
        return 1.5 if unicodedata.east_asian_width(token) in "WF" else 1.0
    return min(float(columns()), 1 + 0.8 * min(len(token), 17))


def read_text(
    tokens: Sequence[str],
    bits: np.ndarray,
    stretches: np.ndarray,
    *,
    at: int,
    mean: float,
    perplexity: float,
    guess: GuessMark | None = None,
) -> Figure:
    """Draw tokens as tiles filled in proportion to their surprise, above the surprise along the whole text.

    tokens, bits      (n,)  the text, and the surprise of each token
    stretches         (m,)  the mean surprise of each of m stretches of the text
    at                the index of the current token
    mean, perplexity  of the whole text; mean in bits per token
    guess             the guessed mean; while it is open, no surprise is shown
    """
    marks, labels = guess_traces(guess)
    is_hidden = guess is not None and guess.true is None
    loss, ink = theme.color("loss"), theme.color("ink")
    place = END * (at + 0.5) / len(tokens)
    below: list[Trace] = marks
    if not is_hidden:
        result = f"<b>{_up_to(mean)} bits</b> = perplexity {text(perplexity)}"
        labels = [Label(END, HEAD * TOP, result, loss, ("bottom left",)), *labels[:1]]  # the truth is the result
        below = [
            _line(stretches),
            segment([0, END], [min(mean, TOP)] * 2, "loss", name="mean", value=mean, dash="dash", width=3),
            *marks,
            segment([place, place], [0, TOP], "ink"),
            ring(place, float(bits[at])) if bits[at] <= TOP else beyond(place, TOP, value=float(bits[at])),
        ]
    plan = layout(
        Axis("place in the text", 0, END, (0, END / 2, END), ("start", "middle", "end")),
        Axis("bits per token", 0, HEAD * TOP, (0, 5, 10)),
    )
    plan["yaxis"]["domain"] = [0, 0.32]
    bare = {"visible": False, "fixedrange": True}
    drawn = _board(tokens, bits, at, ink, hide=is_hidden)
    return Figure(
        [*below, label_trace(labels), *on_axes(drawn, "x2", "y2")],
        {
            **plan,
            "margin": {**plan["margin"], "l": 52, "r": 16, "t": 6},
            "xaxis2": {**bare, "range": [0, 10 * columns()], "anchor": "y2"},
            "yaxis2": {**bare, "range": [-100 * ROWS, 5], "anchor": "x2", "domain": [0.4, 1]},
        },
        tall=True,
        names={"x": "place in the text (thousandths)"},
        rows=[_rows_of_board(tokens, bits, at, hide=is_hidden)],
    )


def _rows_of_board(tokens: Sequence[str], bits: np.ndarray, at: int, *, hide: bool) -> Rows:
    """Return the tokens on the board, with the surprise of each unless it is hidden."""
    shown = [tile.token for tile in board(tokens, at)]
    columns: dict[str, Any] = {
        "number of the token": [i + 1 for i in shown],
        "token": [visible_token(tokens[i]) for i in shown],
    }
    return Rows("tokens on the board", columns if hide else {**columns, "surprise (bits)": bits[shown]})


def _up_to(bits: float) -> str:
    """Return bits, with an arrow if they lie beyond the axis."""
    return f"{'↑ ' if bits > TOP else ''}{text(bits)}"


def _line(stretches: np.ndarray) -> Trace:
    """Return the surprise along the text, without its parts above the axis."""
    y = stretches if len(stretches) > 1 else np.repeat(stretches, 2)
    x = np.linspace(0, END, len(y))
    return curve(*cut_off(x, y, TOP), "loss", name="mean of a stretch", whole=(x, y), width=2)


def _torn(placed: Sequence[Tile], bits: np.ndarray) -> Trace:
    """Return zigzags across the tiles of tokens whose surprise lies beyond TOP, which a full tile would not be."""
    full = [tile for tile in placed if bits[tile.token] > TOP]
    shape = np.array([0, 1, 0, 1, 0, np.nan])
    x = [10 * (tile.start + tile.width * share) for tile in full for share in (0, 0.25, 0.5, 0.75, 1, 1)]
    y = [-100 * tile.row - 94 + HEIGHT - 14 + 9 * up for tile in full for up in shape]
    return segment(x, y, "paper", dash="solid", width=2.5)


def _board(tokens: Sequence[str], bits: np.ndarray, at: int, ink: str, *, hide: bool) -> list[Trace]:
    placed = board(tokens, at)
    middle = _int16(10 * (tile.start + tile.width / 2) for tile in placed)
    widths = [round(10 * tile.width - 1.2, 1) for tile in placed]
    level = _int16(0 if hide else HEIGHT * min(float(bits[tile.token]), TOP) / TOP for tile in placed)
    rows = range(placed[-1].row + 1)
    bar: Trace = {"type": "bar", "hoverinfo": "skip"}
    current = next(tile for tile in placed if tile.token == at)
    left, right = 10 * current.start + 0.2, 10 * (current.start + current.width) - 0.2
    low, high = -100 * current.row - 98, -100 * current.row - 2
    return [
        {
            **bar,
            "x": [5 * columns()] * len(rows),
            "width": 10 * columns(),
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
            "marker": {"color": theme.faded(theme.color("loss"), 0.45)},
        },
        *([] if hide else [_torn(placed, bits)]),
        {
            "type": "scatter",
            "mode": "text",
            "hoverinfo": "skip",
            "x": middle,
            "y": _int16(-100 * tile.row - 50 for tile in placed),
            "text": [visible_token(tokens[tile.token]) for tile in placed],
            "textposition": "middle center",
            "textfont": {"color": ink, "size": 16},
        },
        {
            "type": "scatter",
            "mode": "lines",
            "hoverinfo": "skip",
            "x": [left, right, right, left, left],
            "y": [low, low, high, high, low],
            "line": {"color": ink, "width": 2.5},
        },
    ]


def _int16(values: Iterable[float]) -> np.ndarray:
    """Return values rounded to two-byte integers, which take a third of the bytes of their decimals."""
    return np.round(list(values)).astype(np.int16)


def learned_and_new(
    orders: Sequence[int], learned: Sequence[float], new: Sequence[float], *, at: int, largest: float
) -> Figure:
    """Draw bits per token against the order, for the text that was learned and for the new one.

    learned, new  (k,)  bits per token for each order
    at            the current order
    largest       where the axis of bits ends; a larger number is drawn there with an arrow
    """
    index = orders.index(at)
    traces: list[Trace] = [segment([at, at], [0, largest], "quiet")]
    labels = []
    ends, noun = (0.6, max(orders) + 0.4), "" if theme.is_narrow() else " text"
    texts: tuple[tuple[str, Sequence[float], Role, str, float, str], ...] = (
        ("learned", learned, "ink", "dash", ends[0], "bottom right"),
        ("other", new, "loss", "solid", ends[1], "bottom left"),
    )
    for name, values, role, dash, x, side in texts:
        bits, is_beyond = values[index], values[index] > largest
        line = cut_off(orders, values, largest)
        traces.append(curve(*line, role, name=f"{name} text", whole=(orders, values), dash=dash))
        traces += [
            beyond(order, largest, role, value=each, name=f"here, {name} text" if order == at else None)
            for order, each in zip(orders, values, strict=True)
            if each > largest
        ]
        traces += [] if is_beyond else [ring(at, bits, role, name=f"here, {name} text")]
        words = f"{name}{noun} <b>{'↑ ' if is_beyond else ''}{text(bits)}</b>"
        labels.append(Label(x, HEAD_COMPARED * largest, words, theme.color(role), (side,)))
    return Figure(
        [*traces, label_trace(labels)],
        layout(
            Axis("order of the model: context length + 1", *ends, list(orders)),
            Axis("bits per token", 0, HEAD_COMPARED * largest, np.arange(0, largest + 1, 2).tolist()),
        ),
    )
