"""Every kind of control: its values, how an address writes them, when it is shown, and what it drags on a picture."""

import numpy as np
import pytest

from xent_ui.controls.declarations import Choice, Distribution, Number, Slider, Sliders, Steps, Text, Toggle
from xent_ui.figures.base import Axis, Figure, layout
from xent_ui.views.base import View, view

SHARE = Slider("p", "A share", 0.0, 1.0, 0.5, 0.01)
COUNT = Slider("n", "A count", 2, 8, 4, 1)
TEMPERATURE = Slider("cool", "A temperature", 0.2, 5.0, 1.0, 0.05)
RARE = Steps("rare", "How rare", {1e-6: "one in a million", 1 / 6: "1/6", 0.5: "½"}, 0.5)
LABEL = Choice("y", "The label", {1: "y = 1", 0: "y = 0"}, 1)
PILLS = Choice("pills", "Several", {name: name for name in ("a", "b", "c")}, "b", look="pills")
MENU = Choice("menu", "Many", {name: name for name in ("x", "y")}, "x", look="menu")
TOGGLE = Toggle("undo", "Undo")
ROUND = Number("round", "Round", 12, 3)


def even(text):
    if not text.isdecimal() or int(text) % 2:
        raise ValueError(f"“{text}” is no even number.")
    return int(text)


TEXT = Text("even", "An even number", "4", read=even, text_of=str, examples=("2", "10"))
KINDS = [SHARE, COUNT, TEMPERATURE, RARE, LABEL, PILLS, MENU, TOGGLE, ROUND, TEXT]
each_kind = pytest.mark.parametrize("control", KINDS, ids=lambda control: control.key)


@each_kind
def test_what_is_written_is_read_back(control):
    for value in control.every_value:
        text = control.write(value)
        read = control.parse(text)
        assert read == value
        assert type(read) is type(value)
        assert control.write(read) == text


@each_kind
def test_the_default_is_one_of_its_values(control):
    assert control.default in list(control.every_value)


@pytest.mark.parametrize(
    ("control", "values"),
    [
        (COUNT, [2, 3, 4, 5, 6, 7, 8]),
        (Slider("p", "", 0.1, 0.7, 0.4, 0.3), [0.1, 0.4, 0.7]),  # 0.1 + 2 * 0.3 is 0.7000000000000001 in floats
        (RARE, [1e-6, 1 / 6, 0.5]),
        (LABEL, [1, 0]),
        (TOGGLE, [False, True]),
        (Number("round", "", 3), [1, 2, 3]),
        (TEXT, [4, 2, 10]),
    ],
)
def test_every_value_in_order(control, values):
    assert list(control.every_value) == values


@pytest.mark.parametrize(
    ("control", "value", "text"),
    [
        (SHARE, 1.0, "1"),
        (SHARE, 0.25, "0.25"),
        (SHARE, 0.1 + 0.2, "0.3"),
        (COUNT, 3, "3"),
        (RARE, 1e-6, "one in a million"),
        (LABEL, 0, "y = 0"),
        (TOGGLE, True, "true"),
        (ROUND, 7, "7"),
        (TEXT, 10, "10"),
    ],
)
def test_how_an_address_writes_a_value(control, value, text):
    assert control.write(value) == text


@pytest.mark.parametrize(
    ("control", "text", "value"),
    [
        (SHARE, "0.30000000000000004", 0.3),
        (SHARE, "1e-1", 0.1),
        (SHARE, "1", 1.0),
        (COUNT, "3.0", 3),
        (TOGGLE, "True", True),
        (LABEL, "", 1),  # clicked away
        (ROUND, "07", 7),
    ],
)
def test_other_ways_to_write_a_value(control, text, value):
    read = control.parse(text)
    assert read == value
    assert type(read) is type(value)


@pytest.mark.parametrize(
    ("control", "text", "sentence"),
    [
        (SHARE, "1.01", "p must be a number from 0 to 1."),
        (SHARE, "-0.01", "p must be a number from 0 to 1."),
        (SHARE, "nan", "p must be a number from 0 to 1."),
        (SHARE, "inf", "p must be a number from 0 to 1."),
        (SHARE, "0_1", "p must be a number from 0 to 1."),
        (SHARE, "٠", "p must be a number from 0 to 1."),
        (SHARE, "", "p must be a number from 0 to 1."),
        (COUNT, "3.5", "n must be a whole number from 2 to 8."),
        (COUNT, "9", "n must be a whole number from 2 to 8."),
        (RARE, "0.5", "rare must be one of: one in a million, 1/6, ½."),
        (RARE, "", "rare must be one of: one in a million, 1/6, ½."),
        (LABEL, "1", "y must be one of: y = 1, y = 0."),
        (TOGGLE, "1", "undo must be true or false."),
        (ROUND, "0", "round must be a whole number from 1 to 12."),
        (ROUND, "13", "round must be a whole number from 1 to 12."),
        (ROUND, "1.0", "round must be a whole number from 1 to 12."),
        (ROUND, "٣", "round must be a whole number from 1 to 12."),
        (TEXT, "3", "“3” is no even number."),
    ],
)
def test_an_invalid_value_is_refused_with_a_sentence(control, text, sentence):
    with pytest.raises(ValueError, match=r"\.$") as refused:
        control.parse(text)
    assert str(refused.value) == sentence


@each_kind
def test_a_conditional_control_is_the_same_control(control):
    conditional = control.when(mode=["on", "half"])
    assert type(conditional) is type(control)
    assert conditional.key == control.key
    assert conditional.default == control.default
    assert control.is_shown({"mode": "off"})
    assert not conditional.is_shown({"mode": "off"})
    assert conditional.is_shown({"mode": "half"})
    assert not conditional.is_shown({})


def test_all_conditions_must_hold():
    delta = SHARE.when(error=["Huber"]).when(n=range(3, 9))
    shown = {(error, n) for error in ("Huber", "MAE") for n in (2, 3) if delta.is_shown({"error": error, "n": n})}
    assert shown == {("Huber", 3)}


def drawn(**values):
    axis = Axis("", 0, 1)
    return View(Figure([], layout(axis, axis)), caption=repr(values))


MODE = Choice("mode", "Mode", {name: name for name in ("plain", "own")}, "plain")
OWN = Text("even", "An even number", "4", read=even, text_of=str, examples=("2", "10")).when(mode=["own"])
WEIGHTS = Distribution("m", ("A", "B", "C"), (24, 12, 6), counted_by="n")


@view(mode=MODE, own=OWN, count=Slider("n", "", 1, 3, 2, 1), weights=WEIGHTS, pair=Sliders((SHARE, TEMPERATURE)))
def tiny(mode, own, count, weights, pair):
    """Draw nothing, with every kind of argument."""
    return drawn(mode=mode, own=own, count=count, weights=weights.tolist(), pair=pair.tolist())


def test_a_picture_knows_its_controls_in_order():
    assert list(tiny.controls) == ["mode", "even", "n", "m1", "m2", "m3", "p", "cool"]


def test_a_control_without_a_value_stands_at_its_default():
    assert tiny.settle({}) == {"mode": "plain", "even": 4, "n": 2, "m1": 24, "m2": 12, "m3": 6, "p": 0.5, "cool": 1.0}
    assert tiny().caption == repr({"mode": "plain", "own": 4, "count": 2, "weights": [24.0, 12.0], "pair": [0.5, 1.0]})


def test_a_control_that_is_not_shown_stands_at_its_default_whatever_is_given():
    settled = tiny.settle({"even": 10, "m3": 99, "m2": 50})
    assert (settled["even"], settled["m3"], settled["m2"]) == (4, 6, 50)
    settled = tiny.settle({"mode": "own", "even": 10, "n": 3, "m3": 99})
    assert (settled["even"], settled["m3"]) == (10, 99)
    assert tiny.shown_keys(tiny.settle({"n": 1})) == ["mode", "n", "m1", "p", "cool"]


def test_a_distribution_gives_the_weights_that_are_shown():
    assert "'weights': [24.0]" in tiny({"n": 1}).caption
    assert "'weights': [24.0, 12.0, 7.0]" in tiny({"n": 3, "m3": 7}).caption


def test_an_address_holds_what_is_shown_and_not_at_its_default():
    assert tiny.write({}) == {}
    assert tiny.write({"mode": "plain", "even": 10, "n": 2, "m3": 1, "m1": 25}) == {"m1": "25"}
    assert tiny.write({"mode": "own", "even": 10, "n": 3, "m3": 1}) == {
        "mode": "own",
        "even": "10",
        "n": "3",
        "m3": "1",
    }
    assert tiny.parse({"mode": "own", "even": "10"}) == tiny.settle({"mode": "own", "even": 10})


def test_a_picture_refuses_what_its_controls_refuse():
    with pytest.raises(ValueError, match="“3” is no even number"):
        tiny.parse({"mode": "own", "even": "3"})
    with pytest.raises(KeyError, match="nothing"):
        tiny.parse({"nothing": "1"})


def test_a_view_takes_what_it_declares():
    with pytest.raises(TypeError, match="declares"):
        view(p=SHARE)(lambda q: drawn(q=q))


def test_a_slider_is_a_handle_along_an_axis():
    handle = SHARE.handle("x", at=0.2)
    assert (handle.key, handle.axis, handle.low, handle.high, handle.step, handle.at) == ("p", "x", 0.0, 1.0, 0.01, 0.2)
    assert RARE.handle("x").values == (1e-6, 1 / 6, 0.5)


SOURCE = Distribution("m", ("A", "B", "C"), (24, 12, 6))


def test_weights_share_one_and_no_weight_at_all_shares_evenly():
    assert SOURCE.shares(np.array([24.0, 12.0, 12.0])).tolist() == [0.5, 0.25, 0.25]
    assert SOURCE.shares(np.zeros(4)).tolist() == [0.25] * 4
    assert SOURCE.settings([50, 30, 20]) == {"m1": 50, "m2": 30, "m3": 20}


def test_all_weights_are_shown_without_a_control_that_counts_them():
    assert [slider.conditions for slider in SOURCE.members] == [(), (), ()]
    assert [slider.label for slider in SOURCE.members] == ["A", "B", "C"]


def test_a_handle_knows_the_sum_of_the_other_weights():
    first, second, third = SOURCE.handles(np.array([10.0, 20.0, 30.0]), "y", at=range(3))
    assert (first.key, first.among, first.at) == ("m1", 50, 0)
    assert (second.among, third.among) == (40, 30)


def test_a_handle_on_another_axis_has_a_stop_for_each_weight():
    handles = SOURCE.handles(np.array([10.0, 10.0]), "y", at=range(2), place=lambda share: 2 * share)
    assert len(handles[0].stops) == 101
    assert handles[0].stops[10] == pytest.approx(2 * 0.5)


def test_a_handle_stays_on_the_picture_where_the_axis_is_infinite():
    with np.errstate(divide="ignore"):
        handles = SOURCE.handles(np.array([10.0, 10.0]), "y", at=range(2), place=lambda share: -np.log(share))
    assert np.isfinite(handles[0].stops).all()


def test_the_only_positive_weight_has_no_handle():
    assert [handle.key for handle in SOURCE.handles(np.array([10.0, 0.0]), "y", at=range(2))] == ["m2"]
