"""The pictures of the lesson on choosing the loss: what solves their tasks, what they say, and their code."""

import math
import re

import numpy as np
import pytest

from tests.views.helpers import run
from xent_ui.views.choose_the_loss import (
    WRONG_PAIRINGS,
    labels_of,
    logits_of,
    losses_and_slopes,
    one_photo,
    wrong_pairings,
)

UNTRAINED = {"cat": 0.0, "dog": 0.0, "fox": 0.0}
BOTH_SEEN = {"cat": 5.0, "dog": 5.0, "fox": -5.0}


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (one_photo, {"question": "any"}, "both"),
        (one_photo, {"question": "any"} | BOTH_SEEN, "any"),
        (wrong_pairings, {"pairing": "read"}, "down"),
        (wrong_pairings, {"pairing": "rounded", "lead": -8.0}, "infinite"),
        (wrong_pairings, {"of": 11}, "floor"),
    ],
)
def test_what_solves_each_task(picture, values, task):
    assert picture(values).solved[task]


@pytest.mark.parametrize(
    ("picture", "values", "task"),
    [
        (one_photo, {"cat": 6.0, "dog": 6.0, "fox": -6.0}, "share"),
        (wrong_pairings, {"lead": 10.0}, "below"),
        (one_photo, {"question": "binary", "cat": 6.0}, "both"),
        (one_photo, {"question": "any"} | UNTRAINED, "any"),
    ],
)
def test_what_does_not_solve_a_task(picture, values, task):
    assert not picture(values).solved[task]


def test_the_untrained_model():
    # "“One of 3” then costs ln 3 = 1.10 nats."
    assert one_photo(UNTRAINED, shown=True).caption.endswith("It costs 1.10 nats.")
    assert one_photo(UNTRAINED | {"question": "any"}, shown=True).caption.endswith("It costs 2.08 nats.")
    assert one_photo.question.answer == pytest.approx(3 * math.log(2))


def test_the_cost_is_hidden_until_the_guess_is_locked_or_the_picture_moved():
    hidden = one_photo()
    assert "It costs" not in hidden.caption
    assert not hidden.formula
    guess = {"guess_choose_the_loss": 1.0}
    assert "It costs" in one_photo(guess, locked=True).caption
    assert "it is **2.08 nats**" in one_photo.question.read(guess, locked=True).verdict


def test_softmax_shares_one_and_sigmoids_do_not():
    assert "together 1.00" in one_photo().caption
    assert "together 1.88" in one_photo({"question": "any"}).caption
    assert "one sigmoid says cat 0.881" in one_photo({"question": "binary"}).caption


def test_a_single_yes_or_no_has_one_logit():
    values = one_photo.settle({"question": "binary", "dog": 5.0})
    assert {"dog", "fox"}.isdisjoint(one_photo.shown_keys(values))
    assert one_photo.write({"question": "binary", "dog": 5.0}) == {"question": "yes / no"}
    assert [handle.key for handle in one_photo({"question": "binary"}).handles] == ["cat"]


@pytest.mark.parametrize("asked", ["one", "any", "binary"])
def test_a_logit_is_dragged_to_where_its_bar_shows_its_probability(asked):
    """The axis shows probabilities, so a handle that takes it for logits would put every bar near 0."""
    values = {"question": asked, "cat": 2.0, "dog": 1.0, "fox": -1.0}
    powers = np.exp([2.0, 1.0, -1.0])
    probs = powers / powers.sum() if asked == "one" else powers / (1 + powers)
    handles = one_photo(values).handles
    for handle, logit, p in zip(handles, (2.0, 1.0, -1.0), probs, strict=False):
        place = handle.stops[round((logit - handle.low) / handle.step)]
        assert place == pytest.approx(p, abs=1e-4)


def test_the_names_that_belong_to_each_question():
    assert "**PyTorch:** `CrossEntropyLoss()`, integer" in one_photo().notes
    assert "SparseCategoricalCrossentropy(from_logits=True)" in one_photo().notes
    assert "**PyTorch:** `BCEWithLogitsLoss()`, float rows" in one_photo({"question": "any"}).notes
    assert "`log_loss(y, p)`" in one_photo({"question": "binary"}).notes


def test_softmax_twice_has_a_floor():
    # "at a logit of 10 it should be near 0 and is 0.744. At −10, where the pull should be 1, there is hardly any."
    assert "0.744 nats where 0.000136 would be right" in wrong_pairings({"lead": 10.0}).caption
    assert "slope −1.63 × 10⁻⁵ for −1.00" in wrong_pairings({"lead": -10.0}).caption
    # "the second makes e / (e + 3) = 0.475 of it"
    assert -math.log(math.e / (math.e + 3)) == pytest.approx(0.744, abs=5e-4)
    assert wrong_pairings().caption.endswith("At best, with the others at 0, it costs 0.744.")


def test_each_pairing_fails_untrained_or_when_all_is_learned():
    # "untrained, the loss should be ln K, or ln 2 per label; ... it should go to 0. Each pairing above fails one"
    assert "2.77 nats where 1.39 would be right" in wrong_pairings({"pairing": "sigmoids", "lead": 0.0}).caption
    for kind, least in (("twice", "0.744"), ("shared", "1.39"), ("read", "1.10")):
        assert wrong_pairings({"pairing": kind}).caption.endswith(f"it costs {least}.")
    # "Above, the loss moves in stairs, flat wherever you stand": it cannot be learned
    assert "slope 0 for −0.289" in wrong_pairings({"pairing": "rounded", "lead": 2.0}).caption


def test_one_hot_as_integers_pushes_the_right_answer_down():
    assert "slope 0.980 for −0.0198" in wrong_pairings({"pairing": "read", "lead": 5.0}).caption


def test_the_notes_say_what_goes_wrong_and_what_to_do_instead():
    for kind, pairing in WRONG_PAIRINGS.items():
        notes = wrong_pairings({"pairing": kind}).notes
        assert notes == f"**What goes wrong.** {pairing.trouble} **Instead:** {pairing.remedy}"


@pytest.mark.parametrize("kind", sorted(WRONG_PAIRINGS.keys() - {"rounded"}))  # the slope of stairs is 0 by definition
def test_the_slope_is_that_of_the_loss(kind):
    """Both slopes against a difference of both losses, in the logit of class 2 alone."""
    k, step, ahead = 5, 1e-6, np.array(1.3)
    _, slopes = losses_and_slopes(kind, k, ahead)
    z = logits_of(kind, k, ahead)
    above, below = z.copy(), z.copy()
    above[2] += step
    below[2] -= step
    function, labels = WRONG_PAIRINGS[kind].function, labels_of(kind, k)
    difference = (function(above, labels).value - function(below, labels).value) / (2 * step)
    assert slopes.wrong == pytest.approx(difference, abs=1e-7)


def test_the_code_of_several_labels_gives_the_one_sum_that_the_picture_shows():
    view = one_photo({"question": "any"}, shown=True)
    value = run(view.code.numpy)["value"]
    losses = [math.log1p(math.exp(-2)), math.log1p(math.exp(-1)), math.log1p(math.exp(-1))]  # y = 1, 1, 0
    assert np.shape(value) == ()
    assert value == pytest.approx(sum(losses))
    assert f"It costs {sum(losses):.3f} nats" in view.caption
    assert "reduction='sum'" in view.code.torch


def test_no_formula_and_no_code_writes_minus_zero():
    states = [(one_photo, UNTRAINED | {"question": asked}) for asked in ("one", "any", "binary")]
    states += [(wrong_pairings, {"pairing": kind, "lead": at}) for kind in WRONG_PAIRINGS for at in (0.0, -2.0)]
    for picture, values in states:
        view = picture(values, shown=True)
        assert "-0}" not in view.formula, values
        assert not re.search(r"-0(\.0*)?[^.\d]", view.code.numpy + view.code.torch), view.code


@pytest.mark.parametrize("kind", WRONG_PAIRINGS)
def test_each_pairing_as_code(kind):
    code = wrong_pairings({"pairing": kind}).code
    assert f"from xent_core.mismatched_losses import {WRONG_PAIRINGS[kind].function.__name__}" in code.numpy
    assert "{" not in code.torch
