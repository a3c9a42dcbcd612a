"""The data of every picture as tables: complete, named, equal to what is drawn, and silent about an open question."""

import csv
import io
import itertools
import math
import re

import numpy as np
import pytest

from tests.browser.brought import DATA
from tests.views.helpers import PICTURES, random_states
from xent_core import Unit
from xent_ui.figures import calibration, ce_vs_mse, entropy, softmax_cross_entropy, surprise, why_log
from xent_ui.figures.base import Axis, Figure, bars, beyond, curve, layout, ring, segment
from xent_ui.figures.table import MOST_ROWS, Rows, Table, csv_text, sampled, tables, written
from xent_ui.figures.training_lab import OFFSET, UNITS
from xent_ui.style.numbers import text

RANDOM = 12  # states of each picture
PLAIN = re.compile(r"<[a-z/]|&[a-z]+;|\s{2}|\n")  # what no text of a table contains
EITHER = (Unit.BITS, Unit.NATS)

# Traces that are drawn in scales of their own, by picture and axis, with what is drawn for a value of the table.
SCALES = {
    ("you_are_the_model_rescaled", "x"): np.log2,
    ("numerics_clip_or_logits", "y3"): lambda ulps: np.log10(np.clip(ulps, 1, 1e24)),
    ("numerics_three_ways", "x"): np.log10,
    ("training_lab_two_runs", "y2"): lambda accuracy: UNITS * (OFFSET + accuracy),
}


def views(picture):
    """Yield views of a picture at its default and at random states, on wide and narrow stages, open, locked, shown."""
    brought = itertools.cycle(DATA.get(picture.key, [None]))
    states = [{}, *random_states(picture, RANDOM)]
    for number, values in enumerate([*states, *([{}] * len(DATA.get(picture.key, ())))]):
        settled, data, narrow = picture.settle(values), next(brought), bool(number % 2)
        yield picture(settled, shown=True, data=data, narrow=narrow)
        if picture.question:
            yield picture(settled, shown=False, data=data, narrow=narrow)
            yield picture(settled, shown=False, locked=True, data=data, narrow=narrow)


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_every_picture_has_its_data_as_tables(picture):
    for view in views(picture):
        found = tables(view.figure)
        assert found, f"no data at {view.caption}"
        titles = [table.title for table in found]
        assert len(set(titles) - {""}) == len(titles), titles
        for table in found:
            assert 1 <= len(table.rows) <= MOST_ROWS, table.title
            assert len(set(table.columns) - {""}) == len(table.columns), table.columns
            assert {len(row) for row in table.rows} == {len(table.columns)}, table.title
            for name, column in zip(table.columns, zip(*table.rows, strict=True), strict=True):
                assert any(cell is not None for cell in column), f"{name} is empty in {table.title}"
            cells = [*itertools.chain(*table.rows), *table.columns, table.title]
            assert {type(cell) for cell in cells} <= {str, int, float, type(None)}, table.title
            assert not [cell for cell in cells if isinstance(cell, str) and (not cell or PLAIN.search(cell))]
            assert not [cell for cell in cells if isinstance(cell, float) and math.isnan(cell)]


@pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)
def test_what_a_table_says_is_what_is_drawn(picture):
    for view in views(picture):
        for trace in view.figure.traces:
            data = trace.get("data")
            if data is None or data.is_line:
                continue
            drawn = {which: _drawn(trace, which) for which in "xy"}
            said = {
                which: _scaled(picture.key, trace, which, drawn[which] if given is None else given)
                for which, given in (("x", data.x), ("y", data.y))
            }
            ranges = [_range(view.figure, trace, which) for which in "xy"]
            _check_that_said_is_drawn(said, drawn, ranges, f"{picture.key}, {data.name}: {view.caption}")


def _check_that_said_is_drawn(said, drawn, ranges, where):
    """Check that each drawn point lies on the line of the said ones or where that is cut off, and the reverse."""
    (left, right), (low, high) = ranges
    fine, slack = 1e-4 * (high - low), 1e-5 * (right - left)
    x, y = (drawn[which][np.isfinite(drawn["y"])] for which in "xy")
    if not len(x):
        return
    far, (bottom, top) = 1e6 * (high - low), (y.min(), y.max())
    if len(said["x"]) == len(x) == 1:  # a mark, near an end of its axis if its value lies beyond
        is_beyond = (said["y"] > y) & (y > high - 0.3 * (high - low))
        is_beyond |= (said["y"] < y) & (y < low + 0.3 * (high - low))
        aside = 0.05 * (right - left)  # two marks beyond an axis stand beside each other
        assert (np.isclose(x, said["x"], atol=np.where(is_beyond, aside, slack))).all(), f"elsewhere: {where}"
        assert (np.isnan(said["y"]) | is_beyond | np.isclose(y, said["y"], atol=fine)).all(), f"otherwise: {where}"
        return
    known = ~np.isnan(said["y"])
    said = {which: values[known] for which, values in said.items()}
    least, middle, most = _near(x, said["x"], said["y"], slack, far)
    is_said = (least <= y + fine) & (most >= y - fine)
    is_cut = ((middle > y) & (y >= top - fine)) | ((middle < y) & (y <= bottom + fine))
    assert (is_said | is_cut).all(), f"drawn, but not said: {where}"
    inside = (said["x"] >= left) & (said["x"] <= right) & (said["y"] > bottom + fine) & (said["y"] < top - fine)
    there, value = said["x"][inside], said["y"][inside]
    assert (there >= x.min() - slack).all(), f"said, but not drawn: {where}"
    assert (there <= x.max() + slack).all(), f"said, but not drawn: {where}"
    least, _, most = _near(there, x, y, slack, far)
    assert (least <= value + fine).all(), f"said otherwise than drawn: {where}"
    assert (most >= value - fine).all(), f"said otherwise than drawn: {where}"


def _near(x, xs, ys, slack, far):
    """Return the least height, the height and the greatest one of a line, which may be steep, close to each x."""
    order = np.argsort(xs, kind="stable")
    xs, ys = xs[order], np.clip(ys[order], -far, far)
    heights = np.stack([np.interp(x + by, xs, ys) for by in (-slack, 0, slack)])
    corners = np.where(np.abs(xs[:, None] - x) <= slack, ys[:, None], np.nan)
    around = np.concatenate([heights, corners])
    return np.nanmin(around, axis=0), heights[1], np.nanmax(around, axis=0)


def _drawn(trace, which):
    values = trace[which] if which in trace else trace["x0"] + trace["dx"] * np.arange(len(trace["y"]))
    return np.array(values, dtype=float)


def _scaled(key, trace, which, values):
    numbers = np.array([float(value) for value in np.atleast_1d(np.asarray(values, dtype=object))])
    scale = SCALES.get((key, trace.get(f"{which}axis", which)), lambda each: each)
    with np.errstate(all="ignore"):
        return scale(numbers)


def _range(figure, trace, which):
    return sorted(figure.plan[f"{which}axis{trace.get(f'{which}axis', which)[1:]}"]["range"])


@pytest.mark.parametrize("key", [key for key, picture in PICTURES.items() if picture.question])
def test_while_the_guess_is_open_no_table_says_the_answer(key):
    picture, question = PICTURES[key], PICTURES[key].question
    read = question.read({question.guess.key: question.low})
    written_answers = [text(scale * read.answer, question.digits) for scale in (1, 0.01)]  # as a share, or in percent
    numbers = {re.search(r"[\d.,]*\d", answer)[0] for answer in written_answers}
    data = DATA.get(key, [None])[0]
    view = picture(picture.settle({question.guess.key: question.low}), shown=False, data=data)
    # The place of a point on a curve is no answer.
    cells = [cell for table in tables(view.figure) for row in written(table) for cell in row[1:]]
    assert not [cell for cell in cells if numbers & set(re.findall(r"[\d.,]*\d", cell))], f"{numbers} are said"


def test_how_many_of_the_asked_people_are_ill_is_unknown_while_the_guess_is_open():
    picture = PICTURES["class_weights_where_the_line_is"]
    for shown in (False, True):
        (people,) = [
            each
            for each in tables(picture(picture.settle({}), shown=shown).figure)
            if "ill, found: people" in each.columns
        ]
        asked = [row for row in people.rows if 1.75 < row[0] < 2.25]
        others = [row for row in people.rows if not 1.75 < row[0] < 2.25]
        assert asked
        assert {row[k] is None for row in asked for k in (3, 4)} == {not shown}
        assert None not in itertools.chain(*others)


@pytest.mark.parametrize("key", ["surprise_one_event", "label_smoothing_one_answer", "likelihood_one_series"])
def test_once_the_guess_is_locked_in_the_truth_stands_beside_it(key):
    picture, question = PICTURES[key], PICTURES[key].question
    view = picture(picture.settle({question.guess.key: question.low}), shown=False, locked=True)
    points = {row[0]: row[-1] for table in tables(view.figure) if "point" in table.columns for row in table.rows}
    answer = question.read({question.guess.key: question.low}).answer
    assert points["your guess"] == pytest.approx(question.low)
    assert points["the truth"] == pytest.approx(answer)


def test_tables_add_nothing_to_what_is_sent():
    for picture in PICTURES.values():
        if not picture.needs_data:
            traces = picture(picture.settle({})).figure.to_dict()["data"]
            assert not [trace for trace in traces if "data" in trace], picture.key


def drawn(*traces, **more):
    return Figure(traces, layout(Axis("p", 0, 1), Axis("loss (bits)", 0, 4)), **more)


def test_curves_with_the_same_places_share_a_table_and_others_have_their_own():
    x, other = np.array([0.0, 0.5, 1.0]), np.array([0.0, 1.0])
    shared = [curve(x, 2 * x, "loss", name="yours"), curve(x, 3 * x, "ink", name="best")]
    first, second = tables(drawn(*shared, curve(other, other, "quiet", name="")))
    assert first.columns == ("p", "yours: loss (bits)", "best: loss (bits)")
    assert first.rows == [(0.0, 0.0, 0.0), (0.5, 1.0, 1.5), (1.0, 2.0, 3.0)]
    assert first.title == "Loss (bits) by p"
    assert second.columns == ("p", "loss (bits)")
    assert second.rows == [(0.0, 0.0), (1.0, 1.0)]


def test_marked_points_have_their_true_values_and_lines_only_their_place():
    marks = [ring(0.25, 4, name="here", value=6.5, more={"slope": -2.0}), beyond(0.5, 4, value=math.inf, name="there")]
    lines = [segment([0, 1], [3, 3], "quiet", name="floor"), segment([0.75] * 2, [0, 4], "truth", name="truth")]
    (points,) = tables(drawn(*marks, *lines, segment([0, 0.25], [4, 4], "quiet")))
    assert points.columns == ("point", "p", "loss (bits)", "slope")
    assert points.rows == [
        ("here", 0.25, 6.5, -2.0),
        ("there", 0.5, math.inf, None),
        ("floor", None, 3, None),
        ("truth", 0.75, None, None),
    ]


def test_gaps_and_decoration_are_no_data():
    gappy = curve([0, 0.5, 1], [1, np.nan, 2], "loss", name="")
    (table,) = tables(drawn(gappy, curve([0, 1], [1, 1], "quiet"), bars([1], [1], "red"), ring(0, 0, name=None)))
    assert table.rows == [(0, 1), (1, 2)]
    assert tables(drawn(curve([0, 1], [1, 1], "quiet"))) == []


def test_numbers_of_float32_have_no_digits_of_noise():
    (table,) = tables(drawn(rows=[Rows("numbers", {"n": np.array([0.1, 1 / 3], dtype=np.float32)})]))
    assert table.rows == [(0.1,), (0.3333333,)]


def test_a_sample_has_both_ends_and_is_evenly_spaced():
    whole = Table("squares", ("n", "n²"), [(n, n * n) for n in range(301)])
    few = sampled(whole, most=25)
    assert [row[0] for row in few.rows] == [round(12.5 * i) for i in range(25)]  # 300 / 24 = 12.5
    assert few.note == "25 of 301 rows, evenly spaced."
    assert sampled(few) is few, "a short table is whole"


def test_numbers_are_written_as_on_the_page():
    table = Table("numbers", ("n",), [(4.3219,), (-0.5,), (math.inf,), (1200,), (0.9999,), (None,), ("a",), (-3.0,)])
    assert [row[0] for row in written(table)] == ["4.32", "−0.500", "∞", "1,200", "0.9999", "–", "a", "−3"]


def test_a_file_has_all_digits_and_begins_no_formula():
    hostile = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "−1", 'say "a", b']
    table = Table("words", ("word", "=name", "n"), [(word, 1 / 3, -math.inf) for word in hostile])
    header, *rows = csv.reader(io.StringIO(csv_text([table])))
    assert header == ["word", "“=name”", "n"]
    assert [row[0] for row in rows] == ["“=1+1”", "“+1”", "“-1”", "“@SUM(A1)”", "“\tx”", "−1", 'say "a", b']
    assert {float(row[1]) for row in rows} == {1 / 3}
    assert {float(row[2]) for row in rows} == {-math.inf}


def test_several_tables_in_a_file_have_their_titles_above_them():
    two = [Table("first", ("a",), [(1,), (None,)]), Table("second", ("b",), [(2.5,)])]
    assert csv_text(two).split("\r\n") == ["first", "a", "1", '""', "", "second", "b", "2.5", ""]
    assert csv_text(two[:1]).split("\r\n") == ["a", "1", '""', ""], "one table needs no title"


@pytest.mark.parametrize("key", ["surprise_one_event", "ce_vs_mse_chord", "your_predictions_decision_threshold"])
def test_a_file_says_the_same_as_the_tables(key):
    picture = PICTURES[key]
    found = tables(picture(picture.settle({}), shown=True, data=DATA.get(key, [None])[0]).figure)
    lines = list(csv.reader(io.StringIO(csv_text(found))))
    for table in found:
        start = 1 + (lines.index([table.title]) if len(found) > 1 else -1)
        assert tuple(lines[start]) == table.columns
        for line, row in zip(lines[start + 1 :], table.rows, strict=False):
            assert [float(a) if isinstance(b, float | int) else a for a, b in zip(line, row, strict=True)] == list(row)


def by_title(figure):
    return {table.title: table for table in tables(figure)}


def test_two_events_as_a_table():
    (table,) = tables(surprise.two_events((0.5, 0.25), (1.0, 2.0), unit=Unit.BITS))
    assert table.columns == ("event", "probability", "surprise (bits)")
    assert table.rows == [("A", 0.5, 1.0), ("B", 0.25, 2.0), ("both", 0.5 * 0.25, 1.0 + 2.0)]


@pytest.mark.parametrize("hidden", [False, True])
def test_the_parts_of_an_entropy_are_said_only_with_their_sum(hidden):
    p, surprises = np.array([0.5, 0.25, 0.25]), np.array([1.0, 2.0, 2.0])
    figure = entropy.source("ABC", p, surprises, p * surprises, most=math.log2(3), unit=Unit.BITS, hidden=hidden)
    found = by_title(figure)
    assert ("share of the entropy (bits)" in found["Outcomes"].columns) == (not hidden)
    most = ("largest entropy of so many outcomes", math.log2(3))
    assert found["Entropy"].rows == ([most] if hidden else [("entropy H", 0.5 + 0.5 + 0.5), most])


def test_probabilities_and_slopes_of_classes():
    probs = np.array([0.7, 0.2, 0.1])
    figure = softmax_cross_entropy.softmax_over_gradient("abc", probs, probs - [0, 1, 0], label=1)
    assert by_title(figure)["Classes"].rows == [("a", 0, 0.7, 0.7), ("b", 1, 0.2, 0.2 - 1), ("c", 0, 0.1, 0.1)]


def test_the_parts_of_a_score_add_up():
    parts = calibration.Parts("me", 0.25, 0.1, 0.03, 0.25 - 0.1 + 0.03)
    (table,) = tables(calibration.two_scores(parts, parts._replace(name="you")))
    assert table.columns == ("part", "me: Brier score", "you: Brier score")
    uncertainty, resolution, reliability, score = (row[1] for row in table.rows)
    assert uncertainty - resolution + reliability == pytest.approx(score)


def test_the_map_of_a_surface_is_its_grid():
    weights = np.linspace(-8, 8, 41)
    losses = 1 + weights[:, None] ** 2 / 64 + weights[None, :] / 16  # rows go along w₂
    along, cut = losses[20][10:31], (weights, losses[20])
    assert (weights[10], weights[20], weights[30]) == (-4, 0, 4)
    figure = ce_vs_mse.surface(weights, losses, cut, height=0.0, chord=(-4, 4), along=along, loss="cross-entropy")
    rows = by_title(figure)["Map"].rows
    assert len(rows) == 41 * 41
    assert all(loss == pytest.approx(1 + w2**2 / 64 + w1 / 16) for w1, w2, loss in rows)


def test_the_map_of_reports_holds_distributions_and_their_losses():
    losses = why_log.map_of_reports()[..., 0] * 2  # twice the probability of A
    belief = np.array([0.5, 0.3, 0.2])
    prices = why_log.Prices(np.array([0.0, 1.0]), np.array([1.0, 0.0]))
    rows = by_title(why_log.triangle(belief, belief, losses, prices=prices))["Map of all reports"].rows
    for a, b, c, loss in rows:
        assert a + b + c == pytest.approx(1)
        assert loss == pytest.approx(2 * a)


@pytest.mark.parametrize("unit", EITHER)
def test_the_truth_of_a_guess_that_lies_beyond_an_axis_is_said(unit):
    picture = PICTURES["binary_cross_entropy_one_mail"]
    guess = picture.question.guess
    view = picture(picture.settle({"unit": unit, guess.key: guess.high}), shown=False)
    (shown,) = [row for table in tables(view.figure) for row in table.rows if row[0] == "your guess"]
    assert shown[2] > max(view.figure.plan["yaxis"]["range"]), text(shown[2])
