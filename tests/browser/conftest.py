"""A real Chromium. Without one these tests skip with one line; in CI they fail."""

import os
import shutil

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


def pytest_collection_modifyitems(items):
    here = [item for item in items if "tests/browser/" in item.nodeid]
    for item in here:
        item.add_marker(pytest.mark.browser)
        # A hand, a browser and a server share this machine with whatever else runs: a slip is tried again.
        item.add_marker(pytest.mark.flaky(reruns=2))
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
def page(chromium):
    """A tab of its own; a script error on the page fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.set_default_timeout(30_000)
    yield tab
    context.close()
    assert not errors, errors
