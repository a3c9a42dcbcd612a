import pytest

from tests.pages.helpers import check_challenges, is_solved, open_lesson, says

PAIRINGS = ("softmax twice", "sigmoids, one right", "softmax, two right", "one-hot as integers", "log of zero")


def test_each_challenge_has_a_state_that_solves_it():
    check_challenges(
        "choose_the_loss",
        {
            "Give cat and dog more than 0.6 each.": {"question": "any of 3"},
            "“Any of 3”: bring the loss below 0.1 nats.": {"question": "any of 3", "cat": 5, "dog": 5, "fox": -5},
            "Find a pairing that pushes the right answer down.": {"pairing": "one-hot as integers"},
            "Make the wrong loss infinite.": {"pairing": "log of zero", "lead": -8},
            "Softmax twice: raise the floor above 1.5 nats.": {"of": 11},
        },
    )


@pytest.mark.parametrize(
    ("task", "toggle", "state"),
    [
        ("“One of 3”: give cat and dog more than 0.6 each.", "share", {"cat": 6, "dog": 6, "fox": -6}),
        ("Softmax twice, four classes: bring the loss to 0.7 nats.", "below", {"lead": 10}),
    ],
)
def test_what_cannot_be_done_is_seen_through(task, toggle, state):
    page = open_lesson("choose_the_loss", **state)
    assert not is_solved(page, task)
    page.toggle(key=f"forbidden_choose_the_loss_{toggle}").set_value(True).run()
    assert is_solved(page, task)


def test_the_untrained_model():
    # "“One of 3” then costs ln 3 = 1.10 nats."
    assert says(open_lesson("choose_the_loss", cat=0, dog=0, fox=0), "It costs 1.10 nats.")
    assert says(open_lesson("choose_the_loss", cat=0, dog=0, fox=0, question="any of 3"), "It costs 2.08 nats.")
    assert says(open_lesson("choose_the_loss", lock_choose_the_loss=True), "it is **2.08 nats**")


def test_softmax_shares_one_and_sigmoids_do_not():
    assert says(open_lesson("choose_the_loss"), "together 1.00")
    assert says(open_lesson("choose_the_loss", question="any of 3"), "together 1.88")
    assert says(open_lesson("choose_the_loss", question="yes / no"), "one sigmoid says cat 0.881")


def test_the_right_names():
    assert says(open_lesson("choose_the_loss"), "**PyTorch:** `CrossEntropyLoss()`, integer")
    assert says(open_lesson("choose_the_loss"), "SparseCategoricalCrossentropy(from_logits=True)")
    assert says(open_lesson("choose_the_loss", question="any of 3"), "**PyTorch:** `BCEWithLogitsLoss()`, float rows")
    assert says(open_lesson("choose_the_loss", question="yes / no"), "`log_loss(y, p)`")


def test_softmax_twice_has_a_floor():
    # "at a logit of 10 it should be near 0 and is 0.744. At −10, where the pull should be 1, there is hardly any."
    assert says(open_lesson("choose_the_loss", lead=10), "0.744 nats where 0.000136 would be right")
    assert says(open_lesson("choose_the_loss", lead=-10), "slope −1.63 × 10⁻⁵ for −1.00")
    # "the second makes e / (e + 3) = 0.475 of it": −ln 0.475 = 0.744
    assert says(open_lesson("choose_the_loss"), "At best, with the others at 0, it costs 0.744.")


def test_each_pairing_fails_untrained_or_when_all_is_learned():
    # "untrained, the loss should be ln K, or ln 2 a label; ... it should go to 0. Each pairing above fails one"
    assert says(open_lesson("choose_the_loss", pairing=PAIRINGS[1], lead=0), "2.77 nats where 1.39 would be right")
    for pairing, least in (("softmax twice", "0.744"), ("softmax, two right", "1.39"), ("one-hot as integers", "1.10")):
        assert says(open_lesson("choose_the_loss", pairing=pairing), f"it costs {least}.")
    # "Above, the loss moves in stairs, flat wherever you stand": it cannot be learned down
    assert says(open_lesson("choose_the_loss", pairing=PAIRINGS[4], lead=2), "slope 0 for −0.289")


def test_one_hot_as_integers_pushes_the_right_answer_down():
    assert says(open_lesson("choose_the_loss", pairing=PAIRINGS[3], lead=5), "slope 0.980 for −0.0198")


@pytest.mark.parametrize("pairing", PAIRINGS)
def test_the_same_state_as_code(pairing):
    functions = (
        "softmax_twice",
        "sigmoids_for_one_class",
        "softmax_for_many_labels",
        "one_hot_as_labels",
        "log_of_rounded_probs",
    )
    name = functions[PAIRINGS.index(pairing)]
    page = open_lesson("choose_the_loss", pairing=pairing, **{f"code_{name}": True})
    assert any(f"from xent_core.mismatched_losses import {name}" in block.value for block in page.code)
