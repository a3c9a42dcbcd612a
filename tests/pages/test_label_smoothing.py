import re

from tests.pages.helpers import check_challenges, is_solved, open_lesson, says


def test_each_challenge_has_a_state_that_solves_it():
    check_challenges(
        "label_smoothing",
        {
            "With ε = 0.1 and ten classes, bring the loss down to its floor.": {"gap": 4.5},
            "Ask for at least 0.9 on the right class, and still lift the floor above 1 nat.": {"classes": 1000},
            "Make the first run at least 20 points surer than it is right.": {"wrong": 0.3, "seed": 2},
            "Make the second run too modest": {"run_eps": 0.3, "wrong": 0},
            "Smooth until dog is less than 3 times as likely as lorry.": {"teacher_eps": 0.2},
        },
    )


def test_no_gap_is_below_the_floor():
    task = "With ε = 0.2 and two classes, find a gap whose loss is below the floor."
    page = open_lesson("label_smoothing", eps=0.2, classes=2, gap=2.2)
    assert not is_solved(page, task)
    page.toggle(key="forbidden_label_smoothing_below").set_value(True).run()
    assert is_solved(page, task)


def test_a_tenth_taken_does_not_leave_nine_tenths():
    # "With two classes that is 0.95, with ten 0.91"
    assert says(open_lesson("label_smoothing", classes=2), "the target asks for 0.95.")
    assert says(open_lesson("label_smoothing"), "the target asks for 0.91.")


def test_the_floor_of_ten_classes():
    # "here 0.500 nats"
    page = open_lesson("label_smoothing", gap=4.5)
    assert says(page, "The loss is 0.500 nats: a floor of 0.500")
    assert says(page, "The best gap is 4.51.")
    assert not says(open_lesson("label_smoothing"), "a floor of")  # not before the guess
    assert says(open_lesson("label_smoothing", lock_label_smoothing=True), "it is **0.500 nats**")


def test_a_hard_label_has_no_best_gap():
    assert says(open_lesson("label_smoothing", eps=0), "a floor of 0 and 0.00301 too much. The best gap is ∞.")


def test_smoothing_caps_confidence_and_hardly_changes_what_is_right():
    # "the second is less sure, and about as often right"
    page = open_lesson("label_smoothing")
    caption = next(c.value for c in page.caption if "the first run" in c.value)
    sure1, right1, sure2, right2 = (int(n) for n in re.findall(r"(\d+) %", caption))
    assert sure2 < sure1
    assert abs(right2 - right1) <= 3


def test_the_teacher():
    assert says(open_lesson("label_smoothing", teacher_eps=0), "dog 900 times as likely as lorry")
    assert says(open_lesson("label_smoothing", teacher_eps=0.1), "dog 4.22 times as likely as lorry")


def test_the_same_state_in_pytorch():
    page = open_lesson("label_smoothing", code_sparse_softmax_cross_entropy=True)
    assert any("cross_entropy(z, torch.tensor(0), label_smoothing=0.1)" in block.value for block in page.code)
