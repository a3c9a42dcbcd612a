"""The report as a web page of its own, opened without a network."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from tests.browser.brought import FILES
from tests.browser.hands import open_page
from tests.browser.test_include import FINDINGS
from xent_ui.predictions import report_page

PHONE = {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"}
DRAWN = "() => document.querySelectorAll('.stage .main-svg').length >= 3"
WIDTHS = "() => [...document.querySelectorAll('.stage')].map((stage) => stage.layout.width)"
TEXTS = "() => [...document.querySelectorAll('.stage')].map((stage) => stage.textContent)"


def opened(open_tab, tmp_path, source, *, without_font=False, **settings):
    """Open the page of a file from the disk; an error or a request to another host fails the test (conftest.py)."""
    page = report_page.page(source)
    file = tmp_path / "scored_report.html"
    file.write_text(re.sub(r"@font-face \{.*?\}", "", page) if without_font else page, encoding="utf-8")
    tab = open_tab(offline=True, **settings)
    asked = []
    tab.on("request", lambda request: asked.append(request.url.partition(":")[0]))
    tab.goto(file.as_uri())
    tab.wait_for_function(DRAWN)
    assert set(asked) <= {"file", "data"}
    assert asked.count("file") == 1
    return tab


@pytest.mark.parametrize("name", ["the sample", "several labels", "masked", "every class masked"])
@pytest.mark.parametrize("settings", [{}, PHONE], ids=["wide", "phone"])
def test_the_pictures_are_drawn_in_light_colors_and_nothing_is_wider_than_the_window(
    open_tab, tmp_path, name, settings
):
    tab = opened(open_tab, tmp_path, FILES[name], **settings)
    assert tab.evaluate("() => document.documentElement.scrollWidth <= window.innerWidth")
    assert tab.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(253, 252, 249)"
    width = 358 if settings else 740
    assert tab.evaluate(WIDTHS) == [width] * 3
    assert all("JavaScript" not in text for text in tab.evaluate(TEXTS))


def test_labels_keep_their_font_and_without_it_the_page_still_draws(open_tab, tmp_path):
    tab = opened(open_tab, tmp_path, FILES["the sample"])
    assert tab.evaluate("() => document.fonts.check(\"16px 'Source Sans'\") && document.fonts.size") == 1
    tab = opened(open_tab, tmp_path, FILES["the sample"], without_font=True)
    assert tab.evaluate("() => document.fonts.size") == 0
    assert "80 worst rows:" in tab.evaluate(TEXTS)[0]


def test_a_picture_follows_the_window_and_has_its_own_width_on_paper(open_tab, tmp_path):
    tab = opened(open_tab, tmp_path, FILES["the sample"])
    tab.set_viewport_size({"width": 390, "height": 844})
    tab.wait_for_function(f"() => ({WIDTHS})().every((width) => width === 358)")
    tab.evaluate("() => window.dispatchEvent(new Event('beforeprint'))")
    assert tab.evaluate(WIDTHS) == [613] * 3
    tab.evaluate("() => window.dispatchEvent(new Event('afterprint'))")
    assert tab.evaluate(WIDTHS) == [358] * 3


def test_without_javascript_the_page_says_what_the_pictures_show(open_tab, tmp_path):
    file = tmp_path / "scored_report.html"
    file.write_text(report_page.page(FILES["the sample"]), encoding="utf-8")
    tab = open_tab(offline=True, java_script_enabled=False)
    tab.goto(file.as_uri())
    assert tab.get_by_text("The picture is drawn by JavaScript, which is off.").count() == 3
    assert tab.get_by_text("The temperature fitted on 200 other rows is 2.15").is_visible()


def test_the_keyboard_reaches_tables_and_the_data_of_pictures(open_tab, tmp_path):
    tab = opened(open_tab, tmp_path, FILES["the sample"], **PHONE)
    tab.keyboard.press("Tab")
    assert tab.evaluate("() => document.activeElement.textContent") == "Data of this picture"
    tab.keyboard.press("Enter")
    assert tab.locator("details").first.get_attribute("open") is not None
    tab.keyboard.press("Tab")
    assert tab.evaluate("() => document.activeElement.getAttribute('role')") == "region"


@pytest.mark.parametrize("settings", [{}, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing(open_tab, tmp_path, settings):
    tab = opened(open_tab, tmp_path, FILES["several labels"], **settings)
    tab.locator("summary").first.click()
    tab.evaluate(AXE_SCRIPT)
    assert tab.evaluate(FINDINGS) == []


def test_the_button_of_the_lesson_downloads_the_page(page, address):
    open_page(page, f"{address}/your_predictions")
    with page.expect_download() as download:
        page.get_by_role("button", name="The report as a web page").click()
    assert download.value.suggested_filename == "scored_report.html"
    content = Path(download.value.path()).read_text(encoding="utf-8")
    assert content == report_page.page(FILES["the sample"])
