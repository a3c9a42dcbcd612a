"""No page asks another host for anything, and a browser keeps exactly what the page "Privacy" names.

Each test fails if any tab asks another host for anything (conftest.py).
"""

from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import is_elsewhere
from tests.browser.hands import open_any, settle
from tests.pages.helpers import PAGES
from xent_ui.course.privacy import COOKIES, LOCAL_STORAGE, entry

KEYS = "() => [Object.keys(localStorage), Object.keys(sessionStorage)]"


def use(page):
    """Do what a learner does: answer, look, open, choose."""
    for key in ("lock_", "preset_", "vote_", "show_", "code_", "check_", "impossible_", "reveal", "share_"):
        found = page.locator(f"[class*='st-key-{key}'] :is(button, input[type=checkbox], input[type=radio])")
        if found.count() and found.first.is_enabled():
            found.first.dispatch_event("click")
            page.wait_for_timeout(100)
            settle(page)


def check_what_is_kept(page):
    assert {cookie["name"] for cookie in page.context.cookies()} <= {each.name for each in COOKIES}
    kept, for_the_session = page.evaluate(KEYS)
    assert [name for name in kept if not entry(name, LOCAL_STORAGE)] == []
    assert for_the_session == []


@pytest.mark.parametrize("name", ["", *PAGES], ids=lambda name: name or "welcome")
def test_a_page_asks_this_host_only_and_keeps_what_it_says(open_tab, address, name):
    page = open_tab()
    asked, sockets = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: sockets.append(socket.url))
    open_any(page, address, name)
    check_what_is_kept(page)
    use(page)
    check_what_is_kept(page)
    assert page.locator("[data-testid=stException]").count() == 0
    host = urlsplit(address).netloc
    assert sockets
    assert any(urlsplit(url).netloc == host for url in asked)
    assert {urlsplit(url).netloc for url in sockets} == {host}
    assert [url for url in asked if is_elsewhere(url)] == []


def test_everything_that_the_page_names_is_kept_by_somebody(open_tab, address):
    page = open_tab(viewport={"width": 1280, "height": 900})
    open_any(page, address, "surprise")
    page.locator(".st-key-lock_surprise button").click()
    settle(page)
    edge = page.locator("[data-testid=stSidebar]").bounding_box()
    assert edge
    page.mouse.move(edge["x"] + edge["width"] - 1, 450)
    page.mouse.down()
    page.mouse.move(edge["x"] + edge["width"] + 60, 450, steps=5)
    page.mouse.up()
    page.locator("[data-testid=stSidebarCollapseButton] button").click()
    wanted = {each.name for each in LOCAL_STORAGE}
    for _ in range(100):
        kept, _ = page.evaluate(KEYS)
        found = {each.name for name in kept if (each := entry(name, LOCAL_STORAGE))}
        if found == wanted:
            break
        page.wait_for_timeout(100)
    assert found == wanted
    assert {cookie["name"] for cookie in page.context.cookies()} == {each.name for each in COOKIES}


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:8501/surprise", False),
        ("ws://127.0.0.1:8501/_stcore/stream", False),
        ("data:image/svg+xml,<svg/>", False),
        ("blob:http://127.0.0.1:8501/1", False),
        ("https://data.streamlit.io/static.json", True),
        ("http://127.0.0.1.example.org/", True),
        ("wss://example.org/", True),
    ],
)
def test_another_host_is_recognized(url, expected):
    assert is_elsewhere(url) == expected


def test_a_request_to_another_host_would_be_seen(chromium, address):
    context = chromium.new_context()
    page = context.new_page()
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/_stcore/health")
    with page.expect_request("https://example.invalid/"):
        page.evaluate("fetch('https://example.invalid/').catch(() => {})")
    context.close()
    assert any(is_elsewhere(url) for url in asked)
