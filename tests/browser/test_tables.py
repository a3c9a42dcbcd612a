"""Pages that consist of tables: nothing is cut off on a screen, and the formula sheet is printed on two pages."""

import io

import pytest
from pypdf import PdfReader

WIDE = (
    """() => [...document.querySelectorAll('.stMarkdown table')].map((table) => table.getBoundingClientRect().right)"""
)
CUT = """() => [...document.querySelectorAll('.stMarkdown :is(th, td)')]
  .filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.innerText)"""
SCROLLS = """() => [...document.querySelectorAll('.stMarkdown table')].every((table) =>
  table.scrollWidth <= table.parentElement.clientWidth || getComputedStyle(table.parentElement).overflowX === 'auto')"""
FITS = """() => [...document.querySelectorAll('.stMarkdown table')]
  .every((table) => table.scrollWidth <= table.parentElement.clientWidth)"""
INK = """() => [...new Set([...document.querySelectorAll('h1, h2, .stMarkdown p, .stMarkdown td, .stMarkdown code')]
  .map((each) => getComputedStyle(each).color))]"""
PAPER = """() => [...document.querySelectorAll('body, .stApp, section[data-testid=stMain], .stMarkdown td')]
  .map((each) => getComputedStyle(each).backgroundColor)"""


def open_tables(tab, address, name):
    tab.goto(f"{address}/{name}")
    tab.wait_for_selector(".stMarkdown table >> nth=2")
    tab.wait_for_selector(".stMarkdown td .katex" if name == "formula_sheet" else "[data-testid=stCode] code >> nth=15")


@pytest.mark.parametrize("name", ["in_code", "formula_sheet"])
@pytest.mark.parametrize("width", [1280, 820, 390, 360])
def test_no_table_is_cut_off(open_tab, address, name, width):
    tab = open_tab(viewport={"width": width, "height": 844})
    open_tables(tab, address, name)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.evaluate(SCROLLS)
    assert tab.evaluate(CUT) == []
    if width == 1280:
        assert tab.evaluate(FITS), "a table scrolls although there is room"


@pytest.mark.parametrize(("paper", "width"), [("A4", 190), ("Letter", 195.9)])  # width in mm, within the margins
def test_the_formula_sheet_is_printed_on_two_pages_dark_on_white(open_tab, address, paper, width):
    pixels = int(width / 25.4 * 96)
    tab = open_tab(viewport={"width": 1280, "height": 900}, color_scheme="dark")
    open_tables(tab, address, "formula_sheet")
    assert len(PdfReader(io.BytesIO(tab.pdf(format=paper))).pages) == 2
    tab.set_viewport_size({"width": pixels, "height": 1000})
    tab.emulate_media(media="print", color_scheme="dark")
    assert tab.evaluate(INK) == ["rgb(0, 0, 0)"]
    assert set(tab.evaluate(PAPER)) <= {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
    assert tab.evaluate(CUT) == []
    assert max(tab.evaluate(WIDE)) <= pixels + 1
