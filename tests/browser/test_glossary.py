"""The page of the glossary in a browser: its addresses, its formulas, and the definitions shown on hover."""

import pytest

from xent_ui.course.glossary import ENTRIES


def top(page, slug: str) -> float:
    return page.locator(f"[id='{slug}']").bounding_box()["y"]


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)])
@pytest.mark.parametrize("term", ["accuracy", "logit", "InfoNCE", "perplexity"])
def test_an_address_opens_at_its_entry(open_tab, address, term, size):
    slug = ENTRIES[term].slug
    page = open_tab(viewport={"width": size[0], "height": size[1]})
    page.goto(f"{address}/glossary#{slug}")
    page.locator("[id=up-weight]").wait_for()  # the last entry
    page.wait_for_function(
        "slug => Math.abs(document.getElementById(slug).getBoundingClientRect().y - 60) < 20", arg=slug
    )
    page.wait_for_timeout(1000)
    assert 40 < top(page, slug) < 80, "the formulas above it have moved it"


def test_formulas_are_typeset_and_links_show_definitions(page, address):
    page.goto(f"{address}/glossary")
    page.locator("[id=up-weight]").wait_for()
    page.wait_for_function(
        "wanted => document.querySelectorAll('.stMain .katex').length === wanted",
        arg=sum(bool(entry.formula) for entry in ENTRIES.values()),
    )
    assert page.locator(".katex-error").count() == 0
    link = page.locator("a[href='#kl-divergence']").first
    assert link.get_attribute("title") == ENTRIES["KL divergence"].definition
    link.click()
    page.wait_for_function("Math.abs(document.getElementById('kl-divergence').getBoundingClientRect().y - 60) < 20")


def test_a_reader_who_scrolls_is_not_taken_back(page, address):
    page.goto(f"{address}/glossary#logit")
    page.locator("[id=up-weight]").wait_for()
    page.wait_for_function("performance.getEntriesByType('resource').some(({ name }) => name.endsWith('/anchor.js'))")
    page.wait_for_timeout(500)
    assert 40 < top(page, "logit") < 80
    page.mouse.move(640, 400)
    page.mouse.wheel(0, -3000)
    page.wait_for_function("document.getElementById('logit').getBoundingClientRect().y > 1000")
    page.set_viewport_size({"width": 900, "height": 800})  # the layout changes
    page.wait_for_timeout(500)
    assert top(page, "logit") > 1000
