"""The pages that ask, in a real browser: proofs, keys alone, two learners at once, progress carried along."""

import re
from urllib.parse import urlsplit

import pytest

from tests.browser.hands import open_page, settle, thumb
from xent_ui.self_test.questions.facts import drawn
from xent_ui.self_test.questions.interview import QUESTIONS
from xent_ui.self_test.questions.numeric import KINDS
from xent_ui.self_test.questions.problems import problem

ALL_PROOFS = [question.proof for question in QUESTIONS] + [problem(KINDS[kind], 1).proof for kind in KINDS]
# Three of them: that every proof shows its answer is tested without a browser, on the pictures themselves.
PROOFS = {proof.page: proof for proof in ALL_PROOFS if proof.page in ("entropy", "focal_loss", "calibration")}


@pytest.mark.parametrize("proof", PROOFS.values(), ids=PROOFS.keys())
def test_a_proof_opens_on_a_page_that_shows_the_answer(page, address, proof):
    open_page(page, f"{address}/{proof.address}")
    seen = page.evaluate("""() => [document.body.innerText,
        ...[...document.querySelectorAll('.katex')].map((tex) => tex.textContent),
        ...[...document.querySelectorAll('.xent-stage')].map((stage) => stage.ariaLabel)].join(' ')""")
    for number in re.findall(r"\d+\.?\d*", proof.shows):
        assert number in seen, f"{proof.address} does not show {number}"


def test_prove_it_opens_the_lesson_within_the_session_and_back(page, address):
    page.goto(f"{address}/interview")
    door = page.locator(".xent-proof[href]")
    door.wait_for()
    page.evaluate("window.still_here = true")
    door.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('What does a wrong belief cost?')")
    settle(page)
    assert page.get_by_text("The area is H(p, q) = 2.20 bits.").count()
    assert page.evaluate("window.still_here"), "the page was loaded anew"
    page.go_back()
    page.wait_for_selector("h1:has-text('Could you explain it tomorrow?')")


def test_a_statement_is_answered_by_keys_alone_and_nobody_else_sees_it(chromium, address):
    mine, theirs = (chromium.new_context().new_page() for _ in range(2))
    for tab in (mine, theirs):
        open_page(tab, f"{address}/you_are_the_model?round=5")
    mine.locator(".st-key-believe input[type=range]").focus()
    for _ in range(3):
        mine.keyboard.press("ArrowRight")
    settle(mine)
    mine.keyboard.press("Tab")
    assert mine.evaluate("document.activeElement.innerText") == "That is my answer"
    mine.keyboard.press("Enter")
    mine.wait_for_selector(f"text={drawn(5)[0].because}")
    assert mine.get_by_text("You said 53 %.").count()
    settle(theirs)
    theirs.locator(".st-key-believe input[type=range]").focus()
    theirs.keyboard.press("ArrowLeft")
    settle(theirs)
    assert theirs.get_by_text("Statement 1 of 12").count()
    assert not theirs.get_by_text(drawn(5)[0].because).count()
    assert "49%" in theirs.locator(".st-key-believe").inner_text()
    for tab in (mine, theirs):
        tab.context.close()


def test_a_drill_by_keys_with_the_timer_off(page, address):
    page.goto(f"{address}/interview?mode=Drill")
    page.wait_for_selector(".xent-timer output:has-text(':')")
    first = page.locator("h3").first.inner_text()
    page.locator(".st-key-timed input").focus()
    page.keyboard.press("Space")
    page.wait_for_selector(".xent-timer", state="detached")
    page.locator(".st-key-reveal button").focus()
    page.keyboard.press("Enter")
    page.locator(".xent-proof").wait_for()
    page.locator(".st-key-grade_missed button").focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "first => ![null, first].includes(document.querySelector('h3')?.innerText ?? null)", arg=first
    )
    assert page.locator(".xent-timer").count() == 0


def test_progress_is_carried_to_another_machine_by_link(page, chromium, address):
    open_page(page, f"{address}/surprise?p=0.13")
    thumb(page, "p").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector("p:has-text('worth exactly 3 bits') >> text=check_circle")
    page.locator(".xent-menu a", has_text="Your progress").click()
    link = page.locator("[data-testid=stCode] code").first
    link.wait_for()
    assert page.get_by_text("1 of", exact=False).count()
    href = link.inner_text()
    other = chromium.new_context().new_page()
    other.goto(href)
    other.wait_for_selector("text=1 task was brought along.")
    assert urlsplit(other.url).query == ""
    other.goto(href[:-4])
    other.wait_for_selector("text=start fresh")
    other.context.close()
