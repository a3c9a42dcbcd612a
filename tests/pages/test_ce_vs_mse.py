"""What the page of the lesson on cross-entropy and squared error adds to its pictures."""

from tests.pages.helpers import open_lesson, says


def test_prose_has_the_accuracy_of_both_losses():
    page = open_lesson("ce_vs_mse")
    assert says(page, "after 200 steps, cross-entropy gets 96 % of these points right and squared error 96 %.")


def test_the_card_moves_the_race():
    page = open_lesson("ce_vs_mse")
    page.button_group(key="vote_cannot").set_value("I disagree").run()
    page.button(key="show_cannot").click().run()
    assert not page.exception
    assert says(page, "From p = 11.92 %, after 20 steps")
