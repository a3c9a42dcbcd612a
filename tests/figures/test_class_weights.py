import numpy as np
import pytest

from tests.figures.helpers import labels
from xent_ui.figures.base import GuessMark
from xent_ui.figures.class_weights import RIGHT, Groups, Line, boundary, report_for_truth
from xent_ui.style import theme

X = np.linspace(-3, 7, 31)
GROUPS = Groups(np.exp(-(X**2)), 0.1 * np.exp(-((X - 2) ** 2)), np.exp(-((X - 2) ** 2)))
CHANCE = np.linspace(0, 1, 31)


LINE = Line(2.0, 0.5, 0.02)


def drawn(line=LINE, guess=None, **more):
    return boundary(X, GROUPS, CHANCE, CHANCE**2, line=line, typical=2.0, guess=guess, **more)


def test_probabilities_below_one_half_are_hidden_until_the_guess_is_locked():
    waiting, done = drawn(guess=GuessMark(2.0, 0.5), shows_unlikely=False), drawn(guess=GuessMark(2.0, 0.5, 0.069))
    for color in ("truth", "model"):
        lowest = [
            min(
                next(
                    trace.y for trace in shown.data if trace.mode == "lines" and trace.line.color == theme.color(color)
                )
            )
            for shown in (waiting, done)
        ]
        assert lowest[0] >= 0.5
        assert lowest[1] == 0
    assert any("your guess" in word for word in labels(waiting))
    assert {"recall 50 %", "precision 2 %"} <= set(labels(waiting))


def test_a_line_beyond_the_picture_is_an_arrow_at_its_edge():
    assert "<b>→ line at 14.1</b>" in labels(drawn(Line(14.1, 0.0, 0.0)))
    assert max(max(trace.x) for trace in drawn(Line(14.1, 0.0, 0.0)).data) == RIGHT


def test_truth_is_solid_and_the_model_dashed():
    dashes = {trace.line.color: trace.line.dash for trace in drawn().data if trace.mode == "lines"}
    assert dashes[theme.color("truth")] == "solid"
    assert dashes[theme.color("model")] == "dash"


@pytest.mark.parametrize("report", [0.01, 0.02, 0.1, 0.48, 0.5, 0.52, 0.9, 0.98, 0.99])
@pytest.mark.parametrize(
    ("true", "best"), [(0.1, 0.5), (0.1, 0.1), (0.01, 0.01), (0.99, 0.999), (0.9, 0.9), (0.6, 0.1)]
)
def test_labels_of_truth_model_and_you_stay_apart(true, best, report):
    shown = report_for_truth(CHANCE, CHANCE, at=(true, best, report))
    said = next(trace for trace in shown.data if trace.mode == "text")
    value = {"truth": true, "best": best, "you": report}
    drawn_at = {name: y for name in value for y, word in zip(said.y, said.text, strict=True) if name in word}
    heights = [drawn_at[name] for name in sorted(value, key=lambda name: value[name])]
    assert len(heights) == 3
    assert min(np.diff(heights)) >= 0.0699
    assert heights[0] >= 0.0299
    assert heights[-1] <= 0.9701
    assert shown.layout.xaxis.title.text == "true probability t"


@pytest.mark.parametrize("x", [-3.0, 0.3, 1.9, 2.1, 3.3, 6.9])
def test_recall_and_precision_are_written_on_the_side_away_from_it(x):
    shown = drawn(Line(x, 0.5, 0.000479))
    words = next(trace for trace in shown.data if trace.mode == "text" and any("recall" in word for word in trace.text))
    places = [at for at, word in zip(words.x, words.text, strict=True) if "recall" in word or "precision" in word]
    assert len(places) == 2
    assert all(abs(at - x) > 4.8 for at in places), "the words are 3 units wide on a desk"


@pytest.mark.parametrize(
    ("line", "guessed", "side"), [(1.2, 0.5, "bottom right"), (1.2, 0.1, "top right"), (3.3, 0.5, "top left")]
)
def test_the_name_of_an_open_guess_keeps_off_the_line(line, guessed, side):
    shown = drawn(Line(line, 0.5, 0.02), guess=GuessMark(2.0, guessed), shows_unlikely=False)
    sides = [
        where
        for trace in shown.data
        if trace.mode == "text"
        for word, where in zip(trace.text, trace.textposition, strict=True)
        if "your guess" in word
    ]
    assert sides == [side]
