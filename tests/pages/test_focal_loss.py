import numpy as np
import pytest

from tests.pages.helpers import check_challenges, is_solved, open_lesson, says
from xent_core import binary_cross_entropy_with_logits, sigmoid_focal_loss
from xent_core.reweighting import best_focal_report, log_odds


def ratio(p, gamma=2.0):
    z = log_odds(p)
    return sigmoid_focal_loss(z, 1, gamma=gamma).grad / binary_cross_entropy_with_logits(z, np.ones_like(z)).grad


def test_each_challenge_has_a_state_that_solves_it():
    check_challenges(
        "focal_loss",
        {
            "With γ = 2, find where both pull alike": {"pt": 0.3},
            "Find an example that focal loss counts 1,000 times less.": {"pt": 0.97},
            "1,000 windows at 0.99: give the object half the loss": {"focus": 1},
            "The same with α alone": {"alpha": 0.85},
            "Drown the object again": {"focus": 2, "easy": 0.5},
            "True 80 % of the time, γ = 2: find the cheapest report": {"report": 0.627},
            "Make it pay to hold back 0.3 or more.": {"truth": 0.95, "bend": 5},
        },
    )


@pytest.mark.parametrize(
    ("task", "name", "states"),
    [
        ("Find one that costs more under focal loss.", "dearer", [{"pt": 0.01}, {"pt": 0.1}, {"gamma": 0}]),
        (
            "With γ above 0, find a truth over ½ where honesty is cheapest.",
            "honest",
            [{"truth": 0.5}, {"bend": 0.1, "truth": 0.51}, {"bend": 0}, {"truth": 0.99}],
        ),
    ],
)
def test_what_cannot_be_done_is_seen_through_not_found(task, name, states):
    for state in states:
        assert not is_solved(open_lesson("focal_loss", **state), task)
    page = open_lesson("focal_loss")
    page.toggle(key=f"forbidden_focal_loss_{name}").set_value(True).run()
    assert is_solved(page, task)


def test_honesty_is_never_cheapest_on_the_whole_grid_of_the_sliders():
    gaps = [t - best_focal_report(t, gamma=g) for t in np.linspace(0.51, 0.99, 13) for g in (0.1, 1.0, 5.0)]
    assert min(gaps) > 1e-4


def test_focal_can_pull_harder():
    # "At p = 0.1 and γ = 2 it pulls with 1.10 where cross-entropy pulls with 0.90: 22 % harder. Only above about
    # p = 0.30 does it pull less."
    assert ratio(0.1) == pytest.approx(1.22, abs=0.005)
    assert ratio(0.295) > 1 > ratio(0.305)
    assert says(open_lesson("focal_loss", pt=0.1), "pulls with 1.10 for 0.900")


def test_the_answer_waits_for_the_guess():
    assert says(open_lesson("focal_loss"), "Where will focal loss with γ = 2 be?")
    page = open_lesson("focal_loss", lock_focal_loss="true")
    assert says(page, "it is **1.10**")


def test_a_thousand_nothings_outweigh_the_one_mistake():
    # "a thousand nothings outweigh the one mistake that matters"
    assert says(open_lesson("focal_loss"), "holds 18.6 %; 1,000 windows that are 99 % sure of background hold 81.4 %")
    assert says(open_lesson("focal_loss", focus=2, alpha=0.25), "holds 99.8 %")


def test_what_should_be_80_comes_out_as_62_7():
    # "Trained with γ = 2, a model that should say 80 % says 62.7 %"
    assert best_focal_report(0.8, gamma=2.0) == pytest.approx(0.627, abs=5e-4)
    assert says(open_lesson("focal_loss"), "the cheapest report is 0.627")


@pytest.mark.parametrize(
    ("card", "sentence"),
    [
        ("shrinks", "At p = 0.10 focal loss costs 1.87 nats for cross-entropy's 2.30, and pulls with 1.10 for 0.900."),
        ("alpha", "The object, at p = 0.1, holds 67.3 %"),
        ("probabilities", "to report 0.9 costs"),
    ],
)
def test_each_card_sets_its_counterexample(card, sentence):
    page = open_lesson("focal_loss")
    page.button_group(key=f"vote_{card}").set_value("I agree").run()
    page.button(key=f"show_{card}").click().run()
    assert not page.exception
    assert says(page, sentence)
