"""A worksheet in a browser: drawn pictures, white paper in both themes, and one printed page per lesson."""

import re

import pytest

from tests.browser.hands import settle
from xent_ui.course.table import LESSONS
from xent_ui.teaching.paper import PAPERS
from xent_ui.teaching.worksheet import worksheet

FILES = [lesson.file for lesson in LESSONS]
DRAWN = ".xent-still:has(.main-svg)"
WIDER = """() => [...document.querySelectorAll(".st-key-paper :is(.katex-display, .xent-still, table)")]
    .filter((each) => each.scrollWidth > each.clientWidth || each.getBoundingClientRect().right > innerWidth)
    .map((each) => each.textContent)"""


def open_sheet(page, address, lessons, seed=7, key=""):
    page.goto(f"{address}/worksheet?lessons={','.join(lessons)}&seed={seed}{key}")
    pictures = sum(lesson in PAPERS for lesson in lessons)
    all_drawn = "([which, many]) => document.querySelectorAll(which).length === many"
    page.wait_for_function(all_drawn, arg=[DRAWN, pictures], timeout=120_000)
    page.locator(f".st-key-sheet_{lessons[-1]}").wait_for()
    settle(page)
    page.evaluate("document.fonts.ready")  # letters of another font are wider


def pages_of(pdf):
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize("seed", [1, 2])
def test_each_lesson_prints_on_one_page(page, address, paper, seed):
    open_sheet(page, address, FILES, seed)
    assert pages_of(page.pdf(format=paper, prefer_css_page_size=False)) == len(FILES)


def test_the_key_begins_on_a_page_of_its_own(page, address):
    open_sheet(page, address, ["surprise", "entropy"], key="&key=1")
    page.get_by_role("heading", name="Answer key of sheet 7").wait_for()
    assert pages_of(page.pdf(format="A4", prefer_css_page_size=False)) == 3


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (820, 1180), (390, 844)])
def test_nothing_is_wider_than_the_paper(open_tab, address, width, height):
    page = open_tab(viewport={"width": width, "height": height})
    open_sheet(page, address, list(PAPERS))
    assert page.evaluate(WIDER) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_paper_is_white_and_its_words_are_dark(open_tab, address, scheme):
    page = open_tab(color_scheme=scheme)
    open_sheet(page, address, ["surprise"], key="&key=1")
    paper = page.locator(".st-key-paper")
    assert paper.evaluate("(paper) => getComputedStyle(paper).backgroundColor") == "rgb(255, 255, 255)"
    colors = paper.evaluate(
        """(paper) => [...new Set([...paper.querySelectorAll("p, li, strong, h2, h3")]
            .map((each) => getComputedStyle(each).color))]"""
    )
    for color in colors:
        red, green, blue = (int(part) for part in re.findall(r"\d+", color)[:3])
        assert max(red, green, blue) < 130, color


def test_a_picture_says_what_it_is_but_not_the_answer(page, address):
    open_sheet(page, address, ["surprise"])
    (part,) = worksheet(["surprise"], 7)
    item = part.items[0]
    picture = page.get_by_role("img", name=item.picture.title)
    assert picture.get_attribute("aria-description") == f"{item.given}.".replace("*", "")
    assert "?" in picture.inner_text()
    assert item.view.caption not in page.content()


def test_what_a_teacher_chooses_stands_in_the_address(page, address):
    open_sheet(page, address, ["surprise"], seed=1)
    page.get_by_label("Random seed, 1 to 9,999").fill("12")
    page.get_by_label("Random seed").press("Enter")
    page.wait_for_function("location.search.includes('seed=12')")
    page.get_by_text("Sheet 12").wait_for()
    page.locator("label", has_text="Show the answer key").click()
    page.wait_for_function("location.search.includes('key=1')")
    page.get_by_role("heading", name="Answer key of sheet 12").wait_for()
    page.go_back()
    page.wait_for_function("!location.search.includes('key=1')")
    page.get_by_role("heading", name="Answer key of sheet 12").wait_for(state="detached")
