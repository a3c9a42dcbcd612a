"""The page of the reference in a browser: its addresses, its formulas, and that nothing is wider than the window."""

import pytest

LAST = "[id=likelihood]"
# What reaches beyond the page, or must be scrolled sideways. KaTeX keeps formulas for screen readers out of sight.
BEYOND = """() => [...document.querySelectorAll('.stMain :is(h1, h2, h3, p, li, pre, code, .katex-html > .base)')]
  .filter((each) => each.getBoundingClientRect().right > innerWidth
    || (each.tagName === 'PRE' && each.scrollWidth > each.clientWidth))
  .map((each) => each.textContent.slice(0, 60))"""


def open_reference(tab, address, anchor=""):
    tab.goto(f"{address}/reference{anchor}")
    tab.locator(LAST).wait_for()
    tab.wait_for_function("document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'")


@pytest.mark.parametrize("size", [(1280, 720), (390, 844)])
@pytest.mark.parametrize("name", ["softmax_cross_entropy", "log_odds"])
def test_an_address_opens_at_its_function(open_tab, address, name, size):
    page = open_tab(viewport={"width": size[0], "height": size[1]})
    open_reference(page, address, f"#{name}")
    at = "name => Math.abs(document.getElementById(name).getBoundingClientRect().y - 60) < 20"
    page.wait_for_function(at, arg=name)
    page.wait_for_timeout(1000)
    assert page.evaluate(at, name), "the formulas above it have moved it"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1280, 720), (820, 1180), (390, 844)])
def test_nothing_is_wider_than_the_window(open_tab, address, size, scheme):
    page = open_tab(viewport={"width": size[0], "height": size[1]}, color_scheme=scheme)
    open_reference(page, address)
    page.wait_for_function("document.querySelectorAll('.stMain .katex').length > 300")
    assert page.locator(".katex-error").count() == 0
    assert page.evaluate(BEYOND) == []


def test_a_link_leads_to_the_function_that_an_entry_names(page, address):
    open_reference(page, address)
    page.locator(".st-key-reference a[href='#binary_cross_entropy_with_logits']").first.click()
    page.wait_for_function(
        "Math.abs(document.getElementById('binary_cross_entropy_with_logits').getBoundingClientRect().y - 60) < 20"
    )
    heading = page.locator("[id=binary_cross_entropy_with_logits]")
    heading.hover()
    link = heading.locator("a[href='#binary_cross_entropy_with_logits']")
    link.wait_for()
    assert page.url.endswith("/reference#binary_cross_entropy_with_logits")


def test_the_code_of_a_lesson_leads_to_the_reference(page, address):
    page.goto(f"{address}/entropy")
    page.get_by_text("The code that computed this").click()
    with page.expect_popup() as opened:  # Streamlit opens a link to another page in a new tab
        page.locator("a[href='reference#huffman_code']").click()
    reference = opened.value
    assert reference.url.endswith("/reference#huffman_code")
    reference.wait_for_function(
        "Math.abs(document.getElementById('huffman_code')?.getBoundingClientRect().y - 60) < 20"
    )
