"""Sharing: a link is copied, and a fresh browser shows the same; links for a class; files; hostile addresses."""

import random
import re
import xml.etree.ElementTree as ElementTree
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from tests.browser.hands import open_any, open_page, settle
from tests.pages.helpers import PAGES
from tests.pages.test_hostile_addresses import WORST, keys
from tests.pages.test_shared_links import TAUGHT, states
from tests.views.helpers import run
from xent_ui.views.base import pictures
from xent_ui.views.link import link

STATES = 3  # per lesson, so more than fifty in all

# What a page shows: the captions of its pictures, and its formulas in LaTeX.
NUMBERS = """() => {
  const shown = (each) => !each.closest('.xent-ghost') && !each.closest('[data-testid=stPopoverBody]');
  const captions = [...document.querySelectorAll('[data-testid=stCaptionContainer] p')].filter(shown);
  const formulas = [...document.querySelectorAll('[class*=st-key-formula_] annotation')].filter(shown);
  return [...captions.map((each) => each.innerText), ...formulas.map((each) => each.textContent)];
}"""
FIRST_SLIDER = """() => {
  const own = document.querySelector('.xent-stage').closest('[data-testid=stHorizontalBlock]');
  return [...document.querySelectorAll('input[type=range]')].find((thumb) => own.contains(thumb)
    && !thumb.closest('[class*=st-key-guess_]'));
}"""

IS_UNDER_ITS_CENTER = """(node) => {
  const box = node.getBoundingClientRect();
  return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === node;
}"""


def open_share(page):
    page.get_by_role("button", name="Share").first.click()
    page.wait_for_selector(".xent-share textarea")


def copied(page) -> str:
    """Press "Copy" in the popover, and return what is on the clipboard."""
    page.get_by_role("button", name="Copy", exact=True).click()
    page.get_by_text("Copied.").wait_for()
    return page.evaluate("navigator.clipboard.readText()")


def choose(page, words):
    page.get_by_role("radio", name=words).or_(page.get_by_role("button", name=words, exact=True)).first.click()
    settle(page)


@pytest.mark.parametrize("lesson", TAUGHT)
def test_a_copied_link_shows_the_same_numbers_in_another_browser(open_tab, address, lesson):
    first, second = open_tab(permissions=["clipboard-read", "clipboard-write"]), open_tab()
    for number, values in enumerate(states(lesson, STATES)):
        query = {key: text for picture in pictures(lesson).values() for key, text in picture.write(values).items()}
        open_page(first, f"{address}/{link(lesson, query, shown=number == 0)}")
        if number == 1:  # by hand, which shows the answer
            slider = first.evaluate_handle(FIRST_SLIDER).as_element()
            slider.focus()
            first.keyboard.press("ArrowRight" if random.Random(lesson).random() < 0.5 else "ArrowLeft")
            settle(first)
        shown = first.evaluate(NUMBERS)
        open_share(first)
        where = copied(first)
        first.keyboard.press("Escape")
        is_open = first.get_by_role("button", name="Lock in my guess").count() > 0
        assert ("shown=1" in where) != is_open
        open_page(second, where)
        assert second.evaluate(NUMBERS) == shown, where


def test_a_link_for_a_class_gives_nothing_away(open_tab, address):
    page = open_tab(permissions=["clipboard-read", "clipboard-write"])
    open_page(page, f"{address}/surprise?p=0.05&guess_surprise=7&code_surprise_two_events=true&shown=1")
    assert page.get_by_text("4.32").count()
    open_share(page)
    assert "shown=1" in copied(page)
    choose(page, "For a class")
    where = urlsplit(copied(page))
    assert where.path == "/surprise"
    assert parse_qs(where.query) == {"p": ["0.05"]}

    choose(page, "By itself")
    page.get_by_text("Hide answers until a guess is locked in").click()
    settle(page)
    page.get_by_label("Hide these controls").click()
    page.get_by_role("option", name="Unit").click()
    settle(page)
    where = copied(page)
    assert parse_qs(urlsplit(where).query) == {"p": ["0.05"], "hide": ["unit,answers"], "mode": ["lesson"]}
    pupil = open_tab()
    open_page(pupil, where)
    assert pupil.get_by_role("button", name="Lock in my guess").is_visible()
    assert pupil.get_by_role("button", name="Show me", exact=True).count() == 0
    assert pupil.locator(".xent-menu, .st-key-unit").count() == 0
    assert pupil.get_by_text("4.32").count() == 0
    assert pupil.get_by_text("check_circle").count() == 0, "nothing is solved"
    pupil.get_by_role("button", name="Lock in my guess").click()
    pupil.get_by_text("4.32").first.wait_for()


def test_a_button_cannot_be_pressed_before_its_script_has_arrived(open_tab, address):
    page = open_tab(permissions=["clipboard-read", "clipboard-write"])
    on_the_way = []
    page.route("**/share_link.js", lambda route: on_the_way.append(route))
    open_page(page, f"{address}/surprise?p=0.05")
    with page.expect_request("**/share_link.js"):
        open_share(page)
    button = page.get_by_text("Copy", exact=True)
    assert button.is_visible()
    assert not button.evaluate(IS_UNDER_ITS_CENTER)
    button.focus()
    assert page.evaluate("document.activeElement.textContent") != "Copy"
    for route in on_the_way:
        route.continue_()
    assert copied(page).endswith("/surprise?p=0.05")
    assert button.evaluate(IS_UNDER_ITS_CENTER)


def test_what_is_saved_can_be_used_elsewhere(page, address, tmp_path):
    open_page(page, f"{address}/surprise?p=0.125&shown=1")
    open_share(page)
    assert page.get_by_role("img", name="QR code of the link").first.is_visible()
    assert page.get_by_text("This address works on this machine only.").is_visible()

    def saved(words):
        with page.expect_download() as download:
            page.get_by_role("button", name=words, exact=True).click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        return file

    svg = ElementTree.parse(saved("SVG")).getroot()
    text = "".join(svg.itertext())
    assert svg.tag.endswith("svg")
    assert "3.00 bits" in text
    assert "@font-face" in text, "the font of the course is in the file"
    assert saved("PNG").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    rows = saved("Data (CSV)").read_text("utf-8").splitlines()
    assert any(re.match(r"[^,]*,?0\.125,3(\.0)?$", row) for row in rows), rows[:5]
    program = saved("NumPy code").read_text("utf-8")
    assert program.startswith(f"# pip install {address}/xent_core.zip\n")
    assert run(program)["value"] == 3
    assert saved("PyTorch code").read_text("utf-8").startswith("# pip install torch\nimport ")


def test_code_that_would_give_the_answer_away_cannot_be_saved(page, address):
    open_page(page, f"{address}/surprise?p=0.05")
    open_share(page)
    page.get_by_role("button", name="Data (CSV)", disabled=False).wait_for()
    assert page.get_by_role("button", name="NumPy code").is_disabled()
    assert page.get_by_role("button", name="PyTorch code").is_disabled()


@pytest.mark.parametrize("name", PAGES)
def test_no_address_runs_a_script(open_tab, address, name):
    """Each parameter of the page gets another of the worst strings; raw bytes that no text can hold are among them."""
    page = open_tab(breaks_the_line=True)
    said = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    strings = [quote(text) for text in (*WORST["markup"], *WORST["structures"][:3])] + ["%ff%fe", "%00", "a" * 1000]
    names = [*keys(name), "embed", "embed_options", "embed[]"]
    query = "&".join(f"{quote(key)}={strings[i % len(strings)]}" for i, key in enumerate(names))
    open_any(page, address, name, f"?{query}&{names[0]}=twice")
    assert not page.evaluate("window.hacked")
    assert not said
    assert page.locator("[data-testid=stException]").count() == 0
    assert "Traceback" not in page.locator("body").inner_text()
