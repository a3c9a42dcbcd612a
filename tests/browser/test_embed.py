"""A lesson within a page of another site: the code to embed makes the frame as high as the lesson, and keys work."""

import http.server
import threading
from contextlib import contextmanager

import pytest

from tests.browser.hands import settle, wait_for_caption
from xent_ui.course.share import embed_code

# Whether the frame has had one height for half a second.
STANDS = """() => {
  const frame = document.querySelector('iframe');
  const now = performance.now();
  if (window.lastHeight !== frame.height) { window.lastHeight = frame.height; window.stood = now; }
  return now - window.stood > 500;
}"""
BARS = """() => {
  const page = document.querySelector('.stMain');
  return [page.scrollHeight - page.clientHeight, page.scrollWidth - page.clientWidth];
}"""


@contextmanager
def host(html):
    """Serve a page on a port of its own, and yield its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"  # another site than that of the course at 127.0.0.1
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def embedded(open_tab, framed, *, width, height, html=None, **settings):
    """Open a page with the code to embed, and yield its tab and the frame."""
    code = embed_code(framed, "A lesson", height=height)
    page = open_tab(breaks_the_line=True, viewport={"width": width, "height": 900}, **settings)
    page_html = html or "<!doctype html><body style='margin: 0'><h1>A course elsewhere</h1>{}<p>The end.</p>"
    with host(page_html.replace("{}", code)) as where:
        page.goto(where)
        frame = page.frame_locator("iframe").owner.element_handle().content_frame()
        frame.wait_for_selector(".xent-stage .main-svg:visible")
        settle(frame)
        yield page, frame
        page.goto("about:blank")


def frame_height(page):
    page.wait_for_function(STANDS, polling=50)
    return float(page.locator("iframe").get_attribute("height"))


def center(frame, selector):
    box = frame.locator(selector).first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.parametrize("width", [1100, 390])
def test_the_frame_is_as_high_as_the_lesson_and_follows_it(open_tab, address, width):
    with embedded(open_tab, f"{address}/surprise?embed=true", width=width, height=900) as (page, frame):
        height = frame_height(page)
        assert height > 900
        assert frame.locator(".xent-menu, [data-testid=stHeader]:visible").count() == 0
        assert frame.evaluate(BARS) == [0, 0], "two scroll bars"
        spare = frame.evaluate(
            "innerHeight - document.querySelector('.stMainBlockContainer').getBoundingClientRect().bottom"
        )
        assert abs(spare) <= 2
        frame.locator("[data-testid=stExpander] summary").first.click()
        page.wait_for_function("(before) => Number(document.querySelector('iframe').height) > before + 40", arg=height)
        assert frame_height(page) > height + 40
        assert frame.evaluate(BARS) == [0, 0]
        frame.locator("[data-testid=stExpander] summary").first.click()
        page.wait_for_function(
            "(before) => Math.abs(document.querySelector('iframe').height - before) < 40", arg=height
        )


def test_a_drag_and_keys_move_the_picture_in_the_frame(open_tab, address):
    with embedded(open_tab, f"{address}/surprise?embed=true&shown=1", width=1100, height=900) as (page, frame):
        frame_height(page)
        stage = frame.locator(".xent-stage").first.bounding_box()
        y = stage["y"] + stage["height"] / 2
        page.mouse.move(stage["x"] + stage["width"] * 0.55, y)
        page.mouse.down()
        for share in (0.5, 0.4, 0.3):
            page.mouse.move(stage["x"] + stage["width"] * share, y)
            page.wait_for_timeout(60)
        page.mouse.up()
        settle(frame)
        moved = frame.evaluate("Number(document.querySelector('.st-key-p input').value)")
        assert "p=" in frame.url.partition("?")[2]
        frame.locator(".st-key-p input[type=range]").first.focus()
        page.keyboard.press("ArrowRight")
        assert frame.evaluate("Number(document.querySelector('.st-key-p input').value)") == moved + 1


def test_a_finger_drags_in_the_frame(open_tab, address):
    settings = {"has_touch": True, "is_mobile": True}
    with embedded(open_tab, f"{address}/surprise?embed=true&shown=1", width=390, height=900, **settings) as (
        page,
        frame,
    ):
        frame_height(page)
        frame.locator(".xent-stage").first.scroll_into_view_if_needed()
        stage = frame.locator(".xent-stage").first.bounding_box()
        y = stage["y"] + stage["height"] / 2
        before = frame.evaluate("document.querySelector('.st-key-p input').value")
        hand = page.context.new_cdp_session(page)
        at = [stage["x"] + stage["width"] * share for share in (0.6, 0.55, 0.5, 0.4, 0.3)]
        for kind, x in [("touchStart", at[0]), *(("touchMove", x) for x in at[1:])]:
            hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [{"x": x, "y": y}]})
            page.wait_for_timeout(60)
        hand.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        settle(frame)
        assert frame.evaluate("document.querySelector('.st-key-p input').value") != before


@pytest.mark.parametrize("size", [(320, 400), (800, 640), (1100, 640)], ids=str)
def test_one_picture_fills_a_frame_of_any_size_without_a_script(open_tab, address, size):
    width, height = size
    html = "<!doctype html><body style='margin: 0'>{}".replace("{}", "{}<!-- no script -->")
    framed = f"{address}/surprise?embed=true&mode=present&picture=two_events"
    with embedded(open_tab, framed, width=width, height=height, html=html) as (page, frame):
        frame.wait_for_selector("[data-xent-presented=picture]")
        assert frame.locator("iframe").count() == 0
        assert page.locator("iframe").get_attribute("height") == str(height), "one picture fits its frame by itself"
        key = frame.locator(".xent-stage:visible").evaluate(
            "each => each.closest('[class*=st-key-picture_]').className"
        )
        assert "st-key-picture_surprise_two_events" in key
        box = frame.locator("[data-xent-presented=picture] .xent-stage").bounding_box()
        top = page.locator("iframe").bounding_box()["y"]
        assert top <= box["y"] <= top + height - box["height"]
        assert box["width"] > 0.5 * width
        assert frame.evaluate("document.scrollingElement.scrollWidth - innerWidth") <= 0
        frame.locator("[data-xent-presented=picture] input[type=range]").first.focus()
        before = frame.locator(".st-key-a input").first.input_value()
        page.keyboard.press("ArrowRight")
        assert frame.locator(".st-key-a input").first.input_value() != before
        wait_for_caption(frame, "0.5", 1)
        page.keyboard.press("Escape")
        page.keyboard.press("n")
        page.wait_for_timeout(300)
        assert "mode=present" in frame.url, "a frame with one picture has been left"
        assert frame.locator(".st-key-picture_surprise_two_events .xent-stage").is_visible()
