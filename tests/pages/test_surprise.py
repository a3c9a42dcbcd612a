from tests.pages.helpers import check_challenges, is_solved, open_lesson, says


def test_each_challenge_has_a_state_that_solves_it():
    check_challenges(
        "surprise",
        {
            "Find an event worth exactly 3 bits.": {"p": 0.125},
            "Find one that surprises nobody at all.": {"p": 1},
            "Make both at once worth 4 bits.": {"a": 0.25, "b": 0.25},
        },
    )


def test_a_negative_surprise_is_seen_through_not_found():
    task = "Find an event whose surprise is negative."
    page = open_lesson("surprise", p=1)
    assert not is_solved(page, task)
    page.toggle(key="forbidden_surprise_negative").set_value(True).run()
    assert is_solved(page, task)


def test_the_tumour_sentence():
    # "A scan was read as 70 % benign ... what happened had a chance of 30 %": 1.74 bits
    assert says(open_lesson("surprise", p=0.3), "An event of probability 30 % carries 1.74 bits")
