"""The frame around the lessons: menu, unknown pages, bad addresses."""

from urllib.parse import urlsplit

import pytest

from tests.browser.hands import drag, let_go, open_page, says, seen, settle, thumb, watch
from tests.browser.servers import course
from xent_ui.course.table import LESSONS


def test_the_menu_changes_the_page_within_the_session(page, address):
    open_page(page, f"{address}/surprise?p=0.25&a=0.3")
    page.evaluate("window.still_here = true")
    page.locator(".xent-menu a", has_text="Entropy").first.click()
    page.wait_for_selector("h1:has-text('How much surprise should you expect?')")
    settle(page)
    assert page.evaluate("window.still_here"), "the page was loaded anew"
    assert urlsplit(page.url).path == "/entropy"
    assert urlsplit(page.url).query == "", "the state of a lesson stays with the lesson"
    page.go_back()
    page.wait_for_selector("h1:has-text('How surprised should you be?')")


def test_an_unknown_page_says_so_with_the_menu_around_it(open_tab, address):
    page = open_tab(breaks_the_line=True)  # Streamlit says so on the console, too
    page.goto(f"{address}/no_such_lesson")
    page.wait_for_selector("text=Page not found")
    page.wait_for_selector(".xent-menu a")
    # Beside the lessons: welcome, four pages to look something up, your progress, and three about the course.
    assert page.locator(".xent-menu a").count() == len(LESSONS) + 1 + 4 + 1 + 3


@pytest.mark.parametrize("query", ["p=%ff%fe&a=%00", "p[]=1&=&&&", "p=" + "9" * 3000])
def test_a_bad_address_shows_the_default(page, address, query):
    open_page(page, f"{address}/surprise?{query}")
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.locator(".xent-stage").count() == 3
    assert says(page).startswith("An event of probability 50 %")


def test_without_the_browser_scripts_the_lesson_still_says_what_it_shows(open_tab, address):
    page = open_tab(breaks_the_line=True)
    page.route("**/assets/**", lambda route: route.abort())
    page.goto(f"{address}/surprise?p=0.3&shown=1")
    page.wait_for_selector("text=An event of probability 30 % carries 1.74 bits")
    page.wait_for_selector("text=did not arrive")


def test_a_link_neither_reveals_nor_solves_and_a_hand_does_both(page, address):
    open_page(page, f"{address}/surprise?p=0.125")
    assert "Make a guess." in says(page), "the link revealed the answer"
    task = page.locator("p", has_text="Find an event worth exactly 3 bits.")
    assert task.locator("text=check_circle").count() == 0
    for key in ("ArrowRight", "ArrowLeft"):
        thumb(page, "p").focus()
        page.keyboard.press(key)
        settle(page)
    assert "3.00 bits" in says(page)
    task.locator("text=check_circle").wait_for()


BASE = "course/xent"


def test_everything_answers_below_a_base_path(page):
    with course(BASE) as address:
        asked = []
        page.on("response", lambda reply: asked.append((reply.status, urlsplit(reply.url).path)))
        open_page(page, f"{address}/surprise?a=0.4")
        watch(page, 1)
        drag(page, "a", -60)
        assert len(set(seen(page))) >= 3, "the picture did not follow the hand"
        let_go(page, "a")
        ours = [(status, path) for status, path in asked if "/assets/" in path or "/view/" in path]
        assert {status for status, _ in ours} == {200}
        assert all(path.startswith(f"/{BASE}/") for _, path in ours)
        assert {path.rpartition("/")[2] for _, path in ours} >= {"live.js", "menu.js", "plotly.min.js", "two_events"}
        page.locator(".xent-menu a", has_text="Entropy").first.click()
        page.wait_for_selector("h1:has-text('How much surprise should you expect?')")
        settle(page)
        assert urlsplit(page.url).path == f"/{BASE}/entropy"
        page.locator(".xent-menu a", has_text="Xent Lab").click()
        page.wait_for_selector("h1:has-text('How surprised are you?')")
        settle(page)
        assert urlsplit(page.url).path == f"/{BASE}/"
