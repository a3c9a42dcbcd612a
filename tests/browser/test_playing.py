"""The training lab plays: no queue, a pause that holds, and silence after leaving."""

import re

import pytest

from tests.browser.hands import open_page, says, seen, settle, wait_for_caption, watch


def step(words):
    return int(re.match(r"Step (\d+) of 400", words).group(1))


class Line:
    """How many requests a tab has sent to the server, and how many were open at once."""

    def __init__(self, page):
        self.asked, self.open, self.most = 0, 0, 0
        page.on("websocket", lambda socket: socket.on("framesent", lambda _: self.ask(0)))
        page.on("request", lambda request: self.ask(1) if "/view/" in request.url else None)
        for end in ("requestfinished", "requestfailed"):
            page.on(end, lambda request: self.close() if "/view/" in request.url else None)

    def ask(self, opens):
        self.asked += 1
        self.open += opens
        self.most = max(self.most, self.open)

    def close(self):
        self.open -= 1


@pytest.fixture
def lab(page, address):
    """Return a tab with the training lab, and a count of its requests."""
    line = Line(page)
    open_page(page, f"{address}/training_lab")
    watch(page)
    return page, line


def test_it_plays_in_order_without_a_queue_and_pauses_at_the_next_picture(lab):
    page, line = lab
    before = line.asked
    page.locator("[data-does=play]").first.click()
    page.wait_for_function("window.seen.length >= 8")
    page.locator("[data-does=play]").first.click()
    drawn = len(seen(page))
    settle(page)
    steps = [step(words) for words in seen(page)]
    assert steps == sorted(steps)
    assert len(set(steps[drawn:])) <= 2, "it went on after the pause"
    assert line.most <= 2, "frames were queued"
    assert line.asked - before <= len(steps) + 4, "more was sent than was drawn"
    assert f"made={steps[-1]}" in page.url


def test_a_scroll_by_touch_while_it_plays_does_not_lose_where_it_pauses(lab):
    page, _ = lab
    page.locator("[data-does=play]").first.click()
    page.wait_for_function("window.seen.length >= 3")
    page.evaluate("window.dispatchEvent(new PointerEvent('pointercancel'))")  # what a browser sends when it scrolls
    page.locator("[data-does=play]").first.click()
    page.wait_for_function("() => new URL(location).searchParams.has('made')")
    settle(page)
    assert f"made={step(says(page))}" in page.url


def test_a_link_has_the_state_at_which_it_stops(lab):
    page, _ = lab
    page.locator("[data-does=play]").first.click()
    page.wait_for_function("window.seen.length >= 3")
    page.get_by_role("button", name="Share").click()
    page.wait_for_function("document.querySelector('.xent-share textarea')?.value.includes('made=')")
    settle(page)
    link = page.locator(".xent-share textarea").first.input_value()
    assert link.partition("?")[2].split("&")[0] == f"made={step(says(page))}"


def test_single_steps_and_start_again(lab):
    page, _ = lab
    for expected in (1, 2):
        page.locator("[data-does=step]").first.click()
        wait_for_caption(page, f"Step {expected} ")
    page.locator("[data-does=restart]").first.click()
    wait_for_caption(page, "Step 0 ")
    settle(page)
    assert step(says(page)) == 0


def test_leaving_the_page_stops_it(lab):
    page, line = lab
    page.locator("[data-does=play]").first.click()
    page.wait_for_function("window.seen.length >= 3")
    page.get_by_role("link", name="Numerics").first.click()
    page.wait_for_selector("h1:has-text('nan')")
    settle(page)
    quiet = line.asked
    page.wait_for_timeout(1500)
    assert line.asked == quiet
