"""The training lab plays: no queue, a pause that holds, and silence after leaving."""

import re

import pytest

from tests.browser.hands import open_page, says, seen, settle, watch


def step(words):
    return int(re.match(r"Step (\d+) of 400", words).group(1))


@pytest.fixture
def lab(page, address):
    """The lab, and a list of what its tab sends to the server."""
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda payload: sent.append(payload)))
    open_page(page, f"{address}/training_lab")
    watch(page)
    return page, sent


def test_it_plays_in_order_without_a_queue_and_pauses_at_the_next_picture(lab):
    page, sent = lab
    before = len(sent)
    page.locator("[data-does=play]").first.click()
    page.wait_for_function("window.seen.length >= 8")
    page.locator("[data-does=play]").first.click()
    drawn = len(seen(page))
    settle(page)
    steps = [step(words) for words in seen(page)]
    assert steps == sorted(steps)
    assert all(later - earlier <= 5 for earlier, later in zip(steps, steps[1:], strict=False))
    assert len(set(steps[drawn:])) <= 2, "it went on after the pause"
    assert len(sent) - before <= len(steps) + 4, "more was sent than was drawn"
    assert f"made={steps[-1]}" in page.url


def test_single_steps_and_start_again(lab):
    page, _ = lab
    for expected in (1, 2):
        page.locator("[data-does=step]").first.click()
        page.wait_for_function(f"document.querySelector('.xent-stage').ariaLabel.startsWith('Step {expected} ')")
    page.locator("[data-does=restart]").first.click()
    page.wait_for_function("document.querySelector('.xent-stage').ariaLabel.startsWith('Step 0 ')")
    settle(page)
    assert step(says(page)) == 0


def test_leaving_the_page_stops_it(lab):
    page, sent = lab
    page.locator("[data-does=play]").first.click()
    page.wait_for_function("window.seen.length >= 3")
    page.get_by_role("link", name="Numerics").first.click()
    page.wait_for_selector("h1:has-text('nan')")
    settle(page)
    quiet = len(sent)
    page.wait_for_timeout(1500)
    assert len(sent) == quiet
