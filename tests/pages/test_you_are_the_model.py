import pytest

from tests.pages.helpers import open_lesson, says
from xent_core import Unit, binary_cross_entropy
from xent_ui.self_test.questions.facts import FACTS, ROUND, drawn
from xent_ui.self_test.round import Round
from xent_ui.style.numbers import text


def play(page, number, say):
    """Answer the twelve of a round, each by a function of its statement."""
    for fact in drawn(number):
        assert says(page, fact.statement)
        p = say(fact)
        page.slider(key="believe").set_value(p).run()
        page.button(key=f"commit_{number}").click().run()
        cost = float(Unit.BITS.of(binary_cross_entropy(p, int(fact.true)).value))
        assert says(page, f"**It is {'true' if fact.true else 'false'}.** {fact.because}")
        assert says(page, f"that costs {text(cost)} bits")
        page.button(key=f"next_{number}").click().run()
        assert not page.exception
    return page


def test_every_statement_is_answered_right_and_wrong():
    for number in range(1, 7):
        right = Round(number, tuple(0.99 if fact.true else 0.01 for fact in drawn(number)))
        wrong = Round(number, tuple(0.01 if fact.true else 0.99 for fact in drawn(number)))
        assert right.bits.max() == pytest.approx(0.0145, abs=1e-4)
        assert wrong.bits.min() == pytest.approx(6.64, abs=0.01)
    assert len(FACTS) == 6 * ROUND


def test_a_round_from_the_first_statement_to_the_bill():
    page = play(open_lesson("you_are_the_model", round=3), 3, lambda fact: 0.8 if fact.true else 0.3)
    now = Round(3, tuple(0.8 if fact.true else 0.3 for fact in drawn(3)))
    assert says(page, f"### {text(float(now.bits.sum()))} bits")
    assert says(page, "Your mean cross-entropy is")
    assert says(page, "At T = 1 your answers cost")
    assert says(page, "Best would have been the boldest possible")
    assert page.code[0].value.endswith("/you_are_the_model?round=3")
    page.button(key="next_round").click().run()
    assert not page.exception
    assert says(page, drawn(4)[0].statement)
    assert page.slider(key="believe").value == 0.5


def test_always_an_even_chance_costs_twelve_bits():
    page = play(open_lesson("you_are_the_model"), 1, lambda fact: 0.5)
    assert says(page, "### 12.0 bits")
    assert says(page, "as much as the 12 bits")
    assert says(page, "You leaned to no side at all.")


def test_bolder_costs_more_where_one_is_wrong():
    page = play(open_lesson("you_are_the_model"), 1, lambda fact: 0.9)
    now = Round(1, (0.9,) * ROUND)
    assert now.tempered(0.2) > now.bits.mean() > now.tempered(now.best_temperature)
    page.button_group(key="vote_hits").set_value("I agree").run()
    page.button(key="show_hits").click().run()
    assert says(page, f"At T = 0.2 your answers cost {text(float(now.tempered(0.2)))} bits")


def test_error_bars_hold_what_was_seen_and_do_not_pretend():
    curve, low, high = Round(1, (0.9,) * ROUND).reliability()
    filled = curve.count > 0
    assert ((low <= curve.frequency) & (curve.frequency <= high))[filled].all()
    assert (high - low)[filled].min() > 0.3


@pytest.mark.parametrize("bad", ["nan", "0", "-1", "1e3", "9" * 400, "<script>", "", "١"])
def test_a_round_that_is_none_is_the_first(bad):
    assert says(open_lesson("you_are_the_model", round=bad), drawn(1)[0].statement)
