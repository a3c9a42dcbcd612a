import pytest

from tests.pages.helpers import check_challenges, is_solved, open_lesson, says
from xent_core.reweighting import TwoGaussians, reweighted


def test_each_challenge_has_a_state_that_solves_it():
    check_challenges(
        "class_weights",
        {
            "At 1:1,000 and d = 2, find more than 80 % of the ill.": {"imbalance": "1:1,000", "scheme": "inverse"},
            "The same, but alarm fewer than 5 %": {"imbalance": "1:1,000", "scheme": "effective", "beta": "0.999"},
            "p = 0.1, w = 9: find what costs least to say.": {"says": 0.5},
            "Make a 1 % risk come out as 50 %.": {"chance": 0.01, "pos_weight": "99"},
        },
    )


@pytest.mark.parametrize(
    ("task", "name", "states"),
    [
        (
            "Find all of the ill and alarm none of the healthy.",
            "perfect",
            [{"gap": 4}, {"imbalance": "1:1", "gap": 4}, {"imbalance": "1:1,000", "gap": 0.5}],
        ),
        (
            "With w other than 1, leave a probability as it is.",
            "unmoved",
            [{"pos_weight": "1"}, {"pos_weight": "2", "chance": 0.01}, {"pos_weight": "0.1", "chance": 0.99}],
        ),
    ],
)
def test_what_cannot_be_done_is_seen_through_not_found(task, name, states):
    for state in states:
        assert not is_solved(open_lesson("class_weights", **state), task)
    page = open_lesson("class_weights")
    page.toggle(key=f"forbidden_class_weights_{name}").set_value(True).run()
    assert is_solved(page, task)


def test_the_prediction_is_what_bayes_says():
    odds = 2.718281828459045**2 / 100  # how much likelier 2 is among the ill, times how rare they are
    assert TwoGaussians(2.0, 100).probability(2.0) == pytest.approx(odds / (1 + odds))
    assert says(open_lesson("class_weights", lock_class_weights="true"), "it is **0.069**")


def test_it_finds_84_and_alarms_16_per_cent():
    # "Now it finds 84.1 % of the ill, and alarms 15.9 % of the healthy: per ill person, 159 healthy ones."
    groups = TwoGaussians(2.0, 1000)
    edge = groups.boundary(pos_weight=1000)
    assert 1000 * groups.tail_probability(edge, 0) == pytest.approx(159, abs=0.5)
    page = open_lesson("class_weights", imbalance="1:1,000", scheme="inverse")
    assert says(page, "Beyond it are 84.1 % of the ill and 15.9 % of the healthy.")


def test_a_ten_per_cent_risk_with_weight_nine_is_fifty_per_cent():
    # "With w = 9 the cheapest thing to say about a 10 % risk is 50 %."
    assert reweighted(0.1, 9) == pytest.approx(0.5)
    assert says(open_lesson("class_weights"), "True 10 %, weight 9: the weighed model says 50 %.")
    assert says(open_lesson("class_weights", undo="true"), "divided by the weight again 10 %")


@pytest.mark.parametrize(
    ("card", "sentence"),
    [
        ("fifty", "the weighed model says 50 %. Your 50 % costs"),
        ("apart", "1:1,000, each ill person counts 1000-fold: the line lies at 1.00."),
    ],
)
def test_each_card_sets_its_counterexample(card, sentence):
    page = open_lesson("class_weights", chance=0.5)
    page.button_group(key=f"vote_{card}").set_value("I agree").run()
    page.button(key=f"show_{card}").click().run()
    assert not page.exception
    assert says(page, sentence)
