import pytest

from tests.pages.helpers import check_challenges, is_solved, open_lesson, says
from xent_core import sigmoid, sparse_softmax_cross_entropy
from xent_core.calibration import cross_entropy_at_temperature
from xent_ui.experiments.training_runs import run


def test_each_challenge_has_a_state_that_solves_it():
    check_challenges(
        "calibration",
        {
            "Halve the calibration error": {"cool": 2.8},
            "Train just so long that no temperature is needed": {"practice": 50},
            "Make the forecaster who always says the same": {"always": 0.33},
            "Let the network throw away a fifth": {"practice": 400},
        },
    )


def test_the_impossible_is_seen_through_not_found():
    task = "Bring the constant forecast's score below its uncertainty."
    page = open_lesson("calibration", always=0.33)
    assert not is_solved(page, task)
    page.toggle(key="forbidden_calibration_constant").set_value(True).run()
    assert is_solved(page, task)


def test_the_picture_keeps_its_answer_until_a_guess_or_a_move():
    fresh = open_lesson("calibration")
    assert says(fresh, "Lock in a guess")
    assert not says(fresh, "calibration error (ECE)")
    assert says(open_lesson("calibration", bins=12), "calibration error (ECE)")


def test_the_prediction():
    # "Look at the last bin: 98 % sure on average. How many in 100 of these come true?"
    page = open_lesson("calibration", lock_calibration=True)
    assert says(page, "it is **83.5 in 100**")
    assert any("0.9834" in formula.value for formula in page.latex)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        # "its Brier score is 0.222, that of the network, which is off by 10 %, only 0.136"
        ({"always": 0.33}, "rounded to tenths: 0.136. Always 33 %: 0.222, off by 0.35 %"),
        ({"lock_calibration": True}, "calibration error (ECE) 10.5 %"),
        # "its log loss nearly doubles, from 0.662 to 1.21"
        ({"lock_calibration": True}, "log loss 0.662 nats"),
        ({"cool": 0.5}, "log loss 1.21 nats"),
    ],
)
def test_the_numbers_of_the_cards(state, words):
    assert says(open_lesson("calibration", **state), words)


def test_nearly_all_of_a_bold_networks_loss_is_paid_for_what_it_got_wrong():
    module = __import__("runpy").run_path("pages/calibration.py", run_name="page")
    z, came = module["forecasts"](300).logits / 0.5, module["CAME"]
    paid = cross_entropy_at_temperature(z[(z > 0) != came], came[(z > 0) != came], 1.0).value * sum((z > 0) != came)
    assert paid > 0.9 * cross_entropy_at_temperature(z, came, 1.0).value * len(z)
    assert run(module["NETWORK"]).params(300).shape == (65,)
    assert sigmoid(z).min() > 0


def test_a_temperature_as_two_classes_is_the_same():
    z, y = [[0.0, 2.0], [0.0, -1.0]], [1, 1]
    two = sparse_softmax_cross_entropy([[0.0, 1.0], [0.0, -0.5]], y).value.mean()
    assert cross_entropy_at_temperature([row[1] for row in z], y, 2.0).value == pytest.approx(two, rel=1e-14)
