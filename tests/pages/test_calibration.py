"""What the lesson on calibration needs its page for: one temperature and one network for both pictures."""

from tests.pages.helpers import is_solved, open_lesson, says


def test_temperature_and_training_steps_move_both_pictures():
    page = open_lesson("calibration", cool=0.5, practice=400)
    network = "Brier score of the network, its probabilities rounded to tenths: "
    assert says(page, network)
    before = next(each.value for each in page.caption if each.value.startswith(network))
    page.slider(key="cool").set_value(2.0).run()
    after = next(each.value for each in page.caption if each.value.startswith(network))
    assert says(page, "At T = 2: calibration error (ECE)"), "a move by hand shows the answer"
    assert before != after


def test_a_link_neither_reveals_nor_solves():
    page = open_lesson("calibration", cool=2.8)
    assert says(page, "Where does the dot of the last bin belong?")
    assert not is_solved(page, "find a temperature at which the ECE")
    page.slider(key="cool").set_value(2.85).run()
    assert is_solved(page, "find a temperature at which the ECE")
