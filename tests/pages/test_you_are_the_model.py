"""A round on its page, from the first statement to the result."""

import pytest

from tests.pages.helpers import open_lesson, plain, says, visible_text
from xent_ui.self_test.questions.facts import drawn
from xent_ui.self_test.round import Round
from xent_ui.style.numbers import text
from xent_ui.views.you_are_the_model import bits_of


def play(page, number, say):
    """Answer the twelve of a round, each by a function of its statement."""
    for fact in drawn(number):
        assert says(page, fact.statement)
        assert page.slider(key="believe").value == 50, "each statement begins at an even chance"
        p = say(fact)
        page.slider(key="believe").set_value(round(100 * p)).run()
        page.button(key=f"commit_{number}").click().run()
        assert says(page, f"**It is {'true' if fact.true else 'false'}.** {fact.because}")
        assert says(page, f"that costs {text(bits_of(p, true=fact.true))} bits")
        page.button(key=f"next_{number}").click().run()
        assert not page.exception
    return page


def test_a_round_from_the_first_statement_to_the_result():
    def say(fact):
        return 0.8 if fact.true else 0.3

    page = play(open_lesson("you_are_the_model", round=3), 3, say)
    answers = Round(3, tuple(say(fact) for fact in drawn(3))).answers
    assert says(page, f"### {answers.total:.2f} bits")
    assert says(page, "Your most expensive answer is")
    assert says(page, "Your mean cross-entropy is")
    assert says(page, "At T = 1 your answers cost")
    assert says(page, "Every side that you leaned to was right")
    page.button_group(key="vote_hits").set_value("I agree").run()
    page.button(key="show_hits").click().run()
    assert says(page, f"At T = 0.2 your answers cost {text(float(answers.mean_bits_at(0.2)))} bits")
    assert page.code[0].value.endswith("/you_are_the_model?round=3")
    page.button(key="next_round").click().run()
    assert not page.exception
    assert page.number_input(key="round").value == 4
    assert says(page, drawn(4)[0].statement)
    assert page.slider(key="believe").value == 50


def test_twelve_even_chances_are_told_what_they_mean():
    page = play(open_lesson("you_are_the_model", round=8), 8, lambda fact: 0.5)
    assert says(page, "### 12.00 bits")
    assert "Your answers are calibrated, and they say nothing." in plain(visible_text(page))
    assert says(page, "**Try this in the next round:**")
    assert not says(page, "Your most expensive answer")
    assert not says(page, "At T = 1 your answers cost"), "a temperature changes nothing"


def test_the_first_statement_of_another_round_starts_at_an_even_chance():
    page = open_lesson("you_are_the_model", round=2)
    page.slider(key="believe").set_value(90).run()
    page.number_input(key="round").set_value(3).run()
    assert says(page, drawn(3)[0].statement)
    assert page.slider(key="believe").value == 50


def test_a_link_may_set_the_slider():
    assert open_lesson("you_are_the_model", believe=80).slider(key="believe").value == 80


def test_a_round_goes_on_where_it_was_left():
    page = open_lesson("you_are_the_model", round=2)
    page.button(key="commit_2").click().run()
    page.number_input(key="round").set_value(3).run()
    assert says(page, "Statement 1 of 12")
    page.number_input(key="round").set_value(2).run()
    assert says(page, f"**It is {'true' if drawn(2)[0].true else 'false'}.** {drawn(2)[0].because}")
    page.button(key="next_2").click().run()
    assert says(page, "Statement 2 of 12 · 1.00 bits so far")


@pytest.mark.parametrize("bad", ["nan", "0", "-1", "1e3", "9" * 400, "<script>", "", "١"])
def test_an_invalid_round_opens_the_first_one(bad):
    assert says(open_lesson("you_are_the_model", round=bad), drawn(1)[0].statement)
