"""A round: its number in the field and the address, and its answers, which its learner's browser keeps."""

import re

from tests.browser.hands import open_page, settle, thumb, wait_for_caption
from tests.browser.servers import line_to
from xent_ui.self_test.questions.facts import drawn

UP, DOWN = "[data-testid=stNumberInputStepUp]", "[data-testid=stNumberInputStepDown]"


def wait_for_round(page, number):
    """Wait until field, statement and address all are those of a round."""
    page.get_by_role("heading", name=drawn(number)[0].statement).wait_for()
    settle(page)
    assert page.locator(".st-key-round input").input_value() == str(number)
    assert page.url.partition("?")[2] == ("" if number == 1 else f"round={number}")


def test_each_back_after_steps_of_the_field_shows_the_round_before(page, address):
    open_page(page, f"{address}/you_are_the_model")
    for number in (2, 3, 4):
        page.locator(UP).click()
        wait_for_round(page, number)
    for number in (3, 2, 1):
        page.go_back()
        wait_for_round(page, number)
    page.go_forward()
    wait_for_round(page, 2)


def test_back_after_the_button_of_the_next_round_too(page, address):
    page.goto(f"{address}/interview?way=With numbers")
    field = page.locator(".st-key-number input")
    for number in (2, 3):
        page.get_by_role("button", name="Another").click()
        page.wait_for_url(re.compile(rf"&number={number}$"))
        settle(page)
        assert field.input_value() == str(number)
    page.go_back()
    page.wait_for_url(re.compile("&number=2$"))
    settle(page)
    assert field.input_value() == "2"


def test_steps_in_a_hurry_over_a_slow_line_all_count(page, address):
    with line_to(address) as line:
        open_page(page, f"{line.address}/you_are_the_model")
        line.delay = 0.15
        for steps, number in (((UP, UP, UP), 4), ((DOWN, DOWN, DOWN), 1)):
            for step in steps:
                page.locator(step).click()
                page.wait_for_timeout(200)
            page.wait_for_timeout(1000)
            wait_for_round(page, number)


def say(page, number, steps):
    """Move the slider by some steps from 50 %, answer the statement of this number, and look at the truth."""
    fact = drawn(1)[number - 1]
    page.get_by_role("heading", name=fact.statement).wait_for()
    settle(page)
    assert thumb(page, "believe").input_value() == "50", "each statement starts at an even chance"
    thumb(page, "believe").focus()
    for _ in range(abs(steps)):
        page.keyboard.press("ArrowRight" if steps > 0 else "ArrowLeft")
    settle(page)
    page.get_by_role("button", name="That is my answer").click()
    page.get_by_text(fact.because).wait_for()
    assert page.get_by_text(f"You said {50 + steps} %.").count()


def go_on(page, button="Next statement"):
    page.get_by_role("button", name=button).click()


def test_a_round_survives_reload_typed_address_new_tab_and_closed_window(open_tab, address):
    lesson = f"{address}/you_are_the_model"
    first = open_tab()
    open_page(first, lesson)
    say(first, 1, 7)
    first.reload()
    wait_for_caption(first, "You said 57 %.")
    go_on(first)
    say(first, 2, -3)
    go_on(first)
    first.get_by_text("Statement 3 of 12").wait_for()
    settle(first)
    first.goto(lesson)
    first.get_by_text("Statement 3 of 12").wait_for()
    second = first.context.new_page()
    open_page(second, f"{address}/surprise")
    second.goto(lesson)
    say(second, 3, 0)
    go_on(second)
    second.get_by_text("Statement 4 of 12").wait_for()
    settle(second)
    first.close()
    second.close()
    third = open_tab_of(second.context, lesson)
    for number in range(4, 13):
        say(third, number, 0)
        go_on(third, "Next statement" if number < 12 else "Your result")
    third.get_by_text("Your result in round 1").wait_for()
    settle(third)
    said = third.get_by_role("heading", name=re.compile(r"^\d+\.\d\d bits$")).inner_text()
    third.close()
    fourth = open_tab_of(second.context, lesson)
    fourth.get_by_role("heading", name=said).wait_for()
    assert fourth.get_by_text("Your answers are kept in this browser").count()


def open_tab_of(context, where):
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(where)
    return page
