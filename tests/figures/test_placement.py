"""Labels stand at the first of their places that is free, at every size at which a picture is shown."""

import numpy as np
import pytest

from xent_ui.figures import placement
from xent_ui.figures.base import RINGED, Axis, Figure, Label, bars, curve, label_trace, layout, ring, segment
from xent_ui.figures.placement import NARROW, NARROW_TALL, WIDE, WIDE_TALL, width_of
from xent_ui.style import theme

INK = "#1F2430"
MARGIN = layout(Axis("x", 0, 10), Axis("y", 0, 10))["margin"]


def drawn(*labels, things=(), **more):
    """Return the texts of a figure whose axes both run from 0 to 10."""
    figure = Figure([*things, label_trace(labels)], layout(Axis("x", 0, 10), Axis("y", 0, 10)), **more)
    return figure.data[-1]


def boxes(trace, size):
    """Return the boxes of texts in px, computed here a second time: left, top, right, bottom."""
    wide, high = size[0] - MARGIN["l"] - MARGIN["r"], size[1] - MARGIN["t"] - MARGIN["b"]
    for x, y, words, side, marker in zip(
        trace.x, trace.y, trace.text, trace.textposition, trace.marker.size, strict=True
    ):
        gap = marker / 2 / 0.8 + 1  # how plotly.js keeps a text off its marker
        left, top = MARGIN["l"] + x / 10 * wide, MARGIN["t"] + (1 - y / 10) * high
        width, (vertical, horizontal) = width_of(words, 16), side.split()
        left += {"right": gap, "center": -width / 2, "left": -width - gap}[horizontal]
        top += {"bottom": gap, "middle": -8, "top": -gap - 16}[vertical]
        yield left, top, left + width, top + 16


def overlap(one, other):
    return min(one[2], other[2]) > max(one[0], other[0]) and min(one[3], other[3]) > max(one[1], other[1])


def test_a_label_with_room_stands_where_it_would_like_to():
    assert drawn(Label(5, 5, "loss", INK, "top left")).textposition == ("top left",)
    assert drawn(Label(5, 5, "loss", INK)).marker.size[0] / 1.6 + 1 == pytest.approx(3), "px to its point"


@pytest.mark.parametrize(
    "thing",
    [
        segment([5.2, 10], [5, 5], "quiet"),
        curve(np.linspace(5.1, 10, 50), np.full(50, 5.0), "loss"),
        bars([6.5], [8.0], INK, width=2.0),
        ring(5.5, 5),
        label_trace([Label(5.4, 5, "another", INK, ("middle right",))]),
    ],
    ids=["line", "curve", "bar", "ring", "label"],
)
def test_a_label_gives_way_to(thing):
    assert drawn(Label(5, 5, "loss", INK), things=[thing]).textposition != ("middle right",)


def test_a_label_on_its_own_bar_stays_there_and_beside_a_bar_it_stands_clear():
    bar = bars([5], [10.0], INK, width=4.0)
    assert drawn(Label(5, 5, "inside", INK, ("middle center",), optional=True), things=[bar]).text == ("inside",)
    for x in (2.9, 3.0, 3.0 + 1e-9):  # a point on the edge of a bar does not lie in it
        assert not drawn(Label(x, 5, "beside", INK, ("middle right",), optional=True), things=[bar]).text


@pytest.mark.parametrize(
    ("x", "y", "first"),
    [(9.9, 5, "middle right"), (0, 5, "middle left"), (5, 0, "bottom center"), (5, 10, "top right")],
)
def test_a_label_leaves_neither_the_picture_nor_touches_the_names_of_ticks(x, y, first):
    trace = drawn(Label(x, y, "cross-entropy", INK, first))
    for size in WIDE:
        left, top, right, bottom = next(boxes(trace, size))
        assert left >= (MARGIN["l"] if y < 10 else 0)
        assert right <= size[0]
        assert top >= 0
        assert bottom <= size[1] - MARGIN["b"] + 2


def test_a_label_of_a_ring_stands_off_it():
    trace = drawn(Label(5, 5, "here", INK, gap=RINGED), things=[ring(5, 5)])
    left = next(boxes(trace, WIDE[0]))[0]
    middle = MARGIN["l"] + (WIDE[0][0] - MARGIN["l"] - MARGIN["r"]) / 2
    assert left - middle >= (17 + 5) / 2, "half of the ring and half of its line"


def test_where_nothing_is_free_an_optional_label_is_left_out_and_another_stays():
    full = [bars([5], [10.0], INK, width=10.0)]
    inside = Label(12, 5, "x" * 90, INK)
    assert drawn(inside, things=full).text == (inside.text,)
    assert drawn(inside._replace(optional=True), things=full).text == ()


def test_a_label_that_names_several_points_goes_to_another_one_before_it_goes_farther_away():
    floor = segment([0, 10], [5, 5], "truth")
    steep = segment([9, 9.01], [0, 10], "loss")
    name = Label(10, 5, "the floor", INK, ("top left",), also=((5, 5),))
    assert drawn(name, things=[floor]).x == (10,)
    assert drawn(name, things=[floor, steep]).x == (5,)


def test_only_the_sides_of_a_tuple_are_tried():
    wall = segment([5.2, 10], [5, 5], "quiet")
    trace = drawn(Label(5, 5, "loss", INK, ("middle right", "bottom center")), things=[wall])
    assert trace.textposition == ("bottom center",)


def test_an_earlier_label_keeps_its_place():
    trace = drawn(Label(5, 5, "first", INK), Label(5, 5, "second", INK))
    assert trace.textposition[0] == "middle right"
    assert trace.textposition[1] != "middle right"


def test_phones_have_places_of_their_own():
    words = "a name that is as wide as half a phone"
    wall = segment([9.5, 9.5], [0, 10], "quiet")
    with theme.using(dark=False, narrow=True):
        narrow = drawn(Label(3.5, 5, words, INK), things=[wall])
    assert drawn(Label(3.5, 5, words, INK), things=[wall]).textposition == ("middle right",)
    assert narrow.textposition != ("middle right",)


@pytest.mark.parametrize("seed", range(40))
def test_six_points_and_a_line_leave_all_labels_free(seed):
    rng = np.random.default_rng(seed)
    points = rng.uniform(1, 9, (6, 2))
    line = curve(np.linspace(0, 10, 100), 5 + 4 * np.sin(np.linspace(0, 9, 100) + seed), "loss")
    rings = [ring(x, y) for x, y in points]
    trace = drawn(
        *(Label(x, y, f"point {i}", INK, gap=RINGED) for i, (x, y) in enumerate(points)), things=[line, *rings]
    )
    assert sorted(trace.text) == [f"point {i}" for i in range(6)]
    for size in WIDE:
        texts = list(boxes(trace, size))
        assert not [1 for i, one in enumerate(texts) for other in texts[:i] if overlap(one, other)]
        assert all(
            left >= 0 and top >= 0 and right <= size[0] and bottom <= size[1] for left, top, right, bottom in texts
        )


@pytest.mark.parametrize(
    ("words", "measured"), [("cross-entropy 1.44 bits", 151.3), ("<b>↑ 12.7 nats</b>", 76.8), ("probability", 73.3)]
)
def test_texts_are_about_as_wide_as_in_a_browser(words, measured):
    assert width_of(words, 16) == pytest.approx(measured, rel=0.08)


def test_the_sizes_are_those_of_phones_and_of_wider_screens():
    for narrow, wide in [(NARROW, WIDE), (NARROW_TALL, WIDE_TALL)]:
        assert max(width for width, _ in narrow) < 480 < min(width for width, _ in wide)
    assert placement.EDGE > 0
