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


def drawn(line=LINE, guess=None):
    return boundary(X, GROUPS, CHANCE, CHANCE**2, line=line, typical=2.0, guess=guess)


def test_chances_and_boundary_are_hidden_until_the_guess_is_locked():
    waiting, done = drawn(guess=GuessMark(2.0, 0.5)), drawn(guess=GuessMark(2.0, 0.5, 0.069))
    colors = [{trace.line.color for trace in shown.data if trace.mode == "lines"} for shown in (waiting, done)]
    assert theme.color("model") not in colors[0]
    assert theme.color("model") in colors[1]
    assert not any("finds" in word for word in labels(waiting))
    assert "finds 50 % of the ill" in labels(done)


def test_a_line_beyond_the_picture_is_an_arrow_at_its_edge():
    assert "<b>→ line at 14.1</b>" in labels(drawn(Line(14.1, 0.0, 0.0)))
    assert max(max(trace.x) for trace in drawn(Line(14.1, 0.0, 0.0)).data) == RIGHT


def test_truth_is_solid_and_the_model_dashed():
    dashes = {trace.line.color: trace.line.dash for trace in drawn().data if trace.mode == "lines"}
    assert dashes[theme.color("truth")] == "solid"
    assert dashes[theme.color("model")] == "dash"


@pytest.mark.parametrize("report", [0.02, 0.48, 0.5, 0.52, 0.98])
def test_labels_of_model_and_you_stay_apart(report):
    shown = report_for_truth(CHANCE, CHANCE, at=(0.1, 0.5, report))
    said = next(trace for trace in shown.data if trace.mode == "text")
    heights = [y for y, word in zip(said.y, said.text, strict=True) if "you" in word or "cheapest" in word]
    assert abs(heights[0] - heights[1]) >= 0.0699
    assert shown.layout.xaxis.title.text == "true probability"


@pytest.mark.parametrize("x", [-3.0, 0.3, 1.9, 2.1, 3.3, 6.9])
def test_what_the_line_finds_is_written_on_the_side_away_from_it(x):
    shown = drawn(Line(x, 0.5, 0.000479))
    words = next(trace for trace in shown.data if trace.mode == "text" and any("finds" in word for word in trace.text))
    places = [at for at, word in zip(words.x, words.text, strict=True) if "of the" in word]
    assert len(places) == 2
    assert all(abs(at - x) > 4.8 for at in places), "the words are 4 units wide on a desk"
