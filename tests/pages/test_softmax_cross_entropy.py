import numpy as np

from tests.pages.helpers import check_challenges, is_solved, open_lesson, says

NAME = "softmax_cross_entropy"


def test_each_challenge_has_a_state_that_solves_it():
    check_challenges(
        NAME,
        {
            "Make the loss ln K": {"z1": 0.5, "z2": 0.5, "z3": 0.5, "z4": 0.5},
            "Bring the loss under 0.01.": {"z1": 5, "z2": -3},
            "Give dog more than 0.99": {"temperature": 0.2},
            "Bring all four within 0.02 of a quarter.": {"temperature": 20},
            "Make the three losses one number": {"ahead": 6},
            "Make a confident, right model pay more than 3 nats.": {"ahead": 15, "doubt": 0.4},
        },
    )


def test_the_impossible_is_seen_through_not_found():
    for task, key, state in (
        ("Make every logit want to rise.", "all_up", {"z1": -5}),
        ("At temperature 1, change a probability", "shift", {"shift": 10}),
    ):
        page = open_lesson(NAME, **state)
        assert not is_solved(page, task)
        page.toggle(key=f"forbidden_{NAME}_{key}").set_value(True).run()
        assert is_solved(page, task)


def test_the_prediction_is_about_the_state_it_tells_of():
    # "softmax gives cat 0.237"
    assert says(open_lesson(NAME), "which gets 0.237")
    assert not says(open_lesson(NAME), "pulled up")  # not before the guess
    assert says(open_lesson(NAME, lock_softmax_cross_entropy=True), "it is **−0.763**")


def test_an_untrained_model_pays_ln_k():
    # "for 1,000 classes 6.91 nats"
    assert says(open_lesson(NAME), "for 1,000 classes 6.91 nats")
    for form in ("integer, 8 bytes", "one-hot, 8,000 bytes", "soft, 8,000 bytes"):
        assert says(open_lesson(NAME), f"{form}, loss 6.91")


def test_only_the_soft_label_sees_doubt():
    page = open_lesson(NAME, ahead=9.5, doubt=0.3)
    assert says(page, "integer, 8 bytes, loss 0.0721; one-hot, 8,000 bytes, loss 0.0721;")
    assert says(page, "soft, 8,000 bytes, loss 2.92.")


def test_a_constant_changes_nothing():
    for c in (-10, 0, 10):
        assert says(open_lesson(NAME, shift=c), "Dog gets 0.644.")


def test_a_wrong_class_costs():
    assert says(open_lesson(NAME, z2=5), "the loss is 4.03 nats")


def test_the_formula_can_be_checked_with_a_calculator():
    page = open_lesson(NAME, z1=1.25)
    shown = " ".join(element.value for element in page.latex)
    z = np.exp([1.25, 2, 0, -1]).sum()
    assert f"{np.log(z) - 1.25:.2f}" in shown
    assert f"{np.exp(1.25) / z - 1:.3f}" in shown


def test_the_same_state_in_pytorch():
    page = open_lesson(NAME, code_softmax_cross_entropy=True, right="fox")
    assert any("torch.nn.functional.cross_entropy(z, torch.tensor(2))" in block.value for block in page.code)
