"""The pictures of the lesson on choosing the loss: what solves their tasks, what they say, and their code."""

import math
import re

import numpy as np
import pytest

from tests.figures.helpers import labels
from tests.views.helpers import run
from xent_core import binary_cross_entropy_with_logits, one_hot, softmax, softmax_cross_entropy
from xent_ui.self_test.questions.check import Compute
from xent_ui.self_test.questions.checks.choose_the_loss import CHECKS
from xent_ui.views.choose_the_loss import (
    LEADS,
    WRONG_PAIRINGS,
    labels_of,
    least,
    logits_of,
    losses_and_slopes,
    n_classes,
    one_photo,
    right_answers,
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


def test_only_the_cost_of_the_question_asked_is_hidden_until_the_guess_is_locked_or_the_picture_moved():
    for logits in (UNTRAINED, {"cat": 0.1}, BOTH_SEEN):  # also at an address
        hidden = one_photo({"question": "any"} | logits)
        assert "It costs" not in hidden.caption
        assert not hidden.formula
        assert "<b>?</b>" in labels(hidden.figure)
    for asked, cost in (("one", "0.349"), ("binary", "0.127")):
        shown = one_photo({"question": asked})
        assert shown.caption.endswith(f"It costs {cost} nats.")
        assert shown.formula
        assert f"<b>{cost}</b>" in labels(shown.figure)
        assert "<b>?</b>" in labels(shown.figure), "the place of the guess"
    guess = {"question": "any", "guess_choose_the_loss": 1.0}
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
    assert wrong_pairings().caption.endswith("No logits get the wrong loss below 0.744.")


def test_the_explanation_of_a_one_on_a_wrong_class_belongs_to_its_loss():
    # It answered ln(1 + (K − 1) e), which is the loss with a 1 on every class but the right one.
    kind = next(each.kind for each in CHECKS if isinstance(each, Compute))
    for seed in range(8):
        draft = kind.draw(np.random.default_rng(seed))
        (mistake,) = (each for each in draft.wrong if "on a wrong class" in each.because)
        k = round(math.exp(draft.wrong[0].value))
        assert mistake.value == pytest.approx(softmax_cross_entropy([1.0] + [0.0] * (k - 1), one_hot(1, k)).value)


def test_two_numbers_uncover_most_wrong_pairings():
    # "With all logits 0, the loss should be ln K … “Sigmoids, one right” …: only its start gives it away, K ln 2"
    for k in n_classes.every_value:
        z = np.zeros(k)
        start = {kind: float(pairing.function(z, labels_of(kind, k)).value) for kind, pairing in WRONG_PAIRINGS.items()}
        assert start["twice"] == pytest.approx(math.log(k))
        assert start["sigmoids"] == pytest.approx(k * math.log(2))
        # "“softmax twice”, “softmax, two right” and “one-hot as integers” have a floor above 0"
        assert [kind for kind in WRONG_PAIRINGS if least(kind, k) > 0.1] == ["twice", "shared", "read"]
        # "“log of zero” learns nothing, because its slope is 0"
        assert (losses_and_slopes("rounded", k, LEADS)[1].wrong == 0).all()


@pytest.mark.parametrize("kind", WRONG_PAIRINGS)
@pytest.mark.parametrize("k", [3, 4, 5, 20])
def test_no_logits_get_a_wrong_loss_below_its_floor_and_some_come_close(kind, k):
    # The floors were those of other logits at 0: 2.08 for sigmoids with K = 4, which reach 0.
    function, labels_ = WRONG_PAIRINGS[kind].function, labels_of(kind, k)
    rng = np.random.default_rng(k)
    for scale in (0.1, 1, 5, 30):
        z = rng.normal(size=(400, k)) * scale
        given = np.broadcast_to(labels_, (400, *np.shape(labels_)))
        assert (function(z, given).value >= least(kind, k) - 1e-12).all()
    best = np.where(right_answers(kind, k) > 0, 40.0, -40.0)
    if kind == "read":
        best = np.log(np.maximum([k - 1, 1, *[0] * (k - 2)], 1e-30))
    assert function(best, labels_).value == pytest.approx(least(kind, k), abs=1e-9)


@pytest.mark.parametrize("kind", WRONG_PAIRINGS)
@pytest.mark.parametrize("k", [3, 4, 7, 20])
def test_at_each_lead_no_common_move_of_all_logits_costs_less(kind, k):
    for lead in (-10.0, -1.0, 0.0, 2.0, 10.0):
        values, _ = losses_and_slopes(kind, k, np.array(lead))
        is_right = right_answers(kind, k) > 0
        z = np.where(is_right, lead, 0.0) + np.linspace(-12, 12, 481)[:, None]
        given = np.broadcast_to(labels_of(kind, k), (481, *np.shape(labels_of(kind, k))))
        wrong = WRONG_PAIRINGS[kind].function(z, given).value
        assert wrong.min() == pytest.approx(values.wrong, rel=2e-3)
        assert (wrong >= values.wrong - 1e-9).all()
        if kind == "shared":
            right = binary_cross_entropy_with_logits(z, np.tile(1.0 * is_right, (481, 1))).value.sum(axis=-1)
            assert right.min() == pytest.approx(values.right, rel=2e-3)
            assert (right >= values.right - 1e-9).all()


def test_two_right_answers_under_a_softmax_are_not_the_right_pairing():
    # With the other logits at 0 the two losses were the same function at K = 4, and the wrong one lower for K >= 5.
    for k in n_classes.every_value:
        values, _ = losses_and_slopes("shared", k, LEADS)
        assert np.abs(values.wrong - values.right).max() > 1
        assert values.right[-1] < 0.15 < 2 * math.log(2) <= values.wrong.min()
    # "they cannot both pass ½ … A threshold of ½ finds at most one of them"
    assert softmax([3.0, 0.0, -5.0, -5.0])[0] == pytest.approx(0.952, abs=5e-4)


def test_the_same_lead_costs_more_with_sigmoids():
    for k in n_classes.every_value:
        values, _ = losses_and_slopes("sigmoids", k, LEADS)
        assert (values.wrong > values.right).all()


def test_the_slope_of_softmax_twice_fades_where_the_model_is_confidently_wrong():
    for k in n_classes.every_value:
        _, slopes = losses_and_slopes("twice", k, LEADS)
        assert abs(slopes.wrong[0]) < 1e-4 < 0.99 < abs(slopes.right[0])


def test_one_hot_as_integers_costs_more_the_surer_the_right_answer_unless_it_is_class_0_or_1():
    for k in n_classes.every_value:
        values, slopes = losses_and_slopes("read", k, LEADS)
        assert (np.diff(values.wrong) > 0).all()
        assert (slopes.wrong > 0).all()
    leads = [
        WRONG_PAIRINGS["read"].function(np.array([z, 0, 0, 0]), np.eye(4, dtype=int)[0]).value for z in (0, 1, 2.0)
    ]
    assert [round(float(value), 3) for value in leads] == [1.386, 0.994, 0.841]  # which is why the page says class 2


def test_the_formulas_of_the_best_logits():
    # u = e^z of the others, as the formula of "sigmoids, one right" writes it, and the loss as it is written with u
    for k in (3, 4, 20):
        for lead in (-10.0, 0.0, 3.0, 10.0):
            u = 2 / (k - 2 + math.sqrt((k - 2) ** 2 + 4 * (k - 1) * math.exp(lead)))
            written = math.log(1 + 1 / (u * math.exp(lead))) + (k - 1) * math.log(1 + u)
            values, slopes = losses_and_slopes("sigmoids", k, np.array(lead))
            assert values.wrong == pytest.approx(written)
            assert slopes.wrong == pytest.approx(-1 / (1 + u * math.exp(lead)))
            read = losses_and_slopes("read", k, np.array(lead))[0].wrong
            assert read == pytest.approx(math.log(math.exp(lead) + k - 1))


@pytest.mark.parametrize("kind", sorted(WRONG_PAIRINGS.keys() - {"rounded"}))
def test_the_slope_is_that_of_the_curve_for_each_right_answer(kind):
    step = 1e-5
    for lead in (-4.0, 0.0, 5.0):
        (right, wrong), slopes = losses_and_slopes(kind, 6, np.array(lead))
        above, _ = losses_and_slopes(kind, 6, np.array(lead + step))
        n_right = right_answers(kind, 6).sum()
        assert (above.wrong - wrong) / step == pytest.approx(n_right * slopes.wrong, abs=1e-4)
        assert (above.right - right) / step == pytest.approx(n_right * slopes.right, abs=1e-4)


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
    function, given = WRONG_PAIRINGS[kind].function, labels_of(kind, k)
    difference = (function(above, given).value - function(below, given).value) / (2 * step)
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
