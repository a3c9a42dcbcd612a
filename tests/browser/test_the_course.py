"""The frame around the lessons: menu, unknown pages, bad addresses, themes, no other host."""

import re
from urllib.parse import urlsplit

import pytest

from tests.browser.hands import open_page, says, settle
from xent_ui.course.frame import LESSONS
from xent_ui.style import theme


def test_the_menu_changes_the_page_within_the_session(page, address):
    open_page(page, f"{address}/surprise?p=0.25&a=0.3")
    page.evaluate("window.still_here = true")
    page.locator(".xent-menu a", has_text="Entropy").first.click()
    page.wait_for_selector("h1:has-text('How much does a source have to say?')")
    settle(page)
    assert page.evaluate("window.still_here"), "the page was loaded anew"
    assert urlsplit(page.url).path == "/entropy"
    assert urlsplit(page.url).query == "", "the state of a lesson stays with the lesson"
    page.go_back()
    page.wait_for_selector("h1:has-text('How surprised should you be?')")


def test_an_unknown_page_says_so_with_the_menu_around_it(page, address):
    page.goto(f"{address}/no_such_lesson")
    page.wait_for_selector("text=Page not found")
    page.wait_for_selector(".xent-menu a")
    assert page.locator(".xent-menu a").count() == len(LESSONS) + 2


@pytest.mark.parametrize(
    "query",
    [
        "p=2",
        "p=nan",
        "p=",
        "p=%ff%fe",
        "p=%00",
        "p=0.3&p=0.4",
        "p[]=1",
        "unit=furlongs",
        "p=<script>",
        "a=1e999",
        "n=-1",
        "n=2.5",
        "seed=%F0%9F%98%80",
        "lock_surprise=perhaps",
        "=",
        "&&&",
        "p=" + "9" * 3000,
    ],
)
def test_a_bad_address_shows_the_default(page, address, query):
    open_page(page, f"{address}/surprise?{query}")
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.locator(".xent-stage").count() == 3
    assert says(page).startswith("An event of probability")


def test_light_and_dark(chromium, address):
    for scheme, palette in (("light", theme.LIGHT), ("dark", theme.DARK)):
        context = chromium.new_context(color_scheme=scheme)
        tab = context.new_page()
        open_page(tab, f"{address}/surprise?p=0.3")
        line = tab.locator(".xent-stage .js-line").first.get_attribute("style")
        red, green, blue = (int(palette["loss"][i : i + 2], 16) for i in (1, 3, 5))
        assert f"rgb({red}, {green}, {blue})" in line
        context.close()


def test_nothing_is_asked_of_another_host(page, address):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    open_page(page, f"{address}/surprise")
    elsewhere = [url for url in asked if not re.match(rf"(data:|blob:|{address})", url)]
    assert elsewhere == []


def test_without_the_browser_scripts_the_lesson_still_works(page, address):
    page.route("**/app/static/**", lambda route: route.abort())
    page.goto(f"{address}/surprise?p=0.3")
    page.wait_for_selector("text=An event of probability 30 % carries 1.74 bits")
    page.wait_for_selector("text=did not arrive")
