"""The number of a round in its field and in the address: steps, Back, and a slow line."""

import re

from tests.browser.hands import open_page, settle
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
    page.goto(f"{address}/interview?mode=With numbers")
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
