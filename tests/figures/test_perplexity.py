import numpy as np
import pytest

from tests.figures.helpers import label_text, sent_bytes
from xent_core import Unit, fit_language_model
from xent_ui.experiments.texts import MORE, STORY
from xent_ui.figures.base import GuessMark
from xent_ui.figures.perplexity import ROWS, TOP, board, columns, learned_and_new, read_text, tiles, visible_token
from xent_ui.style import theme


def drawn(text=MORE, at=60, token="character", guess=None):
    reading = fit_language_model(STORY, order=3, token=token, smoothing=0.1).score(text)
    bits = Unit.BITS.of(reading.nats)
    return read_text(
        reading.tokens, bits, bits[:60], at=at, mean=reading.bits_per_token, perplexity=reading.perplexity, guess=guess
    )


def tile_bars(figure):
    return [trace for trace in figure.data if trace.type == "bar"]


def test_a_tile_is_as_full_as_its_token_was_surprising():
    figure = drawn(at=0)
    reading = fit_language_model(STORY, order=3, smoothing=0.1).score(MORE)
    full, level = tile_bars(figure)
    share = np.array(level.y) / full.y[0]
    np.testing.assert_allclose(share, np.minimum(Unit.BITS.of(reading.nats)[: len(share)], TOP) / TOP, atol=6e-3)


def test_tiles_and_answer_are_empty_while_the_guess_is_open():
    figure = drawn(guess=GuessMark(300, 4.0))
    assert set(tile_bars(figure)[1].y) == {0.0}
    assert "2.33" not in label_text(figure)
    assert "2.33 bits" in label_text(drawn(guess=GuessMark(300, 4.0, 2.33)))


@pytest.mark.parametrize(
    "tokens",
    [["a"], list("abc" * 100), ["word"] * 300, ["x" * 50] * 100, ["a", "x" * 1000, "b"] * 60, ["🙂", "ש", "\x00"] * 90],
)
def test_the_current_token_is_always_on_the_board(tokens):
    for at in {0, 1, len(tokens) // 3, len(tokens) // 2, len(tokens) - 2, len(tokens) - 1} & set(range(len(tokens))):
        placed = board(tokens, at)
        assert at in {tile.token for tile in placed}
        assert all(0 <= tile.row < ROWS and tile.start >= 0 for tile in placed)
        assert all(tile.start + tile.width <= columns() + 1e-6 for tile in placed)


def test_the_board_stays_still_along_a_row():
    tokens = list(MORE)
    assert board(tokens, 240) == board(tokens, 240 + columns() - 1)


def test_tiles_are_side_by_side():
    placed = tiles(["one", ",", "two"], 0)
    assert [tile.start for tile in placed] == pytest.approx([0, 3.4, 4.4])


def test_invisible_characters_are_made_visible():
    assert [visible_token(token) for token in (" ", "\n", "\x07", "\u200b", "\u0301", "<b>", "🙂", "שלום")] == [
        "·",
        "↵",
        "␇",
        "□",
        "◌\u0301",
        "&lt;b&gt;",
        "🙂",
        "שלום",
    ]
    assert len(visible_token("x" * 99)) == 17


def test_infinite_surprise_fills_a_tile_and_stays_on_the_axis():
    reading = fit_language_model(STORY, order=3, smoothing=0).score(MORE)
    bits = Unit.BITS.of(reading.nats)
    figure = read_text(reading.tokens, bits, bits, at=3, mean=np.inf, perplexity=np.inf)
    assert "∞ bits" in label_text(figure)
    lines = [
        trace for trace in figure.data if trace.type == "scatter" and trace.mode == "lines" and trace.yaxis != "y2"
    ]
    assert max(np.nanmax(np.asarray(trace.y, dtype=float)) for trace in lines) <= TOP
    assert tile_bars(figure)[1].y.max() == tile_bars(figure)[0].y[0]


def test_a_full_tile_is_torn_where_its_surprise_lies_beyond_the_scale():
    bits = np.array([9.9, 10.0, 12.0, np.inf, 3.0])
    figure = read_text(list("abcde"), bits, bits, at=0, mean=np.inf, perplexity=np.inf)
    (tear,) = [trace for trace in figure.data if trace.type == "scatter" and trace.line.color == theme.LIGHT["paper"]]
    across = np.asarray(tear.x, dtype=float)[np.isfinite(np.asarray(tear.y, dtype=float))]
    assert set(np.floor(across[[2, 7]] / 10)) == {2, 3}  # the tiles of 12 bits and of ∞, each 10 wide


def test_the_line_leaves_the_axis_where_the_surprise_lies_beyond_it():
    bits = np.array([2.0, 18.0, 2.0])  # it passes 10 halfway
    figure = read_text(list("abc"), bits, bits, at=0, mean=7.3, perplexity=160.0)
    line = figure.data[0]
    np.testing.assert_allclose(line.x, [0, 250, 500, 750, 1000])
    np.testing.assert_allclose(line.y, [2, 10, np.nan, 10, 2])


def test_a_phone_has_fewer_columns():
    with theme.using(dark=False, narrow=True):
        assert columns() == 18
        assert max(tile.start + tile.width for tile in board(list(MORE), 240)) <= 18
    assert columns() == 24


def test_signs_wider_than_letters_have_wider_tiles():
    assert [tile.width for tile in tiles(["a", "漢", "😀"], 0)] == [1, 1.5, 1.5]


def test_labels_show_the_bits_at_the_current_order():
    figure = learned_and_new((1, 2, 3), [4.0, 2.5, 1.5], [4.1, 2.8, np.inf], at=3, largest=6.0)
    assert "other text <b>↑ ∞</b>" in label_text(figure)
    assert "learned text <b>1.50</b>" in label_text(figure)
    assert figure.layout.xaxis.title.text == "order of the model: context length + 1"
    marks = [trace for trace in figure.data if trace.mode == "markers"]
    assert [(mark.marker.symbol, mark.x[0]) for mark in marks] == [(None, 3), ("triangle-up", 3)]
    # Both are cross-entropies: the other text's, by which a model is judged, has the color of a loss.
    lines = [trace for trace in figure.data if trace.mode == "lines"][1:]
    assert [line.line.color for line in lines] == [theme.LIGHT["ink"], theme.LIGHT["loss"]]
    assert list(np.isfinite(lines[1].y)) == [True, True, True, False]  # up to the end of the axis and no further


@pytest.mark.parametrize("token", ["character", "word"])
def test_a_picture_is_small_when_sent(token, dark):
    assert sent_bytes(drawn(token=token)) < 9_500
