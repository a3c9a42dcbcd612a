"""A learner's file, through a real browser."""

import re

import numpy as np

from tests.browser.hands import drag, open_page, says, settle, wait_for_caption


def large_file() -> bytes:
    """Return a file with 30,000 rows of 10 classes, about 2 MB."""
    rng = np.random.default_rng(0)
    probs = np.round(rng.dirichlet(np.ones(10), 30_000), 6)
    labels = rng.integers(0, 10, 30_000)
    names = [f"c{i}" for i in range(10)]
    rows = (f"c{label}," + ",".join(map(str, row)) for label, row in zip(labels.tolist(), probs.tolist(), strict=True))
    return "\n".join([f"label,{','.join(names)}", *rows]).encode()


BAD = b"label,cat,dog\ncat,2,1\ndog,1.5,3\n"


def bring(page, name, content):
    """Bring a file through the page's own button."""
    page.get_by_role("button", name="Score your own file").click()
    file = {"name": name, "mimeType": "text/csv", "buffer": content}
    page.set_input_files("input[type=file]", files=[file])


def test_a_file_is_scored_and_its_picture_can_be_dragged(page, address):
    open_page(page, f"{address}/your_predictions")
    bring(page, "mine.csv", large_file())
    wait_for_caption(page, "mine.csv")
    assert "the mean over 30,000 rows" in says(page)
    page.keyboard.press("Escape")
    settle(page)
    drag(page, "worst", 60)
    page.mouse.up()
    settle(page)
    assert "The worst 20 %" not in says(page)


def test_a_bad_file_says_why_and_an_offer_mends_it(page, address):
    open_page(page, f"{address}/your_predictions")
    bring(page, "bad.csv", BAD)
    alert = page.locator("[data-testid=stAlert]")
    alert.wait_for()
    assert "Row 2, column cat: a probability must be in [0, 1], got 2." in alert.inner_text()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Divide each row by its sum").click()
    wait_for_caption(page, "bad.csv")


def test_a_file_and_its_settings_are_still_there_after_visiting_another_lesson(page, address):
    open_page(page, f"{address}/your_predictions")
    bring(page, "bad.csv", BAD)
    page.locator("[data-testid=stAlert]").wait_for()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Divide each row by its sum").click()
    wait_for_caption(page, "bad.csv")
    for lesson in ("Entropy", "Your predictions"):
        page.locator(".xent-menu").get_by_role("link", name=lesson, exact=True).click()
        page.wait_for_selector(f".xent-menu a[aria-current=page]:text-is('{lesson}')")
        settle(page)
    wait_for_caption(page, "bad.csv")
    page.get_by_role("button", name="Score your own file").click()
    page.get_by_role("button", name="Back to the sample").click()
    page.wait_for_function(
        "() => document.querySelector('.xent-description')?.textContent.startsWith('The file has 400 rows')"
    )


def test_a_pasted_text_is_read(page, address):
    open_page(page, f"{address}/perplexity")
    page.get_by_role("button", name="Paste a text").click()
    page.locator("textarea").fill("שלום 🙂 the fox and the river\u0007")
    page.get_by_role("button", name="Read it").click()
    wait_for_caption(page, "The 29 tokens")


def test_how_a_file_is_read_can_be_chosen(page, address):
    open_page(page, f"{address}/your_predictions")
    bring(page, "mine.csv", b"id,label,cat,dog\n1,cat,0.7,0.3\n2,dog,0.4,0.6\n")
    wait_for_caption(page, "mine.csv")
    page.keyboard.press("Escape")
    page.get_by_text("The label is label, and the 2 classes are cat and dog. Left out: id (row numbers).").wait_for()
    page.get_by_role("button", name="How it is read").click()
    page.get_by_role("combobox", name="What their numbers are").click()
    page.get_by_role("option", name="Logits").click()
    # ln(1 + e^-0.4) and ln(1 + e^-0.2), whose mean is 0.556
    page.wait_for_function(
        "() => document.querySelector('.xent-description')?.textContent.includes('mine.csv is 0.5556 nats')"
    )


def test_the_report_is_downloaded_as_one_page(page, address):
    open_page(page, f"{address}/your_predictions")
    with page.expect_download() as download:
        page.get_by_role("button", name=re.compile("web page", re.IGNORECASE)).click()
    text = download.value.path().read_text(encoding="utf-8")
    assert text.lstrip().lower().startswith("<!doctype html>")
    assert "The log loss of" in text
