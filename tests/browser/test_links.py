"""What an address can ask of a page: to open at one of its pictures, with its answer, or without the menu."""

from tests.browser.hands import CAPTION, open_page, says


def test_a_link_opens_a_lesson_at_its_picture_which_is_marked(page, address):
    open_page(page, f"{address}/surprise?heads=0.95&picture=long_run&shown=1")
    marked = page.locator(".xent-marked")
    assert marked.count() == 1
    assert "95 % heads" in marked.evaluate(CAPTION)
    box = marked.bounding_box()
    assert box
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= page.viewport_size["height"], "the whole picture is in view"


def test_an_embedded_page_has_no_menu(page, address):
    open_page(page, f"{address}/surprise?embed=true&p=0.25&shown=1")
    assert "25 %" in says(page)
    assert page.locator(".xent-menu").count() == 0
    assert page.locator(".stMain").bounding_box()["x"] == 0


def test_a_link_neither_shows_an_answer_nor_locks_a_guess(page, address):
    open_page(page, f"{address}/surprise?p=0.05&lock_surprise=true&guess_surprise=4.3")
    assert page.get_by_role("button", name="Lock in my guess").is_visible()
    assert page.get_by_text("4.32").count() == 0
    assert "Make a guess" in says(page)
