"""The picture follows the hand: in order, without a queue, and the address ends on the released value."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.browser.hands import drag, open_page, says, seen, settle, thumb, thumb_place, watch
from tests.browser.servers import slow_line

KEY = "a"  # the chance of A in the second picture of the lesson on surprise: a plain slider of 0.02 to 1

# How many questions are sent, and the most that were ever on their way at once: /preview answers a question itself,
# a run of the page with a picture whose turn is a whole number.
COUNT_ON_THE_WAY = """() => {
  window.sent = 0; window.answered = 0; window.most = 0;
  const count = () => {
    window.sent += 1; // and then, when the picture that let it go has been noted
    queueMicrotask(() => { window.most = Math.max(window.most, window.sent - window.answered); });
  };
  const [send, ask] = [WebSocket.prototype.send, window.fetch];
  WebSocket.prototype.send = function (data) { count(); return send.call(this, data); };
  window.fetch = function (url, options) {
    if (!`${url}`.endsWith("preview")) return ask(url, options);
    count();
    return ask(url, options).finally(() => { window.answered += 1; });
  };
  const stage = document.querySelectorAll('.xent-stage')[1];
  new MutationObserver(() => { window.answered += !stage.dataset.turn.includes('.'); })
    .observe(stage, { attributes: true, attributeFilter: ['data-turn'] });
}"""


def chances(sentences):
    """The chance of A in each sentence 'Chances multiply: 0.5 × …'."""
    return [float(re.search(r"multiply: ([\d.]+) ×", text)[1]) for text in sentences]


def watch_second(page):
    page.evaluate("""() => {
      window.seen = [];
      const stage = document.querySelectorAll('.xent-stage')[1];
      new MutationObserver(() => window.seen.push(stage.getAttribute('aria-label')))
        .observe(stage, { attributes: true, attributeFilter: ['data-turn'] });
    }""")


def address_value(page, key):
    return float(parse_qs(urlsplit(page.url).query)[key][0])


@pytest.mark.parametrize("short_way", [True, False], ids=["short way", "run of the page"])
def test_the_picture_moves_while_the_thumb_is_held(page, address, short_way):
    if not short_way:
        page.route("**/preview", lambda route: route.fulfill(status=404))
    open_page(page, f"{address}/surprise")
    watch_second(page)
    drag(page, KEY, -100)
    held = chances(seen(page))
    assert len(set(held)) >= 3, "fewer than three pictures while dragging"
    assert KEY not in parse_qs(urlsplit(page.url).query), "the slider committed before it was released"
    page.mouse.up()
    settle(page)
    values = chances(seen(page))
    assert values == sorted(values, reverse=True), "a picture jumped back"
    assert values[-1] == address_value(page, KEY) == float(thumb(page, KEY).input_value())


@pytest.mark.parametrize("short_way", [True, False], ids=["short way", "run of the page"])
def test_on_a_slow_line_at_most_one_preview_is_on_its_way(page, address, short_way):
    if not short_way:
        page.route("**/preview", lambda route: route.fulfill(status=404))
    with slow_line(address, 0.3) as far_away:
        open_page(page, f"{far_away}/surprise")
        watch_second(page)
        page.evaluate(COUNT_ON_THE_WAY)
        drag(page, KEY, -100, moves=40, pause=50)
        assert page.evaluate("window.sent") >= 2, "nothing was sent while dragging"
        assert page.evaluate("window.most") == 1, "a queue"
        page.mouse.up()
        page.wait_for_timeout(2500)
        settle(page)
        values = chances(seen(page))
        assert values == sorted(values, reverse=True), "a picture jumped back"
        assert values[-1] == address_value(page, KEY)


def test_the_formula_follows_too(page, address):
    open_page(page, f"{address}/surprise")
    drag(page, KEY, -60)
    page.wait_for_timeout(800)
    held = chances([page.locator(".xent-stage").nth(1).get_attribute("aria-label")])[0]
    assert f"{held:g}" in page.locator(".xent-cover .katex").first.inner_text()
    page.mouse.up()
    settle(page)
    assert page.locator(".xent-cover").count() == 0, "the page has drawn its own"


def test_a_drag_that_returns_to_its_start_leaves_no_trace(page, address):
    open_page(page, f"{address}/surprise")
    watch_second(page)
    x, y = thumb_place(page, KEY)
    page.mouse.move(x, y)
    page.mouse.down()
    for offset in range(0, -60, -6):
        page.mouse.move(x + offset, y)
        page.wait_for_timeout(40)
    while thumb(page, KEY).input_value() != "0.5":
        offset += 1
        assert offset < 40
        page.mouse.move(x + offset, y)
        page.wait_for_timeout(20)
    page.mouse.up()
    page.wait_for_timeout(1500)
    settle(page)
    assert chances(seen(page))[-1] == 0.5
    # And the next commit is not held back by what the drag left behind.
    thumb(page, KEY).focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("window.seen.at(-1).startsWith('Chances multiply: 0.51')")


def test_the_dot_itself_can_be_dragged(page, address):
    open_page(page, f"{address}/surprise?p=0.5")
    watch(page)
    box = page.locator(".xent-stage").first.bounding_box()
    start = box["x"] + 66 + (box["width"] - 90) / 2
    y = box["y"] + box["height"] / 2
    page.mouse.move(start, y)
    page.mouse.down()
    for step in range(20):
        page.mouse.move(start - step * 8, y)
        page.wait_for_timeout(40)
    assert len(set(seen(page))) >= 3
    page.mouse.up()
    settle(page)
    p = address_value(page, "p")
    assert 0 < p < 0.4
    assert f"probability {100 * p:g} %" in says(page)


@pytest.mark.parametrize("press", ["ArrowRight", "ArrowLeft", "End"])
def test_keys_move_the_picture(page, address, press):
    open_page(page, f"{address}/surprise")
    before = page.locator(".xent-stage").nth(1).get_attribute("aria-label")
    thumb(page, KEY).focus()
    page.keyboard.press(press)
    page.wait_for_function(
        "before => document.querySelectorAll('.xent-stage')[1].getAttribute('aria-label') !== before", arg=before
    )
    settle(page)
    assert address_value(page, KEY) == {"ArrowRight": 0.51, "ArrowLeft": 0.49, "End": 1}[press]
