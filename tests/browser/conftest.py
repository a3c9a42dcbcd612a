"""Fixtures with a real Chromium. Without one, the browser tests are skipped, and in CI they fail."""

import os
import shutil
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

from tests.browser.servers import course

BROWSER = os.environ.get("CHROMIUM") or next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# On a deep link, Streamlit asks for these at wrong addresses before it knows its base path.
NOT_OURS = ("_stcore/health", "_stcore/host-config")


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" not in item.nodeid:
            continue
        item.add_marker(pytest.mark.browser)
        if BROWSER is None and not os.environ.get("CI"):
            item.add_marker(pytest.mark.skip(reason="no Chromium: install it, or set CHROMIUM to where it is"))


@pytest.fixture(scope="session")
def chromium():
    assert BROWSER, "no Chromium on this machine: install Debian's chromium, or set CHROMIUM to where it is"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def address():
    with course() as where:
        yield where


@pytest.fixture
def open_tab(chromium):
    """Return a function that opens a tab with its own session.

    An error on its console fails the test, and so does a request to another host.

    breaks_the_line  the test makes requests fail, so errors on the console are expected
    """
    contexts, errors, elsewhere = [], [], []

    def note(asked):
        if is_elsewhere(asked.url):
            elsewhere.append(asked.url)

    def opened(*, breaks_the_line=False, **settings):
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}} | settings)
        contexts.append(context)
        context.on("request", note)
        context.on("page", lambda tab: tab.on("websocket", note))
        tab = context.new_page()
        tab.on("pageerror", lambda error: errors.append(str(error)))
        if not breaks_the_line:
            tab.on("console", lambda said: errors.append(said.text) if _is_ours(said) else None)
        tab.set_default_timeout(30_000)
        return tab

    yield opened
    for context in contexts:
        context.close()
    assert not errors, errors
    assert not elsewhere, f"asked of another host: {elsewhere}"


def is_elsewhere(url: str) -> bool:
    """Return whether an address leads to another host than this machine."""
    parts = urlsplit(url.removeprefix("blob:"))
    return parts.scheme in ("http", "https", "ws", "wss") and parts.hostname not in ("127.0.0.1", "localhost")


def _is_ours(said) -> bool:
    return said.type == "error" and not any(path in said.location.get("url", "") for path in NOT_OURS)


@pytest.fixture
def page(open_tab):
    """Return a tab with its own session."""
    return open_tab()
